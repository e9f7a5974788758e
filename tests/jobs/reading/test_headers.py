"""What headers say about time."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs.reading.headers import fresh_for, retry_after

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Sat, 21 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Sat, 21 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("99999999", timedelta(days=7)),
        ("Sat, 21 Nov 2099 13:00:00 GMT", timedelta(days=7)),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after(value: str, wait: timedelta | None) -> None:
    """Seconds and dates are understood; what has passed is now, what is absurd is at most a week."""
    assert retry_after({"Retry-After": value}, NOW) == wait


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"Cache-Control": "public, max-age=600"}, timedelta(minutes=10)),
        ({"Cache-Control": "max-age=600", "Age": "500"}, timedelta(seconds=100)),
        ({"Cache-Control": "max-age=600", "Age": "900"}, None),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "max-age=600, no-cache"}, None),
        ({"Cache-Control": "max-age=9999999999"}, timedelta(hours=24)),
        ({"Cache-Control": "max-age=60", "Expires": "Sat, 21 Nov 2026 13:00:00 GMT"}, timedelta(minutes=1)),
        ({"Expires": "Sat, 21 Nov 2026 13:00:00 GMT"}, timedelta(hours=1)),
        (
            {"Expires": "Sat, 21 Nov 2026 13:00:00 GMT", "Date": "Sat, 21 Nov 2026 12:30:00 GMT"},
            timedelta(minutes=30),
        ),
        ({"Expires": "0"}, None),
        ({}, None),
    ],
)
def test_fresh_for(headers: dict[str, str], fresh: timedelta | None) -> None:
    """Cache-Control comes before Expires, and nothing stays fresh for more than a day."""
    assert fresh_for(headers, NOW) == fresh
