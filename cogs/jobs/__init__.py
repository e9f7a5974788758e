"""Jobs on Discord: commands, cards, forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.jobs.digests import ALERT, ALERT_TEST, DIGEST
from bot.jobs.doubts import DOUBTED, SCAM
from bot.jobs.flow.feeds import FEED_RECOVERED, FEED_TROUBLE, STORM_HELD
from bot.jobs.flow.hired import HIRED_NEWS
from bot.jobs.flow.promises import CHANNEL_TROUBLE
from bot.jobs.messages import (
    Alert,
    ChannelTrouble,
    Digest,
    Doubted,
    FeedRecovered,
    FeedTrouble,
    HiredNews,
    LooksLikeScam,
    Offered,
    OpeningCard,
    SharedCard,
    ShareTold,
    StormHeld,
)
from bot.jobs.routes import CARD
from bot.jobs.shares import OFFERED, SHARE, SHARE_TOLD
from cogs.jobs import (
    alert_forms,
    cards,
    check,
    community_cards,
    doubts,
    feeds_forms,
    find_jobs,
    forms,
    hired,
    hired_card,
    knows,
    market,
    mine,
    more,
    opening_card,
    saved,
    search,
    shares,
    subscribe_form,
    told_cards,
    unwanted,
)
from cogs.jobs.commands import Jobs
from cogs.jobs.feeds import Feeds
from cogs.messenger import Kind

if TYPE_CHECKING:
    from cogs.client import Outpost

KINDS = {
    CARD: Kind(OpeningCard, opening_card.opening, way=opening_card.way),
    DIGEST: Kind(Digest, told_cards.digest, way=told_cards.digest_way),
    ALERT: Kind(Alert, told_cards.alert, rings=True),
    ALERT_TEST: Kind(Alert, told_cards.alert, rings=True),
    HIRED_NEWS: Kind(HiredNews, hired_card.news, way=hired_card.way),
    FEED_TROUBLE: Kind(FeedTrouble, cards.feed_trouble),
    FEED_RECOVERED: Kind(FeedRecovered, cards.feed_recovered),
    STORM_HELD: Kind(StormHeld, cards.storm_held),
    CHANNEL_TROUBLE: Kind(ChannelTrouble, cards.channel_trouble),
    DOUBTED: Kind(Doubted, community_cards.doubted),
    SCAM: Kind(LooksLikeScam, community_cards.looks_like_scam),
    OFFERED: Kind(Offered, community_cards.offered),
    SHARE: Kind(SharedCard, community_cards.shared),
    SHARE_TOLD: Kind(ShareTold, community_cards.share_told),
}


async def setup(client: Outpost) -> None:
    await client.add_cog(Jobs(client.app))
    await client.add_cog(Feeds(client.app))
    client.router.add(forms.handlers(client.app))
    client.router.add(feeds_forms.handlers(client.app))
    for part in (subscribe_form, alert_forms, find_jobs, more, search, check, saved, hired, market, mine):
        client.router.add(part.handlers(client.app))
    for part in (doubts, shares, knows, unwanted):
        client.router.add(part.handlers(client.app))
    for menu in check.menus(client.app):
        client.tree.add_command(menu)
