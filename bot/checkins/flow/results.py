"""A member's own list of what they achieved; only they see it."""

from __future__ import annotations

from datetime import date, datetime

from bot.app import App
from bot.checkins import plan as rules
from bot.checkins.store import saying
from bot.checkins.store import thanks as store
from bot.checkins.values import Result
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Tx

MOST_RESULTS = 200


async def pin(app: App, key: Key, text: str, week: date, now: datetime) -> Result:
    """Onto the list, in their own words. The same words twice are once.

    Refuses "result_empty", "too_long", "too_many_results" and "member_unknown".
    """
    async with app.store.begin() as tx:
        return await _pin(tx, key, text, week, now)


async def pin_goal(app: App, key: Key, week_id: int, number: int, now: datetime) -> Result:
    """A goal that they finished in that week; number: of those looked back on, from 0. Refuses "goal_unfinished"."""
    async with app.store.begin() as tx:
        one = await saying.one(tx, key.guild_id, key.user_id, week_id)
        if one is None:
            raise Refusal("checkin_gone")
        finished = [
            goal for position, goal in enumerate(one.said.reviewed) if position == number and goal.done
        ]
        if not finished:
            raise Refusal("goal_unfinished")
        return await _pin(tx, key, finished[0].text, one.week, now)


async def unpin(app: App, key: Key, result_id: int) -> None:
    """Off the list. One that is gone already is no trouble."""
    async with app.store.begin() as tx:
        await store.unpin(tx, key.guild_id, key.user_id, result_id)


async def results(app: App, key: Key) -> list[Result]:
    """The whole list, the oldest first."""
    async with app.store.read() as tx:
        return await store.results(tx, key.guild_id, key.user_id)


async def _pin(tx: Tx, key: Key, text: str, week: date, now: datetime) -> Result:
    words = rules.line_of(text, rules.MAX_RESULT, "result")
    if not words:
        raise Refusal("result_empty")
    if not await members.members_in(tx, key.guild_id, [key.user_id]):
        raise Refusal("member_unknown")
    before = await store.results(tx, key.guild_id, key.user_id)
    if words not in [one.text for one in before]:
        if len(before) >= MOST_RESULTS:
            raise Refusal("too_many_results", limit=MOST_RESULTS)
        await store.pin(tx, key.guild_id, key.user_id, words, week, now)
    every = await store.results(tx, key.guild_id, key.user_id)
    return next(one for one in every if one.text == words)
