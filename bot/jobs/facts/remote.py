"""Is it a job at all, and done from where: remote, hybrid, on-site.

"Remote" on a board of remote jobs is the rule; so what counts is what the posting says against it, in a sentence
about this role. What a company says of itself ("our hybrid model") yields to what is said of the role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.jobs.facts import roles
from bot.jobs.facts.place import where
from bot.jobs.facts.roles import Span
from bot.jobs.facts.values import Evidence, Posting, RemoteType
from bot.jobs.facts.windows import around, lowered

# Boards that publish remote jobs only, by their own rule. Remote OK is not among them: on-site jobs stand in it, and
# its "Remote" stands where no place is known (research/feeds.md 0.3).
REMOTE_BOARDS = frozenset(
    {"wwr", "remotive", "remotive_rss", "himalayas", "himalayas_api", "jobicy", "workingnomads", "rwfa"}
)
_NO_WORD_OF_PLACE = frozenset({"remoteok"})

_ROLE_IS = (
    r"(?:this|these|the|our|all)\s+(?:\w+[ -]){0,3}?(?:role|position|job|opportunity|opening"
    r"|contract)s?\s+(?:is|are|will be)\s+"
)
_DAYS = (
    r"(?:[1-4]x\s*(?:/|a|per)\s*week|(?:\d(?:\s*(?:-|–|to|or)\s*\d)?|one|two|three|four"
    r"|five)\+?\s*(?:x\s*)?days?)\s*"
)
_OFFICE = r"(?:in|at|from)[- ](?:the|our|an?)?\s*(?:[A-Z][\w.]+\s){0,3}(?:office|hq|headquarters|site|hub)"
_WEEK = r"(?:(?:a|per|each|every|/)\s*week|weekly)"

# (type, strength, words). 3: said of this role; 2: days and desks; 1: a mention, which proves less than any other.
_SAID: tuple[tuple[RemoteType, int, str], ...] = (
    (
        "onsite",
        3,
        rf"{_ROLE_IS}(?:fully\s+|100%\s+|strictly\s+)?(?:on-?site|in[- ](?:office"
        rf"|person))\b(?!\s+(?:or|and)\b)",
    ),
    ("onsite", 3, rf"{_ROLE_IS}(?:not\s+(?:a\s+)?(?:fully\s+)?remote|not\s+eligible\s+for\s+remote)"),
    ("onsite", 3, r"\b(?:role|position)\s*\(\s*on-?site\b[^)\n]{0,60}\)"),
    (
        "onsite",
        2,
        r"\b(?:work(?:ing|s)?|based|located) on-?site (?:in|at"
        r"|from) our [\w ,.'’-]{0,40}?(?:office|hq|headquarters|hub|site)\b",
    ),
    (
        "onsite",
        3,
        r"\b(?:work (?:location|arrangement|model|mode|type)|workplace(?: type)?"
        r"|location type)\s*[:\-–]\s*(?:on-?site|in[- ](?:person|office))\b",
    ),
    (
        "onsite",
        3,
        r"\b(?:this|it) is an? (?:full[- ]time[, ]+)?(?:100% )?(?:on-?site|in[- ](?:office"
        r"|person))[, ]+(?:\w+[ -]){0,2}?(?:role|position|job)\b",
    ),
    ("onsite", 3, rf"\b(?:5|five)\s*days?\s*(?:(?:a|per|/)\s*week\s*)?{_OFFICE}\b"),
    ("onsite", 3, r"\b(?:no remote|remote (?:work )?is not (?:possible|available|an option))\b"),
    ("hybrid", 3, rf"{_ROLE_IS}(?:an?\s+)?hybrid\b"),
    (
        "hybrid",
        3,
        r"\b(?:this|it) is an? (?:\w+[-, ]+){0,3}?hybrid (?:\w+[- ]){0,2}?(?:role|position|job"
        r"|opportunity)\b",
    ),
    (
        "hybrid",
        3,
        r"\b(?:work (?:location|arrangement|model|mode|type)|workplace(?: type)?"
        r"|location(?: type)?)\s*[:\-–]\s*(?:[\w ,.()]{0,40}?[ (,–-])?hybrid\b",
    ),
    (
        "hybrid",
        3,
        rf"\b{_DAYS}{_WEEK}?\s*(?:on-?site|{_OFFICE}|in[- ](?:office|person)|from (?:the"
        rf"|our) office)\b",
    ),
    (
        "hybrid",
        3,
        rf"\b(?:in[- ]office|on-?site|{_OFFICE})\s*(?:at least|for|a minimum of"
        rf"|minimum)?\s*\(?{_DAYS}{_WEEK}",
    ),
    (
        "hybrid",
        3,
        r"\bbased (?:in|at) [\w ,.'’-]{2,40}? (?:for|with|on) (?:our"
        r"|an?) hybrid (?:working )?(?:model|basis|schedule)\b",
    ),
    (
        "hybrid",
        2,
        r"\bhybrid\s+(?!cloud)(?:\w+\s){0,1}?(?:role|position|schedule|set-?up|arrangement|basis|remote)\b"
        r"|\bflexible hybrid work\b",
    ),
    (
        "hybrid",
        2,
        r"\blive within (?:a )?(?:commut\w+ distance|driving distance|\d+ miles) of (?:our|the"
        r"|an?)\b",
    ),
    (
        "remote",
        3,
        rf"{_ROLE_IS}(?:an?\s+)?(?:fully\s+|100%\s+|completely\s+|entirely\s+)?(?:remote"
        rf"|home[- ]based)\b",
    ),
    (
        "remote",
        3,
        r"\b(?:this|it) is an? (?:[\w%]+[-, ]+){0,3}?remote(?:[- ]first"
        r"|[- ]friendly)? (?:\w+[- ]){0,3}?(?:role|position|job|opportunity|contract)\b",
    ),
    (
        "remote",
        3,
        r"\b(?:fully|100\s?%|completely|entirely)[ -]remote(?:ly)?\b"
        r"|\bcan be (?:performed|done|filled) remotely\b|\bremote(?:ly)? \(?100\s?%",
    ),
    (
        "remote",
        3,
        r"\b(?:work (?:location|arrangement|model|mode|type)|workplace(?: type)?|job locations?"
        r"|locations?(?: type)?|headquarters|position type"
        r"|ort)\s*[:\-–]?\s*(?:[\w ,./-]{0,30}?[ (,/–-])?remote\b",
    ),
    (
        "remote",
        3,
        r"\bwork(?:ing)? (?:remotely )?from (?:home|anywhere|your home)\b(?! (?:up to "
        r"|for )?(?:one|two|three|four|\d+) (?:weeks?|days?|months?))",
    ),
    (
        "remote",
        2,
        r"\b(?:work(?:ing|s)?|position|role|team)\s+remote(?:ly)?\b|\bremote[- ](?:first|only"
        r"|based)\b|\bremote (?:role|position|job|opportunity)\b",
    ),
    ("remote", 2, r"\b(?:distributed|all-remote|globally distributed) (?:team|company)\b"),
    ("remote", 1, r"^[ \t]*(?:remote|wfh)[ \t]*(?:[-–—(,/|]|$)"),
)
_RULES = tuple((kind, weight, re.compile(words, re.I | re.M)) for kind, weight, words in _SAID)
# Words without which no rule of that type holds: the rules are tried around them only.
_NEEDLES: dict[RemoteType, tuple[str, ...]] = {
    "onsite": ("onsite", "on-site", "in-person", "in person", "not remote", "no remote", "is not", "office"),
    "hybrid": ("hybrid", "days", "week", "commut", "within"),
    "remote": ("remote", "wfh", "work from", "working from", "distributed"),
}
_MOST = 12_000  # characters in which a place of work is named, if it is named
# Somebody else's: the company's other people, its customers, what the job helps with.
_OF_OTHERS = re.compile(
    r"(?:some|certain|many|most|other|federal)\s[\w ]{0,30}$|\b(?:might|may"
    r"|could)\b[\w ]{0,20}\brequire|\boccasional|\btypically\b|\bif you (?:are|live|reside)\b"
    r"|\b(?:candidates|applicants|employees|those|people|individuals|team members) (?:who (?:are |live )?)?"
    r"(?:located|based|living|residing|near|within)\b[^.\n]{0,80}\b(?:expected|required|asked)\b"
    r"|\b(?:depending on the role"
    r"|hybrid and remote depending)",
    re.I,
)
_OR_REMOTE = re.compile(r"\bremote\b\s*(?:,? or\b|/|, ?(?:hybrid|on-?site|in))|(?:or|/)\s*remote", re.I)
# How one works, in a title, a cell or a field; "remote sensing" and "hybrid cloud" are what one works on.
_MODEL = re.compile(
    r"remote(?! (?:sensing|control|monitoring|desktop))|hybrid(?! (?:cloud|mobile|apps?|it)\b)|on-?site"
    r"|in[- ](?:office|person)",
    re.I,
)
_PARTLY = re.compile(r"\b(?:part|partly|partially|some)[\s-]remote", re.I)
_YES = re.compile(r"^(?:true|yes)\b", re.I)
_AT_HOME = re.compile(r"remote|from home|home[- ]?office|\bwfh\b|telework|telecommut|distributed", re.I)
_SOME_DAYS = re.compile(r"\b[1-4]\s*(?:-\s*[1-4]\s*)?(?:x|times|days?)\b|\bdays? (?:of )?remote", re.I)
_NOT_REMOTE = re.compile(
    r"\b(?:no|not|non)[- ]?remote\b|remote:?\s*no\b|\bdays? (?:of )?remote"
    r"|\bremote (?:days|[1-4] ?(?:x|days?)\b)",
    re.I,
)

# Somebody who looks for work, or answers one who offers it.
_SEEKS_WORK = re.compile(r"(?i)\s*seeking work\b")
_SEEKER = re.compile(
    r"(?im)willing to relocate\s*:|^[ \t]*seeking work|^[ \t]*(?:résumé|resume|cv)(?:/cv)?\s*:"
    r"|\bi(?:'|’)?\s?a?m (?:currently |actively )?(?:looking|seeking|open|interested|available|applying)"
    r"|\bmy (?:portfolio|resume|cv|github|years of)\b|\bi(?:'|’)?(?:ve)? (?:have )?applied\b"
    r"|\bhave you (?:ever )?considered\b"
    r"|\bi(?:(?:'|’)d| would) (?:love|like|be happy) to|\bi(?:'|’)?m an? [\w ,-]{3,40} with \d"
)
# Signs of somebody who hires.
_OFFERS = (
    re.compile(
        r"(?i)\bhiring\b|\b(?:open|new|following) (?:roles?|positions?)\b|\b(?:roles?"
        r"|positions?) (?:are )?open\b|\ball positions\b"
    ),
    re.compile(
        r"(?i)\b(?:ashbyhq|greenhouse\.io|lever\.co|workable|deel|breezy|join\.com)\b|/careers?\b"
        r"|/jobs?\b|\bjobs\.|\bcareers? page"
    ),
    re.compile(
        r"(?i)\bwe(?:'|’)?\s?a?re (?:looking|seeking|searching|actively)|\bjoin (?:us|our)\b"
        r"|\blooking for\b|\bto apply\b|\bapply (?:at|here|via|:)"
    ),
    re.compile(r"(?im)\b(?:role|location|type|salary|pay range|comp range|compensation)s?\s*:"),
    re.compile(r"[$€£]\s?\d{2,3}(?:,\d{3}|k\b)"),
    re.compile(r"(?i)\b(?:fully remote|remote in|on-?site|full[- ]time)\b"),
)
_CELL = re.compile(
    r"(?i)remote|on-?site|hybrid|full[- ‐]?time|part[- ‐]?time|contract|intern|visa|salary"
    r"|[$€£]\s?\d|equity|https?://|\b[A-Z]{2}\b"
)


_TOO_SHORT_TO_TELL = 300  # characters: an excerpt of a job names few of its words


def is_job(posting: Posting) -> bool:
    """False for what is surely none: an empty item, an essay, a comment under somebody's posting.

    A job must never be called none, so doubt is a job; only boards where anybody posts are asked at all.
    """
    if posting.board == roles.HN:
        return _is_offer(posting)
    title, text = posting.title.strip(), posting.text.strip()
    if posting.board not in roles.ANYBODY and (title or len(text) < _TOO_SHORT_TO_TELL):
        return bool(title or text)
    if not title:
        return roles.speaks_of_hiring(text)
    if roles.ROLE.search(title):
        return True
    return len(text) < _TOO_SHORT_TO_TELL or roles.speaks_of_hiring(text)


def _is_offer(posting: Posting) -> bool:
    """A comment that offers a job: cells in its first line, or two signs of somebody who hires."""
    text = posting.text[:4_000]
    line = roles.first_line(text)
    cells = line.count("|") + 1
    if cells >= 3 or (cells == 2 and _CELL.search(line)):
        return not _SEEKS_WORK.match(line)
    if len(text) < 200 or text.startswith(">") or _SEEKER.search(text):
        return False
    return sum(sign.search(text) is not None for sign in _OFFERS) >= 2


def read(posting: Posting) -> tuple[RemoteType, tuple[Evidence, ...]]:
    """Where the work is done, and the words that say so; none when it follows from the board alone."""
    found = _in_header(posting) or _in_title(posting) or _in_text(posting)
    if found:
        return found[0], (found[1],)
    claim = posting.place_claim
    silent = posting.board in _NO_WORD_OF_PLACE and claim.strip().lower() == "remote"
    if not silent and (match := _MODEL.search(claim)):
        kind = _kind(match.group())
        return kind, (Evidence.of(posting, "place", match.start(), match.end(), "remote.place"),)
    for name in ("workplaceType", "workplace", "remote", "jobType"):
        words = _YES if name == "remote" else _MODEL
        if match := words.search(posting.fields.get(name, "")):
            kind = "remote" if name == "remote" else _kind(match.group())
            return kind, (Evidence.of(posting, f"fields.{name}", match.start(), match.end(), "remote.field"),)
    if posting.board in REMOTE_BOARDS and not _silent_import(posting):
        return "remote", (Evidence.of(posting, "place", 0, len(claim), "remote.board"),) if claim else ()
    return "unknown", ()


def _silent_import(posting: Posting) -> bool:
    """Taken over from an employer's site, where nothing is said of remote work: no word of the employer's, either."""
    if posting.board != "wwr" or not where.is_import(posting.text):
        return False
    return _AT_HOME.search(posting.title) is None and _AT_HOME.search(posting.text) is None


def _kind(word: str) -> RemoteType:
    word = word.lower()
    return "remote" if word == "remote" else "hybrid" if word == "hybrid" else "onsite"


Found = tuple[RemoteType, Evidence]


def _in_header(posting: Posting) -> Found | None:
    """Cells of a first line: REMOTE stands beside ONSITE where one may choose."""
    head = roles.header(posting)
    return _choice(posting, head, "remote.header") if head else None


def _in_title(posting: Posting) -> Found | None:
    if posting.board == roles.HN:
        return None
    return _choice(posting, Span("title", 0, posting.title), "remote.title")


def _choice(posting: Posting, span: Span, rule: str) -> Found | None:
    words = {_kind(match.group()): match for match in reversed(list(_MODEL.finditer(span.text)))}
    if not words:
        return None
    refused = _NOT_REMOTE.search(span.text)
    order: tuple[RemoteType, ...] = ("hybrid", "onsite") if refused else ("remote", "hybrid", "onsite")
    for kind in order:
        if kind in words:
            if (
                kind == "remote"
                and {"hybrid", "onsite"} & set(words)
                and (partly := _PARTLY.search(span.text))
            ):
                return "hybrid", span.proof(posting, partly, rule)
            if kind == "onsite" and _SOME_DAYS.search(span.text):
                return "hybrid", span.proof(posting, words[kind], rule)
            return kind, span.proof(posting, words[kind], rule)
    return ("onsite", span.proof(posting, refused, rule)) if refused else None


def _in_text(posting: Posting) -> Found | None:
    """The strongest sentence; among equals a desk counts before none, save where the sentence offers a choice."""
    best: tuple[int, int, Found] | None = None
    for kind, weight, match in _said(posting.text):
        rank = ("remote", "hybrid", "onsite").index(kind)
        if best is None or (weight, rank) > best[:2]:
            proof = Evidence.of(posting, "text", match.start(), match.end(), f"remote.{kind}{weight}")
            best = weight, rank, (kind, proof)
    return best[2] if best else None


def _said(text: str) -> Iterator[tuple[RemoteType, int, re.Match[str]]]:
    low = lowered(text[:_MOST])
    places = {kind: around(low, needles, 100, 80) for kind, needles in _NEEDLES.items()}
    for kind, weight, pattern in _RULES:
        for match in (match for start, end in places[kind] for match in pattern.finditer(text, start, end)):
            line = text[max(text.rfind("\n", 0, match.start()) + 1, match.start() - 120) : match.end() + 60]
            if kind == "remote" or not (_OF_OTHERS.search(line) or _OR_REMOTE.search(line)):
                yield kind, weight, match
                break
