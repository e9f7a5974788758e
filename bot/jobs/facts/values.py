"""The facts of an opening as plain values. Words and units are those of research/feeds.md, "Job record"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Scope = Literal["worldwide", "restricted", "unknown"]
RemoteType = Literal["remote", "hybrid", "onsite", "unknown"]
Period = Literal["hour", "day", "week", "month", "year"]
PayKind = Literal["base", "ote", "commission"]
Level = Literal[
    "intern", "entry", "mid", "senior", "staff", "lead", "principal", "manager", "director", "executive"
]
Employment = Literal["full_time", "part_time", "contract", "freelance", "internship", "temporary"]
Asked = Literal["must", "nice", "named"]

MOST_TEXT = 40_000  # characters of a posting that are looked at


@dataclass(frozen=True, slots=True)
class Posting:
    """What one board gave of one opening, cleaned, nothing derived; facts are read from it and nothing else.

    board: the parser's name in feeds.yaml ("wwr", "remotive", …), "" when unknown. fields: the board's other fields
    under its own names. text: the description as plain text, a line a paragraph, list item or heading.
    """

    title: str
    company: str = ""
    board: str = ""
    place_claim: str = ""
    pay_claim: str = ""
    tags: tuple[str, ...] = ()
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    url: str = ""

    def source(self, name: str) -> str:
        """The text that an `Evidence.source` names: title, company, place, pay, tags, text or fields.NAME."""
        if name.startswith("fields."):
            return self.fields.get(name.removeprefix("fields."), "")
        return {
            "title": self.title,
            "company": self.company,
            "place": self.place_claim,
            "pay": self.pay_claim,
            "tags": ", ".join(self.tags),
            "text": self.text,
        }[name]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: characters start to end of a source of its posting, and the rule that read it there."""

    source: str  # as in Posting.source
    start: int
    end: int
    rule: str
    quote: str  # the same characters, at most 200, so that it outlives the posting

    @classmethod
    def of(cls, posting: Posting, source: str, start: int, end: int, rule: str) -> Evidence:
        return cls(source, start, end, rule, posting.source(source)[start:end][:200])


@dataclass(frozen=True, slots=True)
class Place:
    """Who may apply, by where they are.

    countries: ISO 3166-1 alpha-2, groups expanded; subdivisions: ISO 3166-2. labels: the groups as they were stated
    (EU27, LATAM …, names as in groups.py). tz_min, tz_max: hours from UTC that are admitted; tz_overlap: hours of
    overlap that are asked for. A scope other than unknown has evidence. board_says: the board's claim where the
    posting's own words tell another story, with its evidence first in `evidence`.
    """

    scope: Scope = "unknown"
    countries_in: tuple[str, ...] = ()  # sorted
    countries_out: tuple[str, ...] = ()
    subdivisions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    tz_min: float | None = None
    tz_max: float | None = None
    tz_overlap: float | None = None
    evidence: tuple[Evidence, ...] = ()
    board_says: str = ""

    def admits(self, countries: frozenset[str]) -> bool | None:
        """May somebody apply who may work in these countries? None: it is not stated.

        Worldwide, or restricted by what is out alone, admits whoever has a country that is not out.
        """
        if self.scope == "unknown" or not countries:
            return None
        if self.countries_in:
            return bool(countries & frozenset(self.countries_in) - frozenset(self.countries_out))
        if countries <= frozenset(self.countries_out):
            return False
        return True if self.scope == "worldwide" or self.countries_out else None


@dataclass(frozen=True, slots=True)
class Pay:
    """Stated pay, in its own currency and period, never converted. One of the bounds may be missing."""

    low: float | None
    high: float | None
    currency: str | None  # ISO 4217
    period: Period | None  # null when nobody said it
    kind: PayKind
    words: str  # as they stand
    evidence: tuple[Evidence, ...]
    conflict: bool = False  # field and text disagree; the field's is given


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated value of a list (a level, an employment) and where."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill of our list. asked: a must-have, nice to have, or only named."""

    id: str
    evidence: Evidence
    asked: Asked = "named"


@dataclass(frozen=True, slots=True)
class Warning:
    """A reason to look twice, never a verdict. `code` is one of `bot.jobs.facts.warnings.WORDS`."""

    code: str
    evidence: Evidence


NO_PLACE = Place()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read out of one posting."""

    is_job: bool = True
    remote_type: RemoteType = "unknown"
    remote_evidence: tuple[Evidence, ...] = ()
    place: Place = NO_PLACE
    pay: Pay | None = None
    level: tuple[Stated, ...] = ()
    employment: tuple[Stated, ...] = ()
    skills: tuple[Skill, ...] = ()
    language: str = ""  # ISO 639-1 of the posting's own text; "" when it is too short to tell
    warnings: tuple[Warning, ...] = ()
    opening_key: str = ""  # equal for the same opening, on whatever board; "" when it can't be told
    variant_key: str = ""  # equal for one opening fanned out over places
    version: int = 1  # of these rules: facts of an older one may be read again


NO_FACTS = Facts()
