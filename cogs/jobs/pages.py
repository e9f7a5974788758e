"""Private pages of `/jobs`: values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.jobs.flow.subscriptions import Listed, Proposal, Why
from bot.jobs.subscriptions import TRIED_DAYS, Subscription
from bot.moderation import permissions
from bot.refusals import Refusal
from cogs import refusals
from cogs.gate import escape, title_link
from cogs.jobs.cards import sample
from cogs.layout import ACCENT, ago, button, cards_wait, message, row

MOST_LINES = 15  # of reasons; a filter of 300 characters can have a hundred terms
PER_PAGE = 5  # a subscription takes five of Discord's forty components

_SAVE = discord.ButtonStyle.success


def target(subscription: Subscription) -> str:
    return f"<#{subscription.channel_id}>" if subscription.channel_id else "you alone"


def proposal(proposed: Proposal) -> ui.LayoutView:
    """Before saving: what it means, what it would have found, and one press to save."""
    kept = proposed.subscription
    return message(
        f"### {'Post in ' + target(kept) + '?' if kept.channel_id else 'An alert for you?'}",
        *_tried(proposed),
        rows=[
            row(
                button("Save", "jobs.save", kept.id, style=_SAVE),
                button("Change filter", "jobs.filter", kept.id),
                button("Discard", "jobs.discard", kept.id),
            )
        ],
    )


def tried_again(proposed: Proposal) -> ui.LayoutView:
    return message(f"### Tried for {target(proposed.subscription)}", *_tried(proposed))


def _tried(proposed: Proposal) -> list[str]:
    found = proposed.tried
    if found.of == 0:
        count = f"I have read no openings of the last {TRIED_DAYS} days yet, so I can't try it."
    else:
        a_day = f", about {found.passed / TRIED_DAYS:.0f} a day" if found.passed > TRIED_DAYS else ""
        passed = found.passed or "none"
        count = f"Of {found.of} openings of the last {TRIED_DAYS} days it lets {passed} through{a_day}."
    if found.unknown:
        count += f" For {found.unknown} the board doesn't say enough to tell."
    samples = "\n".join(sample(one) for one in found.samples)
    hints = "\n".join(f"-# {escape(hint, 300)}" for hint in proposed.hints)
    return [f"**Hears:** {escape(proposed.words, 600)}", hints, count, samples]


def saved(kept: Subscription) -> ui.LayoutView:
    if kept.channel_id:
        return message(
            f"Saved. New openings that pass are posted in {target(kept)}. Pause or stop it with /jobs alerts."
        )
    return message(
        "Saved, for you alone. I keep it, but can't deliver private alerts yet: that comes with a later version. "
        "Until then *Try on last week* in /jobs alerts shows what it finds."
    )


def mistake(refusal: Refusal) -> ui.LayoutView:
    """A filter with a mistake: where it is, and a press that reopens it with its text."""
    fix = button("Fix it", "jobs.filter", refusal.facts["draft_id"], style=discord.ButtonStyle.primary)
    return message(refusals.words(refusal), rows=[row(fix)])


def alerts(listed: Sequence[Listed], page: int) -> ui.LayoutView:
    """Everything this person may see, five a page, each with its buttons."""
    if not listed:
        return message("You follow nothing yet. Start with /jobs subscribe.")
    last = (len(listed) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    view = ui.LayoutView(timeout=None)
    parts: list[ui.Item[Any]] = [ui.TextDisplay("### What is followed here")]
    for one in listed[page * PER_PAGE : (page + 1) * PER_PAGE]:
        parts += [ui.TextDisplay(_listed(one)), _buttons(one.subscription, page)]
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    if last:
        nav = [button("Earlier", "jobs.page", page - 1)] if page else []
        nav += [button("More", "jobs.page", page + 1)] if page < last else []
        view.add_item(row(*nav))
    return view


def _listed(one: Listed) -> str:
    kept = one.subscription
    state = {"active": "", "paused": f" · **paused** ({pause_words(kept.pause_reason)})"}[kept.state]
    return f"**For {target(kept)}**{state}{cards_wait(one.waiting)}\n{escape(one.words, 300)}"


def pause_words(reason: str | None) -> str:
    return {
        "unknown_channel": "the channel is gone",
        "missing_access": f"I lack {permissions.named(['view_channel'])}",
        "missing_permission": f"I lack {permissions.named(['send_messages'])}",
    }.get(reason or "", "by hand")


def _buttons(kept: Subscription, page: int) -> ui.ActionRow[Any]:
    turn = button("Resume", "jobs.resume", kept.id, page) if kept.state == "paused" else None
    return row(
        button("Try on last week", "jobs.try", kept.id),
        turn or button("Pause", "jobs.pause", kept.id, page),
        button("Stop", "jobs.stop", kept.id, page),
    )


def closed(texts: Sequence[str], said: str, by: int, nonce: str) -> ui.LayoutView:
    """A notice that somebody dealt with: its text, what was decided and by whom. The marker stays in it."""
    done = button("Done", "jobs.notice.done", nonce)
    done.disabled = True
    return message(*texts, f"**{said}** · <@{by}>", rows=[row(done)])


def why(reasons: Why) -> ui.LayoutView:
    """Behind *More*: why this card is here, line by line."""
    card, kept = reasons.card, reasons.subscription
    whole = escape(card.filter, 300) if card.filter else "everything: it has no filter"
    lines = dict.fromkeys(f"• {escape(line.text, 200)}: {line.truth.name.lower()}" for line in reasons.lines)
    parts = "\n".join(list(lines)[:MOST_LINES])
    state = "" if kept is None or kept.state == "active" else f"\n-# That subscription is {kept.state} now."
    return message(
        f"### Why is it here?\n{title_link(card.title, card.url, 200)}",
        f"This channel's subscription lets it through: {whole}{state}",
        parts,
        f"-# First seen {ago(card.first_seen_at)}. Place and pay are the board's own words; I haven't checked them.",
    )
