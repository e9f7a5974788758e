"""`/jobs saved`: my list, in a server and in our DM; over the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import Actor, Reply
from tests.end_to_end.town import HOUR, Town, form, page

pytestmark = pytest.mark.wire


async def mine(town: Town, who: Actor | None = None) -> Reply:
    return await page((who or town.ana).slash("jobs saved"))


async def wrote_down(town: Town, link: str = "jobs.example/1", **given: str) -> Reply:
    """Ana writes an opening down; gives its page."""
    asked = await form((await mine(town)).click("Write one down"))
    values = {"Link": link, "Job": "Python Engineer", "Company": "Quillhaven", **given}
    return await page(asked.submit(values))


async def saved_card(town: Town) -> Reply:
    """An opening is posted and Ana presses Save; gives its page in her list."""
    await town.settle_in()
    await town.subscribe("python")
    await town.news("Python Engineer")
    (card,) = town.ana.sees("remote-python")
    await page(card.click("Save"))
    return await page((await mine(town)).click("Open"))


async def test_an_empty_list(town: Town) -> None:
    """It says how to begin, and only its owner sees it."""
    empty = await mine(town)
    assert empty.ephemeral and "Nothing is on it yet" in empty.text
    assert empty.buttons == ["Write one down"]


async def test_saved_from_a_card(town: Town) -> None:
    """Save puts it there with the facts as they were, each with its words; twice is once."""
    one = await saved_card(town)
    assert one.ephemeral and "[Python Engineer" in one.text and "**Saved** since" in one.text
    assert "**Open to:**" in one.text and "with the facts as they were then" in one.text
    await page(town.ana.sees("remote-python")[0].click("Save"))
    assert "Saved 1" in (await mine(town)).text


async def test_the_way_of_one_opening(town: Town) -> None:
    """Stage, note, next step in words, done, back; each kept at once."""
    one = await wrote_down(town)
    assert "[Python Engineer](https://jobs.example/1)" in one.text and "by your own hand" in one.text
    one = await page(one.choose("How far is it?", "Applied"))
    assert "**Applied** since" in one.text and "Undo: Saved" in one.buttons
    words = await form(one.click("Note"))
    one = await page(words.submit({"Note": "Bo knows the team"}))
    assert "**Note:** Bo knows the team" in one.text
    step = await form(one.click("Next step"))
    one = await page(step.submit({"Next step": "Call Bo", "On which day": "tomorrow"}))
    assert "Call Bo" in one.text and "**Next:**" in one.text
    listed = await page(one.click("Back to my list"))
    assert "Applied 1" in listed.text and "with a note" in listed.text and "Call Bo" in listed.text
    town.sandbox.clock.move(timedelta(days=1))
    assert "**Today:** Call Bo: Python Engineer at Quillhaven" in (await mine(town)).text
    one = await page((await page((await mine(town)).click("Open"))).click("Next step is done"))
    assert "**Next:**" not in one.text and "Next step is done" not in one.buttons


async def test_undo(town: Town) -> None:
    """A stage that was pressed by mistake was never reached."""
    one = await page((await wrote_down(town)).choose("How far is it?", "Interview"))
    one = await page(one.click("Undo: Saved"))
    assert "**Saved** since" in one.text and not any(label.startswith("Undo") for label in one.buttons)


async def test_a_day_that_is_none(town: Town) -> None:
    """A form that was refused keeps its text."""
    step = await form((await wrote_down(town)).click("Next step"))
    typed = {"Next step": "Call Bo", "On which day": "1/2/2026"}
    refused = await page(step.submit(typed))
    assert "as a day. Write 2026-12-01, Friday, or in 3 days." in refused.text
    again = await form(refused.click("Fix it"))
    assert again.values == typed


@pytest.mark.parametrize(
    "link", ["https://discord.gg/abc", "http://10.0.0.1/", "no link", "javascript:alert(1)"]
)
async def test_a_link_that_is_none(town: Town, link: str) -> None:
    """What may not be shown is not kept."""
    asked = await form((await mine(town)).click("Write one down"))
    refused = await page(asked.submit({"Link": link, "Job": "X", "Company": ""}))
    assert refused.buttons == ["Fix it"]
    assert "Nothing is on it yet" in (await mine(town)).text


async def test_remove_asks_once(town: Town) -> None:
    """Keep it leaves it; Remove it takes it off."""
    asked = await page((await wrote_down(town)).click("Remove"))
    kept = await page(asked.click("Keep it"))
    old = await page((await mine(town)).click("Open"))
    gone = await page((await page(kept.click("Remove"))).click("Remove it"))
    assert "Nothing is on it yet" in gone.text
    assert "not on your list any more" in (await page(old.click("Note"))).text


async def test_five_a_page(town: Town) -> None:
    """A longer list has pages; what is nearest to a job stands first."""
    for number in range(6):
        await wrote_down(town, f"jobs.example/{number}", Job=f"Job {number}")
    first = await mine(town)
    assert first.buttons.count("Open") == 5 and "Job 5" in first.text and "Job 0" not in first.text
    second = await page(first.click("More"))
    one = await page(second.click("Open"))
    assert "Job 0" in one.text
    await page(one.choose("How far is it?", "Offer"))
    listed = (await mine(town)).text
    assert listed.index("**Offer**") < listed.index("[Job 0]") < listed.index("**Saved**")


async def test_a_table(town: Town) -> None:
    """The whole list as a file that only its owner gets."""
    await wrote_down(town, Job="=1+1")
    table = await page((await mine(town)).click("As a table"))
    assert table.ephemeral and "My list as a table" in table.text
    (file,) = table.message.attachments
    assert file.filename == "my-jobs.csv"


async def test_closed_and_changed(town: Town) -> None:
    """What became of the posting stands beside what it said."""
    from bot.jobs.store import saved as store

    await saved_card(town)
    async with town.bot.app.store.begin() as tx:
        (one,) = await store.of(tx, town.sandbox.guild.id, town.ana.user.id)
        assert one.opening_id is not None
        await store.mark_gone(tx, [one.opening_id], town.sandbox.clock.now())
    listed = await mine(town)
    assert "**Closed** by its board" in listed.text
    async with town.bot.app.store.begin() as tx:
        await store.mark_back(tx, [one.opening_id])
        await store.mark_other(tx, [one.opening_id], town.sandbox.clock.now())
    listed = await mine(town)
    assert "its posting changed" in listed.text and "Closed" not in listed.text
    assert "**Changed**" in (await page(listed.click("Open"))).text


async def test_in_our_dm(town: Town) -> None:
    """There it is the list of the only server that we share."""
    await wrote_down(town)
    town.ana.go_to_dm()
    listed = await mine(town)
    assert "Python Engineer" in listed.text
    one = await page(listed.click("Open"))
    assert "**Applied** since" in (await page(one.choose("How far is it?", "Applied"))).text


async def test_several_servers(town: Town) -> None:
    """In our DM it is asked which server; the lists of two servers never meet."""
    pat = town.neighbour()
    await mine(town, pat)
    world, guild = town.sandbox.world, town.sandbox.guild
    world.add_member(guild, pat.user)
    here = Actor(world, guild, pat.user)
    asked = await form((await page(here.slash("jobs saved"))).click("Write one down"))
    await page(asked.submit({"Link": "jobs.example/1", "Job": "Cook", "Company": ""}))
    pat.go_to_dm()
    which = await mine(town, pat)
    assert "Which server is it about?" in which.text and "Next door" in which.buttons
    assert "Nothing is on it yet" in (await page(which.click("Next door"))).text
    which = await mine(town, pat)
    assert "Cook" in (await page(which.click(guild.name))).text


# -- hired ---------------------------------------------------------------------------------------


async def hired(town: Town) -> Reply:
    one = await wrote_down(town)
    return await page(one.choose("How far is it?", "Hired"))


async def test_hired_stops_alerts(town: Town) -> None:
    """Alerts pause, said so, and one press keeps them."""
    asked = await page(town.ana.slash("jobs subscribe", filter="python"))
    await page(asked.click("Save"))
    done = await hired(town)
    assert (
        "You made it: Python Engineer at Quillhaven" in done.text and "1 alert of yours stopped" in done.text
    )
    assert "paused" in (await page(town.ana.slash("jobs alerts"))).text
    kept = await page(done.click("Keep alerts"))
    assert "stopped" not in kept.text and "Keep alerts" not in kept.buttons
    assert "paused" not in (await page(town.ana.slash("jobs alerts"))).text


async def test_telling_nobody(town: Town) -> None:
    """Nothing is posted, and it isn't asked again."""
    done = await page((await hired(town)).click("Tell nobody"))
    assert "You keep it to yourself" in done.text and "Tell this channel" not in done.buttons
    await town.beat(HOUR)
    assert town.public() == []


