"""What a client library must manage against the sandbox, written once: each library runs it through an adapter.

A step gets a running sandbox and a bot that is ready. The bot of an adapter has the commands below, written as the
library's own users write them:

/ping [word]      answers "pong WORD" in an embed, with the button *Write*: a form whose answer is "Goal: …", private
/pick             five menus; each answers "KIND: what was picked", by name
/fruit name       completes what is typed from apple, apricot and plum; answers "a NAME"
/keep file        downloads the file that came with it; answers "NAME: TEXT"
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Protocol

from sandbox import Modal, Permission, Reply, Sandbox

WITHIN = timedelta(seconds=20)
FRUIT = ("apple", "apricot", "plum")


class Bot(Protocol):
    """What a step may ask of a bot. heard: names of the channels whose creation it was told of."""

    heard: list[str]

    def in_channels_of(self, guild_id: int) -> set[str]:
        """The names of the guild's channels, as the library remembers them."""
        ...

    async def thread(self, channel_id: int, name: str, text: str) -> None:
        """Start a public thread from a message of its own, and write in it."""
        ...

    async def write_to(self, user_id: int, text: str) -> None:
        """Send a direct message."""
        ...

    async def upload(self, channel_id: int, name: str, text: str) -> str:
        """Send a file, download it again, give back its text."""
        ...


Connect = Callable[[Sandbox], AbstractAsyncContextManager[Bot]]
Step = Callable[[Sandbox, Bot], Awaitable[None]]


# -- what people press -------------------------------------------------------------------------------


async def login(sandbox: Sandbox, bot: Bot) -> None:
    """One IDENTIFY; the library knows the guild and the channels that the bot sees."""
    assert sandbox.sockets.identifies == 1
    assert bot.in_channels_of(sandbox.guild.id) == {one.name for one in sandbox.guild.channels.values()}


async def slash(sandbox: Sandbox, bot: Bot) -> None:
    """An option comes through, an embed goes back; without the option as well."""
    assert (await _reply(sandbox, "ping", word="twice")).text == "pong twice"
    assert (await _reply(sandbox, "ping")).text == "pong"


async def button_and_form(sandbox: Sandbox, bot: Bot) -> None:
    """A button opens a form, and what is written in it comes back for that person alone."""
    form = await (await _reply(sandbox, "ping")).click("Write")
    assert isinstance(form, Modal)
    assert (form.title, form.labels) == ("Your week", ["Goal"])
    answer = await form.submit({"Goal": "apply"})
    assert isinstance(answer, Reply)
    assert (answer.text, answer.ephemeral) == ("Goal: apply", True)


async def selects(sandbox: Sandbox, bot: Bot) -> None:
    """Text, user, role, mentionable and channel: what was picked arrives with its name."""
    menus = await _reply(sandbox, "pick")
    picks = {"text": "plum", "user": "bob", "role": "moderators", "mentionable": "eve", "channel": "reviews"}
    for kind, picked in picks.items():
        answer = await menus.choose(kind, picked)
        assert isinstance(answer, Reply)
        assert answer.text == f"{kind}: {picked}"


async def autocomplete(sandbox: Sandbox, bot: Bot) -> None:
    """Choices follow what is typed; the one that is taken comes through."""
    ana = sandbox.member("ana")
    assert await ana.autocomplete("fruit", "name", "ap") == [("apple", "apple"), ("apricot", "apricot")]
    assert (await _reply(sandbox, "fruit", name="apricot")).text == "an apricot"


# -- what the bot does by itself -----------------------------------------------------------------------


async def thread(sandbox: Sandbox, bot: Bot) -> None:
    """A thread that starts from a message, with a message in it, is there for people."""
    place = sandbox.channel("check-ins")
    (role,) = [one for one in sandbox.guild.roles.values() if one.bot_id == sandbox.world.bot.id]
    role.permissions |= Permission.CREATE_PUBLIC_THREADS | Permission.SEND_MESSAGES_IN_THREADS
    await bot.thread(place.id, "week 1", "Who is in?")
    (made,) = sandbox.guild.threads.values()
    assert (made.name, made.parent_id) == ("week 1", place.id)
    said = [sandbox.world.messages[one].content for one in made.message_ids]
    assert "Who is in?" in said


async def direct_message(sandbox: Sandbox, bot: Bot) -> None:
    """It arrives with the one who it was for, and with nobody else."""
    await bot.write_to(sandbox.member("ana").user.id, "Only for you")
    assert [reply.text for reply in sandbox.member("ana").sees_in_dm()] == ["Only for you"]
    assert sandbox.member("bob").sees_in_dm() == []


