"""What each change of a subscription asks first: is its filter understood, is it new there, is it still there?"""

from __future__ import annotations

from collections.abc import Sequence

from bot.app import App
from bot.jobs import store
from bot.jobs.flow.hearing import ears_of
from bot.jobs.query import Filter, FilterError, parse
from bot.jobs.subscriptions import Subscription
from bot.moderation.rights import Person
from bot.refusals import Refusal
from bot.storage import Tx


async def boards_for(app: App, text: str, guild_id: int) -> Sequence[str] | None:
    """The names that `board:` may find; None where none is asked for, since telling them reads every opening."""
    return await known_boards(app, guild_id) if "board:" in text.casefold() else None


def parsed(text: str, draft_id: int, boards: Sequence[str] | None = None) -> Filter:
    """The filter; a mistake is refused together with the draft in which it can be mended."""
    try:
        return parse(text, boards)
    except FilterError as wrong:
        raise Refusal("filter_wrong", error=wrong, draft_id=draft_id) from wrong


def not_twice(query: Filter, draft: Subscription, existing: Sequence[Subscription]) -> None:
    """The same words in other letters are the same filter: it hears the same."""
    wanted = draft.follows, draft.follows_channel_id, str(query).casefold()
    for one in existing:
        if one.id != draft.id and wanted == (
            one.follows,
            one.follows_channel_id,
            str(parse(one.filter)).casefold(),
        ):
            raise Refusal("subscribed_already", channel_id=draft.channel_id)


async def known_boards(app: App, guild_id: int) -> list[str]:
    """Boards by name: those of the book, and those that this server hears and we have openings of."""
    async with app.store.read() as tx:
        ears = await ears_of(tx, ())
        seen = {board for feed_id, board in await store.openings.boards(tx) if ears.hear(guild_id, feed_id)}
    return sorted(seen | {feed.name for feed in app.feeds.book if feed.enabled})


async def of_target(tx: Tx, person: Person, channel_id: int | None) -> list[Subscription]:
    """What is followed already in a channel of this person's server; None: by themselves."""
    if channel_id is None:
        return await store.subscriptions.of_member(tx, person.guild_id, person.id)
    return await store.subscriptions.of_channel(tx, person.guild_id, channel_id)


async def kept_in(tx: Tx, subscription_id: int) -> Subscription:
    """It, in somebody's own unit of work. Refused when it was erased meanwhile."""
    kept = await store.subscriptions.one(tx, subscription_id)
    if kept is None:
        raise Refusal("subscription_gone")
    return kept
