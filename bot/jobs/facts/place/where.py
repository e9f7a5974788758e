"""What stands in the fixed places of a posting: the board's place field, the title, the first line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.jobs.facts.place import names, spot, words, zones
from bot.jobs.facts.place.said import Effect, Said
from bot.jobs.facts.values import Evidence, Posting


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_ANYWHERE = _pattern(
    r"\b(?:anywhere(?: in the world)?|world-? ?wide|global(?:ly)?|everywhere|no restrictions?|international(?:ly)?",
    r"|weltweit|mundo|any country)\b",
)
_BUT = _pattern(
    r"\b(?:except(?:ing)?(?: for)?|excluding|excludes?|other than|outside(?: of)?|not in|but not",
    r"|no applicants from|not|no)\b",
)
_REMOTE = _pattern(r"\b(?:remote(?:ly)?|wfh|work from home|home[- ]based|telework\w*|teletrabajo)\b")
_AT_A_DESK = _pattern(r"\b(?:hybrid|on-?site|in-?office|in[- ]person|office)\b")

# A title: a place counts when it stands apart.
_DELIMITED = _pattern(r"(?:^|[(\[\-–—|,/:;@+•·]|\b(?:in|from|based|remote|within|only|for|area))\s*$")
_LEADS_ON = _pattern(r"\b(?:of|for|the|and|with|to)\s*$|&\s*$")
_CLOSED = _pattern(
    r"^\s*(?:$|[)\]\-–—|,/:;+•·]|(?:only|based|remote|residents?|timezone|time zone|or|and|&|anywhere|hybrid|onsite",
    r"|area|region)\b)",
)
_TITLE_BUT = _pattern(r"\b(?:no|not|except|excluding|non|outside)[\s-]+(?:in|from|of|the)?\s*$|!\s*$")
_TITLE_WORLD = _pattern(
    r"[(\[–—-]\s*(?:remote[\s,–-]*)?(?:anywhere|worldwide|global remote|work from anywhere)\s*(?:[)\]]|$)"
)

# We Work Remotely: "Headquarters: …", and "URL:" behind it when the employer wrote the post (research/feeds.md 0.1).
_HEAD = _pattern(r"\s*Headquarters:[ \t]*(?P<where>[^\n]{0,400})")
_URL = _pattern(r"\s*\bURL:\s*(?P<url>\S+)")
# An import's URL is no more than a domain, without https: it was made from the employer's name.
_MADE_URL = _pattern(r"http://[\w-]+(?:\.\w{2,12}|\.co\.\w\w)/?$")
_MOST_HEAD = 60  # characters of a line that holds nothing but where the job is
_PLACE_WORDS = """remote hybrid only or and in the within office home based work from us all select locations national
fully flexible"""
_OF_PLACES = frozenset(_PLACE_WORDS.split())
_TAIL = _pattern(r"[\s,;(&/–-]*(?:or\s+)?(?:remote|hybrid|only)?[)\s]*")

# Hacker News: cells divided by bars.
_MOST_CELL = 250  # characters; in a longer one the text has begun
_PARTLY = _pattern(r"\b(?:part|partly|partially|some|occasional(?:ly)?)[\s-]remote")
_OF_ZONES = _pattern(r"\b(?:remote|time ?zones?|GMT|UTC)\b")
_OVERLAPS = _pattern("overlap|hours")
_CELL_WORLD = _pattern(
    r"\b(?:anywhere(?! (?:in|within)\b(?! the world))|world-?wide|global(?:ly)?|international(?: ok)?)\b",
    r"(?! (?:leader|team|tech|compan))|\(world\)",
)
_BEHIND_REMOTE = _pattern(
    r"\bremote(?:ly)?[\s,:(–—-]*(?:in|from|within|anywhere in|across|based in|is ok in|ok in|only|ok|possible in)?",
    r"[\s,:(–—-]*(?:the|all of|continental)?\s*$",
)
_BEFORE_REMOTE = _pattern(
    r"[)\s]*[\s–—-]*(?:(?:only|based)\b|(?:only|based)?[\s–—-]*\(?(?:remote|work from home|wfh)\b)"
)

_LEGAL = _pattern(
    r",?\s+(?:Inc|LLC|L\.L\.C|Ltd|Limited|GmbH|AG|AB|S\.A|SA|BV|B\.V|Corp|Corporation|PLC|Pty Ltd|Co)\.?$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A place text as it is understood. anywhere: it names no limit but what is out and zones."""

    anywhere: bool = False
    only: tuple[spot.Run, ...] = ()
    out: tuple[spot.Run, ...] = ()
    zones: tuple[zones.Zones, ...] = ()


