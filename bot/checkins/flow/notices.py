"""What could not be said in a group's place: a card goes elsewhere, or moderators hear that the group is blocked.

Nobody loses a week by it: check-ins are taken, the time is summed up (`Cycle.blocked`), and what died is tried again
at growing intervals as long as it is worth saying.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app import App
from bot.checkins import cards
from bot.checkins.flow import pod_threads
from bot.checkins.flow.groups import unblock
from bot.checkins.flow.places import NO_THREAD, post_cards
from bot.checkins.groups import digests_of, opener_key, thread_name
from bot.checkins.messages import CARD, DIGEST, GROUP_BLOCKED, OPENER, Card, Digest, GroupBlocked, Opener
from bot.checkins.store import cycles, groups, weeks
from bot.checkins.values import Cycle, Group
from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id
from bot.deliveries.outcome import CHANNEL_CODES
from bot.deliveries.planned import NOWHERE_YET, Planned, Row, decode
from bot.moderation import flow as moderation
from bot.moderation.rights import Person, bot_must_speak, moderators_only
from bot.ports import NewThread
from bot.refusals import Refusal
from bot.storage import Tx

SOONEST, LATEST = (
    timedelta(minutes=10),
    timedelta(hours=6),
)  # between two attempts at a channel that is closed
DIGEST_FOR = timedelta(days=7)  # after its time a digest is not worth saying any more

_VALUES: dict[str, type[Opener | Card | Digest]] = {OPENER: Opener, CARD: Card, DIGEST: Digest}


@dataclass(frozen=True, slots=True)
class _Failed:
    """A delivery that died by its place, with what it is about. week_id: of a card."""

    row: Row
    group: Group
    cycle: Cycle
    week_id: int = 0

    @property
    def of_channel(self) -> bool:
        """Did the group's own channel refuse it, and not a thread?"""
        return self.row.channel_id == self.group.channel_id

    @property
    def moves(self) -> bool:
        """A card that nobody can have seen where it was to stand."""
        unread = self.row.started_at is None or self.row.trouble == "unknown_channel"
        return self.row.kind == CARD and not self.of_channel and unread

    def worth_saying(self, now: datetime) -> bool:
        if self.row.kind == DIGEST:
            return now < self.cycle.digest_at + DIGEST_FOR
        return self.cycle.state in ("open", "digested")


async def mind_blocked(app: App, now: datetime) -> int:
    """Duty: deal with what could not be said, and see which channels take it again; gives how many there were."""
    async with app.store.read() as tx:
        rows = await outbox.unminded(tx, _VALUES)
        failed = await _failed(tx, rows)
        gone = await groups.active_in(tx, await moderation.servers_left(tx))
        blocked = await groups.blocked(tx)
        openers = await _openers(tx, failed)
    if not (rows or gone or blocked):
        return 0
    places = {
        number: await _other_place(app, one, openers.get(number)) for number, one in _closed(failed).items()
    }
    async with app.store.begin() as tx:
        await outbox.mind(tx, [row.id for row in rows], now)
        await _recover(tx, blocked, now)
        await _move_cards(tx, failed, {number: place for number, place in places.items() if place}, now)
        await _block(tx, [one for one in failed if one.of_channel], now)
        await groups.block(tx, gone, now)
    return len(rows)


async def retry(app: App, who: Person, group_id: int, missing: Sequence[str] | None, now: datetime) -> None:
    """A moderator has mended the channel: what died there is tried at once. missing: as in `bot_must_speak`."""
    moderators_only(who)
    async with app.store.begin() as tx:
        group = await groups.one(tx, who.guild_id, group_id)
        if group is None:
            raise Refusal("group_gone")
        bot_must_speak(group.channel_id, missing)
        await unblock(tx, group, now)
        await pod_threads.try_again(tx, group_id)
        running = [one for one in await cycles.live_of(tx, [group_id]) if one.state != "scheduled"]
        keys = [opener_key(one, group.channel_id) for one in running]
        keys += [said.key for one in running for said in await outbox.said(tx, digests_of(one.id))]
        for one in await weeks.visible(tx, [one.id for one in running]):
            keys += cards.keys_of(one.id, group.channel_id)
        numbers = [delivery_id(key, 1) for key in keys]
        await outbox.again(tx, numbers, now)
        await outbox.defer(tx, dict.fromkeys(numbers, now))


# -- what failed ---------------------------------------------------------------------------------


