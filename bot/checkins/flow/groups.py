"""What moderators do with groups: make, change, rest, end; weeks off, digests by hand, hiding a card, export."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Literal

from bot.app import App
from bot.checkins import cards as card_rules
from bot.checkins import exports
from bot.checkins import stats as stats_rules
from bot.checkins.cycle import first_week, next_cycle
from bot.checkins.flow import digests, names, opening, pods
from bot.checkins.groups import (
    MOST_GROUPS,
    Draft,
    blocked_for,
    checked,
    draft_of,
    made,
    opener,
    opener_key,
)
from bot.checkins.messages import Digest
from bot.checkins.store import cycles, weeks
from bot.checkins.store import groups as store
from bot.checkins.store import pods as pod_store
from bot.checkins.values import Cycle, Group, GroupState, MemberWeek
from bot.checkins.week import WEEK, week_of
from bot.deliveries import store as outbox
from bot.moderation.rights import Person, bot_must_speak, moderators_only
from bot.refusals import Refusal
from bot.storage import Tx
from bot.text import folded

CARDS = 6  # on one page

Season = Literal["continue", "pods", "stop"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a server's groups. seen: as in `GroupPage`. cycle: this week's, or the next."""

    group: Group
    seen: int
    cycle: Cycle | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group for its moderators. cycles: the newest first.

    seen: how many people let the group see a check-in in the last 12 weeks. seen, checkins: 0 when fewer than five.
    """

    group: Group
    seen: int
    pods: int
    cycles: tuple[Cycle, ...]
    holidays: tuple[date, ...]
    checkins: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A card that stands where everybody in the group sees it. author_id 0: a pen name stands there."""

    week: MemberWeek
    author_id: int
    name: str


# -- making and changing -------------------------------------------------------------------------


async def create(app: App, who: Person, draft: Draft, missing: Sequence[str] | None, now: datetime) -> Group:
    """A new group; its first week is scheduled. missing: as in `bot_must_speak`, of its channel."""
    moderators_only(who)
    draft = checked(draft, app.prompts)
    bot_must_speak(draft.channel_id, missing)
    async with app.store.begin() as tx:
        every = await store.of_server(tx, who.guild_id)
        if sum(one.state != "ended" for one in every) >= MOST_GROUPS:
            raise Refusal("too_many_groups", limit=MOST_GROUPS)
        new = made(draft, who.guild_id, week_of(now, draft.zone), now)
        new = replace(new, season_week=first_week(new, now))
        number = await store.add(tx, new, folded(new.name), who.id)
        if number is None:
            raise Refusal("group_name_taken", name=new.name)
        group = replace(new, id=number)
        await opening.schedule_first(tx, group, now)
    return group


async def edit(
    app: App,
    who: Person,
    group_id: int,
    changes: Mapping[str, object],
    missing: Sequence[str] | None,
    now: datetime,
) -> Group:
    """Change these fields of its `Draft`. An open week keeps its times and questions; a new channel counts at once.

    missing: of the new channel, where there is one.
    """
    moderators_only(who)
    async with app.store.begin() as tx:
        before = await _one(tx, who, group_id)
        draft = checked(replace(draft_of(before), **changes), app.prompts)  # type: ignore[arg-type]
        if draft.channel_id != before.channel_id:
            bot_must_speak(draft.channel_id, missing)
        if await store.name_taken(tx, who.guild_id, folded(draft.name), group_id):
            raise Refusal("group_name_taken", name=draft.name)
        values = {field.name: getattr(draft, field.name) for field in fields(Draft)}
        after = replace(before, **values)
        await store.change(tx, who.guild_id, group_id, who.id, now, **values, folded=folded(draft.name))
        await _replan(tx, after)
        if after.channel_id != before.channel_id:
            return await _move(tx, after, now)
        return after


