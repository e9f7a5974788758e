"""Who is in which pod: drawn as a week opens, left by whoever wants to, parted when two may not meet any more.

Their threads are `pod_threads`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.app import App
from bot.checkins import pods as rules
from bot.checkins.flow import pod_threads
from bot.checkins.flow.names import pen_names
from bot.checkins.messages import POD_WORD, PodWord
from bot.checkins.pods import Candidate, Standing
from bot.checkins.store import groups
from bot.checkins.store import pods as store
from bot.checkins.values import Group, Pod
from bot.checkins.week import week_of
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.moderation.rights import Person, moderators_only
from bot.people.flow import meeting, members
from bot.people.keyed import mark
from bot.people.may_meet import Meeting, may_meet
from bot.people.members import Key, Member
from bot.refusals import Refusal
from bot.storage import Tx
from bot.storage.types import EPOCH

LOOK_BACK = timedelta(days=1)  # for blocks and guards that part a pod, the first time
IN_FLIGHT = timedelta(minutes=5)  # a press may be kept so long after its moment
_SILENT_WEEKS = 2
_SILENT = frozenset({"missed", "frozen", "pending"})


async def mind_pods(app: App, now: datetime) -> int:
    """Duty: who should not be in a pod goes, pods are drawn for weeks that opened, threads follow; gives how much
    was done."""
    async with app.store.read() as tx:
        looked = await store.looked_at(tx)
        pressed = await meeting.pressed_since(tx, looked - IN_FLIGHT if looked else now - LOOK_BACK)
        if not (pressed or await store.anything_due(tx) or await outbox.unminded(tx, pod_threads.SAID)):
            return 0
        strays, apart, undrawn = await store.strays(tx), await _apart(tx, pressed), await store.undrawn(tx)
    if strays or pressed:
        async with app.store.begin() as tx:
            await store.leave(tx, [*await store.strays(tx), *await _apart(tx, pressed)], now)
            await store.look(tx, now)
    for group_id, week in undrawn.items():
        async with app.store.begin() as tx:
            group = (await groups.some(tx, [group_id])).get(group_id)
            if group is not None:
                await _draw(app, tx, group, week, now)
            await store.drawn(tx, group_id, now)
    done = await pod_threads.mind_threads(app, now)
    return len(strays) + len(apart) + len(undrawn) + done


async def _apart(tx: Tx, pressed: Mapping[Key, datetime]) -> list[store.Seat]:
    """Who goes, since two of their pod may not meet any more."""
    by_server: dict[int, dict[int, datetime]] = {}
    for key, at in pressed.items():
        by_server.setdefault(key.guild_id, {})[key.user_id] = at
    gone: list[store.Seat] = []
    for guild_id, when in by_server.items():
        theirs = await store.of_members(tx, guild_id, list(when))
        if theirs:
            meetings = await meeting.meetings(tx, guild_id, {one for pod in theirs for one in pod.members})
            gone += _parted(theirs, meetings, when)
    return gone


def _parted(
    pods: Iterable[Pod], meetings: Mapping[int, Meeting], pressed: Mapping[int, datetime]
) -> list[store.Seat]:
    return [(pod.id, one) for pod in pods for one in rules.parted(pod.members, meetings, pressed)]


# -- drawing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    """A group as pods are drawn for it. waiting: who wants a pod and has none. active: who is not silent."""

    pods: tuple[Pod, ...]
    people: Mapping[int, Candidate]
    waiting: tuple[Candidate, ...]
    active: frozenset[int]
    may: rules.May
    seed: bytes


async def _table(app: App, tx: Tx, group: Group, week: date, now: datetime) -> _Table:
    """Everything that counts. Who left the server, or may not meet somebody of their pod, is out of it by then."""
    wanting = await store.wanting(tx, group.id)
    known = await members.members_in(tx, group.guild_id, wanting)
    here = [one for one in wanting if one in known and known[one].left_at is None]
    meetings = await meeting.meetings(tx, group.guild_id, here)
    pods = await _cleared(tx, group, meetings, now)
    met = await store.together(tx, group.id, now - rules.LATELY)
    left = await store.left_since(tx, group.id, now - rules.NOT_BACK)
    nobody: frozenset[int] = frozenset()
    people = {
        one: Candidate(one, _awake(group, known[one], now), met.get(one, nobody), left.get(one, nobody))
        for one in here
    }
    states = await store.last_states(tx, group.id, week, _SILENT_WEEKS)
    silent = {
        one for one in here if len(last := states.get(one, ())) == _SILENT_WEEKS and _SILENT.issuperset(last)
    }
    elsewhere = {one for pod in pods for one in pod.members} | (silent & set(met))
    return _Table(
        pods=pods,
        people=people,
        waiting=tuple(people[one] for one in here if one not in elsewhere),
        active=frozenset(here) - silent,
        may=lambda one, other: may_meet(meetings[one], meetings[other]),
        seed=mark(app.key, "pods", group.id, now.isoformat()).encode(),
    )


async def _cleared(tx: Tx, group: Group, meetings: Mapping[int, Meeting], now: datetime) -> tuple[Pod, ...]:
    """Its pods, without those who are not here any more and those who must be parted."""
    standing = await store.standing(tx, group.id)
    away = [(pod.id, one) for pod in standing for one in pod.members if one not in meetings]
    await store.leave(tx, away, now)
    pressed = await meeting.pressed_since(tx, EPOCH, group.guild_id)
    when = {key.user_id: at for key, at in pressed.items()}
    await store.leave(tx, _parted(await store.standing(tx, group.id), meetings, when), now)
    return tuple(await store.standing(tx, group.id))


def _awake(group: Group, one: Member, now: datetime) -> int:
    return rules.awake(one.zone or group.zone, one.quiet, now)


async def _draw(app: App, tx: Tx, group: Group, week: date, now: datetime) -> None:
    """A week opens: see `rules.arranged`. Whoever was in a pod and fell silent is drawn again when they are back."""
    table = await _table(app, tx, group, week, now)
    standing = [
        Standing(
            pod.id, tuple(table.people[one] for one in pod.members), settled=pod.made_at <= now - rules.SILENT
        )
        for pod in table.pods
    ]
    after = rules.arranged(standing, table.waiting, table.active, table.may, table.seed)
    for pod in table.pods:
        await _change(tx, group, pod, after.kept[pod.id], now)
    await _make(tx, group, after.new, now)


async def _change(tx: Tx, group: Group, pod: Pod, ids: Collection[int], now: datetime) -> None:
    """These are its members now."""
    come = [one for one in ids if one not in pod.members]
    await store.join(tx, group.guild_id, pod.id, come, now)
    await store.leave(tx, [(pod.id, one) for one in pod.members if one not in ids], now)
    if pod.thread_id is not None:
        await pod_threads.post_cards(tx, group, come, pod.thread_id, now)


async def _make(tx: Tx, group: Group, new: Sequence[Collection[int]], now: datetime) -> None:
    names = rules.names(await store.names(tx, group.guild_id), len(new))
    for name, ids in zip(names, new, strict=True):
        await store.add(tx, group.guild_id, group.id, name, ids, now)


# -- moderators ----------------------------------------------------------------------------------


async def shuffle(app: App, who: Person, group_id: int, now: datetime) -> int:
    """Mix all pods of a group anew; gives how many there are now. One that would be the same again stays."""
    moderators_only(who)
    async with app.store.begin() as tx:
        group = await groups.one(tx, who.guild_id, group_id)
        if group is None:
            raise Refusal("group_gone")
        if group.state == "ended":
            raise Refusal("group_ended")
        if not group.pods:
            raise Refusal("no_pods_here")
        return await mix(app, tx, group, now)


async def mix(app: App, tx: Tx, group: Group, now: datetime) -> int:
    """The same in the caller's transaction, for a season that begins with new pods."""
    table = await _table(app, tx, group, week_of(now, group.zone), now)
    inside = [table.people[one] for pod in table.pods for one in pod.members if one in table.active]
    drawn = rules.draw([*inside, *table.waiting], table.may, table.seed)
    same = {tuple(sorted(pod.members)): pod for pod in table.pods}
    for ids, pod in same.items():
        if ids not in drawn.pods:
            await store.leave(tx, [(pod.id, one) for one in pod.members], now)
    await _make(tx, group, [ids for ids in drawn.pods if ids not in same], now)
    return len(drawn.pods)


