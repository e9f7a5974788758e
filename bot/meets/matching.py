"""The search behind `bot.meets.pairing`: people into twos, whoever is left over into a three. Pure, deterministic.

Up to `EXACT` people every way is weighed. More are paired by a matching of most pairs and, among those, of the
greatest worth (Edmonds 1965; rustworkx). Then whoever is left over joins the pair that is worth most with them, or
somebody else is left over instead, who can be in a three.
People are numbers 0 to n-1 here.

Above `ALL_PAIRS` people only the best arcs of each are weighed. Afterwards augmenting paths are looked for among all
pairs: none left is the proof that no other matching has more pairs (Berge 1957), and each one that is found adds its
arcs before they are weighed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappush, heappushpop
from itertools import combinations, islice

EXACT = 10
ALL_PAIRS = 300
ARCS = 15  # of each person, when not all pairs are weighed
MOST = 2048  # people at once: sums stay far below rustworkx's 128 bits

Group = tuple[int, ...]
Cost = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Pairs:
    """fits: for each person the others whom they may meet, as bits. worth: of two who fit, the more the better. Sums
    of it are below 2^101. urgent: who is rather paired than others, 0 to 3. tired: who must be in no three, as bits.
    """

    fits: Sequence[int]
    worth: Callable[[int, int], int]
    urgent: Sequence[int] = ()
    tired: int = 0

    def urgency(self, one: int) -> int:
        return self.urgent[one] if self.urgent else 0

    def trio(self, one: int, two: int, three: int) -> bool:
        """May these be a three?"""
        some = 1 << one | 1 << two | 1 << three
        return not some & self.tired and all(not some & ~(self.fits[n] | 1 << n) for n in (one, two, three))


def bits(some: int) -> Iterator[int]:
    """The numbers in a set of bits, the smallest first."""
    while some:
        yield (some & -some).bit_length() - 1
        some &= some - 1


def divide(pairs: Pairs, *, exact: int = EXACT, all_pairs: int = ALL_PAIRS) -> list[Group]:
    """The twos and threes; who is in none of them is left. A three stands only where a two would leave somebody."""
    size = len(pairs.fits)
    if size <= exact:
        return best(pairs, range(size))
    found: list[Group] = list(paired(_pressing(pairs), all_pairs=all_pairs))
    left = (1 << size) - 1 & ~sum(1 << one for pair in found for one in pair)
    for one in sorted(bits(left), key=lambda one: pairs.fits[one].bit_count()):
        found = _joined(pairs, found, one) or _instead(pairs, found, one) or found
    return found


# -- every way -----------------------------------------------------------------------------------


def best(pairs: Pairs, people: Sequence[int]) -> list[Group]:
    """The best way of all, for a dozen people at most: few left, few threes, the urgent ones in, greatest worth."""
    ways = _ways(pairs, people)
    known: dict[int, tuple[Cost, tuple[int, ...]]] = {0: ((0, 0, 0, 0), ())}

    def solve(some: int) -> tuple[Cost, tuple[int, ...]]:
        if (found := known.get(some)) is None:
            first = (some & -some).bit_length() - 1
            without, groups = solve(some & (some - 1))
            least, chosen = _plus(without, (1, 0, pairs.urgency(people[first]), 0)), groups
            for members, cost in ways[first]:
                if members & some == members:
                    others, groups = solve(some & ~members)
                    if (sum_ := _plus(cost, others)) < least:
                        least, chosen = sum_, (members, *groups)
            found = known[some] = least, chosen
        return found

    _, chosen = solve((1 << len(people)) - 1)
    return [tuple(people[place] for place in bits(members)) for members in chosen]


def _ways(pairs: Pairs, people: Sequence[int]) -> list[list[tuple[int, Cost]]]:
    """For each place in `people` the groups of which it is the first: (places as bits, cost)."""
    ways: list[list[tuple[int, Cost]]] = [[] for _ in people]
    worth: dict[tuple[int, int], int] = {}
    for here, there in combinations(range(len(people)), 2):
        if pairs.fits[people[here]] >> people[there] & 1:
            worth[here, there] = pairs.worth(people[here], people[there])
            ways[here].append((1 << here | 1 << there, (0, 0, 0, -worth[here, there])))
    for one, two, three in combinations(range(len(people)), 3):
        if pairs.trio(people[one], people[two], people[three]):
            sum_ = worth[one, two] + worth[one, three] + worth[two, three]
            ways[one].append((1 << one | 1 << two | 1 << three, (0, 1, 0, -sum_)))
    return ways


def _plus(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


# -- twos ----------------------------------------------------------------------------------------

_URGENT = 1 << 101  # outweighs any sum of worth


def paired(pairs: Pairs, *, all_pairs: int = ALL_PAIRS, arcs: int = ARCS) -> list[tuple[int, int]]:
    """The pairs of a matching: as many as there can be, then the most urgent people, then the greatest worth."""
    size = len(pairs.fits)
    if size > MOST:
        raise ValueError(f"{size} people; {MOST} is the most for one matching")
    if size <= all_pairs:
        return _heaviest(size, {arc: _weight(pairs, *arc) for arc in _arcs(pairs)})
    some = _best_arcs(pairs, arcs)
    found = _heaviest(size, some)
    mates = [-1] * size
    for one, other in found:
        mates[one], mates[other] = other, one
    missing = [arc for arc in _grown(pairs.fits, mates) if arc not in some]
    if not missing:
        return found
    return _heaviest(size, some | {arc: _weight(pairs, *arc) for arc in missing})


def _arcs(pairs: Pairs) -> Iterator[tuple[int, int]]:
    for one, others in enumerate(pairs.fits):
        for other in bits(others >> one + 1):
            yield one, one + 1 + other


def _weight(pairs: Pairs, one: int, other: int) -> int:
    return pairs.worth(one, other) + _URGENT * (pairs.urgency(one) + pairs.urgency(other))


def _best_arcs(pairs: Pairs, most: int) -> dict[tuple[int, int], int]:
    """Those that are among the best of either end, and all of the urgent people's."""
    heaps: list[list[tuple[int, int, int]]] = [[] for _ in pairs.fits]
    kept: dict[tuple[int, int], int] = {}
    for one, other in _arcs(pairs):
        weight = _weight(pairs, one, other)
        if weight >= _URGENT:
            kept[one, other] = weight
            continue
        for end in (one, other):
            if len(heaps[end]) < most:
                heappush(heaps[end], (weight, one, other))
            elif weight > heaps[end][0][0]:
                heappushpop(heaps[end], (weight, one, other))
    return kept | {(one, other): weight for heap in heaps for weight, one, other in heap}


