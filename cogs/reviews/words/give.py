"""What `/review give` and the sample say. Names and texts that are not ours come in escaped."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reviews.rubric import Verdict

# -- joining -------------------------------------------------------------------------------------

HEADING = "### Read for others"
JOIN_WHY = (
    "For each review that you give, you may receive one. It takes about 12 minutes, in pieces.\n"
    "You are asked each time, and may say no. After a yes you have four days."
)
JOIN_CHOOSE = "Choose how many you read at a time, and you are a reader. All else can be changed then."
CAPACITY_MENU = "How many at a time?"


def capacity(number: int) -> str:
    return "One at a time" if number == 1 else f"{number} at a time"


# -- a reader's page -----------------------------------------------------------------------------

READING = "### You read for others"


def at_a_time(number: int) -> str:
    return f"**At a time.** {number}."


def kinds(names: Sequence[str]) -> str:
    return f"**Kinds.** {', '.join(names)}."


def languages(names: Sequence[str]) -> str:
    return f"**Languages.** {', '.join(names)}."


def gate(moment: str) -> str:
    """moment: as Discord shows it."""
    return (
        f"**From when.** Your account or membership is new. You are asked from {moment} on. "
        "Until then you may have something read."
    )


SAMPLE_FIRST = (
    "**First time.** Read one sample with us, about 5 minutes. Until then you answer for clear writing only, "
    "beside another reader."
)


def paused(moment: str) -> str:
    return f"**Pause.** Nothing is given to you until {moment}. What you accepted goes on."


def given(reviews: int, received: int) -> str:
    return f"**Given and received.** {reviews} and {received}."


def thanks(reviews: int, helpful: int, specific: int, respectful: int) -> str:
    """Of reviews that their authors rated, as far as it shows."""
    return (
        f"**Of your {reviews} {'review' if reviews == 1 else 'reviews'}.** Helpful {helpful} · "
        f"specific {specific} · respectful {respectful}."
    )


SMALL = "-# Only you see this page. What waits for you stands in /review status."
KINDS_MENU, PAUSE_MENU = "Which kinds?", "Pause for how many weeks?"
RESUME, LANGUAGES, SAMPLE, LEAVE = "I'm back", "Languages", "Read the sample", "Leave"


def weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


LANGUAGES_TITLE, LANGUAGES_FIELD = "Languages you read", "Languages"
LANGUAGES_HINT = "With commas between. Regional forms count as the same language."
TOO_LATE = "That took me too long. Press it again, and the form opens."
NO_LANGUAGE = "I need one language at the least. Write its English name, such as Portuguese."

# -- leaving -------------------------------------------------------------------------------------

LEAVE_HEADING = "### Read for nobody any more?"
LEAVE_WHY = "What you accepted goes on, and what you gave still counts. You can come back at any time."
STAY = "Stay"
LEFT = "You read for nobody any more. /review give brings you back."

# -- the sample ----------------------------------------------------------------------------------

NO_SAMPLE = "There is no sample here. Send one review on clear writing; then you read whole documents."
SAMPLE_HEADING = "### A sample to read together"
SAMPLE_WHY = "It is invented. Answer each item, then see what an experienced reader says."
SAMPLE_COMPARE = "Compare"
SAMPLE_DONE = "### Your answers beside ours"
SAMPLE_SAME = "Two good readers often differ. Look where you do, and why."
SAMPLE_READY = "From now on you read whole documents."
BACK = "Back"


def sample_for(posting: str) -> str:
    return f"**For the posting:** {posting}"


def sample_progress(answered: int, items: int) -> str:
    return f"-# {answered} of {items} answered. Nothing is kept until you compare."


def compared(label: str, yours: str, ours: str, why: str) -> str:
    both = f"both {ours}" if yours == ours else f"you {yours}, we {ours}"
    return f"**{label}:** {both}\n{why}"


def verdict(one: Verdict | None) -> str:
    return one or "open"
