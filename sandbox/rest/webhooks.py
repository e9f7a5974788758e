"""Webhooks by token: what follows an interaction's first answer, and what a channel's webhook says.

An interaction's token lives 15 minutes on the sandbox's clock, a channel's until somebody deletes it.
"""

from __future__ import annotations

from datetime import timedelta

from sandbox import drafts, errors, limits, wire_messages
from sandbox.model import Interaction, Message
from sandbox.rest import channel_webhooks
from sandbox.rest.call import Answer, Call, Route
from sandbox.rest.interactions import author_of, post_answer
from sandbox.rest.messages import apply_edit, check_supported

TOKEN_LIVES = timedelta(minutes=15)


def follow_up(call: Call) -> Answer:
    """A further message; straight after a deferral it fills the waiting one in (docs: Create Followup Message)."""
    if (hook := channel_webhooks.by_token(call)) is not None:
        return channel_webhooks.execute(call, hook)
    check_supported(call)
    interaction = _interaction(call)
    waiting = call.world.messages.get(interaction.original_id or 0)
    if waiting is not None and waiting.loading and not waiting.deleted:
        apply_edit(call, waiting, author_of(call, interaction))
        return 200, wire_messages.message(call.world, waiting)
    limits.check_message(call.body, files=len(call.files))
    draft = drafts.new(call.body, call.files, author_of(call, interaction), call.world.ids.next)
    message = post_answer(call, interaction, draft)
    interaction.followup_ids.append(message.id)
    return 200, wire_messages.message(call.world, message)


def get(call: Call) -> Answer:
    return 200, wire_messages.message(call.world, _any_message(call))


def edit(call: Call) -> Answer:
    if (hook := channel_webhooks.by_token(call)) is not None:
        return channel_webhooks.edit_message(call, hook)
    interaction = _interaction(call)
    message = _message(call, interaction)
    apply_edit(call, message, author_of(call, interaction))
    return 200, wire_messages.message(call.world, message)


def delete(call: Call) -> Answer:
    call.world.delete(_any_message(call))
    return 204, None


def _any_message(call: Call) -> Message:
    hook = channel_webhooks.by_token(call)
    return _message(call, _interaction(call)) if hook is None else channel_webhooks.message_of(call, hook)


def _interaction(call: Call) -> Interaction:
    """The interaction of the path's token.

    Raises 10015 for an unknown token or before the first answer, 50027 once 15 minutes have passed.
    """
    interaction = call.world.interactions.get(call.path["webhook_token"])
    if interaction is None or call.id("webhook_id") != call.world.application_id:
        raise errors.unknown_webhook()
    if call.world.clock.now() - interaction.made_at > TOKEN_LIVES:
        raise errors.invalid_webhook_token()
    if interaction.answer is None:
        raise errors.unknown_webhook()
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    """@original, or by id any message that this interaction's answers made or pressed."""
    wanted = call.id("message_id") if "message_id" in call.path else interaction.original_id
    mine = (interaction.original_id, *interaction.followup_ids)
    message = call.world.messages.get(wanted or 0)
    if message is None or message.deleted or message.id not in mine:
        raise errors.unknown_message()
    return message


_HOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES: list[Route] = [
    ("POST", _HOOK, follow_up),
    ("GET", f"{_HOOK}/messages/@original", get),
    ("PATCH", f"{_HOOK}/messages/@original", edit),
    ("DELETE", f"{_HOOK}/messages/@original", delete),
    ("GET", f"{_HOOK}/messages/{{message_id}}", get),
    ("PATCH", f"{_HOOK}/messages/{{message_id}}", edit),
    ("DELETE", f"{_HOOK}/messages/{{message_id}}", delete),
]
