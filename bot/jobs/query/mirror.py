"""What a filter would find if one part of it were left out: "Last week this found 7; without senior 19." """

from __future__ import annotations

from bot.jobs.query.terms import AgeBound, PayBound
from bot.jobs.query.tree import And, Filter, Node, Not, Or, joined

MOST_VARIANTS = 6


def variants(query: Filter) -> list[tuple[str, Filter]]:
    """The filter without each of its outermost parts in turn, and how to say that; at most six.

    None for a filter of one part: without it stands everything. A label holds what somebody typed: it still has to
    be escaped.
    """
    root = query.root
    if not isinstance(root, And | Or):
        return []
    return [(_label(part), _without(root, at)) for at, part in enumerate(outermost(root)[:MOST_VARIANTS])]


def outermost(root: Node) -> tuple[Node, ...]:
    """The parts of which each may be left out; none where there is only one."""
    return root.parts if isinstance(root, And | Or) and len(root.parts) > 1 else ()


def _without(root: And | Or, at: int) -> Filter:
    return Filter(joined(type(root), [*root.parts[:at], *root.parts[at + 1 :]]))


def _label(part: Node) -> str:
    match part:
        case PayBound():
            return "without pay"
        case AgeBound():
            return "without age"
        case Not(denied):
            return f"with {denied.spoken()} too"
        case _:
            return f"without {part.spoken()}"
