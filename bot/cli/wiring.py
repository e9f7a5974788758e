"""The one place where the parts are put together: settings in, a running bot out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.app import App, system_now
from bot.checkins.book import open_prompts
from bot.checkins.flow import notices, outages, places, pods, reminders, weeks
from bot.deliveries.flow import Sender, send_due
from bot.deliveries.pace import TokenBucket
from bot.heartbeat import Duty, Heartbeat
from bot.jobs.flow import alerts_out, audience, digests, feeds, knows, life, promises, retention, turning
from bot.jobs.reading.book import open_book
from bot.jobs.reading.fetch import Fetcher
from bot.jobs.reading.reader import Reader
from bot.meets.book import open_meets
from bot.meets.flow import drawing, meetings, threads
from bot.meets.flow import parting as apart
from bot.meets.values import Meets
from bot.moderation import flow as servers
from bot.people.flow import cases, introductions, presence, privacy
from bot.people.flow import retention as member_retention
from bot.ports import DEFAULT_AGENT, FeedSpec, Now, Prompts, Resource
from bot.resources.book import open_list
from bot.reviews.book import open_rubrics
from bot.reviews.flow import documents, parting, readings, rounds
from bot.reviews.rubric import Rubrics
from bot.settings import DISCORD_API, Settings, expected
from bot.storage import Store, migrate
from bot.storage.key import keep_key, key_file
from bot.storage.sole import sole_bot
from bot.workers import Pool
from cogs import checkins, jobs, meets, moderation, people, reviews
from cogs.address import point_at
from cogs.client import Outpost
from cogs.messenger import DiscordMessenger

SUBJECTS = (jobs, people, checkins, reviews, meets, moderation)  # those that have something to say


@dataclass(frozen=True, slots=True)
class Bot:
    """Everything that runs: the parts, Discord's client, and what beats."""

    app: App
    client: Outpost
    heartbeat: Heartbeat
    sender: Sender


def load_book(settings: Settings) -> tuple[FeedSpec, ...]:
    """The feed book that the settings name, read under this bot's name. Raises BookError with every mistake."""
    return tuple(
        replace(feed, user_agent=settings.bot_name) if feed.user_agent == DEFAULT_AGENT else feed
        for feed in open_book(settings.feeds_file)
    )


def load_resources(settings: Settings) -> tuple[Resource, ...]:
    """What `/resources` lists; nothing where there is no such file and none was named. Raises BookError."""
    file = expected(settings.resources_file, named="resources_file" in settings.model_fields_set)
    return open_list(file) if file else ()


def load_prompts(settings: Settings) -> Prompts:
    """The words of check-ins; none where there is no such file and none was named. Raises BookError."""
    file = expected(settings.prompts_file, named="prompts_file" in settings.model_fields_set)
    return open_prompts(file) if file else Prompts()


def load_rubrics(settings: Settings) -> Rubrics:
    """What readers are asked; nothing where there is no such folder and none was named. Raises BookError."""
    folder = expected(settings.rubrics_folder, named="rubrics_folder" in settings.model_fields_set)
    return open_rubrics(folder) if folder else {}


def load_meets(settings: Settings) -> Meets:
    """Question sets and debriefs; none where there is no such file and none was named. Raises BookError."""
    file = expected(settings.meets_file, named="meets_file" in settings.model_fields_set)
    return open_meets(file) if file else Meets()


@asynccontextmanager
async def assembled(
    settings: Settings, *, now: Now = system_now, allow: frozenset[tuple[str, int]] = frozenset()
) -> AsyncIterator[Bot]:
    """The bot, put together and not yet connected; the database is brought up to date first.

    allow: exact (host, port) pairs on this machine that feeds may be read from; for the demo and tests only.
    """
    book, resources, prompts = load_book(settings), load_resources(settings), load_prompts(settings)
    rubrics, meets = load_rubrics(settings), load_meets(settings)
    point_at(settings.api_base, settings.gateway_url)
    async with contextlib.AsyncExitStack() as parts:
        await parts.enter_async_context(sole_bot(settings.database_url))
        await migrate.upgrade(settings.database_url)
        store = await Store.open(settings.database_url)
        parts.push_async_callback(store.close)
        workers = Pool()
        parts.push_async_callback(workers.close)
        fetcher = Fetcher(allow=allow, contact=settings.contact_url)
        parts.push_async_callback(fetcher.close)
        local = settings.api_base != DISCORD_API
        client = Outpost(members_intent=settings.members_intent, guilds_within_s=0.1 if local else 2.0)
        parts.push_async_callback(client.close)
        app = App(
            store=store,
            feeds=Reader(book, fetcher, workers, agent=settings.bot_name),
            messenger=DiscordMessenger(
                client, {kind: one for subject in SUBJECTS for kind, one in subject.KINDS.items()}
            ),
            workers=workers,
            pace=TokenBucket(),
            now=now,
            settings=settings,
            key=keep_key(key_file(settings.database_url, settings.key_file)),
            resources=resources,
            prompts=prompts,
            rubrics=rubrics,
            meets=meets,
        )
        client.app = app
        await privacy.keep_erased(app, now())
        await feeds.enrol_feeds(app, now())
        await audience.prepare(app)
        sender = Sender(listening=presence.listening)
        yield Bot(app, client, Heartbeat(duties(app, sender, client), now), sender)


