"""The bot as Discord sees it: loads cogs, syncs commands, answers every press; the one error handler."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.meets.flow import threads as meeting_threads
from bot.moderation import flow as moderation
from bot.people.flow import presence
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews.flow import deleted
from bot.text import tidy
from cogs import gate, refusals
from cogs.layout import message
from cogs.presses import acknowledge_late
from cogs.router import Router

log = logging.getLogger(__name__)

REFUSED = "Discord refused the token. Make a new one in the developer portal; put it into DISCORD_TOKEN."
INTENT_OFF = (
    "MEMBERS_INTENT is on here, but not in the developer portal. Switch it on there, or unset it here."
)
_AUTHENTICATION_FAILED = 4004  # the gateway's close code

DMS_CLOSED = (
    "Discord did not let my direct message to you through, so I write no more. "
    "In this server's privacy settings, allow direct messages. Then switch mine on again in /me settings."
)
GONE = "I don't know this button any more. Run the command again."
_HEARTBEAT_TIMEOUT_S = 60.0
_DISCORD_WAITS_S = 3.0  # for the first answer to a press
_LONGEST_RATE_LIMIT_S = 60.0  # discord.py would sleep an hour inside a bucket; the outbox decides instead


class CannotConnect(Exception):
    """Discord won't have us; the message says what to do. Trying again without doing it is of no use."""


