"""Pods on both databases: drawn as a week opens, a thread each, left in silence, and what Discord's refusals do."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select, update

from bot.checkins.flow import notices as notice_flow
from bot.checkins.flow import pods
from bot.checkins.messages import POD_CARD, POD_HELLO
from bot.checkins.values import Group
from bot.moderation.rights import Person
from bot.people.flow import meeting, members, presence
from bot.people.members import Key
from bot.ports import Trouble
from bot.storage.tables import checkin_group, group_member, pod
from tests.asked import refused
from tests.checkins.parts import CHANNEL, DAY, GUILD, HOUR, MO, NOBODY_SPECIAL, Town
from tests.checkins.pods_parts import (
    ANA,
    BOB,
    CLEO,
    DAN,
    EVE,
    FAY,
    FOUR,
    FRIDAY,
    hellos,
    next_opening,
    notices,
    only,
    opened,
    standing,
    words,
)
from tests.fakes import LOST_ANSWER, NEVER_ARRIVED, FakeMessenger, Fault


async def wants(it: Town, group: Group, user_id: int, **values: object) -> None:
    c = group_member.c
    which = update(group_member).where(c.group_id == group.id, c.user_id == user_id)
    async with it.app.store.begin() as tx:
        await tx.execute(which.values(values))


# -- an opening ----------------------------------------------------------------------------------


async def test_pods_are_drawn_as_a_week_opens(it: Town) -> None:
    """Whoever wants one has one, with a private thread that names nobody, in which only they are, and first words."""
    group = await opened(it, *FOUR)
    await it.joined(group, EVE)
    one = await only(it, group)
    assert (one.name, set(one.members)) == ("Pod 1", set(FOUR))
    assert one.thread_id is not None
    thread = it.discord.threads[one.thread_id]
    assert (thread.channel_id, thread.name, thread.private, thread.on_message) == (
        CHANNEL,
        "Pod 1",
        True,
        None,
    )
    assert it.discord.inside[one.thread_id] == set(FOUR)
    assert [(hello.group, set(hello.members)) for hello in hellos(it, one)] == [(group.name, set(FOUR))]
    assert words(it, one) == []


async def test_nothing_is_drawn_before_or_without(it: Town) -> None:
    """No pods before the week opens, none for two people, none in a group without pods."""
    it.more.append(pods.mind_pods)
    it.clock.now = it.at(FRIDAY, 7)
    group, without = await it.group(pods=True), await it.group(name="Without")
    for which in group, without:
        await it.joined(which, ANA, BOB, wants_pod=True)
    await it.joined(without, CLEO, DAN, wants_pod=True)
    await it.until(it.at(FRIDAY, 8))
    assert await standing(it, group) == []
    await it.until(it.at(FRIDAY, 12))
    assert await standing(it, group) + await standing(it, without) == []
    assert it.discord.threads == {} or all(not one.private for one in it.discord.threads.values())


async def test_who_comes_later_waits_for_the_next_opening(it: Town) -> None:
    """Then they get into a pod with room, are let in, and are announced there."""
    group = await opened(it, *FOUR)
    await it.joined(group, EVE, wants_pod=True)
    await it.walk(HOUR)
    assert EVE not in (await only(it, group)).members
    await next_opening(it)
    one = await only(it, group)
    assert EVE in one.members and EVE in it.discord.inside[one.thread_id or 0]
    assert words(it, one) == [("joined", EVE)]
    assert len(hellos(it, one)) == 1


async def test_nothing_more_is_done_till_then(it: Town) -> None:
    """Beats between openings draw nothing, open nothing, say nothing."""
    group = await opened(it, *FOUR)
    before = await only(it, group)
    for _ in range(5):
        assert await pods.mind_pods(it.app, it.clock()) == 0
    assert await only(it, group) == before


async def test_those_who_may_not_meet_are_in_two_pods(it: Town) -> None:
    """Blocks and guards count, in silence."""
    for who in FOUR:
        await members.met(it.app, Person(who, GUILD, False), it.clock())
    await meeting.block(it.app, Key(GUILD, ANA), BOB, it.clock())
    await meeting.guard_company(it.app, Key(GUILD, CLEO), "Acme", it.clock(), employer=True)
    await meeting.guard_company(it.app, Key(GUILD, DAN), "Acme", it.clock())
    group = await opened(it, *range(ANA, ANA + 8))
    for one in await standing(it, group):
        assert not {ANA, BOB} <= set(one.members) and not {CLEO, DAN} <= set(one.members)
    assert len(await standing(it, group)) == 2


async def test_no_pod_of_people_who_never_are_awake_together(it: Town) -> None:
    """Three on one side of the world, three on the other, all with long nights: a pod on each side."""
    it.more.append(pods.mind_pods)
    it.clock.now = it.at(FRIDAY, 8)
    group = await it.group(pods=True)
    await it.joined(group, ANA, BOB, CLEO, wants_pod=True, zone="Asia/Tokyo")
    await it.joined(group, DAN, EVE, FAY, wants_pod=True, zone="America/New_York")
    for one in range(ANA, FAY + 1):
        await members.change(it.app, Key(GUILD, one), it.clock(), quiet=(19 * 60, 9 * 60))
    await it.until(it.at(FRIDAY, 9))
    found = sorted(tuple(sorted(one.members)) for one in await standing(it, group))
    assert found == [(ANA, BOB, CLEO), (DAN, EVE, FAY)]


# -- leaving -------------------------------------------------------------------------------------


async def test_leaving_is_silent(it: Town) -> None:
    """They are out of the thread, nothing is said, and the others keep their pod."""
    group = await opened(it, *FOUR, EVE)
    await pods.leave_pod(it.app, Key(GUILD, ANA), group.id, it.clock())
    await it.beat()
    one = await only(it, group)
    assert set(one.members) == {BOB, CLEO, DAN, EVE} == it.discord.inside[one.thread_id or 0]
    assert words(it, one) == []
    await next_opening(it)
    assert ANA not in (await only(it, group)).members
    assert await pods.my_pod(it.app, Key(GUILD, ANA), group.id) is None
    mine = await pods.my_pod(it.app, Key(GUILD, BOB), group.id)
    assert mine is not None and mine.id == one.id


async def test_another_pod_for_who_swaps(it: Town) -> None:
    """Of two pods they come into the other one at the next opening."""
    group = await opened(it, *range(ANA, ANA + 8))
    before, other = await standing(it, group)
    who = before.members[0]
    await pods.swap(it.app, Key(GUILD, who), group.id, it.clock())
    await next_opening(it)
    assert who in {one.id: one for one in await standing(it, group)}[other.id].members


@pytest.mark.parametrize("how", ["left the group", "wants none", "no pods any more", "group ended"])
async def test_who_should_not_be_in_a_pod_goes(it: Town, how: str) -> None:
    """At the next beat, whoever did it."""
    group = await opened(it, *FOUR)
    one = await only(it, group)
    if how == "left the group":
        await wants(it, group, ANA, left_at=it.clock())
    elif how == "wants none":
        await wants(it, group, ANA, wants_pod=False)
    else:
        values = {"pods": False} if how == "no pods any more" else {"state": "ended"}
        async with it.app.store.begin() as tx:
            await tx.execute(update(checkin_group).values(values))
    await it.beat()
    everybody_goes = how in ("no pods any more", "group ended")
    assert it.discord.inside[one.thread_id or 0] == (set() if everybody_goes else set(FOUR) - {ANA})
    assert len(await standing(it, group)) == (0 if everybody_goes else 1)


async def test_who_left_the_server_goes_at_the_opening(it: Town) -> None:
    """Discord took them out of the thread already; their place is free for somebody else."""
    group = await opened(it, *FOUR, EVE)
    await presence.member_left(it.app, Key(GUILD, ANA), it.clock())
    await it.joined(group, FAY, wants_pod=True)
    await next_opening(it)
    assert set((await only(it, group)).members) == {BOB, CLEO, DAN, EVE, FAY}


async def test_who_is_not_in_the_server_is_not_let_in(it: Town) -> None:
    """Nobody had told us: Discord says so when they are to be let in."""
    it.discord.elsewhere.add(ANA)
    group = await opened(it, *FOUR)
    one = await only(it, group)
    assert set(one.members) == {BOB, CLEO, DAN} == it.discord.inside[one.thread_id or 0]


# -- two who may not meet any more ---------------------------------------------------------------


async def test_a_block_parts_them_at_the_next_beat(it: Town) -> None:
    """The one who blocked goes, in silence; the blocked one stays where they are, and is never beside them again."""
    group = await opened(it, *FOUR, EVE, FAY)
    (first, second) = await standing(it, group)
    who, whom = first.members[:2]
    await meeting.block(it.app, Key(GUILD, who), whom, it.clock())
    await it.beat()
    now = {one.id: one for one in await standing(it, group)}
    assert whom in now[first.id].members and who not in now[first.id].members
    assert who not in it.discord.inside[first.thread_id or 0] and words(it, first) == []
    await next_opening(it)
    now = {one.id: one for one in await standing(it, group)}
    assert who in now[second.id].members


async def test_a_block_that_was_kept_late_or_long_ago_is_not_missed(it: Town) -> None:
    """Blocks are looked for from the last ones on, whenever that was, and a little before: one may take its time."""
    group = await opened(it, *FOUR, EVE)
    one = await only(it, group)
    await meeting.block(it.app, Key(GUILD, ANA), FAY, it.clock())
    await it.beat()
    assert ANA in (await only(it, group)).members
    await meeting.block(it.app, Key(GUILD, BOB), CLEO, it.clock() - HOUR / 15)
    await it.beat()
    assert BOB not in (await only(it, group)).members
    await meeting.block(it.app, Key(GUILD, DAN), EVE, it.clock())
    it.clock.move(2 * DAY)
    await it.beat()
    assert set((await only(it, group)).members) == {ANA, CLEO, EVE}
    assert it.discord.inside[one.thread_id or 0] == {ANA, CLEO, EVE}


async def test_a_block_that_was_missed_counts_at_the_opening(it: Town) -> None:
    """The bot was away for days after it."""
    group = await opened(it, *FOUR, EVE)
    one = await only(it, group)
    await meeting.block(it.app, Key(GUILD, ANA), BOB, it.clock())
    it.clock.move(3 * DAY)
    await pods.mind_pods(it.app, it.clock())
    assert ANA in (await only(it, group)).members
    it.clock.move(4 * DAY)
    await it.beat()
    assert set((await only(it, group)).members) == {BOB, CLEO, DAN, EVE}
    assert ANA not in it.discord.inside[one.thread_id or 0]


# -- quiet pods ----------------------------------------------------------------------------------


async def test_a_quiet_pod_joins_another(it: Town) -> None:
    """Two of four have said nothing for two weeks: the other two join the pod that has room."""
    group = await opened(it, *range(ANA, ANA + 7))
    quiet, lively = sorted(await standing(it, group), key=lambda one: -len(one.members))
    assert (len(quiet.members), len(lively.members)) == (4, 3)
    talk = [*quiet.members[:2], *lively.members]
    for week in range(4):  # the first one counts for nobody, nor does the week in which they joined
        await it.said(group, *talk)
        await it.until(it.at(FRIDAY + 7 * (week + 1), 9))
    now = await only(it, group)
    assert now.id == lively.id and set(now.members) == set(talk)
    assert it.discord.inside[now.thread_id or 0] == set(talk)
    assert it.discord.inside[quiet.thread_id or 0] == set()
    assert {who for _, who in words(it, now)} == set(quiet.members[:2])


# -- moderators ----------------------------------------------------------------------------------


async def test_moderators_mix_them_anew(it: Town) -> None:
    """Sixteen people in four pods: four others, in threads of new names; the old ones are empty."""
    group = await opened(it, *range(201, 217))
    before = await standing(it, group)
    assert await pods.shuffle(it.app, MO, group.id, it.clock()) == 4
    for _ in range(3):
        await it.beat()
    after = await standing(it, group)
    assert {one.name for one in after} == {"Pod 5", "Pod 6", "Pod 7", "Pod 8"}
    assert all(len(set(one.members) & set(old.members)) <= 1 for one in after for old in before)
    assert all(it.discord.inside[one.thread_id or 0] == set() for one in before)
    assert all(it.discord.inside[one.thread_id or 0] == set(one.members) for one in after)


async def test_a_pod_that_would_be_the_same_stays(it: Town) -> None:
    """Four people can be mixed in one way only."""
    group = await opened(it, *FOUR)
    before = await only(it, group)
    assert await pods.shuffle(it.app, MO, group.id, it.clock()) == 1
    assert await only(it, group) == before


async def test_only_moderators_mix(it: Town) -> None:
    """And only what has pods."""
    group = await opened(it, *FOUR)
    without = await it.group(name="Without")
    now = it.clock()
    assert await refused(pods.shuffle(it.app, NOBODY_SPECIAL, group.id, now)) == "moderators_only"
    assert await refused(pods.shuffle(it.app, MO, 999, now)) == "group_gone"
    assert await refused(pods.shuffle(it.app, MO, without.id, now)) == "no_pods_here"


# -- what is said in it --------------------------------------------------------------------------


async def test_a_check_in_for_the_pod_waits_for_its_thread(it: Town) -> None:
    """It was said before the thread could be opened; it stands there as soon as it is."""
    it.discord.no_threads[CHANNEL] = Trouble("too_many_threads", "1,000 are open")
    group = await opened(it, *FOUR)
    await it.said(group, ANA, circle="pod")
    await it.said(group, BOB, circle="me")
    it.discord.no_threads.clear()
    await it.walk(2 * HOUR)
    one = await only(it, group)
    kinds = it.kinds(one.thread_id or 0)
    assert sorted(kinds) == sorted([POD_HELLO, POD_CARD])
    (week,) = await it.weeks(group, ANA)
    assert week.card_place_id == one.thread_id


async def test_telling_the_pod_that_somebody_was_hired(it: Town) -> None:
    """Once, in each of their pods, under the name by which the pod knows them."""
    group = await opened(it, *FOUR)
    key = Key(GUILD, ANA)
    await meeting.choose_pen_name(it.app, key, f"group/{group.id}", "Heron", [], it.clock())
    for _ in range(2):
        async with it.app.store.begin() as tx:
            assert await pods.has_pod(tx, key)
            assert await pods.tell_hired(tx, key, "hired/7", it.clock()) == 1
    await it.beat()
    one = await only(it, group)
    assert words(it, one) == [("hired", ANA)]
    async with it.app.store.begin() as tx:
        assert not await pods.has_pod(tx, Key(GUILD, EVE))
        assert await pods.tell_hired(tx, Key(GUILD, EVE), "hired/8", it.clock()) == 0


# -- when Discord says no ------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["too_many_threads", "missing_permission", "missing_access"])
async def test_pods_wait_for_room(it: Town, code: str) -> None:
    """The moderators hear of it once; once there is room, an hour later at most, the thread is there."""
    await it.choose_moderators_channel()
    it.discord.no_threads[CHANNEL] = Trouble(code, "No.")
    group = await opened(it, *FOUR)
    await it.walk(5 * HOUR)
    assert (await only(it, group)).thread_id is None
    assert [(one.code, one.channel_id) for one in notices(it)] == [(f"pods_{code}", CHANNEL)]
    it.discord.no_threads.clear()
    await it.walk(HOUR)
    assert (await only(it, group)).thread_id is not None
    assert len(notices(it)) == 1


async def test_a_moderator_has_them_tried_at_once(it: Town) -> None:
    """[Try again] of the notice: not an hour later, but in the next beat."""
    await it.choose_moderators_channel()
    it.discord.no_threads[CHANNEL] = Trouble("too_many_threads", "1,000 are open")
    group = await opened(it, *FOUR)
    it.discord.no_threads.clear()
    await pods.mind_pods(it.app, it.clock())
    assert (await only(it, group)).thread_id is None
    await notice_flow.retry(it.app, MO, group.id, (), it.clock())
    await pods.mind_pods(it.app, it.clock())
    assert (await only(it, group)).thread_id is not None


@pytest.mark.parametrize("fault", [LOST_ANSWER, NEVER_ARRIVED])
async def test_a_passing_trouble_is_nobodys_business(it: Town, fault: Fault) -> None:
    """An answer that was lost, or a request that never arrived: the next beat goes on, nobody is told."""
    await it.choose_moderators_channel()
    group = await opened(it)
    await it.joined(group, *FOUR, wants_pod=True)
    await pods.shuffle(it.app, MO, group.id, it.clock())
    it.discord.faults.append(fault)
    for _ in range(3):
        await pods.mind_pods(it.app, it.clock())
    one = await only(it, group)
    assert [thread.name for thread in it.discord.threads.values() if thread.private] == [one.name]
    assert it.discord.inside[one.thread_id or 0] == set(FOUR)
    await it.beat()
    assert notices(it) == []


async def test_a_thread_that_was_deleted_is_opened_anew(it: Town) -> None:
    """A moderator removed it: when somebody is to be let in, a new one is opened, for all of them."""
    group = await opened(it, *FOUR)
    gone = await only(it, group)
    refuse = Refusing(it.clock, gone.thread_id or 0)
    refuse.threads, refuse.channels, refuse.inside = (
        it.discord.threads,
        it.discord.channels,
        it.discord.inside,
    )
    it.app = replace(it.app, messenger=refuse)
    await it.joined(group, EVE, wants_pod=True)
    await next_opening(it)
    await it.walk(HOUR)
    one = await only(it, group)
    assert one.thread_id not in (None, gone.thread_id)
    assert refuse.inside[one.thread_id or 0] == {*FOUR, EVE}


@dataclass
class Refusing(FakeMessenger):
    """A thread of this Discord was deleted."""

    gone: int = 0

    def __init__(self, clock: object, gone: int) -> None:
        super().__init__(clock)  # type: ignore[arg-type]
        self.gone = gone

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        if thread_id == self.gone:
            return Trouble("unknown_channel", "It is gone.")
        return await super().let_in(guild_id, thread_id, user_id)


# -- the duty's question -------------------------------------------------------------------------


async def test_names_go_on_in_a_server(it: Town) -> None:
    """Two groups in one channel: no two threads of theirs have one name."""
    it.more.append(pods.mind_pods)
    it.clock.now = it.at(FRIDAY, 8)
    for name in "One", "Two":
        await it.joined(await it.group(name=name, pods=True), *FOUR, wants_pod=True)
    await it.until(it.at(FRIDAY, 10))
    async with it.app.store.read() as tx:
        found = sorted((await tx.execute(select(pod.c.name))).scalars())
    assert found == ["Pod 1", "Pod 2"]
    assert len({thread.name for thread in it.discord.threads.values() if thread.private}) == 2
