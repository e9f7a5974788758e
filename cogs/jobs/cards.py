"""Notices of `bot.jobs` to the moderators' channel: pure, no flow, no Discord call.

Every card carries its delivery's nonce in a custom_id: our marker, should we ever have to look whether it arrived.
"""

from __future__ import annotations

from typing import Any

from discord import ui

from bot.deliveries.outcome import CHANNEL_CODES
from bot.jobs.added import is_added
from bot.jobs.messages import ChannelTrouble, FeedRecovered, FeedTrouble, StormHeld
from bot.jobs.openings import Opening
from bot.moderation import permissions
from cogs.gate import code, escape, title_link
from cogs.jobs.places import KINDS
from cogs.layout import ATTENTION, ago, button, cards_wait, message, row
from cogs.router import custom_id

_TITLE, _COMPANY, _WORDS = 200, 100, 400


def sample(one: Opening) -> str:
    """An opening as one line of a preview."""
    company = f" · {escape(one.company, _COMPANY)}" if one.company else ""
    return f"• {title_link(one.title, one.url, _TITLE)}{company} · {escape(one.board, _COMPANY)} · {ago(one.dated)}"


# -- notices to the moderators' channel ----------------------------------------------------------


def feed_trouble(notice: FeedTrouble, nonce: str) -> ui.LayoutView:
    return message(
        f"### {escape(notice.board, _COMPANY)} can't be read",
        escape(notice.words, _WORDS),
        f"-# Since {ago(notice.since)}. I keep trying, less and less often, and tell you when it works again.",
        rows=[row(*_ways_out(notice.feed_id, nonce))],
        accent=ATTENTION,
    )


def _ways_out(feed_id: str, nonce: str) -> list[ui.Button[Any]]:
    """A feed that moderators added is theirs to mend; one of the book is the owner's."""
    again = button("Try again now", "jobs.feed.again", feed_id, nonce)
    if not is_added(feed_id):
        return [again]
    return [
        again,
        button("Replace", "feeds.notice.replace", feed_id, nonce),
        button("Remove", "feeds.notice.remove", feed_id, nonce),
    ]


def feed_recovered(notice: FeedRecovered, nonce: str) -> ui.LayoutView:
    return message(
        f"### {escape(notice.board, _COMPANY)} works again",
        f"It failed from {ago(notice.since)} until {ago(notice.until)}. Nothing that it still lists was lost.",
        rows=[row(button("Seen", "jobs.notice.seen", nonce))],
    )


def storm_held(notice: StormHeld, nonce: str) -> ui.LayoutView:
    titles = "\n".join(f"• {escape(title, _TITLE)}" for title in notice.titles)
    return message(
        f"### {escape(notice.board, _COMPANY)} suddenly looks new",
        f"{notice.held} of {notice.of} openings are ones I have never seen. The board may have renamed everything. "
        f"I hold them back until you decide.",
        titles,
        rows=[
            row(
                button("Approve: post them", "jobs.storm", notice.storm_id, "yes", nonce),
                button("Skip them", "jobs.storm", notice.storm_id, "no", nonce),
            )
        ],
        accent=ATTENTION,
    )


_CHANNEL_WORDS = {
    "unknown_channel": "The channel is gone. Choose another below, or stop this subscription.",
    "missing_access": "I can't see {channel} any more. Grant View Channel under {where}, then press *Go on*.",
    "missing_permission": "I may no longer post in {channel}. Grant Send Messages under {where}, then press *Go on*.",
    "thread_locked": "{channel} is locked. Unlock it or grant Manage Threads under {where}, then press *Go on*.",
    "tag_required": "Every post in {channel} needs a tag, and none of its tags fits. Choose one that always fits "
    "in /jobs alerts, then press *Go on*.",
    "uncertain": "{cards} for {channel} may or may not have arrived: I may not read the history there. "
    "I post nothing twice. Grant Read Message History to avoid this.",
}
_LEFT_OUT = "{cards} for {channel} could not be posted. {detail} Nothing to do: all others go on."


def channel_trouble(notice: ChannelTrouble, nonce: str) -> ui.LayoutView:
    words = _CHANNEL_WORDS.get(notice.code, _LEFT_OUT).format(
        channel=f"<#{notice.channel_id}>",
        where=permissions.WHERE,
        detail=escape(notice.detail, _WORDS),
        cards="One card" if notice.cards == 1 else f"{notice.cards} cards",
    )
    pausing = notice.code in CHANNEL_CODES
    asked = code(notice.filter, 300) if notice.filter else "everything"
    elsewhere: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=custom_id("jobs.notice.move", notice.subscription_id, nonce),
        placeholder="Post in another channel instead",
        channel_types=KINDS,
    )
    go_on = button("Go on", "jobs.notice.resume", notice.subscription_id, nonce)
    stop = button("Stop it", "jobs.notice.stop", notice.subscription_id, nonce)
    rows = [row(stop) if notice.code == "unknown_channel" else row(go_on, stop), row(elsewhere)]
    return message(
        f"### A subscription {'is paused' if pausing else 'needs a look'}",
        words,
        f"-# Filter: {asked}" + cards_wait(notice.waiting),
        rows=rows if pausing else [row(button("Seen", "jobs.notice.seen", nonce))],
        accent=ATTENTION,
    )
