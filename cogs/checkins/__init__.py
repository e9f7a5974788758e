"""Weekly check-ins on Discord: what members see of them, what moderators set, and every word of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.checkins import messages
from cogs.checkins import (
    cards,
    cohort_forms,
    cohort_making,
    cohort_weeks,
    commands,
    join,
    letters,
    notices,
    now,
    own_history,
    own_settings,
    pod_cards,
    public,
    stats_forms,
    week,
)
from cogs.checkins.cohort import Cohort
from cogs.checkins.commands import Checkins
from cogs.messenger import Kind

if TYPE_CHECKING:
    from cogs.client import Outpost

KINDS: Mapping[str, Kind] = {
    messages.OPENER: Kind(messages.Opener, cards.opener),
    messages.CARD: Kind(messages.Card, cards.card),
    messages.DIGEST: Kind(messages.Digest, cards.digest),
    messages.POD_HELLO: Kind(messages.PodHello, pod_cards.pod_hello),
    messages.POD_CARD: Kind(messages.Card, cards.card),
    messages.POD_WORD: Kind(messages.PodWord, pod_cards.pod_word),
    messages.REMINDER: Kind(messages.Reminder, letters.reminder, rings=True),  # they set its hour themselves
    messages.DRIFT: Kind(messages.Drift, letters.drift),
    messages.HELP_OFFERED: Kind(messages.HelpOffered, letters.help_offered),
    messages.GROUP_BLOCKED: Kind(messages.GroupBlocked, notices.group_blocked),
    messages.SEASON_OVER: Kind(messages.SeasonOver, notices.season_over),
}


async def setup(client: Outpost) -> None:
    await client.add_cog(Checkins(client.app))
    await client.add_cog(Cohort(client.app))
    for mine in (commands, public, now, week, join, own_settings, own_history):
        client.router.add(mine.handlers(client.app))
    for of_moderators in (cohort_making, cohort_forms, cohort_weeks, stats_forms):
        client.router.add(of_moderators.handlers(client.app))
