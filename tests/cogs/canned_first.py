"""Canned values for what people meet first: /start, the panel, /setup, /help, /resources."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from discord import ui

from bot.jobs.facts import Facts, encode
from bot.jobs.facts.place import read_claim
from bot.jobs.flow.open_to import OpenTo
from bot.jobs.openings import Opening
from bot.moderation.messages import PANEL, Panel
from bot.moderation.panel import BUTTONS, THERE, Posted
from bot.moderation.permissions import NEEDED
from bot.moderation.server import Server
from bot.people.countries import MOST_COUNTRIES
from bot.people.members import WISHES, Key, Member, Profile
from bot.people.zones import MOST
from bot.ports import Resource
from bot.resources.listed import MAX_NAME, MAX_URL, MAX_WHOM, MAX_WORDS, MOST_OWN, NEEDS, Listed, Own
from cogs.help import pages as help_pages
from cogs.help.pages import Standing
from cogs.moderation import cards as setup
from cogs.people import start_pages
from cogs.resources import pages as resource_pages
from tests.cogs.words import ARABIC, DESIGN, GLYPHS, HOSTILE, LARGEST, LINES, MO, MODERATORS, NONCE, PYTHON
from tests.jobs.values import NOW, opening

CHAPTERS: Mapping[str, str] = {
    setup.__name__: "setup",
    start_pages.__name__: "start",
    help_pages.__name__: "help",
    resource_pages.__name__: "resources",
}
DELIVERIES: Mapping[str, Mapping[str, object]] = {
    PANEL: {"now": Panel(THERE), "later": Panel(tuple(BUTTONS))},
}

GUILD, ANA, OWNER, ROLE = 1442000000000000001, 1442000000000000101, 1442000000000000109, 1442000000000000201


# -- /setup --------------------------------------------------------------------------------------

_PANEL = Posted(GUILD, PYTHON, NONCE, 1, THERE)
_FINE = Server(GUILD, MODERATORS, ROLE, MO, _PANEL)
_SETUP = {
    "first": (Server(GUILD), OWNER, {}, 0),
    "fine": (_FINE, OWNER, {MODERATORS: (), PYTHON: ()}, 0),
    "lacking": (
        replace(_FINE, second_contact_id=None),
        OWNER,
        {MODERATORS: (), PYTHON: ("send_messages",), DESIGN: tuple(NEEDED)},
        1,
    ),
    "gone": (_FINE, OWNER, {MODERATORS: None, PYTHON: None}, 2),
    "panel_coming": (replace(_FINE, panel=replace(_PANEL, message_id=None)), OWNER, {PYTHON: ()}, 0),
    "panel_failed": (replace(_FINE, panel=replace(_PANEL, nonce=None)), OWNER, {PYTHON: ()}, 0),
    "longest": (
        Server(LARGEST, LARGEST, LARGEST, LARGEST, replace(_PANEL, channel_id=LARGEST)),
        None,
        {LARGEST - n: tuple(NEEDED) for n in range(50)},
        1250,
    ),
}


# -- /start --------------------------------------------------------------------------------------

_NEW = Member(Key(GUILD, ANA), NOW, NOW)
_BACK = replace(_NEW, started_at=NOW, wishes=("jobs", "meet"), zone="Europe/Lisbon")
_LISBON, _HERE = Profile(country="PT", may_work=("PT", "ES")), ("Europe/Lisbon", "Lisbon, Portugal")
_FAR = Profile(country="BR", may_work=("BR",) * MOST_COUNTRIES)


def _found(**given: str) -> OpenTo:
    proven = encode(Facts(place=read_claim("Anywhere, but not India")))
    one: list[Opening] = [opening(number, facts_json=proven, **given) for number in (1, 2, 3)]
    return OpenTo(tuple(one), 812, 30)


_NONE = OpenTo((), 812, 30)
_EVERY_WORD = ("title", "company", "place_claim", "attribution")
_LONG = "x" * 480
_START: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    start_pages.wishes: {
        "first": (_NEW, ["admins", "moderators"]),
        "owner_alone": (_NEW, []),
        "again": (_BACK, ["moderators"]),
        "hostile": (_NEW, [HOSTILE, LINES]),
        "longest": (_NEW, [GLYPHS] * 50),
    },
    start_pages.place: {
        "first": (_NEW, Profile(), "pt-BR"),
        "again": (_BACK, _LISBON, None),
        "many": (_BACK, _FAR, None),
    },
    start_pages.zone_asked: {
        "plain": (_NEW, _LISBON, _HERE, NOW),
        "hostile": (_NEW, _LISBON, ("Europe/Lisbon", HOSTILE[:100]), NOW),
    },
    start_pages.cities: {
        "plain": (_NEW, [_HERE], NOW),
        "longest": (_BACK, [("America/Argentina/ComodRivadavia", "W" * 100)] * MOST, NOW),
    },
    start_pages.private: {"first": (_NEW,), "again": (replace(_BACK, private=False),)},
    start_pages.private_off: {"plain": (_NEW,)},
    start_pages.home: {
        "plain": (_BACK, _LISBON, "Remote together", NOW),
        "little": (replace(_BACK, wishes=(), zone=None, private=False), Profile(), "Remote together", NOW),
        "hostile": (_BACK, _LISBON, HOSTILE, NOW),
        "longest": (replace(_BACK, wishes=tuple(WISHES)), _FAR, GLYPHS, NOW),
    },
    start_pages.end: {
        "plain": (_BACK, _LISBON, _found()),
        "one_word_of_theirs": (_BACK, _LISBON, _found(place_claim=ARABIC)),
        "none": (_BACK, Profile(country="PT"), _NONE),
        "none_of_many": (_BACK, _LISBON, _NONE),
        "nowhere": (_BACK, Profile(), replace(_NONE, silent=0)),
        "nothing_read": (replace(_BACK, wishes=()), _LISBON, OpenTo((), 0, 0)),
        "hostile": (_BACK, _LISBON, _found(**dict.fromkeys(_EVERY_WORD, HOSTILE))),
        "longest": (
            replace(_BACK, wishes=tuple(WISHES)),
            _FAR,
            _found(**dict.fromkeys(_EVERY_WORD, "W" * 10_000), url=f"https://board.example/{_LONG}"),
        ),
    },
}


# -- /help and /resources ------------------------------------------------------------------------

_KNOWN = frozenset(
    (
        *("start", "help", "setup", "report", "resources", "jobs subscribe", "jobs alerts", "meet find"),
        *("me profile", "me settings", "me blocks", "me privacy"),
    )
)
_HELP = {
    "stranger": (Standing("Remote together"), _KNOWN),
    "member": (Standing("Remote together", started=True, has_place=True, follows=2), _KNOWN),
    "moderator": (Standing("Remote together", moderator=True), _KNOWN),
    "messages": (Standing(None, started=True), _KNOWN),
    "hostile": (Standing(HOSTILE), _KNOWN),
}
_CHECKED = datetime.date(2026, 11, 21)


def _resource(name: str, **given: Any) -> Resource:
    note = "A list of companies that hire from afar."
    values = {"url": "https://list.example/", "need": "companies", "whom": "engineers", "cost": "free"}
    return Resource(**{**values, "name": name, "source": "list", "checked": _CHECKED, "note": note, **given})


def _own(name: str, number: int = 1, **given: str) -> Own:
    return Own(
        **{
            "id": number,
            "name": name,
            "url": "https://ours.example/",
            "need": "companies",
            "words": "",
            **given,
        }
    )


_LONGEST_OWN = {"url": f"https://x.example/{'x' * (MAX_URL - 18)}", "words": "W" * MAX_WORDS}
_LONGEST = {"url": _LONGEST_OWN["url"], "note": "W" * MAX_WORDS, "whom": "W" * MAX_WHOM}
_PLAIN = Listed(
    "companies",
    (),
    (
        _resource("Remote In Tech"),
        _resource("Heard of", source="memory", checked=None),
        _resource("Gone", closed=True, note="Closed in 2024."),
    ),
)
_RESOURCES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    resource_pages.overview: {
        "plain": (dict.fromkeys(NEEDS, 5), False),
        "moderator": ({"tools": 1}, True),
        "nothing": ({}, False),
        "nothing_moderator": ({}, True),
    },
    resource_pages.listed: {
        "plain": (_PLAIN, 0, False),
        "moderator": (replace(_PLAIN, own=(_own("Our club", words="It meets on Mondays."),)), 0, True),
        "nothing": (Listed("tools", (), ()), 0, False),
        "hostile": (
            Listed(
                "companies",
                (_own(HOSTILE[:MAX_NAME], words=LINES[:MAX_WORDS]),),
                (_resource(HOSTILE[:MAX_NAME], note=LINES[:MAX_WORDS], whom=HOSTILE[:MAX_WHOM]),),
            ),
            0,
            True,
        ),
        "longest": (
            Listed("companies", (), tuple(_resource("W" * MAX_NAME, **_LONGEST) for _ in range(15))),
            1,
            True,
        ),
        "longest_own": (
            Listed(
                "communities", tuple(_own("W" * MAX_NAME, LARGEST - n, **_LONGEST_OWN) for n in range(15)), ()
            ),
            1,
            True,
        ),
    },
}

PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    setup.home: _SETUP,
    help_pages.help: _HELP,
    **_START,
    **_RESOURCES,
}

REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "need_unknown": {"plain": {"text": "fun"}, "hostile": {"text": HOSTILE}},
    "resource_there": {"plain": {"url": "https://ours.example/"}},
    "too_many_resources": {"plain": {"limit": MOST_OWN}},
}
