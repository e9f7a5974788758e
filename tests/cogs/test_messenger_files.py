"""Files in threads by real discord.py over the wire: put there once, read anew, deleted; threads that are closed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord.http import Route

from bot.ports import File, Files, NewThread, Trouble
from cogs import gate
from cogs.files import _of_discord
from sandbox import Permission
from sandbox.drafts import Draft
from sandbox.model import Channel, ChannelKind, Message, Overwrite, Thread
from tests.cogs.post_office import PostOffice

pytestmark = pytest.mark.wire

MESSAGES = "/channels/{channel_id}/messages$"
LOST = [{"drop": True}, {"status": 500}]
PDF = b"%PDF-1.7 invented"
MOST = 1000


@pytest.fixture
async def thread(office: PostOffice) -> Channel:
    """A private thread of the bot's own, in a channel where it may do what reviews need."""
    sandbox = office.town.sandbox
    made = sandbox.world.add_channel(sandbox.guild, "papers")
    allowed = Permission.MANAGE_THREADS | Permission.ATTACH_FILES
    sandbox.world.set_overwrite(made, Overwrite(sandbox.world.bot.id, 1, allow=allowed))
    number = await office.app.messenger.open_thread(_wanted(office, made))
    assert isinstance(number, int)
    return sandbox.guild.threads[number]


def _wanted(office: PostOffice, channel: Channel) -> NewThread:
    return NewThread(office.town.sandbox.guild.id, channel.id, "Reading 4F2C", private=True)


def files(office: PostOffice, thread: Channel, *, tried: bool = False, name: str = "a.pdf") -> Files:
    since = office.app.now() if tried else None
    one = File(name, PDF, "A page")
    return Files(office.town.sandbox.guild.id, thread.id, (one,), "n" * 22, tried_at=since)


def messages(office: PostOffice, thread: Channel) -> list[Message]:
    world = office.town.sandbox.world
    found = [world.messages[one] for one in thread.message_ids]
    return [one for one in found if one.attachments and not one.deleted]


async def put(office: PostOffice, thread: Channel) -> int:
    number = await office.app.messenger.put(files(office, thread))
    assert isinstance(number, int)
    return number


def about(thread: Channel) -> Thread:
    assert thread.thread
    return thread.thread


# -- putting -------------------------------------------------------------------------------------


async def test_a_file_stands_in_its_thread(office: PostOffice, thread: Channel) -> None:
    """One message without words, as the bot, silent, with the file, its name and its alt text."""
    number = await put(office, thread)
    (shown,) = messages(office, thread)
    (file,) = shown.attachments
    assert (shown.id, shown.content, file.filename) == (number, "", "a.pdf")
    assert (file.data, file.description) == (PDF, "A page")
    assert shown.flags & discord.MessageFlags(suppress_notifications=True).value


@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_file_whose_answer_was_lost_is_found(
    office: PostOffice, thread: Channel, fault: dict[str, object]
) -> None:
    """It is there, we never heard so: looked for by its name, also hours later, and not put there twice."""
    office.town.sandbox.faults.add(when="after", method="POST", route=MESSAGES, **fault)  # type: ignore[arg-type]
    first = await office.app.messenger.put(files(office, thread))
    assert isinstance(first, int) or first.code == "unclear"
    again = files(office, thread, tried=True)
    office.town.sandbox.clock.move(timedelta(hours=3))
    found = await office.app.messenger.put(again)
    assert [one.id for one in messages(office, thread)] == [found]


