"""Rounds and the hourly tick: begun by a moderator or the clock, drawn in a worker, looked at, published.

What is asked and what is answered are kept before anybody is told, and everything that is told is kept in the
transaction that decides it. So a process that ends between any two steps goes on where it was.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.app import App
from bot.deliveries.planned import decode
from bot.moderation import flow as moderation
from bot.moderation.rights import Person, moderators_only
from bot.moderation.server import ServerNames
from bot.people import counted
from bot.people.members import Key
from bot.ports import WorkerTrouble
from bot.refusals import Refusal
from bot.reviews import round as rules
from bot.reviews.draw import Drawn
from bot.reviews.flow import drawing, publishing
from bot.reviews.flow.drawing import Preview
from bot.reviews.messages import RoundDrawn
from bot.reviews.pool import Table
from bot.reviews.store import requests, settings
from bot.reviews.store import rounds as store
from bot.reviews.values import Round, Settings
from bot.storage import Tx

log = logging.getLogger(__name__)

AT_ONCE = 20  # rounds, and servers with a tick, a beat


# -- what time does ------------------------------------------------------------------------------


async def mind_rounds(app: App, server_name: ServerNames, now: datetime) -> int:
    """Duty: weekly rounds begin, rounds go on, ticks are drawn; gives how many steps and ticks that were."""
    async with app.store.read() as tx:
        if not (await settings.due(tx, now, 1) or await store.due(tx, now, 1)):
            return 0
        due = await settings.due(tx, now, AT_ONCE)
        without_us = set(await moderation.servers_left(tx))
    for way in due:
        await _begin_weekly(app, way, without_us, now)
    async with app.store.read() as tx:
        running = await store.due(tx, now, AT_ONCE)
    done = 0
    for one in running:
        done += await _go_on(app, one, server_name, without_us, now)
    for way in due:
        done += await _tick(app, way, server_name(way.guild_id), without_us, now)
    return done


async def _begin_weekly(app: App, way: Settings, without_us: Collection[int], now: datetime) -> None:
    """While another round is not published, or nobody waits, this week has none."""
    async with app.store.begin() as tx:
        fresh = await settings.one(tx, way.guild_id)
        if fresh.next_round_at is None or fresh.next_round_at > now:
            return
        await settings.wait_until(tx, fresh.guild_id, rules.next_round_at(fresh, now), fresh.next_tick_at)
        if fresh.guild_id in without_us or fresh.channel_id is None:
            return
        if await store.standing(tx, fresh.guild_id) is None and await _anybody_waits(tx, fresh.guild_id):
            await _begin(app, tx, rules.begun(fresh.guild_id, "weekly", None, now))


async def _anybody_waits(tx: Tx, guild_id: int) -> bool:
    return bool(await requests.in_state(tx, guild_id, "waiting"))


async def _begin(app: App, tx: Tx, new: Round) -> Round:
    """Its seed goes by the moment: a row's number would count the ticks that others had."""
    seed = rules.seed(app.key, new.guild_id, new.opened_at.isoformat())
    return await store.add(tx, replace(new, seed=seed))


async def _go_on(
    app: App, one: Round, server_name: ServerNames, without_us: Collection[int], now: datetime
) -> int:
    """As far as it goes by now; gives how many steps that were."""
    steps = 0
    while (step := rules.step(one, now)) is not None:
        if step == "close":
            await _close(app, one, now)
        elif one.guild_id in without_us:
            await _stop(app, one, now)
        elif step == "lock":
            await _lock(app, one, now)
        elif step == "draw":
            await _draw(app, one, now)
        else:
            await _publish(app, one, server_name(one.guild_id), now)
        steps += 1
        async with app.store.read() as tx:
            one = await _one(tx, one.guild_id, one.id)
    return steps


async def _lock(app: App, one: Round, now: datetime) -> None:
    """What is asked is kept. Nobody waits any more: there is no round."""
    async with app.store.begin() as tx:
        fresh = await _one(tx, one.guild_id, one.id)
        if fresh.state != "open":
            return
        table = await drawing.for_round(tx, await settings.one(tx, one.guild_id), now)
        if table is None:
            await store.keep(tx, rules.cancelled(fresh, now))
        else:
            apart = await store.vetoes(tx, one.id)
            await store.keep(tx, rules.locked(fresh, drawing.papers(drawing.without(table, apart)), now))


async def _draw(app: App, one: Round, now: datetime) -> None:
    """Drawn, kept, and moderators told. A question that was changed by a veto meanwhile has its own answer."""
    table = decode(Table, one.given)
    try:
        drawn = await drawing.draw(app, table, one.seed)
    except WorkerTrouble as trouble:
        log.warning("Round %d could not be drawn: %s", one.id, trouble)
        await _stop(app, one, now)
        return
    async with app.store.begin() as tx:
        fresh = await _one(tx, one.guild_id, one.id)
        if fresh.state != "locked" or fresh.given != one.given:
            return
        way = await settings.one(tx, one.guild_id)
        after = rules.previewed(fresh, drawing.papers(drawn), way.preview_h, now)
        await store.keep(tx, after)
        await publishing.tell_moderators(tx, after, _told(after, table, drawn), now)


