"""What `/checkin settings` and `/checkin pause` do. Each change is kept at once, and its page shown again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from discord import ui

from bot.app import App
from bot.checkins.flow import joining, pausing, pods
from bot.checkins.joining import Mine
from bot.people.flow import meeting, members
from bot.people.members import Key, Member
from bot.people.pen_names import LONGEST
from bot.ports import Part
from bot.refusals import Refusal
from cogs import refusals
from cogs.checkins import form, mine_pages, own
from cogs.checkins import settings_pages as pages
from cogs.checkins.form import Small
from cogs.checkins.mine_pages import circle_of
from cogs.checkins.own import Press
from cogs.checkins.words import form as form_words
from cogs.people import again, here
from cogs.people.settings import names_like
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

Rest = Callable[[App, Key, int, datetime], Awaitable[Mine]]

_PEN = Small(form_words.PEN_TITLE, Part(form_words.PEN, form_words.PEN_HINT), LONGEST, required=True)
_DAY, _HOUR = 5, 10 * 60  # a reminder comes on Saturday at 10:00, until they say otherwise


async def home(app: App, press: Press, key: Key) -> None:
    await _home(app, press, key, "checkin.set")


async def pause(app: App, press: Press, key: Key) -> None:
    await _home(app, press, key, "checkin.pauses")


async def _home(app: App, press: Press, key: Key, name: str) -> None:
    """The page of the only group I am in; of several, which one?"""
    member = await here.known(app, press, key)
    every = await joining.mine(app, key, app.now())
    if not every:
        view = mine_pages.not_in(key.guild_id)
    elif len(every) > 1:
        view = mine_pages.choose(key.guild_id, every, name)
    elif name == "checkin.set":
        view = await _settings(app, member, every[0])
    else:
        view = pages.pause(key.guild_id, every[0])
    await own.answer(press, view)


async def _settings(app: App, member: Member, mine: Mine) -> ui.LayoutView:
    name = await _own_name(app, member.key, mine.group.id)
    pod = await pods.my_pod(app, member.key, mine.group.id)
    return pages.settings(member.key.guild_id, mine, member, name, pod.name if pod else "")


async def _own_name(app: App, key: Key, group_id: int) -> str:
    """What I chose for this group alone."""
    every = await meeting.pen_names(app, key)
    return next((one.name for one in every if one.circle == circle_name(group_id)), "")


def circle_name(group_id: int) -> str:
    """The circle of pen names that a group is."""
    return f"group/{group_id}"


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "checkin.set": forms.home,
        "checkin.who": forms.who,
        "checkin.who.choose": forms.who_chosen,
        "checkin.pod": forms.pod,
        "checkin.pod.swap": forms.swap,
        "checkin.drift": forms.drift,
        "checkin.remind": forms.remind,
        "checkin.remind.day": forms.remind_day,
        "checkin.remind.hour": forms.remind_hour,
        "checkin.remind.none": forms.no_reminder,
        "checkin.letters": forms.letters,
        "checkin.pen": forms.pen,
        "checkin.pen.ask": forms.ask_pen,
        "checkin.pen.typed": forms.pen_typed,
        "checkin.leave": forms.leave,
        "checkin.left": forms.left,
        "checkin.pauses": forms.pauses,
        "checkin.paused": forms.paused,
        "checkin.skipped": forms.skipped,
        "checkin.ill": forms.ill,
        "checkin.resume": forms.resume,
    }


class Forms(own.Forms):
    async def home(self, press: Press, guild: str, group: str) -> None:
        member = await self._known(press, guild)
        _, mine = await self._mine(press, guild, group)
        await own.answer(press, await _settings(self._app, member, mine))

    # -- who sees it, pod, silence ---------------------------------------------------------------

    async def who(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(press, pages.who(key.guild_id, mine))

    async def who_chosen(self, press: Press, guild: str, group: str, letter: str) -> None:
        key = await self._key(press, guild)
        await joining.choose_circle(self._app, key, int(group), circle_of(letter), self._app.now())
        await self.home(press, guild, group)

    async def pod(self, press: Press, guild: str, group: str) -> None:
        """I would like one; or none any more, and the one I am in is left in silence."""
        key, mine = await self._mine(press, guild, group)
        if mine.membership.wants_pod:
            await pods.leave_pod(self._app, key, mine.group.id, self._app.now())
        else:
            await joining.settings(self._app, key, mine.group.id, self._app.now(), wants_pod=True)
        await self.home(press, guild, group)

    async def swap(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await pods.swap(self._app, key, mine.group.id, self._app.now())
        await self.home(press, guild, group)

    async def drift(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        drift = not mine.membership.drift
        await joining.settings(self._app, key, mine.group.id, self._app.now(), drift=drift)
        await self.home(press, guild, group)

    # -- reminder --------------------------------------------------------------------------------

    async def remind(self, press: Press, guild: str, group: str) -> None:
        member = await self._known(press, guild)
        _, mine = await self._mine(press, guild, group)
        await own.answer(press, pages.reminder(member.key.guild_id, mine, member))

    async def remind_day(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        minute = mine.membership.remind_minute
        await self._remind(press, key, mine, int(chosen(press)[0]), minute)

    async def remind_hour(self, press: Press, guild: str, group: str) -> None:
        """An hour alone means the day that we suggest."""
        key, mine = await self._mine(press, guild, group)
        day = mine.membership.remind_day
        await self._remind(press, key, mine, _DAY if day is None else day, int(chosen(press)[0]))

    async def no_reminder(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await self._remind(press, key, mine, None, _HOUR)

    async def _remind(self, press: Press, key: Key, mine: Mine, day: int | None, minute: int) -> None:
        app, group = self._app, mine.group.id
        await joining.settings(app, key, group, app.now(), remind_day=day, remind_minute=minute)
        await self.remind(press, str(key.guild_id), str(group))

    async def letters(self, press: Press, guild: str, group: str) -> None:
        """Their own press lets me write to them, as in /me settings."""
        member = await self._known(press, guild)
        await members.consent(self._app, member.key, self._app.now())
        await self.remind(press, guild, group)

    # -- pen name --------------------------------------------------------------------------------

    async def pen(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(
            press, pages.pen_name(key.guild_id, mine, await _own_name(self._app, key, mine.group.id))
        )

    async def ask_pen(self, press: Press, guild: str, group: str) -> None:
        text = again.typed_before(press).get(_PEN.part.label, "")
        await form.ask(press, form.small(_PEN, custom_id("checkin.pen.typed", guild, group, fresh()), text))

    async def pen_typed(self, press: Press, guild: str, group: str, _fresh: str) -> None:
        key, mine = await self._mine(press, guild, group)
        text, circle = typed(press, "text"), circle_name(mine.group.id)
        try:
            living = await names_like(press, key.guild_id, text)
            await meeting.choose_pen_name(self._app, key, circle, text, living, self._app.now())
        except Refusal as refusal:
            about = "checkin.pen.ask", guild, group
            wrong = again.mistake(refusals.words(refusal), {_PEN.part.label: text}, *about)
            await own.answer(press, wrong)
        else:
            await self.pen(press, guild, group)

    # -- leaving ---------------------------------------------------------------------------------

    async def leave(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(press, pages.asks_to_leave(key.guild_id, mine))

    async def left(self, press: Press, guild: str, group: str, how: str) -> None:
        key, mine = await self._mine(press, guild, group)
        erased = how == "erase"
        await joining.leave(self._app, key, mine.group.id, self._app.now(), erase=erased)
        await own.answer(press, pages.left_erased(mine) if erased else pages.left(mine))

    # -- time off --------------------------------------------------------------------------------

    async def pauses(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(press, pages.pause(key.guild_id, mine))

    async def paused(self, press: Press, guild: str, group: str) -> None:
        key, weeks = await self._key(press, guild), int(chosen(press)[0])
        mine = await pausing.pause(self._app, key, int(group), weeks, self._app.now())
        await own.answer(press, pages.pause(key.guild_id, mine))

    async def skipped(self, press: Press, guild: str, group: str) -> None:
        await self._rest(press, guild, group, pausing.skip)

    async def ill(self, press: Press, guild: str, group: str) -> None:
        await self._rest(press, guild, group, pausing.ill)

    async def resume(self, press: Press, guild: str, group: str) -> None:
        await self._rest(press, guild, group, pausing.resume)

    async def _rest(self, press: Press, guild: str, group: str, change: Rest) -> None:
        key = await self._key(press, guild)
        mine = await change(self._app, key, int(group), self._app.now())
        await own.answer(press, pages.pause(key.guild_id, mine))
