"""Buttons, menus and forms of a former process work in the next: their state is in their ids; over the wire."""

from __future__ import annotations

import logging

import pytest

from tests.end_to_end.town import HOUR, Town, form, page

pytestmark = pytest.mark.wire


async def test_who_has_pressed_is_answered_before_the_bot_leaves(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """A command and a button whose answers are on their way when it is told to stop: it waits for them to land."""
    town.sandbox.faults.add(when="after", route="/callback$", times=2, delay_s=1)
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    await town.restart()
    saved = await page(asked.click("Save"))
    await town.restart()
    assert saved.text.startswith("Saved.") and town.sandbox.faults.hits == 2
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_save_after_a_restart(town: Town) -> None:
    """A draft of the former process is saved by its button."""
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    await town.restart()
    assert (await page(asked.click("Save"))).text.startswith("Saved.")
    await town.beat(HOUR)
    await town.news("Python Engineer")
    assert len(town.cards()) > 0


async def test_a_form_that_was_open_during_a_restart(town: Town) -> None:
    """What a person typed meanwhile is not lost."""
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    opened = await form(asked.click("Change filter"))
    await town.restart()
    changed = await page(opened.submit(filter="rust"))
    assert "**Hears:** rust" in changed.text
    assert (await page(changed.click("Save"))).text.startswith("Saved.")


async def test_more_and_the_lists_after_a_restart(town: Town) -> None:
    """A card's More, the buttons of /jobs alerts and the menu of /setup go on working."""
    await town.beat(HOUR)
    await town.subscribe()
    await town.news("Python Engineer")
    listed, home = await page(town.mo.slash("jobs alerts")), await page(town.mo.slash("setup"))
    await town.restart()
    (card,) = town.cards()
    assert "Why is it here?" in (await page(town.ana.click(card, "More"))).buttons
    asked = await page((await page(listed.click("Open"))).click("Pause"))
    assert "Resume" in (await page(asked.click("Until I resume it"))).buttons
    assert "I tell troubles in" in (await page(home.choose("Moderators' channel", "moderators"))).text


async def test_a_notice_after_a_restart(town: Town) -> None:
    """The moderators' buttons outlive the process that posted them."""
    await town.settle_in()
    await town.subscribe()
    town.sandbox.delete_channel("remote-python")
    await town.news("Python Engineer")
    await town.beat()
    await town.restart()
    (notice,) = town.notices()
    moved = await page(notice.choose("Post in another channel instead", "remote-design"))
    assert "It goes on in" in moved.text
    await town.beat()
    assert len(town.cards("remote-design")) == 1
