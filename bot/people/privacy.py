"""What is kept about people, as values: whose a row is, what erasing makes of it, what an export tells. Pure.

The table itself is `bot.people.kept`. Export, erasing and retention all walk it, and docs/privacy.md shows it, so
that none of them can know a column that another has forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.people.keyed import mark

EVERYWHERE = 0  # the server of a mark that means all of them; no server has this id
FORMAT = 1  # of an export; a change that a reader must know of raises it

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """A way in which a row is about somebody.

    column: what names them; by "id", as "digits" (the id as text) or "inside" a longer text. of_parent: the column
    stands in the row that this one belongs to. when: only rows with these values.
    becomes: what erasing writes into the row; None: the row goes.
    shown: what an export of theirs tells of it, and `told` how; None: everything; (): they must not know of it.
    known: of which of these rows they may know; None: of all.
    """

    column: str
    how: Literal["id", "digits", "inside"] = "id"
    of_parent: bool = False
    when: Mapping[str, str] = field(default_factory=dict)
    becomes: Mapping[str, object] | None = None
    shown: tuple[str, ...] | None = None
    told: Callable[[Row, datetime], Row] | None = None
    known: Callable[[Row], bool] | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """A row goes `days` after the moment in `column`, in words: after `what`. elsewhere: the duty of jobs does it."""

    column: str
    days: int
    what: str
    when: Mapping[str, str] = field(default_factory=dict)
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """One table. columns: name → what it is for.

    guild: the column that names the server; parent: (column, table) of the row it belongs to, where it has none.
    beside: columns of that row which an export tells with each of these.
    search: what goes 7 days after a member left: their rows, or what these columns become; the rest goes after 30.
    lines, json: columns that hold several values, a line each, or a JSON text.
    """

    table: str
    whose: str
    columns: Mapping[str, str]
    claims: tuple[Claim, ...] = ()
    ages: tuple[Age, ...] = ()
    guild: str | None = "guild_id"
    parent: tuple[str, str] | None = None
    beside: tuple[str, ...] = ()
    search: Literal["rows"] | Mapping[str, object] | None = None
    lines: frozenset[str] = frozenset()
    json: frozenset[str] = frozenset()


def erased_mark(key: bytes, guild_id: int, user_id: int) -> str:
    """The mark of "this person was erased in this server"; EVERYWHERE: in all."""
    return mark(key, "erased", guild_id, user_id)


def introduction_as_asker_knows_it(row: Row, now: datetime) -> Row:
    """Nobody learns of a decline: until the moment it lapses it is asked, then lapsed, whatever happened."""
    if row["state"] in ("accepted", "withdrawn"):
        return row
    return {**row, "state": "asked" if now < row["lapses_at"] else "lapsed", "settled_at": None}


# Row numbers count what everybody here adds: whoever exports daily would learn how much others do.
_ROW_NUMBERS = frozenset({"id", "case_id", "saved_id"})
_INSIDE = frozenset(  # of what was said to somebody; those of groups and openings count nobody
    f"{row}_id"
    for row in (
        "case",
        "cycle",
        "introduction",
        "match",
        "pod",
        "reading",
        "request",
        "round",
        "share",
        "week",
    )
)


def told(kept: Kept, claim: Claim, row: Row, now: datetime) -> dict[str, Any]:
    """A row as an export tells it: moments in ISO 8601, ids as text (too long for JSON), without row numbers."""
    known = claim.told(row, now) if claim.told else row
    shown = kept.columns if claim.shown is None else claim.shown
    names = (*kept.beside, *shown)
    return {name: _plain(kept, name, known[name]) for name in names if name not in _ROW_NUMBERS}


def _numberless(value: Any) -> Any:
    """The same without row numbers, however deep they stand."""
    if isinstance(value, list):
        return [_numberless(one) for one in value]
    if isinstance(value, dict):
        return {name: _numberless(one) for name, one in value.items() if name not in _INSIDE}
    return value


def _plain(kept: Kept, name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and name in kept.lines:
        return value.split("\n") if value else []
    if isinstance(value, str) and name in kept.json:
        return _numberless(json.loads(value)) if value else None
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith(("id", "_by")):
        return str(value)
    return value
