"""A reader's presses over the wire: accept or not, the board item after item, the forms, sending."""

from __future__ import annotations

import re
from typing import Any

import pytest
from discord import ui

from bot.people.flow import meeting
from bot.refusals import Refusal
from bot.reviews.flow import results
from cogs import refusals
from cogs.gate import MAX_CUSTOM_ID
from cogs.reviews import board_forms as forms
from cogs.reviews import board_pages as pages
from sandbox import Actor, Reply
from sandbox.names import CannotDo
from tests.cogs import canned_rounds
from tests.cogs.canned_reviews_board import GUILD, PAGES, RESUME, board
from tests.cogs.rounds_town import (
    DAY,
    LINE,
    MINUTE,
    asks,
    key,
    known,
    letter,
    published,
    reads,
    tasks,
    turned_on,
)
from tests.cogs.said import custom_ids, must_answer
from tests.cogs.test_refusals import press
from tests.cogs.words import LARGEST
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire

VERDICT, FIRST = "Yes, partly or no?", "What would you change first?"
REWRITE = "Begin with the role, then one number that shows what changed, and for whom. " * 4


async def asked(town: Town, **how: Any) -> None:
    """bob is asked to read ana's cover letter, and may be written to."""
    await turned_on(town)
    await known(town, "ana")
    await known(town, "bob", letters=True)
    await reads(town, "bob")
    await asks(town, "ana", **how)
    await published(town)


def _status(town: Town) -> str:
    """The command as Discord shows one to tap."""
    return town.bot.client.command_mentions["review status"]


def bob(town: Town) -> Actor:
    return town.sandbox.member("bob")


async def accepted(town: Town, **how: Any) -> Reply:
    """bob has accepted; gives what he is told."""
    await asked(town, **how)
    said = await page(letter(town, "bob", "Accept").click("Accept"))
    await town.beat(MINUTE)
    await town.beat(MINUTE)
    return said


async def opened(town: Town, **how: Any) -> Reply:
    return await page((await accepted(town, **how)).click("Open the board"))


async def answered(shown: Reply, verdict: str = "Yes") -> Reply:
    """Every item with this verdict, page after page."""
    while True:
        for nth in range(len(shown.selects)):
            shown = await page(shown.choose(nth, verdict))
        if "Next items" not in shown.buttons:
            return shown
        shown = await page(shown.click("Next items"))


async def ready(town: Town, **how: Any) -> Reply:
    """A board of bob's that may be sent."""
    shown = await answered(await opened(town, **how), "Partly")
    for _ in range(2):
        quote = await form(shown.click("Quote"))
        shown = await page(quote.submit({quote.labels[0]: LINE, quote.labels[1]: REWRITE}))
    return await page((await form(shown.click("Change this first"))).submit({FIRST: REWRITE}))


# -- accept or not -------------------------------------------------------------------------------


async def test_accepting(town: Town) -> None:
    """When it is due, where it stands, the way to the board; from the letter, in private. Twice is once."""
    said = await accepted(town)
    assert "Data Engineer" in said.text and "About 12 minutes" in said.text and "private thread" in said.text
    assert said.buttons == ["Open the board", "I can't after all"]
    again = await page(letter(town, "bob", "Accept").click("Accept"))
    (task,) = await tasks(town, "bob")
    assert task.reading.state == "accepted" and f"<#{task.request.thread_id}>" in again.text
    due = int(re.findall(r"<t:(\d+):F>", said.text)[0]) - town.bot.app.now().timestamp()
    assert 3 * DAY.total_seconds() < due < 5 * DAY.total_seconds()


async def test_not_this_one(town: Town) -> None:
    """One press and nobody is told; afterwards it can't be accepted any more."""
    await asked(town)
    said = await page(letter(town, "bob", "Not this one").click("Not this one"))
    assert "no reason is told" in said.text and await tasks(town, "bob") == ()
    assert "This one is over" in (await page(letter(town, "bob", "Accept").click("Accept"))).text


async def test_giving_back_what_was_accepted(town: Town) -> None:
    """Asked once more, since somebody waits."""
    said = await accepted(town)
    asked_again = await page(said.click("I can't after all"))
    assert "Give it back?" in asked_again.text
    kept = await page(asked_again.click("Keep it"))
    assert kept.buttons == ["Open the board", "I can't after all"]
    asked_again = await page(kept.click("I can't after all"))
    await page(asked_again.click("Give it back"))
    assert await tasks(town, "bob") == ()


async def test_parted_before_they_accepted(town: Town) -> None:
    """A block since then reads like any other early end."""
    await asked(town)
    await meeting.block(town.bot.app, key(town, "ana"), key(town, "bob").user_id, town.bot.app.now())
    parted = await page(letter(town, "bob", "Accept").click("Accept"))
    assert parted.text == refusals.words(Refusal("reading_over")).replace("/review status", _status(town))


