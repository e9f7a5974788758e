"""`/start`: three steps by buttons and menus, and what they end with; over the wire."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.people.flow import meeting, members, privacy
from bot.people.members import Key, Member, Profile
from sandbox import Actor, Permission, Reply
from sandbox.boards.inventor import Inventor
from sandbox.boards.posting import Place
from tests.end_to_end.town import HOUR, Town, form, page

pytestmark = pytest.mark.wire

PLACED = "workingnomads"  # a board whose openings have a field for the place
COUNTRY = "The country I am in"
WISHES = "What would help you here?"


async def start(who: Actor) -> Reply:
    return await page(who.slash("start"))


def key(town: Town, who: Actor) -> Key:
    return Key(town.sandbox.guild.id, who.user.id)


async def kept(town: Town, who: Actor) -> tuple[Member, Profile]:
    """What the bot knows of them."""
    member = await members.member(town.bot.app, key(town, who))
    assert member is not None
    return member, await members.profile(town.bot.app, key(town, who))


async def board(town: Town, **places: str) -> None:
    """From now on the town reads a board that names places; it shows these alone: role → place."""
    for posting in town.boards.postings(PLACED):
        town.boards.withdraw(PLACED, posting)
    now = town.sandbox.clock.now()
    for number, (role, words) in enumerate(places.items()):
        posting = Inventor("start", 8_000_000 + number).posting(now - timedelta(minutes=number))
        named = {"role": role.replace("_", " "), "company": f"Quill {number}", "place": Place(words, (), "")}
        town.boards.publish(PLACED, posting=replace(posting, **named))
    (town.folder / "feeds.yaml").write_text(town.boards.feeds_yaml([PLACED]), "utf-8")
    await town.restart()
    await town.beat(HOUR)


async def set_up(who: Actor, country: str = "Portugal") -> Reply:
    """The way through all three steps by menus and buttons; gives the last page."""
    shown = await page((await start(who)).choose(WISHES, ["Find openings that are open to me"]))
    shown = await page(shown.choose(COUNTRY, [country]))
    shown = await page(shown.click("Yes"))
    return await page(shown.click("Keep it on"))


async def test_the_first_useful_opening(town: Town) -> None:
    """Within ten presses somebody new has openings that are open to them, with links and what proves it."""
    await board(
        town,
        Poet="Portugal, Spain",
        Falconer="Anywhere",
        Cooper="USA",
        Weaver="Europe",
        Glover="Hybrid, Lisbon",
    )
    end = await set_up(town.ana)
    assert town.ana.presses <= 10
    assert end.ephemeral and end.text.startswith("### Open to you")
    assert "• " not in end.text.partition("-#")[0]
    openings = [line for line in end.text.splitlines() if line.startswith("**[")]
    assert [line[3:].split("](http")[0] for line in openings] == ["Poet", "Falconer", "Weaver"]
    for said in ("Portugal, Spain", "Worldwide; the board says: “Anywhere”", "Europe ("):
        assert f"Open to: {said}" in end.text
    assert "Follow what you look for: </jobs subscribe:" in end.text


async def test_what_is_set_on_the_way(town: Town) -> None:
    """Wish, country, zone; private search stays on; from now on /start shows what is set."""
    await set_up(town.ana)
    member, profile = await kept(town, town.ana)
    assert (member.wishes, member.zone, member.private) == (("jobs",), "Europe/Lisbon", True)
    assert (profile.country, profile.may_work) == ("PT", ("PT",))
    assert member.started_at is not None
    home = await start(town.ana)
    assert "**Wishes.** Find openings that are open to me." in home.text
    assert "You may work in Portugal." in home.text and "Europe/Lisbon, where it is" in home.text
    assert home.buttons == ["Wishes", "Place and time", "How private", "Openings for me"]


async def test_said_plainly_before_the_first_step(town: Town) -> None:
    """What can't be hidden, who can open private threads here, and who can read the database."""
    world, guild = town.sandbox.world, town.sandbox.guild
    world.add_role(guild, "thread-keepers", Permission.MANAGE_THREADS)
    world.add_role(guild, "*bold* keepers", Permission.ADMINISTRATOR)
    world.add_role(guild, "gardeners", Permission.SEND_MESSAGES)
    first = await start(town.ana)
    assert first.ephemeral and "I can't hide that you are in this server." in first.text
    assert "Whoever holds Manage Threads can open private threads here: the owner, " in first.text
    assert (
        "thread-keepers" in first.text and r"\*bold\* keepers" in first.text and "gardeners" not in first.text
    )
    assert "The people who run this bot can read its database." in first.text


async def test_every_step_can_be_skipped(town: Town) -> None:
    """Four presses lead through; nothing is set, and the end says so honestly."""
    shown = await start(town.ana)
    for _ in range(3):
        shown = await page(shown.click("Skip"))
    assert town.ana.presses == 4
    assert "Nothing that I could promise you" in shown.text and "I have read no openings yet" in shown.text
    member, profile = await kept(town, town.ana)
    assert (member.wishes, member.zone, member.private, profile) == ((), None, True, Profile())


async def test_none_is_open(town: Town) -> None:
    """Then it says how many were looked at, and what would bring some."""
    await board(town, Cooper="USA", Glover="")
    shown = await page((await start(town.ana)).click("Skip"))
    asked = await form(shown.click("Another country, or several"))
    shown = await page(asked.submit({COUNTRY: "Vatican", "Other countries where I may work": ""}))
    shown = await page(shown.click("Yes"))
    end = await page(shown.click("Skip"))
    assert "### Nothing that I could promise you" in end.text
    assert "Of 2 openings of the last 7 days none says it is open to Vatican." in end.text
    assert "1 of them states no place, and I don't guess." in end.text
    assert "Name every country where you may work; or let the next ones come to you" in end.text


