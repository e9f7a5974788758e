"""Why something about meetings can't be done, and what to do instead. A part of `cogs.refusals.every`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.meets.kinds import KINDS
from bot.meets.values import Kind

_FIELDS = {"day": "day of the week", "minute": "time of day"}


def _not_joined(kind: Kind) -> str:
    return f"You are not in this any more: {KINDS[kind].name}. Join it with /meet join."


def _setting(field: str, least: int, most: int) -> str:
    return f"That {_FIELDS.get(field, field)} is on no clock: {least} to {most}. Choose another one."


REFUSALS: Mapping[str, Callable[..., str]] = {
    "meets_off": lambda: (
        "Meetings are off in this server. Ask a moderator to switch them on in /rounds settings."
    ),
    "meet_role": lambda kind: f"{KINDS[kind].name}: choose whether you help or would like help.",
    "meet_topics": lambda limit: f"{limit} are the limit. Choose those that matter most.",
    "meet_topic_gone": lambda: "I don't have that any more. Open /meet status and choose again.",
    "meet_most": lambda least, most: f"From {least} to {most} people at a time. Choose one of these.",
    "not_joined": _not_joined,
    "not_in_meeting": lambda: "That is no meeting of yours. See yours with /meet status.",
    "meeting_over": lambda: "That meeting is over. See what comes next with /meet status.",
    "debrief_changed": lambda: "I ask other questions now. Open the meeting again with /meet status.",
    "debrief_open": lambda missing: f"{missing} of the six are still open. Answer them first.",
    "no_questions": lambda: "I have no questions for this. Tell the people who run me.",
    "meet_setting": _setting,
}
