"""Who hears which event, and what of a message."""

from __future__ import annotations

import pytest

from sandbox import Sandbox
from sandbox.gateway_intents import ALL, NO_INTENTS, Intents
from sandbox.world import Event
from tests.sandbox.gateway_client import GUILDS, Client, happen


async def test_events_come_only_with_their_intent(sandbox: Sandbox) -> None:
    """With GUILDS alone a bot hears of channels and of interactions, not of messages."""
    async with Client(sandbox) as client:
        await client.identify(GUILDS)
        for name in ("MESSAGE_CREATE", "GUILD_MEMBER_ADD", "CHANNEL_CREATE", "INTERACTION_CREATE"):
            happen(sandbox, name)
        assert [(await client.next())["t"] for _ in range(2)] == ["CHANNEL_CREATE", "INTERACTION_CREATE"]


async def test_interactions_come_without_any_intent(sandbox: Sandbox) -> None:
    """No GUILD_CREATE without GUILDS; an interaction needs no intent at all."""
    async with Client(sandbox) as client:
        await client.identify(0)
        happen(sandbox, "INTERACTION_CREATE")
        assert (await client.next())["t"] == "INTERACTION_CREATE"


async def test_what_is_for_one_person_stays_with_them(sandbox: Sandbox) -> None:
    """An event for another user's eyes does not reach the bot."""
    async with Client(sandbox) as client:
        await client.identify()
        sandbox.world.emit(Event("CHANNEL_UPDATE", {"for": "ana"}, sandbox.guild.id, None, only_user=1))
        happen(sandbox, number=1)
        assert (await client.next())["d"] == {"number": 1}


_SECRET = {"content": "secret", "embeds": [{}], "attachments": [{}], "components": [{}], "poll": {}}
_EMPTY = {"content": "", "embeds": [], "attachments": [], "components": []}


@pytest.mark.parametrize(
    ("who", "in_guild", "granted", "readable"),
    [
        ("stranger", True, False, False),
        ("stranger", True, True, True),
        ("stranger", False, False, True),
        ("bot", True, False, True),
        ("mentions", True, False, True),
    ],
)
async def test_message_content_is_for_those_it_is_meant_for(
    sandbox: Sandbox, who: str, in_guild: bool, granted: bool, readable: bool
) -> None:
    """Without the intent only DMs, the bot's own messages and those that mention it can be read."""
    sandbox.sockets.privileged = Intents.MESSAGE_CONTENT
    bot = {"id": str(sandbox.world.bot.id)}
    data = {
        "author": bot if who == "bot" else {"id": "1"},
        "mentions": [bot] if who == "mentions" else [],
        **_SECRET,
    }
    intents = Intents.GUILD_MESSAGES | Intents.DIRECT_MESSAGES
    intents |= Intents.MESSAGE_CONTENT if granted else NO_INTENTS
    async with Client(sandbox) as client:
        await client.identify(int(intents))
        sandbox.world.emit(Event("MESSAGE_CREATE", data, sandbox.guild.id if in_guild else None))
        heard = (await client.next())["d"]
        expected = _SECRET if readable else _EMPTY
        assert {key: heard[key] for key in (*_SECRET, "author") if key in heard} == {
            **expected,
            "author": data["author"],
        }


async def test_two_shards_share_the_guilds_and_dms_go_to_the_first(sandbox: Sandbox) -> None:
    """Guild (id >> 22) % 2 decides; both sessions live side by side."""
    home = (sandbox.guild.id >> 22) % 2
    async with Client(sandbox) as one, Client(sandbox) as other:
        await one.identify(GUILDS | int(Intents.DIRECT_MESSAGES), shard=[home, 2])
        await other.next()
        intents = int(Intents.GUILDS | Intents.DIRECT_MESSAGES)
        identify = {"token": sandbox.token, "intents": intents, "properties": {}, "shard": [1 - home, 2]}
        await other.say(2, identify)
        assert (await other.next())["d"]["shard"] == [1 - home, 2]
        happen(sandbox, number=1)
        sandbox.world.emit(Event("MESSAGE_CREATE", {"number": 2}, None))
        await sandbox.until(lambda: len(sandbox.sockets.sessions) == 2)
        heard = {home: await one.next()}
        if home == 0:
            assert (await one.next())["d"] == {"number": 2}
        else:
            assert (await other.next())["d"] == {"number": 2}
        assert heard[home]["d"] == {"number": 1}


def test_every_intent_has_its_bit() -> None:
    """What Discord's list of intents holds, and nothing in between: 17 to 19, 22 and 23 are free."""
    assert {bit for bit in range(26) if ALL >> bit & 1} == {*range(17), 20, 21, 24, 25}
