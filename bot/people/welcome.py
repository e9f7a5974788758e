"""What `/start` proposes before anybody has typed anything. Pure."""

from __future__ import annotations

from bot.people.members import Member, Profile

MOST = 25  # options of a menu

# A language of Discord that names one country. English and Latin American Spanish name none.
_BY_LOCALE = {
    **{"bg": "BG", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en-GB": "GB", "es-ES": "ES", "fi": "FI"},
    **{"fr": "FR", "hi": "IN", "hr": "HR", "hu": "HU", "id": "ID", "it": "IT", "ja": "JP", "ko": "KR"},
    **{"lt": "LT", "nl": "NL", "no": "NO", "pl": "PL", "pt-BR": "BR", "ro": "RO", "ru": "RU", "sv-SE": "SE"},
    **{"th": "TH", "tr": "TR", "uk": "UA", "vi": "VN", "zh-CN": "CN", "zh-TW": "TW"},
}
_MANY = (
    *("US", "IN", "GB", "CA", "BR", "DE", "NG", "PT", "ES", "FR", "NL", "PL"),
    *("PH", "AR", "MX", "AU", "IE", "IT", "KE", "ZA", "RO", "UA", "PK", "TR"),
)


def likely_countries(locale: str | None) -> tuple[str, ...]:
    """The countries to choose from, what Discord's language suggests first; every other one can be typed."""
    guess = _BY_LOCALE.get(locale or "")
    return tuple(dict.fromkeys((*((guess,) if guess else ()), *_MANY)))[:MOST]


def may_work_in(profile: Profile) -> tuple[str, ...]:
    """The countries that openings are matched with: those they named, at least the one they live in."""
    return profile.may_work or ((profile.country,) if profile.country else ())


def moved_to(profile: Profile, country: str) -> tuple[str, ...]:
    """Where they may work once they live there: the new country takes the place of the former one."""
    others = (one for one in profile.may_work if one != profile.country)
    return tuple(dict.fromkeys((country, *others)))


def is_new(member: Member) -> bool:
    """Is this their first way through the three steps? Afterwards each part is changed alone."""
    return member.started_at is None
