"""What the moderators' pages of a group say. Names and questions that come in are escaped already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# -- the commands --------------------------------------------------------------------------------

ABOUT = "For moderators: groups that check in together each week"
ABOUT_CREATE = "Make a group that checks in together, once a week"
ABOUT_LIST = "Every group here, and what happens next in each"
ABOUT_EDIT = "Change a group: times, questions, pods, weeks off; post its digest again"
ABOUT_STATS = "How a group is doing, from five people on"
ABOUT_GROUP = "Which group; empty: choose from all of them"

TOO_LATE = "That took me too long. Press the button again."
ONLY_HERE = "-# Only you see this."
STALE = "-# A moderator changed this group after your page was drawn. This is how it stands now."
BACK = "Back"
OPEN = "Open"
EARLIER, MORE = "Earlier", "More"

# -- the form that makes one, and the one that changes its times ---------------------------------

NEW_TITLE = "A new group"
TIMES_TITLE = "When it opens and closes"
NAME, CHANNEL, ZONE, OPENS, DIGEST, TEMPLATE = (
    "Name",
    "Channel",
    "Time zone",
    "It opens",
    "Digest on Monday at",
    "Questions",
)
NAME_HINT = "Members see it when they choose a group"
CHANNEL_HINT = "Where its week opens and its digest stands"
ZONE_HINT = "A city is enough. Each member's week still ends on their own clock"
OPENS_HINT = "Wednesday to Saturday and a time, as in: Fri 09:00"
DIGEST_HINT = "As in: 18:00. Never before 12:00 UTC, when the week is over everywhere"


def opens_unclear(text: str) -> str:
    return (
        f"I can't read “{text}” as a day and a time. Write one from Wednesday to Saturday, as in: Fri 09:00."
    )


def digest_unclear(text: str) -> str:
    return f"I can't read “{text}” as a time. Write one as in: 18:00."


WHICH_CITY = "### Which one is it?"
WHICH_CITY_WHY = "Choose where it is the same time as in your group."

# -- a group -------------------------------------------------------------------------------------


def heading(name: str) -> str:
    return f"### {name}"


def made(name: str) -> str:
    return f"### {name} is there"


JOINING = "Members join with /checkin join. *Invite* has a text to paste."
SAVED = "-# Saved."
FROM_NEXT_WEEK = "-# Saved. An open week keeps its questions; the next one has these."
TIMES_FROM_NEXT_WEEK = "-# Saved. An open week keeps its times; the next one has these."
MOVED = "-# Saved. What stands in the old channel stays there."


def opens(number: int, when: str, how_soon: str) -> str:
    return f"Week {number} opens {when}, {how_soon}."


def opens_now(number: int) -> str:
    return f"Week {number} opens within a minute."


def is_open(number: int, when: str, how_soon: str) -> str:
    return f"Week {number} is open. Its digest comes {when}, {how_soon}."


def digested(number: int, when: str, how_soon: str) -> str:
    return f"Week {number} has its digest. Late check-ins still change it until {when}, {how_soon}."


def at(day: str, zone: str) -> str:
    """day: "Friday 27 November, 09:00"."""
    return f"{day} ({zone})"


NOTHING_NEXT = "Its next week is planned within a minute."
PAUSED = "**Paused.** Nothing opens until you press *Resume*. Nobody loses a week by it."
ENDED = "**Ended.** Nothing opens any more. What members wrote is still theirs."


def blocked(since: str) -> str:
    return (
        f"**I can't post in its channel** since {since}. Check-ins are still taken, and nobody loses a week. "
        "Give me the permission back, or press *Channel*."
    )


def where(channel: str) -> str:
    return f"**Channel:** {channel}"


def times(opens: str, digest: str, zone: str) -> str:
    return f"**Times:** opens {opens}, digest Monday {digest} ({zone})"


def seen(count: int) -> str:
    """People whose check-ins the group saw of late. count: 0 when there are fewer than five."""
    return f"**People seen here lately:** {count or FEWER_THAN_FIVE}"


FEWER_THAN_FIVE = "fewer than 5"


def questions(template: str, own: str) -> str:
    return f"**Questions:** {template}{f', and your own: “{own}”' if own else ''}"


def extras(pods: str, starters: str) -> str:
    return f"**Pods:** {pods} · **Starters:** {starters}"


ON, OFF = "on", "off"


def pods_on(count: int) -> str:
    return f"on, {count} of them" if count else "on"


def weeks_off(weeks: Sequence[str], more: int) -> str:
    return f"**Weeks off:** from {', '.join(weeks)}{f' and {more} more' if more else ''}"


def may_not_post(channel: str, missing: str, where: str) -> str:
    return f"**I can't post in {channel}:** I lack {missing}. Grant it under {where}."


CHANNEL_GONE = "**Its channel is gone.** Press *Channel* and choose another one."


def no_public_threads(channel: str, where: str) -> str:
    return (
        f"**Cards stand in {channel} itself:** I may not make threads there. Grant Create Public Threads and "
        f"Send Messages in Threads under {where}."
    )


def no_private_threads(channel: str, where: str) -> str:
    return (
        f"**Pods wait:** I may not make private threads in {channel}. Grant Create Private Threads, "
        f"Manage Threads and Send Messages in Threads under {where}."
    )


def no_pods_in_news(channel: str) -> str:
    return (
        f"**Pods wait:** {channel} is an announcement channel, which has no private threads. Choose another."
    )


CHANGE_TIMES, CHANGE_QUESTIONS, CHANGE_CHANNEL = "Times", "Questions", "Channel"
PODS, WEEK_OFF, DIGESTS = "Pods", "Weeks off", "Digest"
INVITE, HIDE, THE_REST = "Invite", "Hide a card", "More"

# -- the list ------------------------------------------------------------------------------------

ALL_GROUPS = "### Groups that check in together"
NO_GROUP = "There is none yet. Make one with /cohort create: one form, and its first week is planned."


def listed(name: str) -> str:
    return f"**{name}**"


def line_of(channel: str, members: str) -> str:
    return f"-# {channel} · {members}"


def count_of(seen: int) -> str:
    return f"{seen or FEWER_THAN_FIVE} people seen lately"


LIST_PAUSED, LIST_ENDED, LIST_BLOCKED = (
    "Paused.",
    "Ended.",
    "I can't post in its channel. Open it to mend that.",
)
EVERY_WEEK_OFF = "A week off for all"

# -- channel and questions -----------------------------------------------------------------------

CHANNEL_PAGE = "### Where does it check in?"
CHANNEL_WHY = (
    "It speaks there at once, also of a week that is open. What stands in the old channel stays there."
)
CHANNEL_MENU = "Choose a channel"
QUESTIONS_PAGE = "### What does it ask?"
QUESTIONS_MENU = "Choose questions"
OWN_QUESTION = "Own question"
OWN_QUESTION_TITLE = "A question of your own"
OWN_QUESTION_FIELD = "Question"
OWN_QUESTION_HINT = "Asked after the others, and never required. Empty: none"


def template(name: str, about: str, now: bool) -> str:
    return f"**{name}{' (now)' if now else ''}.** {about}"


def own_question(text: str) -> str:
    return f"**Your own question:** {text}"


NO_OWN_QUESTION = "**Your own question:** none."
QUESTIONS_WHEN = "-# An open week keeps its questions; the next one has what you choose."

# -- pods ----------------------------------------------------------------------------------------

PODS_PAGE = "### Pods"
PODS_WHY = (
    "A pod is three to five members with a private thread, whose waking hours meet. Only those are in one who "
    "asked for it. Pods form by themselves when a week opens; *Form pods now* mixes all of them anew."
)
PODS_ON, PODS_OFF, FORM_PODS = "Switch pods on", "Switch pods off", "Form pods now"


def pods_are(on: bool, count: int) -> str:
    if not on:
        return "**Off.** Nobody is put into one."
    if not count:
        return "**On.** None is formed yet."
    return f"**On.** There {'is 1 pod' if count == 1 else f'are {count} pods'} now."


def pods_formed(count: int) -> str:
    if not count:
        return "No pod was formed. At least three members must ask for one in /checkin settings."
    return f"There {'is 1 pod' if count == 1 else f'are {count} pods'}, mixed anew. New threads open within a minute."


# -- weeks off -----------------------------------------------------------------------------------

WEEKS_OFF_PAGE = "### Weeks off"
WEEKS_OFF_WHY = "In a week off nothing opens, and it counts for nobody. One that is open ends at once."
WEEKS_OFF_ALL = "### Weeks off for all groups"
NO_WEEKS_OFF = "None is planned."
THIS_WEEK, NEXT_WEEK = "This week off", "Next week off"
THIS_WEEK_ON, NEXT_WEEK_ON = "This week on again", "Next week on again"
FOR_ALL_GROUPS = "For all groups"
TAKE_OFF, TAKE_BACK = "Take a week off", "Have a week on again"


def week_from(number: int, day: str) -> str:
    return f"Week {number}, from {day}"


def is_off(week: str, everywhere: bool) -> str:
    return f"{week} is off{' in all groups' if everywhere else ''}."


def is_on(week: str, everywhere: bool) -> str:
    return f"{week} is on again{' in all groups' if everywhere else ''}."


def off_list(weeks: Sequence[str]) -> str:
    return "\n".join(f"• {week}" for week in weeks)


# -- digest --------------------------------------------------------------------------------------

DIGEST_PAGE = "### The digest"
DIGEST_WHY = (
    "It is posted once, on Monday, and edited as late check-ins come. It holds only what members let the group "
    "see. *Post now* posts one more, for when it was deleted or is wanted early. The times stay as they are."
)
PREVIEW, POST_NOW = "Preview", "Post now"
PREVIEWED = "-# This is how it would look now. Only you see it."
POSTED = "It is on its way. If an earlier one still stands, delete that one."

# -- hiding a card -------------------------------------------------------------------------------

CARDS_PAGE = "### Cards that the group can see"
CARDS_WHY = "A hidden card shows no word any more. Its author keeps what they wrote, and their week."
NO_CARDS = "There is no card yet."
HIDE_IT, SHOW_AGAIN = "Hide", "Show it again"
HIDDEN = "The card is hidden. Its words leave the channel within a minute."
SHOWN_AGAIN = "The card is shown again."


def card_of(name: str, number: int, words: str, hidden: bool) -> str:
    said = f"\n{words}" if words else ""
    return f"**{name} · week {number}**{' · hidden' if hidden else ''}{said}"


# -- inviting ------------------------------------------------------------------------------------

INVITE_WHY = "Paste this where members read it. The command in it can be tapped."


def invitation(name: str, day: str, command: str) -> str:
    """What a moderator pastes; plain text."""
    return (
        f"Weekly check-ins: {name}. Two minutes a week: what you learned, and what you plan, with a when and a "
        f"where. It opens on {day}; your week ends on Sunday on your own clock. You choose who sees yours: the "
        f"group, a small pod, or only you. Join with {command}"
    )


# -- more ----------------------------------------------------------------------------------------

STARTERS_WHY = "**Starters:** with each week one question to talk about."
STARTERS_ON, STARTERS_OFF = "Switch starters on", "Switch starters off"
EXPORT_WHY = "**Export:** what members let the group see, as a file, and nothing else."
EXPORT_CSV, EXPORT_JSON = "Export csv", "Export json"
STATS, SEASON, PAUSE, RESUME, END = "Statistics", "Season", "Pause", "Resume", "End"


def exported(name: str) -> str:
    return f"### {name}\nIt holds what members let the group see when you pressed, and nothing else."


# -- the season ----------------------------------------------------------------------------------


def season(weeks: int) -> str:
    begun = "has just begun" if weeks < 1 else f"is in its {_nth(weeks)} week"
    return f"### The season\nIt {begun}. After eight weeks I ask in the moderators' channel how it goes on."


def _nth(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


SEASON_WHY = (
    "*Continue* begins a new season with the same pods. *New pods* begins one and mixes them. "
    "*Stop* ends the group."
)
SEASON_CHOICES: Mapping[str, str] = {"continue": "Continue", "pods": "New pods", "stop": "Stop"}
SEASON_DONE: Mapping[str, str] = {
    "continue": "It goes on: a new season has begun",
    "pods": "It goes on: a new season has begun, with its pods mixed anew",
    "stop": "The group is ended",
}
RETRIED = "Tried again; what waited is posted now"

# -- ending it -----------------------------------------------------------------------------------


def ending(name: str) -> str:
    return f"### End {name}?"


ENDING_WHY = (
    "No week opens any more. One that is open goes on, and counts only for those who check in. Members keep their "
    "history, and *Resume* brings the group back."
)
END_IT = "End it"
