"""Days as people type them: "2026-12-01", "Friday", "in 3 days". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.refusals import Refusal
from bot.text import latin, tidy

MAX_DAY = 40  # characters
FURTHEST = timedelta(days=730)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORTEST = 3  # letters of "fri", "dec"
_NUMBERS: Mapping[str, int] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
_TOMORROW = {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2, "next week": 7}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(
    r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})?"
)  # with dots the day comes first, wherever it is used
_IN = re.compile(r"(?:in )?(\d{1,3}|[a-z]+) (day|week|month)s?")
_NAMED = re.compile(r"(?:next |on |this )*([a-z]+)")
_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]+),? ?(\d{4})?")
_MONTH_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})?")


def day_of(text: str, today: date) -> date | None:
    """The day that is meant, from today to two years on; None for nothing. A weekday is the next one after today.

    Refuses "day_unclear" what is no day, or might be two ("1/2/2026"), and "day_past" what is over.
    """
    written = tidy(text, MAX_DAY)
    if not written:
        return None
    found = _read(latin(written), today)
    if found is None or found > today + FURTHEST:
        raise Refusal("day_unclear", text=written)
    if found < today:
        raise Refusal("day_past", day=spoken(found))
    return found


def _read(words: str, today: date) -> date | None:
    if words in _TOMORROW:
        return today + timedelta(days=_TOMORROW[words])
    if found := _ISO.fullmatch(words):
        return _date(*map(int, found.groups()))
    if found := _DOTTED.fullmatch(f"{words}." if re.fullmatch(r"\d{1,2}\. ?\d{1,2}", words) else words):
        return _in_year(int(found[1]), int(found[2]), found[3], today)
    if found := _IN.fullmatch(words):
        return _ahead(found[1], found[2], today)
    if (found := _NAMED.fullmatch(words)) and (number := _named(found[1], WEEKDAYS)) is not None:
        return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    if (found := _OF_MONTH.fullmatch(words)) and (month := _named(found[2], MONTHS)) is not None:
        return _in_year(int(found[1]), month + 1, found[3], today)
    if (found := _MONTH_FIRST.fullmatch(words)) and (month := _named(found[1], MONTHS)) is not None:
        return _in_year(int(found[2]), month + 1, found[3], today)
    return None


def _named(word: str, names: tuple[str, ...]) -> int | None:
    if len(word) < _SHORTEST:
        return None
    return next((number for number, name in enumerate(names) if name.startswith(word)), None)


def _ahead(number: str, unit: str, today: date) -> date | None:
    many = int(number) if number.isdigit() else _NUMBERS.get(number)
    if many is None:
        return None
    if unit != "month":
        return today + timedelta(days=many * (7 if unit == "week" else 1))
    months = today.month - 1 + many
    year, month = today.year + months // 12, months % 12 + 1
    return next(filter(None, (_date(year, month, today.day - late) for late in range(4))))


def _in_year(day: int, month: int, year: str | None, today: date) -> date | None:
    """Without a year: the next day of that name."""
    if year:
        return _date(int(year), month, day)
    ahead = (
        _date(today.year + more, month, day) for more in range(9)
    )  # 29 February comes every fourth, or eighth
    return next((one for one in ahead if one is not None and one >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def spoken(day: date) -> str:
    """Fri 27 November 2026: nobody can read it two ways."""
    return f"{WEEKDAYS[day.weekday()][:3].title()} {day.day} {MONTHS[day.month - 1].title()} {day.year}"


# -- working days --------------------------------------------------------------------------------


def working_days_after(day: date, number: int) -> date:
    """The number-th working day, Monday to Friday, after a day."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day
