"""`outpost doctor` asks Discord: the token, the servers, the channels, the permissions; over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from sqlalchemy import update

from bot.storage.tables import subscription
from sandbox import Permission, Sandbox
from sandbox.testing import complaints
from tests.cli.patients import Patient, a_subscription, moderators

# -- token and permissions -----------------------------------------------------------------------


@pytest.fixture
async def sandbox(patient: Patient) -> AsyncIterator[Sandbox]:
    """A Discord in which the patient's token is valid. discord.py's addresses are put back afterwards."""
    addresses = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with Sandbox() as running:
        patient.environ |= {"DISCORD_TOKEN": running.token, "DISCORD_API_BASE": running.rest}
        yield running
        assert complaints(running) == []
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = addresses


async def test_no_token(patient: Patient) -> None:
    """Without a token Discord is not asked; that alone is no failure."""
    assert [level for level, words in await patient.said("token") if "is not set" in words] == ["look"]


@pytest.mark.wire
async def test_the_token_is_right(sandbox: Sandbox, patient: Patient) -> None:
    """Discord is asked who we are, over REST alone: nobody sees the bot come online."""
    assert await patient.said("token") == [("ok", "Discord knows it as outpost.")]
    assert await patient.said("permissions") == [
        ("ok", "no server has a subscription yet. Begin with /jobs subscribe there.")
    ]
    assert sandbox.log.names("gateway") == []


@pytest.mark.wire
async def test_the_token_is_refused(sandbox: Sandbox, patient: Patient) -> None:
    """The words say where to get a new one, and don't quote the old one."""
    patient.environ["DISCORD_TOKEN"] = wrong = sandbox.token[:-4] + "gone"
    ((level, words),) = await patient.said("token")
    assert level == "bad" and "Make a new one in the developer portal" in words and wrong not in words
    assert await patient.said("permissions") == []


@pytest.mark.wire
async def test_discord_is_out_of_reach(sandbox: Sandbox, patient: Patient) -> None:
    """Nobody listens at the address: the network is to be looked at, not the token."""
    await sandbox.stop()
    ((level, words),) = await patient.said("token")
    assert level == "bad" and "Check the network" in words


@pytest.mark.wire
async def test_discord_is_not_well(sandbox: Sandbox, patient: Patient) -> None:
    """A 403 at the login is Discord's trouble, told with its status."""
    sandbox.faults.add(method="GET", route="/users/@me", status=403)
    ((level, words),) = await patient.said("token")
    assert level == "bad" and "Discord answered 403" in words


@pytest.mark.wire
async def test_a_database_in_trouble_hides_the_channels(sandbox: Sandbox, patient: Patient) -> None:
    """The token is still checked; where the bot speaks can't be known."""
    patient.file.write_text("Dear diary, " * 500)
    assert [level for level, _ in await patient.said("token")] == ["ok"]
    assert [level for level, _ in await patient.said("permissions")] == ["look"]


async def speaks(patient: Patient, sandbox: Sandbox) -> None:
    """The bot posts in #remote-python and tells troubles in #moderators."""
    guild = sandbox.guild.id
    await patient.write(
        a_subscription(guild, sandbox.channel("remote-python").id),
        moderators(guild, sandbox.channel("moderators").id),
    )


@pytest.mark.wire
async def test_no_permission_is_missing(sandbox: Sandbox, patient: Patient) -> None:
    """One line a server when all is granted."""
    await speaks(patient, sandbox)
    assert await patient.said("permissions") == [("ok", "Remote together: nothing is missing in 2 channels.")]


@pytest.mark.wire
@pytest.mark.parametrize(
    ("channel", "permission", "named"),
    [
        ("remote-python", Permission.SEND_MESSAGES, "Send Messages"),
        ("remote-python", Permission.READ_MESSAGE_HISTORY, "Read Message History"),
        ("moderators", Permission.VIEW_CHANNEL, "View Channel"),
    ],
)
async def test_a_missing_permission(
    sandbox: Sandbox, patient: Patient, channel: str, permission: Permission, named: str
) -> None:
    """It is named as Discord's settings name it, with the channel and the place to grant it."""
    await speaks(patient, sandbox)
    sandbox.deny(channel, permission)
    ((level, words),) = await patient.said("permissions")
    assert level == "bad" and words.startswith(f"Remote together, #{channel}: the bot lacks {named}")
    assert "Grant it under Edit Channel" in words


@pytest.mark.wire
@pytest.mark.parametrize("state", ["active", "paused"])
async def test_a_subscribed_channel_is_gone(sandbox: Sandbox, patient: Patient, state: str) -> None:
    """The subscription can be moved or stopped; that it was paused for it changes nothing."""
    await speaks(patient, sandbox)
    await patient.write(update(subscription).values(state=state))
    sandbox.delete_channel("remote-python")
    assert await patient.said("permissions") == [
        (
            "bad",
            "Remote together: a subscribed channel is gone. Move or stop the subscription with /jobs alerts there.",
        )
    ]


@pytest.mark.wire
async def test_the_moderators_channel_is_gone(sandbox: Sandbox, patient: Patient) -> None:
    """Troubles would be told to nobody."""
    await speaks(patient, sandbox)
    sandbox.delete_channel("moderators")
    assert await patient.said("permissions") == [
        ("bad", "Remote together: the moderators' channel is gone. Choose another with /setup there.")
    ]


@pytest.mark.wire
async def test_the_bot_was_removed_from_a_server(sandbox: Sandbox, patient: Patient) -> None:
    """Subscriptions of a server without the bot reach nobody, a member's own ones too."""
    del sandbox.guild.members[sandbox.world.bot.id]
    await patient.write(a_subscription(sandbox.guild.id, None), a_subscription(404, 17, state="stopped"))
    assert await patient.said("permissions") == [
        ("bad", f"the bot is not in server {sandbox.guild.id}, where it is to post. Invite it there again.")
    ]


@pytest.mark.wire
async def test_a_server_that_is_no_more(sandbox: Sandbox, patient: Patient) -> None:
    """Discord doesn't know the server at all; the others are looked at nevertheless."""
    await patient.write(a_subscription(404, 17))
    await speaks(patient, sandbox)
    assert [level for level, _ in await patient.said("permissions")] == ["bad", "ok"]
