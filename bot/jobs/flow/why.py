"""Why an opening was told, or not: every stage from feed to reader, as it stands now.

Asked about one opening, for each subscription that the person may know of: their own, and those of channels they can
see. The words are ours; what a board or posting wrote stands apart, since it still has to be escaped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.jobs import digests, routes, store
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.audience import filters_of
from bot.jobs.flow.finding import find
from bot.jobs.flow.hearing import ears_of, scene_of
from bot.jobs.hearing import Stage, Stages, filter_stages
from bot.jobs.openings import Opening, SeenOn, Silent
from bot.jobs.store.waiting import Waits
from bot.jobs.subscriptions import Subscription
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.storage import Tx

_SILENT: dict[Silent, str] = {
    "first_reading": "It stood in the board's first reading, of which only the newest are told.",
    "old": "It was old already when I first read it.",
    "on_site": "It is work at a place, not remote.",
    "no_job": "It doesn't look like a job.",
    "many": "Its board's first reading brought too many; the newest were told.",
}
_DEAF = {
    "server_left": "I am not in that server any more.",
    "feed": "This server doesn't listen to that board.",
    "company": "Moderators here don't want openings of this company.",
    "taken_down": "Moderators here took it down.",
    "hidden": "You have hidden it, or its company.",
    "filter_needed": "This board is only heard where a filter says what is wanted.",
}
_WAITS = {
    "rhythm": "It waits for its turn.",
    "cap": "The day's cards were used up, so it waits for the digest.",
    "company": "This company had its share of the day, so it waits for the digest.",
    "paused": "It came during a pause and waits for the digest.",
    "dm_closed": "My messages don't reach you, so it waits in /jobs alerts.",
    "under_way": "It stands in a message that is on its way to you.",
}
_STATES = {
    "new": (None, "It is promised and goes out when its turn comes."),
    "retry": (None, "Sending it failed; it is tried again."),
    "held": (None, "It waits until the subscription goes on."),
    "sending": (None, "It is being sent."),
    "sent": (True, "It was posted."),
    "dead": (False, "It could not be posted."),
    "uncertain": (None, "It may or may not have arrived; nothing is posted twice."),
}


@dataclass(frozen=True, slots=True)
class WhyNot:
    """common: the way to everybody. readers: from there to each; none when nobody listens.

    opening: None when it is not known; then `common` says so.
    """

    opening: Opening | None
    common: tuple[Stage, ...]
    readers: tuple[Stages, ...] = ()


async def why_not(
    app: App, person: Person, which: int | str, now: datetime, visible: Collection[int] = ()
) -> WhyNot:
    """Every stage of one opening, given by its id or by a link to it.

    visible: the channels that this person can see; moderators know of every subscription of their server.
    """
    async with app.store.read() as tx:
        one = await find(tx, which, person.guild_id)
        if one is None:
            unknown = Stage("read", False, "None of the boards I read has shown me this opening.")
            return WhyNot(None, (unknown,))
        ears = await ears_of(tx, [one])
        shown = (await store.sightings.of_openings(tx, [one.id])).get(one.id, [])
        seen_on = [seen for seen in shown if ears.hear(person.guild_id, seen.feed_id)]
        common = (*_common(one, seen_on), *await _storm(tx, one, person.guild_id))
        known = await store.subscriptions.seen_by(tx, person.guild_id, person.id, channels=True)
        asked = [by for by in known if by.member_id or person.manages or by.channel_id in visible]
        return WhyNot(one, common, tuple([await _reader(tx, app, by, one, now) for by in asked]))


# -- the way to everybody ------------------------------------------------------------------------


def _common(one: Opening, seen_on: Collection[SeenOn]) -> Iterator[Stage]:
    yield Stage("read", True, "I read it first on", one.board, one.first_seen_at)
    for seen in seen_on:
        if seen.board != one.board:
            yield Stage("also", True, "It is also on", seen.board, seen.first_seen_at)
    if one.silent is not None:
        yield Stage("announced", False, _SILENT[one.silent])
    if one.folded_into is not None:
        yield Stage(
            "folded",
            None,
            "It differs from another one in its place alone, and is told in that one's message.",
        )
    if one.closed_at is not None:
        gone = "It has run out." if one.closed_why == "expired" else "Its board doesn't show it any more."
        yield Stage("open", False, gone, at=one.closed_at)


async def _storm(tx: Tx, one: Opening, guild_id: int) -> list[Stage]:
    if one.storm_id is None:
        return []
    approved = await store.hearing.storm_approved(tx, one.storm_id, guild_id)
    words = {
        None: "Its whole board suddenly looked new, so it waits for a moderator here.",
        True: "Its whole board suddenly looked new; a moderator here let it through.",
        False: "Its whole board suddenly looked new; a moderator here left it out.",
    }
    return [Stage("held", approved, words[approved])]


# -- from there to one reader --------------------------------------------------------------------


async def _reader(tx: Tx, app: App, by: Subscription, one: Opening, now: datetime) -> Stages:
    scene = await scene_of(tx, [one], [[by]])
    shown_from = one.dated + (await delays_of(app, tx)).get(one.feed_id, timedelta())
    stages = []
    if (deaf := scene.deaf(by, one)) is not None:
        stages.append(Stage("server", False, _DEAF[deaf]))
    if by.state == "paused":
        stages.append(Stage("on", False, "The subscription is paused.", at=by.changed_at))
    elif by.changed_at > one.first_seen_at:
        stages.append(
            Stage("on", None, "It came before the subscription was last changed.", at=by.changed_at)
        )
    queries = await filters_of(tx, by)
    left = digests.corrected(one, scene.withheld(by.guild_id, one.id))
    stages += filter_stages(queries, left.document(now))
    if shown_from > now:
        stages.append(Stage("delay", None, "Its board asks that nobody shows it before", at=shown_from))
    stages += await _told(tx, by, one)
    return Stages(by, tuple(stages))


async def _told(tx: Tx, by: Subscription, one: Opening) -> list[Stage]:
    """Where it is on its way to them: waiting, promised, said."""
    waits = (await store.waiting.waits_for(tx, one.id, [by.id])).get(by.id)
    if waits is not None:
        return [Stage("waits", None, _WAITS[waits.why], at=await _turn(tx, by, waits))]
    if by.channel_id is not None:
        key = routes.card_key(one.id, by.channel_id)
        told = [said for said in await outbox.said(tx, key) if said.key == key]
        told += [
            said
            for said in await outbox.said(tx, digests.digests_of(by.id))
            if digests.names(said.value, one.id)
        ]
    else:
        alerts = await outbox.said(tx, digests.alerts_of(by.guild_id, by.member_id or 0))
        told = [said for said in alerts if digests.names(said.value, one.id)]
    if not told:
        return [Stage("told", False, "Nothing was promised here.")]
    return [Stage("told", *_STATES[said.state]) for said in told]


async def _turn(tx: Tx, by: Subscription, waits: Waits) -> datetime | None:
    """When what waits is told; None when that isn't known."""
    if waits.why in ("dm_closed", "under_way"):
        return None
    member = None
    if by.member_id is not None:
        member = (await members.members_in(tx, by.guild_id, [by.member_id])).get(by.member_id)
        if member is None:
            return None
    return digests.told_at(by, member, waits.since)
