"""What a check-up found, as lines for the person who runs the bot. Pure: facts in, lines out.

`ok` needs nothing, `look` wants an eye some time, `bad` keeps the bot from its work; each says what to do next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.cli.terminal import ago
from bot.deliveries.outcome import CODES
from bot.jobs import troubles
from bot.moderation import permissions
from bot.ports import FeedSpec, Trouble
from cogs.checkup import Seen, Server

Level = Literal["ok", "look", "bad"]

ROOM_MB = 100  # of free disk; below it a look is due
STALE = timedelta(days=2)  # no feed is read more seldom than daily
OVERDUE = timedelta(minutes=10)  # a delivery due for longer: nobody is sending
LATELY = timedelta(days=7)  # older cards that were given up are history
_SHOWN = 5  # names in one line


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    level: Level
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """A feed between two readings: `failures` in a row since `since`, the last of them for this `trouble`."""

    last_good_at: datetime | None
    failures: int = 0
    trouble: Trouble | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outbox:
    """How many deliveries are in which trouble. given_up: Discord's reason (a code of `outcome.CODES`) → how many."""

    given_up: Mapping[str, int]
    uncertain: int
    held: int
    overdue: int
    overdue_since: datetime | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """The channels in which a server hears us; both empty where only members follow something for themselves."""

    subscribed: frozenset[int]
    moderators: int | None

    @property
    def channels(self) -> set[int]:
        return {*self.subscribed, *([self.moderators] if self.moderators else [])}


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database tells. damage: SQLite's own words for what is broken in the file, none if it is whole."""

    damage: tuple[str, ...]
    feeds: Mapping[str, FeedHealth]
    outbox: Outbox
    servers: Mapping[int, Spoken]


NOTHING_KEPT = Kept((), {}, Outbox({}, 0, 0, 0, None), {})


# -- what lies on this machine -------------------------------------------------------------------


def settings(problems: Sequence[str]) -> list[Line]:
    """problems: those of SettingsError; with any, nothing else can be looked at."""
    if problems:
        return [Line("bad", "settings", f"{problem}. Mend it in the environment.") for problem in problems]
    return [Line("ok", "settings", "every variable can be read.")]


def book(file: str, mistakes: int, feeds: Sequence[FeedSpec]) -> Line:
    """The feed book: how many mistakes it has, or how many feeds."""
    if mistakes:
        counted = _count(mistakes, "mistake")
        return Line("bad", "feed book", f"{file} has {counted}. Run `outpost check` to see where.")
    on = sum(feed.enabled for feed in feeds)
    if not on:
        return Line("look", "feed book", f"{file} has no feed that is on. Enable one, or nothing is read.")
    return Line("ok", "feed book", f"{file}: {_count(len(feeds), 'feed')}, {on} on.")


def no_database(place: str, folder_is_there: bool) -> Line:
    """There is no SQLite file yet."""
    if not folder_is_there:
        return Line(
            "bad", "database", f"the folder of {place} does not exist. Make it, or change DATABASE_URL."
        )
    return Line("look", "database", f"there is none at {place} yet. It is made at the first run.")


def database(place: str, damage: Sequence[str]) -> list[Line]:
    """A database that could be opened."""
    if damage:
        shown = "; ".join(damage)
        return [Line("bad", "database", f"{place} is damaged ({shown}). Restore it from a backup.")]
    return [Line("ok", "database", f"{place} is up to date and can be written.")]


def disk(place: str, free_bytes: int) -> list[Line]:
    """Only told when there is little room."""
    if free_bytes >= ROOM_MB * 1_000_000:
        return []
    left = f"{free_bytes // 1_000_000} MB"
    return [Line("look", "disk", f"only {left} are free under {place}. Free some space before it is full.")]


# -- feeds and deliveries ------------------------------------------------------------------------


def feeds(book: Sequence[FeedSpec], known: Mapping[str, FeedHealth], now: datetime) -> Iterator[Line]:
    """Every feed in trouble, those never read, and when the last good reading was."""
    on = [feed for feed in book if feed.enabled]
    for feed in on:
        if (one := known.get(feed.id)) and one.trouble is not None:
            yield Line("look", "feeds", _trouble(feed.name, one, one.trouble, now))
    unread = [feed.name for feed in on if feed.id not in known or _never_read(known[feed.id])]
    if unread:
        verb = "was" if len(unread) == 1 else "were"
        yield Line(
            "look",
            "feeds",
            f"{_names(unread)} {verb} never read yet. Start the bot, or try `outpost doctor --fetch`.",
        )
    good = [one.last_good_at for feed in on if (one := known.get(feed.id)) and one.last_good_at]
    if not good:
        return
    last = ago(now - max(good))
    if now - max(good) > STALE:
        yield Line("look", "feeds", f"the last good reading was {last}. Check that the bot runs.")
    else:
        healthy = sum(1 for feed in on if (one := known.get(feed.id)) and _well(one))
        yield Line("ok", "feeds", f"{healthy} of {len(on)} read well; the last good reading was {last}.")