async def _failed(tx: Tx, rows: Sequence[Row]) -> list[_Failed]:
    """Those that a place refused; any other trouble is one message's alone, and nobody can mend it."""
    values = {row.id: decode(_VALUES[row.kind], row.value) for row in rows if row.trouble in CHANNEL_CODES}
    of = await cycles.some(tx, {value.cycle_id for value in values.values()})
    kept = await groups.some(tx, {value.group_id for value in values.values()})
    return [
        _Failed(row, kept[value.group_id], of[value.cycle_id], getattr(value, "week_id", 0))
        for row in rows
        if (value := values.get(row.id)) and value.cycle_id in of and value.group_id in kept
    ]


def _closed(failed: Collection[_Failed]) -> dict[int, _Failed]:
    """Cycle → the first card that the place of its cards refused, where that is a thread."""
    found: dict[int, _Failed] = {}
    for one in failed:
        if one.row.kind == CARD and not one.of_channel and one.row.channel_id == one.cycle.place_id:
            found.setdefault(one.cycle.id, one)
    return found


async def _openers(tx: Tx, failed: Collection[_Failed]) -> dict[int, int | None]:
    """Cycle → its opener's message, whose thread has the same id."""
    found: dict[int, int | None] = {}
    for number, one in _closed(failed).items():
        key = opener_key(one.cycle, one.group.channel_id)
        found[number] = next((said.message_id for said in await outbox.said(tx, key)), None)
    return found


# -- a thread that is closed ---------------------------------------------------------------------


async def _other_place(app: App, one: _Failed, opener_id: int | None) -> int | None:
    """After the thread on the opener a new one, once; after that the channel. None: Discord gave no answer."""
    if one.cycle.place_id != opener_id:
        return one.group.channel_id
    name = thread_name(one.group, one.cycle.week, again=True)
    new = NewThread(one.group.guild_id, one.group.channel_id, name, tried_at=one.row.settled_at)
    opened = await app.messenger.open_thread(new)
    if isinstance(opened, int):
        return opened
    return one.group.channel_id if opened.code in NO_THREAD else None


async def _move_cards(tx: Tx, failed: Sequence[_Failed], places: Mapping[int, int], now: datetime) -> None:
    """The cards that died with their thread are said in the new place; those that stand there stay."""
    moving = [one for one in failed if one.moves and one.worth_saying(now)]
    if not moving:
        return
    of = await cycles.some(tx, {one.cycle.id for one in moving})
    placed = [replace(one, place_id=places.get(one.id, one.place_id)) for one in of.values()]
    await cycles.keep(tx, placed)
    settled = {one.id for one in placed if one.id in places or one.id not in _closed(failed)}
    await weeks.cards_move(tx, [one.week_id for one in moving if one.cycle.id in settled])
    kept = {one.group.id: one.group for one in moving}
    await post_cards(tx, [(kept[one.group_id], one) for one in placed if one.id in settled], now)


# -- a channel that is closed --------------------------------------------------------------------


async def _block(tx: Tx, failed: Sequence[_Failed], now: datetime) -> None:
    """These groups can't speak: their moderators hear it once, and what died is tried again later."""
    if not failed:
        return
    kept = await groups.some(tx, {one.group.id for one in failed})
    first = {one.group.id: one.row for one in reversed(failed)}
    new = [group for group in kept.values() if group.blocked_at is None and group.state == "active"]
    await groups.block(tx, [group.id for group in new], now)
    channels = await moderation.moderators_channels(tx, {group.guild_id for group in new})
    notices = [
        _notice(group, first[group.id], channels.get(group.guild_id, NOWHERE_YET), now) for group in new
    ]
    await outbox.plan(tx, notices, now)
    for group in kept.values():
        pause = min(max(now - (group.blocked_at or now), SOONEST), LATEST)
        mine = [one for one in failed if one.group.id == group.id and one.worth_saying(now + pause)]
        if group.state == "active":
            await outbox.again(tx, [one.row.id for one in mine], now + pause)


def _notice(group: Group, row: Row, channel_id: int, now: datetime) -> Planned:
    key = f"checkin/group/{group.id}/blocked/{now.isoformat()}/channel/{channel_id}"
    value = GroupBlocked(group.guild_id, group.id, group.name, group.channel_id, row.trouble or "")
    return Planned(GROUP_BLOCKED, key, value, group.guild_id, channel_id, now)


async def _recover(tx: Tx, blocked: Sequence[Group], now: datetime) -> None:
    """Where something was said since, the channel is open again."""
    since = [group.blocked_at for group in blocked if group.blocked_at is not None]
    if not since:
        return
    last = await outbox.last_said(tx, {group.channel_id for group in blocked}, min(since))
    for group in blocked:
        said_at = last.get(group.channel_id)
        if group.blocked_at is not None and said_at is not None and said_at > group.blocked_at:
            await unblock(tx, group, now)
