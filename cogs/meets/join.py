"""What `/meet join` does: into the draws of a kind, what to talk about, weeks off, out again."""

from __future__ import annotations

from collections.abc import Mapping

from bot.app import App
from bot.meets.flow import joining as flow
from bot.meets.flow.joining import Mine
from bot.meets.kinds import KINDS
from bot.meets.values import Kind, Role
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from cogs.checkins.own import Press, answer
from cogs.meets import join_pages as pages
from cogs.people import here
from cogs.presses import chosen
from cogs.router import Handler


async def home(app: App, press: Press, key: Key) -> None:
    await here.known(app, press, key)
    seen = await flow.overview(app, key, app.now())
    await answer(press, pages.join(key.guild_id, seen.on))


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "meets.join": forms.home,
        "meets.kinds": forms.kind_chosen,
        "meets.role": forms.role_chosen,
        "meets.kind": forms.kind,
        "meets.topics": forms.topics,
        "meets.most": forms.most,
        "meets.skip": forms.skip,
        "meets.pause": forms.pause,
        "meets.resume": forms.resume,
        "meets.letters": forms.letters,
        "meets.leave": forms.leave,
        "meets.left": forms.left,
    }


def kind_of(text: str) -> Kind:
    """As an id or a menu spells it; one that nobody offers any more is one they are not in."""
    for kind in KINDS:
        if kind == text:
            return kind
    raise Refusal("meeting_over")


def role_of(text: str) -> Role:
    return "mentor" if text == "mentor" else "mentee"


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def home(self, press: Press, guild: str) -> None:
        await home(self._app, press, await self._key(press, guild))

    # -- joining ---------------------------------------------------------------------------------

    async def kind_chosen(self, press: Press, guild: str) -> None:
        """Whoever chooses has joined; of a mentor it is asked which side."""
        key, kind = await self._key(press, guild), kind_of(chosen(press)[0])
        if KINDS[kind].roles:
            await answer(press, pages.roles(key.guild_id))
        else:
            await self._show(press, guild, await flow.join(self._app, key, kind, self._app.now()))

    async def role_chosen(self, press: Press, guild: str, role: str) -> None:
        key = await self._key(press, guild)
        mine = await flow.join(self._app, key, "mentor", self._app.now(), role_of(role))
        await self._show(press, guild, mine)

    async def kind(self, press: Press, guild: str, kind: str) -> None:
        key = await self._key(press, guild)
        await self._show(press, guild, await flow.one(self._app, key, kind_of(kind), self._app.now()))

    async def _show(self, press: Press, guild: str, mine: Mine) -> None:
        member = await self._known(press, guild)
        await answer(press, pages.kind(member.key.guild_id, mine, member))

    # -- choosing --------------------------------------------------------------------------------

    async def topics(self, press: Press, guild: str, kind: str) -> None:
        key, now = await self._key(press, guild), self._app.now()
        mine = await flow.choose_topics(self._app, key, kind_of(kind), chosen(press), now)
        await self._show(press, guild, mine)

    async def most(self, press: Press, guild: str, kind: str) -> None:
        key, number = await self._key(press, guild), int(chosen(press)[0])
        mine = await flow.choose_most(self._app, key, kind_of(kind), number, self._app.now())
        await self._show(press, guild, mine)

    async def letters(self, press: Press, guild: str, kind: str) -> None:
        """Their own press lets me write to them, as in /me settings."""
        await members.consent(self._app, await self._key(press, guild), self._app.now())
        await self.kind(press, guild, kind)

    # -- time off --------------------------------------------------------------------------------

    async def skip(self, press: Press, guild: str, kind: str) -> None:
        key = await self._key(press, guild)
        await self._show(press, guild, await flow.skip(self._app, key, kind_of(kind), self._app.now()))

    async def pause(self, press: Press, guild: str, kind: str) -> None:
        key, weeks = await self._key(press, guild), int(chosen(press)[0])
        mine = await flow.pause(self._app, key, kind_of(kind), weeks, self._app.now())
        await self._show(press, guild, mine)

    async def resume(self, press: Press, guild: str, kind: str) -> None:
        key = await self._key(press, guild)
        await self._show(press, guild, await flow.resume(self._app, key, kind_of(kind), self._app.now()))

    # -- leaving ---------------------------------------------------------------------------------

    async def leave(self, press: Press, guild: str, kind: str) -> None:
        key = await self._key(press, guild)
        await answer(press, pages.leaving(key.guild_id, kind_of(kind)))

    async def left(self, press: Press, guild: str, kind: str) -> None:
        key = await self._key(press, guild)
        await flow.leave(self._app, key, kind_of(kind), self._app.now())
        await answer(press, pages.left(key.guild_id, kind_of(kind)))
