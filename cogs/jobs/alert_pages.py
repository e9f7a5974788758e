"""Private pages of `/jobs alerts`: all that is followed, and one of them from near. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import discord
from discord import ui

from bot.jobs.flow.alert_page import Kept, Opened
from bot.jobs.flow.subscriptions import Listed
from bot.jobs.messages import Alert, Digest, Line, OpeningCard
from bot.jobs.subscriptions import TRIED_DAYS, Subscription, ends_at
from bot.moderation import permissions
from bot.people.countries import country_name
from bot.people.letters import reachable
from cogs.gate import code, escape, title_link
from cogs.jobs import opening_card, told_cards
from cogs.jobs.card_lines import line
from cogs.jobs.pages import hears, target, unreached
from cogs.jobs.places import KINDS, Place
from cogs.jobs.rhythm_menus import tag_menu, when
from cogs.layout import ACCENT, button, cards_wait, message, row
from cogs.router import custom_id

PER_PAGE = 5  # a subscription takes three of Discord's forty components
LINES = 10  # of a list
_ROOM = 3_200  # characters for lines; Discord takes 4,000 in all
_TITLE, _COMPANY, _QUOTE = 160, 60, 160
_DANGER = discord.ButtonStyle.danger
_SAMPLE = "preview"  # in the place of a nonce

PAUSES = {"day": "For a day", "week": "For a week", "forever": "Until I resume it"}


# -- the list ------------------------------------------------------------------------------------


def alerts(listed: Sequence[Listed], page: int) -> ui.LayoutView:
    """Everything this person may see, five a page, each with a button that opens it."""
    if not listed:
        return message("You follow nothing yet. Start with /jobs subscribe.")
    last = (len(listed) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    view = ui.LayoutView(timeout=None)
    parts: list[ui.Item[Any]] = [ui.TextDisplay("### What is followed here")]
    for one in listed[page * PER_PAGE : (page + 1) * PER_PAGE]:
        kept = one.subscription
        parts.append(ui.Section(_listed(one), accessory=button("Open", "jobs.open", kept.id, page)))
    if last:
        nav = [button("Earlier", "jobs.page", page - 1)] if page else []
        nav += [button("More", "jobs.page", page + 1)] if page < last else []
        parts.append(row(*nav))
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def followed(listed: Sequence[Listed]) -> ui.LayoutView:
    """The same in a direct message, to read only."""
    if not listed:
        return message("You follow nothing there any more.")
    shown = "\n".join(f"• {hears(one.subscription, one.words, 200)}" for one in listed[:LINES])
    return message("### What you follow there", shown, "-# Change it with /jobs alerts in that server.")


def _listed(one: Listed) -> str:
    kept = one.subscription
    waits = f" · {openings(one.later)} wait{'s' if one.later == 1 else ''}" if one.later else ""
    return (
        f"**For {target(kept)}**{_state(kept)}{cards_wait(one.waiting)}{waits}\n{hears(kept, one.words, 300)}"
    )


def openings(count: int) -> str:
    return f"{count} opening{'' if count == 1 else 's'}"


def _state(kept: Subscription) -> str:
    return f" · **paused** ({pause_words(kept.pause_reason)})" if kept.state == "paused" else ""


def pause_words(reason: str | None) -> str:
    if until := ends_at(reason):
        return f"until <t:{int(until.timestamp())}:f>"
    return {
        "unknown_channel": "the channel is gone",
        "missing_access": f"I lack {permissions.named(['view_channel'])}",
        "missing_permission": f"I lack {permissions.named(['send_messages'])}",
        "thread_locked": "the thread is locked",
        "tag_required": "the forum wants a tag",
        "hired": "you were hired",
    }.get(reason or "", "by hand")


# -- one of them ---------------------------------------------------------------------------------


def one(opened: Opened, page: int, where: Place | None = None, manages: bool = False) -> ui.LayoutView:
    """Everything about one, and all that can be done with it. manages: this person may copy it to a channel."""
    kept = opened.subscription
    ids = kept.id, page
    turn = (
        button("Resume", "jobs.resume", *ids)
        if kept.state == "paused"
        else button("Pause", "jobs.pause", *ids)
    )
    rows = [
        row(
            button("Edit", "jobs.edit", kept.id, style=discord.ButtonStyle.primary),
            turn,
            button("Stop", "jobs.stop", *ids),
        ),
        row(button("Try on last week", "jobs.try", kept.id), button("Preview", "jobs.preview", kept.id)),
        row(
            button("Why not?", "jobs.whynot", kept.id),
            *([button("Kept from you", "jobs.spared", kept.id)] if opened.country else []),
            button("Back", "jobs.page", page),
        ),
    ]
    wants_tag = where is not None and where.tag_required and not kept.fallback_tag
    if where is not None and (wants_tag or kept.pause_reason == "tag_required"):
        rows.insert(0, row(tag_menu(where, "jobs.tag.saved", *ids)))
    if manages and kept.follows != "profile":
        rows.append(row(_copy_menu(kept)))
    if kept.member_id is not None and not reachable(opened.member):
        rows.insert(
            0, row(button("Let Outpost write to me", "jobs.letters", style=discord.ButtonStyle.primary))
        )
    return message(
        f"### For {target(kept)}{_state(kept)}",
        f"**Hears:** {hears(kept, opened.words)}",
        f"**When:** {when(kept, opened.member)}",
        _waits(opened),
        "**Tag:** Every post there needs one. Choose the tag for posts that no other fits."
        if wants_tag
        else "",
        *_unread(opened),
        rows=rows,
    )


def _copy_menu(kept: Subscription) -> ui.ChannelSelect[Any]:
    return ui.ChannelSelect(
        custom_id=custom_id("jobs.copy", kept.id), placeholder="Copy to another channel", channel_types=KINDS
    )


def _waits(opened: Opened) -> str:
    parts = []
    if opened.cards:
        parts.append(f"{opened.cards} card{' waits' if opened.cards == 1 else 's wait'} to be posted")
    if opened.later:
        at = f" until <t:{int(opened.next_at.timestamp())}:f>" if opened.next_at else ""
        parts.append(f"{openings(opened.later)} wait{'s' if opened.later == 1 else ''}{at}")
    return f"**Waiting:** {'; '.join(parts)}." if parts else ""


def _unread(opened: Opened) -> list[str]:
    """What no message brought to its member."""
    if opened.subscription.member_id is None or reachable(opened.member):
        return []
    shown, more = _fitting(opened.lines)
    head = f"**Not sent to you.** {unreached(opened.member)}"
    return [head, *shown, f"-# and {more + opened.later - len(opened.lines)} more" if shown and more else ""]


def _fitting(lines: Sequence[Line]) -> tuple[list[str], int]:
    """As many of the first lines as there is room for, and how many there is none for."""
    every = [line(each) for each in lines[:LINES]]
    fitting = sum(length <= _ROOM for length in accumulate(map(len, every)))
    return every[:fitting], len(lines) - fitting


def pausing(kept: Subscription, page: int) -> ui.LayoutView:
    """For how long?"""
    return message(
        f"### Pause what is followed for {target(kept)}?",
        "What is promised already waits. When you resume it, I offer what came meanwhile.",
        "-# A pause of a day or a week ends by itself. Then what came meanwhile is in the next "
        f"{'digest' if kept.channel_id else 'message'}.",
        rows=[
            row(
                *(button(words, "jobs.pause.for", kept.id, page, name) for name, words in PAUSES.items()),
                button("Back", "jobs.open", kept.id, page),
            )
        ],
    )


def resumed(kept: Subscription, missed: int, since: int, page: int) -> ui.LayoutView:
    """It goes on; what came meanwhile is offered. since: when the pause began, in seconds."""
    how = "next digest" if kept.channel_id else "next message"
    return message(
        f"It goes on for {target(kept)}. {openings(missed)} came meanwhile.",
        rows=[
            row(
                button(f"Bring them in the {how}", "jobs.bring", kept.id, since, page),
                button("Leave them", "jobs.open", kept.id, page),
            )
        ],
    )


def stopping(kept: Subscription, page: int) -> ui.LayoutView:
    """Asked once."""
    return message(
        f"### Stop what is followed for {target(kept)}?",
        f"Filter: {code(kept.filter, 300)}" if kept.filter else "",
        "What still waits is dropped. This can't be undone.",
        rows=[
            row(
                button("Stop it", "jobs.stop.yes", kept.id, page, style=_DANGER),
                button("Keep it", "jobs.open", kept.id, page),
            )
        ],
    )


# -- what it says --------------------------------------------------------------------------------


def preview(shown: list[OpeningCard] | Digest | Alert | None) -> ui.LayoutView:
    """What it would say, drawn as it would be said; its buttons do nothing."""
    match shown:
        case None | []:
            return message(f"Nothing of the last {TRIED_DAYS} days passes, so there is nothing to show.")
        case Digest():
            return _lifeless([told_cards.digest(shown, _SAMPLE)])
        case Alert():
            return _lifeless([told_cards.alert(shown, _SAMPLE)])
    views = [opening_card.opening(card, f"{_SAMPLE}{number}") for number, card in enumerate(shown)]
    lengths = accumulate(view.content_length() for view in views)
    return _lifeless([view for view, length in zip(views, lengths, strict=True) if length <= _ROOM + 600])


def _lifeless(views: Sequence[ui.LayoutView]) -> ui.LayoutView:
    whole = ui.LayoutView(timeout=None)
    whole.add_item(ui.TextDisplay("-# Only you see this. It would look so:"))
    for view in views:
        for item in list(view.children):
            view.remove_item(item)
            whole.add_item(item)
    for item in whole.walk_children():
        if isinstance(item, ui.Button) and item.url is None:
            item.disabled = True
    return whole


def kept_from(kept: Kept) -> ui.LayoutView:
    """Dead ends spared."""
    if not kept.known:
        return message("I don't know where you may work. Fill it in with /me profile.")
    where = country_name(kept.country) if kept.country else "your countries"
    if not kept.of:
        return message(
            f"In the last {TRIED_DAYS} days no “Anywhere” job that leaves out {where} was kept from you."
        )
    ends = "job that doesn't" if kept.of == 1 else "jobs that don't"
    lines = [
        f"**{title_link(each.title, each.url, _TITLE + len(each.url))}**"
        f"{f' · {escape(each.company, _COMPANY)}' if each.company else ''}\n"
        f"-# {escape(each.board, _COMPANY)} says anywhere; its text: “{escape(each.quote, _QUOTE)}”"
        for each in kept.spared
    ]
    return message(
        f"### Kept from you: {kept.of} “Anywhere” {ends} hire in {where}",
        *lines,
        f"-# Of the last {TRIED_DAYS} days, newest first.",
    )


def whole(lines: Sequence[Line], name: str, subscription_id: int, nonce: str, page: int) -> ui.LayoutView:
    """Behind the button of a digest or an alert: all it is about, ten a page. name: of that button."""
    if not lines:
        return message("None of these openings can be shown any more: they are closed, or were taken down.")
    last = (len(lines) - 1) // LINES
    page = min(max(page, 0), last)
    shown, _ = _fitting(lines[page * LINES : (page + 1) * LINES])
    turns = [button("Earlier", name, subscription_id, nonce, page - 1)] if page else []
    turns += [button("More", name, subscription_id, nonce, page + 1)] if page < last else []
    return message(f"### {openings(len(lines))}", *shown, rows=[row(*turns)] if turns else [])
