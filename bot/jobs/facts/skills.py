"""What somebody is asked to know, in the names of our own list (`skill_names`).

A text is cut into words once and each is looked up, so the length of the list costs nothing. Words that are also
ordinary English ("go", "rest", "excel", "react") count only as the tool is spelt, and the worst of them only in
the company of other skills. A tag that a board's machine wrote counts for nothing: a job for office help was tagged
with PHP, and one in DevOps with construction (research/feeds.md A1, C).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from bot.jobs.facts import roles, skill_names
from bot.jobs.facts.values import Asked, Evidence, Posting, Skill
from bot.jobs.facts.windows import lowered

MOST = 60  # skills of one posting
MOST_DOUBTS = 300  # words like "Go" in one text whose company is looked at
_MOST_TEXT = 12_000

_RANK: Mapping[Asked, int] = {"named": 0, "nice": 1, "must": 2}

_TOKEN = re.compile(r"\.?[^\W_]+[+#]*")
_NEXT = re.compile(r" ([^\W_]+)")
_GAP = re.compile(r" ?[-/&‐–.]? ?")  # what may stand between the words of one name
_MACHINE_TAGS = frozenset({"remotive", "remotive_rss", "remoteok", "wwr"})

# What may follow a word that begins a sentence and yet is a name: "Excel skills", not "Excel at what you do".
_NAME_GOES_ON = frozenset(
    [
        "and",
        "or",
        "is",
        "experience",
        "skills",
        "knowledge",
        "developer",
        "developers",
        "engineer",
        "engineers",
        "expertise",
        "expert",
        "proficiency",
        "for",
        "programming",
        "scripting",
        "specialist",
        "administrator",
        "admin",
        "language",
        "framework",
        "ecosystem",
        "components",
        "apps",
        "application",
        "applications",
        "native",
        "hooks",
        "stack",
        "certification",
        "certified",
        "modeling",
        "dashboards",
        "reports",
        "integration",
        "integrations",
        "templates",
        "codebase",
        "database",
    ]
)
_PEOPLE_OF = frozenset(
    [
        "developer",
        "developers",
        "engineer",
        "engineers",
        "programmer",
        "programmers",
        "programming",
        "language",
        "codebase",
        "microservices",
        "services",
        "backend",
        "code",
        "scripting",
        "experience",
    ]
)
_JOINERS = frozenset({"and", "or", "in", "with", "using", "as", "like", "e.g", "plus", "know"})
_OPENS, _CLOSES = frozenset(",/(|•·:;+&[-–—"), frozenset(",/)|;.•+&]-–—")


class _Name(NamedTuple):
    """One spelling of a skill: its words in small letters, and what it takes to believe it."""

    words: tuple[str, ...]
    skill: str
    exact: str  # the spelling that alone counts, or ""
    in_company: bool
    in_title: bool


class _Hit(NamedTuple):
    skill: str
    start: int
    end: int


def _words(text: str) -> tuple[str, ...]:
    return tuple(match.group().lower() for match in _TOKEN.finditer(text))


def _name(spelling: str, skill: str) -> _Name:
    mark, bare = (spelling[0], spelling[1:]) if spelling[0] in "~!@" else ("", spelling)
    return _Name(_words(bare), skill, bare if mark in ("~", "!") else "", mark == "!", mark == "@")


def _lines() -> Iterator[tuple[str, str]]:
    """Label with its mark, and the rest of its line."""
    for entry in re.split(r"[;\n]", "\n".join(skill_names.ALL)):
        label, _, rest = entry.strip().partition(": ")
        if label:
            yield label, rest


def _entries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Label and spellings of each skill of the list. A label that an alias spells with a mark is only found so."""
    for marked_label, rest in _lines():
        label = marked_label.lstrip("?")
        aliases = tuple(alias.strip() for alias in rest.split(",") if alias.strip())
        bare = label.lstrip("~!")
        marked = any(alias[0] in "~!" and alias[1:] == bare for alias in aliases)
        yield bare, aliases if marked else (label, *aliases)


def _labels() -> dict[str, str]:
    return {label.lower(): label for label, _ in _entries()}


SKILLS: Mapping[str, str] = _labels()  # id → label for people
_BROAD = frozenset(label[1:].lower() for label, _ in _lines() if label[0] == "?")


@cache
def _index() -> Mapping[str, tuple[_Name, ...]]:
    """First word → the names that begin with it, longest first."""
    found: dict[str, list[_Name]] = {}
    for label, spellings in _entries():
        for spelling in spellings:
            name = _name(spelling, label.lower())
            found.setdefault(name.words[0], []).append(name)
    return {word: tuple(sorted(names, key=lambda one: -len(one.words))) for word, names in found.items()}


