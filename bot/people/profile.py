"""What somebody writes into their profile: cleaned, read, or refused with what to write instead. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bot.addresses import check_url
from bot.people.countries import MOST_COUNTRIES, currencies, is_country
from bot.people.languages import MOST_LANGUAGES, is_language
from bot.people.members import FIELDS, LEVELS, OPEN_TO, Profile
from bot.people.zones import is_zone
from bot.refusals import Refusal
from bot.text import latin, link, tidy

MAX_HEADLINE = 120
MAX_SKILL = 40
MOST_SKILLS = 20
MOST_LINKS = 5
MOST_PAY = 100_000_000  # a year, in any money

_MONEY = {
    **{"€": "EUR", "$": "USD", "us$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "₴": "UAH"},
    **{"r$": "BRL", "euro": "EUR", "euros": "EUR", "dollars": "USD", "pounds": "GBP", "rupees": "INR"},
}
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
_A_YEAR = re.compile(r"\s*(?:/|per|a|p\.)\s*(?:year|yr|annum|a\.?)$")
_PAY = re.compile(r"([^\d\s.,]*)\s*(\d[\d\s.,'’_]*)([km]?)\s*([^\d\s.,]*)")
_GROUPS = re.compile(r"\d{1,3}([\s.,'’_])\d{3}(?:\1\d{3})*")  # 60,000 or 1.200.000
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")  # 12,00,000
_PLAIN = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")


def headline(text: str) -> str:
    """One line, cleaned and cut: control and direction marks out, at most three marks on a letter."""
    return tidy(text, MAX_HEADLINE)


def skills(text: str) -> tuple[str, ...]:
    """Commas, semicolons or line breaks between; each once whatever its case. Refuses more than twenty."""
    found = _each_once(tidy(part, MAX_SKILL) for part in re.split(r"[,;\n]", text))
    if len(found) > MOST_SKILLS:
        raise Refusal("too_many_skills", limit=MOST_SKILLS)
    return found


def _each_once(parts: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for part in filter(None, parts):
        first.setdefault(latin(part), part)
    return tuple(first.values())


def links(text: str) -> tuple[str, ...]:
    """White space between them. Refuses what may not be shown, with the reason."""
    found = tuple(dict.fromkeys(map(one_link, text.split())))
    if len(found) > MOST_LINKS:
        raise Refusal("too_many_links", limit=MOST_LINKS)
    return found


def one_link(text: str, most: int = 600) -> str:
    """A link as it may be shown: http and https, public, no invite. "example.org/me" means https."""
    written = tidy(text, most)
    shown = link(written if "://" in written else f"https://{written}")
    if shown is None:
        raise Refusal("link_refused", link=written)
    if why := check_url(shown):
        raise Refusal("link_not_public", link=written, why=why)
    return shown


def pay(text: str) -> tuple[int, str] | None:
    """The least a year with its money: "60k EUR", "€60,000", "60 000 euros" → (60000, "EUR"); None for nothing.

    A sign or a code must be there: money without a name means something else to each reader.
    """
    written = tidy(text, 60)
    if not written:
        return None
    found = _PAY.fullmatch(_A_YEAR.sub("", written.casefold()))
    money = _money(found[1], found[4]) if found else None
    amount = _amount(found[2].strip(), _TIMES[found[3]]) if found else None
    if money is None or amount is None or not 1 <= amount <= MOST_PAY:
        raise Refusal("pay_unclear", text=written)
    return amount, money


def _money(before: str, behind: str) -> str | None:
    named = [word for word in (before, behind) if word]
    if len(named) != 1:
        return None
    code = _MONEY.get(named[0]) or named[0].upper()
    return code if code in currencies() else None


def _amount(digits: str, times: int) -> int | None:
    """A whole number as it is written anywhere; None for what two people could read differently."""
    if times == 1 and (_GROUPS.fullmatch(digits) or _LAKHS.fullmatch(digits)):
        return int(re.sub(r"\D", "", digits))
    if not _PLAIN.fullmatch(digits):
        return None
    amount = Decimal(digits.replace(",", ".")) * times
    return int(amount) if amount == int(amount) else None


def checked(profile: Profile) -> Profile:
    """The profile as it may be kept, whoever filled it in: unknown words are left out, links refused as above."""
    paid = profile.pay_floor is not None and profile.pay_currency in currencies()
    return replace(
        profile,
        headline=headline(profile.headline),
        field=profile.field if profile.field in FIELDS else "",
        level=profile.level if profile.level in LEVELS else "",
        skills=skills("\n".join(profile.skills)),
        languages=tuple(filter(is_language, dict.fromkeys(profile.languages)))[:MOST_LANGUAGES],
        country=profile.country if is_country(profile.country) else "",
        may_work=tuple(filter(is_country, dict.fromkeys(profile.may_work)))[:MOST_COUNTRIES],
        pay_floor=profile.pay_floor if paid else None,
        pay_currency=profile.pay_currency if paid else "",
        links=links("\n".join(profile.links)),
        open_to=tuple(one for one in OPEN_TO if one in profile.open_to),
    )


def check_changes(zone: str | None, quiet: tuple[int, int] | None) -> None:
    """Refuses a zone that isn't one, and hours that no day has."""
    if zone is not None and not is_zone(zone):
        raise Refusal("place_unknown", text=zone, near=())
    if quiet is not None and not all(0 <= minute < 24 * 60 for minute in quiet):
        raise Refusal("quiet_unclear")
