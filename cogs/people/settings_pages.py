"""The pages of `/me settings`: values → messages, pure. Every button names the server that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.people.members import DOORS, Door, Member, local_now
from cogs.city_menu import city_menu
from cogs.gate import escape
from cogs.layout import ACCENT, ago, button, message, row
from cogs.router import custom_id

HOURS = range(24)
ENGLISH = "en"  # chosen here; any other kept language is Discord's own for this person
_YES = discord.ButtonStyle.primary

# What others can see once a door is open.
DOOR_MEANS: Mapping[Door, str] = {
    "card": "Others see the fields that you show to everybody.",
    "found": "Others find you by the fields you show to everybody, and can ask to be introduced.",
    "digest": "A summary that is posted here may name you.",
    "role": "Everybody can read that role on you.",
    "dm_names": "A message names people and openings. Somebody beside you could read it.",
}


def clock(minutes: int) -> str:
    """Minutes after midnight as 22:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def home(member: Member, guards: int, pen_name: str, server: str, now: datetime) -> ui.LayoutView:
    """Everything that is set, one line each, and a button for each line."""
    guild = member.key.guild_id
    pictures = "Pictures again" if member.plain else "Text instead of pictures"
    return message(
        f"### Your settings in {escape(server, 100)}",
        "\n".join(
            [
                f"**Time zone.** {_zone_line(member, now)}",
                f"**Quiet hours.** {_quiet_line(member)}",
                f"**Direct messages.** {_letters_line(member)}",
                f"**Private search.** {_private_line(member)}",
                f"**Must not meet.** {_guards_line(guards)}",
                f"**Pen name.** {escape(pen_name, 100) or _no_pen_name(member)}",
                f"**Language.** {_language_line(member)}",
                f"**Pictures.** {'Text instead of them.' if member.plain else 'Shown.'}",
            ]
        ),
        "-# Only you see this page. What I keep about you: /me privacy.",
        rows=[
            row(
                button("Time zone", "me.zone", guild),
                button("Quiet hours", "me.quiet", guild),
                button("Direct messages", "me.letters", guild),
            ),
            row(
                button("Private search", "me.private", guild),
                button("Must not meet", "me.blocks", guild),
                button("Pen name", "me.pen", guild),
            ),
            row(button("Language", "me.language", guild), button(pictures, "me.plain", guild)),
        ],
    )


def _zone_line(member: Member, now: datetime) -> str:
    if member.zone is None:
        return "Not set. I reckon in UTC."
    return f"{member.zone.replace('_', ' ')}, where it is {local_now(member, now):%H:%M}."


def _quiet_line(member: Member) -> str:
    start, end = member.quiet
    return "None." if start == end else f"{clock(start)} to {clock(end)}."


def _letters_line(member: Member) -> str:
    if member.dm_since is None:
        return "Off. I never write first."
    return "Refused by Discord." if member.dm_closed_at else "On."


def _private_line(member: Member) -> str:
    if not member.private:
        return "Off."
    doors = len(member.opened)
    return f"On; {'1 door is' if doors == 1 else f'{doors} doors are'} open." if doors else "On."


def _guards_line(guards: int) -> str:
    return f"{guards} on your list." if guards else "Nobody on your list."


def _language_line(member: Member) -> str:
    return "English." if member.locale == ENGLISH else "As Discord says; my words are English for now."


def _back(guild: int) -> ui.Button[Any]:
    return button("Back", "me.settings", guild)


# -- time ----------------------------------------------------------------------------------------


def zone(member: Member, now: datetime) -> ui.LayoutView:
    guild = member.key.guild_id
    return message(
        "### Your time zone",
        _zone_line(member, now),
        "-# Type a city near you. I keep the zone, not the city.",
        rows=[row(button("Type a city", "me.zone.ask", guild, style=_YES), _back(guild))],
    )


def cities(guild: int, hits: Sequence[tuple[str, str]], now: datetime) -> ui.LayoutView:
    """What a typed name may mean, each with the time there, to tell them apart. hits: at most 25 (zone, label)."""
    again = button("Another city", "me.zone.ask", guild)
    return message(
        "### Which one is it?",
        "Choose where it is the same time as with you.",
        rows=[row(city_menu(hits, now, "me.zone.choose", guild)), row(again, _back(guild))],
    )


def quiet(member: Member, now: datetime) -> ui.LayoutView:
    """Two menus of full hours; each is kept at once."""
    guild = member.key.guild_id
    start, end = member.quiet
    none = button("No quiet hours", "me.quiet.none", guild)
    none.disabled = start == end
    local = (
        f"With you it is {local_now(member, now):%H:%M}." if member.zone else "You have set no zone: in UTC."
    )
    return message(
        "### Quiet hours",
        f"{_quiet_line(member)} {local}",
        "-# A direct message that falls into them waits until they are over.",
        rows=[
            row(_hour_menu(guild, "from", "They begin at", start, start == end)),
            row(_hour_menu(guild, "until", "They end at", end, start == end)),
            row(none, _back(guild)),
        ],
    )


