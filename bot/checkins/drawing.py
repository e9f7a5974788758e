"""The search behind `bot.checkins.pods.draw`: people into pods of three to five, by one cost. Pure, deterministic.

Up to `EXACT` people every way of dividing them is weighed. More are divided greedily, those first who fit with the
fewest; then whoever is left is made room for by weighing a pod or two anew, and pairs of pods swap people while that
is cheaper. People are numbers 0 to n-1 here; of equal ways the one that comes first in their order is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

SMALLEST, TARGET, LARGEST = 3, 4, 5

# One whole number says how good a way is, the less the better. Each unit outweighs all that stand below it.
LEFT = 1 << 60  # somebody without a pod
REPEAT = 1 << 40  # two who were together lately
OFF = 1 << 20  # a pod one away from four; below it: half hours that two are not awake together

EXACT = 10
_SWEEPS = 4
_WEIGHED_ANEW = 24  # neighbourhoods in one round: a hundredth of a second each
_NEAR = 4  # pods that somebody who is left might get into

Pod = list[int]


@dataclass(frozen=True, slots=True)
class Pairs:
    """fits: for each person the others who may be in their pod, as bits. cost: of each pair that fits."""

    fits: Sequence[int]
    cost: Sequence[Sequence[int]]


def cost_of(pairs: Pairs, pod: Sequence[int]) -> int:
    """Of one pod; every two of it must fit."""
    return sum(pairs.cost[one][other] for one, other in combinations(pod, 2)) + OFF * abs(len(pod) - TARGET)


def divide(pairs: Pairs) -> list[Pod]:
    """The pods; who is in none of them is left."""
    everybody = list(range(len(pairs.fits)))
    if len(everybody) <= EXACT:
        return best(pairs, everybody)
    return _Search(pairs).run()


# -- every way -----------------------------------------------------------------------------------


def best(pairs: Pairs, people: Sequence[int]) -> list[Pod]:
    """The cheapest way of all, for a dozen people at most: for each set of them, the first one's every pod."""
    ways = _ways(pairs, people)
    known: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}

    def solve(some: int) -> tuple[int, tuple[int, ...]]:
        if (found := known.get(some)) is not None:
            return found
        first = (some & -some).bit_length() - 1
        rest = some & (some - 1)
        without, pods = solve(rest)
        least, chosen = without + LEFT, pods
        for members, cost in ways[first]:
            if members & some == members:
                others, pods = solve(some & ~members)
                if cost + others < least:
                    least, chosen = cost + others, (members, *pods)
        known[some] = least, chosen
        return known[some]

    _, chosen = solve((1 << len(people)) - 1)
    return [[people[place] for place in bits(members)] for members in chosen]


def _ways(pairs: Pairs, people: Sequence[int]) -> list[list[tuple[int, int]]]:
    """For each place in `people` the pods of which it is the first: (places as bits, cost)."""
    ways: list[list[tuple[int, int]]] = [[] for _ in people]
    for size in (TARGET, SMALLEST, LARGEST):
        for places in combinations(range(len(people)), size):
            pod = [people[place] for place in places]
            if all(pairs.fits[one] >> other & 1 for one, other in combinations(pod, 2)):
                ways[places[0]].append((sum(1 << place for place in places), cost_of(pairs, pod)))
    return ways


def bits(some: int) -> Iterator[int]:
    """The numbers in a set of bits, the smallest first."""
    while some:
        yield (some & -some).bit_length() - 1
        some &= some - 1


# -- many people ---------------------------------------------------------------------------------


