"""The hard cases of reviews, each by the front door (docs/comparison.md)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.reviews.asking import Draft
from bot.reviews.flow import asking, documents
from bot.reviews.flow.readings import accept
from bot.storage.tables import review_request
from sandbox import Reply, members, thread_rules
from tests.cogs.reviews_town import a_monday, asked, key, known, resume, threads, uploaded
from tests.cogs.rounds_town import DAY, MINUTE, POSTING, WORDS, asks, letter, reads, tasks, turned_on, who
from tests.cogs.rounds_town import known as long_known
from tests.end_to_end.town import Town, a_town, page
from tests.reviews.document.papers import paper
from tests.reviews.document.test_intake import locked

pytestmark = pytest.mark.wire

PEOPLE = ("ana", "bob", "eve")
NOBODY = "nobody fits this week"


@pytest.fixture
async def monday(
    migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Town]:
    async with a_monday(migrated_file, tmp_path, caplog) as running:
        yield running


@pytest.fixture
async def attended(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose bot hears at once when somebody leaves."""
    async with a_town(migrated_file, tmp_path, members_intent=True) as running:
        yield running


async def round_of(town: Town, *names: str) -> Reply:
    """A moderator opens a round, looks at it, and publishes it; gives the page with all its pairs."""
    opened = await page(town.mo.slash("rounds open"))
    assert "A round begins" in opened.text
    await town.beat(MINUTE)
    seen = await page(town.mo.slash("rounds preview"))
    assert "Its readers are asked now" in (await page(seen.click("Publish"))).text
    for _ in range(2 * len(names)):
        await town.beat(5 * MINUTE)
    return seen


def told(town: Town, name: str) -> str:
    """The newest direct message to them."""
    return town.sandbox.member(name).sees_in_dm()[-1].text


# -- pools that are small, or have nobody for each other -----------------------------------------


@pytest.mark.parametrize("count", [0, 1, 2, 3])
async def test_small_pools(town: Town, count: int) -> None:
    """Of none there is no round; one is told that nobody fits; of two and three each has a reader."""
    await turned_on(town)
    names = PEOPLE[:count]
    await long_known(town, *names, letters=True)
    await reads(town, *names, capacity=1)
    for name in names:
        await asks(town, name)
    if not names:
        assert "Nobody waits" in (await page(town.mo.slash("rounds open"))).text
        return
    seen = await round_of(town, *names)
    if count == 1:
        assert "No pair to be shown" in seen.text and NOBODY in told(town, "ana")
        return
    assert seen.text.count("is read by") == count
    for name in names:
        (task,) = await tasks(town, name)
        assert task.request.author_id != key(town.sandbox.member(name)).user_id
        accepted = await page(letter(town, name, "Accept").click("Accept"))
        assert "Open the board" in accepted.buttons


async def test_everybody_is_blocked(town: Town) -> None:
    """Each hears what one hears who is alone; what moderators read tells of no block either."""
    await turned_on(town)
    await long_known(town, *PEOPLE, letters=True)
    await reads(town, *PEOPLE, capacity=1)
    for name in PEOPLE:
        await asks(town, name)
    for name, other in (("ana", "bob"), ("bob", "eve"), ("eve", "ana")):
        await page(town.sandbox.member(name).menu("Block in Outpost", other))
    seen = await round_of(town, *PEOPLE)
    assert "is read by" not in seen.text and seen.text.count("nobody else who fits has room") == 3
    assert "block" not in seen.text.lower()
    words = {told(town, name) for name in PEOPLE}
    assert len(words) == 1 and NOBODY in words.pop()
    assert [await tasks(town, name) for name in PEOPLE] == [(), (), ()]


async def test_one_reader_of_a_language(monday: Town) -> None:
    """It is said before anything is handed in; then that one reads, and the second is looked for on."""
    town = monday
    app = town.bot.app
    await known(town, *PEOPLE)
    await reads(town, "bob", "eve")
    bob = town.sandbox.member("bob")
    me = await page(bob.slash("review give"))
    opened = await me.click("Languages")
    assert not isinstance(opened, Reply)
    await page(opened.submit({"Languages": "Portuguese"}))
    edit = await page((await page(town.ana.slash("me profile"))).click("Edit"))
    spoken = await edit.click("Languages, pay")
    assert not isinstance(spoken, Reply)
    await page(spoken.submit({"Languages you could work in": "Portuguese"}))
    assert "One member reads Portuguese here" in (await asked(town.ana)).text
    draft = Draft("letter", 2, "pt", "open", "round", POSTING, "", text=WORDS)
    request = await asking.hand_in(app, who(town, "ana"), draft, app.rubrics["letter"].needs, app.now())
    assert await documents.place(app, request.id, None, app.now()) is None
    await page(town.mo.slash("rounds open"))
    await town.beat(MINUTE)
    await town.beat(MINUTE)
    (task,) = await tasks(town, "bob")
    assert task.request.id == request.id and await tasks(town, "eve") == ()
    assert "Readers: 1 of 2 (asked)." in (await page(town.ana.slash("review status"))).text


