"""`/review status`, reviews side by side, their evidence and rating, version two, taking it back; over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.reviews.flow import asking, results
from tests.cogs.reviews_town import (
    DAY,
    PLAIN,
    a_monday,
    files_of,
    handed_in,
    key,
    known,
    mind,
    proposed,
    reads,
    resume,
    reviewed,
    threads,
)
from tests.cogs.test_refusals import press
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with a_monday(migrated_file, tmp_path, caplog) as running:
        yield running


async def request_of(town: Town) -> int:
    """Ana's only request."""
    mine = await asking.mine(town.bot.app, key(town.ana), town.bot.app.now())
    (one,) = mine.requests
    return one.request.id


async def read_by(town: Town, *names: str) -> list[int]:
    """Ana, who searches in the open, hands in; these are asked to read it; gives the readings."""
    await known(town, "ana", letters=True)
    await reads(town, *names)
    await handed_in(town.ana)
    return await proposed(town, await request_of(town), town.ana, *names)


# -- how it stands -------------------------------------------------------------------------------


async def test_nothing_yet(town: Town) -> None:
    """What there is to press, and that the first is free."""
    shown = await page(town.ana.slash("review status"))
    assert shown.ephemeral and "You have handed in nothing" in shown.text
    assert "Given 0, received 0. Your first is free." in shown.text
    assert shown.buttons == ["Have something read", "Read for others"]
    assert "Have something read" in (await page(shown.click("Have something read"))).text


async def test_readers_come_one_by_one(town: Town) -> None:
    """Asked, reading, here; who is asked and declines is just not there."""
    first, second = await read_by(town, "bob", "tom")
    shown = await page(town.ana.slash("review status"))
    assert "Readers: 2 of 2 (asked, asked)." in shown.text
    await reviewed(town, first, town.sandbox.member("bob"))
    asks = await page(town.sandbox.member("tom").slash("review status"))
    await page(asks.click("Not this one"))
    shown = await page(town.ana.slash("review status"))
    assert "Readers: 1 of 2 (review is here)." in shown.text and "declin" not in shown.text
    assert shown.buttons[:2] == ["Read it", "Withdraw"] and second


async def test_what_i_read_for_others(town: Town) -> None:
    """Why us two, till when to answer, and after that when it is due, with the way to the board."""
    await read_by(town, "bob")
    bob = town.sandbox.member("bob")
    shown = await page(bob.slash("review status"))
    assert "Would you read this? Resume: Data engineer, remote in Europe" in shown.text
    assert "same field: Data and machine learning · answer <t:" in shown.text
    assert shown.buttons[:2] == ["Accept", "Not this one"]
    await page(shown.click("Accept"))
    again = await page(bob.slash("review status"))
    assert "-# due <t:" in again.text and again.buttons[0] == "Go on"


async def test_somebody_elses_request(town: Town) -> None:
    """For a stranger it is not there, whatever they press; it stays as it was."""
    await read_by(town, "bob")
    number, guild, eve = await request_of(town), town.ana.guild.id, town.sandbox.member("eve")
    seen = await page(eve.slash("review status"))
    for name in ("review.read", "review.withdrawn", "review.again"):
        refused = await press(eve, seen, f"{name}/{guild}/{number}")
        assert "That is not there, or not yours" in refused.text
    assert await request_of(town) == number


# -- the reviews ---------------------------------------------------------------------------------


async def test_both_side_by_side(town: Town) -> None:
    """Each item with what both say; where they differ it says so, and nothing is averaged."""
    first, second = await read_by(town, "bob", "tom")
    await reviewed(town, first, town.sandbox.member("bob"), "yes", "partly")
    await reviewed(town, second, town.sandbox.member("tom"), "yes", "no")
    shown = await page((await page(town.ana.slash("review status"))).click("Read it"))
    assert "**Clear first third:** yes · yes\n" in shown.text
    assert "**Meets the must-haves:** partly · no (they differ)" in shown.text
    assert f"**Reader 1, <@{town.sandbox.member('bob').user.id}>**" in shown.text
    assert "Change this first: bob says: put the newest role first." in shown.text
    assert "nothing is averaged, and there is no score" in shown.text
    quotes = await page(shown.click("Quotes and rewrites"))
    assert "Reader 2, no: “A line that tom quotes”\nRewritten: “tom would write it so." in quotes.text
    assert (await page(quotes.click("Overview"))).text == shown.text


