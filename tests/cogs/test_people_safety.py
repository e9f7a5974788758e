"""Telling the moderators and what becomes of it, over the wire."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.people.flow import members
from bot.people.members import Key
from bot.storage.tables import server
from sandbox import Actor, Reply
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire

OVER = timedelta(minutes=2)  # the next report may go, the next direct message to the same person may arrive
NOT_YOURS = "Only those who read this case can open it."


def key(town: Town, who: Actor) -> Key:
    return Key(town.sandbox.guild.id, who.user.id)


def owner(town: Town) -> Actor:
    world = town.sandbox.world
    return Actor(world, town.sandbox.guild, world.owner)


async def allows_messages(town: Town, who: Actor) -> None:
    """They pressed something once, allowed direct messages, and have no quiet hours; the test message has arrived."""
    app, now = town.bot.app, town.bot.app.now()
    await page(who.slash("report"))
    await members.change(app, key(town, who), now, quiet=(0, 0))
    await members.consent(app, key(town, who), now)
    await town.beat()
    await town.beat(OVER)


async def chosen(town: Town, **columns: int) -> None:
    """What `/setup` keeps."""
    guild, now = town.sandbox.guild.id, town.bot.app.now()
    async with town.bot.app.store.begin() as tx:
        changed = await tx.execute(update(server).where(server.c.id == guild).values(**columns))
        if not changed.rowcount:
            await tx.execute(insert(server).values(id=guild, changed_by=0, changed_at=now, **columns))


async def tell(town: Town, on: object = "bob", who: str = "ana", **answers: object) -> Reply:
    """From a menu to the answer: two presses."""
    opened = await form(town.sandbox.member(who).menu("Tell the moderators", on))  # type: ignore[arg-type]
    return await page(opened.submit(words="He keeps writing to me.", **answers))


def number(told: Reply) -> str:
    """The case's number, from the answer to its reporter."""
    found = re.search(r"Case (\d{4}) is kept", told.text)
    assert found, told.text
    return found[1]


async def test_a_person_is_reported_in_two_presses(town: Town) -> None:
    """The reporter learns the number, who reads it, and that the two never meet again; nobody else sees anything."""
    told = await tell(town)
    assert town.ana.presses == 2 and told.ephemeral
    assert number(told) and f"Only <@{owner(town).user.id}> reads it." in told.text
    assert "never bring the two of you together again" in told.text
    assert town.public() == []


async def test_report_by_command_takes_three_presses(town: Town) -> None:
    """The command, one button, the form with a menu of members."""
    ana = town.ana
    home = await page(ana.slash("report"))
    opened = await form(home.click("Tell them"))
    assert opened.labels == ["What happened?", "Who is it about?", "Is this about a moderator?"]
    told = await page(opened.submit({"What happened?": "Spam in my messages.", "Who is it about?": ["bob"]}))
    case = number(told)
    assert ana.presses == 3
    again = await page(ana.slash("report"))
    assert f"Case {case}" in again.text and "nobody has taken it yet" in again.text


async def test_the_owner_gets_it_and_looks_after_it(town: Town) -> None:
    """One direct message with its buttons; the pages beside it show the case, and the reporter sees its states."""
    boss = owner(town)
    await allows_messages(town, boss)
    said = town.sandbox.member("bob").go("start-here").say("You will regret this.")
    case = number(await tell(town, said))
    await town.beat()
    (letter,) = [one for one in boss.sees_in_dm() if f"Case {case} waits" in one.text]
    assert letter.buttons == ["Open", "Claim", "Note", "Close"]
    assert (
        "regret" not in letter.text and "bob" not in letter.text and str(town.ana.user.id) not in letter.text
    )
    opened = await page(letter.click("Open"))
    assert (
        opened.ephemeral
        and "He keeps writing to me." in opened.text
        and "You will regret this." in opened.text
    )
    assert f"Told by <@{town.ana.user.id}>" in opened.text and f"/{said.id}" in opened.text
    claimed = await page(opened.click("Claim"))
    assert f"Case {case} · claimed by <@{boss.user.id}>" in claimed.text
    noted = await page((await form(claimed.click("Note"))).submit(note="Spoke with both of them."))
    assert "Spoke with both of them." in noted.text
    closed = await page(noted.click("Close"))
    assert f"Case {case} · closed" in closed.text and "closed it" in closed.text
    assert f"Case {case}" in (mine := (await page(town.ana.slash("report"))).text) and ": closed" in mine
    assert f"Case {case} · open" in (await page(closed.click("Open again"))).text
    assert boss.message(letter).text == letter.text


