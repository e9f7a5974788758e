"""What moderators read about rounds: `/rounds`, its settings, its notices. Names come in as mentions or escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ABOUT = "For moderators: rounds in which members read for each other"
ABOUT_OPEN = "Begin a round now"
ABOUT_PREVIEW = "Look at the round before it is published, or try one"
ABOUT_SETTINGS = "Channel, times and rules of reviews"
ABOUT_STATS = "What is asked and offered; let a member off"

# -- a round begins ------------------------------------------------------------------------------

OPENED = "### A round begins"
OPENED_WHY = "It is drawn within a minute or two. Nobody is told before it is published."
LOOK, DRY_RUN, OPEN_NOW, SETTINGS = "Look at it", "Dry run", "Open a round", "Settings"
NO_ROUND = "### No round waits for a look"
NO_ROUND_WHY = "*Dry run* shows what a round would be now. Nothing of it is kept, and nobody is told."
DRAWING = "### The round is being drawn"
DRAWING_WHY = "Look again in a minute."

# -- the preview ---------------------------------------------------------------------------------

PREVIEW, TRIED = "### The round, before anybody is told", "### A dry run: nothing of it is kept"


def some(number: int) -> str:
    """A number as `bot.people.counted` tells it."""
    return f"{number} or more" if number > 1 else "a few" if number else "no"


def counts(requests: int, readers: int) -> str:
    return f"**In it:** {some(requests)} requests, {some(readers)} readers with room."


def coverage(wanted: int, filled: int) -> str:
    return f"**Reviews:** {some(wanted)} are asked for, {_of_them(filled)} have a reader."


def served(authors: int) -> str:
    return f"**Authors:** {_of_them(authors)} get one at least."


def _of_them(number: int) -> str:
    return some(number) if number else "none"


BESIDE = "Newcomers read beside the others, for clear writing only."
HIDDEN = "Not everybody is named: who searches in private never is, nor is a pair of your own."


def publishes(moment: str) -> str:
    return f"It publishes itself {moment}."


WORST, PAIRS, SHORT = "**The weakest pairs**", "**All pairs**", "**Too few readers**"
NO_PAIRS = "No pair to be shown."


def pair(number: int, author: str, reader: str, fits: str, reasons: Sequence[str]) -> str:
    said = f"**{number}.** {author} is read by {reader} · {fits}"
    return f"{said}\n-# {' · '.join(reasons)}" if reasons else said


def short(author: str, missing: int, reason: str) -> str:
    return f"• {author}, {missing} {'review' if missing == 1 else 'reviews'}: {reason}"


def and_more(number: int) -> str:
    return f"• and {number} more"


def page_of(page: int, pages: int) -> str:
    return f"-# Page {page} of {pages}"


def fits(score: int) -> str:
    """A score of 0 to 1000 in words; the steps are those of the settings."""
    return next(said for least, said in _FITS if score >= least)


_FITS = ((700, "a very good fit"), (450, "a good fit"), (0, "a loose fit"))
ONLY_MODERATORS = "-# Only you see this. Why somebody is short is for moderators alone."
VETO_MENU = "Take a pair out of this round"


def veto_option(number: int) -> str:
    return f"Pair {number}"


VETO_WHY = "*Take a pair out* draws the round again without it. Neither of the two is told."
VETOED = "-# That pair is out, and the round is drawn again."
PUBLISH, CANCEL, ALL_PAIRS, REFRESH, BACK = "Publish", "Cancel the round", "All pairs", "Look again", "Back"
EARLIER, MORE = "Earlier", "More"
CANCEL_HEADING = "### Cancel this round?"
CANCEL_WHY = "Nobody is told. Who waits, waits on, and the next round comes as set."
CANCEL_IT = "Cancel it"
CANCELLED = "The round is cancelled. Who waits, waits on."
PUBLISHED = "The round is published. Its readers are asked now."

# -- settings ------------------------------------------------------------------------------------

SETTINGS_PAGE = "### How this server reads for each other"
OFF = "**Channel.** None: reviews are off. Choose one in which private threads may open."


def channel(mention: str) -> str:
    return f"**Channel.** Private threads open in {mention}."


def channel_gone(mention: str) -> str:
    return f"**Channel.** {mention} takes no private threads, or is gone. Choose another one."


def lacks(mention: str, permissions: str, where: str) -> str:
    return f"I lack **{permissions}** in {mention}. Grant it under {where}."


def weekly(day: str, clock: str, zone: str) -> str:
    return f"**Rounds.** Each {day} at {clock} ({zone})."


NOT_WEEKLY = (
    "**Rounds.** None by itself. Open one with /rounds open, or let pairs come together hour by hour."
)


def next_round(moment: str) -> str:
    return f"The next one is {moment}."


def preview_hours(hours: int) -> str:
    return (
        f"**Preview.** {_hours(hours)} for you to look, then it publishes itself." if hours else _NO_PREVIEW
    )


_NO_PREVIEW = "**Preview.** None: a round is published as soon as it is drawn."


def patience(hours: int, least: str) -> str:
    """least: how good a pair must be, as in LEAST."""
    if not hours:
        return "**Between rounds.** Each hour, whoever fits."
    return f"**Between rounds.** Each hour. For the first {_hours(hours)}: {least}. Then any."


def keep(days: int) -> str:
    return f"**Documents.** They go {days} {'day' if days == 1 else 'days'} after the last review came."


def _hours(hours: int) -> str:
    return f"{hours} hour{'' if hours == 1 else 's'}"


SETTINGS_SMALL = "-# Each choice counts at once. Members learn before an upload which roles can open threads."
CHANNEL_MENU, DAY_MENU, HOUR_MENU = "Where do threads open?", "On which day?", "At what time?"
WEEKLY_ON, WEEKLY_OFF, ZONE = "Weekly rounds", "No weekly rounds", "Time zone"
RULES, MEETINGS, TURN_OFF = "Rules", "Meetings of two", "Turn reviews off"
OFF_HEADING = "### Turn reviews off?"
OFF_WHY = "Nothing new is taken and nothing is drawn. What is being read goes on."
OFF_IT, STAY = "Turn them off", "Leave them on"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ZONE_TITLE, ZONE_FIELD = "The clock of your rounds", "City or time zone"
ZONE_HINT = "Such as Lisbon, or Europe/Berlin."
WHICH_CITY = "### Which one is it?"
WHICH_CITY_WHY = "Rounds are drawn by its clock."
TOO_LATE = "That took me too long. Press it again, and the form opens."

RULES_PAGE = "### Rules of rounds"
PREVIEW_MENU, PATIENCE_MENU = "How long may you look?", "How long do we wait for a good pair?"
LEAST_MENU, KEEP_MENU = "How good must a pair be meanwhile?", "How long do documents stay?"
LEAST: Mapping[int, str] = {700: "Very good pairs", 450: "Good pairs", 0: "Any pair"}
"""The least score of a pair in a server's settings, in words."""


