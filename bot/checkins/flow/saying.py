"""Checking in, and changing what was said: kept before anything is posted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from bot.app import App
from bot.checkins import cards, joining, pauses
from bot.checkins import plan as rules
from bot.checkins.flow import keeping, names, seats
from bot.checkins.flow.joining import seat_in
from bot.checkins.flow.keeping import Change
from bot.checkins.flow.submitting import submit as submit
from bot.checkins.joining import Mine as Mine
from bot.checkins.joining import Seat, mine_of
from bot.checkins.plan import Ask as Ask
from bot.checkins.plan import Typed as Typed
from bot.checkins.prompts import template
from bot.checkins.store import cycles, groups, saying, thanks
from bot.checkins.store import weeks as week_store
from bot.checkins.values import Circle, Cycle, Goal, Group, MemberWeek, Said
from bot.deliveries import store as outbox
from bot.people.members import Key
from bot.ports import Outgoing
from bot.refusals import Refusal
from bot.storage import Tx

# -- a form --------------------------------------------------------------------------------------


async def form_of(app: App, key: Key, group_id: int, now: datetime) -> Ask:
    """The form of the week that takes my check-in now, or that I can still change.

    Refuses "not_in_group" and "nothing_open".
    """
    async with app.store.read() as tx:
        seat = await seat_in(tx, key, group_id)
    mine = mine_of(seat, now)
    if mine.week is None or mine.cycle is None:
        raise Refusal("nothing_open", next_opens=mine.next_opens)
    return _ask(app, mine, mine.week, mine.cycle, joining.to_tick(seat, mine.week))


async def form_of_week(app: App, key: Key, week_id: int, now: datetime) -> Ask:
    """The form to `edit` a week with; Ask.mine.week is that week, Ask.mine.cycle its cycle. Refuses as `edit`."""
    async with app.store.read() as tx:
        one, cycle = await _to_change(tx, key, week_id, now)
        seat = await seats.one(tx, key, one.group_id)
    if seat is None:
        raise Refusal("checkin_gone")
    mine = replace(mine_of(seat, now), week=one, cycle=cycle)
    return _ask(app, mine, one, cycle, one.said.reviewed)


def _ask(app: App, mine: Mine, one: MemberWeek, cycle: Cycle, goals: tuple[Goal, ...]) -> Ask:
    return Ask(mine, template(app.prompts, cycle.template), goals, rules.prefill(one, goals))


# -- changing what was said ----------------------------------------------------------------------


async def edit(app: App, key: Key, week_id: int, typed: Typed, now: datetime) -> MemberWeek:
    """Say it otherwise, up to 14 days after the week was settled; where it is shown it changes in place.

    Refuses "checkin_gone", "edit_over", and what a form may not hold.
    """
    return await _change(app, key, week_id, now, lambda one: rules.said(typed, one.said.reviewed, one.said))


async def answer(app: App, key: Key, week_id: int, text: str, now: datetime) -> MemberWeek:
    """To the group's own question; "" takes it away. Refuses as `edit`."""
    words = rules.lines_of(text, rules.MAX_ANSWER, "answer")
    return await _change(app, key, week_id, now, lambda one: replace(one.said, answer=words))


async def ask_ideas(app: App, key: Key, week_id: int, text: str, now: datetime) -> MemberWeek:
    """Ask those who see the card for ideas; "" takes it away. Refuses as `edit`, and "only_you_see_it"."""
    words = rules.line_of(text, rules.MAX_IDEAS, "ideas")
    return await _change(app, key, week_id, now, lambda one: rules.asking(one, words))


async def win(app: App, key: Key, week_id: int, text: str, now: datetime) -> MemberWeek:
    """One line for the group's digest; "" takes it away. Refuses as `edit`, and "not_in_digest"."""
    words = rules.line_of(text, rules.MAX_WIN, "win")
    return await _change(app, key, week_id, now, lambda one: rules.winning(one, words))


async def change_circle(app: App, key: Key, week_id: int, circle: Circle, now: datetime) -> MemberWeek:
    """Others see this check-in, or nobody does; its card moves, or goes. Nobody else may always be chosen.

    Refuses "no_pods_here", "checkin_gone" and, but for "me", "edit_over".
    """
    async with app.store.begin() as tx:
        one, cycle, group = await _mine(tx, key, week_id)
        if circle == "me":
            rules.is_said(one)
        else:
            rules.to_change(one, cycle, now)
        joining.checked_circle(circle, group)
        return await _kept(tx, one, replace(one, circle=circle), cycle, now)


async def withdraw(app: App, key: Key, week_id: int, now: datetime, *, erase: bool = False) -> MemberWeek:
    """Take every word of it back, and what stands of it; that they were here stays, unless `erase` takes that too.

    Twice is once. Refuses "checkin_gone" only where there never was one of theirs.
    """
    async with app.store.begin() as tx:
        one, cycle, _ = await _mine(tx, key, week_id)
        if one.submitted_at is None:
            return one
        await thanks.forget(tx, [one.id])
        return await _kept(tx, one, rules.taken_back(one, now, erase=erase), cycle, now)


async def _change(
    app: App, key: Key, week_id: int, now: datetime, said: Callable[[MemberWeek], Said]
) -> MemberWeek:
    """Keep what they say now, if it may still be changed."""
    async with app.store.begin() as tx:
        one, cycle = await _to_change(tx, key, week_id, now)
        after = replace(one, said=said(one), edited_at=now)
        return await _kept(tx, one, after, cycle, now)


async def _to_change(tx: Tx, key: Key, week_id: int, now: datetime) -> tuple[MemberWeek, Cycle]:
    one, cycle, _ = await _mine(tx, key, week_id)
    rules.to_change(one, cycle, now)
    return one, cycle


