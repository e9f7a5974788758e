"""What must be true after any weeks of any groups, told a second time and more simply than the bot does it.

What was said is read from Discord's channels alone. Each function gives what is broken, in words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from bot.checkins.flow import joining
from bot.checkins.messages import CARD, DIGEST, OPENER, POD_CARD, POD_HELLO, REMINDER
from bot.checkins.values import Cycle, Group, MemberWeek, WeekState
from bot.people.members import Key
from bot.refusals import Refusal
from tests.checkins.house import House
from tests.checkins.parts import GUILD
from tests.checkins.story import Spoken, Story
from tests.fakes import Posted

DAY, HOUR, MOST = timedelta(hours=24), timedelta(hours=1), timedelta(hours=72)
FEWEST = 5  # people behind a number that is told
COST = {"missed", "frozen", "repaired"}  # what a week in silence may cost
MARK = re.compile(r"[a-z]+-\d{5,}-word")
USER = re.compile(r"\b9000\d{3}\b")

Broken = Iterable[str]
Promise = Callable[[Story], Awaitable[Broken]]


# -- each action exactly once ----------------------------------------------------------------------


def posts(it: House, kind: str) -> Iterator[tuple[int, Posted, dict[str, object]]]:
    """(channel, message, value) of everything of this kind that stands."""
    for channel, messages in it.discord.channels.items():
        for one in messages:
            if one.kind == kind and not one.deleted:
                yield channel, one, json.loads(one.value)


def once(what: str, expected: Iterable[object], found: Iterable[object]) -> Broken:
    wanted, there = Counter(expected), Counter(found)
    return [
        f"{what} {key}: {there[key]} times, not {wanted[key]}"
        for key in wanted | there
        if wanted[key] != there[key]
    ]


async def one_opener_and_one_digest_a_week(story: Story) -> Broken:
    """An opener for each week that opened, a digest for each that came so far; none for weeks that were skipped."""
    every = [one for group in story.groups for one in await story.it.cycles(group)]
    begun = [one.id for one in every if one.state in ("open", "digested", "final")]
    told = [one.id for one in every if one.state in ("digested", "final")]
    return [
        *once("the opener of", begun, (value["cycle_id"] for _, _, value in posts(story.it, OPENER))),
        *once("the digest of", told, (value["cycle_id"] for _, _, value in posts(story.it, DIGEST))),
    ]


async def one_card_a_check_in(story: Story) -> Broken:
    """Where the circle of a check-in reads it stands one card, with all of its words; elsewhere nothing."""
    found = [*posts(story.it, CARD), *posts(story.it, POD_CARD)]
    shown = [value["week_id"] for _, _, value in found if not value["gone"]]
    public = [one.week_id for one in story.said.values() if one.public]
    for_pods = [one for one in story.said.values() if one.stands and one.circle == "pod"]
    in_threads = {value["week_id"] for _, one, value in found if one.kind == POD_CARD and not value["gone"]}
    yet_to_come = [one for one in for_pods if one.week_id not in in_threads]  # theirs has no thread yet
    with_thread = [one.week_id for one in for_pods if one not in yet_to_come]
    broken = list(once("the card of", [*public, *with_thread], shown))
    places = Counter((channel, value["week_id"]) for channel, _, value in found)
    broken += [
        f"{times} cards of {week} in {channel}" for (channel, week), times in places.items() if times > 1
    ]
    for one in story.said.values():
        words = one.words() - one.marks.get("win", set())
        cards = [set(MARK.findall(post.value)) for _, post, value in found if value["week_id"] == one.week_id]
        if any(card not in (set(), words) for card in cards):
            broken.append(f"the card of {one.week_id} says {cards}, not {words}")
    return broken


async def at_most_one_reminder_a_week(story: Story) -> Broken:
    times = Counter((channel, value["cycle_id"]) for channel, _, value in posts(story.it, REMINDER))
    return [f"{n} reminders to {user} of {cycle}" for (user, cycle), n in times.items() if n > 1]


async def one_thread_a_week_and_one_a_pod(story: Story) -> Broken:
    """Each with its first words once."""
    names = Counter((one.channel_id, one.name, one.on_message) for one in story.it.discord.threads.values())
    broken = [f"{n} threads {name}" for name, n in names.items() if n > 1]
    private = [number for number, one in story.it.discord.threads.items() if one.private]
    hellos = [channel for channel, _, _ in posts(story.it, POD_HELLO)]
    said = Counter(value["pod_id"] for _, _, value in posts(story.it, POD_HELLO))
    broken += [f"{n} hellos of pod {pod}" for pod, n in said.items() if n > 1]
    return broken + [f"a hello in {channel}" for channel in hellos if channel not in private]


# -- nobody loses a week ---------------------------------------------------------------------------


async def nobody_loses_a_week_without_a_day_for_it(story: Story) -> Broken:
    """Whatever a silent week costs, it was open for 24 hours in which the bot was there."""
    broken = []
    for _, cycle, one in await rows(story):
        if one.state in COST:
            opened = story.it.back(cycle.opens_at)
            awake = story.it.awake(opened, min(one.late_until + cycle.extra, cycle.final_at))
            if awake < DAY or one.first or cycle.amnesty:
                broken.append(f"week {one.week} of {one.user_id}: {one.state} after {awake}")
    return broken


async def lost_time_is_given_back(story: Story) -> Broken:
    """A week is longer by what silences of more than an hour took of it since Saturday, up to three days; beyond that
    it counts for nobody."""
    broken = []
    for group in story.groups:
        for cycle in await story.it.cycles(group):
            saturday = datetime.combine(cycle.week + 5 * DAY, time(9), UTC)
            lost, end = timedelta(), saturday + timedelta(days=4, hours=3)
            for start, until in story.it.away:
                begins = max(start, saturday)
                if until - start > HOUR and begins < end + min(lost, MOST) and until > begins:
                    lost += until - begins
            given = cycle.extra, cycle.amnesty
            if cycle.state == "final" and given != (min(lost, MOST), lost > MOST):
                broken.append(f"week {cycle.week} of {group.id}: {given}, not {lost}")
    return broken


async def what_was_said_counts(story: Story) -> Broken:
    """Done is who checked in, late or not as their own clock says; nobody is left in between."""
    broken = list(story.broken)
    for _, cycle, one in await rows(story):
        spoken = story.said.get(one.id)
        done = spoken is not None and not spoken.erased
        expected = (
            {"on_time" if spoken.on_time else "late"} if spoken and done else {"excused", "amnesty", *COST}
        )
        if cycle.state == "final" and one.state not in expected:
            broken.append(f"week {one.week} of {one.user_id}: {one.state}, not {expected}")
    return broken


async def streaks_are_those_of_the_weeks(story: Story) -> Broken:
    """What is shown to a member is what somebody would count who has only the list of their weeks."""
    broken = []
    for group in story.groups:
        for user_id in story.zones:
            states = await story.it.states(group, user_id)
            try:
                seen = (await joining.one(story.it.app, Key(GUILD, user_id), group.id, story.now)).standing
            except Refusal:
                continue
            told = seen.streak, seen.best, seen.done, seen.counted, seen.freezes
            if told != naive(states):
                broken.append(f"{user_id} in {group.id}: {told}, not {naive(states)} of {states}")
    return broken


def naive(states: Sequence[WeekState]) -> tuple[int, int, int, int, int]:
    """(streak, best, done of the last eight that count, of how many, freezes)"""
    letters = "".join(
        {"on_time": "d", "late": "d", "missed": "m", "frozen": "f"}.get(one, "") for one in states
    )
    rows_of_done = [part.count("d") for part in letters.split("m")]
    counted = letters.replace("f", "")[-8:]
    freezes, done, owed = 1, 0, 0
    for letter in letters:
        done += letter == "d"
        if letter == "f":
            freezes = max(freezes - 1, 0)
        elif letter == "m":
            owed = 1
        else:
            freezes, owed = min(freezes + owed + (done % 4 == 0), 2), 0
    return rows_of_done[-1], max(rows_of_done), counted.count("d"), len(counted), freezes


# -- nobody is shown who did not show themselves -----------------------------------------------------


async def nobody_absent_is_named(story: Story) -> Broken:
    """In a group's channel and threads no member is named, now or earlier, who let the group see nothing."""
    broken = []
    for group in story.groups:
        present = {user_id for group_id, user_id in story.named if group_id == group.id}
        for channel in places(story.it, group):
            named = {int(user) for value in uttered(story.it, channel) for user in USER.findall(value)}
            broken += [f"{user} is named in {channel}" for user in named - present]
    return broken


