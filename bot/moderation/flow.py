"""A server's settings: the moderators' channel, and where the bot lacks a permission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import NOWHERE_YET
from bot.moderation import store
from bot.moderation.rights import Person, bot_must_speak, moderators_only
from bot.storage import Tx


async def moderators_channels(tx: Tx, guild_ids: Iterable[int]) -> dict[int, int]:
    """Server → its moderators' channel; for other subjects, in their own transaction."""
    return await store.moderators_channels(tx, guild_ids)


async def moderators_channel(app: App, guild_id: int) -> int | None:
    """The channel where this server's moderators want to hear of troubles, if they chose one."""
    async with app.store.read() as tx:
        return (await store.moderators_channels(tx, [guild_id])).get(guild_id)


async def choose_moderators_channel(
    app: App, person: Person, channel_id: int, missing: Sequence[str] | None, now: datetime
) -> None:
    """Keep the choice of a moderator; refused where the bot may not speak. missing: as in `bot_must_speak`.

    Notices that were kept for it, or that the former channel never showed because it is gone or closed to the bot,
    go to this one.
    """
    moderators_only(person)
    bot_must_speak(channel_id, missing)
    async with app.store.begin() as tx:
        former = (await store.moderators_channels(tx, [person.guild_id])).get(person.guild_id, NOWHERE_YET)
        await outbox.redirect(tx, person.guild_id, former, channel_id, now)
        await store.set_moderators_channel(tx, person.guild_id, channel_id, person.id, now)