# -- somebody goes, somebody can't be written to -------------------------------------------------


async def test_a_member_leaves_mid_round(attended: Town) -> None:
    """Whom they read for is first in the next hour; what they had handed in is read by nobody any more."""
    town = attended
    names = ("ana", "bob", "eve", "tom")
    await turned_on(town)
    await long_known(town, *names)
    await reads(town, *names, capacity=1)
    for name in names:
        await asks(town, name)
    await round_of(town, *names)
    found = {name: (await tasks(town, name))[0] for name in names}
    for name in names:
        await accept(town.bot.app, key(town.sandbox.member(name)), found[name].reading.id, town.bot.app.now())
    await town.beat(MINUTE)
    bob = town.sandbox.member("bob")
    author = found["bob"].request.author_id
    reader = next(name for name in names if found[name].request.author_id == bob.user.id)
    await long_known(town, "mo")
    await reads(town, "mo", capacity=1)  # whoever read for bob may be the one for whom he read
    members.remove(town.sandbox.world, town.sandbox.guild, bob.user.id)
    for _ in range(5):
        await town.beat(30 * MINUTE)
    assert bob.user.id not in {one.request.author_id for one in await tasks(town, reader)}
    others = ["mo", *(name for name in names if name != "bob")]
    now_reading = [one.request.author_id for name in others for one in await tasks(town, name)]
    assert now_reading.count(author) == 1


async def test_direct_messages_are_closed(town: Town) -> None:
    """What the letter would have asked stands in /review status, and is accepted there."""
    await turned_on(town)
    await long_known(town, "ana")
    await long_known(town, "bob", letters=True)
    await reads(town, "bob")
    await asks(town, "ana")
    bob = town.sandbox.member("bob")
    bob.dms(open=False)
    await round_of(town, "ana", "bob")
    mine = await page(bob.slash("review status"))
    assert "Would you read this?" in mine.text
    assert "Open the board" in (await page(mine.click("Accept"))).buttons


# -- what is not taken ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (locked("secret", "other"), "has a password"),
        (paper(*[("Data engineer",)] * 400), "It has 400 pages; 4 are the limit"),
    ],
    ids=["password", "400 pages"],
)
async def test_files_that_are_not_taken(monday: Town, data: bytes, said: str) -> None:
    """In plain words; nothing of it is kept, neither a thread nor a request."""
    refused = await uploaded(await asked(monday.ana), data)
    assert said in refused.text and refused.buttons == ["Fix it"]
    assert threads(monday) == []
    async with monday.bot.app.store.read() as tx:
        assert (await tx.execute(review_request.select())).all() == []


async def test_no_room_for_another_thread(monday: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord takes so many and no more: it is said, moderators hear of it, and later it goes."""
    town = monday
    home = await page(town.mo.slash("setup"))
    await page(home.choose("Moderators' channel", "moderators"))
    looked = await uploaded(await asked(town.ana), resume())
    with monkeypatch.context() as full:
        full.setattr(thread_rules, "ACTIVE_THREADS", 0)
        refused = await page(looked.click("Send as it is"))
        assert "It is handed in" not in refused.text and threads(town) == []
        await town.beat(MINUTE)
        assert "A thousand threads are open" in town.notices()[-1].text
    await town.beat(timedelta(hours=1, minutes=1))
    again = await uploaded(await asked(town.ana), resume())
    assert "It is handed in" in (await page(again.click("Send as it is"))).text
    assert len(threads(town)) == 1


# -- two at once ---------------------------------------------------------------------------------


async def test_two_rounds_opened_at_once(town: Town) -> None:
    """One begins; the other moderator is told that it does, and each reader is asked once."""
    await turned_on(town)
    await long_known(town, *PEOPLE)
    await reads(town, *PEOPLE, capacity=1)
    for name in PEOPLE:
        await asks(town, name)
    owner = town.sandbox.member("owner")
    opened = await asyncio.gather(page(town.mo.slash("rounds open")), page(owner.slash("rounds open")))
    said = [one.text for one in opened]
    assert sum("A round begins" in one for one in said) == 1
    assert sum("not published yet" in one for one in said) == 1
    await town.beat(MINUTE)
    await page((await page(town.mo.slash("rounds preview"))).click("Publish"))
    await town.beat(DAY / 24)
    assert [len(await tasks(town, name)) for name in PEOPLE] == [1, 1, 1]
