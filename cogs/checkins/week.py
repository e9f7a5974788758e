"""What can be done with my check-in beside writing it: tick, who sees it, take it back, ask, keep a result."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from discord import ui

from bot.app import App
from bot.checkins.flow import results, saying
from bot.checkins.joining import Mine
from bot.checkins.plan import MAX_ANSWER, MAX_IDEAS, MAX_WIN
from bot.checkins.values import MemberWeek
from bot.people.members import Key
from bot.ports import Part
from bot.refusals import Refusal
from cogs import refusals
from cogs.checkins import form, mine_pages, now, own
from cogs.checkins import week_pages as pages
from cogs.checkins.form import Small
from cogs.checkins.mine_pages import circle_of
from cogs.checkins.own import Press
from cogs.checkins.words import form as form_words
from cogs.checkins.words import mine as words
from cogs.gate import escape
from cogs.people import again
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

Keep = Callable[[App, Key, int, str, datetime], Awaitable[MemberWeek]]

KEEP: Mapping[str, Keep] = {"ideas": saying.ask_ideas, "win": saying.win, "answer": saying.answer}
SMALL: Mapping[str, Small] = {
    "ideas": Small(form_words.IDEAS_TITLE, Part(form_words.IDEAS, form_words.IDEAS_HINT), MAX_IDEAS),
    "win": Small(form_words.WIN_TITLE, Part(form_words.WIN, form_words.WIN_HINT), MAX_WIN),
    "answer": Small(
        form_words.ANSWER_TITLE, Part(form_words.ANSWER, form_words.ANSWER_HINT), MAX_ANSWER, is_long=True
    ),
}


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "checkin.last": forms.last,
        "checkin.tick": forms.tick,
        "checkin.ticked": forms.ticked,
        "checkin.sees": forms.sees,
        "checkin.seen": forms.seen,
        "checkin.delete": forms.delete,
        "checkin.deleted": forms.deleted,
        "checkin.more": forms.more,
        "checkin.ask": forms.ask,
        "checkin.asked": forms.asked,
        "checkin.enough": forms.enough,
        "checkin.pin": forms.pin,
        "checkin.pinned": forms.pinned,
        "checkin.numbers": forms.numbers,
        "checkin.again": forms.again,
    }


class Forms(own.Forms):
    async def last(self, press: Press, guild: str, group: str, week: str) -> None:
        """The card of a week that is over."""
        await self._show(press, guild, group, week, mine_pages.card)

    # -- tick ------------------------------------------------------------------------------------

    async def tick(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(press, pages.tick(key.guild_id, mine))

    async def ticked(self, press: Press, guild: str, group: str, plan: str) -> None:
        key = await self._key(press, guild)
        done = [int(one) for one in chosen(press)]
        await saying.tick(self._app, key, int(plan), done, self._app.now())
        await self.tick(press, guild, group)

    # -- who sees it, taking it back -------------------------------------------------------------

    async def sees(self, press: Press, guild: str, group: str, week: str) -> None:
        await self._show(press, guild, group, week, pages.sees)

    async def seen(self, press: Press, guild: str, group: str, week: str, letter: str) -> None:
        key = await self._key(press, guild)
        await saying.change_circle(self._app, key, int(week), circle_of(letter), self._app.now())
        await self._back(press, guild, group)

    async def delete(self, press: Press, guild: str, group: str, week: str) -> None:
        await self._show(press, guild, group, week, pages.asks_to_delete)

    async def deleted(self, press: Press, guild: str, group: str, week: str, how: str) -> None:
        key = await self._key(press, guild)
        await saying.withdraw(self._app, key, int(week), self._app.now(), erase=how == "erase")
        await self._back(press, guild, group)

    # -- more ------------------------------------------------------------------------------------

    async def more(self, press: Press, guild: str, group: str, week: str) -> None:
        await self._show(press, guild, group, week, pages.more)

    async def ask(self, press: Press, guild: str, group: str, week: str, what: str) -> None:
        """One field: ideas, a win, or the answer to the group's own question."""
        _, mine, one = await self._week(press, guild, group, week)
        small = SMALL[what]
        if what == "answer":
            small = small.about(pages.question_of(mine, one))
        text = again.typed_before(press).get(SMALL[what].part.label, getattr(one.said, what))
        form_id = custom_id("checkin.asked", guild, group, week, what, fresh())
        await form.ask(press, form.small(small, form_id, text))

    async def asked(self, press: Press, guild: str, group: str, week: str, what: str, _fresh: str) -> None:
        key, text = await self._key(press, guild), typed(press, "text")
        try:
            await KEEP[what](self._app, key, int(week), text, self._app.now())
        except Refusal as refusal:
            typed_before = {SMALL[what].part.label: text}
            about = "checkin.ask", guild, group, week, what
            await own.answer(press, again.mistake(refusals.words(refusal), typed_before, *about))
        else:
            await self._show(press, guild, group, week, pages.more)

    async def enough(self, press: Press, guild: str, group: str, week: str) -> None:
        """Nothing is asked for any more."""
        key = await self._key(press, guild)
        await saying.ask_ideas(self._app, key, int(week), "", self._app.now())
        await self._show(press, guild, group, week, pages.more)

    async def again(self, press: Press, guild: str, group: str, week: str) -> None:
        """The card was deleted: it is posted once more."""
        key = await self._key(press, guild)
        await saying.post_again(self._app, key, int(week), self._app.now())
        await self._back(press, guild, group, words.POSTED_AGAIN)

    # -- results ---------------------------------------------------------------------------------

    async def pin(self, press: Press, guild: str, group: str, week: str) -> None:
        await self._show(press, guild, group, week, pages.pin)

    async def pinned(self, press: Press, guild: str, group: str, week: str) -> None:
        key, number = await self._key(press, guild), int(chosen(press)[0])
        kept = await results.pin_goal(self._app, key, int(week), number, self._app.now())
        await self._back(press, guild, group, words.pinned(escape(kept.text, 200)))

    async def numbers(self, press: Press, guild: str, group: str, week: str) -> None:
        """What my list counted in this week becomes one of my results."""
        key, mine, one = await self._week(press, guild, group, week)
        line = mine_pages.numbers_line(mine, one)
        if not line:
            await self._back(press, guild, group)
            return
        kept = await results.pin(self._app, key, line, one.week, self._app.now())
        await self._back(press, guild, group, words.pinned(escape(kept.text, 200)))

    # -- parts -----------------------------------------------------------------------------------

    async def _show(
        self,
        press: Press,
        guild: str,
        group: str,
        week: str,
        draw: Callable[[int, Mine, MemberWeek], ui.LayoutView],
    ) -> None:
        key, mine, one = await self._week(press, guild, group, week)
        await own.answer(press, draw(key.guild_id, mine, one))

    async def _back(self, press: Press, guild: str, group: str, said: str = "") -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(press, now.page(key.guild_id, mine, said))
