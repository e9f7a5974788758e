"""Over the wire: members who leave and come back, servers that remove the bot, and outages, which are neither."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.moderation import flow as moderation
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key, Member
from sandbox import members as sandbox_members
from sandbox.permissions import Permission
from tests.end_to_end.town import Town, a_town

pytestmark = pytest.mark.wire

WEEK = timedelta(days=7)


@pytest.fixture
async def open_town(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose bot was granted the members intent, and uses it."""
    async with a_town(migrated_file, tmp_path, members_intent=True) as running:
        yield running


async def meet(town: Town) -> Key:
    """Ana is known here."""
    key, app = Key(town.sandbox.guild.id, town.ana.user.id), town.bot.app
    await members.met(app, Person(key.user_id, key.guild_id, manages=False), app.now())
    return key


async def kept(town: Town, key: Key) -> Member:
    found = await members.member(town.bot.app, key)
    assert found is not None
    return found


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what the gateway's events lead to."""
    async with asyncio.timeout(20):
        while not await holds():  # noqa: ASYNC110 — a database rings no bell
            await asyncio.sleep(0.01)


async def removed_from(town: Town) -> list[int]:
    async with town.bot.app.store.read() as tx:
        return await moderation.servers_left(tx)


# -- members -------------------------------------------------------------------------------------


async def test_without_the_intent_a_weekly_question_finds_out(town: Town) -> None:
    """Ana leaves in silence: known with the question after a week; known again, too, when she has come back."""
    key, sandbox = await meet(town), town.sandbox
    ana = sandbox.guild.members[key.user_id]
    sandbox_members.remove(sandbox.world, sandbox.guild, key.user_id)
    await town.beat(WEEK - timedelta(hours=1))
    assert (await kept(town, key)).left_at is None
    await town.beat(timedelta(hours=2))
    assert (await kept(town, key)).left_at is not None
    sandbox.guild.members[key.user_id] = ana
    await town.beat(WEEK + timedelta(hours=1))
    assert (await kept(town, key)).left_at is None


async def test_with_the_intent_it_is_known_at_once(open_town: Town) -> None:
    """GUILD_MEMBER_REMOVE and GUILD_MEMBER_ADD are enough; of somebody we never met nothing is kept."""
    key, sandbox = await meet(open_town), open_town.sandbox
    bob = sandbox.member("bob").user
    for user_id in (bob.id, key.user_id):
        sandbox_members.remove(sandbox.world, sandbox.guild, user_id)

    async def has_left() -> bool:
        return (await kept(open_town, key)).left_at is not None

    async def is_here() -> bool:
        return not await has_left()

    await until(has_left)
    assert await members.member(open_town.bot.app, Key(key.guild_id, bob.id)) is None
    sandbox.world.add_member(sandbox.guild, sandbox.world.users[key.user_id])
    await until(is_here)


# -- servers -------------------------------------------------------------------------------------


async def test_removed_and_invited_again(town: Town) -> None:
    """The moment is kept, and cleared by the next invitation; the other server is not touched."""
    sandbox, guild_id = town.sandbox, town.sandbox.guild.id

    async def removed() -> bool:
        return await removed_from(town) == [guild_id]

    async def back() -> bool:
        return await removed_from(town) == []

    assert await back()
    sandbox.kick_bot()
    await until(removed)
    sandbox.invite_bot(Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES)
    await until(back)


async def test_an_outage_is_no_removal(town: Town) -> None:
    """GUILD_DELETE with `unavailable: true`, once connected and also at the next start, changes nothing."""
    town.sandbox.outage()
    await until(lambda: unavailable(town))
    assert await removed_from(town) == []
    await town.restart()
    assert await removed_from(town) == []
    town.sandbox.back()
    await until(lambda: available(town))
    assert await removed_from(town) == []


async def unavailable(town: Town) -> bool:
    guild = town.bot.client.get_guild(town.sandbox.guild.id)
    return guild is not None and guild.unavailable


async def available(town: Town) -> bool:
    guild = town.bot.client.get_guild(town.sandbox.guild.id)
    return guild is not None and not guild.unavailable


async def test_removed_while_it_was_down(town: Town) -> None:
    """No event tells it: the list of servers at the next start does; so with an invitation."""
    sandbox = town.sandbox
    await town.stop()
    sandbox.kick_bot()
    await town.start()
    assert await removed_from(town) == [sandbox.guild.id]
    await town.stop()
    sandbox.invite_bot(Permission.VIEW_CHANNEL)
    await town.start()
    assert await removed_from(town) == []
