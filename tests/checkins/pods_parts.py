"""People, and what tests of pods ask: which pods stand, who is in their threads, what was said there."""

from __future__ import annotations

from bot.checkins.flow import pods
from bot.checkins.messages import GROUP_BLOCKED, POD_HELLO, POD_WORD, GroupBlocked, PodHello, PodWord
from bot.checkins.store import pods as store
from bot.checkins.values import Group, Pod
from bot.deliveries.planned import decode
from tests.checkins.parts import MODERATORS, WEEK, Town

ANA, BOB, CLEO, DAN, EVE, FAY, GUS, HAL, IVY = range(101, 110)
FOUR = (ANA, BOB, CLEO, DAN)
FRIDAY = 4


async def opened(it: Town, *user_ids: int, **given: object) -> Group:
    """A group with pods whose week has opened; these want one."""
    it.more.append(pods.mind_pods)
    it.clock.now = it.at(FRIDAY, 8)
    group = await it.group(pods=True)
    await it.joined(group, *user_ids, wants_pod=True, **given)  # type: ignore[arg-type]
    await it.until(it.at(FRIDAY, 9))
    return group


async def next_opening(it: Town) -> None:
    """A week later the next one opens. The bot was away in between: hours of walking matter to no pod."""
    it.clock.move(WEEK)
    await it.beat()


async def standing(it: Town, group: Group) -> list[Pod]:
    async with it.app.store.read() as tx:
        return await store.standing(tx, group.id)


async def only(it: Town, group: Group) -> Pod:
    (one,) = await standing(it, group)
    return one


def words(it: Town, one: Pod) -> list[tuple[str, int]]:
    said = it.discord.channels[one.thread_id or 0]
    found = [decode(PodWord, word.value) for word in said if word.kind == POD_WORD]
    return [(word.what, word.member_id) for word in found]


def hellos(it: Town, one: Pod) -> list[PodHello]:
    said = it.discord.channels[one.thread_id or 0]
    return [decode(PodHello, word.value) for word in said if word.kind == POD_HELLO]


def notices(it: Town) -> list[GroupBlocked]:
    said = it.discord.channels[MODERATORS]
    return [decode(GroupBlocked, word.value) for word in said if word.kind == GROUP_BLOCKED]