async def _publish(app: App, one: Round, server: str, now: datetime) -> Round:
    """Each pair is looked at once more, then everybody is told. Raises Refusal as `rules.published`."""
    async with app.store.begin() as tx:
        fresh = await _one(tx, one.guild_id, one.id)
        after = rules.published(fresh, now)
        table, drawn = decode(Table, fresh.given), decode(Drawn, fresh.result)
        kept = await publishing.still(tx, one.guild_id, drawn, now)
        await publishing.tell(tx, one.id, kept, server, now)
        asked = [each.request_id for each in table.wanting]
        days = publishing.WEEKLY if one.drawn == "weekly" else publishing.USUAL
        await publishing.tell_nobody(tx, await settings.one(tx, one.guild_id), asked, server, now, days)
        await store.keep(tx, after)
        await publishing.tell_moderators(tx, after, _told(after, table, drawn), now)
        return after


async def _close(app: App, one: Round, now: datetime) -> None:
    async with app.store.begin() as tx:
        fresh = await _one(tx, one.guild_id, one.id)
        if fresh.state == "published":
            await store.keep(tx, rules.closed(fresh, now))


async def _stop(app: App, one: Round, now: datetime) -> Round:
    """It is not published. Moderators who had heard of it, or wait for it, hear that."""
    async with app.store.begin() as tx:
        fresh = await _one(tx, one.guild_id, one.id)
        after = rules.cancelled(fresh, now)
        if after != fresh:
            await store.keep(tx, after)
            await publishing.tell_moderators(tx, after, _untold(after), now)
        return after


def _told(one: Round, table: Table, drawn: Drawn) -> RoundDrawn:
    figures = drawn.figures
    return RoundDrawn(
        one.guild_id,
        one.id,
        requests=counted.told(len(table.wanting)),
        readers=counted.told(drawing.reading(table)),
        filled=counted.told(figures.filled),
        wanted=counted.told(figures.wanted),
        short=counted.told(len(drawn.short)),
        publish_at=one.publish_at if one.state == "previewed" else None,
        state="published" if one.state == "published" else "previewed",
    )


def _untold(one: Round) -> RoundDrawn:
    return RoundDrawn(one.guild_id, one.id, 0, 0, 0, 0, 0, None, "cancelled")


# -- between rounds ------------------------------------------------------------------------------


async def _tick(app: App, way: Settings, server: str, without_us: Collection[int], now: datetime) -> int:
    """Whoever wants it soon is looked after, when the hour is over; gives 1 for a tick that was due."""
    async with app.store.read() as tx:
        fresh = await settings.one(tx, way.guild_id)
        if fresh.next_tick_at is None or fresh.next_tick_at > now:
            return 0
        standing = await store.standing(tx, way.guild_id)
        waits = fresh.guild_id in without_us or (standing is not None and standing.state != "previewed")
        spoken = drawing.spoken_for(standing)
        table = None if waits else await drawing.for_tick(tx, fresh, spoken, now)
    seed = rules.seed(app.key, way.guild_id, fresh.next_tick_at.isoformat())
    drawn = await _drawn(app, table, seed)
    async with app.store.begin() as tx:
        after = await settings.one(tx, way.guild_id)
        if table is not None and drawn is not None:
            await _tell_tick(tx, after, table, drawn, seed, server, now)
        await settings.wait_until(tx, way.guild_id, after.next_round_at, rules.next_tick_at(after, now))
    return 1


async def _drawn(app: App, table: Table | None, seed: str) -> Drawn | None:
    """None: nobody waits, or it can't be drawn; the next tick tries again."""
    if table is None:
        return None
    try:
        return await drawing.draw(app, table, seed)
    except WorkerTrouble as trouble:
        log.warning("A tick could not be drawn: %s", trouble)
        return None


async def _tell_tick(
    tx: Tx, way: Settings, table: Table, drawn: Drawn, seed: str, server: str, now: datetime
) -> None:
    """A tick that fills nothing leaves no round. Without weekly rounds it is the one to say that nobody fits."""
    kept = await publishing.still(tx, way.guild_id, drawn, now)
    if kept.chosen or kept.beside:
        begun = replace(rules.begun(way.guild_id, "tick", None, now), seed=seed)
        whole = rules.locked(begun, drawing.papers(table), now)
        whole = rules.previewed(whole, drawing.papers(drawn), 0, now)
        new = await store.add(tx, rules.published(whole, now))
        await publishing.tell(tx, new.id, kept, server, now)
    if not way.weekly:
        patient = {one.request_id for one in table.wanting if one.least}
        asked = [one.request_id for one in table.wanting if one.request_id not in patient]
        await publishing.tell_nobody(tx, way, asked, server, now)


