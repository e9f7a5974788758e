"""What the threads of reviews share: their names and first words, what Discord refuses, what stands there and goes.

What Discord is asked for is noted before or after in a transaction of its own, and each request done twice is done
once. So a process that ends between any two steps goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id, nonce
from bot.deliveries.planned import NOWHERE_YET, Planned
from bot.moderation import flow as moderation
from bot.people.keyed import mark
from bot.ports import NewThread, Trouble
from bot.reviews.flow import readings as lives
from bot.reviews.messages import BLOCKED, HELLO, Blocked, Hello, Pages
from bot.reviews.store import places as store
from bot.reviews.store import readings, settings
from bot.reviews.store.places import Entry
from bot.reviews.values import Reading, Request, Settings
from bot.storage import Tx

REFUSED = frozenset(  # a moderator has to do something
    {
        "too_many_threads",
        "missing_permission",
        "missing_access",
        "unknown_channel",
        "thread_locked",
        "unreadable",
    }
)
TRY_AGAIN_IN = timedelta(hours=1)
AT_ONCE = 20  # of each sort, a beat


# -- names ---------------------------------------------------------------------------------------


def code(key: bytes, number: int) -> str:
    """Eight digits or letters by which people know a thread.

    From some of them nobody can reckon how many lie between: that would count what others have read in private.
    """
    return mark(key, "review thread", number)[:8].upper()


def thread_name(key: bytes, request_id: int) -> str:
    """Of the thread in which a document stands. It names nobody."""
    return f"Reading {code(key, request_id)}"


def own_name(key: bytes, reading_id: int) -> str:
    """Of a blind reader's own thread."""
    return f"Pages {code(key, reading_id)}"


def file_name(key: bytes, request: Request) -> str:
    """Of the document; each version has its own, which is how its message is known again."""
    return f"document-{code(key, request.id)}-{request.revision}.pdf"


def page_name(key: bytes, reading_id: int, revision: int, page: int) -> str:
    return f"pages-{code(key, reading_id)}-{revision}-{page}.png"


def marker(about: str) -> str:
    """The nonce of files that are put somewhere for this reason."""
    return nonce("review_file", delivery_id(about, 1), 1)


# -- what is said --------------------------------------------------------------------------------


def hello_key(request: Request, thread_id: int) -> str:
    return f"review/request/{request.id}/hello/channel/{thread_id}"


def pages_key(one: Reading, thread_id: int) -> str:
    return f"review/reading/{one.id}/pages/channel/{thread_id}"


async def say_hello(
    tx: Tx, request: Request, thread_id: int, keep_days: int, keepers: Sequence[str], now: datetime
) -> None:
    """The first words of a thread; what its author says of a second version changes them."""
    key = hello_key(request, thread_id)
    hello = Hello(
        request.guild_id,
        request.id,
        request.kind,
        request.mode,
        request.target,
        request.asks,
        request.link,
        request.text,
        request.needs,
        tuple(keepers),
        keep_days,
    )
    if not await outbox.plan(tx, [Planned(HELLO, key, hello, request.guild_id, thread_id, now)], now):
        await outbox.revise(tx, [(key, hello)], now)


async def unsay_hello(tx: Tx, request: Request, thread_id: int, now: datetime) -> None:
    """Nothing of what its author wrote stands in the thread, nor is it kept here."""
    bare = Hello(
        request.guild_id, request.id, request.kind, request.mode, "", "", "", "", request.needs, gone=True
    )
    await _unsay(tx, hello_key(request, thread_id), bare, now)


async def unsay_pages(tx: Tx, entry: Entry, now: datetime) -> None:
    """The same of a blind reader's own thread."""
    one, request = entry.reading, entry.request
    if one.thread_id is not None:
        due_at = one.due_at or now
        bare = Pages(one.guild_id, one.id, request.kind, "", "", "", "", due_at, gone=True)
        await _unsay(tx, pages_key(one, one.thread_id), bare, now)


async def _unsay(tx: Tx, key: str, bare: object, now: datetime) -> None:
    await outbox.revise(tx, [(key, bare)], now)
    await outbox.forget(tx, [(key, bare)])


# -- one beat ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Beat:
    """What counts for all that one beat asks of Discord.

    waits: what is tried again later, by its name, with when. apart: servers without us. shut: those and the ones
    where no thread can be opened or entered for now.
    """

    app: App
    now: datetime
    waits: dict[str, datetime]
    apart: set[int]
    shut: set[int]

    def later(self, what: str) -> list[int]:
        """The numbers of what waits, of one sort."""
        sort = f"{what}/"
        names = [name for name, at in self.waits.items() if at > self.now and name.startswith(sort)]
        return [int(name.removeprefix(sort)) for name in names]


Step = Callable[[Beat, Entry], Awaitable[Trouble | None]]


async def beat_of(app: App, tx: Tx, now: datetime) -> Beat:
    waits = await store.waits(tx)
    apart = set(await moderation.servers_left(tx))
    asked = {int(name.split("/")[1]) for name in waits if name.startswith("server/")}
    ways = await settings.some(tx, asked)
    shut = {guild_id for guild_id in asked if refusal(waits, ways.get(guild_id, Settings(guild_id)), now)}
    return Beat(app, now, waits, apart, apart | shut)


def refusal(waits: dict[str, datetime], way: Settings, now: datetime) -> str | None:
    """Why nothing can be placed in a server's channel for now: a trouble's code. Another channel is tried at once."""
    head = f"server/{way.guild_id}/{way.channel_id}/"
    found = [name for name, at in waits.items() if name.startswith(head) and at > now]
    return found[0].removeprefix(head) if found else None


