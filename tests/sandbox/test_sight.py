"""What each person's client was told: everything they may see, at the moment when it happened, and nothing else."""

from __future__ import annotations

import random

import pytest

from sandbox import Modal, Permission, Reply, Sandbox, threads
from sandbox.drafts import Draft
from sandbox.model import Channel
from sandbox.sight import Sight
from tests.sandbox.test_contract import discord_py_by_address

PEOPLE = ("ana", "bob", "eve", "tom")
CHANNELS = ("start-here", "remote-python")


@pytest.fixture
def quiet() -> Sandbox:
    """A sandbox that nobody listens to: people among themselves."""
    return Sandbox(spec=None)


def test_a_message_reaches_those_who_see_its_channel(quiet: Sandbox) -> None:
    """Its edit and its deletion too; who does not see the channel is told nothing."""
    message = quiet.member("mo").go("moderators").say("Between us")
    quiet.world.edit(message, Draft("Between the two of us"))
    quiet.world.delete(message)
    names = ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"]
    assert [frame.what for frame in quiet.frames("mo") if frame.what.startswith("MESSAGE")] == names
    assert [frame.what for frame in quiet.seen_by("mo", "between us")] == ["MESSAGE_CREATE"]
    assert quiet.seen_by("bob", "between") == []


def test_a_person_who_loses_a_channel_is_told_no_more(quiet: Sandbox) -> None:
    """What they were told before stays told."""
    quiet.member("ana").go("reviews").say("before")
    quiet.deny("reviews", Permission.VIEW_CHANNEL, name="bob")
    quiet.member("ana").say("after")
    assert [bool(quiet.seen_by("bob", said)) for said in ("before", "after")] == [True, False]


def test_a_deleted_channel_is_told_to_those_who_saw_it(quiet: Sandbox) -> None:
    """Its name reaches nobody else, not even at the end."""
    quiet.delete_channel("moderators")
    assert [frame.what for frame in quiet.seen_by("mo", "moderators")][-1] == "CHANNEL_DELETE"
    assert "CHANNEL_DELETE" not in [frame.what for frame in quiet.frames("bob")]


def test_a_private_thread_is_told_to_its_members(quiet: Sandbox) -> None:
    """Also one that the bot does not see."""
    place, ana = quiet.channel("reviews"), quiet.member("ana").user
    thread = threads.start(quiet.world, place, ana.id, "cv of ana", private=True)
    quiet.world.post(thread, ana.id, Draft("please look"))
    threads.join(quiet.world, thread, quiet.member("bob").user.id)
    quiet.world.post(thread, ana.id, Draft("thank you"))
    assert quiet.seen_by("eve", "cv of ana") == []
    assert [bool(quiet.seen_by("bob", said)) for said in ("please look", "thank you")] == [False, True]
    assert quiet.seen_by("ana", "please look")


@pytest.mark.wire
@pytest.mark.usefixtures("discord_py")
async def test_presses_forms_and_private_answers_stay_with_their_person(sandbox: Sandbox) -> None:
    """ana's command is seen as the answer to all; her form and the private answer are hers."""
    async with discord_py_by_address(sandbox):
        reply = await sandbox.member("ana").slash("ping", word="loud")
        assert isinstance(reply, Reply)
        form = await reply.click("Write")
        assert isinstance(form, Modal)
        await form.submit({"Goal": "a secret goal"})
        await sandbox.member("ana").autocomplete("fruit", "name", "pl")
    assert sandbox.seen_by("bob", "pong loud")
    assert [sandbox.seen_by("bob", said) for said in ("Your week", "a secret goal", "plum")] == [[], [], []]
    told = [frame.what for frame in sandbox.frames("ana")]
    for name in ("INTERACTION_CREATE", "INTERACTION_MODAL", "INTERACTION_CHOICES"):
        assert name in told
    assert [frame.what for frame in sandbox.seen_by("ana", "Goal: a secret")] == ["MESSAGE_CREATE"]


class Oracle:
    """Who may see what, kept by hand beside the sandbox: no permission is computed here."""

    def __init__(self) -> None:
        self.shut: set[tuple[str, str]] = set()
        self.inside: dict[int, set[str]] = {}
        self.expected: dict[str, set[str]] = {name: set() for name in PEOPLE}

    def say(self, text: str, channel: str, thread: Channel | None = None) -> None:
        for name in PEOPLE:
            in_thread = thread is None or name in self.inside[thread.id]
            if (name, channel) not in self.shut and in_thread:
                self.expected[name].add(text)


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_told_what_they_may_not_see(seed: int) -> None:
    """Random talk in channels and private threads, doors that open and shut: exactly what each one could see."""
    dice, sandbox, oracle = random.Random(seed), Sandbox(spec=None), Oracle()
    rooms: list[tuple[str, Channel]] = []
    for number in range(120):
        name, channel, text = dice.choice(PEOPLE), dice.choice(CHANNELS), f"saying-{number:03}"
        user, place = sandbox.member(name).user, sandbox.channel(channel)
        action = dice.choice(("say", "say", "say", "shut", "open", "room", "room talk", "enter"))
        if action == "say" and (name, channel) not in oracle.shut:
            sandbox.world.post(place, user.id, Draft(text))
            oracle.say(text, channel)
        elif action == "shut":
            sandbox.deny(channel, Permission.VIEW_CHANNEL, name=name)
            oracle.shut.add((name, channel))
        elif action == "open":
            sandbox.allow(channel, Permission.VIEW_CHANNEL, name=name)
            oracle.shut.discard((name, channel))
        elif action == "room" and (name, channel) not in oracle.shut:
            thread = threads.start(sandbox.world, place, user.id, f"room-{number:03}", private=True)
            rooms.append((channel, thread))
            oracle.inside[thread.id] = {name}
        elif rooms:
            home, thread = dice.choice(rooms)
            if action == "enter":
                threads.join(sandbox.world, thread, user.id)
                oracle.inside[thread.id].add(name)
            elif action == "room talk" and name in oracle.inside[thread.id]:
                sandbox.world.post(thread, user.id, Draft(text))
                oracle.say(text, home, thread)
    for name in PEOPLE:
        said = {
            str(frame.body["content"])
            for frame in sandbox.seen_by(name, "saying-")
            if frame.what == "MESSAGE_CREATE" and isinstance(frame.body, dict)
        }
        assert said - {""} == oracle.expected[name]


def test_it_forgets_the_oldest(quiet: Sandbox) -> None:
    """So many events are kept, whoever saw them."""
    sight = Sight(quiet.world, kept=3)
    for number in range(5):
        quiet.member("ana").say(f"said {number}")
    bob = quiet.member("bob").user.id
    assert [bool(sight.seen_by(bob, f"said {number}")) for number in range(5)] == [False] * 2 + [True] * 3


def test_the_frame_log_forgets_too(quiet: Sandbox) -> None:
    """The oldest quarter goes when there are more frames than are kept."""
    quiet.log._kept = 8
    for number in range(9):
        quiet.log.add("gateway", "in", f"{number}")
    assert quiet.log.names() == [str(number) for number in range(2, 9)]