# -- erasure -------------------------------------------------------------------------------------


async def forget(tx: Tx, key: Key, now: datetime) -> None:
    """No paper of a round names them any more. One that is not published is asked and drawn anew, without them.

    For erasure, in its transaction, after their requests and what they read are gone.
    """
    for one in await store.with_papers(tx, key.guild_id):
        if str(key.user_id) in one.given:
            void = replace(one, given="", result="")
            standing = one.state in rules.STANDING
            await store.keep(tx, replace(void, state="open", publish_at=now) if standing else void)
    await store.forget_vetoes(tx, key.guild_id, key.user_id)


# -- moderators ----------------------------------------------------------------------------------


async def open_round(app: App, who: Person, now: datetime) -> Round:
    """A round begins now; the next beat draws it. Of two that are opened at once one is.

    Refuses "reviews_off", "round_open" (round_id: of the one that is not published yet) and "nobody_waits".
    """
    moderators_only(who)
    async with app.store.begin() as tx:
        await _on(tx, who.guild_id)
        if (standing := await store.standing(tx, who.guild_id)) is not None:
            raise Refusal("round_open", round_id=standing.id)
        if not await _anybody_waits(tx, who.guild_id):
            raise Refusal("nobody_waits")
        return await _begin(app, tx, rules.begun(who.guild_id, "hand", who.id, now))


async def preview(app: App, who: Person) -> Preview:
    """The round that waits for a look. Refuses "no_round", and "round_not_previewed" while it is drawn."""
    moderators_only(who)
    async with app.store.read() as tx:
        standing = await store.standing(tx, who.guild_id)
        if standing is None:
            raise Refusal("no_round")
        return await _preview(tx, standing, who)


async def _preview(tx: Tx, one: Round, who: Person) -> Preview:
    if one.state != "previewed":
        raise Refusal("round_not_previewed" if one.state in rules.STANDING else "round_over")
    table, drawn = decode(Table, one.given), decode(Drawn, one.result)
    named = await drawing.named_to(tx, one.guild_id, who.id, table)
    return drawing.preview(table, drawn, named, one.id, one.publish_at)


async def dry_run(app: App, who: Person, now: datetime) -> Preview:
    """What a round would be now. Nothing of it is kept. Refuses "reviews_off", "nobody_waits" and "draw_failed"."""
    moderators_only(who)
    async with app.store.read() as tx:
        way = await _on(tx, who.guild_id)
        table = await drawing.for_round(tx, way, now)
        if table is None:
            raise Refusal("nobody_waits")
        named = await drawing.named_to(tx, who.guild_id, who.id, table)
    try:
        drawn = await drawing.draw(app, table, rules.seed(app.key, who.guild_id, "dry run"))
    except WorkerTrouble:
        raise Refusal("draw_failed") from None
    return drawing.preview(table, drawn, named, None, None)


async def veto(
    app: App, who: Person, round_id: int, author_id: int, reader_id: int, now: datetime
) -> Preview:
    """These two are not brought together in this round, which is drawn again at once.

    Refuses "round_gone", "round_over", "round_not_previewed", and "pair_gone": they are no pair of it, or the
    moderator is one of the two.
    """
    moderators_only(who)
    async with app.store.begin() as tx:
        one = await _one(tx, who.guild_id, round_id)
        seen = await _preview(tx, one, who)
        pairs = {(each.author_id, each.reader_id) for each in (*seen.pairs, *seen.beside)}
        if (author_id, reader_id) not in pairs:
            raise Refusal("pair_gone")
        await store.veto(tx, one, author_id, reader_id, who.id, now)
        table = drawing.without(decode(Table, one.given), await store.vetoes(tx, round_id))
        after = rules.locked(one, drawing.papers(table), now)
        await store.keep(tx, after)
    await _draw(app, after, now)
    async with app.store.read() as tx:
        return await _preview(tx, await _one(tx, who.guild_id, round_id), who)


async def publish(app: App, who: Person, round_id: int, server: str, now: datetime) -> Round:
    """Everybody is told now. server: what it is called. Refuses "round_gone", "round_over", "round_not_previewed"."""
    moderators_only(who)
    async with app.store.read() as tx:
        one = await _one(tx, who.guild_id, round_id)
    return await _publish(app, one, server, now)


async def cancel(app: App, who: Person, round_id: int, now: datetime) -> Round:
    """It is not published; who waits, waits on. Twice is once. Refuses "round_gone" and "round_over"."""
    moderators_only(who)
    async with app.store.read() as tx:
        one = await _one(tx, who.guild_id, round_id)
    return await _stop(app, one, now)


async def _on(tx: Tx, guild_id: int) -> Settings:
    way = await settings.one(tx, guild_id)
    if way.channel_id is None:
        raise Refusal("reviews_off")
    return way


async def _one(tx: Tx, guild_id: int, round_id: int) -> Round:
    one = await store.one(tx, guild_id, round_id)
    if one is None:
        raise Refusal("round_gone")
    return one
