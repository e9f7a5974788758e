"""`/review give` over the wire: becoming a reader, kinds, languages, breaks, leaving, and the sample."""

from __future__ import annotations

import pytest
from discord import ui

from bot.reviews.flow import giving
from bot.reviews.rubric import VERDICTS
from cogs.gate import MAX_CUSTOM_ID
from cogs.reviews import sample
from sandbox import Reply
from sandbox.names import CannotDo
from tests.cogs.canned_reviews_board import RESUME
from tests.cogs.rounds_town import DAY, asks, key, known, published, reads, tasks, turned_on, who
from tests.cogs.words import LARGEST
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


async def joined(town: Town) -> Reply:
    """ana reads two at a time; gives her page."""
    await turned_on(town)
    await known(town, "ana")
    asked = await page(town.ana.slash("review give"))
    return await page(asked.choose("How many at a time?", "2 at a time"))


async def reader(town: Town) -> giving.Joined:
    found = await giving.giving(town.bot.app, key(town, "ana"), town.bot.app.now())
    assert found is not None
    return found


async def test_reviews_are_off(town: Town) -> None:
    """It says what moderators have to do."""
    assert "/rounds settings" in (await page(town.ana.slash("review give"))).text


async def test_becoming_a_reader(town: Town) -> None:
    """Two presses: every kind, the language of their profile, and the way to the sample."""
    mine = await joined(town)
    assert mine.ephemeral and town.ana.presses == 2
    assert "**At a time.** 2." in mine.text and "Resume" in mine.text and "English" in mine.text
    assert mine.buttons == ["Read the sample", "Languages", "Leave"]
    assert "first time" in mine.text.lower() and "From when" not in mine.text


async def test_what_a_reader_changes(town: Town) -> None:
    """How many, which kinds, which languages; each at once and nothing else with it."""
    mine = await joined(town)
    mine = await page(mine.choose("How many at a time?", "One at a time"))
    mine = await page(mine.choose("Which kinds?", ["resume", "pitch"]))
    wrong = await page((await form(mine.click("Languages"))).submit({"Languages": "Portugese, Klingonian"}))
    assert "I know no language" in wrong.text
    again = await form(wrong.click("Fix it"))
    assert again.values == {"Languages": "Portugese, Klingonian"}
    empty = await page(again.submit({"Languages": ""}))
    assert "one language" in empty.text
    mine = await page((await form(empty.click("Fix it"))).submit({"Languages": "Portuguese, English"}))
    me = (await reader(town)).reader
    assert (me.capacity, me.kinds, me.languages) == (1, ("resume", "pitch"), ("pt", "en"))
    assert "Portuguese, English" in mine.text


async def test_a_break(town: Town) -> None:
    """For some weeks nothing is given to them; one press ends it."""
    mine = await joined(town)
    mine = await page(mine.choose("Pause for how many weeks?", "3 weeks"))
    assert "Nothing is given to you until" in mine.text
    until = (await reader(town)).reader.paused_until
    assert until is not None and until - town.bot.app.now() > 20 * DAY
    mine = await page(mine.click("I'm back"))
    assert "until" not in mine.text.lower().replace("until then", "")
    assert (await reader(town)).reader.paused_until is None


async def test_leaving(town: Town) -> None:
    """Asked once more; afterwards a menu brings them back."""
    asked = await page((await joined(town)).click("Leave"))
    mine = await page(asked.click("Stay"))
    asked = await page(mine.click("Leave"))
    assert "/review give" in (await page(asked.click("Leave"))).text
    assert (await page(town.ana.slash("review give"))).selects == ["How many at a time?"]


async def test_too_new_to_read(town: Town) -> None:
    """Accounts and memberships under seven days may join, and are told from when on they read."""
    await turned_on(town)
    town.sandbox.world.add_member(town.sandbox.guild, town.sandbox.world.add_user("newt"))
    newt = town.sandbox.member("newt")
    mine = await page((await page(newt.slash("review give"))).choose("How many at a time?", "One at a time"))
    at = int(town.bot.app.now().timestamp())
    said = int(mine.text.split("You are asked from <t:")[1].split(":")[0])
    assert 6 * DAY.total_seconds() < said - at <= 7 * DAY.total_seconds()
    assert "you may have something read" in mine.text


# -- the sample ----------------------------------------------------------------------------------


async def test_the_sample(town: Town) -> None:
    """Every item has its menu; then their answers stand beside ours, and from then on they read whole documents."""
    shown = await page((await joined(town)).click("Read the sample"))
    assert "Tamsin Okoro" in shown.text and len(shown.selects) == len(RESUME.items)
    for nth in range(len(RESUME.items)):
        assert f"{nth} of 8 answered" in shown.text
        shown = await page(shown.choose(nth, "Partly"))
    await town.restart()
    beside = await page(shown.click("Compare"))
    assert "both partly" in beside.text and "you partly, we yes" in beside.text
    mine = await page(beside.click("Back"))
    assert "Read the sample" not in mine.buttons and not (await reader(town)).sample


async def test_an_open_item_keeps_the_sample_from_being_compared(town: Town) -> None:
    """[Compare] waits for the last answer."""
    shown = await page((await joined(town)).click("Read the sample"))
    with pytest.raises(CannotDo, match="disabled"):
        await shown.click("Compare")


async def test_the_sample_fits_into_its_ids() -> None:
    """A letter an item, with the largest ids, whatever kind it is of."""
    example = RESUME.sample
    assert example is not None
    for said in ("-" * 8, "".join(verdict[0] for verdict in (*VERDICTS, *VERDICTS, "yes", "no"))):
        view = sample.sample(str(LARGEST), RESUME, example, said)
        ids = [getattr(item, "custom_id", "") for item in view.walk_children()]
        assert max(map(len, ids)) <= MAX_CUSTOM_ID and len(set(ids) - {""}) == len(
            [one for one in ids if one]
        )
    menus = [item for item in view.walk_children() if isinstance(item, ui.Select)]
    chosen = [option.value for menu in menus for option in menu.options if option.default]
    assert chosen == ["yes", "partly", "no", "yes", "partly", "no", "yes", "no"]


async def test_a_newcomer_reads_beside_another_for_clarity_only(town: Town) -> None:
    """Until the sample is read; their board has the items on clear writing alone."""
    await turned_on(town)
    await known(town, "ana", "bob", "eve")
    await reads(town, "bob")
    await giving.join(town.bot.app, who(town, "ana"), 1, ("letter",), ("en",), town.bot.app.now())
    await asks(town, "eve")
    await published(town)
    (task,) = await tasks(town, "ana")
    assert task.reading.clarity
    status = await page(town.ana.slash("review status"))
    board = await page((await page(status.click("Accept"))).click("Open the board"))
    clear = [item for item in town.bot.app.rubrics["letter"].items if item.clarity]
    assert len(board.selects) == len(clear) and "clear writing only" in board.text