async def nothing_private_is_said(story: Story) -> Broken:
    """A group hears words that somebody let it hear, a pod those for a pod, a member their own: at no time others."""
    broken = []
    public = {channel for group in story.groups for channel in places(story.it, group)}
    private = {number for number, one in story.it.discord.threads.items() if one.private}
    mine = {
        user_id: {word for one in story.said.values() if one.user_id == user_id for word in one.words()}
        for user_id in story.zones
    }
    for channel, value in story.it.witness.uttered:
        words = set(MARK.findall(value))
        if channel in public:
            words -= story.was_public
        elif channel in private:
            words -= story.was_pods
        elif channel in mine:
            words = {word for word in words if not word.startswith("ideas")}
        if words or re.search(r"stuck|stretched|\"going\"", value):
            broken.append(f"in {channel}: {words or value}")
    return broken


async def what_was_taken_back_is_gone(story: Story) -> Broken:
    """No message that stands has a word of it, nor one that was changed, hidden or moved to another circle."""
    allowed = set[str]().union(*(one.words() for one in story.said.values() if one.circle != "me"))
    broken = []
    for channel, messages in story.it.discord.channels.items():
        if channel in story.zones:
            continue
        for one in messages:
            stale = set(MARK.findall(one.value)) - allowed
            broken += [f"{stale} stands in {channel}"] if stale and not one.deleted else []
    return broken


