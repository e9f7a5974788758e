"""My list: what a member keeps of openings, how far they are with each, and what needs them today. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from bot.jobs.days import spoken, working_days_after
from bot.jobs.facts import Facts, decode
from bot.jobs.facts.skills import say
from bot.jobs.place_words import EMPLOYMENT, LEVELS, Words, pay_line, place_line, proof
from bot.refusals import Refusal
from bot.text import tidy, tidy_lines
from bot.text.tables import as_csv

Stage = Literal["saved", "applied", "interview", "offer", "hired", "closed"]
STAGES: Mapping[Stage, str] = {
    "offer": "Offer",
    "interview": "Interview",
    "applied": "Applied",
    "saved": "Saved",
    "hired": "Hired",
    "closed": "Closed",
}
"""Label of each stage, in the order of the list: what is nearest to a job comes first."""

Told = Literal["", "nowhere", "pod", "server"]
"""Whom they told that they were hired; "": not asked yet."""

MOST_SAVED = 500  # of one member in one server
MAX_TITLE, MAX_COMPANY, MAX_NOTE, MAX_STEP = 200, 100, 800, 200
UNDO_FOR = timedelta(hours=1)  # so long a stage is taken back as if it had never been pressed

FOLLOW_UP_AFTER = 5  # working days after applying (design/jobs.md, My list)
_FOLLOW_UP_FOR = 5  # working days more, then silence is the answer
_OVERDUE_FOR = timedelta(days=14)  # what was due longer ago has become something else


@dataclass(frozen=True, slots=True)
class Saved:
    """One opening of one member's list, with its facts as they were when it was saved.

    opening_id: None when they wrote it down by hand. next_on: a day on its owner's clock. gone_at, other_at: when
    the posting was closed, and when it changed, since.
    """

    id: int
    guild_id: int
    user_id: int
    opening_id: int | None
    title: str
    company: str
    url: str
    board: str
    place_claim: str
    pay_claim: str
    facts_json: str
    stage: Stage
    note: str
    next_step: str
    next_on: date | None
    saved_at: datetime
    changed_at: datetime
    stage_at: datetime
    gone_at: datetime | None = None
    other_at: datetime | None = None
    told: Told = ""

    @property
    def facts(self) -> Facts:
        return decode(self.facts_json)

    @property
    def name(self) -> str:
        """What it is called in a sentence: somebody's words, which still have to be escaped."""
        return f"{self.title} at {self.company}" if self.company else self.title


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that an opening of a list went through."""

    saved_id: int
    stage: Stage
    at: datetime


# -- what is kept --------------------------------------------------------------------------------


def note_of(text: str) -> str:
    return tidy_lines(text, MAX_NOTE)


def step_of(text: str, day: date | None) -> str:
    """The words of a next step. A day alone says nothing: refuses "step_without_words"."""
    words = tidy(text, MAX_STEP)
    if day is not None and not words:
        raise Refusal("step_without_words")
    return words


def title_of(title: str, company: str, url: str) -> str:
    """What something written by hand is called: its title, else its company's job, else the page's address."""
    if words := tidy(title, MAX_TITLE):
        return words
    return tidy(f"A job at {company}" if company.strip() else url.split("://", 1)[-1], MAX_TITLE)


def undone(steps: Sequence[Step], stage: Stage, now: datetime) -> bool:
    """Is going to `stage` a step back that was pressed by mistake just now? steps: the oldest first."""
    if len(steps) < 2:
        return False
    before, last = steps[-2:]
    return before.stage == stage and now - last.at <= UNDO_FOR


def in_order(every: Iterable[Saved]) -> list[Saved]:
    """As they are listed: by stage, the one changed last first."""
    order = list(STAGES)
    return sorted(every, key=lambda one: (order.index(one.stage), -one.changed_at.timestamp(), -one.id))


def numbers(steps: Iterable[Step]) -> Mapping[Stage, int]:
    """How many openings reached each stage; each counts once a stage."""
    reached = {(one.saved_id, one.stage) for one in steps}
    return Counter(stage for _, stage in reached)


# -- what needs me today -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Need:
    """Something that its owner may want to do today. since: the day from which on it was due."""

    kind: Literal["offer", "step", "thank", "follow_up"]
    saved: Saved
    since: date


def needs(every: Sequence[Saved], now: datetime, zone: tzinfo) -> list[Need]:
    """What needs them today, the most pressing first. Whoever was hired is left alone with what they saved before."""
    today = now.astimezone(zone).date()
    hired = max((one.stage_at for one in every if one.stage == "hired"), default=None)
    found = [
        need
        for one in every
        if one.stage not in ("hired", "closed") and (hired is None or one.saved_at > hired)
        if (need := _need(one, today, zone)) is not None
    ]
    order = ("offer", "step", "thank", "follow_up")
    return sorted(found, key=lambda need: (order.index(need.kind), need.since, need.saved.id))


def _need(one: Saved, today: date, zone: tzinfo) -> Need | None:
    """At most one of each opening. Who has planned a next step for later has decided when it needs them."""
    reached = one.stage_at.astimezone(zone).date()
    if one.stage == "interview" and (day := _thanks(one.next_on or reached, today)):
        return Need("thank", one, day)
    if one.next_on is not None:
        due = one.next_on <= today <= one.next_on + _OVERDUE_FOR
        return Need("step", one, one.next_on) if due else None
    if one.stage == "offer":
        return Need("offer", one, reached)
    if one.stage == "applied":
        first = working_days_after(reached, FOLLOW_UP_AFTER)
        over = working_days_after(first, _FOLLOW_UP_FOR)
        return Need("follow_up", one, first) if first <= today < over else None
    return None


def _thanks(held: date, today: date) -> date | None:
    """The day after an interview, and over a weekend until the Monday."""
    first = held + timedelta(days=1)
    return first if first <= today <= working_days_after(held, 1) else None


def today_line(found: Sequence[Need], now: datetime, zone: tzinfo) -> str:
    """At most one line; "" when nothing needs them. Holds somebody's words: it still has to be escaped."""
    if not found:
        return ""
    more = f" · {len(found) - 1} more" if len(found) > 1 else ""
    return f"{_words(found[0], now.astimezone(zone).date())}{more}"


