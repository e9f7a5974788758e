"""Every message the bot can say, compared with tests/cogs/golden/NAME.json (`tests.cogs.canned` has the values).

    OUTPOST_GOLDEN=write pytest tests/cogs/test_cards.py    # writes them anew; then read the diff

`make pictures` draws all of them on one page, docs/gallery.html.
"""

from __future__ import annotations

import inspect
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from discord import ui

from cogs import gate, refusals
from cogs.jobs import pages
from tests.cogs.canned import CHAPTERS, DELIVERIES, KINDS, PAGES, drawn
from tests.cogs.discord_markdown import RAW, live
from tests.cogs.words import NONCE

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("OUTPOST_GOLDEN") == "write"
MESSAGES = dict(drawn())
_CODE = re.compile(r"(```|(?<!\\)`).*?\1", re.DOTALL)

Draw = Callable[[], ui.LayoutView]


def as_json(view: ui.LayoutView) -> str:
    """What Discord is sent, readable; what nobody can see is spelled out."""
    shown = json.dumps(view.to_components(), ensure_ascii=False, indent=1, sort_keys=True)
    return shown.replace("\u200b", r"\u200b").replace("\u200d", r"\u200d") + "\n"


def texts(view: ui.LayoutView) -> Iterator[str]:
    yield from (item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))


def _alive(view: ui.LayoutView) -> Iterator[str]:
    """What Discord would not show as plain words; in code it still looks for mentions and invites."""
    for text in texts(view):
        yield from live(_CODE.sub("", text))
        yield from (name for name, rule in RAW.items() if rule.search(text))


def page_functions(module: ModuleType) -> set[Callable[..., ui.LayoutView]]:
    """The public functions of a module that draw a message."""
    functions = inspect.getmembers(module, inspect.isfunction)
    own = [one for name, one in functions if one.__module__ == module.__name__ and name[0] != "_"]
    return {one for one in own if inspect.signature(one).return_annotation == "ui.LayoutView"}


@pytest.mark.parametrize(("name", "draw"), MESSAGES.items(), ids=MESSAGES)
async def test_it_looks_as_it_was_agreed(name: str, draw: Draw) -> None:
    """Canned values become exactly the components of the golden file."""
    file = GOLDEN / f"{name}.json"
    if WRITE:
        file.write_text(as_json(draw()), "utf-8")
    assert as_json(draw()) == file.read_text("utf-8")


@pytest.mark.parametrize("draw", MESSAGES.values(), ids=MESSAGES)
async def test_it_may_go_out(draw: Draw) -> None:
    """Discord takes it and it pings nobody, however long or hostile the words in it are."""
    gate.check_outgoing(draw(), gate.mentions())


