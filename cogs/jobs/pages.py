"""Private pages of `/jobs subscribe`, and notices that somebody dealt with: values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.jobs.flow.subscriptions import Proposal, Saved
from bot.jobs.subscriptions import TRIED_DAYS, Subscription
from bot.people.letters import reachable
from bot.people.members import Member
from bot.refusals import Refusal
from cogs import refusals
from cogs.gate import escape
from cogs.jobs.cards import sample
from cogs.jobs.places import Place
from cogs.jobs.rhythm_menus import menus, tag_menu, when
from cogs.layout import button, message, row
from cogs.router import custom_id

MOST_CHANNELS = 25  # options of a menu
_MOST_MIRRORED, _LABEL = 3, 80

_SAVE, _FIRST = discord.ButtonStyle.success, discord.ButtonStyle.primary


def target(subscription: Subscription) -> str:
    return f"<#{subscription.channel_id}>" if subscription.channel_id else "you alone"


def hears(kept: Subscription, words: str, room: int = 600) -> str:
    """What it hears, in plain words. words: its own filter, read aloud."""
    own = escape(words, room)
    if kept.follows == "filter":
        return own
    followed = (
        "what your profile says" if kept.follows == "profile" else f"what <#{kept.follows_channel_id}> hears"
    )
    return f"{followed}, and {own}" if kept.filter else followed


# -- making one ----------------------------------------------------------------------------------


def follow(channels: Sequence[tuple[int, str]]) -> ui.LayoutView:
    """The first question, where nothing was typed. channels: (id, name) of those that openings are posted in."""
    rows = []
    if channels:
        options = [
            discord.SelectOption(label=f"#{name}"[:100], value=str(number)) for number, name in channels
        ]
        rows.append(
            row(
                ui.Select(
                    custom_id=custom_id("jobs.follow.channel"),
                    placeholder="The same as a channel here",
                    options=options[:MOST_CHANNELS],
                )
            )
        )
    rows.append(
        row(
            button("My profile", "jobs.follow", "profile"),
            button("My own filter", "jobs.own", style=_FIRST),
            button("Everything", "jobs.follow", "everything"),
        )
    )
    return message(
        "### What do you want to hear of?",
        "*My profile* follows where you may work, your skills, level and pay, also when you change them.",
        "-# Only you see this, and nobody learns what you follow.",
        rows=rows,
    )


def proposal(proposed: Proposal, where: Place | None = None) -> ui.LayoutView:
    """Before saving: what it means, what it would have found, when it tells; one press to save.

    where: its channel, as far as that matters for the page.
    """
    kept, editing = proposed.subscription, proposed.editing.id if proposed.editing else 0
    ask_tag = where is not None and where.tag_required and not kept.fallback_tag
    save = button("Save", "jobs.save", kept.id, editing, style=_SAVE)
    save.disabled = ask_tag
    as_form = button("Form", "jobs.form", kept.id, editing)
    as_form.disabled = not proposed.in_form
    more = [button("More settings", "jobs.settings", kept.id, editing)] if kept.channel_id else []
    buttons = [save, button("Change filter", "jobs.filter", kept.id, editing), as_form, *more]
    rows = [row(tag_menu(where, "jobs.tag", kept.id, editing))] if where and ask_tag else []
    return message(
        _heading(proposed),
        *_tried(proposed),
        f"**When:** {when(kept, proposed.member)}",
        "**Tag:** Every post there needs one. Choose the tag for posts that no other fits."
        if ask_tag
        else "",
        "\n".join(_small_print(proposed)),
        rows=[
            *rows,
            *menus(kept, editing),
            row(*buttons, button("Discard", "jobs.discard", kept.id)),
        ],
    )


def _heading(proposed: Proposal) -> str:
    kept = proposed.subscription
    if proposed.editing:
        return f"### Change what is followed for {target(kept)}"
    return f"### {'Post in ' + target(kept) + '?' if kept.channel_id else 'An alert for you?'}"


def _small_print(proposed: Proposal) -> list[str]:
    kept, lines = proposed.subscription, []
    if not proposed.in_form:
        lines.append("-# This filter says more than the form can show.")
    if proposed.editing:
        lines.append("-# Until you save, it goes on as it was.")
    return lines if kept.channel_id else [*lines, *_discreet(proposed.member)]


def _discreet(member: Member | None) -> list[str]:
    """What a member is told of how it reaches them."""
    said = []
    if member is None or member.zone is None:
        said.append("-# I don't know your time zone and reckon in UTC. Set it with /me settings.")
    if member is not None and member.opens("dm_names"):
        said.append(
            "-# It comes as a direct message that names the openings. /me settings can make it discreet."
        )
    else:
        said.append("-# It comes as a direct message that says how many there are, and nothing else.")
    return said


def tried_again(proposed: Proposal) -> ui.LayoutView:
    return message(f"### Tried for {target(proposed.subscription)}", *_tried(proposed))


def _tried(proposed: Proposal) -> list[str]:
    kept = proposed.subscription
    heard = f"**Hears:** {hears(kept, proposed.words)}"
    if proposed.says_nothing:
        return [heard, _SAYS_NOTHING[kept.follows]]
    found = proposed.tried
    if found.of == 0:
        count = f"I have read no openings of the last {TRIED_DAYS} days yet, so I can't try it."
    else:
        a_day = f", about {found.passed / TRIED_DAYS:.0f} a day" if found.passed > TRIED_DAYS else ""
        passed = f"{found.passed:,}" if found.passed else "none"
        count = f"Of {found.of:,} openings of the last {TRIED_DAYS} days it lets {passed} through{a_day}."
    if found.unknown:
        count += f" For {found.unknown} the board doesn't say enough to tell."
    samples = "\n".join(sample(one) for one in found.samples)
    hints = "\n".join(f"-# {escape(hint, 300)}" for hint in proposed.hints)
    return [heard, hints, count, _mirrored(proposed), samples]


_SAYS_NOTHING = {
    "profile": "Your profile doesn't say yet what you look for. Fill it in with /me profile, then it hears that.",
    "channel": "Nothing is followed in that channel now. It hears nothing until somebody follows something there.",
    "filter": "",
}


def _mirrored(proposed: Proposal) -> str:
    """ "Without *senior* it lets 19 through": the parts that change most, when they are left out."""
    passed = proposed.tried.passed
    telling = sorted(
        (one for one in proposed.mirror if one[1] != passed),
        key=lambda one: abs(one[1] - passed),
        reverse=True,
    )
    said = ", ".join(
        f"{escape(label, _LABEL)} {found or 'none'}" for label, found in telling[:_MOST_MIRRORED]
    )
    return f"-# Last week this found {passed or 'none'}; {said}." if said else ""


def saved(done: Saved) -> ui.LayoutView:
    """What happens from now on; for a member, whether and how they are told."""
    kept, member = done.subscription, done.member
    again = "Pause or stop it with /jobs alerts."
    if done.edited and kept.state == "paused":
        return message("Changed. It is still paused: resume it in /jobs alerts.")
    if kept.channel_id:
        said = "Changed." if done.edited else "Saved."
        return message(f"{said} New openings that pass are posted in {target(kept)}. {again}")
    said = "Changed, for you alone." if done.edited else "Saved, for you alone."
    if done.testing:
        return message(f"{said} A test message is on its way to you.", f"-# {again}")
    if reachable(member):
        return message(f"{said} New openings come as a direct message. {again}")
    return message(
        f"{said} {unreached(member)}",
        rows=[row(button("Let Outpost write to me", "jobs.letters", style=_FIRST))],
    )


def unreached(member: Member | None) -> str:
    """Why openings wait instead of being sent to them."""
    if member is not None and member.dm_since is not None:
        return (
            "Discord refuses my messages to you, so openings wait in /jobs alerts. "
            "Allow direct messages from this server, then press the button."
        )
    return "I write to nobody who hasn't allowed it, so openings wait in /jobs alerts."


def letters_on() -> ui.LayoutView:
    """They have just allowed direct messages."""
    return message(
        "A test message is on its way to you. Openings come the same way from now on, also those that waited."
    )


def mistake(refusal: Refusal, editing_id: int = 0, name: str = "jobs.filter") -> ui.LayoutView:
    """A filter with a mistake: where it is, and a press that reopens it with its text. name: of that form."""
    fix = button("Fix it", name, refusal.facts["draft_id"], editing_id, style=_FIRST)
    return message(refusals.words(refusal), rows=[row(fix)])


# -- notices -------------------------------------------------------------------------------------


def closed(texts: Sequence[str], said: str, by: int, nonce: str) -> ui.LayoutView:
    """A notice that somebody dealt with: its text, what was decided and by whom. The marker stays in it."""
    done = button("Done", "jobs.notice.done", nonce)
    done.disabled = True
    return message(*texts, f"**{said}** · <@{by}>", rows=[row(done)])
