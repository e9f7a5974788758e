"""The sentences of a posting that say who may apply by where they are. Pure.

A place counts by the words around it. Before it: "must be based in", "authorized to work in", "remote from", "hiring
in", "anywhere in", a label ("Location:"); behind it: "only", "-based candidates", "residents". Turned round by
"except", "outside", "not in"; of no weight beside "preferably", "if you are in", "our offices in", "customers in".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.jobs.facts.place import spot, words, zones
from bot.jobs.facts.place.said import Effect, Said
from bot.jobs.facts.values import Evidence, Posting
from bot.jobs.facts.windows import lowered, positions

_MOST_RUNS = 200  # a text that is nothing but places says nothing of one
_BEFORE, _BEHIND = 110, 60  # characters around a place that can speak of it


def read(posting: Posting, text: str, source: str) -> Iterator[Said]:
    """Everything that a text says about places and zones; `text` is the source, the company's name blotted out."""
    found_zones = zones.find(text)
    for zone in found_zones:
        if zone.use == "be":
            evidence = Evidence.of(posting, source, *sentence(text, zone.start, zone.end), "zone")
            yield Said("zone", evidence, low=zone.low, high=zone.high)
    blanked = zones.blanked(text, found_zones, "·")
    for run in spot.runs(blanked)[:_MOST_RUNS]:
        found = _judge(blanked, run)
        if found is not None:
            effect, rule = found
            evidence = Evidence.of(posting, source, *sentence(text, run.start, run.end), rule)
            yield Said.of(effect, evidence, run)
    yield from _worldwide(posting, text, source)


def _worldwide(posting: Posting, text: str, source: str) -> Iterator[Said]:
    marks = positions(lowered(text), words.WORLD_HINTS)
    for first, last in words.windows(marks, _BEFORE, len(text)):
        for found in words.WORLD.finditer(text, first, last):
            start, end = sentence(text, found.start(), found.end())
            if (
                words.WORLD_OF_JOB.search(text, start, found.end())
                and not words.WORLD_OF_OTHERS.search(text, start, found.end())
                and not words.NEGATED.search(text, start, found.start())
            ):
                yield Said("world", Evidence.of(posting, source, start, end, "world"))


@dataclass(frozen=True, slots=True)
class _Around:
    """The sentence around one run of places. head: what is left before it without preposition and filling words."""

    before: str
    head: str
    preposition: bool
    behind: str


def _around(text: str, run: spot.Run) -> _Around:
    before = words.END.split(words.LISTED.sub(": ", text[max(0, run.start - _BEFORE) : run.start]))[-1]
    bare = words.FILL.sub("", before, count=1)
    found = words.PREPOSITION.search(bare)
    head = bare[: found.start()].rstrip(" \t(,:–—-") if found else bare
    behind = words.END.split(text[run.end : run.end + _BEHIND], maxsplit=1)[0]
    return _Around(before, head, bool(found), behind)


def _judge(text: str, run: spot.Run) -> tuple[Effect, str] | None:
    """What the words around one run of places make of it, and the rule that says so."""
    around = _around(text, run)
    before, head, behind = around.before, around.head, around.behind
    if words.OUTSIDE.search(head):
        return _outside(around, run)
    if _beside_the_point(before, behind):
        return None
    if words.NO_IS_IN.search(before):
        return "only", "there"
    rule = _rule(around)
    if words.BUT.search(head):
        return ("out", "except") if rule or words.OF_PEOPLE.search(before + behind) else None
    if rule is None:
        return ("hint", "workforce") if around.preposition and words.WORKFORCE.search(head) else None
    if words.TRADE.search(before) or words.MONEY_BEHIND.match(behind):
        return None
    if rule in ("there", "hired", "anywhere", "based") and not _of_applicants(before, rule):
        return None
    if rule in ("there", "hired") and not run.broad and not words.STRICT.search(before):
        return None
    return "only", rule


def _outside(around: _Around, run: spot.Run) -> tuple[Effect, str] | None:
    """Nobody outside may apply, or people outside are spoken of as applicants."""
    if words.NEGATED.search(around.before) or words.DECLINED.search(around.behind):
        return ("only", "not outside") if words.OF_PEOPLE.search(around.before) else None
    abroad = run.broad and words.OF_ABROAD.search(around.before + around.behind)
    return ("world", "outside") if abroad and not words.IF.search(around.before) else None


def _beside_the_point(before: str, behind: str) -> bool:
    """A condition, a wish, something that is taken back, or that nobody needs."""
    condition = words.IF.search(before) and not words.ONLY_IF.search(before)
    wish = words.SOFT.search(before[-60:]) or words.SOFT_BEHIND.match(behind)
    return bool(condition or wish or words.TAKEN_BACK.match(behind) or words.NO_NEED.search(before))


def _rule(around: _Around) -> str | None:
    if words.ONLY_BEHIND.match(around.behind):
        return "only"
    if words.LABEL.search(around.before):
        return "label"
    if words.REMOTE.search(around.head) and around.head != around.before:
        return "remote"
    if words.ONLY_BEFORE.search(around.head):
        return "only"
    if around.preposition:
        for name, pattern in _BY_PREPOSITION:
            if pattern.search(around.head):
                return name
    if words.OURS.search(around.before):
        return None
    return "based" if words.BASED_BEHIND.match(around.behind) else None


_BY_PREPOSITION = (
    ("there", words.THERE),
    ("allowed", words.ALLOWED),
    ("anywhere", words.ANYWHERE),
    ("hired", words.HIRED),
)


def _of_applicants(before: str, rule: str) -> bool:
    """Is it said of who applies, not of the company, its customers or its team?"""
    applicant = -1
    for found in words.APPLICANT.finditer(before):
        applicant = found.start()
    others = words.OTHERS.search(before)
    if (others is not None and applicant < others.start()) or words.OUR_TEAM.search(before):
        return False
    return applicant >= 0 or (rule in ("there", "based") and len(before.strip(" •*-–·\t")) < 32)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, at most 200 characters of it, the place itself inside."""
    first = max(0, start - _BEFORE)
    for found in words.END.finditer(text, first, start):
        first = found.end()
    last = words.END.search(text, end, end + _BEHIND)
    stop = last.start() + 1 if last else min(len(text), end + _BEHIND)
    first = max(first, min(start, stop - 200))
    stop = max(end, min(stop, first + 200))
    quote = text[first:stop]
    return first + len(quote) - len(quote.lstrip()), stop - len(quote) + len(quote.rstrip())