async def _mine(tx: Tx, key: Key, week_id: int) -> tuple[MemberWeek, Cycle, Group]:
    """A week of mine, also in a group that I left. Refuses what isn't there, and what is somebody else's."""
    one = await saying.one(tx, key.guild_id, key.user_id, week_id)
    if one is None:
        raise Refusal("checkin_gone")
    cycle = (await cycles.some(tx, [one.cycle_id]))[one.cycle_id]
    return one, cycle, (await groups.some(tx, [one.group_id]))[one.group_id]


async def _kept(tx: Tx, one: MemberWeek, after: MemberWeek, cycle: Cycle, now: datetime) -> MemberWeek:
    name = (await names.pen_names(tx, one.guild_id, one.group_id, [one.user_id])).get(one.user_id, "")
    await keeping.keep(tx, [Change(one, after, cycle, name)], now)
    return await week_store.one(tx, one.guild_id, one.id) or after


# -- a plan --------------------------------------------------------------------------------------


async def tick(app: App, key: Key, week_id: int, numbers: Collection[int], now: datetime) -> MemberWeek:
    """Exactly these goals of the plan in that week (`Mine.plan_id`) are finished; numbers from 0."""
    async with app.store.begin() as tx:
        one, cycle, _ = await _mine(tx, key, week_id)
        return await _kept(tx, one, rules.with_ticks(one, numbers), cycle, now)


async def plan_only(app: App, key: Key, group_id: int, goals_text: str, if_then: str, now: datetime) -> Mine:
    """A plan without a check-in, instead of the one there is.

    It stands in the week that waits for a check-in, as what its form begins with; else in the last one, as if it had
    been planned there; a newcomer's stands in the week to come. Refuses "plan_empty", "nothing_open", and what a form
    may not hold.
    """
    async with app.store.begin() as tx:
        seat = await seat_in(tx, key, group_id)
        one, cycle, ahead = await _plan_week(tx, seat, now)
        after = rules.with_plan(one, goals_text, if_then, ahead=ahead)
        await keeping.keep(tx, [Change(one, after, cycle, seat.name)], now)
        return mine_of(await seat_in(tx, key, group_id), now)


async def _plan_week(tx: Tx, seat: Seat, now: datetime) -> tuple[MemberWeek, Cycle, bool]:
    """(the week that holds the plan, its cycle, is it one to come?)"""
    mine = mine_of(seat, now)
    if mine.week is not None and mine.cycle is not None:
        return mine.week, mine.cycle, False
    if not seat.past:
        return await _first_week(tx, seat)
    one = (await saying.some(tx, [seat.past[-1].id]))[0]
    cycle = (await cycles.some(tx, [one.cycle_id]))[one.cycle_id]
    return one, cycle, cycle.state == "scheduled"


async def _first_week(tx: Tx, seat: Seat) -> tuple[MemberWeek, Cycle, bool]:
    """A newcomer's, before it opens; opening it finds it there."""
    coming = [cycle for cycle in seat.cycles if cycle.state == "scheduled"]
    if not coming:
        raise Refusal("nothing_open", next_opens=None)
    off = pauses.covers(seat.pauses, coming[0].week)
    fresh = joining.fresh_week(seat.membership, coming[0], seat.zone, off)
    made = await week_store.add(tx, [fresh])
    return (await saying.some(tx, made))[0], coming[0], True


# -- a card that was deleted ---------------------------------------------------------------------


async def post_again(app: App, key: Key, week_id: int, now: datetime) -> MemberWeek:
    """Somebody deleted the card: it is posted again. Discord is asked first, so that it never stands twice.

    Refuses "checkin_gone", "edit_over", "card_nowhere", "card_coming", "card_stands", "card_unclear" and
    "card_again_limit".
    """
    async with app.store.read() as tx:
        one, cycle = await _to_change(tx, key, week_id, now)
        said = await _newest_card(tx, one)
    await _is_gone(app, one, said)
    async with app.store.begin() as tx:
        one, cycle = await _to_change(tx, key, week_id, now)
        newest = await _newest_card(tx, one)
        if newest.key == said.key:  # else another press was quicker
            repost = cards.reposts(one.id, newest.key) + 1
            if repost > cards.MOST_REPOSTS:
                raise Refusal("card_again_limit", limit=cards.MOST_REPOSTS)
            name = (await names.pen_names(tx, one.guild_id, one.group_id, [one.user_id])).get(one.user_id, "")
            again = cards.planned(one, cycle, name, newest.channel_id, now, repost)
            await outbox.plan(tx, [again], now)
        return one


async def _newest_card(tx: Tx, one: MemberWeek) -> outbox.Said:
    """The card as it was promised last where it is to stand now. Refuses "card_nowhere"."""
    found = await outbox.said(tx, f"checkin/{one.id}/card")
    here = [said for said in found if said.channel_id == one.card_place_id]
    if not here:
        raise Refusal("card_nowhere")
    return max(here, key=lambda said: cards.reposts(one.id, said.key))


async def _is_gone(app: App, one: MemberWeek, said: outbox.Said) -> None:
    """Ask Discord, by showing in it what is in it."""
    if said.state in ("new", "sending", "retry", "held"):
        raise Refusal("card_coming")
    if said.message_id is None:
        return
    card = Outgoing(cards.kind_of(one), said.value, said.guild_id, said.channel_id, nonce="")
    trouble = await app.messenger.edit(card, said.message_id)
    if trouble is None:
        raise Refusal("card_stands")
    if trouble.code != "unknown_message":
        raise Refusal("card_unclear")