def may_ask(app: App, channel_id: int) -> bool:
    """Spend a token of our own pace."""
    at = time.monotonic()
    if app.pace.wait_for(channel_id, at):
        return False
    app.pace.take(channel_id, at)
    return True


async def refused(beat: Beat, guild_id: int, trouble: Trouble, name: str) -> None:
    """Discord said no. What is a moderator's to mend is tried again in an hour, and they are told once till it works.

    name: what waits, beside the server; "": nothing.
    """
    if trouble.code not in REFUSED:
        if name and (trouble.retry_after or trouble.code == "bad_request"):
            async with beat.app.store.begin() as tx:
                await store.wait(tx, name, beat.now + (trouble.retry_after or TRY_AGAIN_IN))
        return
    until = beat.now + TRY_AGAIN_IN
    beat.shut.add(guild_id)
    async with beat.app.store.begin() as tx:
        way = await settings.one(tx, guild_id)
        head = f"server/{guild_id}/{way.channel_id}/"
        told = any(each.startswith(head) for each in await store.waits(tx))
        await store.wait(tx, f"{head}{trouble.code}", until)
        if name:
            await store.wait(tx, name, until)
        if not told:
            await _tell_moderators(tx, way, trouble.code, beat.now)


async def _tell_moderators(tx: Tx, way: Settings, trouble: str, now: datetime) -> None:
    where = (await moderation.moderators_channels(tx, [way.guild_id])).get(way.guild_id, NOWHERE_YET)
    key = f"review/blocked/{way.guild_id}/{now.isoformat()}/channel/{where}"
    notice = Blocked(way.guild_id, way.channel_id or 0, trouble)
    await outbox.plan(tx, [Planned(BLOCKED, key, notice, way.guild_id, where, now)], now)


async def works_again(tx: Tx, beat: Beat, guild_id: int, *names: str) -> None:
    """A thread was opened or entered: whatever was in the way is not any more."""
    head = f"server/{guild_id}/"
    over = [name for name in beat.waits if name.startswith(head) or name in names]
    if over:
        await store.wait_no_more(tx, *over)


async def each(beat: Beat, entries: Sequence[Entry], step: Step, skip: Collection[int] = frozenset()) -> int:
    """Take this step for each, as far as our pace allows; gives how many went well. skip: servers."""
    done = 0
    for entry in entries:
        one = entry.reading
        if one.guild_id in skip:
            continue
        if not may_ask(beat.app, one.reader_id):  # each thread's own limit is for what is said there
            break
        trouble = await step(beat, entry)
        if trouble is None:
            done += 1
        else:
            await refused(beat, one.guild_id, trouble, f"reading/{one.id}")
    return done


# -- what stands ---------------------------------------------------------------------------------


async def thread_of(beat: Beat, request: Request) -> int | Trouble | None:
    """Also one that was opened, and the process ended before it was noted."""
    if request.thread_id is not None or request.tried_at is None:
        return request.thread_id
    return await sought(beat, request.guild_id, thread_name(beat.app.key, request.id), request.tried_at)


async def sought(beat: Beat, guild_id: int, name: str, tried_at: datetime) -> int | Trouble | None:
    """The thread of that name that an earlier attempt opened, if there is one."""
    async with beat.app.store.read() as tx:
        channel_id = (await settings.one(tx, guild_id)).channel_id
    if channel_id is None:
        return None
    thread = NewThread(guild_id, channel_id, name, private=True, tried_at=tried_at)
    found = await beat.app.messenger.find_thread(thread)
    return None if isinstance(found, Trouble) and found.code == "unknown_channel" else found


async def close(beat: Beat, request: Request, thread_id: int) -> Trouble | None:
    """Its file is deleted, its first words say so, it is closed."""
    app, name = beat.app, file_name(beat.app.key, request)
    trouble = await delete_file(app, request.guild_id, thread_id, request.message_id, name, request.tried_at)
    if trouble is not None:
        return trouble
    async with app.store.begin() as tx:
        await unsay_hello(tx, request, thread_id, beat.now)
    return await app.messenger.close_thread(request.guild_id, thread_id)


async def delete_file(
    app: App, guild_id: int, thread_id: int, message_id: int | None, name: str, since: datetime | None
) -> Trouble | None:
    """The message that holds it goes; also one that was put there, and the process ended before it was noted."""
    known = message_id
    if known is None and since is not None:
        found = await app.messenger.find_put(guild_id, thread_id, name, since)
        if isinstance(found, Trouble):
            return None if found.code == "unknown_channel" else found
        known = found
    return await app.messenger.delete(guild_id, thread_id, known) if known else None


async def expire(tx: Tx, request: Request, now: datetime) -> None:
    """Its document goes, and whoever reads it still is told that it is over. Reviews that came stay."""
    theirs = (await readings.of_requests(tx, [request.id])).get(request.id, [])
    came = any(one.submitted_at is not None for one in theirs)
    await (store.close if came else store.expire)(tx, request.id, now)
    await lives.end_for(tx, theirs, now)


async def own_lost(tx: Tx, entry: Entry, now: datetime) -> None:
    """A blind reader's own thread is gone: another one is opened, and what was said in the first is kept nowhere."""
    await unsay_pages(tx, entry, now)
    await store.own_lost(tx, entry.reading.id)
