"""The buttons on what others read too, and in direct messages. Whoever presses hears the answer alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from discord import ui

from bot.app import App
from bot.checkins.flow import joining, pausing, thanks
from bot.checkins.joining import Mine
from bot.people.members import Key
from cogs import gate
from cogs.checkins import mine_pages as pages
from cogs.checkins import now, own
from cogs.checkins.own import Press
from cogs.checkins.words import mine as words
from cogs.layout import button, message, row
from cogs.people import here
from cogs.people.here import own_server, server_name
from cogs.person import person
from cogs.presses import chosen
from cogs.router import Handler


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these messages and the function that answers it; a delivery's nonce says nothing to it."""
    forms = Forms(app)
    return {
        "panel.checkin": forms.panel,
        "checkin.now": forms.now,
        "checkin.when": forms.when,
        "checkin.skip": forms.skip,
        "checkin.thank": forms.thank,
        "checkin.help": forms.help,
        "checkin.offer": forms.offer,
        "checkin.helpers": forms.helpers,
        "checkin.stop": forms.stop,
    }


class Forms(own.Forms):
    async def panel(self, press: Press, *_nonce: str) -> None:
        """What `/checkin now` would open here."""
        who = person(press)
        await now.home(self._app, press, Key(who.guild_id, who.id))

    async def now(self, press: Press, group: str, *_nonce: str) -> None:
        found = await self._find(press, lambda mine: mine.group.id == int(group))
        if found is not None:
            await now.go(self._app, press, *found)
        else:
            await self._not_in(press, int(group))

    async def _find(self, press: Press, meant: Callable[[Mine], bool]) -> tuple[Key, Mine] | None:
        """The group of mine that a message is about; in our direct messages in whichever server it is."""
        guild_id = own_server(press)
        if guild_id is not None:
            await here.known(self._app, press, Key(guild_id, press.user.id))
        every = await own.everywhere(self._app, press)
        return next(((key, mine) for key, mine in every if meant(mine)), None)

    async def _not_in(self, press: Press, group_id: int | None = None) -> None:
        guild_id = own_server(press)
        if guild_id is None:
            await gate.answer(press, message(words.LEFT_THIS))
        else:
            await gate.answer(press, pages.not_in_this(guild_id, group_id))

    # -- the opener ------------------------------------------------------------------------------

    async def when(self, press: Press, cycle: str, *_nonce: str) -> None:
        found = await self._find(press, _in_cycle(int(cycle)))
        await self._say(press, found, pages.due)

    async def skip(self, press: Press, cycle: str, *_nonce: str) -> None:
        found = await self._find(press, _in_cycle(int(cycle)))
        if found is not None:
            key, mine = found
            mine = await pausing.skip(self._app, key, mine.group.id, self._app.now())
            found = key, mine
        await self._say(press, found, pages.skipped)

    async def _say(
        self,
        press: Press,
        found: tuple[Key, Mine] | None,
        draw: Callable[[int, Mine], ui.LayoutView],
    ) -> None:
        """About the week of an opener; it may be over by now, or not theirs."""
        if found is not None:
            await gate.answer(press, draw(found[0].guild_id, found[1]))
        elif await own.everywhere(self._app, press):
            await gate.answer(press, message(words.NOTHING_OPEN))
        else:
            await self._not_in(press)

    # -- a card ----------------------------------------------------------------------------------

    async def thank(self, press: Press, week: str, *_nonce: str) -> None:
        who = person(press)
        key = Key(who.guild_id, who.id)
        await here.known(self._app, press, key)
        await thanks.thank(self._app, key, int(week), self._app.now())
        await gate.answer(press, message(words.THANKED))

    async def help(self, press: Press, week: str, *_nonce: str) -> None:
        await self._offer(press, int(week))

    async def offer(self, press: Press, _cycle: str, *_nonce: str) -> None:
        await self._offer(press, int(chosen(press)[0]))

    async def _offer(self, press: Press, week_id: int) -> None:
        """The same answer, whoever it is and whoever asked: nobody learns of a block by it."""
        who = person(press)
        key, server = Key(who.guild_id, who.id), server_name(press, who.guild_id)
        await here.known(self._app, press, key)
        await thanks.offer_help(self._app, key, week_id, server, self._app.now())
        await gate.answer(press, message(words.OFFERED))

    # -- direct messages -------------------------------------------------------------------------

    async def helpers(self, press: Press, week: str, *_nonce: str) -> None:
        """Of whatever week: a letter is often read after it."""
        for key, _ in await own.everywhere(self._app, press):
            if found := await thanks.helpers(self._app, key, int(week)):
                await gate.answer(press, pages.helpers(key.guild_id, *found))
                return
        await self._not_in(press)

    async def stop(self, press: Press, guild: str, group: str, what: str, *_nonce: str) -> None:
        """No more messages of this kind; the letter itself stays where it is."""
        key = await self._key(press, guild)
        if what == "help":
            stop = button(words.STOP_ALL, "me.letters.stop", guild)
            await gate.answer(press, message(words.STOP_HELP, rows=[row(stop)]))
            return
        now_is = self._app.now()
        if what == "drift":
            await joining.settings(self._app, key, int(group), now_is, drift=False)
        else:
            await joining.settings(self._app, key, int(group), now_is, remind_day=None)
        await gate.answer(press, message(words.NO_REMINDERS))


def _in_cycle(cycle_id: int) -> Callable[[Mine], bool]:
    return lambda mine: mine.cycle is not None and mine.cycle.id == cycle_id
