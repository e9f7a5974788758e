"""The first answer to an interaction: once, in time, of a type that fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sandbox import drafts, errors, limits, wire_interactions
from sandbox.drafts import Author, Draft
from sandbox.events import Event
from sandbox.model import Callback, Channel, Interaction, InteractionKind, Message, MessageFlag
from sandbox.rest.call import Answer, Call, Route
from sandbox.rest.messages import apply_edit, check_supported

PLAIN, SLASH_ANSWER, MENU_ANSWER = 0, 20, 23  # docs: Message Types

_MESSAGES = frozenset({Callback.MESSAGE, Callback.DEFER_MESSAGE})
_UPDATES = frozenset({Callback.DEFER_UPDATE, Callback.UPDATE})
# docs, Interaction Callback Type: updates are for components, choices for autocomplete; a form never opens a form.
_FITS: dict[InteractionKind, frozenset[Callback]] = {
    InteractionKind.PING: frozenset({Callback.PONG}),
    InteractionKind.COMMAND: _MESSAGES | {Callback.MODAL},
    InteractionKind.COMPONENT: _MESSAGES | _UPDATES | {Callback.MODAL},
    InteractionKind.AUTOCOMPLETE: frozenset({Callback.CHOICES}),
    InteractionKind.MODAL: _MESSAGES | _UPDATES,
}


def callback(call: Call) -> Answer:
    """200 with the message when asked `with_response`, else 204.

    Raises 10062 for an unknown interaction or after 3 s, 40060 for the second answer, 50035 for a type that
    does not fit or a body beyond the limits; a refused answer leaves the interaction open.
    """
    interaction = call.world.interactions.get(call.path["interaction_token"])
    if interaction is None or interaction.id != call.id("interaction_id"):
        raise errors.unknown_interaction()
    if interaction.answer is not None:
        raise errors.already_acknowledged()
    if call.world.expired(interaction):
        raise errors.unknown_interaction()
    kind = _fitting(interaction, call.body.get("type"))
    message = _ANSWERS[kind](_inner(call), interaction)
    interaction.answer = kind
    _show(call, interaction)
    if call.query.get("with_response") not in ("1", "true", "True"):
        return 204, None
    return 200, wire_interactions.callback(call.world, interaction, message)


def _show(call: Call, interaction: Interaction) -> None:
    """A form and choices reach the person's client alone; a message has told of itself."""
    shown: dict[str, object] = {"MODAL": interaction.modal, "CHOICES": {"choices": interaction.choices}}
    name = interaction.answer.name if interaction.answer else ""
    if name not in shown:
        return call.world.touch()
    data = {"id": str(interaction.id), "data": shown[name]}
    place = interaction.guild_id, interaction.channel_id
    event = Event(f"INTERACTION_{name}", data, *place, only_user=interaction.user_id)
    call.world.emit(event, to_bot=False)


def _fitting(interaction: Interaction, sent: object) -> Callback:
    fitting = sorted(_FITS[interaction.kind])
    if interaction.kind is InteractionKind.MODAL and interaction.source_id is None:
        fitting.remove(Callback.UPDATE)  # there is no message to update behind a form that a command opened
    for one in fitting:
        if one == sent:
            return one
    listed = ", ".join(str(int(one)) for one in fitting)
    raise errors.form_error({"type": ("BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")})


def _inner(call: Call) -> Call:
    """The same request with `data` as its body, which is a message, choices or a form."""
    return Call(call.world, call.path, call.query, call.body.get("data") or {}, call.files)


def post_answer(call: Call, interaction: Interaction, draft: Draft) -> Message:
    """Put an answer or a follow-up into the channel of the interaction."""
    world, kind = call.world, PLAIN
    if interaction.kind is InteractionKind.COMMAND and interaction.original_id is None:
        kind = SLASH_ANSWER if interaction.data["type"] == 1 else MENU_ANSWER
    place = place_of(call, interaction)
    return world.post(place, world.bot.id, draft, kind=kind, interaction=interaction)


def place_of(call: Call, interaction: Interaction) -> Channel:
    channel = call.world.channel(interaction.channel_id)
    if channel is None:
        raise errors.unknown_channel()
    return channel


def author_of(call: Call, interaction: Interaction) -> Author:
    return replace(call.author(place_of(call, interaction)), calls=drafts.ANSWERS_CALL)


def _pong(call: Call, interaction: Interaction) -> None:
    return None


def _message(call: Call, interaction: Interaction) -> Message:
    check_supported(call)
    limits.check_message(call.body, files=len(call.files), under="data")
    author = author_of(call, interaction)
    draft = drafts.new(call.body, call.files, author, call.world.ids.next)
    message = post_answer(call, interaction, draft)
    interaction.original_id = message.id
    return message


def _defer_message(call: Call, interaction: Interaction) -> Message:
    private = (call.body.get("flags") or 0) & MessageFlag.EPHEMERAL
    message = post_answer(call, interaction, Draft(flags=int(MessageFlag.LOADING | private)))
    interaction.original_id = message.id
    return message


def _defer_update(call: Call, interaction: Interaction) -> Message | None:
    interaction.original_id = interaction.source_id
    return None if interaction.source_id is None else call.world.messages[interaction.source_id]


def _update(call: Call, interaction: Interaction) -> Message:
    message = _source(call, interaction)
    apply_edit(call, message, author_of(call, interaction), under="data")
    interaction.original_id = message.id
    return message


def _source(call: Call, interaction: Interaction) -> Message:
    message = call.world.messages.get(interaction.source_id or 0)
    if message is None or message.deleted:
        raise errors.unknown_message()
    return message


def _choices(call: Call, interaction: Interaction) -> None:
    choices = call.body.get("choices") or []
    limits.check_autocomplete(choices)
    interaction.choices = choices


def _modal(call: Call, interaction: Interaction) -> None:
    limits.check_modal(call.body)
    components = drafts.kept_components(call.body["components"], call.world.ids.next)
    interaction.modal = {**call.body, "components": components}


_ANSWERS: dict[Callback, Callable[[Call, Interaction], Message | None]] = {
    Callback.PONG: _pong,
    Callback.MESSAGE: _message,
    Callback.DEFER_MESSAGE: _defer_message,
    Callback.DEFER_UPDATE: _defer_update,
    Callback.UPDATE: _update,
    Callback.CHOICES: _choices,
    Callback.MODAL: _modal,
}

ROUTES: list[Route] = [
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", callback),
]
