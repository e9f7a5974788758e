"""A pod's thread that a moderator has closed or deleted, on both databases."""

from __future__ import annotations

import pytest

from bot.checkins.messages import POD_CARD, POD_HELLO
from bot.people.members import Key
from bot.ports import Trouble
from tests.checkins.parts import GUILD, HOUR, Town
from tests.checkins.pods_parts import ANA, FOUR, only, opened
from tests.checkins.presses import say


@pytest.mark.parametrize("code", ["thread_locked", "unknown_channel"])
async def test_a_closed_thread_is_replaced_and_what_was_not_said_is_said_in_the_new_one(
    it: Town, code: str
) -> None:
    """Everybody is let in again, and the card that the old thread refused stands in the new one, once."""
    group = await opened(it, *FOUR)
    one = await only(it, group)
    assert one.thread_id is not None
    it.discord.refusing[one.thread_id] = Trouble(code, "closed")
    await say(it, group, Key(GUILD, ANA), circle="pod")
    for _ in range(3):  # refused, opened anew, said
        await it.walk(HOUR)
    new = await only(it, group)
    assert new.thread_id is not None and new.thread_id != one.thread_id
    assert it.discord.inside[new.thread_id] == set(FOUR)
    assert sorted(it.kinds(new.thread_id)) == sorted([POD_HELLO, POD_CARD])
    assert POD_CARD not in it.kinds(one.thread_id)
