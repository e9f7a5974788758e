"""One invented posting, as its employer thinks of it; each board says it in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Place:
    """Who may apply: the words for it, the countries (none: everybody), the sentence that says so in the text."""

    words: str
    countries: tuple[str, ...]
    sentence: str
    zones: tuple[int, ...] = ()  # hours from UTC


@dataclass(frozen=True, slots=True)
class Pay:
    """A range in whole units of the currency, `period` "year" or "hour"."""

    low: int
    high: int
    currency: str = "USD"
    period: str = "year"

    def __str__(self) -> str:
        sign = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "C$"}[self.currency]
        if self.period == "hour":
            return f"{sign}{self.low} - {sign}{self.high}/hr"
        return f"{sign}{self.low // 1000}k - {sign}{self.high // 1000}k"


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting. Times are aware UTC; `paragraphs` are plain text, one a paragraph."""

    id: int
    company: str
    role: str
    place: Place
    pay: Pay | None
    tags: tuple[str, ...]
    category: str
    level: str  # Junior, Mid-level, Senior
    employment: str  # Full-Time or Contract
    headquarters: str
    paragraphs: tuple[str, ...]
    posted_at: datetime
    imported: bool = False  # copied in bulk from the employer's own site, as half of We Work Remotely's are
    id_shift: int = 0  # a board that renumbers its postings adds it; links stay

    @property
    def number(self) -> int:
        """The board's number for it, for the feed's guid or id."""
        return self.id + self.id_shift

    @property
    def slug(self) -> str:
        """The last part of its link: company, role and id in small letters."""
        words = f"{self.company} {self.role} {self.id}".lower()
        plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in words)
        return "-".join(part for part in plain.split("-") if part)

    @property
    def expires_at(self) -> datetime:
        """30 days after posting, as most boards have it."""
        return self.posted_at + timedelta(days=30)

    @property
    def company_slug(self) -> str:
        """The company's name as it stands in links."""
        return "".join(c if c.isascii() and c.isalnum() else "-" for c in self.company.lower()).strip("-")

    def guid(self, link: str) -> str:
        """For boards whose guid is the link itself."""
        return f"{link}#{self.id_shift}" if self.id_shift else link