def claim(text: str) -> Claim:
    """What a place field says: everything in it counts, in whatever case."""
    found = zones.find(text, field=True)
    blanked = zones.blanked(text, found, " ")
    but = _BUT.search(blanked)
    cut = but.start() if but else len(blanked)
    only = tuple(spot.runs(blanked[:cut], loose=True))
    out = tuple(
        spot.Run(run.start + cut, run.end + cut, run.mentions) for run in spot.runs(blanked[cut:], loose=True)
    )
    anywhere = (
        not only and not found and bool(_ANYWHERE.search(blanked) or (out and not _AT_A_DESK.search(text)))
    )
    return Claim(anywhere, only, out, tuple(found))


def field(posting: Posting, source: str) -> Iterator[Said]:
    """What the board says in a field of its own."""
    text = posting.source(source)
    if not text.strip():
        return
    whole = Evidence.of(posting, source, 0, len(text), "field")
    said = claim(text)
    if said.anywhere:
        yield Said("world", whole)
    for run in said.only:
        here = _american(run) if posting.board == "wwr" else run
        yield Said.of("only", _exactly(posting, source, run, "field"), here)
    for run in said.out:
        yield Said.of("out", whole, run)
    for zone in said.zones:
        yield Said("zone", whole, low=zone.low, high=zone.high)


def _american(run: spot.Run) -> spot.Run:
    """We Work Remotely's field names states of the US: its Georgia is one."""
    if len(run.mentions) != 1:
        return run
    only = run.mentions[0]
    state = next((one for one in only.name.also if one.kind == "part" and "US" in one.countries), only.name)
    return spot.Run(run.start, run.end, (spot.Mention(only.start, only.end, state),))


def _exactly(posting: Posting, source: str, run: spot.Run, rule: str) -> Evidence:
    return Evidence.of(posting, source, run.start, run.end, rule)


def title(posting: Posting, text: str) -> Iterator[Said]:
    """Places that stand apart in a title: "(US only)", "- EMEA", "Remote, Germany", "… in France"."""
    whole = Evidence.of(posting, "title", 0, len(text), "title")
    found = zones.find(text)
    for zone in found:
        if zone.use == "be" or text[max(0, zone.start - 1) : zone.start] in ("(", "["):
            yield Said("zone", whole, low=zone.low, high=zone.high)
    blanked = zones.blanked(text, found, " ")
    for run in spot.runs(blanked):
        if _stands_apart(blanked, run):
            effect: Effect = "out" if _TITLE_BUT.search(blanked[: run.start]) else "only"
            yield Said.of(effect, _exactly(posting, "title", run, "title"), run)
    if _TITLE_WORLD.search(text):
        yield Said("world", whole)


def _stands_apart(text: str, run: spot.Run) -> bool:
    if all(one.name.kind == "city" and one.name.word for one in run.mentions):
        return False
    before, behind = text[: run.start], text[run.end :]
    if not _CLOSED.match(behind):
        return False
    last = not behind.strip() and run.mentions[-1].name.kind in ("country", "group")
    return bool(_DELIMITED.search(before)) or (last and not _LEADS_ON.search(before))


def head(posting: Posting, text: str) -> tuple[list[Said], int, bool]:
    """We Work Remotely's first line, where it ends, and whether the post was imported.

    There stands the place of an imported job, the office of another.
    """
    found = _HEAD.match(text)
    if found is None:
        return [], 0, False
    start = found.start("where")
    url = _url_behind(text, start)
    if url is None:
        line = text[start : found.end()]
        area = line[: _end_of_places(line)]
        return [*_job_place(posting, area, start, firm=True)], start + len(area), True
    area = text[start : url.start()]
    if not _MADE_URL.match(url["url"]):
        return [], url.end(), False
    return [*_job_place(posting, area, start, firm=bool(_REMOTE.search(area)))], url.end(), False


def is_import(text: str) -> bool:
    """Did We Work Remotely take this posting over from the employer's own site?"""
    found = _HEAD.match(text)
    if found is None:
        return False
    url = _url_behind(text, found.start("where"))
    return url is None or _MADE_URL.match(url["url"]) is not None


