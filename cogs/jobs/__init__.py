"""Jobs on Discord: commands, cards, forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.jobs.flow.feeds import FEED_RECOVERED, FEED_TROUBLE, STORM_HELD
from bot.jobs.flow.promises import CHANNEL_TROUBLE
from bot.jobs.messages import ChannelTrouble, FeedRecovered, FeedTrouble, OpeningCard, StormHeld
from bot.jobs.routes import CARD
from cogs.jobs import cards, forms
from cogs.jobs.commands import Jobs
from cogs.messenger import Kind

if TYPE_CHECKING:
    from cogs.client import Outpost

KINDS = {
    CARD: Kind(OpeningCard, cards.opening),
    FEED_TROUBLE: Kind(FeedTrouble, cards.feed_trouble),
    FEED_RECOVERED: Kind(FeedRecovered, cards.feed_recovered),
    STORM_HELD: Kind(StormHeld, cards.storm_held),
    CHANNEL_TROUBLE: Kind(ChannelTrouble, cards.channel_trouble),
}


async def setup(client: Outpost) -> None:
    await client.add_cog(Jobs(client.app))
    client.router.add(forms.handlers(client.app))