async def test_several_countries_typed(town: Town) -> None:
    """In their own spelling; a mistake is refused with what is near, and the form reopens with what was typed."""
    shown = await page((await start(town.ana)).click("Skip"))
    asked = await form(shown.click("Another country, or several"))
    typed = {COUNTRY: "Österreich", "Other countries where I may work": "Schweiz, Germny"}
    refused = await page(asked.submit(typed))
    assert "I know no country called “Germny”. Did you mean Germany" in refused.text
    again = await form(refused.click("Fix it"))
    assert again.values == typed
    zone = await page(again.submit({"Other countries where I may work": "Schweiz, Germany"}))
    assert (
        zone.text.startswith("### Is it ") and "You may work in Austria, Switzerland, Germany." in zone.text
    )
    await page(zone.click("Yes"))
    member, profile = await kept(town, town.ana)
    assert (profile.may_work, member.zone) == (("AT", "CH", "DE"), "Europe/Vienna")


async def test_the_proposed_time_is_wrong(town: Town) -> None:
    """Then a city is typed and chosen; one that doesn't exist is refused with what is near."""
    shown = await page((await page((await start(town.ana)).click("Skip"))).choose(COUNTRY, ["United States"]))
    asked = await form(shown.click("No, choose a city"))
    refused = await page(asked.submit({"City": "Los Angles"}))
    assert "I know no city called “Los Angles”" in refused.text
    chosen = await page((await form(refused.click("Fix it"))).submit({"City": "Los Angeles"}))
    menu = "Where is it the same time as with you?"
    private = await page(chosen.choose(menu, [chosen.options(menu)[0]]))
    assert "boss, a colleague or a client?" in private.text
    assert (await kept(town, town.ana))[0].zone == "America/Los_Angeles"


async def test_the_language_proposes_a_country(town: Town) -> None:
    """Discord's language puts a country first; every other one is there or can be typed."""
    rosa = town.sandbox.add_member("rosa", locale="pt-BR")
    shown = await page((await start(rosa)).click("Skip"))
    assert shown.options(COUNTRY)[0] == "Brazil" and len(shown.options(COUNTRY)) == len(
        set(shown.options(COUNTRY))
    )


async def test_somebody_here_could_be_the_boss(town: Town) -> None:
    """The company is named in a form; nobody of it meets her, and private search is on."""
    shown = await start(town.ana)
    for _ in range(2):
        shown = await page(shown.click("Skip"))
    assert len([line for line in shown.text.splitlines() if line.startswith("•")]) == 3
    asked = await form(shown.click("Yes: name the company"))
    refused = await page(asked.submit({"Company": "---"}))
    assert "A company needs a name" in refused.text
    await page((await form(refused.click("Fix it"))).submit({"Company": "Globex GmbH"}))
    (guard,) = await meeting.guards(town.bot.app, key(town, town.ana))
    assert (guard.kind, guard.name) == ("employer", "Globex GmbH")
    assert (await kept(town, town.ana))[0].private


@pytest.mark.parametrize(("press", "private"), [("Leave it on", True), ("Switch it off", False)])
async def test_nobody_here_could(town: Town, press: str, private: bool) -> None:
    """Private search stays on unless she switches it off herself."""
    shown = await start(town.ana)
    for _ in range(2):
        shown = await page(shown.click("Skip"))
    await page((await page(shown.click("No, nobody could"))).click(press))
    assert (await kept(town, town.ana))[0].private == private


async def test_changing_one_part(town: Town) -> None:
    """Who returns changes one thing and is back at what is set; the other parts stay."""
    await set_up(town.ana)
    wishes = await page((await start(town.ana)).click("Wishes"))
    assert "I can't hide" not in wishes.text and wishes.buttons == ["Back"]
    home = await page(
        wishes.choose(WISHES, ["Just here to help others", "Meet people: coffee, mock interviews"])
    )
    assert "**Wishes.** Meet people: coffee, mock interviews; Just here to help others." in home.text
    place = await page(home.click("Place and time"))
    home = await page((await page(place.choose(COUNTRY, ["Spain"]))).click("Yes"))
    assert "You may work in Spain." in home.text and "Europe/Madrid" in home.text
    member, profile = await kept(town, town.ana)
    assert (profile.may_work, member.wishes) == (("ES",), ("meet", "help"))
    assert (
        "Open to you" in (shown := await page(home.click("Openings for me"))).text or "promise" in shown.text
    )


async def test_in_the_bots_own_messages(town: Town) -> None:
    """There it is about the only server that knows her; somebody unknown is told where to type it."""
    await set_up(town.ana)
    town.ana.go_to_dm()
    home = await start(town.ana)
    assert home.text.startswith("### You in Remote together")
    assert "Spain" in (await page((await page(home.click("Place and time"))).choose(COUNTRY, ["Spain"]))).text
    bob = town.sandbox.member("bob")
    bob.go_to_dm()
    assert "Type this in a server where I am." in (await start(bob)).text


async def test_after_a_restart(town: Town) -> None:
    """An open page goes on where it was."""
    shown = await start(town.ana)
    await town.restart()
    assert "Where may you work?" in (await page(shown.click("Skip"))).text


async def test_erased_meanwhile(town: Town) -> None:
    """Pressing on an old page begins anew, as somebody unknown."""
    shown = await set_up(town.ana)
    await privacy.erase(town.bot.app, key(town, town.ana), town.sandbox.clock.now())
    assert "1 of 3" in (await page(shown.click("What is set"))).text