def duties(app: App, sender: Sender, client: Outpost) -> list[Duty]:
    """What each beat does, in the order in which one beat carries an opening from feed to channel."""
    names = client.server_name

    async def note_alive(now: datetime) -> None:
        """Disconnected, or silenced by Discord, is as good as dead to whoever waits for a week to open."""
        if client.online and sender.may_speak():
            await outages.note_alive(app, now)

    return [
        Duty("note_alive", timedelta(minutes=1), note_alive),
        Duty("read_feeds", timedelta(seconds=5), lambda now: feeds.read_feeds(app, now)),
        Duty("close_openings", timedelta(minutes=1), lambda now: life.close_openings(app, now)),
        Duty("end_pauses", timedelta(minutes=1), lambda now: turning.end_pauses(app, now)),
        Duty("say_digests", timedelta(seconds=5), lambda now: digests.say_digests(app, now)),
        Duty("mind_weeks", timedelta(minutes=1), lambda now: weeks.mind_weeks(app, names, now)),
        Duty("mind_pods", timedelta(minutes=1), lambda now: pods.mind_pods(app, now)),
        Duty("remind", timedelta(minutes=1), lambda now: reminders.remind(app, names, now)),
        Duty("part_readers", timedelta(minutes=1), lambda now: parting.mind_parting(app, now)),
        # Before rounds, so that whoever a reader let down is first in the tick of that minute.
        Duty("mind_readings", timedelta(minutes=1), lambda now: readings.mind_readings(app, names, now)),
        Duty("mind_rounds", timedelta(minutes=1), lambda now: rounds.mind_rounds(app, names, now)),
        Duty("mind_documents", timedelta(seconds=5), lambda now: documents.mind_documents(app, now)),
        Duty("part_meetings", timedelta(minutes=1), lambda now: apart.mind_parting(app, now)),
        Duty("mind_draws", timedelta(minutes=1), lambda now: drawing.mind_draws(app, names, now)),
        Duty("mind_meetings", timedelta(minutes=1), lambda now: meetings.mind_meetings(app, names, now)),
        Duty("mind_threads", timedelta(seconds=5), lambda now: threads.mind_threads(app, names, now)),
        Duty("send_due", timedelta(seconds=1), lambda now: send_due(app, sender)),
        Duty("mind_troubles", timedelta(seconds=5), lambda now: promises.mind_troubles(app, now)),
        Duty("mind_places", timedelta(seconds=5), lambda now: places.mind_places(app, now)),
        Duty("mind_blocked", timedelta(seconds=5), lambda now: notices.mind_blocked(app, now)),
        Duty("mind_alerts", timedelta(seconds=5), lambda now: alerts_out.mind_alerts(app, now)),
        Duty("reach_again", timedelta(minutes=1), lambda now: alerts_out.reach_again(app, now)),
        Duty("mind_panels", timedelta(seconds=5), lambda now: servers.mind_panels(app, now)),
        Duty("mind_members", timedelta(seconds=5), lambda now: presence.mind_members(app, now)),
        Duty("mind_waiting", timedelta(minutes=1), lambda now: cases.mind_waiting(app, now)),
        Duty("lapse", timedelta(minutes=1), lambda now: introductions.lapse(app, now)),
        Duty("ask_next", timedelta(minutes=1), lambda now: knows.ask_next(app, names, now)),
        Duty("forget", timedelta(hours=1), lambda now: retention.forget(app, now)),
        Duty("forget_waiting", timedelta(hours=1), lambda now: digests.forget_waiting(app, now)),
        Duty("forget_members", timedelta(days=1), lambda now: member_retention.forget(app, now)),
    ]


@asynccontextmanager
async def connected(bot: Bot, stop: asyncio.Event | None = None) -> AsyncIterator[asyncio.Future[None]]:
    """The bot on Discord while the block runs, which begins once Discord has told us our servers, or at `stop`.

    Gives the connection; it is done when Discord has ended it. Raises CannotConnect when Discord won't have us.
    """
    token = bot.app.settings.discord_token
    assert token is not None  # noqa: S101 — `outpost run` has asked for it
    connection = asyncio.ensure_future(bot.client.run_until_closed(token.get_secret_value()))
    begin = {
        asyncio.ensure_future(event.wait()) for event in (bot.client.connected, stop) if event is not None
    }
    try:
        await asyncio.wait({connection, *begin}, return_when=asyncio.FIRST_COMPLETED)
        if connection.done():
            await connection  # it tells why
        yield connection
    finally:
        for waiting in begin:
            waiting.cancel()
        await bot.client.close()
    await connection


async def serve(bot: Bot, stop: asyncio.Event) -> None:
    """Connect and beat until `stop`; then claim nothing new, let what is in flight land, and close.

    Raises CannotConnect when Discord won't have us.
    """
    async with connected(bot, stop) as connection:
        if stop.is_set():
            return
        bot.heartbeat.start()
        stopping = asyncio.ensure_future(stop.wait())
        ends: set[asyncio.Future[Any]] = {connection, stopping}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            bot.sender.stop()
            await bot.heartbeat.stop()
