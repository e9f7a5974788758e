"""What Discord's answers mean for a delivery, and how far a look into the history reaches; over the wire."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord import Client, HTTPException, Intents
from discord.http import Route

from bot.ports import Outgoing, Receipt
from cogs.troubles import trouble_of
from sandbox.drafts import Draft
from sandbox.errors import json_response
from tests.cogs.post_office import post_office
from tests.end_to_end.town import HOUR, Town


@pytest.mark.parametrize(
    ("status", "code", "meant"),
    [
        (404, 10003, "unknown_channel"),
        (403, 50001, "missing_access"),
        (403, 50013, "missing_permission"),
        (400, 50035, "bad_request"),
        (403, 50007, "dm_closed"),
        (403, 50278, "dm_closed"),
        (404, 10013, "dm_closed"),
        (400, 40003, "dm_too_fast"),
        (400, 160005, "thread_locked"),
        (400, 40066, "tag_required"),
        (400, 40067, "tag_required"),
        (404, 10087, "out_of_reach"),
        (400, 160006, "out_of_reach"),
        (403, None, "unclear"),
        (404, None, "unclear"),
    ],
)
async def test_what_an_answer_means(status: int, code: int | None, meant: str) -> None:
    """Discord's own codes count. A web page comes from something before Discord and pauses no channel."""

    async def answer(_: web.Request) -> web.Response:
        if code is None:
            return web.Response(status=status, text="<html>blocked</html>", content_type="text/html")
        return json_response({"message": "No", "code": code}, status=status)

    app = web.Application()
    app.router.add_get("/users/@me", answer)
    address = Route.BASE
    async with TestServer(app) as server, Client(intents=Intents(guilds=True)) as client:
        Route.BASE = str(server.make_url("")).rstrip("/")
        try:
            with pytest.raises(HTTPException) as refused:
                await client.login("a.token.x")
        finally:
            Route.BASE = address
    assert trouble_of(refused.value).code == meant


@pytest.mark.wire
async def test_a_card_in_a_busy_channel_is_found(town: Town) -> None:
    """However much was said around it: the whole time in which it can have arrived is searched."""
    world, channel = town.sandbox.world, town.sandbox.channel("remote-python")
    since = town.sandbox.clock.now()
    for number in range(450):
        world.post(channel, town.ana.user.id, Draft(f"chatter {number}"))
    office = post_office(town)
    card = await office.say(channel, "Once")
    outgoing = Outgoing("note", "", town.sandbox.guild.id, channel.id, str(card.nonce))
    messenger = office.app.messenger
    assert await messenger.look_back(outgoing, since) == Receipt(card.id)
    assert await messenger.look_back(outgoing, since - HOUR) is None