async def test_the_reporter_hears_discreetly(town: Town) -> None:
    """Their direct message says only that there is something; its button opens their own list, also there."""
    await allows_messages(town, town.ana)
    case = number(await tell(town))
    home = await page(owner(town).slash("report"))
    await page((await page(home.choose("Open a case", [case]))).click("Claim"))
    await town.beat()
    letter = town.ana.sees_in_dm()[-1]
    assert "There is something for you in Remote together" in letter.text and f"ase {case}" not in letter.text
    listed = await page(letter.click("Open"))
    assert "somebody looks after it" in listed.text
    town.sandbox.clock.move(OVER)
    opened = await form(listed.click("Tell them"))
    assert opened.labels == ["What happened?", "Is this about a moderator?"]
    assert number(await page(opened.submit(words="Again, from here."))) != case


async def test_the_message_as_it_was(town: Town) -> None:
    """A quote that the reporter changed is told as theirs, not as the message."""
    said = town.sandbox.member("bob").go("start-here").say("Good luck to all.")
    opened = await form(town.ana.menu("Tell the moderators", said))
    assert opened.values["The message, as it is now"] == "Good luck to all."
    case = number(await page(opened.submit(words="Look at this.", quote="I hate you all.")))
    shown = await page((await page(owner(town).slash("report"))).choose("Open a case", [case]))
    assert "**The message**" not in shown.text and "as the reporter tells it:\nI hate you all." in shown.text


async def test_readers_without_open_messages(town: Town) -> None:
    """The moderators' channel hears the number alone; its button opens the case for its readers only."""
    await town.settle_in()
    told = await tell(town)
    case = number(told)
    assert "The moderators' channel hears that a case waits" in told.text
    await town.beat()
    (notice,) = town.notices()
    assert (
        f"Case {case} waits; its readers' direct messages are closed." in notice.text
        and notice.buttons == ["Open"]
    )
    assert "keeps writing" not in notice.text and str(town.ana.user.id) not in notice.text
    assert NOT_YOURS in (await page(notice.click("Open"))).text
    opened = await page(owner(town).click(notice.message, "Open"))
    assert "He keeps writing to me." in opened.text
    await town.beat(timedelta(hours=2))
    assert len(town.notices()) == 1


async def test_a_discord_that_refuses_the_message(town: Town) -> None:
    """The owner's client is closed to the bot: known after the try, and then the channel hears."""
    await town.settle_in()
    boss = owner(town)
    await allows_messages(town, boss)
    boss.dms(open=False)
    told = await tell(town)
    case = number(told)
    assert "I have written to them." in told.text
    for _ in range(3):
        await town.beat(OVER)
    (notice,) = town.notices()
    assert f"Case {case} waits; its readers' direct messages are closed." in notice.text


async def test_a_moderator_with_the_role_is_reported(town: Town) -> None:
    """Mo holds the safety role and moderates: only the owner can open it, and Mo hears nothing of it."""
    await town.settle_in()
    role = next(one for one in town.sandbox.guild.roles.values() if one.name == "moderators")
    await chosen(town, safety_role_id=role.id)
    await allows_messages(town, town.mo)
    before = len(town.mo.sees_in_dm())
    told = await tell(town, "mo")
    case = number(told)
    assert (
        f"Only <@{owner(town).user.id}> reads it." in told.text
        and "when they next open /report" not in told.text
    )
    assert "They see it when they next open </report:" in told.text
    for _ in range(3):
        await town.beat(timedelta(days=1))
    assert town.notices() == [] and len(town.mo.sees_in_dm()) == before
    home = await page(town.mo.slash("report"))
    assert "For you to read" not in home.text and home.selects == []
    seen = await page(owner(town).slash("report"))
    assert "**For you to read:** 1" in seen.text
    shown = await page(seen.choose("Open a case", [case]))
    assert f"About <@{town.mo.user.id}>" in shown.text