async def test_evidence_is_one_press_away(town: Town) -> None:
    """On both pages, with where it comes from and how strong it is."""
    (first,) = await read_by(town, "bob")
    await reviewed(town, first, town.sandbox.member("bob"))
    shown = await page((await page(town.ana.slash("review status"))).click("Read it"))
    for each in (shown, await page(shown.click("Quotes and rewrites"))):
        why = await page(each.choose("Why is it asked?", ["Clear first third"]))
        assert "A first look took about 6 seconds" in why.text
        assert "TheLadders, 2012 (30 recruiters; a seller's study) · weak evidence" in why.text
        shown = await page(why.click("Overview"))


async def test_without_names(town: Town) -> None:
    """A blind one names no reader, neither in the answer nor in a thread nor in a letter."""
    await known(town, "ana", private=True, letters=True)
    await reads(town, "bob")
    await handed_in(town.ana)
    (first,) = await proposed(town, await request_of(town), town.ana, "bob")
    bob = town.sandbox.member("bob")
    await reviewed(town, first, bob)
    await mind(town, times=4)
    shown = await page((await page(town.ana.slash("review status"))).click("Read it"))
    mine = [one.text for thread in threads(town) for one in town.ana.sees(thread.id)]
    theirs = [one.text for thread in threads(town) for one in bob.sees(thread.id)]
    assert "**Reader 1**" in shown.text
    dms = [one.text for one in town.ana.sees_in_dm()]
    assert str(bob.user.id) not in "\n".join([shown.text, *mine, *dms])
    assert str(town.ana.user.id) not in "\n".join([*theirs, *(one.text for one in bob.sees_in_dm())])
    assert "A review is here. Only you see it." in "\n".join(mine)


async def test_ready_is_told_and_leads_there(town: Town) -> None:
    """The letter says which document, and one press reads it, also after a restart."""
    first, second = await read_by(town, "bob", "tom")
    await reviewed(town, first, town.sandbox.member("bob"))
    await mind(town)
    (letter,) = [one for one in town.ana.sees_in_dm() if "a review is here" in one.text]
    assert "### Resume: a review is here\nOne more is to come." in letter.text and second
    await town.restart()
    shown = await page(letter.click("Read it"))
    assert "### Resume: what readers say" in shown.text


async def test_a_discreet_letter_leads_to_the_page(town: Town) -> None:
    """It names nothing; its only button shows what waits."""
    await read_by(town, "bob")
    await known(town, "bob", private=True, letters=True)
    await mind(town, times=2)
    bob = town.sandbox.member("bob")
    await page((await page(bob.slash("review status"))).click("Accept"))
    await mind(town, 2 * DAY + DAY / 2, times=2)
    letter = bob.sees_in_dm()[-1]
    assert letter.text == "Something waits for you in Remote together." and letter.buttons == ["Show it"]
    shown = await page(letter.click("Show it"))
    assert "**I read for others**" in shown.text and "Go on" in shown.buttons


# -- rating --------------------------------------------------------------------------------------


async def test_three_questions(town: Town) -> None:
    """One form; it comes back with what was said, and may be changed till it shows."""
    first, _ = await read_by(town, "bob", "tom")
    await reviewed(town, first, town.sandbox.member("bob"))
    shown = await page((await page(town.ana.slash("review status"))).click("Read it"))
    asks = await form(shown.click("Rate it"))
    questions = ["Did it help you?", "Did it point at lines of yours?", "Was it respectful?"]
    assert asks.labels == questions
    shown = await page(asks.submit(dict(zip(questions, ("Yes", "No", "Yes"), strict=True))))
    assert "You said: helpful, not specific, respectful." in shown.text
    asks = await form(shown.click("Rate it"))
    assert asks.values == dict(zip(questions, (["yes"], ["no"], ["yes"]), strict=True))
    shown = await page(asks.submit({"Was it respectful?": "No"}))
    assert "tell them with </report:" in shown.text and "not respectful" in shown.text