def _heaviest(size: int, arcs: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    import rustworkx  # with numpy: it is for workers

    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * size)
    graph.add_edges_from([(one, other, weight) for (one, other), weight in sorted(arcs.items())])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(pair), max(pair)) for pair in found)


# -- the proof that there are no more --------------------------------------------------------------


def _grown(fits: Sequence[int], mates: list[int]) -> list[tuple[int, int]]:
    """Arcs that make a matching greater until it can't be; `mates` becomes that one (-1: nobody)."""
    search = _Search(fits, mates)
    new: list[tuple[int, int]] = []
    for root in range(len(fits)):
        if mates[root] < 0:
            new += search.grow(root)
    return [arc for arc in new if mates[arc[0]] == arc[1]]


class _Search:
    """Edmonds' search with sets of bits. A tree that leads to nobody never will, so its people are `dead`."""

    def __init__(self, fits: Sequence[int], mates: list[int]) -> None:
        self.fits, self.mates, self.size = fits, mates, len(fits)
        self.dead = 0

    def grow(self, root: int) -> list[tuple[int, int]]:
        """The pairs of a path from here to another one without a mate, who are mates then; none: there is none."""
        self.came, self.base = [-1] * self.size, list(range(self.size))
        self.members = [1 << one for one in range(self.size)]
        self.outer, self.inner, self.root = 1 << root, 0, root
        queue = [root]
        for one in queue:
            while near := self._near(one):
                other = (near & -near).bit_length() - 1
                if self.outer >> other & 1:
                    queue += self._shrink(one, other)
                    continue
                self.came[other] = one
                mate = self.mates[other]
                if mate < 0:
                    return self._augment(other)
                self.inner |= 1 << other
                self.outer |= 1 << mate
                queue.append(mate)
        self.dead |= self.outer | self.inner
        return []

    def _near(self, one: int) -> int:
        """Whom this outer one reaches and has not looked at: nobody of its own blossom, nobody inner."""
        return self.fits[one] & ~(self.dead | self.members[self.base[one]] | self.inner & ~self.outer)

    def _shrink(self, one: int, other: int) -> list[int]:
        """Two outer ones reach each other: their circle becomes one. Gives those who are outer by it."""
        top = self._meet(one, other)
        circle = self._up(one, top, other) | self._up(other, top, one)
        for inside in bits(circle):
            self.base[inside] = top
        self.members[top] |= circle
        new = circle & ~self.outer
        self.outer |= circle
        return list(bits(new))

    def _meet(self, one: int, other: int) -> int:
        above = 0
        while True:
            one = self.base[one]
            above |= 1 << one
            if one == self.root or self.mates[one] < 0:
                break
            one = self.came[self.mates[one]]
        other = self.base[other]
        while not above >> other & 1:
            other = self.base[self.came[self.mates[other]]]
        return other

    def _up(self, one: int, top: int, child: int) -> int:
        """All on the way up, with their blossoms; each remembers the way round."""
        found = 0
        while self.base[one] != top:
            mate = self.mates[one]
            found |= self.members[self.base[one]] | self.members[self.base[mate]]
            self.came[one] = child
            child, one = mate, self.came[mate]
        return found

    def _augment(self, last: int) -> list[tuple[int, int]]:
        new = []
        while last >= 0:
            one = self.came[last]
            after = self.mates[one]
            self.mates[one], self.mates[last] = last, one
            new.append((min(one, last), max(one, last)))
            last = after
        return new