def read_now(answers: Sequence[tuple[FeedSpec, Trouble | int]]) -> Iterator[Line]:
    """What reading each feed just now gave: its trouble, or the number of its openings."""
    for feed, answer in answers:
        if isinstance(answer, Trouble):
            yield Line("look", "feeds now", f"asked just now: {troubles.words(answer, feed.name)}")
    good = [number for _, answer in answers if isinstance(number := answer, int)]
    if good:
        yield Line(
            "ok", "feeds now", f"{len(good)} of {len(answers)} can be read; they hold {sum(good)} openings."
        )


def _never_read(one: FeedHealth) -> bool:
    return one.last_good_at is None and one.trouble is None


def _well(one: FeedHealth) -> bool:
    return one.last_good_at is not None and one.trouble is None


def _trouble(name: str, one: FeedHealth, trouble: Trouble, now: datetime) -> str:
    began = ago(now - one.since) if one.since else "just now"
    last = f"last read well {ago(now - one.last_good_at)}" if one.last_good_at else "never read well"
    said = f"It began {began} ({_count(one.failures, 'failure')}), {last}."
    return f"{troubles.words(trouble, name)} {said}"


def deliveries(outbox: Outbox, now: datetime) -> Iterator[Line]:
    """What could not be said, may have been said, waits, or is late."""
    for code, number in sorted(outbox.given_up.items()):
        words = CODES.get(code, code)
        yield Line(
            "look",
            "deliveries",
            f"{_count(number, 'delivery')} of the last week given up: {words}. See the log.",
        )
    if outbox.uncertain:
        yield Line(
            "look",
            "deliveries",
            f"{_count(outbox.uncertain, 'delivery')} may or may not have arrived. "
            "Grant Read Message History in every channel, so that the bot can look.",
        )
    if outbox.held:
        wait = "waits" if outbox.held == 1 else "wait"
        yield Line(
            "look",
            "deliveries",
            f"{_count(outbox.held, 'card')} {wait} for a paused subscription. Resume or stop it in /jobs alerts.",
        )
    if outbox.overdue:
        since = ago(now - outbox.overdue_since) if outbox.overdue_since else "just now"
        yield Line(
            "look",
            "deliveries",
            f"{_count(outbox.overdue, 'delivery')} overdue, the oldest was due {since}. "
            "Start the bot, or read its log if it runs.",
        )
    if not (outbox.given_up or outbox.uncertain or outbox.held or outbox.overdue):
        yield Line("ok", "deliveries", "nothing is stuck.")


# -- Discord -------------------------------------------------------------------------------------


def no_token() -> Line:
    return Line(
        "look",
        "token",
        "DISCORD_TOKEN is not set, so Discord was not asked. Set it, or try `outpost demo`, which needs none.",
    )


def discord(answer: Seen | Trouble, servers: Mapping[int, Spoken] | None) -> Iterator[Line]:
    """The token, then each server in which the bot has something to say; None: the database didn't tell which."""
    if isinstance(answer, Trouble):
        yield Line("bad", "token", _token_words(answer))
        return
    yield Line("ok", "token", f"Discord knows it as {answer.bot}.")
    if servers is None:
        yield Line("look", "permissions", "not looked at: the database names the channels. Mend it first.")
        return
    if not servers:
        yield Line("ok", "permissions", "no server has a subscription yet. Begin with /jobs subscribe there.")
    for server_id, spoken in servers.items():
        yield from _server(server_id, answer.servers.get(server_id), spoken)


def _token_words(trouble: Trouble) -> str:
    if trouble.code == "unauthorized":
        return "Discord refused it. Make a new one in the developer portal and put it into DISCORD_TOKEN."
    return f"Discord can't be asked. {trouble.detail} Check the network and DISCORD_API_BASE, then try again."


def _server(server_id: int, server: Server | None, spoken: Spoken) -> Iterator[Line]:
    if server is None:
        yield Line(
            "bad",
            "permissions",
            f"the bot is not in server {server_id}, where it is to post. Invite it there again.",
        )
        return
    lacking = [line for channel in sorted(spoken.channels) for line in _channel(channel, server, spoken)]
    yield from lacking
    if not lacking:
        places = _count(len(spoken.channels), "channel")
        yield Line("ok", "permissions", f"{server.name}: nothing is missing in {places}.")


def _channel(channel_id: int, server: Server, spoken: Spoken) -> Iterator[Line]:
    place = server.places.get(channel_id)
    if place is None:
        if channel_id in spoken.subscribed:
            words = "a subscribed channel is gone. Move or stop the subscription with /jobs alerts there."
            yield Line("bad", "permissions", f"{server.name}: {words}")
        if channel_id == spoken.moderators:
            words = "the moderators' channel is gone. Choose another with /setup there."
            yield Line("bad", "permissions", f"{server.name}: {words}")
    elif place.missing:
        named = permissions.named(place.missing)
        yield Line(
            "bad",
            "permissions",
            f"{server.name}, #{place.name}: the bot lacks {named}. Grant it under {permissions.WHERE}.",
        )


# -- words ---------------------------------------------------------------------------------------


def _count(number: int, noun: str) -> str:
    plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def _names(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