async def test_telling_the_channel(town: Town) -> None:
    """What others would read is shown first; the company only by choice; posted once, pinging nobody."""
    town.ana.go("remote-python")
    preview = await page((await hired(town)).click("Tell this channel"))
    assert preview.ephemeral and f"<@{town.ana.user.id}> was hired at Quillhaven" in preview.text
    await town.beat(HOUR)
    assert town.public() == []
    without = await page(preview.click("Leave the company out"))
    assert "Quillhaven" not in without.text
    done = await page(without.click("Post it"))
    assert "You told it in this server" in done.text and "Tell this channel" not in done.buttons
    await town.beat(HOUR)
    (told,) = town.cards("remote-python")
    assert f"<@{town.ana.user.id}> was hired" in told.text and "Quillhaven" not in told.text
    theirs = await page(town.sandbox.member("bob").click(told, "My list"))
    assert theirs.ephemeral and "Nothing is on it yet" in theirs.text


async def test_telling_from_our_dm(town: Town) -> None:
    """There is no channel to tell it in; it says where to press."""
    await wrote_down(town)
    town.ana.go_to_dm()
    one = await page((await mine(town)).click("Open"))
    done = await page(one.choose("How far is it?", "Hired"))
    assert "Type </jobs saved:" in (await page(done.click("Tell this channel"))).text


async def test_staying_as_a_reader(town: Town) -> None:
    """The wish and the offer stand in settings and profile; nothing of it becomes visible."""
    done = await page((await hired(town)).click("Stay as a reader"))
    assert "you read for others" in done.text and "Stay as a reader" not in done.buttons
    profile = await page((await page(town.ana.slash("me profile"))).click("Only me"))
    assert "reading each other's resumes" in profile.text and "Nobody sees this card" in profile.text


async def test_the_last_page(town: Town) -> None:
    """A private picture whose words say the same; those who chose words get words."""
    done = await hired(town)
    drawn = await page(done.click("My last page"))
    (picture,) = drawn.message.attachments
    assert drawn.ephemeral and picture.filename == "last-page.png"
    assert "1 week, 1 saved, 1 applied, 1 interview, 1 offer." in str(drawn.message.components)
    await page((await page(town.ana.slash("me settings"))).click("Text instead of pictures"))
    words = await page(done.click("My last page"))
    assert words.message.attachments == [] and "• **1** week" in words.text