def _words(need: Need, today: date) -> str:
    name = need.saved.name
    match need.kind:
        case "offer":
            return f"Decide on the offer: {name}"
        case "thank":
            return f"Thank the interviewer: {name}"
        case "follow_up":
            return f"Follow up: {name}, applied {FOLLOW_UP_AFTER} working days ago"
        case "step":
            late = "" if need.since == today else f" (since {spoken(need.since)})"
            return f"{need.saved.next_step or 'Next step'}: {name}{late}"


# -- the last page -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LastPage:
    """A search that is over, in numbers. weeks: begun ones, since the first was saved."""

    weeks: int
    saved: int
    applied: int
    interviews: int
    offers: int
    people: int

    def rows(self) -> list[tuple[str, int]]:
        """(what, how many), as the picture and the words say it; what never happened is left out."""
        every = [
            ("week" if self.weeks == 1 else "weeks", self.weeks),
            ("saved", self.saved),
            ("applied", self.applied),
            ("interview" if self.interviews == 1 else "interviews", self.interviews),
            ("offer" if self.offers == 1 else "offers", self.offers),
            ("person met" if self.people == 1 else "people met", self.people),
        ]
        return [(what, number) for what, number in every if number]

    def words(self) -> str:
        return ", ".join(f"{number} {what}" for what, number in self.rows())


def last_page(every: Sequence[Saved], steps: Sequence[Step], people: int, until: datetime) -> LastPage:
    """until: when they were hired. Whoever had an offer was interviewed and applied: each stage counts as reached."""
    reached: dict[int, set[Stage]] = {one.id: {"saved", one.stage} for one in every}
    for step in steps:
        reached.setdefault(step.saved_id, {"saved"}).add(step.stage)
    first = min((one.saved_at for one in every), default=until)
    further: tuple[Stage, ...] = ("applied", "interview", "offer", "hired")
    count = {
        stage: sum(bool(stages & set(further[number:])) for stages in reached.values())
        for number, stage in enumerate(further)
    }
    return LastPage(
        weeks=max(0, (until - first).days) // 7 + 1,
        saved=len(reached),
        applied=count["applied"],
        interviews=count["interview"],
        offers=count["offer"],
        people=people,
    )


# -- taken away ----------------------------------------------------------------------------------

_COLUMNS = (
    "Title",
    "Company",
    "Link",
    "Board",
    "Stage",
    "Stage since",
    "Saved",
    "Note",
    "Next step",
    "Next step on",
    "Open to",
    "Proof",
    "Pay",
    "Level",
    "Employment",
    "Skills",
    "Posting closed",
    "Posting changed",
    "Told",
)


def table(every: Iterable[Saved]) -> bytes:
    """As CSV for a spreadsheet; no cell is read as a formula."""
    return as_csv(_COLUMNS, map(_cells, in_order(every)))


def _cells(one: Saved) -> list[str]:
    facts = one.facts
    return [
        *(
            one.title,
            one.company,
            one.url,
            one.board,
            STAGES[one.stage],
            _moment(one.stage_at),
            _moment(one.saved_at),
        ),
        *(one.note, one.next_step, one.next_on.isoformat() if one.next_on else ""),
        _plain(place_line(facts.place, one.place_claim)),
        proof(facts.place),
        _plain(pay_line(facts.pay, one.pay_claim)),
        ", ".join(LEVELS[level.value] for level in facts.level),
        ", ".join(EMPLOYMENT[kind.value] for kind in facts.employment),
        ", ".join(say(skill.id) for skill in facts.skills),
        *(_moment(one.gone_at), _moment(one.other_at), one.told),
    ]


def _plain(words: Words) -> str:
    return f"{words.said}: {words.quote}" if words.quote else words.said


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""
