"""The first answer to an interaction, call by call: which types fit, how late, how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox
from sandbox.drafts import Draft
from sandbox.model import Interaction, InteractionKind, MessageFlag

COMMAND, COMPONENT = InteractionKind.COMMAND, InteractionKind.COMPONENT
AUTOCOMPLETE, MODAL = InteractionKind.AUTOCOMPLETE, InteractionKind.MODAL

FORM = {
    "custom_id": "f",
    "title": "F",
    "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "a", "label": "A", "style": 1}]},
    ],
}
DATA: dict[int, dict[str, Any]] = {
    4: {"content": "x", "flags": 64},
    7: {"content": "y"},
    8: {"choices": [{"name": "a", "value": "b"}]},
    9: FORM,
}


def opened(sandbox: Sandbox, kind: InteractionKind, *, on_message: bool = True) -> Interaction:
    """An interaction of ana's, as if just pressed; components and forms on a message of the bot's."""
    world, ana = sandbox.world, sandbox.member("ana")
    source = world.post(ana.place, world.bot.id, Draft("Press")) if on_message else None
    data = {"id": "1", "name": "n", "type": 1} if kind in (COMMAND, AUTOCOMPLETE) else {"custom_id": "c"}
    parent = None
    if kind is MODAL:
        command = {"id": "1", "name": "n", "type": 1}
        opener = (COMPONENT, {"custom_id": "o"}) if on_message else (COMMAND, command)
        parent = world.open_interaction(opener[0], ana.user.id, ana.place, opener[1], source=source)
    return world.open_interaction(kind, ana.user.id, ana.place, data, source=source, parent=parent)


async def answer(sandbox: Sandbox, interaction: Interaction, kind: int) -> tuple[int, int]:
    """Status and Discord's code (0 when there is none) of a callback of this type."""
    url = f"{sandbox.rest}/interactions/{interaction.id}/{interaction.token}/callback?with_response=true"
    body = {"type": kind, **({"data": DATA[kind]} if kind in DATA else {})}
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status, (await response.json()).get("code", 0)


@pytest.mark.parametrize(
    ("kind", "on_message", "fitting"),
    [
        (COMMAND, False, {4, 5, 9}),
        (COMPONENT, True, {4, 5, 6, 7, 9}),
        (AUTOCOMPLETE, False, {8}),
        (MODAL, True, {4, 5, 6, 7}),
        (MODAL, False, {4, 5, 6}),
    ],
)
async def test_each_kind_takes_its_own_answers(
    sandbox: Sandbox, kind: InteractionKind, on_message: bool, fitting: set[int]
) -> None:
    """A form never answers a form; only presses, and forms behind presses, can update a message."""
    taken = set()
    for callback in (4, 5, 6, 7, 8, 9):
        status, code = await answer(sandbox, opened(sandbox, kind, on_message=on_message), callback)
        assert (status, code) in ((200, 0), (400, 50035))
        taken |= {callback} if status == 200 else set()
    assert taken == fitting


async def test_a_refused_answer_leaves_the_interaction_open(sandbox: Sandbox) -> None:
    """A wrong type is 50035; the right one still counts; a second one is 40060."""
    interaction = opened(sandbox, COMMAND, on_message=False)
    assert await answer(sandbox, interaction, 7) == (400, 50035)
    assert await answer(sandbox, interaction, 4) == (200, 0)
    assert await answer(sandbox, interaction, 4) == (400, 40060)


async def test_a_late_first_answer_finds_nothing(sandbox: Sandbox) -> None:
    """10062, on the monotonic clock; a moved sandbox clock changes nothing."""
    interaction = opened(sandbox, COMMAND, on_message=False)
    sandbox.clock.move(timedelta(hours=1))
    assert not sandbox.world.expired(interaction)
    sandbox.world.first_answer = timedelta(0)
    assert await answer(sandbox, interaction, 4) == (404, 10062)


async def test_a_follow_up_fills_the_waiting_answer_and_keeps_its_privacy(sandbox: Sandbox) -> None:
    """Straight after a deferral the first follow-up is the answer; whether it is private was decided before."""
    interaction = opened(sandbox, COMMAND, on_message=False)
    hook = f"{sandbox.rest}/webhooks/{sandbox.world.application_id}/{interaction.token}"
    async with aiohttp.ClientSession() as session:
        async with session.post(hook, json={"content": "too soon"}) as early:
            assert (early.status, (await early.json())["code"]) == (404, 10015)
        assert await answer(sandbox, interaction, 5) == (200, 0)
        for text in ("first", "second"):
            async with session.post(hook, json={"content": text, "flags": 64}) as sent:
                assert sent.status == 200
        async with session.delete(f"{hook}/messages/@original") as gone:
            assert gone.status == 204
        async with session.get(f"{hook}/messages/@original") as gone:
            assert (gone.status, (await gone.json())["code"]) == (404, 10008)
    first, second = (
        sandbox.world.messages[m] for m in (interaction.original_id, *interaction.followup_ids) if m
    )
    assert (first.content, first.ephemeral, first.deleted) == ("first", False, True)
    assert (second.content, second.ephemeral, second.deleted) == ("second", True, False)
    assert not first.flags & MessageFlag.LOADING
