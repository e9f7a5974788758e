"""What the pages of `/review request` say. Names and texts come in escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.reviews.asking import MAX_ASKS, MAX_TARGET, Supply
from bot.reviews.rubric import Need
from bot.reviews.values import Kind, Mode, When

# -- the page ------------------------------------------------------------------------------------

HEADING = "### Have something read"
HAVE_READ = "Have something read"
KINDS: Mapping[Kind, str] = {
    "resume": "Resume",
    "profile": "Online profile",
    "letter": "Cover letter",
    "answer": "Interview answer",
    "pitch": "60-second pitch",
    "portfolio": "Portfolio",
}
GIVES: Mapping[Need, str] = {
    "file": "a PDF of 5 MB and 4 pages at most",
    "link": "a link that everybody can open",
    "text": "the text, pasted or as a PDF",
    "posting": "the posting that it is for",
    "question": "the question that it answers",
}
KIND_MENU = "What is to be read?"
MODE_MENU = "With your name, or without?"
LANGUAGE_MENU = "In which language is it?"
MODES: Mapping[Mode, str] = {"open": "With names", "blind": "Without names"}
MODE_MEANS: Mapping[Mode, str] = {
    "open": "You and your readers meet in one private thread",
    "blind": "Each reader gets the pages alone; nobody is named",
}
HAND_IN = "Hand in"
ONE_READER, TWO_READERS = "One reader is enough", "Two readers"
ROUND, SOON = "Wait for the round", "As soon as possible"
MY_REVIEWS = "My reviews"
READ_FOR_OTHERS = "Read for others"

EVERYBODY = "everybody"
MEMBERS_THERE = "members whom the channel allows it"
SLOW = "That took me too long. Press it again."
OPEN_ALREADY = "Something of yours is being read already. One at a time."

_FEW: Mapping[Supply, str] = {
    "nobody": "Nobody reads {} here yet. You can hand it in and wait, or choose another language.",
    "one": "One member reads {} here: one reader is what you can hope for now.",
    "a few": "A few members read {} here.",
    "enough": "",
}
_LINKS = "A link tells who you are, also without names."
BLIND = (
    "**Without names:** I draw the pages anew and name nobody. "
    "That is best effort: a small server can give you away."
)
OPEN = "**With names:** you and your readers see each other, and can talk, in one private thread."


def needs(some: Sequence[Need]) -> str:
    return f"**It needs:** {' and '.join(GIVES[one] for one in some)}."


def more_roles(count: int) -> str:
    return f"{count} more"


def who_sees(readers: int, keepers: Sequence[str], days: int) -> str:
    """keepers: names of roles. days: the document stays after its last review."""
    may = f" and, with Manage Threads: {', '.join(keepers)}" if keepers else ""
    return "\n".join(
        [
            "**Who can see it**",
            f"- {'the reader who accepts' if readers == 1 else 'the two readers who accept'}",
            f"- in this server its owner{may}",
            "- the people who run this bot",
            f"-# It stands in Discord. It goes {_days(days)} after the last review, or when you withdraw it.",
        ]
    )


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"


def mode(one: Mode, by_link: bool) -> str:
    return " ".join([BLIND if one == "blind" else OPEN, *([_LINKS] if one == "blind" and by_link else [])])


def when(one: When, at: str) -> str:
    """at: the next draw, "" where it is not known."""
    if one == "round":
        return f"**When:** in the next round{f', {at}' if at else ''}, where readers fit best."
    return "**When:** as soon as somebody fits; I look each hour. A reader then has four days."


def language(name: str, supply: Supply) -> str:
    return _FEW[supply].format(name)


FREE = "**Price:** your first is free."


def price(owed: int, balance: int) -> str:
    """owed: reviews still to be promised."""
    if owed:
        return (
            f"**Price:** you promise to read {_documents(owed)} for others, and join as a reader. "
            "Handing it in says yes to that."
        )
    if balance > 0:
        return f"**Price:** paid by {'a review' if balance == 1 else f'{balance} reviews'} that you gave."
    return "**Price:** paid by what you read for others."


def _documents(count: int) -> str:
    return "one document" if count == 1 else f"{count} documents"


def hand_in(owed: int) -> str:
    return f"{HAND_IN}, and read {'one' if owed == 1 else owed} for others" if owed else HAND_IN


def legend(text: str) -> str:
    return f"-# {text}"


# -- the form ------------------------------------------------------------------------------------

TITLE = "Have it read"
TITLE_AGAIN = "The second version"
FILE = "The file, as a PDF"
FILE_HINT = "5 MB and 4 pages at most, without a password"
FILE_KEPT = "I still have the one you gave. Choose another one, or none"
FILE_INSTEAD = "Or as a PDF or text file"
LINK = "The link"
LINK_HINT = "Everybody must be able to open it"
TEXT = "The text"
TEXT_HINT = "Paste it; leave names and addresses out"
TARGETS: Mapping[Need, str] = {
    "posting": "The posting that it is for",
    "question": "The question that it answers",
}
TARGET_HINTS: Mapping[Need, str] = {
    "posting": f"Its title and what it asks for, up to {MAX_TARGET} characters",
    "question": "Word for word, as it was asked",
}
ASKS = "What should readers look at?"
ASKS_HINT = f"May be left empty; up to {MAX_ASKS} characters"


# -- a file that was not taken -------------------------------------------------------------------

_WHAT = {
    "empty": "is empty",
    "png": "is a picture",
    "jpeg": "is a picture",
    "gif": "is a picture",
    "webp": "is a picture",
    "zip": "is a ZIP archive",
    "docx": "is a Word document",
    "rtf": "is an RTF document",
    "text": "is plain text",
    "unknown": "is none that I know",
}


def not_taken(reason: str, **facts: int | str | bool) -> str:
    """reason, facts: of `bot.reviews.document.intake.REASONS`; what happened, and what to do."""
    match reason:
        case "not_pdf":
            return (
                f"That file {_WHAT.get(str(facts['kind']), 'is no PDF')}. Save it as a PDF, then hand it in."
            )
        case "too_large":
            size, most = int(facts["bytes"]) / 1e6, int(facts["most"]) // 1_000_000
            return f"That file has {size:.1f} MB; {most} MB are the limit. Save it with smaller pictures."
        case "too_many_pages":
            return f"It has {facts['pages']} pages; {facts['most']} are the limit. Leave the oldest out."
        case "has_script":
            return "That PDF holds a script, which readers must not open. Print it into a new PDF."
        case "has_files":
            return "That PDF holds other files. Print it into a new PDF, then hand that in."
        case "has_password" if facts["opens"]:
            return "A password limits what can be done with that PDF. Save it without one."
        case "has_password":
            return "That PDF has a password. Save it without one, then hand it in."
        case "no_pages":
            return "That PDF has no pages. Save it anew, then hand it in."
        case _:
            return "That PDF is damaged: I can't read it. Save it anew, then hand it in."


# -- what is hidden ------------------------------------------------------------------------------

LOOK = "### Before others see it"
GROUPS: Mapping[str, str] = {
    "email": "E-mail",
    "phone": "Phone",
    "address": "Street",
    "birth": "Birth date or age",
    "photo": "Photo",
    "link": "Profiles and links",
    "employer": "My current employer",
    "name": "My name",
    "words": "Words that I wrote",
}
HIDE_MENU = "Choose what to hide"
FOUND_NOTHING = "I found no address, phone, birth date, photo or link in it. Look yourself, too."
LOOK_YOURSELF = "I may have missed something: look at it yourself. Grey is what would be hidden."
NO_PICTURE = "I may have missed something: look at it yourself."
NEEDLE = "-# As shown, pages become pictures: no text can be selected in them."
KEPT = "-# I keep the file for 15 minutes, in memory alone. After a restart, hand it in again."
SCANNED = "No text can be selected in it. Programs that read resumes find nothing there."
SEND_SHOWN, SEND_AS_IS, HIDE_MORE, CANCEL = "Send as shown", "Send as it is", "Hide words …", "Cancel"
CANCELLED = "Nothing was handed in, and I have forgotten the file."
HIDE_TITLE = "Hide words"
HIDE_WORDS = "Which words?"
HIDE_HINT = "One a line: a company, a name, a project"


def found(group: str, count: int, examples: Sequence[str]) -> str:
    """examples: what was found, as code."""
    what = ", ".join(examples)
    if not count:
        return f"- {GROUPS[group]}: not found"
    return f"- {GROUPS[group]}: {what or f'{count} found'}"


def hidden(lines: Sequence[str]) -> str:
    return "\n".join(["**Would be hidden**", *lines]) if lines else "**Nothing would be hidden.**"


def shown(lines: Sequence[str]) -> str:
    return "\n".join(["**Would be seen**", *lines]) if lines else ""


def places(count: int) -> str:
    """Below an option of the menu."""
    if not count:
        return "Not found in it"
    return "Found once" if count == 1 else f"Found {count} times"


def on_page(words: str, page: int) -> str:
    return f"{words} (page {page})"


def unread(pages: Sequence[int]) -> str:
    """pages: numbers from 1."""
    if len(pages) == 1:
        return f"Page {pages[0]} is a picture: I can't look into it."
    return f"Pages {', '.join(map(str, pages))} are pictures: I can't look into them."


def picture(pages: int) -> str:
    """The alt text of the first page."""
    return f"Page 1 of {pages}, grey panes over what would be hidden. The list above names all of it."


# -- handed in -----------------------------------------------------------------------------------

WITHDRAW = "Withdraw"
TRY_AGAIN = "Try again"
BAD_MOMENT = "Discord did not take it just now. Nothing is lost: try again in a minute."


def handed_in(where: str) -> str:
    return (
        f"### It is handed in\nIt stands in {where}, with only you in it." if where else "### It is handed in"
    )


def next_draw(one: When, at: str, readers: int) -> str:
    who = "a reader" if readers == 1 else "two readers"
    if at:
        return f"I look for {who} next {at}. Who accepts comes in by themselves."
    return f"I look for {who} in the {'next round' if one == 'round' else 'next hour'}."


AGAIN_STANDS = "Your readers are asked to read the second version."
TELLS = "I write to you when a review is here, if you let me. /review status has it all."
SEE_SETTINGS = "Direct messages are off. Let me write to you in /me settings, or look at /review status."


def pledged(documents: int, from_day: str) -> str:
    """from_day: till then they are given nothing, "" for who may read now."""
    said = f"You read for others now, {_documents(documents)} at a time. /review give changes that."
    return f"{said} Your first comes from {from_day} on." if from_day else said
