"""What is taken away as a file: a member's own weeks, the cards of a group, results for a resume. Pure.

A member's own file is for that member alone. A group's holds what stands on its cards and nothing else: no time, no
state, nothing that was said to a pod, and no wins, since their authors may have left their names out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.checkins.history import History, Row
from bot.checkins.stats import visible
from bot.checkins.values import Goal, MemberWeek, Result
from bot.text import tidy
from bot.text.tables import as_csv

_OWN = (
    *("Week", "Group", "This week", "Checked in", "Changed", "Seen by", "Goals planned", "Goals finished"),
    *(
        "Goals",
        "Learned",
        "Goals to come",
        "If … then …",
        "How it goes",
        "Question",
        "Answer",
        "Ideas asked for",
    ),
    *("Win", "Thanks"),
)
_GROUPS = (
    *("Week", "Name", "Goals", "Learned", "Goals to come", "If … then …", "Question", "Answer"),
    "Ideas asked for",
)
_KINDS = {"done": "checked in", "off": "off", "open": "open", "quiet": ""}
_CIRCLES = {"group": "group", "pod": "pod", "me": "me", None: ""}


# -- one's own ---------------------------------------------------------------------------------------


def own_csv(one: History) -> bytes:
    """A row for each week and group, the oldest first."""
    return as_csv(_OWN, (_own_cells(row) for row in one.rows))


def own_json(one: History, now: datetime) -> bytes:
    """The same and more as one document: {made_at, groups, weeks, results}; moments are ISO 8601 in UTC."""
    names = {row.group_id: row.group for row in one.rows}
    return _document(
        {
            "made_at": now.isoformat(),
            "groups": [
                {
                    "name": names[group_id],
                    "in_a_row": standing.streak,
                    "most_in_a_row": standing.best,
                    "of_the_last_weeks": [standing.done, standing.counted],
                    "freezes": standing.freezes,
                }
                for group_id, standing in one.standings.items()
            ],
            "weeks": [_own_entry(row) for row in one.rows],
            "results": [{"week": result.week.isoformat(), "text": result.text} for result in one.results],
        }
    )


def bullets(results: Iterable[Result]) -> bytes:
    """Results as they were pinned, a line each behind a dash, the oldest first; Markdown reads it as a list."""
    lines = sorted(results, key=lambda one: (one.week, one.made_at, one.id))
    return "".join(f"- {tidy(one.text)}\n" for one in lines).encode()


def _own_cells(row: Row) -> list[str]:
    said = row.said
    return [
        *(row.week.isoformat(), row.group, _KINDS[row.kind], _moment(row.said_at), _moment(row.edited_at)),
        *(_seen_by(row), str(row.planned), str(row.finished)),
        *(_goals(said.reviewed), said.learned, _goals(said.goals), said.if_then),
        "" if said.going == "unsaid" else said.going,
        *(row.question, said.answer, said.ideas, said.win, str(row.thanks)),
    ]


def _own_entry(row: Row) -> dict[str, Any]:
    said = row.said
    return {
        "week": row.week.isoformat(),
        "group": row.group,
        "state": row.kind,
        "checked_in_at": row.said_at and row.said_at.isoformat(),
        "changed_at": row.edited_at and row.edited_at.isoformat(),
        "seen_by": _seen_by(row),
        "goals": _marked(said.reviewed),
        "learned": said.learned,
        "goals_to_come": _marked(said.goals),
        "if_then": said.if_then,
        "going": said.going,
        "question": row.question,
        "answer": said.answer,
        "ideas": said.ideas,
        "win": said.win,
        "thanks": row.thanks,
    }


def _seen_by(row: Row) -> str:
    return "me" if row.taken_back else _CIRCLES[row.circle]


# -- a group's ---------------------------------------------------------------------------------------


def group_csv(
    weeks: Iterable[MemberWeek], names: Mapping[int, str], questions: Mapping[int, str] | None = None
) -> bytes:
    """The cards of a group that everybody in it may see, the oldest week first; the others are left out.

    names: what each author is called on their cards, by user id. questions: the group's own, by cycle id.
    """
    return as_csv(
        _GROUPS,
        (
            [
                *(one.week.isoformat(), names[one.user_id], _goals(one.said.reviewed), one.said.learned),
                *(_goals(one.said.goals), one.said.if_then, (questions or {}).get(one.cycle_id, "")),
                *(one.said.answer, one.said.ideas),
            ]
            for one in _cards(weeks, names)
        ),
    )


def group_json(
    weeks: Iterable[MemberWeek],
    names: Mapping[int, str],
    questions: Mapping[int, str] | None = None,
    *,
    group: str,
) -> bytes:
    """The same as one document: {group, cards}."""
    cards = [
        {
            "week": one.week.isoformat(),
            "name": names[one.user_id],
            "goals": _marked(one.said.reviewed),
            "learned": one.said.learned,
            "goals_to_come": [goal.text for goal in one.said.goals],
            "if_then": one.said.if_then,
            "question": (questions or {}).get(one.cycle_id, ""),
            "answer": one.said.answer,
            "ideas": one.said.ideas,
        }
        for one in _cards(weeks, names)
    ]
    return _document({"group": group, "cards": cards})


def _cards(weeks: Iterable[MemberWeek], names: Mapping[int, str]) -> list[MemberWeek]:
    """In an order that says nothing of who came first."""
    return sorted(visible(weeks), key=lambda one: (one.week, names[one.user_id].casefold(), one.id))


# -- both ----------------------------------------------------------------------------------------------


def _goals(goals: Sequence[Goal]) -> str:
    return "\n".join(f"[{'x' if goal.done else ' '}] {goal.text}" for goal in goals)


def _marked(goals: Sequence[Goal]) -> list[dict[str, Any]]:
    return [{"text": goal.text, "finished": goal.done} for goal in goals]


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def _document(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