async def test_somebody_elses_reading(town: Town) -> None:
    """Not theirs and not there read alike, whatever is pressed."""
    await accepted(town)
    (task,) = await tasks(town, "bob")
    mine, guild = await page(town.ana.slash("review status")), key(town, "ana").guild_id
    for name, rest in {"board": "", "accept": "", "decline": "", "send": "", "quote": "/0/opening"}.items():
        said = await press(town.ana, mine, f"review.{name}/{guild}/{task.reading.id}{rest}")
        gone = await press(town.ana, mine, f"review.{name}/{guild}/{task.reading.id + 1}{rest}")
        assert "not yours to read" in said.text and gone.text == said.text


# -- the board -----------------------------------------------------------------------------------


async def test_the_board(town: Town) -> None:
    """What it is about, why these two, where it stands; a menu an item, saved at each press, kept over a restart."""
    shown = await opened(town)
    (task,) = await tasks(town, "bob")
    assert shown.ephemeral and f"<#{task.request.thread_id}>" in shown.text
    assert "You read for: Data Engineer" in shown.text and "**Why you two:**" in shown.text
    assert "**They ask:** Is it too long?" in shown.text
    assert shown.selects == [VERDICT] * pages.PER_PAGE and "0 of" in shown.text
    shown = await page(shown.choose(0, "Partly"))
    assert "1 of" in shown.text and "saved <t:" in shown.text
    await town.restart()
    bob(town).reload()
    status = await page(bob(town).slash("review status"))
    again = await page(status.click("Go on"))
    assert "1 of" in again.text


async def test_it_opens_where_the_next_open_item_is(town: Town) -> None:
    """In pieces: with the first page done, the second one comes."""
    shown = await opened(town)
    for nth in range(pages.PER_PAGE):
        shown = await page(shown.choose(nth, "Yes"))
    status = await page(bob(town).slash("review status"))
    assert "Earlier items" in (await page(status.click("Go on"))).buttons


async def test_the_evidence_of_an_item(town: Town) -> None:
    """One press away, with its source and how strong it is; and back again."""
    shown = await opened(town)
    item = town.bot.app.rubrics["letter"].items[1]
    why = await page(shown.click("Why?", nth=2))
    assert item.label in why.text and item.evidence[0].strength in why.text
    assert all(f"**{name}:**" in why.text for name in ("Yes", "Partly", "No"))
    assert (await page(why.click("Back to the board"))).selects == shown.selects


async def test_a_quote(town: Town) -> None:
    """Offered once an item is marked; its form holds what was written before."""
    shown = await opened(town)
    assert "Quote" not in shown.buttons
    shown = await page(shown.choose(1, "No"))
    quote = await form(shown.click("Quote"))
    assert quote.title == "Quote a line" and len(quote.labels) == 2
    shown = await page(quote.submit({quote.labels[0]: LINE, quote.labels[1]: "Shorter"}))
    assert f"“{LINE}”" in shown.text and "→ Shorter" in shown.text
    again = await form(shown.click("Edit quote"))
    assert list(again.values.values()) == [LINE, "Shorter"]
    gone = await page(again.submit({again.labels[0]: "", again.labels[1]: ""}))
    assert LINE not in gone.text and "Quote" in gone.buttons


async def test_a_form_after_the_end_keeps_what_was_typed(town: Town) -> None:
    """Who comes too late is told so, and has their words still."""
    shown = await page((await opened(town)).choose(0, "No"))
    quote, first = await form(shown.click("Quote")), await form(shown.click("Change this first"))
    town.sandbox.clock.move(6 * DAY)
    late = await page(quote.submit({quote.labels[0]: LINE, quote.labels[1]: "Shorter"}))
    assert "This one is over" in late.text and LINE in late.text and "Shorter" in late.text
    late = await page(first.submit({FIRST: REWRITE}))
    assert "This one is over" in late.text and REWRITE.strip()[:80] in late.text


async def test_sending(town: Town) -> None:
    """Only once nothing is missing; then thanks, what they gave and received, and the author can read it."""
    shown = await opened(town)
    assert "Still to do" in shown.text
    with pytest.raises(CannotDo, match="disabled"):
        await shown.click("Send")
    shown = await answered(shown, "Partly")
    assert "quote 2 more lines" in shown.text and "needs 20 more characters" in shown.text
    for text in (REWRITE, ""):
        quote = await form(shown.click("Quote"))
        shown = await page(quote.submit({quote.labels[0]: LINE, quote.labels[1]: text}))
    shown = await page(
        (await form(shown.click("Change this first"))).submit({FIRST: "Begin with the newest work."})
    )
    assert "Everything is there" in shown.text
    sent = await page(shown.click("Send"))
    assert "Sent. Thank you" in sent.text and "You gave 1 review and received 0." in sent.text
    request = (await results.result(town.bot.app, key(town, "ana"), 1)).request
    assert request.state == "delivered"
    assert [
        one.sheet.change_first for one in (await results.result(town.bot.app, key(town, "ana"), 1)).reviews
    ] == ["Begin with the newest work."]


