"""Pods: who is put together with whom. Pure and deterministic.

Three to five members of a group, four if possible. Two are in one pod only if they may meet and are awake together
for three hours a day: these two rules are never broken. Then, in this order: as many people as possible have a pod,
few were together lately, pods are near four, and they are awake together for long.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from bot.checkins.drawing import LARGEST, OFF, REPEAT, SMALLEST, TARGET, Pairs, divide
from bot.people.keyed import mark
from bot.people.may_meet import Meeting, may_meet

TOGETHER = 6  # half hours a day that two must be awake together
LATELY = timedelta(weeks=8)  # for so long, two who were in one pod are rather put with others
NOT_BACK = timedelta(weeks=2)  # for so long, whoever left a pod waits for another one
SILENT = timedelta(weeks=2)  # of a pod in which nearly nobody checks in

_HALF_HOUR, _HALF_HOURS = timedelta(minutes=30), 48
_AT_ONCE = 300  # more are divided before they are drawn: the search takes the square of it

May = Callable[[int, int], bool]
"""May these two be in one pod, by their ids? The same both ways."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """awake: the half hours of a day, by UTC, in which they are: bit 0 is 00:00 to 00:30. met_lately: with whom they
    were in a pod in the last eight weeks. left: pods that they left a moment ago, and are not put back into."""

    user_id: int
    awake: int
    met_lately: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ids, each pod's in ascending order. left: those for whom there is no pod."""

    pods: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A pod as it is now. settled: it is older than the two silent weeks that would end it."""

    pod_id: int
    members: tuple[Candidate, ...]
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Arranged:
    """How it is from now on. kept: pod → its members, none: it ends. new: the pods to be made."""

    kept: Mapping[int, tuple[int, ...]]
    new: tuple[tuple[int, ...], ...]


def awake(zone: str, quiet: tuple[int, int], at: datetime) -> int:
    """The half hours of that UTC day in which it is not quiet for them; quiet: minutes after local midnight.

    A member without quiet hours counts as awake all day.
    """
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = quiet
    found = 0
    for half_hour in range(_HALF_HOURS):
        local = (midnight + half_hour * _HALF_HOUR).astimezone(ZoneInfo(zone))
        minute = local.hour * 60 + local.minute
        asleep = start <= minute < end if start <= end else minute >= start or minute < end
        found |= (not asleep) << half_hour
    return found


def fit(one: Candidate, other: Candidate, may: May) -> bool:
    """The two rules that are never broken."""
    return (one.awake & other.awake).bit_count() >= TOGETHER and may(one.user_id, other.user_id)


def _cost(one: Candidate, other: Candidate) -> int:
    again = other.user_id in one.met_lately or one.user_id in other.met_lately
    return REPEAT * again + _HALF_HOURS - (one.awake & other.awake).bit_count()


# -- drawing -------------------------------------------------------------------------------------


def draw(people: Sequence[Candidate], may: May, seed: bytes) -> Drawn:
    """New pods of these people. What is equally good is decided by a hash under `seed`, never by their order."""
    order = _in_order(people, seed)
    pods = [pod for some in _parts(order) for pod in _divided(some, may)]
    if len(order) > _AT_ONCE:
        pods += _divided(_missing(order, pods), may)
        standing = dict(enumerate(pods))
        _filled(standing, _missing(order, pods), may, seed, full=LARGEST)
        pods = list(standing.values())
    ids = [tuple(sorted(one.user_id for one in pod)) for pod in pods]
    return Drawn(tuple(ids), tuple(sorted(one.user_id for one in _missing(order, pods))))


def _in_order(people: Iterable[Candidate], seed: bytes) -> list[Candidate]:
    return sorted(people, key=lambda one: (mark(seed, "pod", one.user_id), one.user_id))


def _parts(order: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    """As few as possible, equally large but for one."""
    count = -(-len(order) // _AT_ONCE)
    return (order[number::count] for number in range(count))


def _divided(some: Sequence[Candidate], may: May) -> list[list[Candidate]]:
    fits, cost = [0] * len(some), [[0] * len(some) for _ in some]
    for here, there in combinations(range(len(some)), 2):
        if fit(some[here], some[there], may):
            fits[here] |= 1 << there
            fits[there] |= 1 << here
            cost[here][there] = cost[there][here] = _cost(some[here], some[there])
    return [[some[number] for number in pod] for pod in divide(Pairs(fits, cost))]


def _missing(order: Sequence[Candidate], pods: Iterable[Iterable[Candidate]]) -> list[Candidate]:
    there = {one.user_id for pod in pods for one in pod}
    return [one for one in order if one.user_id not in there]


# -- pods that stand already ---------------------------------------------------------------------


def placed(
    newcomers: Sequence[Candidate],
    pods: Mapping[int, Sequence[Candidate]],
    may: May,
    seed: bytes,
    *,
    full: int = LARGEST,
) -> dict[int, int]:
    """Newcomer → one of `pods` (id → its members) that has room, for those who get into one: rather with people whom
    they did not meet lately, then where it is nearer four, then where it is emptiest.

    full: no pod gets more members than this.
    """
    now = {pod_id: list(pod) for pod_id, pod in pods.items()}
    found: dict[int, int] = {}

    def open_to(one: Candidate) -> list[int]:
        room = [pod_id for pod_id, pod in now.items() if len(pod) < full and pod_id not in one.left]
        return [pod_id for pod_id in room if all(fit(one, other, may) for other in now[pod_id])]

    waiting = sorted(_in_order(newcomers, seed), key=lambda one: len(open_to(one)))  # the choosy ones first
    for one in waiting:
        if room := open_to(one):
            to = min(room, key=lambda pod_id: (_added(now[pod_id], one), len(now[pod_id]), pod_id))
            found[one.user_id] = to
            now[to].append(one)
    return found


def _added(pod: Sequence[Candidate], one: Candidate) -> int:
    """What somebody new costs, in units of which sizes are the smallest."""
    nearer = abs(len(pod) + 1 - TARGET) - abs(len(pod) - TARGET)
    return (sum(_cost(one, other) // REPEAT for other in pod) * REPEAT + nearer * OFF) // OFF


def merged(pods: Sequence[Standing], active: Collection[int], may: May) -> dict[int, int | None]:
    """Pod → which other one its active members join; None: nobody in it is active, it ends.

    active: who checked in lately, or was not expected to. A settled pod with fewer than three of them is too quiet;
    one that fits nowhere stays, and waits for newcomers.
    """
    now = {pod.pod_id: list(pod.members) for pod in pods}
    awake_in = {pod.pod_id: [one for one in pod.members if one.user_id in active] for pod in pods}
    quiet = [pod.pod_id for pod in pods if pod.settled and len(awake_in[pod.pod_id]) < SMALLEST]
    goes: dict[int, int | None] = {}
    for pod_id in sorted(quiet, key=lambda pod_id: (len(awake_in[pod_id]), pod_id)):
        moving = awake_in[pod_id]
        if not moving:
            goes[pod_id] = None
            continue
        others = [other for other in now if other != pod_id and other not in goes and awake_in[other]]
        takes = [other for other in others if _take(now[other], moving, may)]
        if takes and pod_id not in goes.values():
            to = min(takes, key=lambda other: (-len(awake_in[other]), _costs(now[other], moving), other))
            goes[pod_id] = to
            now[to] += moving
            awake_in[to] = awake_in[to] + moving
    return goes


def _take(pod: Sequence[Candidate], moving: Sequence[Candidate], may: May) -> bool:
    fits = all(fit(one, other, may) for one in pod for other in moving)
    return fits and len(pod) + len(moving) <= LARGEST


def _costs(pod: Sequence[Candidate], moving: Sequence[Candidate]) -> int:
    pairs = sum(_cost(one, other) for one in pod for other in moving)
    return pairs + OFF * abs(len(pod) + len(moving) - TARGET)


def arranged(
    pods: Sequence[Standing],
    waiting: Sequence[Candidate],
    active: Collection[int],
    may: May,
    seed: bytes,
) -> Arranged:
    """At an opening: quiet pods join others, small ones are filled, new ones are made, who is left fills the rest.

    Nobody else changes pods.
    """
    goes = merged(pods, active, may)
    now = {pod.pod_id: list(pod.members) for pod in pods if pod.pod_id not in goes}
    for pod in pods:
        to = goes.get(pod.pod_id)
        if to is not None:
            now[to] += [one for one in pod.members if one.user_id in active]
    left = _filled(now, waiting, may, seed, full=SMALLEST)
    drawn = draw(left, may, seed)
    by_id = {one.user_id: one for one in left}
    new = {-1 - number: [by_id[one] for one in pod] for number, pod in enumerate(drawn.pods)}
    after = now | new
    _filled(after, [by_id[one] for one in drawn.left], may, seed, full=LARGEST)
    ids = {pod_id: tuple(sorted(one.user_id for one in pod)) for pod_id, pod in after.items()}
    kept = {pod.pod_id: ids.get(pod.pod_id, ()) for pod in pods}
    return Arranged(kept, tuple(ids[number] for number in new))


def _filled(
    pods: dict[int, list[Candidate]], waiting: Sequence[Candidate], may: May, seed: bytes, *, full: int
) -> list[Candidate]:
    """Put people into pods with room; gives those who are left."""
    into = placed(waiting, pods, may, seed, full=full)
    for one in waiting:
        if one.user_id in into:
            pods[into[one.user_id]].append(one)
    return [one for one in waiting if one.user_id not in into]


# -- two who may not be together any more --------------------------------------------------------


def parted(
    members: Sequence[int], meetings: Mapping[int, Meeting], pressed: Mapping[int, datetime]
) -> tuple[int, ...]:
    """Who of a pod goes, so that no two are left in it who may not meet.

    pressed: when each of them last blocked somebody, or guarded themselves. Of two, the one goes who pressed last:
    they know what they did, and all that the other sees is that somebody left, as anybody may at any time. If the
    other one went, who did nothing, they would know that it was done to them.
    """
    stay = list(members)
    gone: list[int] = []
    while apart := [
        pair for pair in combinations(stay, 2) if not may_meet(meetings[pair[0]], meetings[pair[1]])
    ]:
        goes = max(apart[0], key=lambda one: (one in pressed, pressed.get(one, _NEVER), one))
        stay.remove(goes)
        gone.append(goes)
    return tuple(gone)


_NEVER = datetime.min.replace(tzinfo=UTC)


# -- names ---------------------------------------------------------------------------------------

_POD = "Pod "


def names(taken: Iterable[str], count: int) -> list[str]:
    """So many new ones, unlike any that a server's pods ever had: no two threads are mistaken for each other."""
    numbers = [int(name.removeprefix(_POD)) for name in taken if name.removeprefix(_POD).isdecimal()]
    start = max(numbers, default=0) + 1
    return [f"{_POD}{number}" for number in range(start, start + count)]
