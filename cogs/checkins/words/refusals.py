"""Why something about check-ins can't be done, and what to do instead. A part of `cogs.refusals.every`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from cogs.gate import escape

_SHOWN = 60  # characters of what somebody typed

_PARTS = {
    "learned": "What you learned",
    "if_then": "Your plan",
    "answer": "Your answer",
    "ideas": "What you ask",
    "win": "Your win",
    "result": "Your result",
}


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _goal_too_long(limit: int, goal: str) -> str:
    return f"“{escape(goal, _SHOWN)}” is long for a goal. {limit} characters are the limit; make it two."


def _too_many_goals(limit: int, count: int) -> str:
    return f"You wrote {count} goals. {limit} a week are the limit: keep those that matter most."


def _too_long(part: str, limit: int, length: int) -> str:
    return f"{_PARTS[part]} has {length} characters. {limit} are the limit: say it shorter."


def _not_open(opens_at: datetime) -> str:
    return f"This week opens {_soon(opens_at)}. Until then you can plan it with /checkin now."


def _nothing_open(next_opens: datetime | None) -> str:
    if next_opens is None:
        return "No week is open, and none is planned. Moderators choose when it goes on."
    return f"The next week opens {_soon(next_opens)}. Until then you can plan it with /checkin now."


def _soon(moment: datetime) -> str:
    return f"<t:{int(moment.timestamp())}:R>"


REFUSALS: Mapping[str, Callable[..., str]] = {
    # groups, for moderators
    "group_name": lambda shortest, longest: (
        f"A group's name has {shortest} to {longest} characters, with letters or digits. Write another one."
    ),
    "group_question_long": lambda longest: f"Your own question is long. {longest} characters are the limit.",
    "group_day": lambda: "A week opens on a day from Wednesday to Saturday. Choose one of them.",
    "group_time": lambda: "That time is on no clock. Write it as in 09:00.",
    "group_opens_late": lambda: (
        "Far in the east that week would be due before it opens. Choose an earlier hour, or an earlier day."
    ),
    "template_unknown": lambda: "I don't have those questions any more. Choose others.",
    "no_templates": lambda: "I have no questions to ask. Tell the people who run me.",
    "group_name_taken": lambda name: (
        f"There is a group called “{escape(name, _SHOWN)}” here. Choose another name."
    ),
    "too_many_groups": lambda limit: f"{limit} groups are the limit of a server. End one first.",
    "week_over": lambda week: f"The week of {_day(week)} is over. Choose this one or the next.",
    "no_digest_yet": lambda: "No week of this group has opened yet. Its first digest comes with it.",
    "group_gone": lambda: "I know no such group here any more. See which there are with /cohort list.",
    "group_ended": lambda: "That group has ended. See which others there are with /checkin join.",
    "not_in_group": lambda: "You are not in that group. Join it with /checkin join.",
    "no_pods_here": lambda: "This group has no pods. Choose your group, or only you.",
    # what is written, and when
    "checkin_not_open": _not_open,
    "nothing_open": _nothing_open,
    "checkin_closed": lambda week: f"Week {week} takes no more check-ins. /checkin now shows what is open.",
    "checkin_week_off": lambda week: f"Week {week} is a week off. /checkin now shows what comes next.",
    "checkin_done": lambda: "Your check-in for this week is in. A pause can begin with the next one.",
    "checkin_gone": lambda: "There are no words of yours here any more. /checkin now shows your week.",
    "edit_over": lambda days: (
        f"A check-in can be changed for {days} days after its week. /checkin now has the new one."
    ),
    "goal_too_long": _goal_too_long,
    "too_many_goals": _too_many_goals,
    "too_long": _too_long,
    "checkin_empty": lambda: (
        "One line is enough: a goal, or something that you learned. Write it and send it."
    ),
    "plan_empty": lambda: "One line is enough for a plan. Write a goal, or a when and a where.",
    "only_you_see_it": lambda: "Only you see this check-in. Let your pod or your group see it first.",
    "not_in_digest": lambda: "The digest tells what your group sees. Let your group see this check-in first.",
    "goal_unfinished": lambda: "That goal goes on. Keep it once it is finished.",
    "result_empty": lambda: "One line is enough. Write what you achieved.",
    "too_many_results": lambda limit: f"{limit} results are the limit. Take one off the list first.",
    "remind_time": lambda: "That time is on no clock. Choose a day and an hour from the menus.",
    # weeks off
    "pause_weeks": lambda least, most: f"A pause has {least} to {most} weeks. Choose how many.",
    "ill_lately": lambda again: (
        f"You can say this again for the week of {_day(again)}. Until then, skip a week or take a pause."
    ),
    # others
    "card_gone": lambda: "That card is not there any more. Nothing is left to do.",
    "card_nowhere": lambda: "This check-in has no card. Nothing is left to do.",
    "card_coming": lambda: "Your card is on its way. Look again in a minute.",
    "card_stands": lambda: "Your card stands where it was. Nothing is left to do.",
    "card_unclear": lambda: "I can't tell yet whether your card still stands. Try again in a minute.",
    "card_again_limit": lambda limit: (
        f"Your card was posted again {limit} times. If it goes again, ask a moderator."
    ),
    "own_card": lambda: "That is your own card. Press it on somebody else's.",
    "thanks_limit": lambda limit: f"You thanked {limit} people in seven days. Thank the next one soon.",
}
