"""Everything that was read of one opening, each fact with its proof; and must-haves beside a profile. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.jobs.check import Eligible, Have, Me, Must
from bot.jobs.facts import Facts
from bot.jobs.facts.values import Evidence, Stated
from bot.jobs.facts.warnings import WORDS
from bot.jobs.place_words import CORRECTED, EMPLOYMENT, LEVELS, Words, pay_line, place_line
from bot.jobs.query.vocabulary import LANGUAGES
from cogs.gate import escape
from cogs.jobs.opening_card import quoted

_QUOTE, _NAME = 140, 40
_MOST_WARNINGS = 5
_UNQUOTED = ("text_too_short", "company_missing")  # what isn't there has no words


def sheet(
    facts: Facts,
    place_claim: str = "",
    pay_claim: str = "",
    withheld: Collection[str] = (),
    mine: Sequence[str] = (),
    *,
    answered: bool = False,
) -> str:
    """A line a fact. withheld: what moderators took back; mine: countries that are named first.

    answered: the words that tell the place stand above already.
    """
    where = Words(CORRECTED) if "place" in withheld else place_line(facts.place, place_claim, mine)
    if answered:
        said = where.said.removesuffix("; the board says").removesuffix("; it says")
        place = f"**Open to:** {said}"
    else:
        place = _fact("Open to", where, facts.place.evidence)
    return "\n".join([place, *_others(facts, pay_claim, withheld)])


def _others(facts: Facts, pay_claim: str, withheld: Collection[str]) -> Iterator[str]:
    pay = Words(CORRECTED) if "pay" in withheld else pay_line(facts.pay, pay_claim)
    yield _fact("Pay", pay, facts.pay.evidence if facts.pay else ())
    yield from _stated("Level", facts.level, LEVELS)
    yield from _stated("Employment", facts.employment, EMPLOYMENT)
    if facts.remote_type in ("hybrid", "onsite") and facts.remote_evidence:
        what = "partly at a place" if facts.remote_type == "hybrid" else "at a place, not remote"
        yield _fact("Where", Words(what), facts.remote_evidence)
    if facts.language and facts.language != "en":
        yield f"**Written in:** {LANGUAGES.get(facts.language, facts.language)}"
    for one in facts.warnings[:_MOST_WARNINGS]:
        if one.code in WORDS and one.code != "board_region_conflict":  # the line for the place tells it
            evidence = () if one.code in _UNQUOTED else (one.evidence,)
            yield _fact("Look twice", Words(WORDS[one.code]), evidence)


def _fact(name: str, words: Words, evidence: Sequence[Evidence]) -> str:
    """The words that prove it follow, unless they are what is said anyhow."""
    quote = words.quote or (evidence[0].quote if evidence and words.said != CORRECTED else "")
    if not words.quote and quote.casefold() in words.said.casefold():
        quote = ""
    joint = ": " if words.quote else " " if words.said.endswith(".") else " · " if quote else ""
    return f"**{name}:** {words.said}{joint}{quoted(quote, _QUOTE)}"


def _stated(name: str, stated: Sequence[Stated], words: Mapping[str, str]) -> Iterator[str]:
    if stated:
        said = " or ".join(dict.fromkeys(words[one.value] for one in stated))
        yield _fact(name, Words(said), [stated[0].evidence])


# -- beside a profile ----------------------------------------------------------------------------

_HEADINGS: Mapping[Have, str] = {
    "stated": "in your profile",
    "missing": "missing there",
    "not sure": "not sure",
}
ANSWERS = {
    "yes": "Yes, it is open to you",
    "no": "No, it isn't open to you",
    "unclear": "Unclear if it is open to you",
}


def must_haves(musts: Sequence[Must], me: Me) -> str:
    """No score: two of three may be plenty."""
    if not musts:
        return ""
    if not me.skills:
        named = ", ".join(escape(one.name, _NAME) for one in musts)
        return f"**It asks for:** {named}\n-# Name your skills in /me profile, then I compare."
    groups = {have: [escape(one.name, _NAME) for one in musts if one.have == have] for have in _HEADINGS}
    parts = [f"{', '.join(names)} ({_HEADINGS[have]})" for have, names in groups.items() if names]
    return f"**It asks for:** {' · '.join(parts)}"


def answer(one: Eligible) -> str:
    """Why, and the words behind it."""
    return f"{one.because}\n-# {quoted(one.quote, _QUOTE)}" if one.quote else one.because