async def test_a_rating_that_shows_stays(town: Town) -> None:
    """Once both sides are done with each other its reader sees it, and it can't be changed."""
    (first,) = await read_by(town, "bob")
    await reviewed(town, first, town.sandbox.member("bob"))
    await results.rate(town.bot.app, key(town.ana), first, True, True, True, town.bot.app.now())
    shown = await page((await page(town.ana.slash("review status"))).click("Read it"))
    refused = await page((await form(shown.click("Rate it"))).submit({"Did it help you?": "No"}))
    assert "That can't be changed any more" in refused.text


# -- version two, and taking it back -------------------------------------------------------------


async def test_version_two(town: Town) -> None:
    """Its posting stays; the first file goes; what changed is said beside each reader."""
    first, second = await read_by(town, "bob", "tom")
    bob = town.sandbox.member("bob")
    await reviewed(town, first, bob, "no")
    await reviewed(town, second, town.sandbox.member("tom"))
    shown = await page(town.ana.slash("review status"))
    asks = await form(shown.click("Hand in version two"))
    assert asks.title == "The second version" and asks.labels == ["The file, as a PDF"]
    newer = resume(*PLAIN, "Airflow, four years")
    looked = await page(asks.submit({"The file, as a PDF": ("resume.pdf", newer)}))
    said = await page(looked.click("Send as it is"))
    assert "Your readers are asked to read the second version." in said.text
    assert files_of(town) == [newer]
    await mind(town, DAY / 288, times=3)
    await reviewed(town, first, bob, "yes")
    shown = await page((await page(town.ana.slash("review status"))).click("Read it"))
    assert "what readers say of the second version" in shown.text
    assert "Since the first version: Clear first third: no → yes." in shown.text
    assert "Hand in version two" not in shown.buttons


async def test_the_same_file_is_no_second_version(town: Town) -> None:
    """It is refused, and the first one stays where it is."""
    (first,) = await read_by(town, "bob")
    await reviewed(town, first, town.sandbox.member("bob"))
    early = await page(town.ana.slash("review status"))
    assert "Hand in version two" not in early.buttons  # one reader is still to come
    tom = (await proposed(town, await request_of(town), town.ana, "tom"))[0]
    await reads(town, "tom")
    await reviewed(town, tom, town.sandbox.member("tom"))
    asks = await form((await page(town.ana.slash("review status"))).click("Hand in version two"))
    looked = await page(asks.submit({"The file, as a PDF": ("resume.pdf", resume())}))
    assert "That is the same document" in (await page(looked.click("Send as it is"))).text
    assert files_of(town) == [resume()]


async def test_withdraw(town: Town) -> None:
    """After a second press everything goes: the file, the words, the thread; who had accepted keeps their credit."""
    (first,) = await read_by(town, "bob")
    bob = town.sandbox.member("bob")
    await page((await page(bob.slash("review status"))).click("Accept"))
    await mind(town, times=2)
    shown = await page((await page(town.ana.slash("review status"))).click("Withdraw"))
    assert "Withdraw it?" in shown.text and shown.buttons == ["Yes, withdraw it", "Keep it"]
    assert "Readers: 1 of 2" in (await page(shown.click("Keep it"))).text
    shown = await page(shown.click("Withdraw"))
    said = await page(shown.click("Yes, withdraw it"))
    assert "It is withdrawn." in said.text and first
    await mind(town, times=4)
    (thread,) = threads(town)
    assert files_of(town) == [] and thread.thread is not None and thread.thread.archived
    assert "This document is gone." in "\n".join(one.text for one in town.mo.sees(thread.id))
    mine = await page(bob.slash("review status"))
    assert "Given 1, received 0." in mine.text
