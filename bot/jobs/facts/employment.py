"""What kind of contract is offered: full_time part_time contract freelance internship temporary; none when unstated.

A board's field counts, and what the title and the posting's own words add to it: a "Contract" of the field is a
"freelance contract" when the title says "Freelance Writer". A "permanent" job is a full-time one until it says
otherwise; "1099" and "B2B" alone are ways to be paid, so they count only beside the word contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.jobs.facts import roles
from bot.jobs.facts.roles import Span
from bot.jobs.facts.values import Employment, Evidence, Posting, Stated
from bot.jobs.facts.windows import around, lowered

_ORDER: tuple[Employment, ...] = (
    "full_time",
    "part_time",
    "contract",
    "freelance",
    "internship",
    "temporary",
)
_FIELDS = (
    *("type", "job_type", "jobType", "employmentType", "employment_type", "job_types"),
    *("job_listing_job_type", "job_job_type", "schedule"),
)

# What is neither offered nor a contract of this job.
_NOT = (
    r"smart[- ]contracts?|contracts?\s+(?:management|managers?|admin\w*|specialists?"
    r"|compliance|negotiat\w+|analysts?|law|lifecycle|operations"
    r"|manufactur\w+|research|pharmac\w+|sales|review|drafting|officers?|engineering|lead"
    r"|attorney)|(?:compliance|federal|government|sub)[- ]?contracts?"
    r"|(?:full|part)[- ‐]?time\s+(?:students?|studies|education|experience|equivalents?"
    r"|in\s+office)|international|internal"
    r"|temporary\s+(?:accommodation|housing|visa)|contractors?\s+(?:management|compliance|payments?)"
    r"|(?:no|not|non)[- ](?:a\s+)?(?:freelancers?|contractors?|full[- ]?time|part[- ]?time)"
)
_KINDS: tuple[tuple[Employment, str], ...] = (
    (
        "full_time",
        r"full[- ‐]?times?|(?-i:FT)|vollzeit|tiempo\s+completo|tempo\s+integral|temps\s+plein"
        r"|jornada\s+completa|permanent(?!\s+resid)|festanstellung|cdi",
    ),
    (
        "part_time",
        r"part?[- ‐]?times?|(?-i:PT)|teilzeit|medio\s+tiempo|meio\s+per[íi]odo|temps\s+partiel"
        r"|side|minijob",
    ),
    ("freelance", r"freelanc\w*|freiberuf\w+|self[- ]employed"),
    ("temporary", r"temporary|temp|fixed[- ]?term|seasonal|befristet|interim"),
    (
        "internship",
        r"interns?|internships?|werkstudent\w*|praktik\w+|stagiaire|est[áa]gi\w+|working\s+student"
        r"|trainee",
    ),
    (
        "contract",
        r"contract(?:or|ors|s)?(?:[- ]to[- ]hire)?|c2c|corp[- ]to[- ]corp|independent\s+contractor"
        r"|contractual",
    ),
)
_WORD = re.compile(
    rf"(?i)(?<![\w-])(?:(?P<none>{_NOT})|"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS)
    + r")(?!\w)"
)
_KIND = (
    r"(?:full[- ‐]?time|part[- ‐]?time|freelance|contract(?:or)?|temporary|fixed[- ]term"
    r"|permanent|internship)"
)
_KINDS_IN_A_ROW = rf"(?:{_KIND}(?:\s*(?:,|/|or|and|\+|&|;|-|–)\s*)?){{1,3}}"
# Sentences that say what this job is. Benefits "for full-time employees" say nothing of it.
_SENTENCE = re.compile(
    rf"""(?xi)
    (?P<label>\b(?:employment|job|position|contract|role|engagement|work)[ ]?(?:type|status|structure
        |basis|term)\s*[:\-–]\s*|\btype\ of\ (?:employment|contract|job)\s*:\s*
        |\b(?:commitment|structure|schedule|hours|terms?|type|contract|employment|engagement|duration
            |vertragsart|anstellungsart|arbeitszeit)\s*:\s*)
        (?P<said>[^\n.]{{0,60}})
    |\b(?:this|it|role|position|opportunity|job)\s(?:is|will\ be)\s(?:an?\s
        |offered\ on\ an?\s)?(?:[\w%,-]+\s){{0,4}}?(?P<this>{_KINDS_IN_A_ROW})\s*
        (?:[\w-]+[ ,]+){{0,3}}?(?:role|position|job|opportunity|basis|contract|engagement
            |project|internship)\b
    |\b(?P<such>{_KINDS_IN_A_ROW})[ ,]+(?:[\w&-]+[ ,]+){{0,4}}?(?:position|role|opportunity|job
        |basis|engagement)\b
    |\b(?:this|as\ an?|looking\ for\ an?|seeking\ an?
        |hiring\ an?)\s(?:[\w-]+\s){{0,3}}?(?P<free>freelancer?)\b
    |\b(?P<gig>freelance)\s(?:contract|basis|project|gig|assignment|agreement)\b
    |\b(?:as\ an?|on\ an?|an?)\s(?P<indep>independent\ contractors?
        |contractor)\b(?:\s(?:position|role|basis|agreement|opportunity))?
    |\b(?P<lists>{_KIND}(?:[ ]?/[ ]?{_KIND}))\b
    |\b(?P<both>full[- ]?(?:time)?(?:[ ]?(?:/|&|,)[ ]?|[ ](?:or|and)[ ])part[- ]?time)\b
        (?![- ](?:employ|staff|team|work|stud|educat|exper|ben|eligib|status|\w+[ ]employ))
    |\bURL:\s\S+\s+(?P<first>{_KINDS_IN_A_ROW})(?=\s+(?-i:[A-Z]))
    |[·|][ ]?(?P<cell>{_KINDS_IN_A_ROW})[ ]?(?=[·|])
    |(?:^|\n|•)[ ]?[-–•*]?[ ]?(?P<line>{_KINDS_IN_A_ROW})(?:[ ]*[,|(–-][^\n]{{0,60}})?(?=\n|$)
    """
)
_OTHERS = re.compile(
    r"(?i)(?:benefits|employees|eligible|our|all|other|for|paid to|offered to"
    r"|available to)\s+(?:\w+\s+)?$"
)
_NEEDLES = (
    *("full time", "full-time", "fulltime", "full‐time", "part time", "part-time", "part‐time", "freelanc"),
    *("contract", "permanent", "temporary", "fixed term", "fixed-term", "internship", "type:"),
    *("vertragsart", "anstellungsart", "arbeitszeit"),
)
# What can add to a job that is known to be full-time: a label, or the choice of part-time.
_MORE = ("type:", "structure:", "commitment:", "schedule:", "part time", "part-time", "part‐time")
_HOURS = frozenset({"full_time", "part_time"})
_MOST = 12_000


def read(posting: Posting) -> tuple[Stated, ...]:
    """The kinds of contract that are stated, in a fixed order."""
    found: dict[Employment, Evidence] = {}
    for span in _heads(posting):
        for kind, proof in _words(posting, span, "employment.title"):
            found.setdefault(kind, proof)
    in_field = dict(_in_fields(posting))
    if _HOURS.isdisjoint(found):  # a title that says "Part-Time" corrects the field
        found |= in_field
    in_text = dict(_in_text(posting, _MORE if "full_time" in found else _NEEDLES))
    if not found:
        found = in_text
    else:
        found |= {
            kind: proof for kind, proof in in_text.items() if kind not in found and _adds(kind, proof, found)
        }
    if "freelance" in found and found.get("contract") is in_text.get("contract"):
        found.pop("contract", None)  # an "independent contractor" is what a freelancer is called in law
    return tuple(Stated(kind, found[kind]) for kind in _ORDER if kind in found)


def _adds(kind: Employment, proof: Evidence, found: Mapping[Employment, Evidence]) -> bool:
    """Does the text say more than field and title, as it well may: a freelance contract, contract work full-time?"""
    if "internship" in found:
        return False
    if proof.rule == "employment.text.said":  # "Type: Contract"
        return True
    if proof.rule == "employment.text.both":
        return not _HOURS.isdisjoint(found)  # the field names one of the two
    if kind == "freelance":
        return "full_time" not in found
    return kind in _HOURS and _HOURS.isdisjoint(found)


def _heads(posting: Posting) -> tuple[Span, ...]:
    head = roles.header(posting)
    return (head,) if head else roles.role(posting)


def _words(posting: Posting, span: Span, rule: str) -> Iterator[tuple[Employment, Evidence]]:
    for match in _WORD.finditer(span.text):
        for kind in _ORDER:
            if match.lastgroup == kind:
                yield kind, span.proof(posting, match, rule)


def _in_fields(posting: Posting) -> Iterator[tuple[Employment, Evidence]]:
    for name in _FIELDS:
        if value := posting.fields.get(name, ""):
            value = value.replace("_", "-").replace("FullTime", "Full-Time").replace("PartTime", "Part-Time")
            for kind, proof in _words(posting, Span(f"fields.{name}", 0, value), "employment.field"):
                whole = posting.fields[name]
                yield kind, Evidence(proof.source, 0, len(whole), proof.rule, whole[:200])


def _in_text(posting: Posting, needles: Iterable[str]) -> Iterator[tuple[Employment, Evidence]]:
    text = posting.text[:_MOST]
    low = lowered(text)
    stretches = around(low, needles, 110, 110)
    for match in (match for start, end in stretches for match in _SENTENCE.finditer(text, start, end)):
        group = match.lastgroup or ""
        if group in ("such", "free", "both") and _OTHERS.search(
            text[max(0, match.start() - 40) : match.start()]
        ):
            continue
        start, end = match.span(group)
        yield from _words(posting, Span("text", start, text[start:end]), f"employment.text.{group}")
