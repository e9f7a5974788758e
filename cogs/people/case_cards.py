"""Letters and notices about cases and looks: pure. None of them says what happened, who told it, or about whom."""

from __future__ import annotations

from discord import ui

from bot.people.messages import CaseChanged, CaseOpened, CaseWaits, LookNotice
from cogs.gate import escape
from cogs.layout import ATTENTION, button, message, row

MAX_SERVER = 100


def case_opened(letter: CaseOpened, nonce: str) -> ui.LayoutView:
    """To each reader. Every press asks anew whether they may."""
    about = letter.guild_id, letter.number
    return message(
        f"### Case {letter.number} waits in {escape(letter.server, MAX_SERVER)}",
        "Somebody told the moderators of something. Open it to read it.",
        rows=[
            row(
                button("Open", "case.open", *about, nonce),
                button("Claim", "case.claim", *about, nonce),
                button("Note", "case.note", *about, nonce),
                button("Close", "case.close", *about, nonce),
            )
        ],
        accent=ATTENTION,
    )


def case_waits(notice: CaseWaits, nonce: str) -> ui.LayoutView:
    """To the moderators' channel: the number alone."""
    why = "its readers' direct messages are closed" if notice.closed else "nobody has claimed it for a day"
    return message(
        f"### Case {notice.number} waits",
        f"Case {notice.number} waits; {why}.",
        "-# Only those who look after safety here can open it.",
        rows=[row(button("Open", "case.open", notice.guild_id, notice.number, nonce))],
        accent=ATTENTION,
    )


def case_changed(letter: CaseChanged, nonce: str) -> ui.LayoutView:
    """To the reporter, who may not be alone at their screen."""
    return message(
        f"There is something for you in {escape(letter.server, MAX_SERVER)}: open /report there.",
        rows=[row(button("Open", "report.open", letter.guild_id, nonce))],
    )


def look_notice(letter: LookNotice, nonce: str) -> ui.LayoutView:
    return message(
        f"There is something for you in {escape(letter.server, MAX_SERVER)}: open /me privacy there.",
        rows=[row(button("Open", "me.open", "privacy", letter.guild_id, nonce))],
    )
