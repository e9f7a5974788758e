"""Things to try. Whether one is done is read from what people really did since the demo was opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.app import system_now
from bot.checkins.week import final_at, week_of
from bot.cli.demo import reading, reviews
from bot.cli.demo.story import DESIGN, PYTHON
from bot.cli.demo.weeks import PLACE, YOU
from sandbox import Sandbox
from sandbox.drafts import walk
from sandbox.model import Interaction, InteractionKind, Json
from sandbox.page.guide import Task

_CHANNEL_OPTION = 7
_A_WHILE = timedelta(minutes=30)
_WALKED = ("mend", "clock", "friday", "monday", "round", "review", "author", "wednesday", "again", "meet")


def tasks(opened: datetime, *, live: bool = False) -> tuple[Task, ...]:
    """The guide of a demo whose story ended at `opened`; what was pressed before does not count.

    live: without those that need a clock that is walked.
    """
    return tuple(task for task in _all(opened) if not (live and task.id in _WALKED))


def _all(opened: datetime) -> tuple[Task, ...]:
    *until_monday, wednesday = _week(opened)
    first = (*_members(opened), *_moderators(opened), _clock())
    return (*first, *until_monday, *_round(opened), wednesday, *_after(opened))


def _members(opened: datetime) -> tuple[Task, ...]:
    return (
        Task(
            "find",
            "Find jobs",
            "Send the command. It shows five openings, the newest first, to you alone.",
            lambda sandbox, _: any(_typed(sandbox, opened, "search")),
            type="/jobs search words: python",
            who="ana",
            place=PYTHON,
        ),
        Task(
            "eligible",
            "Ask whether you may apply",
            f"Look into #{PYTHON}. Press *More* below a card, then *Am I eligible?* Ana lives in Portugal.",
            lambda sandbox, _: any(_pressed(sandbox, opened, "jobs.eligible")),
            who="ana",
            place=PYTHON,
        ),
        Task(
            "save",
            "Keep one, and move it on",
            "Press *Save* below a card. Then send the command, press *Open*, and choose how far you are.",
            lambda sandbox, _: _both(sandbox, opened, "jobs.keep", "jobs.saved.stage"),
            type="/jobs saved",
            who="ana",
            place=PYTHON,
        ),
        Task(
            "alert",
            "Get a weekly alert",
            "Send the command, choose *Once a week*, then *Save*. It comes to you alone.",
            lambda sandbox, _: _weekly_saved(sandbox, opened),
            type="/jobs subscribe filter: python -senior",
            who="ana",
            place=PYTHON,
        ),
        Task(
            "market",
            "See the market",
            "Send the command. Which skills are asked for, what is paid, who may apply: of the last 30 days.",
            lambda sandbox, _: any(_typed(sandbox, opened, "market")),
            type="/jobs market",
            who="ana",
            place=PYTHON,
        ),
        Task(
            "why",
            "Ask why an opening is here",
            "Press *More* below a card, then *Why is it here?* Each step that it took is named.",
            lambda sandbox, _: any(_pressed(sandbox, opened, "jobs.why")),
            who="ana",
            place=PYTHON,
        ),
    )


def _moderators(opened: datetime) -> tuple[Task, ...]:
    return (
        Task(
            "channel",
            "Give a channel its jobs",
            "You are mo now, who manages this server. Let a channel follow jobs, and press *Save*.",
            lambda sandbox, _: _channel_saved(sandbox, opened),
            type="/jobs subscribe filter: support OR writer channel: start-here",
            who="mo",
            place="start-here",
        ),
        Task(
            "mend",
            "Let a paused channel go on",
            f"The bot was shut out of #{DESIGN}. It may speak there again: press *Go on* below its notice.",
            lambda sandbox, _: any(_pressed(sandbox, opened, "jobs.notice.resume")),
            who="mo",
            place="moderators",
        ),
    )


def _clock() -> Task:
    return Task(
        "clock",
        "Let a day pass",
        "Press *+1 day* at the clock. Boards publish, the bot reads them, and cards come in.",
        lambda sandbox, _: sandbox.clock.now() - system_now() > _A_WHILE,
        who="ana",
        place=PYTHON,
    )


def _week(opened: datetime) -> tuple[Task, ...]:
    return (
        Task(
            "friday",
            "Check in on Friday",
            "Press *To Friday 09:00*: the opener stands there. Press *Check in* below it, and send the form.",
            lambda sandbox, _: _checked_in(sandbox, opened) is not None,
            who=YOU,
            place=PLACE,
        ),
        Task(
            "monday",
            "Read Monday's digest",
            "Press *To Monday 18:00*. One message for all, of what was shown; nobody who was away is in it.",
            lambda sandbox, _: _digest_stands(sandbox, opened),
            who=YOU,
            place=PLACE,
        ),
        Task(
            "wednesday",
            "See your week settle",
            "Press *To Wednesday 12:00*, when nobody can be late any more. Then send the command.",
            lambda sandbox, _: _history_seen(sandbox, opened),
            type="/checkin history",
            who=YOU,
            place=PLACE,
        ),
    )


def _round(opened: datetime) -> tuple[Task, ...]:
    return (
        Task(
            "round",
            "Publish a round of reviews",
            "Five members want to be read. Press *Preview* below Monday's notice, then *Publish*.",
            lambda sandbox, _: any(_pressed(sandbox, opened, "rounds.publish")),
            who="mo",
            place="moderators",
        ),
        Task(
            "review",
            "Read a letter for Lena",
            "Send the command, press *Accept*, then *Open the board*. Answer each item, and send it.",
            lambda sandbox, _: _reviewed(sandbox, opened) is not None,
            type="/review status",
            who=YOU,
            place=reading.PLACE,
        ),
        Task(
            "author",
            "See what its author reads",
            "You are Lena now. Send the command, and press *Read it*.",
            lambda sandbox, _: _read_by_author(sandbox, opened),
            type="/review status",
            who=reviews.AUTHOR,
            place=reading.PLACE,
        ),
    )


def _after(opened: datetime) -> tuple[Task, ...]:
    return (
        Task(
            "again",
            "See somebody step in",
            "Bob never answered Mateo. On Wednesday at 12:00 Tariq reads instead: send the command as Mateo.",
            lambda sandbox, _: _replaced_seen(sandbox, opened),
            type="/review status",
            who=reviews.LET_DOWN,
            place=reading.PLACE,
        ),
        Task(
            "meet",
            "Meet somebody",
            "Send the command, and choose *Coffee chat*. Each Monday at 09:00 pairs are drawn.",
            lambda sandbox, _: _first(sandbox, opened, YOU, "meets.kinds") is not None,
            type="/meet join",
            who=YOU,
            place=reading.PLACE,
        ),
    )


def _reviewed(sandbox: Sandbox, opened: datetime) -> datetime | None:
    """When `YOU` sent a review first."""
    return _first(sandbox, opened, YOU, "review.send")


def _read_by_author(sandbox: Sandbox, opened: datetime) -> bool:
    since = _reviewed(sandbox, opened)
    return since is not None and _first(sandbox, since, reviews.AUTHOR, "review.read") is not None


def _replaced_seen(sandbox: Sandbox, opened: datetime) -> bool:
    """Has whom Bob let down looked, once somebody else had said yes?"""
    since = _first(sandbox, opened, reviews.INSTEAD, "review.accept")
    author = sandbox.member(reviews.LET_DOWN).user.id
    return since is not None and author in _typed(sandbox, since, "status")


def _first(sandbox: Sandbox, since: datetime, name: str, what: str) -> datetime | None:
    """When this person pressed first what begins so."""
    who, presses = sandbox.member(name).user.id, _since(sandbox, since, InteractionKind.COMPONENT)
    theirs = (one for one in presses if one.user_id == who)
    return min((one.made_at for one in theirs if _named(one) == what), default=None)


def _named(one: Interaction) -> str:
    return str(one.data["custom_id"]).split("/")[0]


def _checked_in(sandbox: Sandbox, opened: datetime) -> datetime | None:
    """When `YOU` sent the form of a check-in first; others do so by themselves."""
    you, forms = sandbox.member(YOU).user.id, _since(sandbox, opened, InteractionKind.MODAL)
    yours = [one for one in forms if one.user_id == you]
    sent = [one.made_at for one in yours if str(one.data["custom_id"]).startswith("checkin.form/")]
    return min(sent, default=None)


def _digest_stands(sandbox: Sandbox, opened: datetime) -> bool:
    """Of the week in which you checked in: a message that leads to the form and isn't the week's opener."""
    since = _checked_in(sandbox, opened)
    return since is not None and any(
        "checkin.now" in names and "checkin.when" not in names
        for message in sandbox.messages(PLACE)
        if message.sent_at > since
        for names in [{str(part.get("custom_id")).split("/")[0] for part in walk(message.components)}]
    )


def _history_seen(sandbox: Sandbox, opened: datetime) -> bool:
    since = _checked_in(sandbox, opened)
    if since is None:
        return False
    over = final_at(week_of(since, "UTC"))
    typed = _since(sandbox, opened, InteractionKind.COMMAND)
    return any(one.made_at >= over and _says(one, "history") for one in typed)


def _says(one: Interaction, name: str) -> bool:
    return any(option["name"] == name for option in one.data.get("options", ()))


def _since(sandbox: Sandbox, opened: datetime, kind: InteractionKind) -> Iterator[Interaction]:
    """What people did and the bot answered."""
    for one in sandbox.world.interactions.values():
        if one.kind is kind and one.made_at >= opened and one.answer is not None:
            yield one


def _pressed(sandbox: Sandbox, opened: datetime, what: str) -> Iterator[int]:
    """Who pressed a button, or chose in a menu, whose custom_id begins so."""
    for one in _since(sandbox, opened, InteractionKind.COMPONENT):
        if _named(one) == what:
            yield one.user_id


def _typed(sandbox: Sandbox, opened: datetime, name: str) -> Iterator[int]:
    """Who sent a subcommand of this name."""
    for one in _since(sandbox, opened, InteractionKind.COMMAND):
        if _says(one, name):
            yield one.user_id


def _both(sandbox: Sandbox, opened: datetime, first: str, second: str) -> bool:
    """Has somebody pressed the one and the other?"""
    pressed = set(_pressed(sandbox, opened, first))
    return any(who in pressed for who in _pressed(sandbox, opened, second))


def _weekly_saved(sandbox: Sandbox, opened: datetime) -> bool:
    weekly = {
        one.user_id
        for one in _since(sandbox, opened, InteractionKind.COMPONENT)
        if one.data.get("values") == ["weekly"]
    }
    return any(who in weekly for who in _pressed(sandbox, opened, "jobs.save"))


def _channel_saved(sandbox: Sandbox, opened: datetime) -> bool:
    named = {
        one.user_id
        for one in _since(sandbox, opened, InteractionKind.COMMAND)
        if any(option["type"] == _CHANNEL_OPTION for option in _options(one.data))
    }
    return any(who in named for who in _pressed(sandbox, opened, "jobs.save"))


def _options(data: Json) -> Iterator[Json]:
    """Every option of a command, those of subcommands too."""
    for option in data.get("options", ()):
        yield option
        yield from _options(option)
