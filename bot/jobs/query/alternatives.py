"""A filter taken apart into alternatives, each a set of literals that must all hold.

Kleene's logic is a distributive lattice in which De Morgan's laws hold, so this loses nothing: a filter is TRUE
exactly where all literals of one alternative are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod

from bot.jobs.query.terms import Leaf
from bot.jobs.query.tree import And, Node, Not

MOST = 32  # alternatives of one AND; (a OR b) (c OR d) … doubles them with every bracket


@dataclass(frozen=True, slots=True)
class Literal:
    """A leaf that must be TRUE or, denied, FALSE."""

    leaf: Leaf
    denied: bool


Alternative = tuple[Literal, ...]  # each once


def alternatives(node: Node, denied: bool = False) -> tuple[list[Alternative], bool]:
    """The alternatives, and whether they are exact. Else they are necessary only: one of them holds where the
    filter is TRUE, and the filter itself has the last word."""
    if isinstance(node, Leaf):
        return [(Literal(node, denied),)], True
    if isinstance(node, Not):
        return alternatives(node.part, not denied)
    parts = [alternatives(part, denied) for part in node.parts]
    if isinstance(node, And) is denied:  # an OR, or the NOT of an AND
        return [one for found, _ in parts for one in found], all(exact for _, exact in parts)
    if prod(len(found) for found, _ in parts) > MOST:
        return min((found for found, _ in parts), key=len), False
    combined = [
        tuple(dict.fromkeys(literal for part in combination for literal in part))
        for combination in product(*(found for found, _ in parts))
    ]
    return combined, all(exact for _, exact in parts)
