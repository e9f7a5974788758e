"""One week of a group, from its opening to the next, step by step, with nothing left to chance."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.checkins.flow import joining, saying, thanks
from bot.checkins.plan import Typed
from bot.checkins.values import Circle, Group
from bot.people.flow import members
from bot.people.members import Key
from tests.checkins.house import House
from tests.checkins.parts import DAY, GUILD, SERVER
from tests.checkins.presses import LISBON, person
from tests.checkins.story import CHANNELS, USERS

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
ANA, BOB, CLEO, DAN, EVE, FAY, GUS, HAL = (Key(GUILD, USERS + number) for number in range(8))
EVERYBODY = (ANA, BOB, CLEO, DAN, EVE, FAY, GUS, HAL)
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY, NEXT_FRIDAY = (*range(4, 10), 11)

Press = Callable[[House, Group], Awaitable[object]]


@dataclass(frozen=True)
class Step:
    """press: what a member presses, else one beat."""

    at: datetime
    press: Press | None = None


async def begun(it: House) -> Group:
    """Monday: a group with pods, eight who joined it, four of them with a pod in mind; three want to be reminded."""
    group = await it.group(channel_id=CHANNELS, pods=True)
    for key in EVERYBODY:
        await members.met(it.app, person(key), it.clock())
        await members.change(it.app, key, it.clock(), zone=LISBON)
        await members.consent(it.app, key, it.clock())
        await joining.join(it.app, person(key), group.id, it.clock())
    for key in (ANA, BOB, CLEO, DAN):
        await joining.settings(it.app, key, group.id, it.clock(), wants_pod=True)
    for key in (FAY, GUS, HAL):
        await joining.settings(it.app, key, group.id, it.clock(), remind_day=SATURDAY, remind_minute=600)
    for _ in range(2):
        await it.beat()
    return group


def says(key: Key, circle: Circle, done: tuple[int, ...] = (), *, more: str = "") -> Press:
    async def press(it: House, group: Group) -> None:
        ask = await saying.form_of(it.app, key, group.id, it.clock())
        assert ask.mine.cycle is not None
        name = f"{key.user_id - USERS}{more}"
        typed = Typed(done, f"learned {name}", f"goal {name} a\ngoal {name} b", f"plan {name}", "stuck")
        now = it.clock()
        await saying.submit(it.app, key, ask.mine.cycle.id, typed, circle, now, now, now)

    return press


def _week(it: House, group: Group, key: Key) -> Awaitable[int]:
    async def found() -> int:
        return (await it.weeks(group, key.user_id))[-1].id

    return found()


async def edits(it: House, group: Group) -> None:
    typed = Typed((), "learned anew", "goal 0 a\ngoal 0 c", "plan anew", "steady")
    await saying.edit(it.app, ANA, await _week(it, group, ANA), typed, it.clock())


async def wins(it: House, group: Group) -> None:
    await saying.win(it.app, EVE, await _week(it, group, EVE), "win of Eve", it.clock())


async def asks(it: House, group: Group) -> None:
    await saying.ask_ideas(it.app, CLEO, await _week(it, group, CLEO), "ideas for Cleo", it.clock())


async def thanks_ana(it: House, group: Group) -> None:
    await thanks.thank(it.app, BOB, await _week(it, group, ANA), it.clock())


async def helps(it: House, group: Group) -> None:
    await thanks.offer_help(it.app, EVE, await _week(it, group, CLEO), SERVER, it.clock())


async def moves(it: House, group: Group) -> None:
    """What Eve said is for her alone from now on."""
    await saying.change_circle(it.app, EVE, await _week(it, group, EVE), "me", it.clock())


async def withdraws(it: House, group: Group) -> None:
    await saying.withdraw(it.app, BOB, await _week(it, group, BOB), it.clock())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return MONDAY + day * DAY + timedelta(hours=hour, minutes=minute)


# A process that has just begun lets a minute pass before it writes to somebody, and another one after a look.
REMINDING = (0, 2, 4, 20, 22, 24)

STEPS = (
    Step(at(FRIDAY, 9)),  # the opener, its thread, a pod with its own
    Step(at(FRIDAY, 9, 1)),
    Step(at(FRIDAY, 10), says(ANA, "group")),
    Step(at(FRIDAY, 10)),
    Step(at(FRIDAY, 11), edits),
    Step(at(FRIDAY, 11), thanks_ana),
    Step(at(FRIDAY, 11)),
    Step(at(FRIDAY, 12), says(BOB, "group")),
    Step(at(FRIDAY, 12), says(CLEO, "group")),
    Step(at(FRIDAY, 12), says(DAN, "pod")),
    Step(at(FRIDAY, 12)),
    Step(at(FRIDAY, 13), asks),
    Step(at(FRIDAY, 13), helps),
    Step(at(FRIDAY, 13)),
    *(Step(at(SATURDAY, 10, minute)) for minute in REMINDING),
    Step(at(SUNDAY, 12), says(EVE, "group")),
    Step(at(SUNDAY, 12), wins),
    Step(at(SUNDAY, 12)),
    Step(at(SUNDAY, 13), says(FAY, "group")),
    Step(at(SUNDAY, 13)),
    Step(at(NEXT_MONDAY, 18)),  # the digest
    Step(at(NEXT_TUESDAY, 10), says(GUS, "group")),  # late
    Step(at(NEXT_TUESDAY, 10)),
    Step(at(NEXT_TUESDAY, 11), withdraws),
    Step(at(NEXT_TUESDAY, 11), moves),
    Step(at(NEXT_TUESDAY, 11)),
    Step(at(NEXT_WEDNESDAY, 12)),  # it is final
    Step(at(NEXT_FRIDAY, 9)),  # the next one opens
    Step(at(NEXT_FRIDAY, 10), says(ANA, "group", (1,), more=" again")),
    Step(at(NEXT_FRIDAY, 10)),
)