def _hour_menu(guild: int, which: str, words: str, chosen: int, none: bool) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("me.quiet.set", guild, which),
        placeholder=words,
        options=[
            discord.SelectOption(
                label=f"{words} {clock(hour * 60)}",
                value=str(hour * 60),
                default=not none and hour * 60 == chosen,
            )
            for hour in HOURS
        ],
    )


# -- direct messages -----------------------------------------------------------------------------


def letters(member: Member, server: str) -> ui.LayoutView:
    """Off, on, or on but refused by Discord; and the one press that changes it."""
    guild = member.key.guild_id
    stop = button("Write no more", "me.letters.stop", guild)
    if member.dm_since is None:
        return message(
            "### Direct messages are off",
            "I write to you only after you press this button. Then a test message comes at once.",
            "-# They are short and discreet, and wait for your quiet hours. You can stop them at any time.",
            rows=[
                row(button("Let Outpost write to me", "me.letters.start", guild, style=_YES), _back(guild))
            ],
        )
    if member.dm_closed_at is not None:
        return message(
            "### Discord refused my message",
            f"Tried {ago(member.dm_closed_at)}. Your direct messages are closed to me.",
            f"To open them: press the name {escape(server, 100)}, then *Privacy Settings*. "
            "Allow direct messages there, then try again.",
            rows=[row(button("Try again", "me.letters.start", guild, style=_YES), stop, _back(guild))],
        )
    return message(
        "### Direct messages are on",
        f"You allowed them {ago(member.dm_since)}. The test message comes within a minute.",
        "-# None came? Come back here: I say when Discord refuses one.",
        rows=[row(stop, _back(guild))],
    )


# -- private search ------------------------------------------------------------------------------


def private(member: Member) -> ui.LayoutView:
    """On or off, and its doors one by one with what each of them means."""
    guild = member.key.guild_id
    view = ui.LayoutView(timeout=None)
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"### Private search is {'on' if member.private else 'off'}")]
    if member.private:
        parts.append(
            ui.TextDisplay(
                "People here learn nothing of you from me. Each door opens alone, none opens another."
            )
        )
        parts += [_door(guild, door, door in member.opened) for door in DOORS]
        turn = button("Turn private search off", "me.private.off", guild)
    else:
        doors = "\n".join(f"• {DOOR_MEANS[door]}" for door in DOORS)
        parts.append(ui.TextDisplay(f"Every door is open:\n{doors}"))
        turn = button("Turn private search on", "me.private.on", guild, style=_YES)
    parts.append(
        ui.TextDisplay(
            "-# I can't hide that you are in this server. Who sees a profile field is set in /me profile."
        )
    )
    view.add_item(ui.Container(*parts, row(turn, _back(guild)), accent_colour=ACCENT))
    return view


def _door(guild: int, door: Door, is_open: bool) -> ui.Section[Any]:
    label, turn = ("Shut", "shut") if is_open else ("Open", "open")
    state = "**Open.**" if is_open else "**Shut.**"
    return ui.Section(
        ui.TextDisplay(f"{state} {DOORS[door]}\n-# {DOOR_MEANS[door]}"),
        accessory=button(label, "me.door", guild, door, turn),
    )


def private_off(guild: int) -> ui.LayoutView:
    """Asked once, because it opens every door."""
    doors = "\n".join(f"• {words}" for words in DOOR_MEANS.values())
    return message(
        "### Turn private search off?",
        "Could anyone here be your boss, a colleague or a client? Then keep it on.",
        f"Without it:\n{doors}",
        rows=[
            row(
                button("Keep it on", "me.private", guild, style=_YES),
                button("Yes, turn it off", "me.private.off.yes", guild),
            )
        ],
    )


# -- pen name, language --------------------------------------------------------------------------


def _no_pen_name(member: Member) -> str:
    return "None. A group asks for one first." if member.private else "None. Groups would show your name."


def pen_name(member: Member, name: str) -> ui.LayoutView:
    guild = member.key.guild_id
    now = f"Groups will call you **{escape(name, 100)}**." if name else _no_pen_name(member)
    return message(
        "### Your pen name",
        now,
        "It is yours alone in this server, and no member's name.",
        "-# Only those who look after safety can resolve it, only for a case. It is logged and you are told.",
        rows=[
            row(
                button("Change it" if name else "Choose one", "me.pen.ask", guild, style=_YES),
                _back(guild),
            )
        ],
    )


def language(member: Member, discords: str) -> ui.LayoutView:
    """discords: what Discord says this person's language is."""
    guild, english = member.key.guild_id, member.locale == ENGLISH
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("me.language.choose", guild),
        placeholder="Language",
        options=[
            discord.SelectOption(label=f"As Discord says: {discords}", value="discord", default=not english),
            discord.SelectOption(label="English", value=ENGLISH, default=english),
        ],
    )
    return message(
        "### Language",
        "My words are English for now, whichever you choose. Dates and times follow your Discord already.",
        "-# Once I speak your language, this choice counts. Openings are never translated.",
        rows=[row(menu), row(_back(guild))],
    )