async def test_only_our_own_of_that_name_is_found(office: PostOffice, thread: Channel) -> None:
    """A member's file of the same name, another file of ours and an older one are left alone."""
    sandbox = office.town.sandbox
    messenger, guild = office.app.messenger, sandbox.guild.id
    await messenger.let_in(guild, thread.id, office.town.ana.user.id)
    await put(office, thread)
    sandbox.clock.move(timedelta(hours=1))
    since = office.app.now()
    office.town.ana.go(thread).say("mine", files=[("a.pdf", b"hers")])
    assert await messenger.put(files(office, thread, name="b.pdf")) is not None
    assert await messenger.find_put(guild, thread.id, "a.pdf", since) is None
    assert isinstance(await messenger.find_put(guild, thread.id, "b.pdf", since), int)
    assert isinstance(await messenger.find_put(guild, thread.id, "a.pdf", since - timedelta(hours=2)), int)


async def test_what_can_not_be_looked_through_is_not_put(office: PostOffice, thread: Channel) -> None:
    """Without Read Message History nobody can tell whether it is there."""
    office.town.sandbox.deny("papers", Permission.READ_MESSAGE_HISTORY)
    async with asyncio.timeout(10):
        while True:  # until the bot has been told so
            if not _may_read(office, thread.parent_id or 0):
                break
            await asyncio.sleep(0.01)
    refused = await office.app.messenger.put(files(office, thread, tried=True))
    assert isinstance(refused, Trouble) and refused.code == "unreadable"
    assert messages(office, thread) == []


def _may_read(office: PostOffice, channel_id: int) -> bool:
    channel = office.town.bot.client.get_channel(channel_id)
    assert isinstance(channel, discord.TextChannel)
    return channel.permissions_for(channel.guild.me).read_message_history


async def test_files_that_must_not_go_out(office: PostOffice, thread: Channel) -> None:
    """None, eleven, an alt text that is too long, a nonce that is too long: mistakes of ours."""
    one = files(office, thread)
    wrong = [
        replace(one, files=()),
        replace(one, files=one.files * 11),
        replace(one, files=(replace(one.files[0], alt="x" * 1025),)),
        replace(one, nonce="n" * 26),
    ]
    for each in wrong:
        with pytest.raises(gate.GateError):
            await office.app.messenger.put(each)
    assert messages(office, thread) == []


async def test_no_bytes_in_what_is_logged() -> None:
    """A file's text form holds none of it."""
    assert "invented" not in repr(Files(1, 2, (File("a.pdf", PDF),), "n"))


# -- reading -------------------------------------------------------------------------------------


async def test_a_file_is_read_anew(office: PostOffice, thread: Channel) -> None:
    """Byte for byte, from the host where files are."""
    number = await put(office, thread)
    guild = office.town.sandbox.guild.id
    assert await office.app.messenger.fetch(guild, thread.id, number, MOST) == PDF


async def test_a_file_that_can_not_be_read(office: PostOffice, thread: Channel) -> None:
    """Too large, taken out of its message, the message or the thread deleted: each has its word."""
    number = await put(office, thread)
    guild, messenger, world = office.town.sandbox.guild.id, office.app.messenger, office.town.sandbox.world

    async def code(most: int = MOST) -> str:
        refused = await messenger.fetch(guild, thread.id, number, most)
        assert isinstance(refused, Trouble)
        return refused.code

    assert await code(len(PDF) - 1) == "bad_request"
    kept, world.messages[number].attachments = world.messages[number].attachments, []
    assert await code() == "unknown_message"
    world.messages[number].attachments = kept
    assert await messenger.delete(guild, thread.id, number) is None
    assert await code() == "unknown_message"
    world.remove_channel(thread)
    assert await code() == "unknown_channel"