# -- members -------------------------------------------------------------------------------------


async def my_pod(app: App, key: Key, group_id: int) -> Pod | None:
    """The pod of this group that they are in; None: they want none, or wait for one."""
    async with app.store.read() as tx:
        return await _mine(tx, key, group_id)


async def swap(app: App, key: Key, group_id: int, now: datetime) -> None:
    """Out of this pod, and into another one when a week opens. The others are told nothing."""
    async with app.store.begin() as tx:
        if pod := await _mine(tx, key, group_id):
            await store.leave(tx, [(pod.id, key.user_id)], now)


async def leave_pod(app: App, key: Key, group_id: int, now: datetime) -> None:
    """Out of this pod, and into no other one."""
    async with app.store.begin() as tx:
        if pod := await _mine(tx, key, group_id):
            await store.leave(tx, [(pod.id, key.user_id)], now)
        await store.want(tx, group_id, key.user_id, False)


async def _mine(tx: Tx, key: Key, group_id: int) -> Pod | None:
    theirs = await store.of_members(tx, key.guild_id, [key.user_id])
    return next((pod for pod in theirs if pod.group_id == group_id), None)


async def has_pod(tx: Tx, key: Key) -> bool:
    """Is there a pod to tell something? For other subjects, in their own transaction."""
    theirs = await store.of_members(tx, key.guild_id, [key.user_id])
    return any(pod.thread_id is not None for pod in theirs)


async def tell_hired(tx: Tx, key: Key, about: str, now: datetime) -> int:
    """They tell their pods that they were hired; gives how many. about: what is told; the same is told once."""
    planned: list[Planned] = []
    for pod in await store.of_members(tx, key.guild_id, [key.user_id]):
        if pod.thread_id is not None:
            name = (await pen_names(tx, key.guild_id, pod.group_id, [key.user_id])).get(key.user_id, "")
            word = PodWord(key.guild_id, pod.id, "hired", key.user_id, name)
            said = f"checkin/pod/{pod.id}/{about}/by/{key.user_id}/channel/{pod.thread_id}"
            planned.append(Planned(POD_WORD, said, word, key.guild_id, pod.thread_id, now))
    await outbox.plan(tx, planned, now)
    return len(planned)
