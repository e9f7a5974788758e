"""The one public message about a member's own search: they were hired, posted by their own press. Pure."""

from __future__ import annotations

from discord import ui

from bot.jobs.messages import HiredNews
from cogs.gate import escape
from cogs.layout import button, message, row
from cogs.ways import Way

_COMPANY = 80


def news(told: HiredNews, nonce: str) -> ui.LayoutView:
    """Who, and the company if they named it. It pings nobody; the button shows whoever presses their own list."""
    return message(news_words(told), rows=[row(button("My list", "jobs.saved.mine", told.guild_id, nonce))])


def way(told: HiredNews) -> Way:
    """Nobody's phone rings. In a forum it is a post of its own."""
    return Way(silent=True, post_title="Hired")


def news_words(told: HiredNews) -> str:
    """Also shown to its member beforehand."""
    company = f" at {escape(told.company, _COMPANY)}" if told.company else ""
    return (
        f"### <@{told.user_id}> was hired{company}\nThey told it themselves. Say congratulations if you like."
    )
