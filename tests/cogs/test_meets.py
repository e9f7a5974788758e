"""/meet join, /meet status, letters, the thread, and the moderators' page; over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.people.flow import meeting
from sandbox import Reply
from tests.cogs.meets_town import (
    DAY,
    MINUTE,
    MONDAY,
    WEEK,
    a_monday,
    allow,
    drawn,
    inside,
    joined,
    key,
    press,
    private_threads,
    settings,
    switched_on,
    until,
    writes,
)
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with a_monday(migrated_file, tmp_path, caplog) as running:
        yield running


async def two(town: Town, kind: str = "Coffee chat", *, letters: bool = True) -> Reply:
    """Ana and Bob join and are drawn together; the first words in their thread, as Ana sees them."""
    await switched_on(town)
    for name in ("ana", "bob"):
        await joined(town.sandbox.member(name), kind)
    if letters:
        await writes(town, "ana", "bob")
    await drawn(town)
    (thread,) = private_threads(town)
    return town.ana.sees(thread.name)[-1]


async def status(town: Town, name: str = "ana") -> Reply:
    return await page(town.sandbox.member(name).slash("meet status"))


# -- joining -------------------------------------------------------------------------------------


async def test_meetings_are_off(town: Town) -> None:
    """Nothing is offered, and it is said who can switch them on."""
    shown = await page(town.ana.slash("meet join"))
    assert "Ask a moderator" in shown.text and shown.buttons == [] and shown.ephemeral


async def test_joining(town: Town) -> None:
    """One choice and they are in; topics, weeks off and leaving are each one press more."""
    await switched_on(town)
    before = len(town.public())
    coffee = await joined(town.ana)
    assert "### Coffee chat" in coffee.text and "You are in it." in coffee.text
    topics = ["My first remote job", "Pay and offers"]
    coffee = await page(coffee.choose("What would you like to talk about?", topics))
    assert "**Topics.** My first remote job, Pay and offers." in coffee.text
    coffee = await page(coffee.choose("What would you like to talk about?", []))
    assert "**Topics.** Any." in coffee.text
    skipping = await page(coffee.click("Skip the next draw"))
    assert "You sit it out." in skipping.text
    assert "You are in it." in (await page(skipping.click("I'm in again"))).text
    paused = await page(skipping.choose("How many weeks off?", ["3 weeks"]))
    assert "You are off until" in paused.text and "You sit it out." in paused.text
    home = await page(paused.click("My meetings"))
    assert "**Coffee chat**" in home.text and "you sit out the draw" in home.text
    leaving = await page((await page(home.click("Change"))).click("Leave"))
    assert "You have left Coffee chat." in (await page(leaving.click("Leave"))).text
    assert "You are in none yet." in (await status(town)).text
    assert len(town.public()) == before


async def test_a_mentor_says_how_many(town: Town) -> None:
    """Which side is asked; only a mentor is asked how many at a time."""
    await switched_on(town)
    asked = await joined(town.ana, "Mentor")
    mentor = await page(asked.click("I can help somebody"))
    assert "You help as a mentor." in mentor.text and "1 person" in mentor.text
    assert "2 people" in (await page(mentor.choose("How many people at a time?", ["2 people"]))).text
    learner = await page((await joined(town.sandbox.member("bob"), "Mentor")).click("I'd like a mentor"))
    assert "How many people at a time?" not in learner.selects


async def test_letters_are_asked_for(town: Town) -> None:
    """Without a consent it is said, and one press gives it."""
    await switched_on(town)
    coffee = await joined(town.ana)
    assert "I may not write to you yet" in coffee.text
    assert "Write to me" not in (await page(coffee.click("Write to me"))).buttons


# -- the draw ------------------------------------------------------------------------------------


async def test_two_meet(town: Town) -> None:
    """A private thread with both inside and openers in it; a letter to each; nothing in public."""
    before = len(town.public())
    hello = await two(town)
    (thread,) = private_threads(town)
    assert inside(town, thread) == {"ana", "bob"} and "ana" not in thread.name.lower()
    ana, bob = town.ana.user.id, town.sandbox.member("bob").user.id
    assert f"<@{ana}>" in hello.text and f"<@{bob}>" in hello.text
    assert hello.text.count("• ") == 3 and hello.buttons == ["We met", "Not this time"]
    assert hello.message.pinged.users == ()
    letter = town.ana.sees_in_dm()[-1]
    assert f"Coffee chat: you meet <@{bob}>" in letter.text and f"<#{thread.id}>" in letter.text
    channels = town.sandbox.guild.channels
    assert [one for one in town.public()[before:] if one.channel_id in channels] == []


async def test_a_discreet_letter(town: Town) -> None:
    """Without the open door it says only where; the page shows the rest."""
    await switched_on(town)
    for name in ("ana", "bob"):
        await joined(town.sandbox.member(name))
    await writes(town, "ana", named=False)
    await drawn(town)
    letter = town.ana.sees_in_dm()[-1]
    assert letter.text == "Something waits for you in Remote together." and letter.buttons == ["Show it"]
    shown = await page(letter.click("Show it"))
    assert f"You meet <@{town.sandbox.member('bob').user.id}>" in shown.text


async def test_nobody_fits(town: Town) -> None:
    """The same words for one who is alone and for one who is blocked."""
    await switched_on(town)
    await joined(town.ana)
    await joined(town.sandbox.member("bob"))
    await meeting.block(town.bot.app, key(town, "bob"), town.ana.user.id, town.bot.app.now())
    await joined(town.sandbox.member("eve"), "Mock interview")
    await writes(town, "ana", "bob", "eve")
    await drawn(town)
    told = [town.sandbox.member(name).sees_in_dm()[-1].text for name in ("ana", "bob", "eve")]
    assert told[0] == told[1] == told[2].replace("Mock interview", "Coffee chat")
    assert "nobody fits this week" in told[0] and private_threads(town) == []


async def test_an_interview(town: Town) -> None:
    """The questions stand on a private page, with what a good answer shows; any other set is one choice away."""
    hello = await two(town, "Mock interview")
    assert "minutes each way" in hello.text and "**1.**" not in hello.text
    asked = await page(hello.click("Questions"))
    assert asked.ephemeral and "**1.** " in asked.text and "what a good answer lets you see" in asked.text
    other = await page(asked.choose("Another set", ["Talking about an offer"]))
    assert "### Talking about an offer" in other.text and "**7.**" in other.text


# -- did you meet? -------------------------------------------------------------------------------


async def test_we_met(town: Town) -> None:
    """Asked three days later by letter; six questions end in one step; the other one learns nothing."""
    await two(town)
    await until(town, MONDAY + WEEK + 3 * DAY)
    letter = town.ana.sees_in_dm()[-1]
    assert "Did you meet" in letter.text
    met = await page(letter.click("We met"))
    asked = await page(met.click("Six questions for me"))
    for number in range(1, 7):
        assert f"### {number} of 6" in asked.text
        asked = await page(asked.click("No" if number == 2 else "Yes"))
    assert "### Your next step" in asked.text
    assert "### 1 of 6" in (await page(asked.click("From the start"))).text
    mine = await page((await status(town)).click("Open"))
    assert "You said that you met." in mine.text
    theirs = await page((await status(town, "bob")).click("Open"))
    assert "You said" not in theirs.text and "Have you met?" in theirs.text
    assert not letter.gone


async def test_not_this_time(town: Town) -> None:
    """No harm is done; afterwards it stands among those I met, and an old button says that it is over."""
    hello = await two(town)
    fine = await page(hello.click("Not this time"))
    assert fine.ephemeral and "That happens" in fine.text and "Six questions for me" not in fine.buttons
    await until(town, MONDAY + 2 * WEEK)
    home = await status(town)
    before = await page(home.click("Whom I met"))
    assert "• Week 48: Coffee chat with" in before.text and "not this time" in before.text
    assert "That meeting is over." in (await page(hello.click("We met"))).text


async def test_it_is_over_for_both(town: Town) -> None:
    """One ends it: the thread is closed, and both read the same."""
    await two(town)
    (thread,) = private_threads(town)
    asked = await page((await page((await status(town)).click("Open"))).click("End it"))
    assert "none tell who" in asked.text
    assert "It is over." in (await page(asked.click("End it"))).text
    for _ in range(3):
        await town.beat(2 * MINUTE)
    about = thread.thread
    assert about and about.archived and about.locked and inside(town, thread) == set()
    told = {name: town.sandbox.member(name).sees_in_dm()[-1].text for name in ("ana", "bob")}
    assert told["ana"] == told["bob"] and "It is over: your coffee chat" in told["ana"]


async def test_buttons_of_others(town: Town) -> None:
    """Whoever is not in it learns nothing of it, and a meeting that never was is as unknown."""
    await two(town)
    seen = await page(town.mo.slash("meet status"))
    for number in (1, 404):
        custom_id = f"meets.meeting/{town.sandbox.guild.id}/{number}"
        assert "That is no meeting of yours." in (await press(town.mo, seen, custom_id)).text


async def test_after_a_restart(town: Town) -> None:
    """Every button of a page, a letter and a thread is answered by another process."""
    hello = await two(town)
    home, letter = await status(town), town.ana.sees_in_dm()[-1]
    await town.restart()
    assert "Good to hear" in (await page(hello.click("We met"))).text
    assert "You meet" in (await page(home.click("Open"))).text
    assert "You said that you met." in (await page(letter.click("My meeting"))).text


# -- moderators ----------------------------------------------------------------------------------


async def test_settings(town: Town) -> None:
    """Off at first; a channel switches them on; day, hour and clock count at once; nobody else gets there."""
    assert "Only moderators" in (await settings(town, town.ana)).text
    assert "They are off." in (await settings(town)).text
    on = await switched_on(town)
    assert "**Draw.** On Mondays at 09:00, UTC." in on.text
    moved = await page(
        (await page(on.choose("On which day?", ["Friday"]))).choose("At what time?", ["18:00"])
    )
    assert "**Draw.** On Fridays at 18:00, UTC." in moved.text
    wrong = await page((await form(moved.click("Time zone"))).submit(zone="Xyzzy"))
    assert "I know no city" in wrong.text
    again = await form(wrong.click("Fix it"))
    assert again.values == {"City, country or zone": "Xyzzy"}
    assert "at 18:00, Europe/Lisbon" in (await page(again.submit(zone="Europe/Lisbon"))).text
    off = await page((await page((await settings(town)).click("Switch off"))).click("Switch off"))
    assert "They are off." in off.text


async def test_a_channel_without_rights(town: Town) -> None:
    """What is missing is named, with where to grant it, and nothing is kept."""
    allow(town, threads=False)
    refused = await switched_on(town)
    assert "Create Private Threads" in refused.text and "Manage Threads" in refused.text
    assert "They are off." in (await settings(town)).text


async def test_rights_that_were_taken_away(town: Town) -> None:
    """Moderators hear it once, and one press tries again."""
    home = await page(town.mo.slash("setup"))
    await page(home.choose("Moderators' channel", "moderators"))
    await switched_on(town)
    for name in ("ana", "bob"):
        await joined(town.sandbox.member(name))
    allow(town, threads=False)
    await drawn(town)
    (notice,) = [one for one in town.notices() if "Meetings wait" in one.text]
    assert "Create Private Threads" in notice.text
    assert "**They wait.**" in (await settings(town)).text
    allow(town)
    await page(notice.click("Try again"))
    for _ in range(3):
        await town.beat(MINUTE)
    (thread,) = private_threads(town)
    assert inside(town, thread) == {"ana", "bob"} and not notice.gone