async def _replan(tx: Tx, group: Group) -> None:
    """The week that is scheduled follows the group's times."""
    for one in await cycles.live_of(tx, [group.id]):
        if one.state == "scheduled":
            fresh = replace(next_cycle(group, one.week, holiday=False), id=one.id)
            longer = replace(fresh, extra=one.extra, amnesty=one.amnesty, final_at=one.final_at)
            await cycles.keep(tx, [longer])


async def _move(tx: Tx, group: Group, now: datetime) -> Group:
    """The group speaks in another channel from now on: open weeks are told there, too. What stands, stays."""
    group = await unblock(tx, group, now)
    running = [one for one in await cycles.live_of(tx, [group.id]) if one.state == "open"]
    await cycles.keep(tx, [replace(one, place_id=None) for one in running])
    await outbox.plan(tx, [opening.planned_opener(group, one, now) for one in running], now)
    return group


async def unblock(tx: Tx, group: Group, now: datetime) -> Group:
    """Its channel takes what we say. The time for which it did not is kept with each week that lost it."""
    if group.blocked_at is None:
        return group
    running = [one for one in await cycles.live_of(tx, [group.id]) if one.state in ("open", "digested")]
    since = group.blocked_at
    await cycles.keep(tx, [replace(one, blocked=blocked_for(since, one, now)) for one in running])
    await store.unblock(tx, [group.id])
    return replace(group, blocked_at=None)


async def set_state(app: App, who: Person, group_id: int, state: GroupState, now: datetime) -> Group:
    """Let it rest, go on, or end. A week that is open goes on; whoever says nothing in it is excused."""
    moderators_only(who)
    async with app.store.begin() as tx:
        before = await _one(tx, who, group_id)
        if before.state == state:
            return before
        after = replace(before, state=state)
        await store.change(tx, who.guild_id, group_id, who.id, now, state=state)
        every = await cycles.of_group(tx, who.guild_id, group_id, 2)
        if state == "active":
            begun = [one.week for one in every if one.state in ("open", "digested", "final")]
            await opening.schedule_first(tx, after, now, max(begun, default=None))
            return after
        waiting = [one for one in every if one.state == "scheduled"]
        await cycles.keep(tx, [replace(one, state="skipped", next_at=None) for one in waiting])
        running = [one.id for one in every if one.state in ("open", "digested")]
        await weeks.excuse(tx, running)
        return after


async def season(app: App, who: Person, group_id: int, choice: Season, now: datetime) -> None:
    """How it goes on after eight weeks: as it is, with new pods, or not at all."""
    moderators_only(who)
    if choice == "stop":
        await set_state(app, who, group_id, "ended", now)
        return
    async with app.store.begin() as tx:
        group = await _one(tx, who, group_id)
        newest = await cycles.of_group(tx, who.guild_id, group_id, 1)
        scheduled = [one.week for one in newest if one.state == "scheduled"]
        begins = scheduled[0] if scheduled else week_of(now, group.zone)
        values = {"season_week": begins, "season_asked_at": None}
        await store.change(tx, who.guild_id, group_id, who.id, now, **values)
        if choice == "pods" and group.pods:
            await pods.mix(app, tx, group, now)


# -- looking -------------------------------------------------------------------------------------


async def listed(app: App, who: Person, now: datetime) -> list[Listed]:
    """Every group of the server, by name; those that ended last."""
    moderators_only(who)
    async with app.store.read() as tx:
        every = await store.of_server(tx, who.guild_id)
        ids = [one.id for one in every]
        sizes = await _seen(tx, who, ids, now)
        current = await cycles.newest(tx, who.guild_id, ids)
    lines = [Listed(one, _told(sizes.get(one.id, 0)), current.get(one.id)) for one in every]
    return sorted(lines, key=lambda one: one.group.state == "ended")


