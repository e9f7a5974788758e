"""What direct messages and private threads say about reviews. Names and texts come in escaped."""

from __future__ import annotations

from collections.abc import Sequence

ACCEPT, NOT_THIS_ONE, GO_ON, READ_IT, SHOW = "Accept", "Not this one", "Go on", "Read it", "Show it"
MY_REVIEWS, OPEN_BOARD, OPEN_PAGE, GONE_BUTTON = "My reviews", "Open the board", "Open the page ↗", "Gone"


def discreet(server: str) -> str:
    """All that may be read over a shoulder."""
    return f"Something waits for you in {server}."


def from_server(server: str) -> str:
    return f"-# {server}"


# -- to a reader ---------------------------------------------------------------------------------


def proposed(kind: str) -> str:
    return f"### Would you read this? {kind}"


def about(text: str) -> str:
    return f"**For:** {text}"


def why(reasons: Sequence[str]) -> str:
    return f"**Why you two:** {' · '.join(reasons)}" if reasons else ""


def answer_by(at: str, due_days: int, minutes: int) -> str:
    return f"Answer {at}. You then have {due_days} days; it takes about {minutes} minutes, also in pieces."


CLARITY = "You answer for clear writing only, beside two others. Whole documents come after the sample."
SMALL_READER = "-# Not now? /review give takes a pause."


def reminder(kind: str, last: bool) -> str:
    """last: no other one follows."""
    return f"### {'Today' if last else 'Half time'}: the {kind.lower()} that you read"


def due(at: str, answered: int, items: int) -> str:
    done = f" {answered} of {items} answered." if answered else ""
    return f"Due {at}.{done} What you have filled in is kept."


CANNOT = "-# It does not fit any more? Open it and give it back; somebody else is asked."


# -- to an author --------------------------------------------------------------------------------


def ready(kind: str, revised: bool) -> str:
    what = (
        f"A review of your second version is here: {kind.lower()}" if revised else f"{kind}: a review is here"
    )
    return f"### {what}"


def missing(count: int) -> str:
    if not count:
        return "That is all of them."
    return "One more is to come." if count == 1 else f"{count} more are to come."


RATE = "Say afterwards whether it helped: three presses."


def over(kind: str) -> str:
    return f"### {kind}: one reading is over"


OVER_READER = "It is over before its end; that happens. Nothing is left to do for you."
OVER_AUTHOR = "It is over before its end; that happens."


def first_next(at: str) -> str:
    """at: when a reader is expected, "" where none is looked for."""
    return f"You are first when I look for a reader again, {at}." if at else ""


def nobody(kind: str) -> str:
    return f"### {kind}: nobody fits this week"


def next_draw(at: str) -> str:
    """at: the next draw, "" where none is planned."""
    return f"It waits on. I look again {at}." if at else "It waits on, and I look again."


NOBODY_SMALL = "-# More readers help: ask people here to try /review give."


# -- in a private thread -------------------------------------------------------------------------

GONE = "This document is gone. Nothing of it is kept."


def hello(kind: str, readers: int) -> str:
    return f"### {kind}, for {'one reader' if readers == 1 else 'two readers'}"


def target(text: str) -> str:
    return f"**It is for:** {text}"


def asks(text: str) -> str:
    return f"**Please look at:** {text}"


def link(text: str) -> str:
    return f"**The page:** {text}"


def words(text: str) -> str:
    return f"**The text:**\n{text}"


def comes_in(blind: bool) -> str:
    if blind:
        return "Only you are here. Each reader gets the pages in another thread; nobody is named."
    return "Whoever accepts it comes in here. Be kind, be specific; ask each other."


def who_opens(keepers: Sequence[str], days: int) -> str:
    others = f" and {', '.join(keepers)}" if keepers else ""
    after = "a day" if days == 1 else f"{days} days"
    return f"-# The owner{others} can open this thread. It goes {after} after the last review."


def pages(kind: str) -> str:
    return f"### {kind}, for your eyes"


def pages_due(at: str) -> str:
    return f"Due {at}. The pages stand below; the board takes your answers, one by one."


KEEP_IT_HERE = "-# Please don't copy it or pass it on. It goes when its time is over."


def reader(who: str) -> str:
    return f"{who} reads this." if who else "A reader has come."


def review(who: str) -> str:
    return f"{who} has sent a review. Its author sees it." if who else "A review is here. Only you see it."


REVISED = "The second version stands here now; the first is gone."
OVER = "This reading is over."