async def test_words_are_counted_last(town: Town) -> None:
    """Eight answers, two quotes and the first change may still be too few words."""
    shown = await answered(await opened(town), "Yes")
    for _ in range(2):
        quote = await form(shown.click("Quote"))
        shown = await page(quote.submit({quote.labels[0]: LINE}))
    shown = await page(
        (await form(shown.click("Change this first"))).submit({FIRST: "Begin with the newest work."})
    )
    assert re.search(r"write \d+ more characters", shown.text)


async def test_sent_twice_is_sent_once(town: Town) -> None:
    """An old board that is pressed again shows what was sent."""
    shown = await ready(town)
    first = await page(shown.click("Send"))
    status = await page(bob(town).slash("review status"))
    assert "Go on" not in status.buttons
    assert "Sent. Thank you" in first.text
    assert "This one is over" in (await page(letter(town, "bob", "Accept").click("Accept"))).text


async def test_a_blind_reader_learns_nobodys_name(town: Town) -> None:
    """Their pages stand in a thread of their own; the author is not named on the board."""
    shown = await opened(town, mode="blind")
    (task,) = await tasks(town, "bob")
    assert task.reading.thread_id is not None
    shown = await page((await page(bob(town).slash("review status"))).click("Go on"))
    assert f"<#{task.reading.thread_id}>" in shown.text
    assert str(key(town, "ana").user_id) not in shown.text and "ana" not in shown.text.split()


async def test_a_whole_review_is_few_presses(town: Town) -> None:
    """Accept and open, one an item, one to turn the page, two a form, and Send."""
    await asked(town)
    reader = bob(town)
    before = reader.presses
    shown = await page((await page(letter(town, "bob", "Accept").click("Accept"))).click("Open the board"))
    shown = await answered(shown, "Partly")
    items = len(town.bot.app.rubrics["letter"].items)
    for _ in range(2):
        quote = await form(shown.click("Quote"))
        shown = await page(quote.submit({quote.labels[0]: LINE, quote.labels[1]: REWRITE}))
    shown = await page((await form(shown.click("Change this first"))).submit({FIRST: REWRITE}))
    await page(shown.click("Send"))
    assert reader.presses - before <= 2 + items + 1 + 2 * 3 + 1


# -- what Discord takes --------------------------------------------------------------------------


async def test_every_button_is_answered(town: Town) -> None:
    """Whatever stands on a page of readers or moderators has a handler, which takes what its id carries."""
    every = {**PAGES, **canned_rounds.PAGES}.items()
    ids = custom_ids(page(*given) for page, variants in every for given in variants.values())
    assert len({one.partition("/")[0] for one in ids}) > 40
    must_answer(town, ids)


async def test_ids_and_forms_fit() -> None:
    """With the largest ids and the longest item, every id and every form is one that Discord takes."""
    item = "i" * 30
    for shown in (
        forms.quote(str(LARGEST), str(LARGEST), "1", item, "x" * 5_000, "y" * 5_000),
        forms.first(str(LARGEST), str(LARGEST), "1", "x" * 5_000, "y" * 5_000),
    ):
        assert len(shown.custom_id) <= MAX_CUSTOM_ID
        for part in shown.children:
            assert isinstance(part, ui.Label) and isinstance(part.component, ui.TextInput)
            assert len(part.text) <= 45 and len(part.description or "") <= 100
            assert len(part.component.default or "") <= (part.component.max_length or 0)


async def test_each_form_has_a_fresh_id() -> None:
    """Phones show an old prefill when an id repeats."""
    made = {forms.first("1", "2", "0", "", "").custom_id for _ in range(5)}
    assert len(made) == 5


async def test_every_page_of_a_board_shows_each_item_once() -> None:
    """Whatever its length, page after page."""
    seen = board("yp-n")
    shown = [pages.board(GUILD, seen, RESUME, page) for page in range(2)]
    menus = [item.custom_id for view in shown for item in view.walk_children() if isinstance(item, ui.Select)]
    assert [one.rsplit("/", 1)[1] for one in menus] == list(seen.sheet.labels)
    assert len(PAGES[pages.board]) > 5
