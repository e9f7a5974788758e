"""Weeks of groups as people live them, drawn from a seed, and what these people know of it themselves."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.checkins.flow import groups, joining, pausing, saying, thanks
from bot.checkins.plan import Typed
from bot.checkins.store import members as member_store
from bot.checkins.values import Circle, Cycle, Goal, Group, MemberWeek
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from tests.checkins.house import MINUTE, House
from tests.checkins.parts import GUILD, MO, SERVER
from tests.checkins.presses import person

ZONES = (
    "Etc/GMT+12", "Pacific/Pago_Pago", "Pacific/Honolulu", "America/Los_Angeles", "America/St_Johns",
    "Atlantic/Azores", "Europe/Lisbon", "Africa/Cairo", "Asia/Kathmandu", "Australia/Adelaide",
    "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Auckland", "Pacific/Kiritimati",
)  # fmt: skip
CHANNELS, USERS = 7_000_001, 9_000_001  # beside all numbers of messages and threads


@dataclass
class Spoken:
    """One check-in as its author knows it. marks: part → words in it that stand nowhere else."""

    week_id: int
    cycle_id: int
    group_id: int
    user_id: int
    circle: Circle
    marks: dict[str, set[str]]
    goals: list[str]
    reviewed: tuple[Goal, ...]
    on_time: bool
    withdrawn: bool = False
    erased: bool = False
    hidden: bool = False

    @property
    def stands(self) -> bool:
        return not (self.withdrawn or self.hidden)

    @property
    def public(self) -> bool:
        return self.stands and self.circle == "group"

    def words(self) -> set[str]:
        return set[str]().union(*self.marks.values()) if self.stands else set()


@dataclass
class Story:
    """said: member week → what its author said in it. was_public, was_pods: words that these circles ever saw.

    broken: what should not have happened, found on the way.
    """

    it: House
    dice: random.Random
    groups: list[Group] = field(default_factory=list)
    zones: dict[int, str] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)  # who told another zone on the way
    said: dict[int, Spoken] = field(default_factory=dict)
    was_public: set[str] = field(default_factory=set)
    was_pods: set[str] = field(default_factory=set)
    named: set[tuple[int, int]] = field(default_factory=set)  # (group, member) who let a group see something
    deeds: int = 0
    broken: list[str] = field(default_factory=list)
    numbers: count[int] = field(default_factory=lambda: count(1))

    @property
    def now(self) -> datetime:
        return self.it.clock()

    # -- words -----------------------------------------------------------------------------------

    def mark(self, part: str) -> str:
        return f"{part}-{next(self.numbers):05}-word"

    def typed(self, ask_goals: tuple[Goal, ...]) -> Typed:
        done = tuple(n for n in range(len(ask_goals)) if self.dice.random() < 0.5)
        goals = "\n".join(self.mark("goal") for _ in range(self.dice.randint(1, 3)))
        return Typed(
            done,
            self.mark("learned"),
            goals,
            self.mark("plan"),
            self.dice.choice(("steady", "stretched", "stuck", "unsaid")),
        )

    def seen(self, one: Spoken) -> None:
        """Whoever may see it now has seen it."""
        if one.stands and one.circle == "group":
            self.was_public |= one.words()
            self.named.add((one.group_id, one.user_id))
        if one.stands and one.circle == "pod":
            self.was_pods |= one.words()

    # -- presses: a refusal is an answer, and changes nothing ----------------------------------------

    async def form(self, group: Group, user_id: int) -> None:
        """They open the form and send it, at once or some minutes later."""
        key = Key(GUILD, user_id)
        opened_at = self.now
        expected = await self.waiting(group, user_id)
        try:
            ask = await saying.form_of(self.it.app, key, group.id, opened_at)
        except Refusal as refusal:
            if expected:
                self.broken.append(f"{opened_at:%F %T} {user_id} in {group.id}: {refusal.reason}")
            return
        assert ask.mine.week is not None and ask.mine.cycle is not None
        before, cycle = ask.mine.week, ask.mine.cycle
        late = self.dice.choice((0, 0, 0, 3, 12))
        await self.it.until(opened_at + late * MINUTE)
        typed = self.typed(ask.goals)
        chosen = self.dice.choice(self.circles(group))
        circle: Circle = ask.mine.membership.circle or chosen
        arguments = cycle.id, typed, circle, opened_at, self.now, self.now
        try:
            await saying.submit(self.it.app, key, *arguments)
        except Refusal as refusal:
            self.broken.append(f"{self.now:%F %T} {user_id} in {group.id}: sent, {refusal.reason}")
            return
        self.keep(group, before, cycle, ask.goals, typed, circle)

    def keep(
        self,
        group: Group,
        before: MemberWeek,
        cycle: Cycle,
        ticked: tuple[Goal, ...],
        typed: Typed,
        circle: Circle,
    ) -> None:
        reviewed = tuple(Goal(goal.text, n in typed.done) for n, goal in enumerate(ticked))
        finished = {goal.text for goal in reviewed if goal.done}
        goals = [line for line in typed.goals_text.split("\n") if line not in finished]
        former = self.said.get(before.id)
        kept = former.marks if former and not former.withdrawn else {}
        marks = {part: words for part, words in kept.items() if part in ("ideas", "win")}
        marks |= {"learned": {typed.learned}, "goals": set(goals), "plan": {typed.if_then}}
        marks |= {"reviewed": {goal.text for goal in reviewed}}
        on_time = former.on_time if former and not former.erased else self.punctual(before, cycle)
        hidden = former.hidden if former else False
        self.said[before.id] = Spoken(
            before.id,
            cycle.id,
            group.id,
            before.user_id,
            circle,
            marks,
            goals,
            reviewed,
            on_time,
            hidden=hidden,
        )
        self.seen(self.said[before.id])

    def punctual(self, one: MemberWeek, cycle: Cycle) -> bool:
        """By their own clock, where that can be told without asking the bot."""
        if one.user_id in self.moved or cycle.extra:
            return self.now < one.due_at + cycle.extra
        return self.now < midnight(cycle.week + timedelta(days=7), self.zones[one.user_id])

    def circles(self, group: Group) -> tuple[Circle, ...]:
        most: tuple[Circle, ...] = ("group",) * 6
        return (*most, "pod", "me") if group.pods else (*most, "me")

    async def waiting(self, group: Group, user_id: int) -> bool:
        """Must a form be taken now? Told by the rows alone."""
        states = {one.id: one for one in await self.it.cycles(group)}
        for row in await self.it.weeks(group, user_id):
            cycle = states[row.cycle_id]
            if cycle.state in ("open", "digested") and self.now < row.late_until + cycle.extra:
                return await self.inside(group, user_id)
        return False

    async def inside(self, group: Group, user_id: int) -> bool:
        async with self.it.app.store.read() as tx:
            one = await member_store.one(tx, GUILD, group.id, user_id)
        return one is not None and one.left_at is None

    def newest(self, group: Group, user_id: int) -> Spoken | None:
        mine = [one for one in self.said.values() if (one.group_id, one.user_id) == (group.id, user_id)]
        return max(mine, key=lambda one: one.cycle_id, default=None)

    async def edit(self, group: Group, user_id: int) -> None:
        if not (one := self.newest(group, user_id)):
            return
        typed = self.typed(one.reviewed)
        await saying.edit(self.it.app, Key(GUILD, user_id), one.week_id, typed, self.now)
        one.reviewed = tuple(Goal(goal.text, n in typed.done) for n, goal in enumerate(one.reviewed))
        one.goals = typed.goals_text.split("\n")
        one.marks |= {"learned": {typed.learned}, "goals": set(one.goals), "plan": {typed.if_then}}
        self.seen(one)

    async def win(self, group: Group, user_id: int) -> None:
        if one := self.newest(group, user_id):
            text = self.mark("win")
            await saying.win(self.it.app, Key(GUILD, user_id), one.week_id, text, self.now)
            one.marks["win"] = {text}
            self.seen(one)

    async def ideas(self, group: Group, user_id: int) -> None:
        if one := self.newest(group, user_id):
            text = self.mark("ideas")
            await saying.ask_ideas(self.it.app, Key(GUILD, user_id), one.week_id, text, self.now)
            one.marks["ideas"] = {text}
            self.seen(one)

    async def other_circle(self, group: Group, user_id: int) -> None:
        if one := self.newest(group, user_id):
            circle: Circle = self.dice.choice(self.circles(group))
            await saying.change_circle(self.it.app, Key(GUILD, user_id), one.week_id, circle, self.now)
            one.circle = circle
            self.seen(one)

    async def withdraw(self, group: Group, user_id: int) -> None:
        if one := self.newest(group, user_id):
            erase = self.dice.random() < 0.3
            await saying.withdraw(self.it.app, Key(GUILD, user_id), one.week_id, self.now, erase=erase)
            one.withdrawn, one.erased = True, one.erased or erase

    async def hide(self, group: Group, user_id: int) -> None:
        if (one := self.newest(group, user_id)) and not one.erased:
            await groups.hide(self.it.app, MO, one.week_id, not one.hidden, self.now)
            one.hidden = not one.hidden
            self.seen(one)

    async def thank(self, group: Group, user_id: int) -> None:
        for one in self.dice.sample(list(self.said.values()), min(3, len(self.said))):
            await thanks.thank(self.it.app, Key(GUILD, user_id), one.week_id, self.now)

    async def help(self, group: Group, user_id: int) -> None:
        asking = [one for one in self.said.values() if one.marks.get("ideas") and one.user_id != user_id]
        if asking:
            one = self.dice.choice(asking)
            await thanks.offer_help(self.it.app, Key(GUILD, user_id), one.week_id, SERVER, self.now)

    async def pause(self, group: Group, user_id: int) -> None:
        await pausing.pause(self.it.app, Key(GUILD, user_id), group.id, self.dice.choice((1, 1, 2)), self.now)

    async def ill(self, group: Group, user_id: int) -> None:
        await pausing.ill(self.it.app, Key(GUILD, user_id), group.id, self.now)

    async def resume(self, group: Group, user_id: int) -> None:
        await pausing.resume(self.it.app, Key(GUILD, user_id), group.id, self.now)

    async def zone(self, group: Group, user_id: int) -> None:
        key, zone = Key(GUILD, user_id), self.dice.choice(ZONES)
        await members.change(self.it.app, key, self.now, zone=zone)
        await joining.zone_changed(self.it.app, key, self.now)
        self.zones[user_id] = zone
        self.moved.add(user_id)

    async def remind(self, group: Group, user_id: int) -> None:
        day, minute = self.dice.choice((None, 4, 5, 6)), self.dice.randrange(0, 24 * 60, 15)
        key = Key(GUILD, user_id)
        await joining.settings(self.it.app, key, group.id, self.now, remind_day=day, remind_minute=minute)

    async def join(self, group: Group, user_id: int) -> None:
        await joining.join(self.it.app, person(Key(GUILD, user_id)), group.id, self.now)

    async def leave(self, group: Group, user_id: int) -> None:
        await joining.leave(self.it.app, Key(GUILD, user_id), group.id, self.now)

    async def swap(self, group: Group, user_id: int) -> None:
        await joining.settings(self.it.app, Key(GUILD, user_id), group.id, self.now, wants_pod=group.pods)


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