async def page(app: App, who: Person, group_id: int, now: datetime) -> GroupPage:
    moderators_only(who)
    async with app.store.read() as tx:
        group = await _one(tx, who, group_id)
        sizes = await _seen(tx, who, [group_id], now)
        since = week_of(now, group.zone) - WEEK
        off = await store.holidays(tx, [group_id], since)
        return GroupPage(
            group=group,
            seen=_told(sizes.get(group_id, 0)),
            pods=len(await pod_store.standing(tx, group_id)),
            cycles=tuple(await cycles.of_group(tx, who.guild_id, group_id, 12)),
            holidays=tuple(sorted(week for _, week in off)),
            checkins=_told(await weeks.count_visible(tx, who.guild_id, group_id)),
        )


async def _seen(tx: Tx, who: Person, group_ids: Collection[int], now: datetime) -> dict[int, int]:
    """Group → how many people it has seen of late. Who joins and shows nothing changes no number for others."""
    since = week_of(now, "UTC") - stats_rules.WEEKS * WEEK
    return await weeks.count_seen(tx, who.guild_id, group_ids, since)


def _told(number: int) -> int:
    """0 for what fewer than five people make."""
    return number if number >= stats_rules.FEWEST else 0


async def stats(app: App, who: Person, group_id: int, now: datetime) -> stats_rules.GroupStats:
    """The group's last twelve weeks in numbers."""
    moderators_only(who)
    async with app.store.read() as tx:
        group = await _one(tx, who, group_id)
        every = await cycles.of_group(tx, who.guild_id, group_id, stats_rules.WEEKS + 4)
        begun = [one for one in every if one.state in ("open", "digested", "final")]
        seen = await weeks.visible(tx, [one.id for one in begun])
        return stats_rules.stats(
            max((one.week for one in begun), default=group.season_week),
            {one.user_id for one in seen},
            seen,
            thanks=await weeks.thanks(tx, [one.id for one in seen]),
            pods=await pod_store.standing(tx, group_id),
            off={one.week for one in every if one.state == "skipped"},
            since=min((one.week for one in begun), default=None),
        )


# -- weeks off -----------------------------------------------------------------------------------


async def holiday(app: App, who: Person, group_id: int | None, week: date, on: bool, now: datetime) -> None:
    """A group, or every one, takes that week off, or not after all. One that is open ends, for all excused."""
    moderators_only(who)
    async with app.store.begin() as tx:
        if group_id is None:
            chosen = [one for one in await store.of_server(tx, who.guild_id) if one.state != "ended"]
        else:
            chosen = [await _one(tx, who, group_id)]
        going = [one for one in chosen if week + WEEK > week_of(now, one.zone)]
        if not going:
            raise Refusal("week_over", week=week)
        await (_take_off if on else _hold)(tx, who, {one.id: one for one in going}, week, now)


async def _take_off(tx: Tx, who: Person, chosen: Mapping[int, Group], week: date, now: datetime) -> None:
    await store.add_holidays(tx, who.guild_id, list(chosen), week, who.id, now)
    there = await cycles.of_weeks(tx, who.guild_id, list(chosen), week)
    ending = [one for one in there if one.state in ("scheduled", "open", "digested")]
    await cycles.keep(tx, [replace(one, state="skipped", next_at=None) for one in ending])
    await weeks.excuse(tx, [one.id for one in ending])
    openers = [
        (opener_key(one, group.channel_id), opener(group, one, holiday=True))
        for one in ending
        if one.state != "scheduled" and (group := chosen[one.group_id])
    ]
    await outbox.revise(tx, openers, now)
    off = [(chosen[one.group_id], one) for one in ending if one.state == "scheduled"]
    await opening.schedule_next(tx, off, now)


async def _hold(tx: Tx, who: Person, chosen: Mapping[int, Group], week: date, now: datetime) -> None:
    """A week that was skipped before it opened is held after all, if there is time for it."""
    await store.remove_holidays(tx, who.guild_id, list(chosen), week)
    there = await cycles.of_weeks(tx, who.guild_id, list(chosen), week)
    back = [
        next_cycle(chosen[one.group_id], week, holiday=False)
        for one in there
        if one.state == "skipped" and now < one.opens_at and chosen[one.group_id].state == "active"
    ]
    await cycles.schedule(tx, back)


