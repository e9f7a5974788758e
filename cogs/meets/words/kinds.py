"""What the four kinds of meetings are called, what they share, and why these two. Names come in escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.meets.kinds import KINDS
from bot.meets.values import Kind, Role
from bot.people.languages import language_name
from bot.people.members import FIELDS
from bot.reviews.fit import Reason

ABOUT: Mapping[Kind, str] = {
    "coffee": "Half an hour with somebody new. A question or two to begin with come along.",
    "interview": "You ask each other the questions of a set, then you change places.",
    "partner": "Four weeks with the same person: a short call, one plan each, and what came of it.",
    "mentor": "Four weeks with somebody who has been there, or with somebody you can help.",
}

ROLES: Mapping[Role, str] = {"": "", "mentor": "You help as a mentor.", "mentee": "You would like a mentor."}


def name(kind: Kind) -> str:
    return KINDS[kind].name


def a(kind: Kind) -> str:
    """As it stands inside a sentence."""
    return f"{'an' if kind == 'partner' else 'a'} {_INSIDE[kind]}"


def your(kind: Kind) -> str:
    return f"your {_INSIDE[kind]}"


_INSIDE: Mapping[Kind, str] = {
    "coffee": "coffee chat",
    "interview": "mock interview",
    "partner": "accountability partner",
    "mentor": "mentoring",
}


def people(ids: Sequence[int]) -> str:
    """Mentions; who is not known any more is somebody."""
    named = [f"<@{one}>" for one in ids] or ["somebody"]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def lasts(weeks: int) -> str:
    return f"for {weeks} weeks" if weeks > 1 else "this week"


def reason(one: Reason) -> str:
    """Why the other one, to whoever reads it; "" for what says nothing here."""
    match one.kind:
        case "same_field":
            return f"same field: {FIELDS.get(one.about, one.about)}"
        case "related_field":
            return "related fields"
        case "level":
            return _level(one.count)
        case "zone":
            return _apart(one.count)
        case "skills":
            return f"{one.count} shared skill{'s' if one.count > 1 else ''}"
        case "language":
            return f"their first language is {language_name(one.about)}"
    return ""


def why(some: Sequence[Reason]) -> str:
    said = [text for one in some if (text := reason(one))]
    return f"**Why you two:** {' · '.join(said)}" if said else ""


def _level(above: int) -> str:
    if not above:
        return "same level"
    count = "one level" if abs(above) == 1 else f"{abs(above)} levels"
    return f"{count} {'above' if above > 0 else 'below'} you"


def _apart(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return "same time of day"
    if rest == 30:
        return f"{hours or ''}½ h apart"
    return (
        f"{minutes} min apart" if not hours else f"{hours} h {rest} min apart" if rest else f"{hours} h apart"
    )


def topic_line(kind: Kind, topic: str) -> str:
    if not topic:
        return ""
    return f"**Questions:** {topic}" if kind == "interview" else f"**You both chose:** {topic}"
