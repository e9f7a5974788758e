"""Values of `bot.jobs` as messages: pure, no flow, no Discord call.

Looks (design/surface.md): calm, dense; one heading, facts in the order people ask for them, small print for the rest.
Every card carries its delivery's nonce in a custom_id: our marker, should we ever have to look whether it arrived.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.jobs.messages import ChannelTrouble, FeedRecovered, FeedTrouble, OpeningCard, StormHeld
from bot.jobs.openings import Opening
from bot.moderation import permissions
from cogs.gate import code, escape, title_link
from cogs.layout import ATTENTION, ago, button, cards_wait, message, row
from cogs.router import custom_id

_TITLE, _COMPANY, _CLAIM, _WORDS = 200, 100, 150, 400


# -- an opening ----------------------------------------------------------------------------------


def opening(card: OpeningCard, nonce: str) -> ui.LayoutView:
    """The card in a channel: what, who, where (as claimed), pay (as claimed), whose word it is."""
    return message(
        f"### {title_link(card.title, card.url, _TITLE)}",
        "\n".join(_facts(card.company, card.place_claim, card.pay_claim)),
        f"-# {escape(card.attribution, _COMPANY)} · {ago(card.published_at or card.first_seen_at)}",
        rows=[row(ui.Button(label="Open", url=card.url), button("More", "jobs.more", nonce))],
    )


def _facts(company: str, place: str, pay: str) -> list[str]:
    """A board's claims are called that: "Anywhere" was wrong in 22 of 30 (research/feeds.md 0.1)."""
    return [
        *([f"**{escape(company, _COMPANY)}**"] if company else []),
        f"**Place, says the board:** {escape(place, _CLAIM)}" if place else "**Place:** not stated",
        f"**Pay, says the board:** {escape(pay, _CLAIM)}" if pay else "**Pay:** not stated",
    ]


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
        rows=[row(button("Try again now", "jobs.feed.again", notice.feed_id, nonce))],
        accent=ATTENTION,
    )


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
    pausing = notice.code in ("unknown_channel", "missing_access", "missing_permission")
    asked = code(notice.filter, 300) if notice.filter else "everything"
    elsewhere: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=custom_id("jobs.notice.move", notice.subscription_id, nonce),
        placeholder="Post in another channel instead",
        channel_types=[discord.ChannelType.text],
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
