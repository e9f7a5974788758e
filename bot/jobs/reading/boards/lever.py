"""Lever, an employer's own board as JSON (research/feeds.md A2): `lever:SLUG`.

Oddities: the company stands in the link alone; dates are milliseconds; a description is in pieces (`lists`,
`additional`); one opening may be fanned out over a hundred cities, an item each; `workplaceType` says more about
remote than the place does.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, employer_of, entry, inside, listed, pay, places, plain, rows, when
from bot.ports import Entry

_FIELDS = ("workplaceType", "country", "commitment", "department", "team")
_PERIOD = {"per-year-salary": "yearly", "per-month-salary": "monthly", "per-hour-wage": "hourly"}


def items(document: Any) -> list[Any] | None:
    return rows(document, "", "hostedUrl")


def read(item: Item) -> Entry | None:
    kinds = {name: inside(item.get("categories"), name) for name in ("commitment", "department", "team")}
    return entry(
        {**item, **kinds},
        title=item.get("text"),
        url=item.get("hostedUrl"),
        guid=item.get("id"),
        company=employer_of(item.get("hostedUrl")),
        place=_place(item),
        pay=_pay(item.get("salaryRange")),
        published=when(item.get("createdAt")),
        tags=[kinds["department"], kinds["team"]],
        text=plain(_description(item)),
        fields=_FIELDS,
    )


def _place(item: Item) -> str:
    """ "Remote; Lisbon; Porto": how, then every place it is offered in."""
    kinds = item.get("categories")
    where = listed(inside(kinds, "allLocations")) or [inside(kinds, "location")]
    how = item.get("workplaceType")
    words = [how.capitalize()] if isinstance(how, str) and how != "unspecified" else []
    return places((*words, *where))


def _pay(given: Any) -> str:
    if not isinstance(given, dict):
        return ""
    period = _PERIOD.get(str(given.get("interval")), given.get("interval"))
    return pay({**given, "period": period}, "min", "max", "currency", "period")


def _description(item: Item) -> str:
    pieces = [item.get("description")]
    for part in listed(item.get("lists")):
        pieces += [f"<h3>{inside(part, 'text') or ''}</h3>", f"<ul>{inside(part, 'content') or ''}</ul>"]
    pieces += [item.get("additional")]
    return "\n".join(piece for piece in pieces if isinstance(piece, str))
