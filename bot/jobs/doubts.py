"""What members may doubt of an opening, how often, and what their moderators are asked then. Pure.

A doubt changes nothing by itself: a moderator looks, and only then a fact is taken back, in their server alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.jobs.facts.skills import say as skill_name
from bot.jobs.facts.values import Evidence, Facts
from bot.jobs.facts.warnings import WORDS
from bot.jobs.messages import Doubted, LooksLikeScam, OpeningCard
from bot.jobs.openings import Opening
from bot.jobs.place_words import EMPLOYMENT, LEVELS, pay_line, place_line, values_line
from bot.refusals import Refusal
from bot.text import tidy

DOUBTED, SCAM = "doubted", "looks_like_scam"  # kinds of delivery

Fact = Literal["place", "pay", "level", "employment", "skills", "warning"]
FACTS: Mapping[str, str] = {
    "place": "Who may apply",
    "pay": "Pay",
    "level": "Level",
    "employment": "Employment",
    "skills": "Skills",
    "warning": "The reasons to look twice",
}
Kind = Literal["wrong", "scam"]
State = Literal["open", "agreed", "dismissed"]

THE_OPENING = "scam"  # in `withdrawn`: not a fact of it, but all of it

MOST_WORDS = 200
DAY = timedelta(days=1)
MOST_A_DAY: Mapping[Kind, int] = {"wrong": 10, "scam": 5}  # of one member


@dataclass(frozen=True, slots=True)
class Doubtable:
    """A fact as it is shown. said: in our words; quote: the words that gave it; rule: which rule read them."""

    fact: Fact
    said: str
    quote: str = ""
    rule: str = ""


def doubtable(opening: Opening, withheld: Collection[str] = ()) -> list[Doubtable]:
    """What an opening's card states, fact by fact; what was taken back already is left out."""
    facts = opening.facts
    stated = [*_place(opening, facts), *_pay(opening, facts), *_lists(facts)]
    return [one for one in stated if one.fact not in withheld]


def _place(opening: Opening, facts: Facts) -> list[Doubtable]:
    if facts.place.scope == "unknown" and not opening.place_claim:
        return []
    words = place_line(facts.place, opening.place_claim)
    return [_read("place", words.said, facts.place.evidence, words.quote)]


def _pay(opening: Opening, facts: Facts) -> list[Doubtable]:
    if facts.pay is None and not opening.pay_claim:
        return []
    words = pay_line(facts.pay, opening.pay_claim)
    return [_read("pay", words.said, facts.pay.evidence if facts.pay else (), words.quote)]


def _lists(facts: Facts) -> list[Doubtable]:
    found = []
    if facts.level:
        said = values_line((one.value for one in facts.level), LEVELS)
        found.append(_read("level", said, [facts.level[0].evidence]))
    if facts.employment:
        said = values_line((one.value for one in facts.employment), EMPLOYMENT)
        found.append(_read("employment", said, [facts.employment[0].evidence]))
    if facts.skills:
        said = ", ".join(skill_name(one.id) for one in facts.skills)
        found.append(_read("skills", said, [facts.skills[0].evidence]))
    if reasons := reasons_of(facts):
        found.append(_read("warning", " ".join(said for said, _ in reasons), [facts.warnings[0].evidence]))
    return found


def _read(fact: Fact, said: str, evidence: Collection[Evidence], quote: str = "") -> Doubtable:
    first = next(iter(evidence), None)
    return Doubtable(fact, said, first.quote if first else quote, first.rule if first else "")


def reasons_of(facts: Facts) -> tuple[tuple[str, str], ...]:
    """(our sentence, the words that gave it) of each reason to look twice."""
    return tuple(
        (WORDS[one.code].format(n=one.evidence.quote), one.evidence.quote)
        for one in facts.warnings
        if one.code in WORDS
    )


# -- telling -------------------------------------------------------------------------------------


def words_of(text: str) -> str:
    """What somebody adds in their own words; may be nothing."""
    return tidy(text, MOST_WORDS)


def may_doubt(kind: Kind, made_today: int) -> None:
    """Refuses one more than a member has a day: moderators read every one of them."""
    if made_today >= MOST_A_DAY[kind]:
        raise Refusal("too_many_doubts", limit=MOST_A_DAY[kind])


def settled_before(decided_at: datetime | None, changed_at: datetime | None) -> bool:
    """Did moderators look at this already, and has the posting said nothing else since?"""
    return decided_at is not None and (changed_at is None or changed_at <= decided_at)


def doubted(opening: Opening, one: Doubtable, times: int) -> Doubted:
    """The notice about a fact."""
    shown = (opening.id, opening.title, opening.company, opening.url)
    return Doubted(*shown, one.fact, one.said, one.quote, one.rule, times)


def looks_like_scam(opening: Opening, times: int) -> LooksLikeScam:
    """The notice about an opening."""
    shown = (opening.id, opening.title, opening.company, opening.url)
    return LooksLikeScam(*shown, reasons_of(opening.facts), times)


def notices_of(guild_id: int, opening_id: int, fact: str) -> str:
    """How the keys of the notices about this begin; fact: "scam" for the opening itself."""
    return f"doubt/{guild_id}/{opening_id}/{fact}/"


# -- what a decision makes of a card ---------------------------------------------------------------


def taken_back(card: OpeningCard, withdrawn: Collection[str]) -> OpeningCard:
    """The card as it should be, now that this server's moderators took these facts back; as it was without any."""
    return replace(
        card,
        withheld=frozenset(withdrawn) - {THE_OPENING},
        taken_down=THE_OPENING in withdrawn,
    )
