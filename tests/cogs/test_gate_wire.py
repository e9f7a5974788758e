"""The way out of the gate: what a real discord.py client puts on the wire, read by a server of this test."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord import ui

from cogs.gate import GateError, answer, ask, defer, edit, send


def card(*items: ui.Item[Any]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*(items or [ui.TextDisplay("Hello")])))
    return view


@dataclass
class Wire:
    """What a real discord.py client sent to a local server, and the client."""

    client: discord.Client
    requests: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    @property
    def last(self) -> tuple[str, str, dict[str, Any]]:
        return self.requests[-1]

    def interaction(self, kind: int = 2) -> discord.Interaction[Any]:
        """A slash command (2), a pressed button (3) or a sent form (5), as the gateway brings them."""
        data: dict[str, Any] = {
            "id": "9", "application_id": "1", "type": kind, "token": "tok", "version": 1, "locale": "en-US",
            "channel_id": "3", "entitlements": [], "authorizing_integration_owners": {}, "context": 1,
            "app_permissions": "0", "attachment_size_limit": 1, "user": USER, "channel": {"id": "3", "type": 1},
            "data": {"id": "1", "name": "x", "type": 1} if kind == 2 else {"custom_id": "a", "component_type": 2},
        }  # fmt: skip
        if kind == 3:
            data["message"] = MESSAGE
        return discord.Interaction(data=data, state=self.client._connection)  # type: ignore[arg-type]


USER = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "global_name": None}
MESSAGE = {
    "id": "4", "channel_id": "3", "author": USER, "content": "", "timestamp": "2026-01-01T00:00:00+00:00",
    "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
    "attachments": [], "embeds": [], "pinned": False, "type": 0, "components": [], "flags": 32768,
}  # fmt: skip

SAID: dict[str, dict[str, Any]] = {
    "@me": {**USER, "name": "Outpost", "description": "", "icon": None, "verify_key": "", "owner": USER,
            "bot_public": True, "bot_require_code_grant": False, "flags": 0},
    "callback": {"interaction": {"id": "9", "type": 2}, "resource": {"type": 4, "message": MESSAGE}},
}  # fmt: skip


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """A client of discord.py that is logged in at a server of this test."""
    sent: list[tuple[str, str, dict[str, Any]]] = []

    async def handle(request: web.Request) -> web.Response:
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            body = {
                **json.loads(str(form["payload_json"])),
                "uploaded": [key for key in form if key != "payload_json"],
            }
        else:
            body = await request.json() if request.can_read_body else {}
        if request.method != "GET":
            sent.append((request.method, request.path, body))
        said = SAID.get(request.path.rpartition("/")[2], MESSAGE)
        return web.Response(body=json.dumps(said).encode(), content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    discords = discord.http.Route.BASE
    async with TestServer(app) as server, discord.Client(intents=discord.Intents(guilds=True)) as client:
        discord.http.Route.BASE = str(server.make_url("/api/v10"))  # where discord.py takes its address from
        try:
            await client.login("token")
            yield Wire(client, sent)
        finally:
            discord.http.Route.BASE = discords


async def test_send_carries_its_nonce_and_pings_nobody(wire: Wire) -> None:
    """A card goes out as components, silent, under our nonce which Discord enforces, with nobody to ping."""
    view = card()
    message = await send(wire.client.get_partial_messageable(3), view, nonce="n" * 25, silent=True)
    method, path, body = wire.last
    assert (method, path, message.id) == ("POST", "/api/v10/channels/3/messages", 4)
    assert (body["nonce"], body["enforce_nonce"]) == ("n" * 25, True)
    assert body["allowed_mentions"] == {"parse": []}
    assert body["flags"] == 1 << 15 | 1 << 12  # components v2, no notification
    assert body["components"][0]["components"][0]["content"] == "Hello"
    assert view.is_finished() and wire.client.persistent_views == []


async def test_send_may_ping_one_role_and_carry_files(wire: Wire) -> None:
    """The one role of a subscription is named in the payload, a picture goes along, and the phone may ring."""
    picture = discord.File(__file__, filename="a.png")
    view = card(ui.MediaGallery(discord.MediaGalleryItem("attachment://a.png", description="A chart.")))
    await send(wire.client.get_partial_messageable(3), view, nonce="n", silent=False, role=5, files=[picture])
    body = wire.last[2]
    assert body["allowed_mentions"] == {"parse": [], "roles": [5]}
    assert (body["uploaded"], body["flags"]) == (["files[0]"], 1 << 15)


@pytest.mark.parametrize("nonce", ["", "n" * 26])
async def test_a_card_without_a_proper_nonce_stays(wire: Wire, nonce: str) -> None:
    """Discord takes 1 to 25 characters; without one a repeat would be a second message."""
    with pytest.raises(GateError, match="nonce"):
        await send(wire.client.get_partial_messageable(3), card(), nonce=nonce, silent=True)
    assert wire.requests == []


async def test_nothing_is_sent_that_fails_the_check(wire: Wire) -> None:
    """Every way out is checked first."""
    bad = card(ui.TextDisplay("x" * 4001))
    channel = wire.client.get_partial_messageable(3)
    for way_out in (
        send(channel, bad, nonce="n", silent=True),
        edit(channel.get_partial_message(4), bad),
        answer(wire.interaction(), bad),
    ):
        with pytest.raises(GateError):
            await way_out
    assert wire.requests == []


async def test_edit_replaces_the_card(wire: Wire) -> None:
    """The message shows the new card; its files stay unless others are given."""
    message = wire.client.get_partial_messageable(3).get_partial_message(4)
    await edit(message, card())
    method, path, body = wire.last
    assert (method, path) == ("PATCH", "/api/v10/channels/3/messages/4")
    assert body["allowed_mentions"] == {"parse": []}
    assert "attachments" not in body
    await edit(message, card(), files=[])
    assert wire.last[2]["attachments"] == []


async def test_the_first_answer_is_the_response(wire: Wire) -> None:
    """An unanswered command gets its response: private unless said otherwise, pinging nobody."""
    await answer(wire.interaction(), card())
    path, body = wire.last[1:]
    assert (path, body["type"]) == ("/api/v10/interactions/9/tok/callback", 4)
    assert body["data"]["flags"] == 1 << 15 | 1 << 6
    assert body["data"]["allowed_mentions"] == {"parse": []}
    await answer(wire.interaction(), card(), ephemeral=False)
    assert wire.last[2]["data"]["flags"] == 1 << 15


async def test_thinking_ends_with_the_first_answer_then_more_follow(wire: Wire) -> None:
    """After `defer` the first answer fills the waiting reply, the second is a message of its own."""
    interaction = wire.interaction()
    await defer(interaction)
    await defer(interaction)
    assert [body["type"] for _, _, body in wire.requests] == [5]
    await answer(interaction, card())
    assert wire.last[:2] == ("PATCH", "/api/v10/webhooks/1/tok/messages/@original")
    await answer(interaction, card())
    assert wire.last[:2] == ("POST", "/api/v10/webhooks/1/tok")
    assert wire.last[2]["flags"] == 1 << 15 | 1 << 6
    assert wire.last[2]["allowed_mentions"] == {"parse": []}


async def test_a_button_replaces_its_own_message(wire: Wire) -> None:
    """With `replace` the pressed message itself changes, at once or after `defer`; without, a new one appears."""
    pressed = wire.interaction(3)
    await answer(pressed, card(), replace=True)
    assert wire.last[2]["type"] == 7
    later = wire.interaction(3)
    await defer(later, replace=True)
    assert wire.last[2]["type"] == 6
    await answer(later, card(), replace=True)
    assert wire.last[:2] == ("PATCH", "/api/v10/webhooks/1/tok/messages/@original")
    await answer(wire.interaction(3), card())
    assert wire.last[2]["type"] == 4


async def test_replace_without_a_message_answers(wire: Wire) -> None:
    """A command has no message that could change, so its answer is a new one."""
    await answer(wire.interaction(2), card(), replace=True)
    assert wire.last[2]["type"] == 4


async def test_a_form_opens_within_its_limits(wire: Wire) -> None:
    """A form is a response; a title that Discord would refuse never leaves."""
    await ask(wire.interaction(), ui.Modal(title="Your filter", custom_id="f"), card())
    assert (wire.last[2]["type"], wire.last[2]["data"]["title"]) == (9, "Your filter")
    with pytest.raises(GateError, match="title"):
        await ask(wire.interaction(), ui.Modal(title="x" * 46, custom_id="f"), card())


async def test_a_form_that_comes_too_late(wire: Wire) -> None:
    """After an acknowledgement Discord takes no form: words are sent in its place."""
    late = wire.interaction(3)
    await defer(late, replace=True)
    await ask(late, ui.Modal(title="Your filter", custom_id="f"), card(ui.TextDisplay("Press again.")))
    method, path, sent = wire.last
    assert (method, path.split("/")[-1]) == ("POST", "tok")
    assert sent["components"][0]["components"][0]["content"] == "Press again."
