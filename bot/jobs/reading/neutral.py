"""One posting as `outpost facts` reads and prints it: JSON, a line each.

In:  {"board", "file", "id", "url", "title", "company", "published", "location", "fields": {…}, "description_html"};
`location` is the board's own place field as text, `fields` holds its other fields under its own names.
Out: "file" and "id" again, and every fact with its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.jobs.facts.values import Evidence, Facts, Posting
from bot.jobs.reading import items
from bot.jobs.reading.strips import STRIPS, stripped
from bot.text import MAX_LINK
from bot.text.cleaning import unescape

# Where boards keep their pay: low, high, currency, period; or in one text.
_PAY = (
    ("minSalary", "maxSalary", "currency", "salaryPeriod"),
    ("salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod"),
    ("salary_min", "salary_max", "salary_currency", "salary_period"),
)
_PAY_TEXT = ("salary", "salary_text")


# How an entry is called, so that its line of facts is found again.
_NAMES: Mapping[str, Any] = {"file": str, "id": (str, int)}
MAX_HTML = (
    20 * items.MAX_TEXT
)  # characters that are looked at; markup is rarely more than three times the text
_TAG = re.compile(r"<[a-zA-Z/!]")


class NotAPosting(ValueError):
    """A line that is none, and why."""


def posting_of(row: Any) -> Posting:
    """The posting of one neutral entry, by the same cleaning as a feed's. Raises NotAPosting."""
    if not isinstance(row, dict):
        raise NotAPosting("it is no object")
    fields = row.get("fields") or {}
    if not isinstance(fields, dict):
        raise NotAPosting("“fields” is no object")
    for name, kinds in _NAMES.items():
        if row.get(name) is None:
            raise NotAPosting(f"“{name}” is missing")
        if not isinstance(row[name], kinds) or isinstance(row[name], bool):
            raise NotAPosting(f"“{name}” is no {'text' if kinds is str else 'text or whole number'}")
    item: items.Item = {**fields, "description": _html(row.get("description_html"))}
    if row.get("board") == "remoteok":  # the only one whose text has to be mended (research/feeds.md 0.3)
        item = stripped(item, STRIPS)
    return Posting(
        title=items.line(row.get("title"), items.MAX_TITLE),
        company=items.line(row.get("company"), items.MAX_COMPANY),
        board=items.line(row.get("board"), 40),
        place_claim=items.line(row.get("location"), items.MAX_PLACE),
        pay_claim=_pay_claim(item),
        tags=items.words(fields.get("tags")),
        text=items.plain(item.get("description")),
        fields={
            str(name): text
            for name, value in fields.items()
            if name not in _PAY_TEXT and name != "tags" and (text := items.line(value, items.MAX_FIELD))
        },
        url=items.line(row.get("url"), MAX_LINK),
    )


def _html(value: Any) -> str:
    """A description whose HTML is escaped once. Some boards escape it once more (Greenhouse, Arbeitnow)."""
    html = value[:MAX_HTML] if isinstance(value, str) else ""
    return unescape(html) if "&lt;" in html and not _TAG.search(html) else html


def _pay_claim(item: Mapping[str, Any]) -> str:
    for name in _PAY_TEXT:
        if text := items.line(item.get(name), items.MAX_CLAIM):
            return text
    for names in _PAY:
        if text := items.pay(item, *names):
            return text
    return ""


def printed(row: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """The line that answers a row; null and [] mean unstated."""
    where, pay = facts.place, facts.pay
    return {
        "file": row["file"],
        "id": row["id"],
        "is_job": facts.is_job,
        "remote_type": facts.remote_type,
        "remote_evidence": _proof(facts.remote_evidence),
        "place": {
            "scope": where.scope,
            "countries_in": list(where.countries_in),
            "countries_out": list(where.countries_out),
            "subdivisions": list(where.subdivisions),
            "labels": list(where.labels),
            "tz_min": where.tz_min,
            "tz_max": where.tz_max,
            "tz_overlap": where.tz_overlap,
            "evidence": _proof(where.evidence),
        },
        "pay": pay
        and {
            "min": pay.low,
            "max": pay.high,
            "currency": pay.currency,
            "period": pay.period,
            "kind": pay.kind,
            "words": pay.words,
            "conflict": pay.conflict,
            "evidence": _proof(pay.evidence),
        },
        "level": [one.value for one in facts.level],
        "level_evidence": _proof(one.evidence for one in facts.level),
        "employment": [one.value for one in facts.employment],
        "employment_evidence": _proof(one.evidence for one in facts.employment),
        "skills": [one.id for one in facts.skills],
        "skills_evidence": _proof(one.evidence for one in facts.skills),
        "language": facts.language or None,
        "warnings": [{"code": one.code, "evidence": _proof([one.evidence])[0]} for one in facts.warnings],
        "opening_key": facts.opening_key or None,
        "variant_key": facts.variant_key or None,
    }


def _proof(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [
        {"source": one.source, "start": one.start, "end": one.end, "rule": one.rule, "quote": one.quote}
        for one in evidence
    ]
