"""What a reader's board says: a sheet, item after item. What people wrote comes in escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.people.languages import language_name
from bot.people.members import FIELDS
from bot.reviews.fit import Reason
from bot.reviews.rubric import Strength, Verdict

# -- asked, accepted, given back -----------------------------------------------------------------


def accepted(about: str) -> str:
    return f"### You read: {about}"


def due(full: str, left: str) -> str:
    """full: the moment; left: how far away it is. Both as Discord shows them to each reader."""
    return f"Send it by {full}, {left}. About 12 minutes are enough, in pieces."


def stands_in(thread: str) -> str:
    return f"**Document:** {thread}"


COMING = "**Document:** it opens for you in a private thread, within a minute or two."
AGAIN_WITH = "-# Find it again with /review status."
DECLINED = "Fine. Somebody else is asked now, and no reason is told."
GIVE_BACK = "### Give it back?"
GIVE_BACK_WHY = "Somebody else is asked, and no reason is told. What you filled in goes."
OPEN_BOARD, CANT, RETURN, KEEP = "Open the board", "I can't after all", "Give it back", "Keep it"

# -- the board -----------------------------------------------------------------------------------


def heading(about: str, due_at: str) -> str:
    return f"### You read for: {about} · due {due_at}"


def why_you(reasons: Sequence[str]) -> str:
    return f"**Why you two:** {' · '.join(reasons)}"


def they_ask(text: str) -> str:
    return f"**They ask:** {text}"


SECOND = "This is the second version. Your answers on the first stand here: change what has changed."
CLARITY = "You answer for clear writing only. A second reader answers the rest."


def item(label: str, asks: str) -> str:
    return f"**{label}**\n{asks}" if asks else f"**{label}**"


def quoted(line: str, rewrite: str) -> str:
    """Either may be empty."""
    parts = [f"“{line}”" if line else "", f"→ {rewrite}" if rewrite else ""]
    return "\n".join(filter(None, parts))


def change_first(text: str, question: str) -> str:
    said = f"**Change this first:** {text or '…'}"
    return f"{said}\n**I would ask:** {question}" if question else said


def progress(answered: int, items: int, saved: str) -> str:
    return f"-# {answered} of {items} answered{f' · saved {saved}' if saved else ''}"


READY = "Everything is there. You can send it."


def lacks(items: int, quotes: int, of_yes: bool, first: int, words: int) -> str:
    """What is open before it can be sent. of_yes: a line that is good counts as well. first, words: characters."""
    parts = []
    if items:
        parts.append(f"answer {items} more {'item' if items == 1 else 'items'}")
    if quotes:
        good = ", a good one counts too" if of_yes else ""
        parts.append(f"quote {quotes} more {'line' if quotes == 1 else 'lines'}{good}")
    if first:
        parts.append(f"*Change this first* needs {first} more characters")
    if words and not (items or quotes or first):
        parts.append(f"write {words} more characters, anywhere")
    return f"**Still to do:** {'; '.join(parts)}."


VERDICTS: Mapping[Verdict, str] = {"yes": "Yes", "partly": "Partly", "no": "No"}
ANSWER = "Yes, partly or no?"
WHY, QUOTE, EDIT_QUOTE = "Why?", "Quote", "Edit quote"
EARLIER, NEXT, FIRST, SEND = "Earlier items", "Next items", "Change this first", "Send"
BACK = "Back to the board"

# -- the forms -----------------------------------------------------------------------------------

QUOTE_TITLE, FIRST_TITLE = "Quote a line", "Change this first"
LINE, REWRITE = "The line, as it stands there", "How you would write it"
LINE_HINT = "Not in the document? Quote the line where it should stand."
REWRITE_HINT = "May stay empty. One better line helps more than advice."
FIRST_FIELD, QUESTION_FIELD = "What would you change first?", "What would you ask in an interview?"
FIRST_HINT = "One thing, 20 characters or more."
QUESTION_HINT = "May stay empty."
TOO_LATE = "That took me too long. Press it again, and the form opens."

# -- evidence ------------------------------------------------------------------------------------

NO_EVIDENCE = "This item stands in no rubric any more. Answer it by its name."
STRENGTHS: Mapping[Strength, str] = {
    "strong": "strong: a large experiment",
    "some": "some: a survey, or something near it",
    "weak": "weak: small, old, or by a seller of help",
    "practice": "practice: advice without a study",
}


def why(label: str) -> str:
    return f"### Why is this asked? {label}"


def hint(verdict: Verdict, text: str) -> str:
    return f"**{VERDICTS[verdict]}:** {text}"


def evidence(says: str, source: str, strength: Strength) -> str:
    return f"• {says}\n-# {source} · {STRENGTHS[strength]}"


# -- sent ----------------------------------------------------------------------------------------


SENT = "### Sent. Thank you"
SENT_WHY = "Its author can read it now. What they say of it shows once both sides are done."


def balance(given: int, received: int) -> str:
    reviews = "review" if given == 1 else "reviews"
    return f"You gave {given} {reviews} and received {received}."


def answered(label: str, verdict: Verdict | None, line: str) -> str:
    said = VERDICTS[verdict].lower() if verdict else "open"
    return f"**{label}:** {said}{f' · “{line}”' if line else ''}"


MY_REVIEWS = "-# All that you ask and read: /review status."

# -- why these two -------------------------------------------------------------------------------


def reason(one: Reason) -> str:
    """To the reader."""
    match one.kind:
        case "same_field":
            return f"same field: {FIELDS.get(one.about, one.about)}"
        case "related_field":
            return "related fields"
        case "level":
            return _levels(-one.count)
        case "zone":
            return f"{_hours(one.count)} apart" if one.count else "same time of day"
        case "skills":
            return f"{one.count} shared {'skill' if one.count == 1 else 'skills'}"
        case "language":
            return f"your first language is {language_name(one.about)}"
        case "reads":
            return f"you read {language_name(one.about)}"
        case "round":
            return "both in this round"
        case "room":
            return "you have room this week"


def pair_reason(one: Reason) -> str:
    """To a moderator, who is none of the two: of the reader, seen from the author."""
    match one.kind:
        case "level":
            return _levels(one.count).replace("you", "the author")
        case "language":
            return f"the reader's first language is {language_name(one.about)}"
        case "reads":
            return f"reads {language_name(one.about)}"
        case "room":
            return "has room this week"
    return reason(one)


def _levels(above: int) -> str:
    if not above:
        return "same level"
    count = "one level" if abs(above) == 1 else f"{abs(above)} levels"
    return f"{count} {'above' if above > 0 else 'below'} you"


def _hours(minutes: int) -> str:
    """2 h, 2½ h, 45 min."""
    hours, rest = divmod(minutes, 60)
    if rest == 30:
        return f"{hours or ''}½ h"
    return f"{minutes} min" if rest and not hours else f"{hours} h {rest} min" if rest else f"{hours} h"