# -- digests and cards ---------------------------------------------------------------------------


async def preview(app: App, who: Person, group_id: int, now: datetime) -> Digest:
    """The digest of this week as it would be said now. Nothing is posted."""
    moderators_only(who)
    async with app.store.read() as tx:
        group = await _one(tx, who, group_id)
        cycle = await _newest_begun(tx, group)
        return (await digests.values(tx, [(group, cycle)]))[cycle.id]


async def digest_now(app: App, who: Person, group_id: int, now: datetime) -> None:
    """Say this week's digest now, once more if it was deleted or its channel changed. The schedule stays as it is."""
    moderators_only(who)
    async with app.store.begin() as tx:
        group = await _one(tx, who, group_id)
        cycle = await _newest_begun(tx, group)
        await digests.say_by_hand(tx, group, cycle, now)


async def _newest_begun(tx: Tx, group: Group) -> Cycle:
    for one in await cycles.of_group(tx, group.guild_id, group.id, 60):
        if one.state in ("open", "digested", "final"):
            return one
    raise Refusal("no_digest_yet")


async def cards(app: App, who: Person, group_id: int, page: int) -> list[Shown]:
    """What everybody in the group can read, the newest first: a page of `CARDS`, and one more if there is another."""
    moderators_only(who)
    async with app.store.read() as tx:
        group = await _one(tx, who, group_id)
        found = await weeks.shown(tx, who.guild_id, group_id, CARDS + 1, page * CARDS)
        called = await names.pen_names(tx, who.guild_id, group.id, {one.user_id for one in found})
    return [
        Shown(one, 0 if one.user_id in called else one.user_id, called.get(one.user_id, "")) for one in found
    ]


async def hide(app: App, who: Person, week_id: int, on: bool, now: datetime) -> None:
    """Nobody reads this card any more, or everybody does again. Its author's own week stays as it is."""
    moderators_only(who)
    async with app.store.begin() as tx:
        before = await weeks.one(tx, who.guild_id, week_id)
        if before is None or before.circle != "group" or before.submitted_at is None:
            raise Refusal("card_gone")
        cycle = await cycles.one(tx, who.guild_id, before.cycle_id)
        if cycle is None:
            raise Refusal("card_gone")
        after = replace(before, hidden_at=now if on else None)
        await weeks.hide(tx, who.guild_id, week_id, after.hidden_at)
        called = await names.pen_names(tx, who.guild_id, before.group_id, [before.user_id])
        shown = card_rules.card(after, cycle, called.get(before.user_id, ""))
        places = [before.card_place_id] if before.card_place_id else []
        keys = [key for place in places for key in card_rules.keys_of(week_id, place)]
        await outbox.revise(tx, [(key, shown) for key in keys], now)
        await outbox.forget(tx, [(key, shown) for key in keys])
        await cycles.freshen(tx, [cycle.id], now)


async def export(app: App, who: Person, group_id: int, form: Literal["csv", "json"], now: datetime) -> bytes:
    """What everybody in the group can read, as a file; nothing else is in it."""
    moderators_only(who)
    async with app.store.read() as tx:
        group = await _one(tx, who, group_id)
        seen = await weeks.visible_of(tx, who.guild_id, group_id)
        authors = {one.user_id for one in seen}
        called = await names.pen_names(tx, who.guild_id, group_id, authors)
        every = await cycles.some(tx, {one.cycle_id for one in seen})
    shown = {one: called.get(one, f"<@{one}>") for one in authors}
    questions = {one.id: one.question for one in every.values()}
    if form == "csv":
        return exports.group_csv(seen, shown, questions)
    return exports.group_json(seen, shown, questions, group=group.name)


async def _one(tx: Tx, who: Person, group_id: int) -> Group:
    found = await store.one(tx, who.guild_id, group_id)
    if found is None:
        raise Refusal("group_gone")
    return found
