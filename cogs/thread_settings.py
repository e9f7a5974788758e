"""What settings pages share on which moderators choose a channel for private threads, and a clock. Each choice is
kept at once.

Who may do what is Discord's (docs, Permissions): to open a private thread wants Create Private Threads, to let
members into it and to close it Manage Threads, words in it Send Messages in Threads, files Attach Files.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import discord

from bot.app import App
from bot.moderation.rights import moderators_only
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.checkins.cohort_forms import zone_meant
from cogs.checkins.own import answer
from cogs.layout import message
from cogs.people import again
from cogs.person import missing_for_threads, person
from cogs.presses import chosen, typed
from cogs.router import Handler
from cogs.thread_settings_pages import Pages

Press = discord.Interaction[Any]


class Clock(TypedDict, total=False):
    """What is chosen of day, time and zone. day: 0 for Monday. minute: of that day."""

    zone: str
    day: int
    minute: int


class ThreadForms(ABC):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text.

    needed: what the bot must be allowed in the channel, by Discord's name.
    """

    def __init__(self, app: App, pages: Pages, needed: Sequence[str]) -> None:
        self._app, self._pages, self._needed = app, pages, needed

    def handlers(self) -> Mapping[str, Handler]:
        """Every custom_id of what is shared."""
        prefix = self._pages.prefix
        return {
            self._pages.home: self.home,
            f"{prefix}.channel": self.channel,
            f"{prefix}.day": self.day,
            f"{prefix}.hour": self.hour,
            f"{prefix}.zone": self.ask_zone,
            f"{prefix}.zone.typed": self.zone_typed,
            f"{prefix}.zone.chosen": self.zone_chosen,
            f"{prefix}.off": self.ask_off,
            f"{prefix}.off.yes": self.off,
        }

    # -- what each subject does in its own way ---------------------------------------------------

    @abstractmethod
    async def home(self, press: Press, *_nonce: str) -> None:
        """Show the settings as they are."""

    @abstractmethod
    async def _zone(self, guild_id: int) -> str:
        """By which the server goes now."""

    @abstractmethod
    async def _change(self, press: Press, clock: Clock) -> None:
        """Keep it, and show the settings."""

    @abstractmethod
    async def _choose(self, press: Press, channel_id: int | None, missing: Sequence[str] | None) -> None:
        """Threads open there; None: it is off. missing: as in `bot_must_speak`."""

    # -- where -----------------------------------------------------------------------------------

    async def channel(self, press: Press) -> None:
        channel_id = int(chosen(press)[0])
        await self._choose(press, channel_id, missing_for_threads(press, channel_id, self._needed))
        await self.home(press)

    async def ask_off(self, press: Press) -> None:
        moderators_only(person(press))
        await answer(press, self._pages.turning_off())

    async def off(self, press: Press) -> None:
        await self._choose(press, None, ())
        await self.home(press)

    # -- when ------------------------------------------------------------------------------------

    async def day(self, press: Press) -> None:
        await self._change(press, {"day": int(chosen(press)[0])})

    async def hour(self, press: Press) -> None:
        await self._change(press, {"minute": int(chosen(press)[0])})

    async def ask_zone(self, press: Press) -> None:
        who, words = person(press), self._pages.words
        moderators_only(who)
        text = again.typed_before(press).get(words.zone_field, await self._zone(who.guild_id))
        await gate.ask(press, self._pages.zone(text), message(words.too_late))

    async def zone_typed(self, press: Press, _fresh: str) -> None:
        moderators_only(person(press))
        text = typed(press, "zone")
        try:
            zone, hits = await zone_meant(text)
        except Refusal as refusal:
            said = {self._pages.words.zone_field: text}
            view = again.mistake(refusals.words(refusal), said, f"{self._pages.prefix}.zone")
            await answer(press, view)
            return
        if zone is None:
            view = self._pages.cities(hits, self._app.now())
            await answer(press, view)
        else:
            await self._change(press, {"zone": zone})

    async def zone_chosen(self, press: Press) -> None:
        _, _, zone = chosen(press)[0].partition(" ")
        await self._change(press, {"zone": zone})
