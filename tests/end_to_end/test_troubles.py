"""What goes wrong outside is told to the moderators once, with the button that mends it; over the wire."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.ports import Workers
from sandbox import Permission
from tests.end_to_end.here import Here
from tests.end_to_end.town import BOARD, BOARD_NAME, HOUR, Town, lacks, page

pytestmark = pytest.mark.wire

MINUTE = timedelta(minutes=1)


@pytest.fixture
def workers() -> Workers:
    """No children: what is read in these is right."""
    return Here()


# -- a feed --------------------------------------------------------------------------------------


async def test_a_feed_in_trouble_is_told_once(town: Town) -> None:
    """Two failures are weather; after the third one notice says what is wrong, and no other follows."""
    await town.settle_in()
    await town.subscribe()
    town.boards.behave(BOARD, "status", status=503)
    await town.beat(2 * HOUR)
    await town.beat(HOUR)
    assert town.notices() == []
    await town.beat(HOUR)
    (notice,) = town.notices()
    assert notice.text.startswith(f"### {BOARD_NAME} can't be read") and "503" in notice.text
    assert notice.buttons == ["Try again now"]
    for _ in range(3):
        await town.beat(24 * HOUR)
    assert len(town.notices()) == 1


async def test_try_again_now_and_the_recovery(town: Town) -> None:
    """The button reads the feed at the next beat; that it works again is told once, and nothing was lost."""
    await town.settle_in()
    await town.subscribe()
    town.boards.behave(BOARD, "html")
    for _ in range(3):
        await town.beat(3 * HOUR)
    (notice,) = town.notices()
    town.publish("Python Engineer")
    town.boards.mend(BOARD)
    town.sandbox.clock.move(MINUTE)  # a feed is asked for once a minute
    answer = await page(notice.click("Try again now"))
    assert answer.ephemeral and "I read it within seconds" in answer.text
    await town.beat(MINUTE)
    _, recovered = town.notices()
    assert recovered.text.startswith(f"### {BOARD_NAME} works again")
    assert len(town.cards()) == 1
    seen = await page(recovered.click("Seen"))
    assert f"**Seen** · <@{town.mo.user.id}>" in seen.text
    await town.beat(3 * HOUR)
    assert len(town.notices()) == 2


async def test_only_moderators_press(town: Town) -> None:
    """Whoever can see a notice may not press it for that."""
    await town.settle_in()
    home = await page(town.mo.slash("setup"))
    await page(home.choose("Moderators' channel", "reviews"))
    await town.subscribe()
    town.boards.behave(BOARD, "status", status=404)
    for _ in range(3):
        await town.beat(3 * HOUR)
    (notice,) = town.cards("reviews", "ana")
    assert "Only moderators" in (await page(notice.click("Try again now"))).text


# -- a storm -------------------------------------------------------------------------------------


async def storm(town: Town) -> None:
    """The board suddenly shows mostly openings that nobody knows; two of them would pass the channel's filter."""
    await town.settle_in()
    await town.subscribe("falconry")
    await town.news(*(f"Cook {number}" for number in range(28)), "Falconry Engineer 1", "Falconry Engineer 2")


async def test_a_storm_is_held_and_approved(town: Town) -> None:
    """Nothing is posted until a moderator approves; then what passes the filter is, once."""
    await storm(town)
    assert town.cards() == []
    (notice,) = town.notices()
    assert notice.text.startswith(f"### {BOARD_NAME} suddenly looks new")
    assert "30 of 50 openings" in notice.text
    done = await page(notice.click("Approve: post them"))
    assert f"**Approved; 2 cards follow** · <@{town.mo.user.id}>" in done.text and done.buttons == ["Done"]
    await town.beat(MINUTE)
    assert [title.split(" at ")[0] for title in town.titles()] == [
        "Falconry Engineer 1",
        "Falconry Engineer 2",
    ]
    await town.news("Falconry Engineer 3")
    assert len(town.titles()) == 3 and len(town.notices()) == 1


async def test_a_storm_is_skipped(town: Town) -> None:
    """What a moderator skips is never posted; later news is."""
    await storm(town)
    (notice,) = town.notices()
    assert "**Skipped; none of them is posted**" in (await page(notice.click("Skip them"))).text
    await town.beat(MINUTE)
    assert town.cards() == []
    await town.news("Falconry Engineer 3")
    assert [title.split(" at ")[0] for title in town.titles()] == ["Falconry Engineer 3"]


async def test_a_storm_is_decided_once(town: Town) -> None:
    """Of two moderators who press at the same moment one decides; the other reads that it was decided."""
    await storm(town)
    (notice,) = town.notices()
    (same,) = town.cards("moderators", "owner")
    answers = await asyncio.gather(
        page(notice.click("Approve: post them")), page(same.click("Approve: post them"))
    )
    assert sorted("decided already" in answer.text for answer in answers) == [False, True]
    await town.beat(MINUTE)
    assert len(town.cards()) == 2


# -- a channel -----------------------------------------------------------------------------------


async def test_a_channel_is_deleted_while_cards_wait(town: Town) -> None:
    """The subscription pauses, moderators are told once, and another channel gets what waited."""
    await town.settle_in()
    await town.subscribe("falconry")
    town.sandbox.delete_channel("remote-python")
    await town.news("Falconry Engineer 1", "Falconry Engineer 2")
    await town.beat(MINUTE)
    (notice,) = town.notices()
    assert notice.text.startswith("### A subscription is paused")
    assert "The channel is gone" in notice.text and "2 cards wait" in notice.text
    await town.news("Falconry Engineer 3")
    assert len(town.notices()) == 1
    moved = await page(notice.choose("Post in another channel instead", "remote-design"))
    assert f"It goes on in <#{town.sandbox.channel('remote-design').id}>" in moved.text
    await town.beat(MINUTE)
    assert [title.split(" at ")[0] for title in town.titles("remote-design")] == [
        "Falconry Engineer 1",
        "Falconry Engineer 2",
    ]
    await town.news("Falconry Engineer 4")
    assert len(town.titles("remote-design")) == 3 and len(town.notices()) == 1