def _url_behind(text: str, start: int) -> re.Match[str] | None:
    return _URL.search(text, start, start + 420)


def _end_of_places(line: str) -> int:
    """Where the places at the beginning of a line end: imported items run on into their text without a break."""
    end = 0
    for run in spot.runs(line[:260]):
        gap = [
            word for word in re.findall(r"[^\W_]+", line[end : run.start]) if word.lower() not in _OF_PLACES
        ]
        if len(gap) > (1 if end else 2):
            break
        end = run.end
    tail = _TAIL.match(line, end)
    if not end:
        return len(line) if len(line) <= _MOST_HEAD else 0  # no place: the text has begun
    return tail.end() if tail else end


def _job_place(posting: Posting, area: str, start: int, *, firm: bool) -> Iterator[Said]:
    """Where an imported job is. Not firm: it may be the office all the same."""
    said = claim(area)
    for run in said.only:
        evidence = Evidence.of(posting, "text", start + run.start, start + run.end, "headquarters")
        yield Said.of("only" if firm else "hint", evidence, run)
    for zone in said.zones:
        evidence = Evidence.of(posting, "text", start + zone.start, start + zone.end, "headquarters")
        yield Said("zone", evidence, low=zone.low, high=zone.high)


def cells(posting: Posting, line: str) -> Iterator[Said]:
    """The first line of a Hacker News posting: cells divided by bars, of which one tells how and where.

    A place qualifies "remote" behind it, or hanging on it: "Remote (US)", "US remote", not "NYC or remote".
    Without remote work the offices are where one has to be.
    """
    remote = bool(_REMOTE.search(_PARTLY.sub("", line)))
    offices: list[Said] = []
    qualified: list[Said] = []
    start = 0
    for number, cell in enumerate(line.split("|")):
        if len(cell) > _MOST_CELL:
            break  # the text begins
        whole = Evidence.of(posting, "text", start, start + len(cell), "cell")
        found = zones.find(cell, field=True) if _OF_ZONES.search(cell) else []
        qualified += [
            Said("zone", whole, low=one.low, high=one.high) for one in found if not _OVERLAPS.search(cell)
        ]
        if remote and number and _CELL_WORLD.search(cell):
            yield Said("world", whole)
        blanked = zones.blanked(cell, found, " ")
        for run in spot.runs(blanked, loose=len(cell) < 60 and bool(_REMOTE.search(cell))):
            if not number and not _is_whole(blanked, run):
                continue  # the company's cell
            for part in _split_at_remote(blanked, run):
                evidence = Evidence.of(posting, "text", start + part.start, start + part.end, "cell")
                wished = len(part.mentions) == 1 and words.SOFT_BEHIND.match(blanked[part.end :])
                there = qualified if _qualifies(blanked, part) and not wished else offices
                there.append(Said.of("only", evidence, part))
        start += len(cell) + 1
    if qualified or not remote:
        yield from qualified or offices
    else:
        yield from (replace(one, effect="hint") for one in offices)


def _split_at_remote(cell: str, run: spot.Run) -> list[spot.Run]:
    """The places on both sides of "remote" say different things: "NYC or Remote (US)"."""
    groups: list[list[spot.Mention]] = [[run.mentions[0]]]
    for one, two in zip(run.mentions, run.mentions[1:], strict=False):
        if _REMOTE.search(cell[one.end : two.start]):
            groups.append([])
        groups[-1].append(two)
    return [spot.Run(group[0].start, group[-1].end, tuple(group)) for group in groups]


def _qualifies(cell: str, run: spot.Run) -> bool:
    if _BEHIND_REMOTE.search(cell[: run.start]):
        return True
    country = any(one.name.kind in ("country", "group") for one in run.mentions)
    return country and bool(_BEFORE_REMOTE.match(cell[run.end :]) or _is_whole(cell, run))


def _is_whole(cell: str, run: spot.Run) -> bool:
    """Nothing but this place stands in the cell."""
    return len(cell.strip(" ()-–")) - (run.end - run.start) <= 2


def masked(text: str, company: str) -> str:
    """The text with the company's own name blotted out: Bank of America is no place."""
    name = _LEGAL.sub("", company.strip())
    if len(name) < 4 or name not in text or names.lookup(name) is not None:
        return text
    return text.replace(name, "·" * len(name))
