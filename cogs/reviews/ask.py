"""What `/review request` does: the page with all that is to be known before, and its choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.app import App
from bot.people.flow import members
from bot.people.members import Key
from bot.reviews.flow import asking, documents
from bot.reviews.pool import EVERYBODY_READS
from bot.reviews.values import KINDS, Kind, Mode
from cogs.people import here
from cogs.person import person
from cogs.presses import chosen
from cogs.reviews import ask_pages as pages
from cogs.reviews import own
from cogs.reviews.ask_pages import Before, Choice, read_choice
from cogs.reviews.own import Press
from cogs.router import Handler

MOST_LANGUAGES = 9  # of a profile, and English


async def home(app: App, press: Press, key: Key) -> None:
    """The page as it is proposed: a resume, for two readers, without a name for who searches in private."""
    await here.known(app, press, key)
    await documents.may_place(app, key.guild_id, app.now())
    before = await asking.may_ask(app, key, app.now())
    if before.current is not None:
        await own.answer(press, pages.open_already(key.guild_id))
        return
    tongues = await languages(app, key)
    kind = next(iter(app.rubrics), KINDS[0])
    await _show(app, press, key, Choice(kind, before.mode, 2, "soon", tongues[0]))


async def languages(app: App, key: Key) -> tuple[str, ...]:
    """Those of their profile, English at least."""
    told = (await members.profile(app, key)).languages
    return tuple(dict.fromkeys((*told, EVERYBODY_READS)))[:MOST_LANGUAGES]


async def _show(app: App, press: Press, key: Key, choice: Choice) -> None:
    before = await asking.may_ask(app, key, app.now())
    keepers = own.keepers(press, key.guild_id, before.settings.channel_id)
    shown = Before(choice, before, app.rubrics, await languages(app, key), keepers)
    await own.answer(press, pages.request(key.guild_id, shown))


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this page and the function that answers it."""
    forms = Forms(app)
    return {
        "panel.review": forms.panel,
        "review.request": forms.request,
        "review.ask": forms.ask,
        "review.ask.kind": forms.kind,
        "review.ask.mode": forms.mode,
        "review.ask.language": forms.language,
    }


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def panel(self, press: Press, *_nonce: str) -> None:
        """What `/review request` would open here."""
        who = person(press)
        await home(self._app, press, Key(who.guild_id, who.id))

    async def request(self, press: Press, guild: str, *_nonce: str) -> None:
        await home(self._app, press, await self._key(press, guild))

    async def ask(self, press: Press, guild: str, choice: str) -> None:
        await _show(self._app, press, await self._key(press, guild), read_choice(choice))

    async def kind(self, press: Press, guild: str, choice: str) -> None:
        kind: Kind = next((one for one in KINDS if one in chosen(press)), "resume")
        await self._with(press, guild, replace(read_choice(choice), kind=kind))

    async def mode(self, press: Press, guild: str, choice: str) -> None:
        mode: Mode = "open" if "open" in chosen(press) else "blind"
        await self._with(press, guild, replace(read_choice(choice), mode=mode))

    async def language(self, press: Press, guild: str, choice: str) -> None:
        tag = next(iter(chosen(press)), EVERYBODY_READS)
        await self._with(press, guild, replace(read_choice(choice), language=tag))

    async def _with(self, press: Press, guild: str, choice: Choice) -> None:
        await _show(self._app, press, await self._key(press, guild), choice)
