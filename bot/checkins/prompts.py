"""Which template and which starter: choices among the words of prompts.yaml. Pure."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

from bot.checkins.week import WEEK
from bot.ports import Prompts, Template
from bot.refusals import Refusal

_BEGIN = date(2024, 1, 1)  # a Monday; weeks are counted from it


def template(prompts: Prompts, id: str) -> Template:
    """The one of that id; the default where nobody keeps it any more.

    Refuses "no_templates" where there is none at all.
    """
    if not prompts.templates:
        raise Refusal("no_templates")
    return next((one for one in prompts.templates if one.id == id), prompts.templates[0])


def starter(prompts: Prompts, group_id: int, week: date) -> str:
    """The question of that group's week; "" where there are none.

    Each group has an order of its own and goes round in it, so that none comes again before all were there.
    """
    if not prompts.starters:
        return ""
    order = sorted(prompts.starters, key=lambda words: blake2b(f"{group_id}/{words}".encode()).digest())
    return order[(week - _BEGIN) // WEEK % len(order)]
