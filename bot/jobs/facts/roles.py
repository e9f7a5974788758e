"""Where a posting names its role, and the words that are roles: what level, employment and "is it a job" look at.

Most boards have a title for it. A comment on Hacker News has a first line of cells instead, in any order:
`Company | Berlin or REMOTE | Senior Engineer | Full-time`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.jobs.facts.values import Evidence, Posting

HN = "hn"
# Where whoever posts may post anything (research/feeds.md 0.3); the others publish what employers hand in.
ANYBODY = frozenset({"remoteok"})
MOST_HEADER = 600  # characters of a first line that are looked at
MOST_LAST_CELL = 60


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a posting: `text` stands in `source` from `start` on."""

    source: str
    start: int
    text: str

    def proof(self, posting: Posting, match: re.Match[str], rule: str) -> Evidence:
        """The evidence of a match in `text`."""
        return Evidence.of(posting, self.source, self.start + match.start(), self.start + match.end(), rule)


# A word that people are called by at work, in the languages that our boards carry.
ROLE = re.compile(
    r"""(?xi)\b(?:
    engineers?|engineering|developers?|devs?|programm(?:er|ers|ierer|eur)|architects?|designers?|scientists?
    |analysts?|managers?|management|mgr|directors?|leads?|leaders?|heads?|chief|officers?
        |presidents?|vp|evp|svp|avp
    |c[efotimp]o|ciso|chro|partners?|founders?|cofounders?|executives?|administrators?|admins?|sysadmins?
    |specialists?|consultants?|advis[eo]rs?|associates?|assistants?|coordinators?
        |representatives?|reps?|agents?
    |recruiters?|sourcers?|accountants?|bookkeepers?|controllers?|auditors?|writers?|editors?|copywriters?
    |authors?|journalists?|reporters?|strategists?|marketers?|marketing|sales|support|teachers?
        |tutors?|trainers?
    |instructors?|coach(?:es)?|therapists?|counsell?ors?|nurses?|physicians?|doctors?
        |pharmacists?|technicians?
    |operators?|testers?|qa|sdet|sre|devops|researchers?|research|artists?|animators?|illustrators?|producers?
    |interns?|internships?|trainees?|apprentices?|graduates?|students?|freelancers?|contractors?
        |members?|staff
    |lawyers?|attorneys?|counsel|paralegals?|clerks?|planners?|buyers?|traders?|brokers?
        |underwriters?|adjusters?
    |translators?|interpreters?|linguists?|annotators?|label+ers?|labeling|reviewers?
        |evaluators?|raters?|moderators?
    |experts?|professionals?|principals?|superintendents?|supervisors?|owners?|masters?
        |advocates?|evangelists?
    |ambassadors?|hosts?|setters?|closers?|hunters?|drivers?|mechanics?|machinists?
        |electricians?|journeyperson
    |workers?|actors?|talents?|voice|artist|videographers?|photographers?|librarians?
        |professors?|lecturers?|faculty
    |fellows?|practitioners?|providers?|clinicians?|psychologists?|psychiatrists?|dietitians?
        |assessors?|assistant
    |creators?|modell?ers?|mentors?|sellers?|caregivers?|aides?|attendants?|arquitet[oa]s?
        |engenharia|redakt\w+
    |operations|ops|finance|accounting|payroll|procurement|compliance|technologists?
        |statisticians?|economists?
    |actuar(?:y|ies)|geologists?|biologists?|chemists?|estimators?|inspectors?|surveyors?
        |custodians?|cashiers?
    |receptionists?|secretar(?:y|ies)|concierge|stewards?|waiters?|cooks?|chefs?|baristas?
        |cleaners?|guru|ninja|wizard
    |entwickler(?:in)?|leiter(?:in)?|berater(?:in)?|mitarbeiter(?:in)?|werkstudent(?:in)?
        |praktik(?:um|ant|antin)
    |ingenieur(?:in)?|kaufmann|kauffrau|verk[äa]ufer(?:in)?|sachbearbeiter(?:in)?
        |d[ée]veloppeu(?:r|se)|ing[ée]nieure?
    |charg[ée]e?|responsable|stagiaire|alternan(?:t|te|ce)|desenvolvedor[ae]?s?|engenheir[oa]s?
        |analistas?|gerente
    |desarrollador(?:es|a)?|ingenier[oa]s?|dise[ñn]ador[a]?|coordenador[a]?|coordinador[a]?
        |est[áa]gi[oa]|especialistas?
    |programador[a]?|vendedor[a]?|assistente|asistente|ontwikkelaar|medewerker|programist[ay]|utvecklare
    )\b"""
)
# Words that stand in nearly every posting and seldom elsewhere; an essay about work has one or two of them.
_HIRING = re.compile(
    r"""(?xi)\b(?:
    hiring|apply|applicants?|appl(?:y|ication|ying)\ |candidates?|requirements?
        |responsibilit(?:y|ies)|qualifications?
    |we(?:'|’)?(?:\ a)?re\ (?:looking|seeking|hiring|building|on\ a)|looking\ for|seeking
        |join\ (?:us|our|the)|years?\ of
    |(?:this|the)\ (?:role|position|job)|your\ (?:role|profile|tasks)|about\ (?:us|you|the)
        |benefits|salary|compensation
    |full[- ‐]?time|part[- ‐]?time|what\ you(?:'|’)?(?:ll|\ will)|you\ (?:will|have|are)
        |equal\ opportunity|remote
    |bewerb\w+|aufgaben|wir\ (?:bieten|suchen)|vagas?|requisitos|candidat[oa]s?|postul\w+|buscamos|profil
    )\b"""
)


def speaks_of_hiring(text: str) -> bool:
    """Do three different words of hiring stand in a text?"""
    found: set[str] = set()
    for match in _HIRING.finditer(text[:8_000]):
        found.add(match.group().lower())
        if len(found) == 3:
            return True
    return False


def first_line(text: str) -> str:
    """As much of a text's first line as is looked at."""
    return text[:MOST_HEADER].partition("\n")[0]


def header(posting: Posting) -> Span | None:
    """The first line of a comment on Hacker News, if it has cells; without the text that runs on after the last."""
    if posting.board != HN:
        return None
    line = first_line(posting.text)
    return Span("text", 0, line[: line.rfind("|") + MOST_LAST_CELL]) if "|" in line else None


@lru_cache(maxsize=64)  # several rooms ask for the same posting in a row
def _cells(line: str) -> tuple[Span, ...]:
    """The cells of a first line that hold a role word; the first one is the company's."""
    cells: list[Span] = []
    at = 0
    for cell in line.split("|"):
        if at and len(cell) <= 200 and ROLE.search(cell):
            cells.append(Span("text", at, cell))
        at += len(cell) + 1
    return tuple(cells)


def role(posting: Posting) -> tuple[Span, ...]:
    """Where the role stands: the title, or the cells of a first line that hold a role word."""
    cells = _cells(first_line(posting.text)) if posting.board == HN else ()
    return cells or (Span("title", 0, posting.title),)
