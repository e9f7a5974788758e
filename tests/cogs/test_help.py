"""`/help`: what this person can do in this place, the next best step first."""

from __future__ import annotations

import re
from itertools import product

import pytest
from discord import AppCommandType, ui

from bot.people.members import Wish
from cogs.help import pages
from cogs.help.pages import MOST_LINES, Standing
from sandbox import Actor, Reply
from tests.end_to_end.town import Town, page

COMMANDS = {
    *("start", "help", "setup", "report", "resources", "meet find", "meet join", "meet status"),
    *("review request", "review give", "review status"),
    *(f"jobs {name}" for name in ("search", "subscribe", "alerts", "saved", "check", "market")),
    *("me profile", "me settings", "me blocks", "me privacy"),
    *("checkin now", "checkin join", "checkin history"),
}
_FLAGS = ("moderator", "reads_cases", "told_of_troubles", "has_panel", "started", "has_place", "has_profile")
_SECOND = "Second contact, for reports about the owner"
_WISHES: tuple[tuple[Wish, ...], ...] = ((), ("jobs",), ("meet", "help"), ("checkin",))


def lines(standing: Standing, known: set[str] = COMMANDS) -> list[str]:
    view = pages.help(standing, known)
    texts = [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    return [line.strip("*• ") for line in "\n".join(texts[1:]).splitlines()]


async def test_at_most_ten_lines() -> None:
    """For whatever somebody is and has set: the best step first and in bold words, each line with a command."""
    for flags in product((False, True), repeat=len(_FLAGS)):
        for wishes in _WISHES:
            given = dict(zip(_FLAGS, flags, strict=True))
            told = lines(Standing("Here", wishes=wishes, follows=3, **given))
            assert 5 <= len(told) <= MOST_LINES and told[0].startswith("Next:** ")
            assert all("/" in line for line in told) and len(told) == len(set(told))
            assert given["moderator"] or not any("/setup" in line for line in told)


@pytest.mark.parametrize(
    ("standing", "first"),
    [
        (Standing("Here", moderator=True), "Choose where I tell moderators of troubles: /setup."),
        (Standing("Here", moderator=True, told_of_troubles=True), "Post the panel"),
        (Standing("Here", moderator=True, told_of_troubles=True, has_panel=True), "Set yourself up"),
        (Standing("Here"), "Set yourself up in a minute: /start."),
        (Standing("Here", started=True), "Tell me where you may work"),
        (Standing("Here", started=True, has_place=True, wishes=("jobs",)), "Follow what you look for"),
        (Standing("Here", started=True, has_place=True, wishes=("jobs", "checkin")), "Choose a group"),
        (
            Standing("Here", started=True, has_place=True, wishes=("help",)),
            "Write a few words about yourself",
        ),
        (Standing("Here", started=True, has_place=True, wishes=("jobs",), follows=1), "See openings"),
        (Standing(None), "Type /start in a server where I am."),
        (Standing(None, started=True), "See what I keep about you: /me privacy."),
    ],
)
async def test_the_next_best_step(standing: Standing, first: str) -> None:
    """It follows from who they are and what they have set."""
    assert lines(standing)[0].startswith(f"Next:** {first}")


async def test_only_what_there_is() -> None:
    """A line whose command this version doesn't have is left out; so is what doesn't work in messages."""
    assert not any("/meet" in line for line in lines(Standing("Here"), COMMANDS - {"meet find"}))
    told = "\n".join(lines(Standing(None, started=True)))
    in_servers = ("/jobs search", "/jobs subscribe", "/jobs alerts", "/report", "/setup", "/meet")
    assert not any(name in told for name in in_servers)
    assert all(name in told for name in ("/jobs saved", "/jobs check", "/jobs market", "/checkin now"))


async def test_everything_about_jobs_is_named() -> None:
    """To members as to moderators, whatever their next step is."""
    for moderator in (False, True):
        told = "\n".join(lines(Standing("Here", moderator=moderator)))
        assert all(f"/{name}" in told for name in COMMANDS if name.startswith("jobs "))
        assert "/checkin now" in told


async def test_what_only_some_can_do() -> None:
    """Who reads cases hears so, and who may add resources; nobody else."""
    cases, add = "read the cases that wait for you: /report", "add what is good here: /resources"
    for reads, moderates in product((False, True), repeat=2):
        told = "\n".join(lines(Standing("Here", moderator=moderates, reads_cases=reads)))
        assert (cases in told, add in told) == (reads, moderates)


@pytest.mark.wire
async def test_the_owner_reads_cases(town: Town) -> None:
    """By default the owner alone; a second contact, once there is one, too."""
    world, guild = town.sandbox.world, town.sandbox.guild
    owner, bob = Actor(world, guild, world.users[guild.owner_id]), town.sandbox.member("bob")
    words = "read the cases that wait for you"
    assert [words in (await asked(one)).text for one in (owner, town.mo, bob)] == [True, False, False]
    await page((await page(owner.slash("setup"))).choose(_SECOND, ["bob"]))
    assert [words in (await asked(one)).text for one in (owner, town.mo, bob)] == [True, False, True]


async def asked(who: Actor) -> Reply:
    return await page(who.slash("help"))


@pytest.mark.wire
async def test_every_command_can_be_tapped(town: Town) -> None:
    """As a member, a moderator and in messages: private, and no command is left as plain words."""
    for who in (town.ana, town.mo):
        shown = await asked(who)
        assert shown.ephemeral and "Remote together" in shown.text
        assert re.findall(r"(?<![\w</])/[a-z]+", shown.text) == []
        assert len(re.findall(r"</[a-z ]+:\d+>", shown.text)) >= 8
    town.ana.go_to_dm()
    shown = await asked(town.ana)
    assert "in our direct messages" in shown.text and "**Next:** Type </start:" in shown.text


@pytest.mark.wire
async def test_what_needs_a_server_needs_the_bot_in_it(town: Town) -> None:
    """Installed by one person alone, no command or menu shows that works in servers only. /jobs check doesn't."""
    tree = town.bot.client.tree
    bodies = [one.to_dict(tree) for kind in AppCommandType for one in tree.get_commands(type=kind)]
    in_servers = {body["name"]: body["integration_types"] for body in bodies if body["contexts"] == [0]}
    assert {"setup", "meet", "report"} <= set(in_servers)
    assert {tuple(installs) for installs in in_servers.values()} == {(0,)}


@pytest.mark.wire
async def test_it_changes_with_what_is_set(town: Town) -> None:
    """A moderator is led from the channel over the panel to their own way; a member from /start on."""
    assert "**Next:** Choose where I tell" in (await asked(town.mo)).text
    home = await page(town.mo.slash("setup"))
    await page(
        (await page(home.choose("Moderators' channel", "moderators"))).choose(
            "Post the panel in …", "reviews"
        )
    )
    assert "**Next:** Set yourself up" in (await asked(town.mo)).text
    shown = await page(town.ana.slash("start"))
    for _ in range(3):
        shown = await page(shown.click("Skip"))
    assert "**Next:** Tell me where you may work" in (await asked(town.ana)).text
