"""What a posting says of place, weighed: its own words against the board's field. Pure.

The employer's sentence ("must be located in the US") is believed before a title, a title before the board's field,
and any restriction before any "anywhere", which boards give by default (research/feeds.md 0.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.jobs.facts.place.said import Said
from bot.jobs.facts.values import Evidence, Place

_MOST_PROOF = 12


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that was said, by where it stood: the best place first."""

    text: Sequence[Said] = ()
    title: Sequence[Said] = ()
    head: Sequence[Said] = ()  # the job's place as the employer's own site gave it
    board: Sequence[Said] = ()
    board_words: str = ""
    at_a_desk: bool = False  # no job at an employer's desk is done from anywhere
    imported: bool = False  # nobody wrote the board's field for this post: its "Anywhere" is a default
    overlap: tuple[float, Evidence] | None = None


def decide(said: Gathered) -> Place:
    """One place out of everything said."""
    only = _believed(said)
    all_ = (*said.text, *said.title, *said.head, *said.board)
    out = [one for one in all_ if one.effect == "out"]
    world = [one for one in all_ if one.effect == "world" and not said.at_a_desk]
    zones = [one for one in all_ if one.effect == "zone" and not (world and one in said.title)]
    own_world = [one for one in world if one not in said.board]
    if not only and not zones and not own_world:
        only = _hinted(said, bool(world))
    if only or zones:
        return _restricted(only, out, zones, said)
    if world and (own_world or not said.imported):
        countries_out = _countries(out) if out else frozenset()
        return Place(
            scope="worldwide",
            countries_out=tuple(sorted(countries_out)),
            tz_overlap=said.overlap[0] if said.overlap else None,
            evidence=_proof((*out, *own_world, *world), said.overlap),
        )
    if out:
        return _restricted((), out, (), said)
    return Place(tz_overlap=said.overlap[0] if said.overlap else None, evidence=_proof((), said.overlap))


def _hinted(said: Gathered, world: bool) -> Sequence[Said]:
    """What only sounds like a restriction, when nobody says anything else.

    A place at the head of an import outweighs the board's own "Anywhere"; where the colleagues are does not.
    """
    of_import = [one for one in said.head if one.effect == "hint" and one.evidence.rule == "headquarters"]
    if of_import or world:
        return of_import
    return [one for one in said.text if one.effect == "hint" and one.countries]


def _believed(said: Gathered) -> Sequence[Said]:
    """The restrictions that count."""
    text, title, head, board = (
        [one for one in part if one.effect == "only" and one.countries]
        for part in (said.text, said.title, said.head, said.board)
    )
    if board and any(one.countries.isdisjoint(_countries(board)) and not one.broad for one in title):
        title = [one for one in title if one.broad]  # a town of the same name elsewhere
    own = _narrowed(text)
    agreed = [one for one in title if one.labels and _said_too(one, own)]
    if agreed and _countries((*head, *board)) <= _countries(agreed):
        return agreed  # one opening, imported once a town
    best: Sequence[Said] = own
    for other in (title, head, board):
        if other:
            best = _weighed(best, other) if best else other
    if best is board:
        return next(([one] for one in (*own, *title) if _wider(one, _countries(board))), board)
    return best


def _said_too(one: Said, others: Iterable[Said]) -> bool:
    return any(one.countries == other.countries for other in others)


def _wider(one: Said, than: frozenset[str]) -> bool:
    """Does the employer plainly admit more than the board's field, which may be one of a fan-out?

    "Candidates in the US or Canada" does, "anywhere in Europe" does; a footnote on "US and Puerto Rico only" doesn't.
    """
    plain = one.evidence.rule in ("anywhere", "label", "there") or not one.labels
    return plain and one.evidence.rule != "only" and one.countries > than


def _narrowed(found: list[Said]) -> list[Said]:
    """Of several sentences: the places of all of them, but no group where a place within it is named too."""
    return [one for one in found if not any(two.countries < one.countries and one.labels for two in found)]


def _weighed(one: Sequence[Said], two: Sequence[Said]) -> Sequence[Said]:
    """Of two sources of which the first is the better proof: the narrower where they agree, else the first."""
    first, second = _countries(one), _countries(two)
    if first == second:
        return one if any(said.parts for said in one) or not any(said.parts for said in two) else two
    if second < first:
        return two
    return one


def _restricted(only: Sequence[Said], out: Sequence[Said], zones: Sequence[Said], said: Gathered) -> Place:
    countries = _countries(only)
    whole_out = _countries(one for one in out if not one.parts)
    if countries and countries <= whole_out:
        whole_out = frozenset()  # what is out and in at once is a misreading of the first
    whole = _countries(one for one in only if not one.parts)
    parts = frozenset(part for one in only for part in one.parts if part[:2] not in whole)
    parts_out = frozenset(part for one in out for part in one.parts)
    return Place(
        scope="restricted",
        countries_in=tuple(sorted(countries - whole_out)),
        countries_out=tuple(sorted(whole_out - countries)),
        subdivisions=tuple(sorted(parts - parts_out)),
        labels=tuple(dict.fromkeys(label for one in only for label in one.labels)),
        tz_min=min((one.low for one in zones if one.low is not None), default=None),
        tz_max=max((one.high for one in zones if one.high is not None), default=None),
        tz_overlap=said.overlap[0] if said.overlap else None,
        evidence=_proof((*only, *out, *zones), said.overlap),
        board_says=said.board_words if any(one.effect == "world" for one in said.board) else "",
    )


def _countries(said: Iterable[Said]) -> frozenset[str]:
    return frozenset(code for one in said for code in one.countries)


def _proof(said: Iterable[Said], overlap: tuple[float, Evidence] | None) -> tuple[Evidence, ...]:
    found = dict.fromkeys(one.evidence for one in said)
    if overlap:
        found[overlap[1]] = None
    return tuple(found)[:_MOST_PROOF]
