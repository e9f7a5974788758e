"""`/jobs alerts`: list, try on last week, pause, resume, stop; over the wire."""

from __future__ import annotations

import pytest

from sandbox import Permission, Reply
from tests.end_to_end.town import HOUR, Town, lacks, page

pytestmark = pytest.mark.wire


async def alerts(town: Town, who: str = "mo") -> Reply:
    return await page(town.sandbox.member(who).slash("jobs alerts"))


async def opened(town: Town, who: str = "mo", nth: int = 1) -> Reply:
    """The page of one of them."""
    return await page((await alerts(town, who)).click("Open", nth=nth))


async def paused(town: Town, how_long: str = "Until I resume it") -> Reply:
    return await page((await page((await opened(town)).click("Pause"))).click(how_long))


async def stopped(town: Town) -> Reply:
    return await page((await page((await opened(town)).click("Stop"))).click("Stop it"))


async def test_nothing_yet(town: Town) -> None:
    """An empty list says how to begin."""
    assert "Start with </jobs subscribe:" in (await alerts(town)).text


async def test_who_sees_what(town: Town) -> None:
    """Moderators see their channels' subscriptions beside their own; a member sees their own alone."""
    await town.subscribe("python", "remote-python")
    await page((await page(town.mo.slash("jobs subscribe", filter="rust"))).click("Save"))
    await page((await page(town.ana.slash("jobs subscribe", filter="design"))).click("Save"))
    mine = await alerts(town)
    assert mine.text.count("**For") == 2 and "python" in mine.text and "rust" in mine.text
    hers = await alerts(town, "ana")
    assert hers.text.count("**For") == 1 and "design" in hers.text


async def test_try_on_last_week(town: Town) -> None:
    """What the filter would have found in the last days, without posting anything."""
    town.publish("Falconry Engineer", "Cook")
    await town.beat(HOUR)
    await town.subscribe("falconry")
    tried = await page((await opened(town)).click("Try on last week"))
    assert tried.ephemeral and "it lets 1 through" in tried.text and "[Falconry" in tried.text
    assert town.cards() == []


async def test_pause_and_resume(town: Town) -> None:
    """What was promised before a pause waits and comes with the resume; what appears meanwhile passes by."""
    await town.beat(HOUR)
    await town.subscribe("python")
    town.sandbox.faults.add(method="POST", route="/channels/{channel_id}/messages", status=503, times=6)
    await town.news("Python Engineer")
    assert town.cards() == []
    town.sandbox.faults.clear()
    held = await paused(town)
    assert "**paused** (by hand)" in held.text and "1 card waits" in held.text and "Resume" in held.buttons
    await town.news("Python Lead")
    assert town.cards() == []
    resumed = await page(held.click("Resume"))
    assert "1 opening came meanwhile" in resumed.text
    left = await page(resumed.click("Leave them"))
    assert "paused" not in left.text and "Pause" in left.buttons
    await town.beat(HOUR)
    assert [title.split(" at ")[0] for title in town.titles()] == ["Python Engineer"]
    await town.news("Python Cook")
    assert len(town.titles()) == 2


async def test_resume_needs_the_permission(town: Town) -> None:
    """A subscription doesn't go on where the bot may not speak."""
    await town.subscribe()
    held = await paused(town)
    town.sandbox.deny("remote-python", Permission.SEND_MESSAGES)
    assert lacks(await page(held.click("Resume")), "Send Messages")
    assert "**paused**" in (await alerts(town)).text


async def test_stop(town: Town) -> None:
    """A stopped subscription is off the list and hears nothing more."""
    await town.beat(HOUR)
    await town.subscribe()
    asked = await page((await opened(town)).click("Stop"))
    assert "can't be undone" in asked.text and asked.buttons == ["Stop it", "Keep it"]
    kept = await page(asked.click("Keep it"))
    assert "Pause" in kept.buttons
    assert "You follow nothing yet" in (await stopped(town)).text
    await town.news("Python Engineer")
    assert town.cards() == []


async def test_a_stale_list(town: Town) -> None:
    """A button of a list that is older than the truth says that the subscription is gone."""
    await town.subscribe()
    old = await alerts(town)
    await stopped(town)
    assert "That subscription is gone" in (await page(old.click("Open"))).text


async def test_a_list_of_many_has_pages(town: Town) -> None:
    """Five a page; each page's buttons act on its own entries and stay on it."""
    for number in range(7):
        await town.subscribe(f"word{number}")
    first = await alerts(town)
    assert first.text.count("**For") == 5 and first.buttons[-1] == "More"
    second = await page(first.click("More"))
    assert "word5" in second.text and "word6" in second.text and second.buttons[-1] == "Earlier"
    asked = await page((await page(second.click("Open", nth=2))).click("Stop"))
    after = await page(asked.click("Stop it"))
    assert "word5" in after.text and "word6" not in after.text
    assert "word0" in (await page(after.click("Earlier"))).text


async def test_a_former_moderator(town: Town) -> None:
    """Rights are asked for at each press: an old list is no key."""
    await town.subscribe()
    near = await opened(town)
    town.sandbox.guild.members[town.mo.user.id].roles.clear()
    assert "Only moderators" in (await page(near.click("Stop"))).text
    assert "You follow nothing yet" in (await alerts(town)).text


async def test_a_deleted_channel_cannot_go_on(town: Town) -> None:
    """Resume says that the channel is gone, not that it needs a permission that nobody can grant."""
    await town.settle_in()
    await town.subscribe("falconry")
    town.sandbox.delete_channel("remote-python")
    await town.news("Falconry Engineer")
    await town.beat(HOUR)
    refused = await page((await opened(town)).click("Resume"))
    assert refused.text == "That channel is gone. Choose another one, or stop what was posted there."


async def test_words_that_read_like_our_commands(town: Town) -> None:
    """Only our own words become commands to tap: somebody's filter stays text, and its list within the limits."""
    for word in ("ada", "bee", "cob", "doe", "eel"):
        text = f"{word} " + "/setup " * 41
        asked = await page(town.ana.slash("jobs subscribe", filter=text))
        assert "</setup:" not in asked.text
        await page(asked.click("Save"))
    listed = (await alerts(town, "ana")).text
    assert listed.count("**For you alone**") == 5 and "</setup:" not in listed
    wrong = await page(town.ana.slash("jobs subscribe", filter="/setup AND"))
    assert "\n/setup AND\n" in wrong.text