async def test_holders_of_the_role(town: Town) -> None:
    """They hear by direct message, each press asks for the role again, and losing it closes the case to them."""
    role = next(one for one in town.sandbox.guild.roles.values() if one.name == "moderators")
    await chosen(town, safety_role_id=role.id)
    await allows_messages(town, town.mo)
    told = await tell(town)
    case = number(told)
    assert f"Those with the role <@&{role.id}> read it" in told.text
    await town.beat()
    (letter,) = [one for one in town.mo.sees_in_dm() if f"Case {case} waits" in one.text]
    claimed = await page(letter.click("Claim"))
    assert claimed.ephemeral and f"Case {case} · claimed" in claimed.text
    assert f"Somebody took case {case} already" in (await page(letter.click("Claim"))).text
    town.sandbox.guild.members[town.mo.user.id].roles.clear()
    for label in letter.buttons:
        assert NOT_YOURS in (await page(letter.click(label))).text


async def test_about_the_owner(town: Town) -> None:
    """With a second contact only they read it; without one the reporter is told that nobody can."""
    told = await tell(town, concerns="owner")
    assert "nobody here can read it now" in told.text and "Discord itself" in told.text
    town.sandbox.clock.move(OVER)
    eve = town.sandbox.member("eve")
    await chosen(town, second_contact_id=eve.user.id)
    assert f"Only <@{eve.user.id}> reads it." in (await tell(town, "tom", concerns="owner")).text
    assert "For you to read" not in (await page(owner(town).slash("report"))).text
    assert "**For you to read:** 2" in (await page(eve.slash("report"))).text


async def test_a_look_is_logged(town: Town) -> None:
    """What is kept of the reported one is shown after it is written down that somebody looked."""
    case = number(await tell(town))
    shown = await page((await page(owner(town).slash("report"))).choose("Open a case", [case]))
    record = await page(shown.click("What is kept of them"))
    bob = town.sandbox.member("bob")
    assert f"What is kept of <@{bob.user.id}>" in record.text and "This look is logged." in record.text
    assert f"Case {case} · open" in (await page(record.click("Back to the case"))).text
    assert (
        "Nobody has that pen name"
        in (
            await page((await form(shown.click("Resolve a pen name"))).submit(circle="group", name="Owl"))
        ).text
    )


async def test_one_a_minute(town: Town) -> None:
    """The second form doesn't even open; a minute later it does."""
    first = number(await tell(town))
    refused = await page(town.ana.menu("Tell the moderators", "tom"))
    assert "You told something just now." in refused.text
    town.sandbox.clock.move(timedelta(minutes=1))
    assert number(await tell(town, "tom")) != first


async def test_reporting_oneself(town: Town) -> None:
    """Refused in words; nothing is kept."""
    assert "That is you." in (await tell(town, "ana")).text
    assert "What you told" not in (await page(town.ana.slash("report"))).text


async def test_a_case_outlives_a_restart(town: Town) -> None:
    """Every button's state is in its id."""
    boss = owner(town)
    await allows_messages(town, boss)
    case = number(await tell(town))
    await town.beat()
    letter = boss.sees_in_dm()[-1]
    shown = await page(letter.click("Open"))
    await town.restart()
    assert f"Case {case} · claimed" in (await page(shown.click("Claim"))).text
    assert f"Case {case} · closed" in (await page(letter.click("Close"))).text


async def test_another_server(town: Town) -> None:
    """A number is of one server; the same owner reads each case in its own, and a list never holds both."""
    here = number(await tell(town))
    pat = town.neighbour()
    opened = await form((await page(pat.slash("report"))).click("Tell them"))
    next_door = number(await page(opened.submit(words="Something next door.")))
    there = Actor(town.sandbox.world, pat.guild, town.sandbox.world.owner)
    for actor, case, words in (
        (owner(town), here, "He keeps writing to me."),
        (there, next_door, "Something next door."),
    ):
        home = await page(actor.slash("report"))
        assert "**For you to read:** 1" in home.text
        assert words in (await page(home.choose("Open a case", [case]))).text