# -- threes --------------------------------------------------------------------------------------

_TRIES = 2000  # threes that are tried for one who is left; where few fit there are not so many


def _pressing(pairs: Pairs) -> Pairs:
    """Those who can be in no three are the most urgent ones: left over, they would be alone."""
    free = ~pairs.tired

    def can(one: int) -> bool:
        near = pairs.fits[one] & free
        return bool(free >> one & 1) and any(near & pairs.fits[other] for other in bits(near))

    urgent = [min(3, pairs.urgency(one) + 2 * (not can(one))) for one in range(len(pairs.fits))]
    return Pairs(pairs.fits, pairs.worth, urgent, pairs.tired)


def _joined(pairs: Pairs, groups: list[Group], one: int) -> list[Group] | None:
    """With this one in the pair that is worth most with them; None: no pair can take them in."""
    takes = [group for group in groups if len(group) == 2 and pairs.trio(one, *group)]
    if not takes:
        return None
    to = max(takes, key=lambda group: sum(pairs.worth(one, other) for other in group))
    return [tuple(sorted((one, *group))) if group == to else group for group in groups]


def _instead(pairs: Pairs, groups: list[Group], one: int) -> list[Group] | None:
    """Somebody else is left over, who is in a three then; threes that stand are not touched. None: that can't be.

    Who can be left over instead are the outer ones of this one's tree. Each three with one of them is tried, whether
    all others are in twos then.
    """
    twos = [group for group in groups if len(group) == 2]
    inside = sum(1 << n for group in twos for n in group) | 1 << one
    fits = [near & inside if inside >> n & 1 else 0 for n, near in enumerate(pairs.fits)]
    mates = [-1] * len(fits)
    for here, there in twos:
        mates[here], mates[there] = there, here
    search = _Search(fits, mates)
    search.grow(one)
    threes = (three for other in bits(search.outer) for three in _threes(pairs, fits, other))
    for three in islice(threes, _TRIES):
        rest = inside & ~sum(1 << n for n in three)
        if _all_in_twos(fits, mates, rest):
            return [*(group for group in groups if len(group) > 2), three, *_twos(pairs, rest)]
    return None


def _threes(pairs: Pairs, fits: Sequence[int], one: int) -> Iterator[Group]:
    for two in bits(fits[one]):
        for three in bits(fits[one] & fits[two] & -2 << two):
            if pairs.trio(one, two, three):
                yield one, two, three


def _all_in_twos(fits: Sequence[int], mates: Sequence[int], some: int) -> bool:
    """mates: of a matching from which one gets there quickly."""
    near = [others & some if some >> n & 1 else 0 for n, others in enumerate(fits)]
    now = [mate if mate >= 0 and some >> n & some >> mate & 1 else -1 for n, mate in enumerate(mates)]
    search = _Search(near, now)
    return all(now[n] >= 0 or search.grow(n) for n in bits(some))


def _twos(pairs: Pairs, some: int) -> Iterator[Group]:
    """The best pairs of these people alone."""
    people = list(bits(some))
    place = {one: at for at, one in enumerate(people)}
    fits = [sum(1 << place[n] for n in bits(pairs.fits[one] & some)) for one in people]
    part = Pairs(fits, lambda here, there: pairs.worth(people[here], people[there]))
    yield from ((people[here], people[there]) for here, there in paired(part))
