"""What a filter would find if one part of it were left out: "Last week this found 7; without senior 19." """

from __future__ import annotations

from bot.jobs.query.terms import AgeBound, PayBound
from bot.jobs.query.tree import And, Filter, Node, Not, Or

MOST_VARIANTS = 6


def variants(query: Filter) -> list[tuple[str, Filter]]:
    """The filter without each of its outermost parts in turn, and how to say that; at most six.

    None for a filter of one part: without it stands everything. A label holds what somebody typed: it still has to
    be escaped.
    """
    root = query.root
    if not isinstance(root, And | Or) or len(root.parts) < 2:
        return []
    left_out = range(min(len(root.parts), MOST_VARIANTS))
    return [(_label(root.parts[at]), _without(root, at)) for at in left_out]


def _without(root: And | Or, at: int) -> Filter:
    rest = root.parts[:at] + root.parts[at + 1 :]
    return Filter(rest[0] if len(rest) == 1 else type(root)(rest))


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
