"""What moderators are told of a group in their channel. Names come in escaped."""

from __future__ import annotations

TRY_AGAIN = "Try again"
OPEN_GROUP = "Open the group"
CONTINUE = "Continue"
NEW_PODS = "New pods"
STOP = "Stop"

NOBODY_LOSES = "-# Check-ins are taken all the same, and nobody loses a week."
SEASON_CHOICES = (
    "*Continue* goes on as it is. *New pods* goes on and mixes the pods anew. "
    "*Stop* opens no more weeks; everybody keeps their history."
)
UNTIL_THEN = "-# Until you choose, it goes on as it is."

_WHY = {
    "unknown_channel": "Its channel is gone. Open the group and choose another one.",
    "missing_access": "I can't see {channel} any more. Grant View Channel under {where}, then press *Try again*.",
    "missing_permission": (
        "I may no longer post in {channel}. Grant Send Messages under {where}, then press *Try again*."
    ),
    "thread_locked": (
        "{channel} is locked. Unlock it or grant Manage Threads under {where}, then press *Try again*."
    ),
    "pods_too_many_threads": (
        "Its pods wait for threads: a thousand are open in this server. Close some, then press *Try again*."
    ),
    "pods_missing_permission": (
        "Its pods wait for threads. In {channel} grant Create Private Threads, Send Messages in Threads and "
        "Manage Threads, under {where}. Then press *Try again*."
    ),
    "pods_missing_access": (
        "Its pods wait for threads: I can't see {channel}. Grant View Channel under {where}, then press *Try again*."
    ),
}
_OTHERWISE = "{channel} takes no message of mine. Choose another channel, or press *Try again*."


def blocked(group: str) -> str:
    return f"### {group}: its channel needs a look"


def why(code: str, channel: str, where: str) -> str:
    return _WHY.get(code, _OTHERWISE).format(channel=channel, where=where)


def season_over(group: str, weeks: int) -> str:
    return f"### {group}: {weeks} weeks are done\nHow does it go on?"
