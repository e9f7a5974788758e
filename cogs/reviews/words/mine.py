"""What `/review status`, the reviews themselves and their rating say. Names and texts come in escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.reviews.flow.asking import Progress
from bot.reviews.rubric import Strength, Verdict

# -- the page ------------------------------------------------------------------------------------

HEADING = "### My reviews"
NOTHING = "You have handed in nothing, and read nothing at the moment."
READ_IT, WITHDRAW, AGAIN, TRY_AGAIN = "Read it", "Withdraw", "Hand in version two", "Hand it in again"
ACCEPT, NOT_THIS_ONE, GO_ON = "Accept", "Not this one", "Go on"
HAVE_READ, READ_FOR_OTHERS, MY_REVIEWS = "Have something read", "Read for others", "My reviews"
EARLIER_MENU = "Earlier ones of yours"
OFF = "-# Moderators have turned reviews off: nothing new is taken, what is being read goes on."

_STATES = {
    "draft": "not handed in yet: its document stands nowhere. Hand it in again.",
    "closed": "its document is gone, the reviews stay.",
}
_PROGRESS: Mapping[Progress, str] = {"asked": "asked", "reading": "reading", "here": "review is here"}


def request(kind: str, revision: int) -> str:
    return f"**{kind}{', second version' if revision > 1 else ''}**"


def state(one: str) -> str:
    """Of a request that nobody reads."""
    return _STATES.get(one, "")


def readers(progress: Sequence[Progress], needs: int) -> str:
    """ "Readers 1 of 2: reading." """
    said = f"Readers: {min(len(progress), needs)} of {needs}"
    return f"{said} ({', '.join(_PROGRESS[one] for one in progress)})." if progress else f"{said}."


def waiting(at: str) -> str:
    """at: the next draw, "" where none is planned."""
    return f"I look for readers again {at}." if at else "I look for readers again with the next round."


FOUR_DAYS = "Who reads has four days; I tell you when a review is here."
ALL_HERE = "All reviews are here."


def goes(at: str) -> str:
    return f"-# The document goes {at}." if at else ""


def stands(where: str) -> str:
    return f"It stands in {where}." if where else ""


def more(count: int) -> str:
    return f"-# and {count} more" if count else ""


TASKS = "**I read for others**"


def asked(kind: str, about: str, why: Sequence[str], at: str) -> str:
    lines = [f"Would you read this? {kind}: {about}", f"-# {' · '.join([*why, f'answer {at}'])}"]
    return "\n".join(lines)


def reading(kind: str, about: str, at: str) -> str:
    return f"{kind}: {about}\n-# due {at}"


def balance(given: int, received: int, balance: int, free: bool) -> str:
    """free: their first request is still to come."""
    said = f"-# Given {given}, received {received}."
    if free:
        return f"{said} Your first is free."
    if balance >= 0:
        return f"{said} {_credit(balance)}"
    return f"{said} Who asks for more promises to read as much."


def _credit(balance: int) -> str:
    if not balance:
        return "You are even."
    return "One review to your credit." if balance == 1 else f"{balance} reviews to your credit."


# -- withdrawing ---------------------------------------------------------------------------------

WITHDRAW_ASK = "### Withdraw it?"
WITHDRAW_TEXT = (
    "Its document is deleted and its thread closed. Readers stop; who has begun keeps their credit. "
    "Reviews that are here go from this page too."
)
WITHDRAW_YES, KEEP = "Yes, withdraw it", "Keep it"
WITHDRAWN = "It is withdrawn. Its document goes within a minute; nothing of what you wrote is kept."

# -- a review ------------------------------------------------------------------------------------

VERDICTS: Mapping[Verdict, str] = {"yes": "yes", "partly": "partly", "no": "no"}
STRENGTHS: Mapping[Strength, str] = {
    "strong": "strong evidence",
    "some": "some evidence",
    "weak": "weak evidence",
    "practice": "practice, no study",
}
DIFFER = "they differ"
UNSAID = "not asked"
NO_REVIEW = "No review is here yet. I tell you when one comes."
DISAGREE = "-# Where they differ, both may be right: nothing is averaged, and there is no score."
WHY_MENU = "Why is it asked?"
QUOTES, OVERVIEW, EARLIER, MORE = "Quotes and rewrites", "Overview", "Earlier", "More"
EVIDENCE_HINT = "One press shows the evidence"
NO_EVIDENCE = "This item is asked no more, and its evidence is not kept."


def heading(kind: str, revised: bool) -> str:
    return f"### {kind}: what readers say{' of the second version' if revised else ''}"


def reader(number: int, who: str, clarity: bool) -> str:
    """who: a mention, "" where nobody is named."""
    name = f"Reader {number}{f', {who}' if who else ''}"
    return f"**{name}**{' · for clear writing only' if clarity else ''}"


def first(text: str) -> str:
    return f"Change this first: {text}" if text else ""


def question(text: str) -> str:
    return f"Would ask in an interview: {text}" if text else ""


def rated(words: Sequence[str]) -> str:
    return f"-# You said: {', '.join(words)}." if words else ""


def missing(count: int) -> str:
    if not count:
        return ""
    return "-# One more is to come." if count == 1 else f"-# {count} more are to come."


def verdicts(label: str, said: Sequence[str], differ: bool) -> str:
    """said: of each reader, in their order."""
    return f"**{label}:** {' · '.join(said)}{f' ({DIFFER})' if differ else ''}"


def in_order(count: int) -> str:
    return (
        "-# In the order Reader 1 · Reader 2."
        if count == 2
        else "-# In the order of the readers."
        if count
        else ""
    )


def quoted(number: int, verdict: str, quote: str, rewrite: str) -> str:
    lines = [f"Reader {number}, {verdict}{f': “{quote}”' if quote else ''}"]
    lines += [f"Rewritten: “{rewrite}”"] if rewrite else []
    return "\n".join(lines)


def item(label: str) -> str:
    return f"**{label}**"


NO_QUOTES = "No line was quoted."


def changed(label: str, before: str, after: str) -> str:
    return f"{label}: {before or 'new'} → {after or 'not answered'}"


def changes(lines: Sequence[str]) -> str:
    return f"Since the first version: {'; '.join(lines)}." if lines else ""


SAME = "Since the first version: the same answers."


def evidence(label: str, asks: str) -> str:
    return f"### {label}\n{asks}"


def says(text: str, source: str, strength: str) -> str:
    return f"{text}\n-# {source} · {strength}"


def hints(yes: str, partly: str, no: str) -> str:
    return f"**Yes:** {yes}\n**Partly:** {partly}\n**No:** {no}"


# -- rating --------------------------------------------------------------------------------------


def rate(number: int, alone: bool) -> str:
    return "Rate it" if alone else f"Rate reader {number}"


RATE_TITLE = "How was this review?"
RATINGS: Mapping[str, str] = {"helpful": "helpful", "specific": "specific", "respectful": "respectful"}
NOT_RATINGS: Mapping[str, str] = {
    "helpful": "not helpful",
    "specific": "not specific",
    "respectful": "not respectful",
}
RATE_ASKS: Mapping[str, str] = {
    "helpful": "Did it help you?",
    "specific": "Did it point at lines of yours?",
    "respectful": "Was it respectful?",
}
RATE_HINTS: Mapping[str, str] = {
    "helpful": "Its reader sees all three once both are done with each other",
    "specific": "Quotes and rewrites count, not kindness",
    "respectful": "If not, tell the moderators too: /report",
}
YES, NO = "Yes", "No"
RATE_SAVED = "Saved. You can change it till its reader sees it."
RATE_REPORT = "Saved. If a moderator should know, tell them with /report."
SLOW = "That took me too long. Press it again."
