"""What a server says about time in its headers: how long an answer stays fresh, when to come back. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MAX_FRESH = timedelta(hours=24)
MAX_RETRY_AFTER = timedelta(days=7)  # a server that says "in ten years" would end a feed in silence

_SECONDS = re.compile(r"[0-9]{1,10}")
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?([0-9]{1,10})', re.IGNORECASE)
_UNKEPT = re.compile(r"(?:^|[\s,])no-(?:store|cache)\b", re.IGNORECASE)


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer need not be asked for again: Cache-Control max-age less Age, else Expires; None if unsaid.

    headers: case-insensitive. At most 24 hours (RFC 9111, 4.2.1; a private cache ignores s-maxage).
    """
    control = headers.get("Cache-Control", "")
    if _UNKEPT.search(control):
        return None
    if stated := _MAX_AGE.search(control):
        age = _SECONDS.fullmatch(headers.get("Age", "").strip())
        return _fresh(timedelta(seconds=int(stated[1]) - (int(age[0]) if age else 0)))
    expires = _http_date(headers.get("Expires", ""))
    if expires is None:
        return None
    return _fresh(expires - (_http_date(headers.get("Date", "")) or now))


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """The wait that Retry-After asks for, in seconds or as a date; None if unsaid. Between 0 and 7 days."""
    value = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return min(timedelta(seconds=int(value)), MAX_RETRY_AFTER)
    moment = _http_date(value)
    return None if moment is None else min(max(moment - now, timedelta(0)), MAX_RETRY_AFTER)


def _fresh(span: timedelta) -> timedelta | None:
    return min(span, MAX_FRESH) if span > timedelta(0) else None


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None
