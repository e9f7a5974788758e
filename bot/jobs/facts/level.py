"""How far along somebody is expected to be. The title counts first; where it is silent the board's own field,
then a sentence of the posting that names the level itself.

Years of experience are no level: five of them make a senior here and a mid there. "Product Manager" manages no
people, so it is no manager (research/feeds.md C). A board's field often disagrees with the title, so it never
corrects it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.jobs.facts import roles
from bot.jobs.facts.roles import Span
from bot.jobs.facts.values import Evidence, Level, Posting, Stated

_ORDER: tuple[Level, ...] = (
    "intern",
    "entry",
    "mid",
    "senior",
    "lead",
    "staff",
    "principal",
    "manager",
    "director",
    "executive",
)
_ABOVE_LEAD = frozenset(_ORDER[5:])
_LADDER: tuple[Level, ...] = ("intern", "entry", "mid", "senior", "staff", "principal")

# Managers of things and of other people's business.
_OF_THINGS = (
    r"product|products?\s+line|project|projects|program|programme|programs|account|accounts"
    r"|partner|partners|partnership|partnerships"
    r"|partner\s+sales|alliance|alliances|channel|community|success|relationship|relations"
    r"|case|care|content|social\s+media|media|ads|seo"
    r"|category|campaign|campaigns|release|configuration|change|incident|delivery|event|events"
    r"|engagement|grant|grants|bid|proposal"
    r"|contract|contracts|business\s+development|territory|scrum|asset|portfolio"
    r"|product\s+marketing|influencer|outreach|transition"
)
_NOT_STAFF = (
    r"account\w*|nurse\w*|writers?|attorneys?|counsel|physicians?|pharmac\w+|therap\w+"
    r"|auditors?|assistants?|members?|meetings?|only|psych\w+|train\w+|reporters?|augmentation"
)
# Each title word and what it means; where several rules begin at one character the first counts, and what a rule
# with no level has read is read by none after it.
_TITLE: tuple[tuple[Level | None, str], ...] = (
    (None, r"(?:account|sales|recruitment|marketing|client|advertising)\s+executives?"),
    (
        None,
        r"executive\s+(?:assistants?(?:\s+to\s+(?:the\s+)?\w+)?|recruiters?|search|coach\w*"
        r"|operations|sales|support|team|briefing|protection|producers?|brand|admin\w*)",
    ),
    (
        None,
        r"(?:assistants?|report(?:ing)?|support|partner)\s+(?:to"
        r"|of)\s+(?:the\s+)?(?:\w+\s+)?(?:ceo|cto|coo|cfo|founders?|director|president)",
    ),
    (None, r"office\s+of\s+the\s+\w+|chief\s+of\s+staff|chief\s+engineer"),
    (
        None,
        r"leads?\s+(?:gen\w*|qualif\w+|nurtur\w+|management|intake|specialist|setter|researcher"
        r"|sourc\w+)|(?:inbound|outbound|sales|warm|hot)\s+leads?\b|team\s+lead\s+track",
    ),
    (None, r"(?:team|shift)\s+lead\s+track|art\s+directors?|funeral\s+directors?"),
    (
        None,
        r"(?:members?\s+of\s+)?(?:the\s+)?technical\s+staff|(?:support|nursing|teaching|bar|wait"
        r"|medical|general)\s+staff|staff\s+(?:" + _NOT_STAFF + ")",
    ),
    (None, r"tier\s+(?:[i1-9v]+\W{1,3})*[i1-9v]+|levels?\s+\d(?:\W{1,3}\d)*|phase\s+[iv]+"),
    (None, r"senior\s+(?:living|care|citizens?|housing|leadership|services\s+center|home\s+care)|seniors"),
    (None, r"mid(?:dle)?[- ]?(?:market|west|night|town|stage|atlantic)\w*|lead\s+time"),
    (
        "executive",
        r"(?:(?:senior|executive|assistant|associate|regional|global)\s+)?vice[- ]president\w*"
        r"|[es]?vp|avp|vice-?pr[ée]sidente?",
    ),
    (
        "executive",
        r"chief\s+(?:\w+\s+){0,3}officer|(?:c[efiot]o|cmo|cpo|ciso|chro|cdo|caio)|co-?founders?"
        r"|founder|president",
    ),
    ("executive", r"gesch[äa]ftsf[üu]hr\w+|gesch[äa]ftsleitung"),
    (
        "director",
        r"(?:(?:managing|executive|associate|assistant|senior|sr\.?)\s+)?directors?|director[ae]?"
        r"|directeu?r(?:ice)?|direktor\w*|diretor[a]?",
    ),
    ("director", r"head\s+of|head,|head$|group\s+head|bereichsleit\w+|abteilungsleit\w+"),
    (
        "intern",
        r"interns?|internships?|trainees?|working\s+students?|werkstudent\w*|praktik\w+|stagiaire"
        r"|stage\s+de|est[áa]gi\w+|becari[oa]|prácticas|pasant\w+|alternance|apprentic\w+"
        r"|auszubildende\w*|co-?op",
    ),
    (
        "entry",
        r"junior|jr|jnr|entry[- ‐]?level|entry|new\s+grads?(?:uates?)?|(?:recent\s+)?graduates?"
        r"|grad|early[- ]career|no\s+experience(?:\s+(?:required|needed|necessary))?|beginners?"
        r"|j[úu]nior|d[ée]butante?|berufseinsteiger\w*",
    ),
    (
        "entry",
        r"^\s*associate(?=\s+(?:\w+\s+){0,2}?(?:engineer|developer|designer|scientist|analyst"
        r"|consultant|product\s+(?:manager|owner|designer)|programmer|architect|writer"
        r"|researcher))",
    ),
    (
        "mid",
        r"mid(?:dle)?(?:[- ‐/]?(?:level|weight|senior(?!\w)))?|intermediate|semi[- ]?senior|ssr"
        r"|pleno|confirm[ée]e?|regular",
    ),
    ("principal", r"principal(?!\s+(?:investigator|gifts?)\b)"),
    ("staff", r"staff"),
    (
        "lead",
        r"(?:(?:team|tech|technical|engineering|squad|group|shift|project)[- ]?)?leads?"
        r"|team\s*leit\w+|teamleiter\w*|l[íi]der(?:\s+t[ée]cnic[oa])?|team\s+leader|leader",
    ),
    ("senior", r"senior|sr|snr|s[êe]nior|s[ée]nior"),
    (None, r"(?:" + _OF_THINGS + r")\s*[-/&]?\s*(?:\w+\s+)?(?:managers?|mgrs?)"),
    (
        None,
        r"gerente\s+de\s+(?:proje[tc]tos?|proyectos?|produ[ct]+os?|contas?|cuentas?)"
        r"|projektmanager\w*|produktmanager\w*",
    ),
    ("manager", r"managers?|mgr|supervisors?|gerente|chef\s+de\s+service|superintendent"),
    ("mid", r"(?-i:II)"),
    ("entry", r"(?-i:I)(?=\s*(?:$|[,(/–-]))"),
)
_RULE = re.compile(
    "|".join(rf"(?P<r{number}>(?<![\w-])(?:{words})(?!\w))" for number, (_, words) in enumerate(_TITLE)),
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[/,&|()\[\]–—]|\s-\s|\b(?:or|and|to|oder|und|ou|o)\b", re.IGNORECASE)
_CHOICE = re.compile(r"/|\bor\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:to|-|–|—|through|bis)\s*", re.IGNORECASE)

# A board's field → levels. Himalayas: a list; Jobicy: one word ("Any" says nothing).
_FIELDS = ("seniority", "jobLevel", "level", "experience_level", "experienceLevel")
_FIELD_WORDS: dict[str, Level] = {
    "intern": "intern", "internship": "intern", "trainee": "intern",
    "entry": "entry", "entry level": "entry", "entry-level": "entry", "junior": "entry", "graduate": "entry",
    "mid": "mid", "mid level": "mid", "mid-level": "mid", "midweight": "mid", "middle": "mid", "intermediate": "mid",
    "senior": "senior", "senior level": "senior", "senior-level": "senior",
    "staff": "staff", "lead": "lead", "principal": "principal",
    "manager": "manager", "director": "director",
    "executive": "executive", "c-level": "executive", "vp": "executive",
}  # fmt: skip

_LEVEL = r"(?:entry|junior|mid(?:dle)?|intermediate|senior|lead|principal|staff)"
_JOINT = r"(?:\s*(?:-\s*level)?\s*(?:to|or|and|/|-|–)\s*)"
_IN_TEXT = re.compile(
    rf"""(?xi)
    (?:^|\n|\.\s|•[ ]?)[ ]?(?:seniority|(?:experience|career|job)?\s?level|level\ of\ experience
        |experience)\s*:\s*
        (?P<field>{_LEVEL}(?:{_JOINT}{_LEVEL})?)\b(?![ ]years)
    |\b(?:this\ is\ an?|the\ role\ is\ an?|position\ is\ an?|this)\s
        (?:(?:great|exciting|unique|rare|remote|full[- ]time|part[- ]time|contract)[ ,]+){{0,2}}
        (?P<this>{_LEVEL}(?:{_JOINT}{_LEVEL})?)(?:[- ]level)?\s
        (?:\w+\s){{0,2}}(?:role|position|job|opportunity)\b
    |\b(?:looking\ for|looking\ to\ hire|seeking|searching\ for|hiring|need|recruiting)\s
        (?:an?\s|our\ next\s|multiple\s)?
        (?:(?:experienced|talented|passionate|skilled|motivated|highly|driven|full[- ]time
            |remote)[ ,]+){{0,2}}
        (?P<seek>{_LEVEL}(?:{_JOINT}{_LEVEL})?)(?:[- ]level)?\s(?=\w+\s?\w*\s?\w*(?:er|or|st|ct|rs|\b))
        (?!leader|executive|stakeholder|management|role\ model|time)
    """
)
_WORDS: dict[str, Level] = {"junior": "entry", "middle": "mid", "intermediate": "mid"}
_MOST = 3_000  # characters in which a posting says whom it looks for


class _Hit(NamedTuple):
    level: Level
    start: int
    end: int
    evidence: Evidence


def read(posting: Posting) -> tuple[Stated, ...]:
    """The levels that are stated, lowest first; none when nobody said one."""
    hits: dict[Level, Evidence] = {}
    for span in roles.role(posting):
        for hit in _kept(span.text, tuple(_hits(posting, span))):
            hits.setdefault(hit.level, hit.evidence)
    if not hits:
        hits = _by_field(posting) or _by_text(posting)
    elif set(hits) <= {"entry", "mid"} and (said := _by_text(posting)) and set(said) > set(hits):
        hits = said | hits  # "Junior …" in the title, "Junior to Mid-level" below
    return tuple(Stated(level, hits[level]) for level in _ORDER if level in hits)


def _hits(posting: Posting, span: Span) -> Iterator[_Hit]:
    for match in _RULE.finditer(span.text):
        level = _TITLE[int((match.lastgroup or "r0")[1:])][0]
        if level is None:
            continue
        proof = span.proof(posting, match, f"level.title.{level}")
        if level == "mid" and re.fullmatch("(?i)mid.*senior", match.group()):
            yield _Hit("senior", match.start(), match.end(), proof)
        yield _Hit(level, match.start(), match.end(), proof)


def _kept(title: str, hits: tuple[_Hit, ...]) -> Iterable[_Hit]:
    """Within one phrase the higher rank counts: a "Senior Manager" is a manager, a "Senior or Staff" is either.

    Staff and principal are ranks of those who manage nobody, so they outweigh a manager that follows.
    """
    kept: list[_Hit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        between = title[last.end : hit.start] if last else ""
        if last is None or last.start == hit.start:
            kept.append(hit)
        elif _RANGE.fullmatch(between) and last.level in _LADDER and hit.level in _LADDER:
            low, high = sorted((_LADDER.index(last.level), _LADDER.index(hit.level)))
            kept += [hit._replace(level=level) for level in _LADDER[low + 1 : high]] + [hit]
        elif hit.level == "lead" and last.level in _ABOVE_LEAD and not _CHOICE.search(between):
            continue  # "Director, Process Optimization Lead"
        elif _SPLIT.search(between):
            kept.append(hit)
        elif last.level in ("staff", "principal") and hit.level == "manager":
            continue
        else:
            kept[-1] = max(last, hit, key=lambda one: _ORDER.index(one.level))
    return kept


def _by_field(posting: Posting) -> dict[Level, Evidence]:
    found: dict[Level, Evidence] = {}
    for name in _FIELDS:
        value = posting.fields.get(name, "")
        for part in re.finditer(r"[^,;/]+", value):
            level = _FIELD_WORDS.get(part.group().strip().lower())
            if level:
                found[level] = Evidence.of(posting, f"fields.{name}", part.start(), part.end(), "level.field")
    if "manager" in found and re.search(rf"(?i)\b(?:{_OF_THINGS})\s+(?:\w+\s+)?managers?\b", posting.title):
        del found["manager"]
    if "executive" in found and re.search(r"(?i)\bexecutives?\b", posting.title):
        del found["executive"]  # who sells is called so too; one who leads has been read in the title
    return found


def _by_text(posting: Posting) -> dict[Level, Evidence]:
    match = _IN_TEXT.search(posting.text, 0, _MOST)
    if match is None:
        return {}
    words = [word.lower() for word in re.findall(_LEVEL, match[match.lastgroup or 0], re.IGNORECASE)]
    levels = [_WORDS.get(word) or _FIELD_WORDS[word] for word in words]
    a_range = re.search(r"\bto\b|-\s*[^l]|–", match.group()) is not None
    if len(levels) == 2 and a_range and set(levels) <= set(_LADDER):
        low, high = sorted(_LADDER.index(level) for level in levels)
        levels = list(_LADDER[low : high + 1])
    proof = Evidence.of(posting, "text", match.start(), match.end(), "level.text")
    return dict.fromkeys(levels, proof)