def say(skill: str) -> str:
    """The label of an id, for people; an unknown id as it is."""
    return SKILLS.get(skill, skill)


def find(text: str) -> list[str]:
    """The ids of the skills that somebody wrote down ("golang, react, excel"), in their order; case is forgiven."""
    found: dict[str, None] = {}
    for hit in _hits(text, forgiving=True):
        found.setdefault(hit.skill)
    return list(found)


def read(posting: Posting) -> tuple[Skill, ...]:
    """The skills of one posting, those of the title first."""
    found: dict[str, Skill] = {}
    for span in roles.role(posting):
        for hit in _hits(span.text, title=True):
            proof = Evidence.of(
                posting, span.source, span.start + hit.start, span.start + hit.end, "skill.title"
            )
            found.setdefault(hit.skill, Skill(hit.skill, proof, "must"))
    if posting.board not in _MACHINE_TAGS:
        for hit in _hits(posting.source("tags"), forgiving=True):
            found.setdefault(hit.skill, Skill(hit.skill, _proof(posting, "tags", hit)))
    text = posting.text[:_MOST_TEXT]
    hits = _hits(text)
    sections = _Sections(text if hits else "")
    passing: set[str] = set()  # broad fields that were named once, not asked for
    for hit in hits:
        known = found.get(hit.skill)
        if (known is None and len(found) >= MOST) or (known is not None and known.asked == "must"):
            continue
        asked = sections.asked(hit)
        if known is None and asked == "named" and hit.skill in _BROAD and hit.skill not in passing:
            passing.add(hit.skill)
        elif known is None:
            found[hit.skill] = Skill(hit.skill, _proof(posting, "text", hit), asked)
        elif _RANK[asked] > _RANK[known.asked]:
            found[hit.skill] = Skill(hit.skill, known.evidence, asked)
    return tuple(found.values())


def _proof(posting: Posting, source: str, hit: _Hit) -> Evidence:
    return Evidence.of(posting, source, hit.start, hit.end, f"skill.{source}")


def _hits(text: str, *, title: bool = False, forgiving: bool = False) -> list[_Hit]:
    """Where skills stand in a text. title: names of roles count too; forgiving: case and company don't matter."""
    sure: list[_Hit] = []
    doubtful: list[_Hit] = []
    for name, hit in _named(text, lowered(text), title or forgiving):
        if forgiving or not name.exact:
            sure.append(hit)
        elif text[hit.start : hit.end] == name.exact:
            if name.in_company:
                if len(doubtful) < MOST_DOUBTS:
                    doubtful.append(hit)
            elif title or not _begins_a_sentence(text, hit):
                sure.append(hit)
    if doubtful:
        starts = sorted(hit.start for hit in sure + doubtful)
        sure += [hit for hit in doubtful if _in_company(text, hit, starts, title)]
        sure.sort(key=lambda hit: hit.start)
    return sure


def _named(text: str, low: str, roles_too: bool) -> Iterator[tuple[_Name, _Hit]]:
    """Every name of the index that stands in a text, the longest at each place, none inside another."""
    index = _index()
    free = 0
    for token in _TOKEN.finditer(low):
        word = token[0]
        names = index.get(word)
        if names is None and word[0] == ".":  # the dot that ended the sentence before
            word = word[1:]
            names = index.get(word)
        if names is None:
            continue
        at = token.end() - len(word)
        if at < free:
            continue
        for name in names:
            end = _end(low, at, name) if roles_too or not name.in_title else -1
            if end >= 0:
                free = end
                yield name, _Hit(name.skill, at, end)
                break


def _whole(low: str, at: int, word: str) -> bool:
    """Does the word that begins at `at` end where its letters end?"""
    after = low[at + len(word) : at + len(word) + 1]
    return not (after.isalnum() or after == "+" or after == "#")


def _end(low: str, at: int, name: _Name) -> int:
    """Where a name that begins at `at` ends, -1 if it is another."""
    end = at + len(name.words[0])
    for word in name.words[1:]:
        gap = None if low.startswith(word, end) else _GAP.match(low, end)
        start = gap.end() if gap else end
        if not low.startswith(word, start) or not _whole(low, start, word):
            return -1
        end = start + len(word)
    return end


def _begins_a_sentence(text: str, hit: _Hit) -> bool:
    """Is it a verb at the head of a sentence ("Excel in a fast team"), not the name of a tool?"""
    before = text[max(0, hit.start - 4) : hit.start].rstrip(" ")
    if before and before[-1] not in ".!?\n•-*:–":
        return False
    follower = _NEXT.match(text, hit.end)
    return follower is not None and follower[1].islower() and follower[1] not in _NAME_GOES_ON