class Tree(app_commands.CommandTree["Outpost"]):
    """The command tree; its errors go where every error goes."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await answer_error(interaction, cause)
        await tell_closed(interaction)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        if interaction.type is discord.InteractionType.application_command:
            self.client.take(interaction)
            await note_closed(interaction)
        return True


class Outpost(commands.Bot):
    """discord.py's client with our parts passed in; nothing is read from the environment here.

    Intents: guilds only, no member cache: none of Discord's privileged intents (research/reliability.md 1.11).
    """

    app: App  # set once, before `start`: the messenger in it needs this client first

    def __init__(self, *, members_intent: bool = False, guilds_within_s: float = 2.0) -> None:
        """guilds_within_s: how long after a server the next may still arrive before we count as connected."""
        intents = discord.Intents(guilds=True, members=members_intent)
        super().__init__(
            command_prefix=commands.when_mentioned,
            tree_cls=Tree,
            help_command=None,
            intents=intents,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            heartbeat_timeout=_HEARTBEAT_TIMEOUT_S,
            max_ratelimit_timeout=_LONGEST_RATE_LIMIT_S,
            guild_ready_timeout=guilds_within_s,
        )
        self.router = Router()
        self.command_mentions: dict[str, str] = {}  # "jobs alerts" → what Discord shows as a command to tap
        self.connected = asyncio.Event()  # set once Discord has told us our servers
        self.online = False  # is there a connection now?
        self._patience: set[asyncio.Task[None]] = set()
        self._answering: set[asyncio.Task[Any]] = set()

    async def run_until_closed(self, token: str) -> None:
        """Log in and stay connected until `close`. Raises CannotConnect for what only a person can mend."""
        try:
            await self.start(token)
        except discord.LoginFailure:
            raise CannotConnect(REFUSED) from None
        except discord.PrivilegedIntentsRequired:
            raise CannotConnect(INTENT_OFF) from None
        except discord.ConnectionClosed as closed:
            raise CannotConnect(REFUSED if closed.code == _AUTHENTICATION_FAILED else str(closed)) from None
        except Exception as error:
            if self.is_closed():  # told to end while it connected, discord.py stumbles in several ways
                return
            if not isinstance(error, discord.HTTPException | aiohttp.ClientError | OSError):
                raise
            raise CannotConnect(
                f"Discord can't be reached: {error}. Check the network, then start again."
            ) from None

    async def setup_hook(self) -> None:
        # Not above: cogs may import us.
        from cogs import checkins, help, jobs, moderation, people, resources, reviews

        for subject in (jobs, moderation, people, checkins, reviews, resources, help):
            await subject.setup(self)
        for command in await self.tree.sync():
            self.command_mentions |= _mentions(command)

    async def on_resumed(self) -> None:
        self.online = True

    async def on_disconnect(self) -> None:
        self.online = False

    async def on_ready(self) -> None:
        self.online = True
        try:
            await moderation.servers_are(self.app, [guild.id for guild in self.guilds], self.app.now())
        finally:
            self.connected.set()
        log.info("connected as %s, in %d servers", self.user, len(self.guilds))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await moderation.server_joined(self.app, guild.id, self.app.now())

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """We were removed. (An outage is `on_guild_unavailable`, and changes nothing.)"""
        await moderation.server_left(self.app, guild.id, self.app.now())

    async def on_raw_member_remove(self, event: discord.RawMemberRemoveEvent) -> None:
        """With the members intent only."""
        await presence.member_left(self.app, Key(event.guild_id, event.user.id), self.app.now())

    async def on_member_join(self, member: discord.Member) -> None:
        """With the members intent only."""
        await presence.member_is_here(self.app, Key(member.guild.id, member.id), self.app.now())

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Also for each thread of a channel that is deleted, as far as discord.py knows it."""
        now = self.app.now()
        await deleted.thread_deleted(self.app, event.guild_id, event.thread_id, now)
        await meeting_threads.thread_deleted(self.app, event.thread_id, now)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Presses, menus and forms; slash commands go through the tree."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        try:
            self.take(interaction)
            await note_closed(interaction)
            await self._answer(interaction)
        except Exception as error:
            await answer_error(interaction, error)
        await tell_closed(interaction)

    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _: object) -> None:
        self._answers()
        await tell_closed(interaction)

    async def _answer(self, interaction: discord.Interaction[Any]) -> None:
        found = self.router.find(interaction)
        if found is None:
            await gate.answer(interaction, message(GONE))
        else:
            handler, arguments = found
            await handler(interaction, *arguments)

    def server_name(self, guild_id: int) -> str:
        """As its members know it; one that the bot can't see keeps its number only."""
        guild = self.get_guild(guild_id)
        return tidy(guild.name) if guild else f"Server {guild_id}"

    def take(self, interaction: discord.Interaction[Any]) -> None:
        """The running task answers this press: acknowledged in time should it take long, and `close` waits for it."""
        self._answers()
        waiting = asyncio.ensure_future(acknowledge_late(interaction))
        self._patience.add(waiting)
        waiting.add_done_callback(self._patience.discard)

    def _answers(self) -> None:
        """`close` waits for the running task."""
        if answering := asyncio.current_task():
            self._answering.add(answering)
            answering.add_done_callback(self._answering.discard)

    async def close(self) -> None:
        """Leave. Who has pressed is answered first, for as long as Discord would wait for it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DISCORD_WAITS_S):
                while self._answering:  # an answer may have a word that follows it
                    await asyncio.wait(self._answering)
        for task in (*self._answering, *self._patience):
            task.cancel()
        await super().close()

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        log.exception("event %s failed", event_method)


async def note_closed(interaction: discord.Interaction[Any]) -> None:
    """Before a press is answered: did Discord refuse our last message to this member, untold so far?

    Asked beforehand, so that after the usual answer nothing is left to do.
    """
    if interaction.guild_id is not None:
        key = Key(interaction.guild_id, interaction.user.id)
        interaction.extras["outpost_closed"] = await presence.closed_untold(interaction.client.app, key)


async def tell_closed(interaction: discord.Interaction[Any]) -> None:
    """After the answer, once and in private; a press that was answered with a form leaves it to the next one."""
    answered = interaction.response.type
    if answered in (None, discord.InteractionResponseType.modal) or not interaction.guild_id:
        return
    if interaction.extras.pop("outpost_closed", False):
        app: App = interaction.client.app
        key = Key(interaction.guild_id, interaction.user.id)
        if await presence.tell_closed(app, key, app.now()):
            await gate.answer(interaction, message(DMS_CLOSED))


async def answer_error(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """A refusal becomes its words. Anything else is a bug: logged with a reference that the person is told."""
    if isinstance(error, Refusal):
        text = refusals.words(error)
    else:
        reference = secrets.token_hex(3)
        log.error("bug %s in %s", reference, _what(interaction), exc_info=error)
        text = f"Something broke on my side; nothing you did. Tell the people who run me: `{reference}`."
    try:
        await gate.answer(interaction, message(text))
    except discord.HTTPException as late:
        # 10062: the three seconds are over; 40060: a double click was answered by its twin.
        log.warning("could not answer %s: %s %s", _what(interaction), late.status, late.code)


def _mentions(command: app_commands.AppCommand) -> dict[str, str]:
    groups = [option for option in command.options if isinstance(option, app_commands.AppCommandGroup)]
    return {group.qualified_name: group.mention for group in groups} or {command.name: command.mention}


def _what(interaction: discord.Interaction[Any]) -> str:
    data: Any = interaction.data or {}
    return str(data.get("custom_id") or data.get("name") or interaction.type.name).split("/")[0]
