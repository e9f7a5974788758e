"""What members tell of openings, to the moderators' channel; what they found, for all to see. Pure.

A notice never says who told it. Every card carries its delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.jobs.doubts import FACTS, THE_OPENING
from bot.jobs.messages import Doubted, LooksLikeScam, Offered, SharedCard, ShareTold
from bot.moderation import permissions
from cogs.gate import escape, title_link
from cogs.jobs.opening_card import COMPANY, TITLE, fact_lines, shown_facts
from cogs.layout import ACCENT, ATTENTION, ago, button, message, row
from cogs.router import custom_id

_SAID, _QUOTE, _RULE, _WORDS, _MOST_REASONS = 300, 200, 60, 300, 5
_DECIDED = {
    "agreed": "Taken back here",
    "dismissed": "It is right",
    "undone": "Shown again",
}
_DECIDED_OPENING = {
    "agreed": "Taken down here",
    "blocked": "Taken down here, and the company is blocked",
    "dismissed": "It is fine",
    "undone": "Shown again",
}
_DECIDED_SHARE = {"posted": "Posted", "declined": "Declined"}


def doubted(notice: Doubted, nonce: str) -> ui.LayoutView:
    """Is a fact right? With the words that gave it, and the rule that read them."""
    about = notice.opening_id, notice.fact
    named = FACTS[notice.fact]
    read = f"Read from: “{escape(notice.quote, _QUOTE)}”" if notice.quote else "The board says so itself."
    rule = f"-# Rule: {escape(notice.rule, _RULE)}" if notice.rule else ""
    waiting = row(
        button("Take it back here", "jobs.doubt", *about, "yes", nonce),
        button("It is right", "jobs.doubt", *about, "no", nonce),
        button("What they wrote", "jobs.doubt.words", *about, nonce),
    )
    return message(
        "### A fact may be wrong",
        _heading(notice.title, notice.company, notice.url),
        f"**{named}:** {escape(notice.said, _SAID)}\n{read}",
        f"{_members(notice.times)} it is wrong. Taken back, it is stated nowhere in this server.",
        rule,
        _decision(_DECIDED, notice.decided, notice.decided_by),
        rows=[_row(waiting, notice.decided, nonce, *about)],
        accent=ACCENT if notice.decided else ATTENTION,
    )


def looks_like_scam(notice: LooksLikeScam, nonce: str) -> ui.LayoutView:
    """Is an opening a scam? With the reasons that we saw ourselves."""
    about = notice.opening_id
    reasons = [f"• {said}{_because(quote)}" for said, quote in notice.reasons[:_MOST_REASONS]]
    waiting = [
        button("Take down here", "jobs.suspect", about, "yes", nonce),
        button("It is fine", "jobs.suspect", about, "no", nonce),
        button("What they wrote", "jobs.doubt.words", about, THE_OPENING, nonce),
    ]
    if notice.company:
        waiting.insert(1, button("Block the company", "jobs.suspect", about, "block", nonce))
    return message(
        "### An opening may be a scam",
        _heading(notice.title, notice.company, notice.url),
        "\n".join(["I saw myself:", *reasons]) if reasons else "I saw no reason myself.",
        f"{_members(notice.times)} it looks like one. Its cards here can be taken down.",
        _decision(_DECIDED_OPENING, notice.decided, notice.decided_by),
        rows=[_row(row(*waiting), notice.decided, nonce, about, THE_OPENING)],
        accent=ACCENT if notice.decided else ATTENTION,
    )


def _members(times: int) -> str:
    return "One member says" if times == 1 else f"{times} members say"


def _because(quote: str) -> str:
    return f" “{escape(quote, _QUOTE)}”" if quote else ""


def _heading(title: str, company: str, url: str) -> str:
    linked = title_link(title, url, TITLE + len(url))
    return f"{linked} · {escape(company, COMPANY)}" if company else linked


def _decision(words: dict[str, str], decided: str, by: int) -> str:
    return f"**{words[decided]}** · <@{by}>" if decided else ""


def _row(waiting: ui.ActionRow[Any], decided: str, nonce: str, *about: object) -> ui.ActionRow[Any]:
    """The buttons; once decided a way back from what was taken away."""
    if not decided:
        return waiting
    if decided in ("agreed", "blocked"):
        return row(button("Undo", "jobs.doubt.undo", *about, nonce))
    return row(_done(nonce))


def _done(nonce: str) -> ui.Button[Any]:
    done = button("Done", "jobs.notice.done", nonce)
    done.disabled = True
    return done


# -- what a member found -------------------------------------------------------------------------


def offered(notice: Offered, nonce: str) -> ui.LayoutView:
    """A find waits for a moderator, who chooses where it is posted."""
    where: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=custom_id("jobs.share.post", notice.share_id, nonce),
        placeholder="Post it in …",
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
    )
    rows = [row(where), row(button("Decline", "jobs.share.decline", notice.share_id, nonce))]
    known = (
        f"I know it, {escape(notice.attribution, COMPANY)}."
        if notice.attribution
        else ("No feed of mine has it. Open the link before you post it.")
    )
    return message(
        "### A find could not be posted" if notice.trouble else "### A member offers a find",
        _not_posted(notice),
        _heading(notice.title, notice.company, notice.url),
        _says(notice.words),
        f"-# {known}",
        _decision(_DECIDED_SHARE, notice.decided, notice.decided_by),
        rows=[row(_done(nonce))] if notice.decided else rows,
        accent=ACCENT if notice.decided else ATTENTION,
    )


_TROUBLES = {
    "unknown_channel": "Its channel is gone. Choose another one below.",
    "missing_access": "I can't see {channel}. Grant View Channel under {where}, or choose another channel.",
    "missing_permission": "I may not post in {channel}. Grant Send Messages under {where}, or choose another one.",
    "uncertain": "It may or may not stand in {channel}. Look there, and post it again only if it doesn't.",
}
_REFUSED = "{channel} didn't take it. {detail} Choose another channel, or decline it."


def _not_posted(notice: Offered) -> str:
    """Why it waits once more, and what to do."""
    words = _TROUBLES.get(notice.trouble, _REFUSED)
    named = {"channel": f"<#{notice.tried}>", "where": permissions.WHERE}
    return words.format(**named, detail=escape(notice.detail, _SAID)) if notice.trouble else ""


def shared(card: SharedCard, nonce: str) -> ui.LayoutView:
    """A find in a channel. Where we know the opening, with its facts and buttons."""
    by = f"shared by <@{card.by_id}>" if card.by_id else "shared by a member"
    link: ui.Button[Any] = ui.Button(label="Open", url=card.url)
    known = card.opening
    if known is None:
        return message(
            f"### {title_link(card.title, card.url, TITLE + len(card.url))}",
            escape(card.company, COMPANY),
            _says(card.words),
            f"-# {by} · no feed of mine has it, so I checked nothing",
            rows=[row(link, button("Share a find", "jobs.share.mine", nonce))],
        )
    if known.taken_down:
        return message(
            "### **Taken down** by the moderators here",
            _heading(card.title, card.company, "")
            + "\n-# It looked like a scam to them. Don't send it money or documents.",
            rows=[row(button("More", "jobs.more", known.opening_id, nonce))],
        )
    since = ago(known.published_at or known.first_seen_at)
    linked = title_link(card.title, card.url, TITLE + len(card.url))
    closed = known.closed_at is not None
    keep = [] if closed else [button("Save", "jobs.keep", known.opening_id, nonce)]
    return message(
        f"### **Closed** · ~~{linked}~~" if closed else f"### {linked}",
        "\n".join(fact_lines(shown_facts(known), known)),
        _says(card.words),
        f"-# {escape(known.attribution, COMPANY)} · {since} · {by}",
        rows=[row(link, *keep, button("More", "jobs.more", known.opening_id, nonce))],
    )


def _says(words: str) -> str:
    return f"They say: “{escape(words, _WORDS)}”" if words else ""


def share_told(letter: ShareTold, nonce: str) -> ui.LayoutView:
    """To the member: what became of their find."""
    if letter.discreet:
        said = "A moderator looked at what you offered. Type /jobs share there to see."
    elif letter.channel_id is None:
        said = f"“{escape(letter.title, TITLE)}” was not posted. Moderators chose so; others are welcome."
    else:
        said = f"“{escape(letter.title, TITLE)}” stands in <#{letter.channel_id}> now. Thank you."
    return message(said, rows=[row(_done(nonce))])
