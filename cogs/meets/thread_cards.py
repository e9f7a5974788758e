"""The first words in a meeting's private thread. Pure, no flow, no Discord call.

The card carries its delivery's nonce in a custom_id: our marker. Its buttons answer in private: whoever presses them
tells the others nothing by it.
"""

from __future__ import annotations

from discord import ui

from bot.meets.messages import Hello
from cogs.gate import escape
from cogs.layout import button, message, row
from cogs.meets.words import kinds, letters

_TOPIC, _SENTENCE = 80, 200


def hello(value: Hello, nonce: str) -> ui.LayoutView:
    """Whose place it is, and how to begin: openers, or which questions."""
    about = value.guild_id, value.match_id
    interview = value.kind == "interview" and bool(value.topic)
    topic = escape(value.topic, _TOPIC)
    questions = [button(letters.QUESTIONS, "meets.questions", *about, nonce)] if interview else []
    return message(
        letters.hello(value.kind, value.members, value.weeks),
        letters.mentoring(value.members[0]) if value.kind == "mentor" and value.members else "",
        letters.FIRST,
        letters.asks(topic, escape(value.about, _SENTENCE), value.minutes)
        if interview
        else kinds.topic_line(value.kind, topic),
        "\n".join([letters.OPENERS, *_openers(value)]) if value.openers else "",
        letters.PRIVATE,
        rows=[
            row(
                *questions,
                button(letters.WE_MET, "meets.met", *about, "yes", nonce),
                button(letters.NOT_THIS_TIME, "meets.met", *about, "no", nonce),
            )
        ],
    )


def _openers(value: Hello) -> list[str]:
    return [letters.opener(escape(one, _SENTENCE)) for one in value.openers]
