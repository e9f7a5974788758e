"""The one form with which something is handed in: a file, a link or words, and what it is for. Pure but for `ask`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.reviews.asking import MAX_ASKS, MAX_LINK, MAX_TARGET, MAX_TEXT, Draft
from bot.reviews.rubric import Need
from cogs import gate
from cogs.layout import message
from cogs.people import again
from cogs.presses import typed
from cogs.reviews.ask_pages import Choice
from cogs.reviews.words import ask as words

Press = discord.Interaction[Any]

MAX_WORDS = 300  # characters of what is to be hidden
_LABELS = {"link": words.LINK, "text": words.TEXT, "asks": words.ASKS}
_TARGET: tuple[Need, ...] = ("posting", "question")


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form."""

    link: str = ""
    text: str = ""
    target: str = ""
    asks: str = ""


def form(form_id: str, needs: Sequence[Need], filled: Filled, *, kept: bool, again: bool) -> ui.Modal:
    """kept: a file is there already. again: a second version, whose posting stays."""
    shown = ui.Modal(title=words.TITLE_AGAIN if again else words.TITLE, custom_id=form_id)
    if "link" in needs:
        shown.add_item(_line("link", words.LINK, words.LINK_HINT, filled.link, MAX_LINK, required=True))
    if "text" in needs:
        shown.add_item(_paragraph("text", words.TEXT, words.TEXT_HINT, filled.text, MAX_TEXT))
        shown.add_item(
            _file(words.FILE_INSTEAD, words.FILE_KEPT if kept else words.FILE_HINT, required=False)
        )
    if "file" in needs:
        shown.add_item(_file(words.FILE, words.FILE_KEPT if kept else words.FILE_HINT, required=not kept))
    if again:
        return shown
    for need in _target(needs):
        label, hint = words.TARGETS[need], words.TARGET_HINTS[need]
        shown.add_item(_paragraph("target", label, hint, filled.target, MAX_TARGET, required=True))
    shown.add_item(_line("asks", words.ASKS, words.ASKS_HINT, filled.asks, MAX_ASKS))
    return shown


def _target(needs: Sequence[Need]) -> list[Need]:
    return [one for one in _TARGET if one in needs][:1]


def _file(label: str, hint: str, *, required: bool) -> ui.Label[Any]:
    upload: ui.FileUpload[Any] = ui.FileUpload(
        custom_id="file", required=required, min_values=int(required), max_values=1
    )
    return ui.Label(text=label, description=hint, component=upload)


def _line(
    name: str, label: str, hint: str, text: str, longest: int, *, required: bool = False
) -> ui.Label[Any]:
    return _field(name, label, hint, text, longest, discord.TextStyle.short, required)


def _paragraph(
    name: str, label: str, hint: str, text: str, longest: int, *, required: bool = False
) -> ui.Label[Any]:
    return _field(name, label, hint, text, longest, discord.TextStyle.paragraph, required)


def _field(
    name: str, label: str, hint: str, text: str, longest: int, style: discord.TextStyle, required: bool
) -> ui.Label[Any]:
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=name, style=style, default=text[:longest] or None, required=required, max_length=longest
    )
    return ui.Label(text=label, description=hint, component=field)


def hide(form_id: str, text: str) -> ui.Modal:
    """Words to hide, one a line."""
    shown = ui.Modal(title=words.HIDE_TITLE, custom_id=form_id)
    shown.add_item(_paragraph("words", words.HIDE_WORDS, words.HIDE_HINT, text, MAX_WORDS))
    return shown


# -- what came back ------------------------------------------------------------------------------


def read(press: Press) -> Filled:
    return Filled(*(typed(press, name) for name in ("link", "text", "target", "asks")))


def upload(press: Press) -> Mapping[str, Any] | None:
    """The file of the form as Discord tells of it; None: none was chosen."""
    data: Any = press.data or {}
    given = (data.get("resolved") or {}).get("attachments") or {}
    return next(iter(given.values()), None)


def draft(choice: Choice, filled: Filled) -> Draft:
    return Draft(
        choice.kind,
        choice.needs,
        choice.language,
        choice.mode,
        choice.when,
        filled.target,
        filled.asks,
        filled.link,
        filled.text,
    )


# -- a form that was refused ---------------------------------------------------------------------


def texts(needs: Sequence[Need], filled: Filled) -> dict[str, str]:
    """Label → text, as `again.mistake` shows it."""
    labels = _LABELS | dict(zip(["target"], [words.TARGETS[one] for one in _target(needs)], strict=False))
    return {label: getattr(filled, name) for name, label in labels.items()}


def typed_again(press: Press) -> Filled:
    """What stood in the form that was refused."""
    before = again.typed_before(press)
    target = next((before[label] for label in words.TARGETS.values() if label in before), "")
    return Filled(before.get(words.LINK, ""), before.get(words.TEXT, ""), target, before.get(words.ASKS, ""))


async def ask(press: Press, shown: ui.Modal) -> None:
    await gate.ask(press, shown, message(words.SLOW))