async def files(sandbox: Sandbox, bot: Bot) -> None:
    """Up and down again, byte for byte."""
    assert await bot.upload(sandbox.channel("reviews").id, "cv.txt", "Ten years of é") == "Ten years of é"
    (file,) = sandbox.messages("reviews")[-1].attachments
    assert (file.filename, file.data.decode()) == ("cv.txt", "Ten years of é")


async def a_file_in_a_command(sandbox: Sandbox, bot: Bot) -> None:
    """What a person gives to a command is named in the interaction and can be fetched."""
    given = ("cv.txt", "Ten years of é".encode())
    assert (await _reply(sandbox, "keep", file=given)).text == "cv.txt: Ten years of é"


# -- bad days ------------------------------------------------------------------------------------------


async def a_cut_cable(sandbox: Sandbox, bot: Bot) -> None:
    """RESUME, the event that was missed, and answers as before."""
    sandbox.sockets.drop_all()
    sandbox.add_channel("made-meanwhile")
    await _comes_back(sandbox, bot, resumes=1)
    await eventually(lambda: "made-meanwhile" in bot.heard)


async def a_command_while_the_cable_is_cut(sandbox: Sandbox, bot: Bot) -> None:
    """The interaction waits in the session and is answered after the RESUME."""
    sandbox.faults.add(method="GATEWAY", route="^INTERACTION_CREATE$", drop=True)
    assert (await _reply(sandbox, "ping")).text == "pong"
    assert (sandbox.sockets.identifies, sandbox.sockets.resumes) == (1, 1)


async def op_7(sandbox: Sandbox, bot: Bot) -> None:
    """Asked to reconnect, it resumes."""
    sandbox.sockets.reconnect_all()
    await _comes_back(sandbox, bot, resumes=1)


async def op_9_resumable(sandbox: Sandbox, bot: Bot) -> None:
    """The session may be resumed, and is."""
    sandbox.sockets.invalidate(resumable=True)
    await _comes_back(sandbox, bot, resumes=1)


async def op_9(sandbox: Sandbox, bot: Bot) -> None:
    """The session is gone: a new IDENTIFY."""
    sandbox.sockets.invalidate()
    await _comes_back(sandbox, bot, identifies=2)


async def close_4000(sandbox: Sandbox, bot: Bot) -> None:
    """An unknown error is no verdict: RESUME."""
    sandbox.sockets.close_all(4000)
    await _comes_back(sandbox, bot, resumes=1)


async def a_zombie(sandbox: Sandbox, bot: Bot) -> None:
    """The socket is open and silent: heartbeats are not answered. The library notices, leaves and resumes.

    Not one of STEPS: it wants a sandbox with a short heartbeat.
    """
    sandbox.faults.add(method="GATEWAY", route="^HEARTBEAT_ACK$", mute=True, times=1_000)
    await sandbox.until(lambda: sandbox.sockets.resumes > 0, WITHIN)
    sandbox.faults.clear()
    assert (await _reply(sandbox, "ping")).text == "pong"
    assert sandbox.sockets.identifies == 1


async def an_outage(sandbox: Sandbox, bot: Bot) -> None:
    """The guild goes and comes; what was made meanwhile is known, and commands are answered."""
    sandbox.outage()
    sandbox.add_channel("made-meanwhile")
    sandbox.back()
    await eventually(lambda: "made-meanwhile" in bot.in_channels_of(sandbox.guild.id))
    assert (await _reply(sandbox, "ping")).text == "pong"


STEPS: tuple[Step, ...] = (
    login,
    slash,
    button_and_form,
    selects,
    autocomplete,
    thread,
    direct_message,
    files,
    a_file_in_a_command,
    a_cut_cable,
    a_command_while_the_cable_is_cut,
    op_7,
    op_9_resumable,
    op_9,
    close_4000,
    an_outage,
)


async def _reply(sandbox: Sandbox, line: str, **options: object) -> Reply:
    """ana's command, with patience for a library that has to come back first."""
    reply = await sandbox.member("ana").slash(line, **options)
    assert isinstance(reply, Reply)
    return reply


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait for something inside the library: no change in the sandbox's world tells of it."""
    async with asyncio.timeout(WITHIN.total_seconds()):
        while not holds():  # noqa: ASYNC110  (the library offers no event to wait for)
            await asyncio.sleep(0.01)


async def _comes_back(sandbox: Sandbox, bot: Bot, *, identifies: int = 1, resumes: int = 0) -> None:
    """The library is here again by exactly so many IDENTIFYs and RESUMEs, and answers."""
    sockets = sandbox.sockets
    await sandbox.until(lambda: (sockets.identifies, sockets.resumes) == (identifies, resumes), WITHIN)
    assert (await _reply(sandbox, "ping")).text == "pong"
    assert (sockets.identifies, sockets.resumes) == (identifies, resumes)