@pytest.mark.parametrize(
    ("hostile", "plain"),
    [
        (f"{what}.{variant}", f"{what}.{like}")
        for what, variant, like in [
            ("card.opening", "hostile", "warned"),
            ("card.opening", "hostile_lines", "warned"),
            ("card.opening", "hostile_claims", "plain"),
            ("card.opening", "right_to_left", "plain"),
            ("more.more", "hostile", "warned"),
            ("more.hidden", "hostile", "opening"),
            ("check.known", "hostile", "yes"),
            ("check.pasted", "hostile", "yes"),
            ("search.found", "hostile", "plain"),
            ("search.found", "hostile_nothing", "nothing_near"),
            ("why.why_not", "hostile", "plain"),
            ("notice.storm_held", "hostile", "plain"),
            ("notice.channel_trouble", "hostile", "one_card"),
            ("letter.case_opened", "hostile", "plain"),
            ("letter.asked", "hostile", "plain"),
            ("letter.asked", "right_to_left", "plain"),
            ("letter.introduced", "hostile", "plain"),
            ("case.case", "hostile", "claimed"),
            ("case.record", "hostile", "plain"),
            ("letter.meet_drawn", "hostile", "plain"),
            ("letter.meet_asked", "hostile", "plain"),
            ("letter.meet_nobody", "hostile", "plain"),
            ("letter.meet_over", "hostile", "plain"),
            ("meeting.meet_hello", "hostile", "plain"),
            ("meeting.meet_hello", "hostile_questions", "interview"),
            ("meets.kind", "hostile", "chosen"),
            ("meets.meeting", "hostile", "coffee"),
            ("meets.debrief", "hostile", "first"),
            ("meets.debrief", "hostile_step", "step"),
            ("meets.questions", "hostile", "plain"),
            ("meet.waiting", "hostile", "plain"),
            ("meet.accepted", "hostile", "plain"),
            ("notice.doubted", "hostile", "plain"),
            ("notice.looks_like_scam", "hostile", "plain"),
            ("notice.share_offered", "hostile", "known"),
            ("card.share", "hostile", "unknown"),
            ("card.share", "hostile_known", "known"),
            ("letter.share_told", "hostile", "declined"),
            ("community.told_words", "hostile", "some"),
            ("community.unwanted", "hostile", "some"),
            ("community.kept", "hostile", "told"),
            ("community.mine", "hostile", "some"),
            ("community.knows", "hostile", "few"),
            ("page.proposal", "hostile", "channel"),
            ("alerts.followed", "hostile", "some"),
            ("alerts.stopping", "hostile", "plain"),
            ("alerts.kept_from", "hostile", "some"),
            ("posting.settings", "hostile", "role"),
            ("refusal.filter_wrong", "hostile", "field"),
            ("profile.home", "hostile", "everything"),
            ("profile.home", "other_scripts", "everything"),
            ("profile.editing", "hostile", "plain"),
            ("profile.mistake", "hostile", "plain"),
            ("settings.home", "hostile", "plain"),
            ("settings.letters", "hostile", "refused"),
            ("settings.pen_name", "hostile", "plain"),
            ("blocks.home", "hostile", "plain"),
            ("start.wishes", "hostile", "first"),
            ("start.home", "hostile", "plain"),
            ("start.end", "hostile", "plain"),
            ("help.help", "hostile", "stranger"),
            ("resources.listed", "hostile", "moderator"),
            ("feeds.trial", "hostile", "plain"),
            ("feeds.choice", "hostile", "one"),
            ("feeds.failed", "hostile", "plain"),
            ("feeds.feeds", "hostile", "book_in_trouble"),
            ("feeds.imported", "hostile", "some_wrong"),
            ("refusal.need_unknown", "hostile", "plain"),
            ("privacy.erase", "hostile", "plain"),
            ("give.sample", "hostile", "begun"),
            ("give.compared", "hostile", "plain"),
            ("board.task", "hostile", "plain"),
            ("board.board", "hostile", "ready"),
            ("board.evidence", "hostile", "plain"),
            ("board.sent", "hostile", "plain"),
            ("rounds.preview", "hostile", "plain"),
            ("review.request", "hostile", "plain"),
            ("review.look", "hostile", "some"),
            ("review.status", "hostile", "everything"),
            ("review.overview", "hostile", "both"),
            ("review.quotes", "hostile", "both"),
            ("review.evidence", "hostile", "plain"),
            ("letter.review_proposed", "hostile", "plain"),
            ("letter.review_proposed", "hostile_discreet", "discreet"),
            ("letter.review_reminder", "hostile", "half_time"),
            ("letter.review_ready", "hostile", "first"),
            ("letter.review_over", "hostile", "author"),
            ("letter.review_nobody", "hostile", "plain"),
            ("thread.review_hello", "hostile", "letter"),
            ("thread.review_pages", "hostile", "letter"),
            ("cohort.groups", "hostile", "states"),
            ("cohort.group", "hostile", "plain"),
            ("cohort.cities", "hostile", "new"),
            ("cohort.questions", "hostile", "own"),
            ("cohort.invite", "hostile", "plain"),
            ("cohort.ending", "hostile", "plain"),
            ("cohort.preview", "hostile", "plain"),
            ("cohort.shown_cards", "hostile", "plain"),
            ("cohort.stats", "hostile", "full"),
            ("card.checkin_opener", "hostile", "starter"),
            ("card.checkin_card", "hostile", "asks"),
            ("card.checkin_card", "right_to_left", "another_plan"),
            ("card.checkin_digest", "hostile", "plain"),
            ("card.checkin_digest", "right_to_left", "plain"),
            ("pod.checkin_pod", "hostile", "plain"),
            ("pod.checkin_pod_word", "hostile", "hired"),
            ("letter.checkin_reminder", "hostile", "plain"),
            ("letter.checkin_reminder", "hostile_discreet", "discreet"),
            ("letter.checkin_drift", "hostile", "plain"),
            ("letter.checkin_help_offered", "hostile", "plain"),
            ("notice.checkin_blocked", "hostile", "missing_access"),
            ("notice.checkin_season", "hostile", "plain"),
            ("checkin.ask_circle", "hostile", "pods"),
            ("checkin.card", "hostile", "rich"),
            ("checkin.plan", "hostile", "plain"),
            ("checkin.tick", "hostile", "plain"),
            ("checkin.more", "hostile", "asked"),
            ("checkin.settings", "hostile", "set"),
            ("checkin.pen_name", "hostile", "plain"),
            ("checkin.left", "hostile", "plain"),
            ("checkin.results", "hostile", "plain"),
            ("cohort.groups", "hostile", "states"),
            ("cohort.group", "hostile", "plain"),
            ("cohort.cities", "hostile", "new"),
            ("cohort.questions", "hostile", "own"),
            ("cohort.invite", "hostile", "plain"),
            ("cohort.ending", "hostile", "plain"),
            ("cohort.preview", "hostile", "plain"),
            ("cohort.shown_cards", "hostile", "plain"),
            ("cohort.stats", "hostile", "full"),
            ("checkin.card", "hostile", "rich"),
            ("checkin.more", "hostile", "group"),
            ("checkin.settings", "hostile", "set"),
            ("checkin.pen_name", "hostile", "plain"),
            ("checkin.results", "hostile", "plain"),
        ]
    ],
)
async def test_hostile_words_stay_words(hostile: str, plain: str) -> None:
    """What is alive in a message (bold, links, mentions …) is ours: strangers' words add nothing to it."""
    alive, ours = (Counter(_alive(MESSAGES[name]())) for name in (hostile, plain))
    assert set(alive) <= set(ours)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_delivery_carries_its_marker(kind: str) -> None:
    """The nonce stands in a custom_id, so that a look into the channel finds the message again."""
    for variant in DELIVERIES[kind]:
        name = next(name for name in MESSAGES if name.endswith(f"{kind}.{variant}"))
        ids = [getattr(item, "custom_id", None) or "" for item in MESSAGES[name]().walk_children()]
        assert any(NONCE in one.split("/") for one in ids), variant


async def test_nothing_is_missing() -> None:
    """Each kind of delivery, each page and each refusal has at least one golden file."""
    told = {name.split(".")[1] for name in MESSAGES}
    assert {*KINDS, *refusals.every(), "closed"} - told == set()
    assert set(DELIVERIES) == set(KINDS)
    every = {one for module in (pages, *map(import_module, CHAPTERS)) for one in page_functions(module)}
    assert len(every) > 20 and every - {pages.closed} == set(PAGES)


def test_no_golden_file_is_left_over() -> None:
    """Each golden file is of a message that still exists."""
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(MESSAGES)
