"""A town where people read for each other: members known for a week, readers, cover letters that wait, a round."""

from __future__ import annotations

from datetime import timedelta

from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.reviews import answers
from bot.reviews.asking import Draft
from bot.reviews.flow import asking, documents, giving, rounds, settings
from bot.reviews.values import Kind, Mode, Request
from sandbox import Reply
from sandbox.model import Overwrite
from sandbox.permissions import Permission
from tests.end_to_end.town import Town

CHANNEL = "reviews"
POSTING = "Data Engineer at a company that hires in all of Europe"
WORDS = "I have moved fourteen services to a new platform, and I write the notes by which four teams decide."
LINE = "I have moved fourteen services to a new platform"
WEEK, DAY, MINUTE = timedelta(weeks=1), timedelta(days=1), timedelta(minutes=1)
KINDS: tuple[Kind, ...] = ("resume", "letter")


def who(town: Town, name: str) -> Person:
    actor = town.sandbox.member(name)
    return Person(actor.user.id, actor.guild.id, manages=name == "mo", locale="en-US")


def key(town: Town, name: str) -> Key:
    return Key(town.sandbox.guild.id, town.sandbox.member(name).user.id)


def channel_id(town: Town, name: str = CHANNEL) -> int:
    return next(one.id for one in town.sandbox.guild.channels.values() if one.name == name)


def may_open_threads(town: Town) -> None:
    """A moderator has granted what the bot lacks by itself."""
    world = town.sandbox.world
    allowed = Overwrite(world.bot.id, 1, allow=Permission.MANAGE_THREADS)
    world.set_overwrite(town.sandbox.channel(CHANNEL), allowed)


async def turned_on(town: Town, *, zone: str = "UTC") -> None:
    """Reviews are on, everybody has been here for eight days, and rounds come when a moderator opens them."""
    may_open_threads(town)
    town.sandbox.clock.move(timedelta(days=8))
    app = town.bot.app
    await settings.choose_channel(app, who(town, "mo"), channel_id(town), (), app.now())
    await settings.change(app, who(town, "mo"), app.now(), zone=zone, weekly=False)


async def known(town: Town, *names: str, letters: bool = False) -> None:
    """These have been here for long and don't search in private. letters: they let the bot write to them."""
    app = town.bot.app
    for name in names:
        await members.met(app, who(town, name), app.now(), joined_at=app.now() - 30 * DAY)
        await members.change(app, key(town, name), app.now(), private=False)
        if letters:
            await members.consent(app, key(town, name), app.now())
            await members.set_door(app, key(town, name), "dm_names", True, app.now())


async def reads(town: Town, *names: str, capacity: int = 2) -> None:
    """These read for others, and have read the sample."""
    app = town.bot.app
    rubric = app.rubrics["resume"]
    sheet = answers.blank(rubric)
    for item in rubric.items:
        sheet = answers.marked(sheet, item.id, "yes", app.now())
    for name in names:
        await giving.join(app, who(town, name), capacity, KINDS, ("en",), app.now())
        await giving.sample_done(app, key(town, name), sheet, rubric, app.now())


async def asks(town: Town, name: str, *, mode: Mode = "open", needs: int = 1) -> Request:
    """Their cover letter waits in a thread."""
    app = town.bot.app
    text = f"{WORDS} {name}"
    draft = Draft("letter", needs, "en", mode, "round", POSTING, "Is it too long?", text=text)
    request = await asking.hand_in(app, who(town, name), draft, app.rubrics["letter"].needs, app.now())
    assert await documents.place(app, request.id, None, app.now()) is None
    return request


async def drawn(town: Town) -> int:
    """A round is opened and drawn; gives its id."""
    app = town.bot.app
    one = await rounds.open_round(app, who(town, "mo"), app.now())
    await town.beat(MINUTE)
    return one.id


async def published(town: Town) -> None:
    """A round is opened, drawn and published; whoever is asked has heard of it."""
    app, number = town.bot.app, await drawn(town)
    await rounds.publish(app, who(town, "mo"), number, "Remote together", app.now())
    await town.beat(MINUTE)


async def tasks(town: Town, name: str) -> tuple[asking.Task, ...]:
    """What they are asked to read, or read."""
    return (await asking.mine(town.bot.app, key(town, name), town.bot.app.now())).tasks


def letter(town: Town, name: str, button: str) -> Reply:
    """The newest direct message to them with this button."""
    return [one for one in town.sandbox.member(name).sees_in_dm() if button in one.buttons][-1]