async def test_a_file_elsewhere_is_not_read(office: PostOffice, thread: Channel) -> None:
    """An address that is not Discord's own is not asked, whatever a message says."""
    number = await put(office, thread)
    office.town.sandbox.world.files_url = "http://example.org/attachments"
    refused = await office.app.messenger.fetch(office.town.sandbox.guild.id, thread.id, number, MOST)
    assert isinstance(refused, Trouble) and refused.code == "bad_request"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://cdn.discordapp.com/attachments/1/2/a.pdf?ex=1&is=2&hm=3", True),
        ("http://cdn.discordapp.com/attachments/1/2/a.pdf", False),
        ("https://cdn.discordapp.com.example.org/a.pdf", False),
        ("https://cdn.discordapp.com:444/a.pdf", False),
        ("https://discord.com/attachments/1/2/a.pdf", False),
        ("http://127.0.0.1:8080/attachments/1/2/a.pdf", False),
    ],
)
async def test_whose_address_it_is(url: str, ours: bool) -> None:
    """With Discord itself, only its host for files, over https."""
    address, Route.BASE = Route.BASE, "https://discord.com/api/v10"
    try:
        assert _of_discord(url) is ours
    finally:
        Route.BASE = address


# -- deleting and closing ------------------------------------------------------------------------


async def test_delete(office: PostOffice, thread: Channel) -> None:
    """It is gone; twice is once, also in a thread that silence put away, or that is gone itself."""
    guild, messenger = office.town.sandbox.guild.id, office.app.messenger
    number = await put(office, thread)
    office.town.sandbox.clock.move(timedelta(days=8))
    for _ in range(2):
        assert await messenger.delete(guild, thread.id, number) is None
    assert messages(office, thread) == []
    office.town.sandbox.world.remove_channel(thread)
    assert await messenger.delete(guild, thread.id, number) is None


async def test_close_a_thread(office: PostOffice, thread: Channel) -> None:
    """Archived and locked; twice is once."""
    guild, messenger = office.town.sandbox.guild.id, office.app.messenger
    for _ in range(2):
        assert await messenger.close_thread(guild, thread.id) is None
        assert (about(thread).archived, about(thread).locked) == (True, True)
    office.town.sandbox.world.remove_channel(thread)
    assert await messenger.close_thread(guild, thread.id) is None


async def test_close_a_thread_that_silence_put_away(office: PostOffice, thread: Channel) -> None:
    """It is archived already, but anybody could take it out again: it is locked as well."""
    office.town.mo.archive(thread)
    assert await office.app.messenger.close_thread(office.town.sandbox.guild.id, thread.id) is None
    assert (about(thread).archived, about(thread).locked) == (True, True)


async def test_without_manage_threads_none_is_closed(office: PostOffice) -> None:
    """The bot may not lock it, and says so."""
    place = office.town.ana.go("check-ins").place
    number = await office.app.messenger.open_thread(_wanted(office, place))
    assert isinstance(number, int)
    refused = await office.app.messenger.close_thread(office.town.sandbox.guild.id, number)
    assert refused and refused.code == "missing_permission"


async def test_find_a_thread_without_opening_one(office: PostOffice, thread: Channel) -> None:
    """What an earlier attempt opened, else nothing; one that was closed is not it any more."""
    sandbox, messenger = office.town.sandbox, office.app.messenger
    channel = sandbox.guild.channels[thread.parent_id or 0]
    sought = replace(_wanted(office, channel), tried_at=office.app.now())
    before = set(sandbox.guild.threads)
    assert await messenger.find_thread(sought) == thread.id
    assert await messenger.find_thread(replace(sought, tried_at=None)) is None
    assert await messenger.find_thread(replace(sought, name="Reading 0000")) is None
    await messenger.close_thread(sandbox.guild.id, thread.id)
    assert await messenger.find_thread(sought) is None
    assert set(sandbox.guild.threads) == before


async def test_somebody_elses_message_stays(office: PostOffice, thread: Channel) -> None:
    """The bot has no Manage Messages there: it can't delete what others wrote, and says so."""
    sandbox = office.town.sandbox
    hers = sandbox.world.post(thread, office.town.ana.user.id, Draft("mine"))
    refused = await office.app.messenger.delete(sandbox.guild.id, thread.id, hers.id)
    assert thread.kind is ChannelKind.PRIVATE_THREAD
    assert refused and refused.code == "missing_permission" and not hers.deleted