def preview_option(hours: int) -> str:
    return f"{_hours(hours)} to look" if hours else "No preview: publish at once"


def patience_option(hours: int) -> str:
    return f"For {_hours(hours)}" if hours else "Not at all"


def keep_option(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'} after the last review"


# -- supply and demand ---------------------------------------------------------------------------

STATS = "### Supply and demand"


def offered(readers: int, room: int) -> str:
    return f"**Now:** {some(readers)} readers, with room for {some(room)} documents at a time."


def asked(authors: int, wanted: int) -> str:
    return f"**Waiting:** {some(authors)} authors, for {some(wanted)} reviews."


def waited(days: int | None) -> str:
    said = "not told" if days is None else f"{days} {'day' if days == 1 else 'days'} or more"
    return f"**Half of them have waited:** {said}."


def sent(number: int, in_time: int | None) -> str:
    share = "not told" if in_time is None else f"about {in_time} of 100"
    return f"**In 90 days:** {some(number)} reviews were sent. In time: {share}."


STATS_WHY = (
    "-# Numbers go in steps of five; *a few* is fewer than five. Shares tell of five people or more. "
    "Nobody is named."
)
MEMBER_MENU = "Let a member off: whom?"


def member(mention: str) -> str:
    return f"### Let {mention} off"


WAIVE_WHY = (
    "They may ask for so many reviews more without reading for others. "
    "Useful after illness, or after a review that was no help."
)
WAIVE_MENU = "How many reviews?"


def waive_option(number: int) -> str:
    return f"{number} {'review' if number == 1 else 'reviews'}"


def waived(number: int) -> str:
    return f"-# Let off {waive_option(number)}."


# -- notices -------------------------------------------------------------------------------------

DRAWN = "### A round waits for your look"


def is_short(number: int) -> str:
    return f"**Short:** {some(number)} authors get fewer readers than asked. *Preview* says why."


NOTICE_PUBLISHED = "### The round is published"
NOTICE_CANCELLED = "### The round is cancelled"
NOTICE_PREVIEW = "Preview"


def published(filled: int) -> str:
    return f"The readers of {some(filled)} reviews are asked now."


BLOCKED = "### Reviews: their channel needs a look"
BLOCKED_SMALL = "-# I try again each hour, and at once with another channel. Nobody loses a review."
_BLOCKED: Mapping[str, str] = {
    "too_many_threads": "A thousand threads are open in this server. Close some, and mine open again.",
    "missing_permission": "In {channel} grant {needed}, under {where}.",
    "missing_access": "I can't see {channel} any more. Grant View Channel under {where}.",
    "unknown_channel": "Their channel is gone. Open the settings and choose another one.",
    "thread_locked": "A thread in {channel} is locked. Grant Manage Threads under {where}, or unlock it.",
    "unreadable": "I can't read a document in {channel}. Grant Read Message History under {where}.",
}
_OTHERWISE = "{channel} takes no thread of mine. Open the settings and choose another channel."


def blocked(code: str, channel: str, needed: str, where: str) -> str:
    """needed: all permissions that threads of reviews want."""
    return _BLOCKED.get(code, _OTHERWISE).format(channel=channel, needed=needed, where=where)
