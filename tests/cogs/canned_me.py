"""Canned values for everything about me: `/me profile`, `settings`, `blocks`, `privacy`, and the test message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from discord import ui

from bot.people import zones
from bot.people.cases import Look
from bot.people.checklist import ITEMS
from bot.people.guards import MOST_GUARDS, Guard
from bot.people.members import DOORS, OPEN_TO, PROFILE_FIELDS, Key, Member, Profile
from bot.people.messages import TestMessage
from cogs.people import again, blocks_pages, here, privacy_page, profile_pages, settings_pages
from cogs.people.profile_pages import Face
from tests.cogs.words import ARABIC, GLYPHS, HOSTILE, LARGEST, LINES, MO
from tests.jobs.values import NOW

CHAPTERS: Mapping[str, str] = {
    profile_pages.__name__: "profile",
    settings_pages.__name__: "settings",
    blocks_pages.__name__: "blocks",
    privacy_page.__name__: "privacy",
    here.__name__: "privacy",
    again.__name__: "profile",
}

GUILD, ANA, BOB = 1442000000000000001, 1442000000000000101, 1442000000000000102
SERVER = "Remote together"

NEW = Member(Key(GUILD, ANA), met_at=NOW, seen_at=NOW)
SETTLED = replace(
    NEW,
    zone="Europe/Berlin",
    quiet=(20 * 60, 7 * 60),
    dm_since=NOW - timedelta(days=2),
    opened=frozenset({"found"}),
    locale="en",
    plain=True,
)
OPEN = replace(SETTLED, private=False, quiet=(0, 0), dm_since=None, opened=frozenset(DOORS), plain=False)
REFUSED = replace(SETTLED, dm_closed_at=NOW - timedelta(minutes=5), opened=frozenset({"card", "found"}))
LAST = replace(NEW, key=Key(LARGEST, LARGEST), zone="America/Argentina/ComodRivadavia")

ANAS = Profile(
    headline="I keep payment systems calm",
    field="software",
    level="senior",
    skills=("Python", "PostgreSQL", "Kafka"),
    languages=("en", "pt"),
    country="PT",
    may_work=("PT", "ES", "GB"),
    pay_floor=60_000,
    pay_currency="EUR",
    links=("https://example.org/ana", "https://code.example/ana"),
    open_to=("review", "coffee"),
    shown={"headline": "server", "field": "server", "level": "server", "skills": "pairs", "links": "pairs"},
)
HOSTILES = replace(
    ANAS,
    headline=HOSTILE[:120],
    skills=(HOSTILE[:40], LINES[:40]),
    shown=dict.fromkeys(PROFILE_FIELDS, "server"),
)
OTHER_SCRIPTS = replace(ANAS, headline=ARABIC, skills=("設計", "مهارة"), shown=HOSTILES.shown)
LONGEST = Profile(
    headline="*" * 120,
    field="project",
    level="executive",
    skills=tuple(f"{number:02}{'*' * 38}" for number in range(20)),
    languages=("pt-BR", "ase", "bfi", "yue", "fil", "uk", "ro", "hy"),
    country="GS",
    may_work=("GS", "VC", "CD", "BA", "MK", "UM", "HM", "TF", "CF", "FM", "KN", "VG", "VI", "IO", "PM") * 2,
    pay_floor=100_000_000,
    pay_currency="EUR",
    links=tuple(f"https://example.org/{number}/".ljust(512, "x") for number in range(5)),
    open_to=tuple(OPEN_TO),
    done=frozenset(item.id for item in ITEMS),
    shown=dict.fromkeys(PROFILE_FIELDS, "server"),
)
FACE = Face("Ana", "https://cdn.discordapp.com/embed/avatars/1.png")

LOOKS = [
    Look(MO, "record", 7, NOW - timedelta(hours=3)),
    Look(MO, "pen_name", 7, NOW - timedelta(hours=2)),
    Look(None, "record", None, NOW - timedelta(days=2)),
]

DELIVERIES: Mapping[str, Mapping[str, object]] = {
    "test_message": {"plain": TestMessage(GUILD), "longest": TestMessage(LARGEST)},
}

# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    profile_pages.home: {
        "plain": (OPEN, ANAS, FACE, "server"),
        "everything": (OPEN, replace(ANAS, shown=HOSTILES.shown), FACE, "server"),
        "pairs": (OPEN, ANAS, FACE, "pairs"),
        "mine": (REFUSED, ANAS, FACE, "me"),
        "empty": (NEW, Profile(), Face("Ana"), "server"),
        "hostile": (OPEN, HOSTILES, Face(HOSTILE, FACE.picture), "server"),
        "other_scripts": (OPEN, OTHER_SCRIPTS, Face(ARABIC), "server"),
        "longest": (LAST, LONGEST, Face(GLYPHS, FACE.picture), "server"),
    },
    profile_pages.editing: {
        "plain": (GUILD, ANAS),
        "empty": (GUILD, Profile()),
        "hostile": (GUILD, HOSTILES),
        "longest": (LARGEST, LONGEST),
    },
    profile_pages.shown: {"plain": (OPEN, ANAS), "nobody": (NEW, Profile()), "longest": (LAST, LONGEST)},
    profile_pages.check: {
        "plain": (GUILD, replace(ANAS, done=frozenset({"trust"}))),
        "empty": (GUILD, Profile()),
        "longest": (LARGEST, LONGEST),
    },
    again.mistake: {
        "plain": (
            "I know no country called “Atlantis”.",
            {"Where you live": "Atlantis"},
            "me.edit.form",
            GUILD,
            "places",
        ),
        "hostile": (
            "No.",
            {"Headline": HOSTILE, "Skills": "``` <@1> @everyone"},
            "me.edit.form",
            GUILD,
            "words",
        ),
        "longest": (
            "W" * 500,
            {"Links": "x" * 4_000, "Skills": "`" * 4_000},
            "me.edit.form",
            LARGEST,
            "places",
        ),
    },
    settings_pages.home: {
        "plain": (SETTLED, 3, "Quiet Heron", SERVER, NOW),
        "first": (NEW, 0, "", SERVER, NOW),
        "refused": (REFUSED, 1, "", SERVER, NOW),
        "open": (OPEN, 0, "", SERVER, NOW),
        "hostile": (LAST, 1, HOSTILE[:32], HOSTILE, NOW),
    },
    settings_pages.zone: {"plain": (SETTLED, NOW), "first": (NEW, NOW)},
    settings_pages.cities: {
        "plain": (GUILD, zones.find("Springfield"), NOW),
        "longest": (LARGEST, [("America/Argentina/ComodRivadavia", "W" * 100)] * 25, NOW),
    },
    settings_pages.quiet: {"plain": (SETTLED, NOW), "none": (OPEN, NOW), "no_zone": (LAST, NOW)},
    settings_pages.letters: {
        "plain": (SETTLED, SERVER),
        "off": (NEW, SERVER),
        "refused": (REFUSED, SERVER),
        "hostile": (REFUSED, HOSTILE),
    },
    settings_pages.private: {"plain": (SETTLED,), "off": (OPEN,), "longest": (LAST,)},
    settings_pages.private_off: {"plain": (GUILD,)},
    settings_pages.pen_name: {
        "plain": (SETTLED, "Quiet Heron"),
        "none": (NEW, ""),
        "open": (OPEN, ""),
        "hostile": (SETTLED, HOSTILE[:32]),
    },
    settings_pages.language: {"plain": (NEW, "de"), "english": (SETTLED, "pt-BR")},
    blocks_pages.home: {
        "plain": (
            GUILD,
            [BOB],
            [
                Guard(1, "employer", "acme", "Acme GmbH"),
                Guard(2, "company", "globex", "Globex"),
                Guard(3, "member", str(MO), "Mo"),
            ],
            0,
        ),
        "empty": (GUILD, [], [], 0),
        "direct": (GUILD, [BOB], [], 0, False),
        "hostile": (GUILD, [], [Guard(1, "company", "x", HOSTILE), Guard(2, "member", "1", LINES)], 0),
        "first_of_many": (GUILD, range(BOB, BOB + 20), [], 0),
        "longest": (
            LARGEST,
            [],
            [Guard(LARGEST - n, "company", "x", "*" * 80) for n in range(MOST_GUARDS)],
            3,
        ),
    },
    blocks_pages.blocked: {"plain": (GUILD, BOB), "longest": (LARGEST, LARGEST)},
    blocks_pages.unblocked: {"plain": (BOB,)},
    privacy_page.home: {
        "plain": (GUILD, SERVER, {"member": 1, "profile": 1, "guard": 3, "look": 3}, LOOKS),
        "nothing": (GUILD, SERVER, {}, []),
        "nobody_looked": (GUILD, SERVER, {"member": 1}, []),
        "longest": (LARGEST, "*" * 100, dict.fromkeys(privacy_page.WORDS, 12_345), LOOKS * 50),
    },
    privacy_page.taken: {"plain": (f"outpost-{GUILD}.json",)},
    privacy_page.erase: {"plain": (GUILD, SERVER), "everywhere": (None, ""), "hostile": (LARGEST, HOSTILE)},
    privacy_page.kept: {"plain": ()},
    privacy_page.erased: {"plain": (12, True), "later": (12, False), "nothing": (0, True)},
    here.servers_page: {
        "plain": ([(GUILD, SERVER), (GUILD + 1, "Next door")], "settings", 0),
        "privacy": ([(GUILD, SERVER), (GUILD + 1, "Next door")], "privacy", 0),
        "none": ([], "profile", 0),
        "longest": ([(LARGEST - n, GLYPHS) for n in range(30)], "privacy", 1),
    },
}
