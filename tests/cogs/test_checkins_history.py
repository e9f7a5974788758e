"""`/checkin history`: picture and words, results, files; over the wire."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import Reply
from tests.cogs.checkins_town import FINISHED, WEEK, a_group, a_thursday, checked_in, joined, mind
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with a_thursday(migrated_file, tmp_path, caplog) as running:
        yield running


async def history(town: Town) -> Reply:
    return await page(town.ana.slash("checkin history"))


async def two_weeks(town: Town) -> None:
    """Two check-ins of Ana's."""
    await a_group(town)
    await joined(town, town.ana)
    await checked_in(town.ana)
    await mind(town, WEEK)
    await checked_in(town.ana, **{FINISHED: ["Portfolio page"]})


async def test_nothing_yet(town: Town) -> None:
    """It says how it fills."""
    await a_group(town)
    shown = await history(town)
    assert shown.ephemeral and "Nothing is here yet" in shown.text


async def test_the_picture(town: Town) -> None:
    """A private picture whose words say the same; those who chose words get words."""
    await two_weeks(town)
    shown = await history(town)
    (picture,) = shown.message.attachments
    assert shown.ephemeral and picture.filename == "my-weeks.png"
    assert "2 check-ins so far; 1 of 2 goals finished." in shown.text
    assert "1 of 2 goals" in str(shown.message.components).split("description", 1)[1]
    await page((await page(town.ana.slash("me settings"))).click("Text instead of pictures"))
    words = await history(town)
    assert words.message.attachments == [] and "• Week 48: checked in, 1 of 2 goals" in words.text


async def test_files(town: Town) -> None:
    """Each in a message of its own that only its owner gets."""
    await two_weeks(town)
    shown = await history(town)
    names = {}
    for label in ("CSV", "JSON", "Calendar"):
        given = await page(shown.click(label))
        (file,) = given.message.attachments
        assert given.ephemeral
        names[label] = file
    assert {one.filename for one in names.values()} == {"my-weeks.csv", "my-weeks.json", "my-weeks.ics"}
    assert len(json.loads(names["JSON"].data)["weeks"]) == 2
    assert b"SUMMARY:Two minutes for myself" in names["Calendar"].data


async def test_results(town: Town) -> None:
    """Written down, as bullets, off the list; a form that was refused keeps its text."""
    await two_weeks(town)
    results = await page((await history(town)).click("My results"))
    assert "Nothing is kept yet" in results.text
    results = await page((await form(results.click("Write one down"))).submit(text="Rewrote the CV"))
    assert "• Rewrote the CV (week 48)" in results.text
    given = await page(results.click("As bullets"))
    assert given.message.attachments[0].data == b"- Rewrote the CV\n"
    results = await page(results.choose("Take one off the list", ["Rewrote the CV"]))
    assert "Nothing is kept yet" in results.text
    refused = await page((await form(results.click("Write one down"))).submit(text="   "))
    assert refused.buttons == ["Fix it"]


async def test_two_groups(town: Town) -> None:
    """Which one is asked, or all of them together."""
    await two_weeks(town)
    await a_group(town, "Night owls")
    asked = await page((await page(town.ana.slash("checkin join"))).click("Join"))
    await page(asked.click("Only me"))
    which = await history(town)
    assert which.buttons[-1] == "All my groups"
    assert "### Your weeks\n" in (await page(which.click("All my groups"))).text
