"""What `/checkin now` does: the form as its first answer, and my week once I am in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from discord import ui

from bot.app import App
from bot.checkins.flow import joining, saying
from bot.checkins.flow.saying import edit as say_otherwise
from bot.checkins.joining import Mine
from bot.checkins.plan import Ask, Typed, text_of
from bot.checkins.prompts import template
from bot.checkins.values import Circle
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import refusals
from cogs.checkins import form, join, own
from cogs.checkins import mine_pages as pages
from cogs.checkins.mine_pages import LETTERS, circle_of
from cogs.checkins.own import Press
from cogs.checkins.words import form as form_words
from cogs.checkins.words import mine as words
from cogs.people import again, here
from cogs.presses import typed
from cogs.router import Handler, custom_id, fresh


async def home(app: App, press: Press, key: Key) -> None:
    """The form, my week, which group it is about, or the groups there are."""
    await here.known(app, press, key)
    every = await joining.mine(app, key, app.now())
    if not every:
        await own.answer(press, await join.groups(app, key))
    elif len(every) == 1:
        await go(app, press, key, every[0])
    else:
        await own.answer(press, pages.choose(key.guild_id, every, "checkin.go"))


async def go(app: App, press: Press, key: Key, mine: Mine) -> None:
    """What can be done in this group now: check in, or see my week."""
    if pages.takes_one(mine):
        await fill(app, press, key, mine)
    else:
        await own.answer(press, page(key.guild_id, mine))


async def fill(app: App, press: Press, key: Key, mine: Mine) -> None:
    """Open the form; before the first one I am asked who sees it."""
    circle = mine.membership.circle
    if circle is None:
        await own.answer(press, pages.ask_circle(key.guild_id, mine))
        return
    asked = await saying.form_of(app, key, mine.group.id, app.now())
    opened = int(press.created_at.timestamp())
    await _ask(press, key, asked, circle, opened, form.filled_in(asked))


async def _ask(press: Press, key: Key, asked: Ask, circle: Circle, opened: int, filled: Typed) -> None:
    mine = asked.mine
    if mine.cycle is None:
        await own.answer(press, page(key.guild_id, mine))
        return
    known = key.guild_id, mine.group.id, mine.cycle.id, opened, LETTERS[circle]
    form_id = custom_id("checkin.form", *known, fresh())
    await form.ask(press, form.check_in(asked, mine.cycle.week, circle, form_id, filled))


async def _ask_to_edit(press: Press, key: Key, asked: Ask, filled: Typed) -> None:
    mine, week = asked.mine, asked.mine.week
    if week is None:
        await own.answer(press, page(key.guild_id, mine))
        return
    form_id = custom_id("checkin.edited", key.guild_id, mine.group.id, week.id, fresh())
    await form.ask(press, form.check_in(asked, week.week, week.circle or "me", form_id, filled))


async def _refused(press: Press, refusal: Refusal, back: Typed, name: str, *arguments: str) -> None:
    """Why, what was typed, and [Fix it]: name and arguments are its own, before what was ticked and chosen."""
    words = refusals.words(refusal)
    await own.answer(press, again.mistake(words, form.texts(back), name, *arguments, *form.marks(back)))


def page(guild: int, mine: Mine, said: str = "") -> ui.LayoutView:
    """My card once I am in, else my plan."""
    if mine.week is not None and mine.week.submitted_at is not None:
        return pages.card(guild, mine, mine.week, said)
    return pages.plan(guild, mine, said)


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "checkin.go": forms.go,
        "checkin.fill": forms.fill,
        "checkin.page": forms.page,
        "checkin.circle": forms.circle,
        "checkin.form": forms.sent,
        "checkin.fix": forms.fix,
        "checkin.edit": forms.edit,
        "checkin.fix.edit": forms.fix_edit,
        "checkin.edited": forms.edited,
        "checkin.plan": forms.plan,
        "checkin.plan.ask": forms.ask_plan,
        "checkin.planned": forms.planned,
    }


class Forms(own.Forms):
    async def go(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await go(self._app, press, key, mine)

    async def page(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(press, page(key.guild_id, mine))

    # -- the form --------------------------------------------------------------------------------

    async def fill(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await fill(self._app, press, key, mine)

    async def circle(self, press: Press, guild: str, group: str, letter: str) -> None:
        """Who sees it is chosen; the same press opens the form."""
        key = await self._key(press, guild)
        await joining.choose_circle(self._app, key, int(group), circle_of(letter), self._app.now())
        await go(self._app, press, key, await joining.one(self._app, key, int(group), self._app.now()))

    async def sent(
        self, press: Press, guild: str, group: str, cycle: str, opened: str, letter: str, _fresh: str
    ) -> None:
        key, back = await self._key(press, guild), form.read(press)
        opened_at = datetime.fromtimestamp(int(opened), UTC)
        try:
            mine = await saying.submit(
                self._app,
                key,
                int(cycle),
                back,
                circle_of(letter),
                opened_at,
                press.created_at,  # Discord's own time of the press: a slow handler costs nobody their week
                self._app.now(),
            )
        except Refusal as refusal:
            fix = "checkin.fix", guild, group, opened, letter
            await _refused(press, refusal, back, *fix)
        else:
            numbers = (await joining.one(self._app, key, mine.group.id, self._app.now())).numbers
            mine = replace(mine, numbers=numbers)
            await own.answer(press, page(key.guild_id, mine, _kept(mine)))

    async def fix(
        self, press: Press, guild: str, group: str, opened: str, letter: str, done: str, going: str
    ) -> None:
        """The form again, with its text. It counts from when it was opened first."""
        key = await self._key(press, guild)
        asked = await saying.form_of(self._app, key, int(group), self._app.now())
        filled = form.typed_again(press, done, going)
        await _ask(press, key, asked, circle_of(letter), int(opened), filled)

    # -- the form of a week that I was in --------------------------------------------------------

    async def edit(self, press: Press, guild: str, _group: str, week: str) -> None:
        key = await self._key(press, guild)
        asked = await saying.form_of_week(self._app, key, int(week), self._app.now())
        await _ask_to_edit(press, key, asked, form.filled_in(asked))

    async def fix_edit(self, press: Press, guild: str, week: str, done: str, going: str) -> None:
        key = await self._key(press, guild)
        asked = await saying.form_of_week(self._app, key, int(week), self._app.now())
        await _ask_to_edit(press, key, asked, form.typed_again(press, done, going))

    async def edited(self, press: Press, guild: str, group: str, week: str, _fresh: str) -> None:
        key, back = await self._key(press, guild), form.read(press)
        try:
            await say_otherwise(self._app, key, int(week), back, self._app.now())
        except Refusal as refusal:
            await _refused(press, refusal, back, "checkin.fix.edit", guild, week)
        else:
            _, mine = await self._mine(press, guild, group)
            await own.answer(press, page(key.guild_id, mine, words.SAVED))

    # -- a plan without a check-in ---------------------------------------------------------------

    async def plan(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(press, pages.plan(key.guild_id, mine))

    async def ask_plan(self, press: Press, guild: str, group: str, *fix: str) -> None:
        """fix: it was refused, and stands in the message as it was, empty parts not at all."""
        _, mine = await self._mine(press, guild, group)
        kept = {} if fix else {form_words.NEXT: text_of(mine.plan), form_words.WHEN: mine.if_then}
        before = kept | again.typed_before(press)
        goals, if_then = before.get(form_words.NEXT, ""), before.get(form_words.WHEN, "")
        asks = template(self._app.prompts, mine.group.template)
        form_id = custom_id("checkin.planned", guild, group, fresh())
        await form.ask(press, form.planning(asks, form_id, goals, if_then))

    async def planned(self, press: Press, guild: str, group: str, _fresh: str) -> None:
        key, goals, if_then = await self._key(press, guild), typed(press, "goals"), typed(press, "if_then")
        try:
            mine = await saying.plan_only(self._app, key, int(group), goals, if_then, self._app.now())
        except Refusal as refusal:
            texts = {form_words.NEXT: goals, form_words.WHEN: if_then}
            about = "checkin.plan.ask", guild, group, "fix"
            await own.answer(press, again.mistake(refusals.words(refusal), texts, *about))
        else:
            await own.answer(press, pages.plan(key.guild_id, mine, words.SAVED))


def _kept(mine: Mine) -> str:
    """Said once it is kept; a card for a pod that isn't there yet waits."""
    waits = mine.week is not None and mine.week.circle == "pod" and mine.week.card_place_id is None
    return f"{words.SAVED} {words.POD_COMING}" if waits else words.SAVED
