"""A town on a Monday in which people read for each other; for what members press in it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.moderation.rights import Person
from bot.people.flow import meeting, members
from bot.people.members import Key
from bot.reviews.flow import filling, giving, readings, settings
from bot.reviews.flow.giving import Joined
from bot.reviews.values import KINDS
from bot.storage.tables import member, review_credit, review_reading
from sandbox import Actor, Permission, Reply, Sandbox, drafts
from sandbox.model import Channel, Overwrite
from tests.end_to_end.here import Here
from tests.end_to_end.town import Town, a_town, form, neighbours, page
from tests.reviews.document.papers import paper

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # of week 47
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
POSTING = "Data engineer, remote in Europe: Python, Airflow, written English, three years"
PRIVATE = ("Ana Example", "ana@example.org", "+351 912 345 678", "Data engineer", "Northwind, 2019 to 2023")
PLAIN = ("Data engineer", "Moved 120 services to Airflow", "Wrote the runbooks")
FILE, TARGET, ASKS = "The file, as a PDF", "The posting that it is for", "What should readers look at?"


@asynccontextmanager
async def a_monday(
    migrated_file: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Town]:
    """The usual town on that day, where reviews are on. At the end nothing was logged as a mistake of ours."""
    place = Sandbox(seed=neighbours, first_answer=timedelta(seconds=20), start=MONDAY - 10 * DAY)
    async with a_town(migrated_file, folder, place=place, workers=Here()) as running:
        place.clock.move(10 * DAY)  # accounts of ten days: who came this week reads nobody's document
        await settle(running)
        yield running
        assert [one.getMessage() for one in caplog.get_records("call") if one.levelno >= logging.ERROR] == []


async def settle(town: Town) -> Channel:
    """A channel in which the bot may open private threads, and reviews are on there."""
    world, guild = town.sandbox.world, town.sandbox.guild
    channel = next(one for one in guild.channels.values() if one.name == "reviews")
    allowed = Permission.MANAGE_THREADS | Permission.ATTACH_FILES | Permission.CREATE_PRIVATE_THREADS
    world.set_overwrite(
        channel, Overwrite(world.bot.id, 1, allow=allowed | Permission.SEND_MESSAGES_IN_THREADS)
    )
    app = town.bot.app
    await settings.choose_channel(app, person(town.mo, manages=True), channel.id, (), app.now())
    await settings.change(app, person(town.mo, manages=True), app.now(), preview_h=0)
    return channel


def person(who: Actor, *, manages: bool = False) -> Person:
    return Person(who.user.id, who.guild.id, manages=manages, locale="en-US")


def key(who: Actor) -> Key:
    return Key(who.guild.id, who.user.id)


async def known(town: Town, *names: str, private: bool = False, letters: bool = False) -> None:
    """These have been here for long. letters: they let the bot write to them, without the test message."""
    app, long_ago = town.bot.app, town.sandbox.clock.now() - 100 * DAY
    for name in names:
        who = town.sandbox.member(name)
        await members.met(app, person(who), app.now(), joined_at=long_ago)
        await members.change(app, key(who), app.now(), zone="UTC", private=private)
        mine = update(member).where(member.c.user_id == who.user.id)
        values: dict[str, Any] = {"joined_at": long_ago}
        values |= {"dm_since": long_ago} if letters else {}
        async with app.store.begin() as tx:
            await tx.execute(mine.values(values))


async def reads(town: Town, *names: str) -> list[Joined]:
    """These have been here for long, and read for others: two at a time, all kinds, in English."""
    app = town.bot.app
    await known(town, *names)
    return [
        await giving.join(app, person(town.sandbox.member(name)), 2, KINDS, ("en",), app.now())
        for name in names
    ]


async def works_at(town: Town, who: Actor, company: str) -> None:
    await meeting.guard_company(town.bot.app, key(who), company, town.bot.app.now(), employer=True)


async def mind(town: Town, after: timedelta = timedelta(), times: int = 1) -> None:
    """Let time pass, then so many beats."""
    await town.beat(after)
    for _ in range(times - 1):
        await town.beat()


def resume(*lines: str) -> bytes:
    """An invented one; its lines stand on one page."""
    return paper(lines or PLAIN)


async def asked(who: Actor) -> Reply:
    """The page of `/review request`."""
    return await page(who.slash("review request"))


async def uploaded(shown: Reply, data: bytes, name: str = "resume.pdf", **given: object) -> Reply:
    """The form, filled in and sent, with this file; gives what is then there."""
    hand_in = next(label for label in shown.buttons if label.startswith("Hand in"))
    opened = await form(shown.click(hand_in))
    return await page(opened.submit({FILE: (name, data), TARGET: POSTING, **given}))


async def handed_in(who: Actor, *lines: str) -> Reply:
    """They hand in an invented resume as it is; gives the page that says so."""
    looked = await uploaded(await asked(who), resume(*lines))
    return await page(looked.click("Send as it is"))


def threads(town: Town) -> list[Channel]:
    """The private threads of documents, oldest first."""
    return sorted(town.sandbox.guild.threads.values(), key=lambda one: one.id)


def files_of(town: Town) -> list[bytes]:
    """The files that the bot put into them, and that stand there still."""
    world = town.sandbox.world
    every = [world.messages[number] for thread in threads(town) for number in thread.message_ids]
    return [file.data for one in every if not one.deleted for file in one.attachments]


def stands(town: Town) -> bytes:
    """The only file that stands in a thread."""
    (data,) = files_of(town)
    return data


def parts(shown: Reply) -> list[dict[str, Any]]:
    """Every component of a message."""
    return [dict(one) for one in drafts.walk(shown.message.components)]


async def owes(town: Town, who: Actor, received: int) -> None:
    """They received so many reviews and gave none."""
    app, now = town.bot.app, town.bot.app.now()
    async with app.store.begin() as tx:
        for _ in range(received):
            line = {
                "guild_id": who.guild.id,
                "user_id": who.user.id,
                "amount": -1,
                "why": "received",
                "at": now,
            }
            await tx.execute(insert(review_credit).values(line))


async def proposed(town: Town, request_id: int, author: Actor, *readers: str) -> list[int]:
    """These are asked to read it, now, without a draw; gives the readings."""
    app, now, found = town.bot.app, town.bot.app.now(), []
    for name in readers:
        values: dict[str, Any] = {
            "guild_id": author.guild.id,
            "round_id": 0,
            "request_id": request_id,
            "author_id": author.user.id,
            "reader_id": town.sandbox.member(name).user.id,
            "state": "proposed",
            "score": 700,
            "reasons": '[["same_field", "data", 0]]',
            "proposed_at": now,
            "clarity": False,
            "accept_by": now + 36 * HOUR,
            "next_at": now + 36 * HOUR,
            "reminded": 0,
        }
        async with app.store.begin() as tx:
            asked = insert(review_reading).values(values).returning(review_reading.c.id)
            found.append((await tx.execute(asked)).scalar_one())
    return found


async def reviewed(town: Town, reading_id: int, who: Actor, *verdicts: str) -> None:
    """They accept it, answer every item in turn (yes, unless verdicts say else), quote two lines, and send it."""
    app, rubrics, mine = town.bot.app, town.bot.app.rubrics, key(who)
    await readings.accept(app, mine, reading_id, app.now())
    sheet = (await filling.sheet(app, rubrics, mine, reading_id, app.now())).sheet
    said = [*verdicts, *["yes"] * len(sheet.labels)]
    for item, verdict in zip(sheet.labels, said, strict=False):
        await filling.mark(app, mine, reading_id, item, verdict, app.now())  # type: ignore[arg-type]
    for item in list(sheet.labels)[:2]:
        line, rewrite = f"A line that {who.user.name} quotes", f"{who.user.name} would write it so. " * 6
        await filling.quote(app, mine, reading_id, item, line, rewrite, app.now())
    first = f"{who.user.name} says: put the newest role first."
    await filling.first(app, mine, reading_id, first, "Why Airflow?", app.now())
    await filling.submit(app, mine, reading_id, "Remote together", app.now())