def _in_company(text: str, hit: _Hit, starts: list[int], title: bool) -> bool:
    """Does a word like "Go" stand where languages stand: before "developer", or in a list of other skills?

    starts: where all the skills of the text begin, sorted.
    """
    before, after = text[max(0, hit.start - 12) : hit.start], text[hit.end : hit.end + 3]
    if after[:1] in ("&", "'", "’") or after.startswith("-t") or before[-1:] in ("&", "-", "’", "'"):
        return False  # R&D, Go-to-market, it's
    follows = _NEXT.match(text, hit.end)
    follower = follows[1].lower() if follows else ""
    if follower in _PEOPLE_OF:
        return True
    leader = before.split()[-1].lower() if before.split() else ""
    opened = (
        not before.strip(" ")
        or before.rstrip(" ")[-1] in _OPENS
        or before.endswith("\n")
        or leader in _JOINERS
    )
    closed = (
        not after.strip(" ") or after.lstrip(" ")[0] in _CLOSES or "\n" in after or follower in ("and", "or")
    )
    if not (opened and closed):
        return False
    nearby = bisect_right(starts, hit.end + 25) - bisect_right(starts, hit.start - 40)
    return title or nearby > 1


_SECTION = re.compile(
    r"""(?xim)^[•*\#\-\ \t]{0,4}(?:
    (?P<nice>(?:nice|good|great)[- ]to[- ]haves?|bonus(?:\ (?:points|skills))?|plus(?:es)?
        |preferred|desired|desirable|optional|extra\ (?:credit|points)
        |(?:it(?:'|’)?s|would\ be)\ a\ plus|what\ (?:would|will)\ (?:be\ )?(?:a\ plus|nice)|ideally)
    |(?P<must>(?:(?:minimum|basic|key|job|core|candidate|technical)\ )?(?:required|requirements?
        |qualifications|skills)|must[- ]haves?|what\ (?:are\ )?the\ requirements
        |what\ (?:you(?:'|’)?(?:ll)?\ (?:bring|need|have)|we(?:'|’)?re\ looking\ for
            |we\ (?:look\ for|expect|need))|who\ you\ are|you\ (?:have|bring|are)|about\ you
        |your\ (?:profile|skills|experience|background|qualifications)|(?:skills
            |experience)\ (?:and|&|required)|we(?:'|’)?re\ looking\ for|the\ ideal\ candidate
        |experience|anforderungen|dein\ profil|profil|requisitos)
    |(?P<named>about\ (?:us|the|our)|benefits|what\ we\ offer|we\ offer|perks|responsibilities
        |key\ responsibilities|what\ you(?:'|’)?(?:ll|\ will)\ (?:do|be)|the\ role
        |your\ (?:role|tasks|responsibilities)|why\ (?:us|join)|how\ to\ apply|our\ (?:stack
            |company|team)|who\ we\ are|day[- ]to[- ]day|compensation)
    )\b[^\n.]{0,50}$"""
)
_NICE = (
    "nice to have",
    "nice-to-have",
    "bonus",
    "a plus",
    "big plus",
    "strong plus",
    "preferred",
    "preferably",
    "ideally",
    "advantage",
    "desirable",
    "optional",
)
_MUST = ("must", "require", "years", "proficien", "strong", "solid", "expert", "deep ", "hands-on")


class _Sections:
    """Which part of a posting a character stands in: what is asked for, what would be nice, the rest."""

    def __init__(self, text: str) -> None:
        self._low = lowered(text)
        found = [(match.end(), match.lastgroup) for match in _SECTION.finditer(text)]
        self._ends = [end for end, _ in found]
        self._kinds = [kind for _, kind in found]

    def asked(self, hit: _Hit) -> Asked:
        """A word in the sentence itself counts before the heading above it."""
        begin = max(self._low.rfind(mark, max(0, hit.start - 160), hit.start) for mark in ("\n", ". ", ";"))
        begin = begin if begin >= 0 else max(0, hit.start - 160)
        ends = [
            end for mark in ("\n", ". ", ";") if (end := self._low.find(mark, hit.end, hit.end + 160)) >= 0
        ]
        sentence = self._low[begin : min(ends, default=hit.end + 160)]
        at = bisect_right(self._ends, hit.start) - 1
        kind = self._kinds[at] if at >= 0 else "named"
        if kind == "nice" or any(word in sentence for word in _NICE):
            return "nice"
        return "must" if kind == "must" or any(word in sentence for word in _MUST) else "named"
