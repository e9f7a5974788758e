"""A thank-you for a card, and an offer to help with what its author asked for."""

from __future__ import annotations

from datetime import datetime

from bot.app import App
from bot.checkins import thanks as rules
from bot.checkins.messages import HELP_OFFERED, HelpOffered
from bot.checkins.store import members as memberships
from bot.checkins.store import saying, weeks
from bot.checkins.store import thanks as store
from bot.checkins.values import MemberWeek
from bot.deliveries import store as outbox
from bot.people.flow import members
from bot.people.flow.meeting import meetings
from bot.people.letters import letter
from bot.people.may_meet import may_meet
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Tx


async def thank(app: App, key: Key, week_id: int, now: datetime) -> bool:
    """A thank-you, of which its author alone sees how many there are. Twice is once: False.

    Refuses "card_gone", "not_in_group", "own_card" and "thanks_limit".
    """
    async with app.store.begin() as tx:
        await _seen(tx, key, week_id)
        if await store.said(tx, week_id, key.user_id):
            return False
        rules.room_for_one(await store.given_since(tx, key.guild_id, key.user_id, now - rules.THANKS_IN))
        return await store.add(tx, key.guild_id, week_id, key.user_id, now)


async def offer_help(app: App, key: Key, week_id: int, server_name: str, now: datetime) -> None:
    """They can help with what a card asks for: its author learns who, by letter and on their page, nobody else does.

    It answers alike where the two must not meet, and nothing happens. Refuses "card_gone", "not_in_group" and
    "own_card".
    """
    async with app.store.begin() as tx:
        one = await _seen(tx, key, week_id)
        if not one.said.ideas:
            raise Refusal("card_gone")
        found = await meetings(tx, key.guild_id, [key.user_id, one.user_id])
        if not may_meet(found[key.user_id], found[one.user_id]):
            return
        if not await store.offer(tx, key.guild_id, week_id, key.user_id, now):
            return
        author = (await members.members_in(tx, key.guild_id, [one.user_id])).get(one.user_id)
        value = HelpOffered(
            key.guild_id,
            server_name,
            one.group_id,
            week_id,
            key.user_id,
            one.said.ideas,
            named=author is not None and author.opens("dm_names"),
        )
        about = f"checkin/{week_id}/help/{key.user_id}"
        await outbox.plan(tx, letter(HELP_OFFERED, about, value, author, now), now)


async def helpers(app: App, key: Key, week_id: int) -> tuple[int, tuple[int, ...]] | None:
    """(group, who offered to help with what I asked for in that week, the first one first); None: it isn't mine."""
    async with app.store.read() as tx:
        one = await saying.one(tx, key.guild_id, key.user_id, week_id)
        if one is None:
            return None
        return one.group_id, (await store.helpers(tx, [week_id])).get(week_id, ())


async def _seen(tx: Tx, key: Key, week_id: int) -> MemberWeek:
    """Somebody else's card that this member can see."""
    one = await weeks.one(tx, key.guild_id, week_id)
    if one is None:
        raise Refusal("card_gone")
    rules.for_another(one, key.user_id)
    places = [(one.group_id, key.user_id), (one.group_id, one.user_id)]
    mine = (await memberships.some(tx, places)).get(places[0])
    threads = await saying.pod_threads(tx, places)
    same_pod = places[0] in threads and threads[places[0]] == one.card_place_id
    in_group = mine is not None and mine.left_at is None
    if not rules.sees(one, in_group=in_group, in_pod=same_pod):
        passes_by = rules.sees(one, in_group=True, in_pod=False)  # the channel is open to more than the group
        raise Refusal("not_in_group" if passes_by and not in_group else "card_gone")
    return one