async def test_a_channel_is_deleted_after_a_lost_answer(town: Town) -> None:
    """A card that may have stood in the deleted channel comes in the new one, and pauses nothing there."""
    await town.settle_in()
    await town.subscribe("falconry")
    town.sandbox.faults.add(
        when="after", method="POST", route="/channels/{channel_id}/messages", drop=True, times=9
    )
    await town.news("Falconry Engineer 1")
    town.sandbox.faults.clear()
    town.sandbox.delete_channel("remote-python")
    await town.beat(HOUR)
    await town.beat(MINUTE)
    (notice,) = town.notices()
    await page(notice.choose("Post in another channel instead", "remote-design"))
    for _ in range(3):
        await town.beat(HOUR)
    await town.news("Falconry Engineer 2")
    assert [title.split(" at ")[0] for title in town.titles("remote-design")] == [
        "Falconry Engineer 1",
        "Falconry Engineer 2",
    ]
    assert len(town.notices()) == 1


@pytest.mark.parametrize(
    ("permission", "named"),
    [(Permission.SEND_MESSAGES, "Send Messages"), (Permission.VIEW_CHANNEL, "View Channel")],
)
async def test_a_permission_is_taken_away(town: Town, permission: Permission, named: str) -> None:
    """The notice names it; *Go on* is refused until it is granted, then what waited is posted. What came meanwhile is
    in the next digest."""
    await town.settle_in()
    await town.subscribe("falconry")
    town.sandbox.deny("remote-python", permission)
    await town.news("Falconry Engineer 1", "Falconry Engineer 2")
    await town.beat(MINUTE)
    (notice,) = town.notices()
    assert named in notice.text and "2 cards wait" in notice.text
    assert lacks(await page(notice.click("Go on")), named)
    await town.news("Falconry Engineer 3")
    town.sandbox.allow("remote-python", permission)
    done = await page(notice.click("Go on"))
    assert "It goes on; what waited is posted now; 1 more came meanwhile, for the next digest" in done.text
    await town.beat(MINUTE)
    assert [title.split(" at ")[0] for title in town.titles()] == [
        "Falconry Engineer 1",
        "Falconry Engineer 2",
    ]
    assert len(town.notices()) == 1
    await town.beat(timedelta(days=1))
    await town.beat(MINUTE)
    assert "Falconry Engineer 3" in town.cards()[-1].text


async def test_the_same_trouble_again(town: Town) -> None:
    """A subscription that went on and is refused once more is told of once more: no silent pause."""
    await town.settle_in()
    await town.subscribe("falconry")
    town.sandbox.deny("remote-python", Permission.SEND_MESSAGES)
    await town.news("Falconry Engineer 1")
    await town.beat(MINUTE)
    (first,) = town.notices()
    town.sandbox.allow("remote-python", Permission.SEND_MESSAGES)
    await page(first.click("Go on"))
    town.sandbox.deny("remote-python", Permission.SEND_MESSAGES)
    await town.beat(MINUTE)
    await town.beat(MINUTE)
    _, second = town.notices()
    town.sandbox.allow("remote-python", Permission.SEND_MESSAGES)
    await page(second.click("Go on"))
    await town.beat(MINUTE)
    assert len(town.cards()) == 1


async def test_stop_it(town: Town) -> None:
    """The notice's other way out: the subscription ends, and what waited is dropped."""
    await town.settle_in()
    await town.subscribe("falconry")
    town.sandbox.delete_channel("remote-python")
    await town.news("Falconry Engineer 1")
    await town.beat(MINUTE)
    (notice,) = town.notices()
    assert "**It is stopped**" in (await page(notice.click("Stop it"))).text
    assert "You follow nothing yet" in (await page(town.mo.slash("jobs alerts"))).text


async def test_a_lost_answer_and_a_hidden_history(town: Town) -> None:
    """A card that may have arrived is not posted twice; without the history moderators are told, once."""
    await town.settle_in()
    await town.subscribe("falconry")
    town.sandbox.faults.add(
        when="after", method="POST", route="/channels/{channel_id}/messages", drop=True, times=9
    )
    await town.news("Falconry Engineer 1")
    town.sandbox.faults.clear()
    town.sandbox.deny("remote-python", Permission.READ_MESSAGE_HISTORY)
    for _ in range(3):
        await town.beat(HOUR)
    (notice,) = town.notices()
    assert "may or may not have arrived" in notice.text and "Read Message History" in notice.text
    assert notice.buttons == ["Seen"]
    assert len(town.cards()) == 1


async def test_a_lost_answer_and_a_readable_history(town: Town) -> None:
    """The bot looks into the channel, finds its card, and says nothing more."""
    await town.settle_in()
    await town.subscribe("falconry")
    town.sandbox.faults.add(
        when="after", method="POST", route="/channels/{channel_id}/messages", drop=True, times=9
    )
    await town.news("Falconry Engineer 1")
    town.sandbox.faults.clear()
    for _ in range(3):
        await town.beat(HOUR)
    assert len(town.cards()) == 1 and town.notices() == []
