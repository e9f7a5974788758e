"""What a member's history says: page, picture, alt text, results, files."""

from __future__ import annotations

from bot.checkins.history import Kind, Totals
from bot.checkins.pictures import HistoryWords

CHOOSE_ALL = "All my groups"
SMALL = "-# Only you see this page; save what you want to keep."
NOTHING = "Nothing is here yet. After your first check-in this page fills by itself."
RESULTS, CSV, JSON, CALENDAR = "My results", "CSV", "JSON", "Calendar"
HISTORY = "My history"


def heading(group: str) -> str:
    """group: "" for all of them together."""
    return f"### Your weeks in {group}" if group else "### Your weeks"


def totals(all_of_them: Totals) -> str:
    weeks = f"{all_of_them.checkins} check-in{'' if all_of_them.checkins == 1 else 's'}"
    if not all_of_them.planned:
        return f"{weeks} so far."
    return f"{weeks} so far; {all_of_them.finished} of {all_of_them.planned} goals finished."


def in_group(group: str, standing: str) -> str:
    """How it has gone in one of several groups."""
    return f"**{group}:** {standing}"


def week(number: int, kind: Kind, planned: int, finished: int) -> str:
    goals = f"{finished} of {planned} goals" if planned else ""
    return f"• Week {number}: {', '.join(filter(None, [_KINDS[kind], goals]))}"


def earlier(number: int) -> str:
    return f"-# {number} earlier {'week stands' if number == 1 else 'weeks stand'} in the files."


_KINDS: dict[Kind, str] = {"done": "checked in", "off": "off", "open": "open", "quiet": "quiet"}

PICTURE = HistoryWords(
    title="My weeks",
    under="Goals planned and finished, week by week",
    kinds={"done": "checked in", "off": "off", "open": "open", "quiet": "quiet"},
    planned="Goals planned",
    finished="Goals finished",
    goals="{finished} of {planned} goals",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    weeks="Week by week:",
    no_line="Your goals stand here, from the first one that you plan",
)

# -- results -------------------------------------------------------------------------------------

RESULTS_HEADING = "### What you achieved"
RESULTS_TEXT = "Lines for your resume, in your own words. Only you see them."
NO_RESULTS = "Nothing is kept yet. Keep a finished goal from your card, or write one down."
ADD, AS_BULLETS, REMOVE_MENU = "Write one down", "As bullets", "Take one off the list"


def result(text: str, week: int) -> str:
    return f"• {text} (week {week})"


def more_results(number: int) -> str:
    return f"-# {number} more {'is' if number == 1 else 'are'} in the file behind *As bullets*."


# -- files ---------------------------------------------------------------------------------------

FILES = {
    "csv": "### Your weeks as a table\nFor any spreadsheet: one row a week.",
    "json": "### Your weeks as data\nAll that I keep of them, for programs.",
    "ics": "### Your weeks in a calendar\nOpen it with your calendar; each entry ends when your week is due.",
    "txt": "### Your results as bullets\nPlain text, ready to paste.",
}
EVENT = "Two minutes for myself"
"""In a calendar that others may read: it tells nothing."""