class _Search:
    """Pods that become better; `left` as bits."""

    def __init__(self, pairs: Pairs) -> None:
        self.fits, self.cost, self.pairs = pairs.fits, pairs.cost, pairs
        self.pods: list[Pod] = []
        self.left = (1 << len(pairs.fits)) - 1

    def run(self) -> list[Pod]:
        self._grow()
        for _ in range(_SWEEPS):
            changed = self._make_room() | self._swap()
            self._grow()
            if not changed:
                break
        return self.pods

    # -- whoever is left -------------------------------------------------------------------------

    def _grow(self) -> None:
        """New pods of those who are left, then each of them into a pod with room; until neither is possible."""
        alone = 0
        while pool := self.left & ~alone:
            first = min(bits(pool), key=lambda one: (self.fits[one] & pool).bit_count())
            if pod := self._pod_of(first, pool):
                self.pods.append(pod)
                self.left &= ~_set(pod)
            else:
                alone |= 1 << first
        for one in bits(self.left):
            room = [pod for pod in self.pods if len(pod) < LARGEST and self._joins(one, pod)]
            if room:
                min(room, key=lambda pod: self._gain(one, pod)).append(one)
                self.left &= ~(1 << one)

    def _pod_of(self, first: int, pool: int) -> Pod | None:
        """Four who fit, else three: each next one is the cheapest of those with whom it can still become so many."""
        for size in (TARGET, SMALLEST):
            pod, common = [first], pool & self.fits[first]
            while len(pod) < size:
                missing = size - len(pod) - 1
                able = [one for one in bits(common) if self._reaches(common & self.fits[one], missing)]
                if not able:
                    break
                pod.append(min(able, key=lambda one: self._sum(one, pod)))
                common &= self.fits[pod[-1]]
            if len(pod) == size:
                return pod
        return None

    def _reaches(self, common: int, missing: int) -> bool:
        """Are there so many among these who fit each other? missing: two at most."""
        if missing < 2:
            return common.bit_count() >= missing
        return any(common & self.fits[one] for one in bits(common))

    def _make_room(self) -> bool:
        """Weigh a pod or two anew together with somebody who is left."""
        changed, tries = False, 0
        for one in bits(self.left):
            near = sorted(self.pods, key=lambda pod: -(self.fits[one] & _set(pod)).bit_count())[:_NEAR]
            for some in [[pod] for pod in near] + [list(two) for two in combinations(near, 2)]:
                if tries >= _WEIGHED_ANEW or not self.left >> one & 1:
                    break
                if all(any(pod is there for there in self.pods) for pod in some):
                    tries += 1
                    changed |= self._weigh(some, one)
        return changed

    def _weigh(self, some: list[Pod], one: int) -> bool:
        within = sorted([member for pod in some for member in pod] + [one])
        room = EXACT - len(within)
        others = [other for other in bits(self.left & self.fits[one] & ~(1 << one))]
        people = sorted(within + others[: max(0, room)])
        found = best(self.pairs, people)
        if sum(map(len, found)) <= sum(map(len, some)):
            return False
        self.pods = [pod for pod in self.pods if not any(pod is gone for gone in some)] + found
        self.left = (self.left | _set(people)) & ~_set(member for pod in found for member in pod)
        return True

    # -- cheaper pods ----------------------------------------------------------------------------

    def _swap(self) -> bool:
        """Move one, or two against each other, wherever that is cheaper."""
        changed = False
        for here, there in combinations(self.pods, 2):
            while self._swapped(here, there) or self._moved(here, there) or self._moved(there, here):
                changed = True
        return changed

    def _swapped(self, here: Pod, there: Pod) -> bool:
        mine, theirs = _set(here), _set(there)
        for at, one in enumerate(here):
            strangers = theirs & ~self.fits[one]
            if strangers & (strangers - 1):
                continue  # two or more there don't fit
            now = self._sum(one, here)
            for to, other in enumerate(there):
                if strangers & ~(1 << other) or mine & ~(1 << one) & ~self.fits[other]:
                    continue
                both = 2 * self.cost[one][other]
                after = self._sum(one, there) + self._sum(other, here) - both
                if after < now + self._sum(other, there):
                    here[at], there[to] = other, one
                    return True
        return False

    def _moved(self, here: Pod, there: Pod) -> bool:
        if len(here) == SMALLEST or len(there) == LARGEST:
            return False
        for one in here:
            fewer = OFF * (abs(len(here) - 1 - TARGET) - abs(len(here) - TARGET)) - self._sum(one, here)
            if self._joins(one, there) and self._gain(one, there) + fewer < 0:
                here.remove(one)
                there.append(one)
                return True
        return False

    def _joins(self, one: int, pod: Pod) -> bool:
        return not _set(pod) & ~self.fits[one]

    def _gain(self, one: int, pod: Pod) -> int:
        """What it adds to a pod's cost when somebody joins it."""
        return OFF * (abs(len(pod) + 1 - TARGET) - abs(len(pod) - TARGET)) + self._sum(one, pod)

    def _sum(self, one: int, pod: Pod) -> int:
        row = self.cost[one]
        return sum([row[other] for other in pod])


def _set(people: Iterable[int]) -> int:
    found = 0
    for one in people:
        found |= 1 << one
    return found