async def digests_tell_what_there_is(story: Story) -> Broken:
    """Each digest, as it stands at last, is what somebody would count who reads the cards."""
    broken = []
    over = {one.id: one for g in story.groups for one in await story.it.cycles(g) if one.state == "final"}
    for _, _, value in posts(story.it, DIGEST):
        if value["cycle_id"] in over:
            seen = [one for one in story.said.values() if one.cycle_id == value["cycle_id"] and one.public]
            told = {name: value[name] for name in ("checkins", "finished", "goes_on", "still_open")}
            if told != recount(seen):
                broken.append(f"the digest of {value['cycle_id']}: {told}, not {recount(seen)}")
            broken += lines(value, seen)
    return broken


def recount(seen: Sequence[Spoken]) -> dict[str, object]:
    reviewing = [one for one in seen if one.reviewed]
    goals = [goal for one in reviewing for goal in one.reviewed] if len(reviewing) >= FEWEST else []
    return {
        "checkins": len(seen) if len(seen) >= FEWEST else 0,
        "finished": sum(goal.done for goal in goals),
        "goes_on": sum(not goal.done for goal in goals),
        "still_open": False,
    }


def lines(value: dict[str, object], seen: Sequence[Spoken]) -> Broken:
    wins = {word for one in seen for word in one.marks.get("win", ())}
    wanted = {word for one in seen for word in one.marks.get("ideas", ())}
    told = set(MARK.findall(json.dumps(value)))
    return [] if told == wins | wanted else [f"its lines: {told}, not {wins | wanted}"]


# -- parts -----------------------------------------------------------------------------------------


def places(it: House, group: Group) -> list[int]:
    """Where everybody in a group reads."""
    threads = it.discord.threads.items()
    return [
        group.channel_id,
        *(n for n, one in threads if one.channel_id == group.channel_id and not one.private),
    ]


def uttered(it: House, channel: int) -> list[str]:
    return [value for place, value in it.witness.uttered if place == channel]


async def rows(story: Story) -> list[tuple[Group, Cycle, MemberWeek]]:
    found = []
    for group in story.groups:
        cycles = {one.id: one for one in await story.it.cycles(group)}
        found += [(group, cycles[one.cycle_id], one) for one in await story.it.weeks(group)]
    return found


PROMISES: Sequence[Promise] = (
    one_opener_and_one_digest_a_week,
    one_card_a_check_in,
    at_most_one_reminder_a_week,
    one_thread_a_week_and_one_a_pod,
    nobody_loses_a_week_without_a_day_for_it,
    lost_time_is_given_back,
    what_was_said_counts,
    streaks_are_those_of_the_weeks,
    nobody_absent_is_named,
    nothing_private_is_said,
    what_was_taken_back_is_gone,
    digests_tell_what_there_is,
)
