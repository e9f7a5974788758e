"""A story as data: who does what, when; and the few lines that let actors do it. They may only what a person may."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from sandbox import Actor, Modal, Reply, Sandbox
from sandbox.drafts import walk
from sandbox.model import Message
from sandbox.permissions import Permission

OF_BOT = "newest card"  # as a mark: the newest message of the bot for all, where somebody looks


@dataclass(slots=True)
class Scene:
    """What the story has brought about so far. marks: messages by the name that the story gave them."""

    sandbox: Sandbox
    marks: dict[str, Message] = field(default_factory=dict)
    looks: dict[str, Reply | Modal] = field(default_factory=dict)  # person → what the bot answered them last

    def marked(self, mark: str, who: Actor) -> Message:
        """The message that bears this mark. Raises LookupError when the story has come to none."""
        if mark != OF_BOT:
            return self.marks[mark]
        bot_id = self.sandbox.world.bot.id
        seen = [one.message for one in who.sees(who.place.name) if not one.ephemeral]
        mine = [one for one in seen if one.author_id == bot_id]
        if not mine:
            raise LookupError(f"There is no card in #{who.place.name} yet.")
        return mine[-1]


class Act(Protocol):
    """Something that a person does."""

    async def by(self, who: Actor, scene: Scene) -> None:
        """Let this person do it. Raises CannotDo when they may not."""
        ...


@dataclass(frozen=True, slots=True)
class Says:
    """An ordinary message. mark: its name in the story; to: the mark it replies to; files: name → text."""

    place: str
    text: str
    mark: str = ""
    to: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    async def by(self, who: Actor, scene: Scene) -> None:
        who.go(self.place)
        to = scene.marked(self.to, who) if self.to else None
        files = [(name, text.encode()) for name, text in self.files.items()]
        scene.marks[self.mark] = who.say(_mentioning(scene.sandbox, self.text), files=files, reply_to=to)


@dataclass(frozen=True, slots=True)
class Posts:
    """A post in a forum, whose title is from then on the name of a place."""

    forum: str
    title: str
    text: str
    tags: tuple[str, ...] = ()

    async def by(self, who: Actor, scene: Scene) -> None:
        who.post_in(self.forum, self.title, self.text, tags=self.tags)


@dataclass(frozen=True, slots=True)
class StartsThread:
    """A thread from a message; its name is from then on the name of a place."""

    place: str
    mark: str
    name: str

    async def by(self, who: Actor, scene: Scene) -> None:
        who.go(self.place)
        who.start_thread(self.name, on=scene.marked(self.mark, who))


@dataclass(frozen=True, slots=True)
class Reacts:
    """One emoji below a message."""

    place: str
    mark: str
    emoji: str

    async def by(self, who: Actor, scene: Scene) -> None:
        who.go(self.place)
        who.react(scene.marked(self.mark, who), self.emoji)


@dataclass(frozen=True, slots=True)
class Pins:
    """A pinned message."""

    mark: str

    async def by(self, who: Actor, scene: Scene) -> None:
        who.pin(scene.marked(self.mark, who))


@dataclass(frozen=True, slots=True)
class Types:
    """A slash command."""

    place: str
    command: str
    options: Mapping[str, str] = field(default_factory=dict)

    async def by(self, who: Actor, scene: Scene) -> None:
        scene.looks[who.user.name] = await who.go(self.place).slash(self.command, **self.options)


@dataclass(frozen=True, slots=True)
class Presses:
    """A button of what the bot has just answered them."""

    label: str

    async def by(self, who: Actor, scene: Scene) -> None:
        scene.looks[who.user.name] = await _page(scene, who).click(self.label)


@dataclass(frozen=True, slots=True)
class Chooses:
    """An entry in a menu of what the bot has just answered them."""

    menu: str
    entry: str

    async def by(self, who: Actor, scene: Scene) -> None:
        scene.looks[who.user.name] = await _page(scene, who).choose(self.menu, self.entry)


@dataclass(frozen=True, slots=True)
class ChoosesTomorrow:
    """The weekday after this one, in a menu of what the bot has just answered them. entry: with {day} in it."""

    menu: str
    entry: str

    async def by(self, who: Actor, scene: Scene) -> None:
        day = scene.sandbox.clock.now() + timedelta(days=1)
        await Chooses(self.menu, self.entry.format(day=f"{day:%A}")).by(who, scene)


@dataclass(frozen=True, slots=True)
class OnCard:
    """A button of the newest card in a channel; what the bot answers is theirs alone."""

    place: str
    label: str

    async def by(self, who: Actor, scene: Scene) -> None:
        card = Reply(who.go(self.place), scene.marked(OF_BOT, who))
        scene.looks[who.user.name] = await card.click(self.label)


@dataclass(frozen=True, slots=True)
class Fills:
    """The form that the bot has just opened for them, sent. values: label → text."""

    values: Mapping[str, str]

    async def by(self, who: Actor, scene: Scene) -> None:
        form = scene.looks[who.user.name]
        if not isinstance(form, Modal):
            raise LookupError(f"{who.user.name} has no form to fill.")
        scene.looks[who.user.name] = await form.submit(self.values)


@dataclass(frozen=True, slots=True)
class ChecksIn:
    """The form of the newest week that is open in a channel, sent. done: so many of the planned goals are done."""

    learned: str
    goals: str
    if_then: str = ""
    done: int = 1
    place: str = "check-ins"

    async def by(self, who: Actor, scene: Scene) -> None:
        openers = [one for one in who.go(self.place).sees(self.place) if "Skip this week" in one.buttons]
        if not openers:
            raise LookupError(f"No week stands in #{self.place}.")
        form = await openers[-1].click("Check in")
        if isinstance(form, Reply) and "My group" in form.buttons:  # who sees it is asked once
            form = await form.click("My group")
        if not isinstance(form, Modal):
            raise LookupError(f"{who.user.name} has checked in already.")
        told: dict[str, object] = {"learned": self.learned, "goals": self.goals, "if_then": self.if_then}
        for part in walk(form.form["components"]):
            if part.get("custom_id") == "done":
                told["done"] = [option["value"] for option in part["options"][: self.done]]
        scene.looks[who.user.name] = await form.submit(told)


@dataclass(frozen=True, slots=True)
class Forbids:
    """Somebody who manages channels takes a permission away from the bot."""

    place: str
    permission: Permission

    async def by(self, who: Actor, scene: Scene) -> None:
        scene.sandbox.deny(self.place, self.permission)


@dataclass(frozen=True, slots=True)
class Allows:
    """And gives it back."""

    place: str
    permission: Permission

    async def by(self, who: Actor, scene: Scene) -> None:
        scene.sandbox.allow(self.place, self.permission)


def _mentioning(sandbox: Sandbox, text: str) -> str:
    """The names of channels as Discord's clients send them."""
    ids = {channel.name: channel.id for channel in sandbox.guild.channels.values()}
    return re.sub(r"#([a-z-]+)", lambda name: f"<#{ids[name[1]]}>", text)


