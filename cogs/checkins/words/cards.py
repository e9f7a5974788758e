"""What the messages in a group's channel say, and those in a pod's thread. Names and texts come in escaped."""

from __future__ import annotations

from collections.abc import Sequence

# -- buttons -------------------------------------------------------------------------------------

CHECK_IN = "Check in"
MY_CHECK_IN = "My check-in"
WHEN = "When is that for me?"
SKIP = "Skip this week"
THANK = "Thank"
CAN_HELP = "I can help"
OFFER_HELP = "Offer help"
WELCOME = "Welcome"
GOOD_NEWS = "Good news"
TAKEN_BACK = "Taken back"

# -- the opener ----------------------------------------------------------------------------------

# No <t:…> mark: that is one instant, and each member's Sunday ends at another one.
OPEN_NOW = "Open now. Due Sunday 23:59 on your own clock; late is fine until Tuesday night."
OPEN_LONGER = (
    "Open now. Due Sunday 23:59 on your own clock.\n"
    "I was away for a while, so everybody has longer. Press *When is that for me?* to see."
)
WEEK_OFF = "A week off for everybody. It counts for nobody; rest well, and see you next week."


def week_of_group(number: int, group: str) -> str:
    return f"### Week {number} · {group}"


def to_talk_about(starter: str) -> str:
    return f"**To talk about, if you like:** {starter}"


def digest_comes(moment: str) -> str:
    """One instant for everybody: the group's own."""
    return f"-# You choose who sees yours. The digest comes {moment}."


# -- a card --------------------------------------------------------------------------------------

GONE = "This check-in was taken back. Nothing is left to do."
BETWEEN = " · "


def week_of_author(author: str, number: int) -> str:
    return f"### {author} · week {number}"


def reviewed(done: Sequence[str], going_on: Sequence[str]) -> str:
    """The goals that were planned. Each is named in words too: strike-through alone says nothing to some."""
    parts = [f"**Done:** {BETWEEN.join(f'~~{one}~~' for one in done)}"] if done else []
    parts += [f"**Goes on:** {BETWEEN.join(going_on)}"] if going_on else []
    return BETWEEN.join(parts)


def learned(text: str) -> str:
    return f"**Learned:** {text}" if text else ""


def planned(goals: Sequence[str]) -> str:
    return f"**Next:** {BETWEEN.join(goals)}" if goals else ""


def if_then(when: str, what: str) -> str:
    return f"**If** {when}, **then** {what}"


def when_and_where(text: str) -> str:
    """A plan that wasn't written as "if …, then …"."""
    return f"**When and where:** {text}" if text else ""


def answered(question: str, answer: str) -> str:
    return f"**{question}** {answer}"


def asks(text: str) -> str:
    return f"**Would like ideas:** {text}" if text else ""


# -- the digest ----------------------------------------------------------------------------------

A_MEMBER = "A member"
WINS = "**Wins**"
HELP_WANTED = "**Help wanted**"
A_NEW_WEEK = "A new week has begun. One small plan is a good start."
LATE_ONES_JOIN = "-# Late ones join here until Tuesday night."


def check_ins(count: int) -> str:
    return "1 check-in" if count == 1 else f"{count:,} check-ins"


def goals_finished(count: int) -> str:
    return "1 goal finished" if count == 1 else f"{count:,} goals finished"


def go_on(count: int) -> str:
    return "1 goes on" if count == 1 else f"{count:,} go on"


def line(author: str, text: str) -> str:
    return f"• {author}: {text}"


def and_more(count: int) -> str:
    return f"-# and {count:,} more" if count else ""


# -- in a pod ------------------------------------------------------------------------------------

POD_HOW = "Say hello. A check-in that you show to *my pod* stands here."
POD_WHO_SEES = (
    "-# You see this thread, and moderators who manage threads. To leave or change pods: /checkin settings."
)


def pod(name: str, group: str) -> str:
    return f"### {name} · {group}"


def pod_members(members: Sequence[str]) -> str:
    return f"You are a pod: {', '.join(members)}." if members else "You are a pod."


def pod_joined(who: str) -> str:
    return f"{who} is in this pod now. Say hello."


def pod_hired(who: str) -> str:
    return f"### {who} was hired\nThey chose to tell you. Say congratulations if you like."
