"""What a person does with the app: commands, buttons, menus and forms. See `sandbox.page.doing`."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from sandbox import drafts
from sandbox.answers import NoAnswer, StillThinking
from sandbox.composer import FILE
from sandbox.drafts import FILE_UPLOAD
from sandbox.forms import Modal
from sandbox.model import Command, Json
from sandbox.names import CannotDo
from sandbox.page.packet import BadPacket, Packet
from sandbox.page.seat import Seat
from sandbox.page.view_commands import options_at
from sandbox.picking import RADIO
from sandbox.replies import Reply

SILENT = "The application did not respond"  # the words under a command in Discord's clients
FAILED = "This interaction failed"  # and those under a button or a menu


async def command(seat: Seat, packet: Packet) -> Json:
    """A slash command. One that is never answered leaves words in the place of its answer."""
    chosen, path = _command(seat, packet), packet.texts("path")
    options, files = _with_files(seat, chosen, path, packet.values("options"))
    try:
        outcome = await _outcome(seat, seat.actor().slash(_line(chosen, path), **options))
    except NoAnswer as silence:
        seat.room.memory.failed(silence.interaction, SILENT)
        raise CannotDo(SILENT) from None
    seat.room.waiting.forget(files)
    return outcome


async def autocomplete(seat: Seat, packet: Packet) -> Json:
    options, focused = packet.values("options"), packet.text("focused")
    chosen, path = _command(seat, packet), packet.texts("path")
    typed = options.pop(focused, "")
    kinds = {option["name"]: option["type"] for option in options_at(chosen, path)}
    given = {name: value for name, value in options.items() if kinds.get(name) != FILE}
    choices = await seat.actor().autocomplete(_line(chosen, path), focused, typed, **given)
    return {"choices": [{"name": name, "value": value} for name, value in choices]}


async def menu(seat: Seat, packet: Packet) -> Json:
    """An entry of the context menu of a message or of a person."""
    chosen = _command(seat, packet)
    came = seat.actor().menu(str(chosen.id), packet.id("target"))
    try:
        return await _outcome(seat, came)
    except NoAnswer as silence:
        seat.room.memory.failed(silence.interaction, SILENT)
        raise CannotDo(SILENT) from None


async def press(seat: Seat, packet: Packet) -> Json:
    """A button or one of the five menus. A message that is gone looks like an app that is."""
    message_id, custom_id = packet.id("message"), packet.text("custom_id")
    values = packet.maybe_texts("values")
    try:
        reply = seat.actor().message(message_id)
    except CannotDo:
        raise CannotDo(FAILED) from None
    try:
        return await _outcome(seat, reply.press(custom_id, values))
    except NoAnswer:
        raise CannotDo(FAILED) from None


async def submit(seat: Seat, packet: Packet) -> Json:
    """Send a form. It is the person's until it is closed, whatever the app does meanwhile."""
    form = _form(seat, packet.id("form"))
    values, files = _form_files(seat, form, packet.values("values"))
    try:
        outcome = await _outcome(seat, form.submit(values))
    except NoAnswer:
        raise CannotDo(SILENT) from None
    seat.room.waiting.forget(files)
    return outcome


async def form_left(seat: Seat, packet: Packet) -> Json:
    """The form was closed unsent; this page load will show what stood in it."""
    form, values = _form(seat, packet.id("form")), packet.values("values")
    form.leave({part["custom_id"]: values[part["custom_id"]] for part in _parts(form, values)})
    return {}


# -- commands ------------------------------------------------------------------------------------


def _command(seat: Seat, packet: Packet) -> Command:
    found = seat.world.commands.get(packet.id("command"))
    if found is None:
        raise CannotDo("This command is not there any more. Type / to see all.")
    return found


def _line(chosen: Command, path: list[str]) -> str:
    return " ".join([str(chosen.id), *path])


def _with_files(
    seat: Seat, chosen: Command, path: list[str], options: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """The options with uploaded files in the place of their ids, and those ids."""
    kinds = {option["name"]: option["type"] for option in options_at(chosen, path)}
    files = {name: str(value) for name, value in options.items() if kinds.get(name) == FILE}
    given = {name: seat.room.waiting.find([upload_id])[0] for name, upload_id in files.items()}
    return {**options, **given}, list(files.values())


# -- forms ---------------------------------------------------------------------------------------


def _form(seat: Seat, form_id: int) -> Modal:
    actor, opened = seat.actor(), seat.room.memory.forms.get(form_id)
    if opened is None or opened.user_id != actor.user.id:
        raise CannotDo("This form is not open any more. Open it again.")
    return Modal(actor, opened, seat.world.messages.get(opened.source_id or 0))


def _parts(form: Modal, values: Mapping[str, Any]) -> list[Json]:
    """The parts of the form that were filled in. Raises BadPacket for values of no part."""
    parts = [part for part in drafts.walk(form.form["components"]) if part.get("custom_id") in values]
    if len(parts) != len(values):
        raise BadPacket("The form has no such part. Open it again.")
    return parts


def _form_files(seat: Seat, form: Modal, values: Mapping[str, Any]) -> tuple[dict[str, object], list[str]]:
    """The values with uploaded files in the place of their ids, and those ids."""
    filled: dict[str, object] = dict(values)
    sent: list[str] = []
    for part in _parts(form, values):
        if part["type"] == FILE_UPLOAD:
            ids = [str(one) for one in values[part["custom_id"]] or ()]
            filled[part["custom_id"]] = seat.room.waiting.find(ids)
            sent += ids
    return filled, sent


def _remembered(form: Modal) -> Json | None:
    """What this page load saw in a form of this custom_id before, in the shapes of `submit`; files are not kept."""
    if form.remembered is None:
        return None
    shown: Json = {}
    for part in drafts.walk(form.form["components"]):
        custom_id = part.get("custom_id", "")
        if custom_id not in form.remembered or part["type"] == FILE_UPLOAD:
            continue
        value = form.remembered[custom_id]
        chosen = value if isinstance(value, list) else [value]
        shown[custom_id] = next(iter(chosen), None) if part["type"] == RADIO else value
    return shown


async def _outcome(seat: Seat, coming: Awaitable[Reply | Modal]) -> Json:
    """What the person looks at as soon as the app has said anything: a message, a form, or nothing new yet."""
    try:
        came = await coming
    except StillThinking:
        return {"message": None}
    if isinstance(came, Reply):
        return {"message": str(came.message.id)}
    seat.room.memory.opened(came.interaction)
    form = {key: came.form[key] for key in ("title", "custom_id", "components")}
    return {"form": {"id": str(came.interaction.id), **form, "remembered": _remembered(came)}}
