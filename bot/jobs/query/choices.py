"""The filter as a form: choices → text, and back where the text says no more than the form can show.

    write(Choices(words="python -senior", countries=("PT",), pay_floor="60k EUR", or_pay_unstated=True))
        → python -senior open-to:PT (pay>=60k EUR OR unknown:pay)

Within one choice any will do, between choices all must hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.jobs.facts.groups import label
from bot.jobs.query.areas import find_area
from bot.jobs.query.errors import FilterError
from bot.jobs.query.lexing import unquoted
from bot.jobs.query.parsing import MAX_LENGTH, parse
from bot.jobs.query.skills import find_skill
from bot.jobs.query.terms import Has, Leaf, PayBound, Term, Unstated, ValueField, Where
from bot.jobs.query.tree import And, Filter, Node, Not, Or, joined
from bot.jobs.query.words import has_words
from bot.text import tidy

# What a member calls their own level (bot.people.members.LEVELS) → what postings call it.
_LEVELS: Mapping[str, tuple[str, ...]] = {
    "starting": ("intern", "entry"),
    "junior": ("entry",),
    "mid": ("mid",),
    "senior": ("senior",),
    "lead": ("lead", "staff", "principal"),
    "manager": ("manager",),
    "executive": ("director", "executive"),
}

_LISTED = {"level": "levels", "type": "types", "skill": "skills"}  # field → choice


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form shows. Nothing chosen: everything.

    words: a filter of words, company: and board: as `str(parse(words))` spells it; countries: who may apply, by
    `Area.name` (PT, EU, US-TX); levels, types, skills: as in `Facts`; pay_floor: what stands behind `pay>=`. The last
    two let postings through that don't state it; they need a country, a floor.
    """

    words: str = ""
    countries: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    pay_floor: str = ""
    or_place_unstated: bool = False
    or_pay_unstated: bool = False


def write(choices: Choices) -> str:
    """The filter's text; `read` gives the choices back. Raises FilterError for words or a floor that are none.

    It may be longer than a filter can be: parse it before it is kept.
    """
    return str(_tree(choices))


def read(text: str) -> Choices | None:
    """The choices that this filter is; None when it says more than the form can show. Raises FilterError."""
    return _choices(parse(text))


def of_profile(
    countries: Sequence[str], level: str, skills: Sequence[str], pay_floor: float | None, currency: str
) -> str:
    """The filter that a member's profile is: open to any of my countries, asking for any of my skills.

    countries: ISO 3166-1 alpha-2; level: a key of `bot.people.members.LEVELS` or ""; skills: as they wrote them, one
    that we don't know becomes words; pay_floor: a year, in currency (ISO 4217). A place that isn't stated is not let
    through, a level or pay that isn't stated is. Where 300 characters don't hold it all, the last skills go, and then
    the last countries.
    """
    floor = f"{pay_floor:.10g}" + (f" {currency}" if currency else "") if pay_floor else ""
    groups, rest = label(countries)
    areas = [area.name for name in groups if (area := find_area(name))]
    areas += [code for code in dict.fromkeys(countries) if code in rest and find_area(code)]
    asked = [tidy(unquoted(one)) for one in skills if has_words(one)]
    while len(text := _of_profile(areas, level, asked, floor)) > MAX_LENGTH and (asked or areas):
        (asked if len(asked) > 1 or not areas else areas).pop()
    return text


def _of_profile(areas: Sequence[str], level: str, skills: Sequence[str], floor: str) -> str:
    parts: list[Node] = []
    if areas:
        parts.append(joined(Or, [_area(name) for name in areas]))
    if skills:
        parts.append(joined(Or, list(dict.fromkeys(map(_skill_or_words, skills)))))
    if levels := _LEVELS.get(level):
        parts.append(joined(Or, [*(Has("level", one, one) for one in levels), Unstated("level")]))
    if floor:
        parts.append(joined(Or, [_floor(floor), Unstated("pay")]))
    return str(joined(And, parts))


def _skill_or_words(text: str) -> Leaf:
    found = find_skill(text)
    return Has("skill", found, found) if found else Term("", text)


def _tree(choices: Choices) -> Node:
    parts = [parse(choices.words).root] if choices.words else []
    if choices.countries:
        areas: list[Node] = [_area(name) for name in choices.countries]
        parts.append(joined(Or, [*areas, *[Unstated("place")] * choices.or_place_unstated]))
    listed: tuple[tuple[ValueField, tuple[str, ...]], ...] = (
        ("level", choices.levels),
        ("type", choices.types),
        ("skill", choices.skills),
    )
    for field, values in listed:
        if values:
            parts.append(joined(Or, [Has(field, value, value) for value in values]))
    if choices.pay_floor:
        parts.append(joined(Or, [_floor(choices.pay_floor), *[Unstated("pay")] * choices.or_pay_unstated]))
    return joined(And, parts)


def _area(name: str) -> Node:
    return parse(f'open-to:"{name}"').root


def _floor(amount: str) -> Node:
    bound = parse(f"pay>={amount}").root
    if not isinstance(bound, PayBound):
        raise FilterError("This is more than an amount. Write 60000 EUR, or 50/h.", 0, len(amount), amount)
    return bound


def _choices(query: Filter) -> Choices | None:
    root = query.root
    words: list[Node] = []
    chosen: dict[str, Any] = {}
    for part in root.parts if isinstance(root, And) else (root,):
        if _is_of_words(part):
            words.append(part)
            continue
        choice = _choice(part)
        if choice is None or not chosen.keys().isdisjoint(choice):
            return None
        chosen |= choice
    return Choices(words=str(joined(And, words)), **chosen)


def _is_of_words(node: Node) -> bool:
    match node:
        case Not(part):
            return _is_of_words(part)
        case And(parts) | Or(parts):
            return all(map(_is_of_words, parts))
        case _:
            return isinstance(node, Term)


def _choice(part: Node) -> dict[str, Any] | None:
    """The one choice that this part is, as arguments of `Choices`."""
    values = [*part.parts] if isinstance(part, Or) else [part]
    unstated = [one.field for one in values if isinstance(one, Unstated)]
    stated = [one for one in values if not isinstance(one, Unstated)]
    areas = [one.area.name for one in stated if isinstance(one, Where) and one.field == "open-to"]
    floors = [
        str(one).removeprefix("pay>=") for one in stated if isinstance(one, PayBound) and one.bound == ">="
    ]
    listed = [one.sign for one in stated if isinstance(one, Has)]
    fields = {field for field, _ in listed}
    if areas and len(areas) == len(stated) and unstated in ([], ["place"]):
        return {"countries": tuple(areas), "or_place_unstated": bool(unstated)}
    if floors and len(stated) == 1 and unstated in ([], ["pay"]):
        return {"pay_floor": floors[0], "or_pay_unstated": bool(unstated)}
    if len(fields) == 1 and len(listed) == len(stated) and not unstated and fields <= _LISTED.keys():
        return {_LISTED[fields.pop()]: tuple(value for _, value in listed)}
    return None