def _page(scene: Scene, who: Actor) -> Reply:
    page = scene.looks.get(who.user.name)
    if not isinstance(page, Reply):
        raise LookupError(f"{who.user.name} has nothing to press.")
    return page


# -- when ----------------------------------------------------------------------------------------

Step = tuple[str, str, Act]
"""("HH:MM" in UTC, who, what)."""


_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day. date: that day, given today."""

    date: Callable[[date], date]
    steps: Sequence[Step]


def ago(days: int, *steps: Step) -> Day:
    """A day counted back from today; 1 is yesterday."""
    return Day(lambda today: today - timedelta(days=days), steps)


def on(weeks: int, name: str, *steps: Step) -> Day:
    """A day of an earlier week; 1 is the week before this one, which began on Monday."""
    shift = timedelta(days=_WEEK.index(name), weeks=-weeks)
    return Day(lambda today: today - timedelta(days=today.weekday()) + shift, steps)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happens, with its moment."""

    at: datetime
    who: str
    act: Act


def moments(days: Iterable[Day], now: datetime) -> list[Moment]:
    """The story's moments in order; today is the day of `now` (aware UTC)."""
    found = []
    for day in days:
        for at, who, act in day.steps:
            moment = datetime.combine(day.date(now.date()), time.fromisoformat(at), now.tzinfo)
            found.append(Moment(moment, who, act))
    return sorted(found, key=lambda moment: moment.at)


async def play(scene: Scene, story: Iterable[Moment], go: Callable[[datetime], Awaitable[None]]) -> None:
    """Let it happen; `go` lets time pass up to a moment. Several things of one minute are seconds apart."""
    last = None
    for moment in story:
        if moment.at != last:
            await go(moment.at)
        last = moment.at
        await moment.act.by(scene.sandbox.member(moment.who), scene)
