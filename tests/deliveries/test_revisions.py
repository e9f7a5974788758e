"""What was promised is to read otherwise: which version says so, in both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries import store as outbox
from bot.deliveries.outcome import after_edit, after_send
from bot.deliveries.planned import Row, decode
from bot.ports import Receipt, Trouble
from bot.storage import Store
from tests.deliveries.parts import NOON, SECOND, Word, plan, planned, revise, versions

pytestmark = pytest.mark.store

SENT = Receipt(99)
UNCLEAR, GONE = Trouble("unclear", "503"), Trouble("unknown_channel", "404")
HIDDEN, BAD = Trouble("missing_access", "403"), Trouble("bad_request", "400")


async def draw(store: Store, after: timedelta = timedelta(hours=1)) -> list[Row]:
    """Claim whatever is due."""
    async with store.begin() as tx:
        due = await outbox.due(tx, NOON + after, 100)
        return await outbox.claim(tx, [row.id for row in due], NOON + after)


async def answer(store: Store, answer: Receipt | Trouble) -> None:
    """All that is due is tried, with this answer."""
    rows = await draw(store)
    settled = [
        after_edit(row, answer, NOON, 0) if row.edits else after_send(row, NOON, answer, NOON, 0)
        for row in rows
    ]
    async with store.begin() as tx:
        await outbox.settle(tx, settled)


async def stand(store: Store, text: str = "a") -> list[tuple[int, str, str]]:
    """Every version of what was planned as this text: its number, its state, how it reads."""
    every = await versions(store)
    return [
        (version, row.state, decode(Word, row.value).text)
        for (key, version), row in sorted(every.items())
        if key == f"test/10/{text}"
    ]


async def test_what_waits_reads_otherwise_at_once(store: Store) -> None:
    """Neither said nor tried: the value is replaced, under the same nonce."""
    await plan(store, planned("a"), planned("later", due_at=NOON + SECOND))
    before = await versions(store)
    assert await revise(store, ("a", "b"), ("later", "c")) == 2
    assert (await stand(store), await stand(store, "later")) == ([(1, "new", "b")], [(1, "new", "c")])
    assert {row.nonce for row in (await versions(store)).values()} == {row.nonce for row in before.values()}


async def test_the_same_again_is_nothing(store: Store) -> None:
    """No row for what reads so already, in whichever version."""
    await plan(store, planned("a"))
    assert await revise(store, ("a", "a")) == 0
    await answer(store, SENT)
    assert await revise(store, ("a", "a")) == 0
    assert await revise(store, ("a", "b")) == 1
    assert await revise(store, ("a", "b")) == 0
    assert await revise(store) == 0


async def test_what_was_said_is_edited(store: Store) -> None:
    """The next version, with a nonce of its own, due now and for the message that stands."""
    await plan(store, planned("a", subscription_id=7))
    await answer(store, SENT)
    assert await revise(store, ("a", "b"), now=NOON + SECOND) == 1
    first, edit = (await versions(store)).values()
    assert (edit.version, edit.state, edit.due_at, edit.message_id) == (2, "new", NOON + SECOND, None)
    assert (edit.channel_id, edit.guild_id, edit.subscription_id) == (10, 1, 7)
    assert len({first.nonce, edit.nonce}) == len({first.id, edit.id}) == 2
    [claimed] = await draw(store)
    assert (claimed.id, claimed.message_id) == (edit.id, 99)


async def test_an_edit_that_waits_is_replaced(store: Store) -> None:
    """Two changes before the first is made are one edit; after it they are two."""
    await plan(store, planned("a"))
    await answer(store, SENT)
    assert [await revise(store, ("a", text)) for text in "bc"] == [1, 1]
    assert await stand(store) == [(1, "sent", "a"), (2, "new", "c")]
    await answer(store, UNCLEAR)
    assert await revise(store, ("a", "d")) == 1
    assert await stand(store) == [(1, "sent", "a"), (2, "retry", "d")]
    await answer(store, SENT)
    assert await revise(store, ("a", "e")) == 1
    assert await stand(store) == [(1, "sent", "a"), (2, "sent", "d"), (3, "new", "e")]


@pytest.mark.parametrize("doubt", ["in flight", "unclear"])
async def test_what_may_stand_is_edited_later(store: Store, doubt: str) -> None:
    """While nobody knows whether it arrived, its value stays, and the edit is not due."""
    await plan(store, planned("a"))
    if doubt == "unclear":
        await answer(store, UNCLEAR)
    [row] = await draw(store)
    assert await revise(store, ("a", "b")) == 1
    assert await stand(store) == [(1, "sending", "a"), (2, "new", "b")]
    assert await draw(store) == []
    async with store.begin() as tx:
        await outbox.settle(tx, [after_send(row, NOON, SENT, NOON, 0)])
    assert [one.message_id for one in await draw(store)] == [99]


async def test_versions_never_overtake_each_other(store: Store) -> None:
    """A change that comes while an edit is on its way waits until that is settled."""
    await plan(store, planned("a"))
    await answer(store, SENT)
    await revise(store, ("a", "b"))
    [second] = await draw(store)
    await revise(store, ("a", "c"))
    assert (await stand(store))[1:] == [(2, "sending", "b"), (3, "new", "c")]
    assert await draw(store) == []
    async with store.begin() as tx:
        await outbox.settle(tx, [after_edit(second, BAD, NOON, 0)])
    assert [one.version for one in await draw(store)] == [3]


@pytest.mark.parametrize("ending", [BAD, Receipt(None)])
async def test_what_does_not_stand_is_left_alone(store: Store, ending: Receipt | Trouble) -> None:
    """What died for good, or was deleted, or was never promised, is not said anew."""
    await plan(store, planned("a"))
    await answer(store, ending)
    assert await revise(store, ("a", "b"), ("unheard of", "c")) == 0


async def test_a_deleted_message_is_not_tried_again(store: Store) -> None:
    """Once an edit found it gone, later changes make none."""
    await plan(store, planned("a"))
    await answer(store, SENT)
    await revise(store, ("a", "b"))
    await answer(store, Trouble("unknown_message", "404"))
    assert await revise(store, ("a", "c")) == 0


async def test_an_edit_without_a_message_has_none_to_change(store: Store) -> None:
    """The first version ended badly after the edit was planned: it is drawn, and knows that nothing stands."""
    await plan(store, planned("a"))
    [row] = await draw(store)
    await revise(store, ("a", "b"))
    async with store.begin() as tx:
        await outbox.settle(tx, [after_send(row, NOON, BAD, NOON, 0)])
    assert [(one.version, one.message_id) for one in await draw(store)] == [(2, None)]


async def test_news_before_edits(store: Store) -> None:
    """In a channel what is new is said first, however long the edit has waited; so are other channels' news."""
    await plan(store, planned("a", due_at=NOON - SECOND))
    await answer(store, SENT)
    await revise(store, ("a", "b"), now=NOON - SECOND)
    await plan(store, planned("new"), planned("elsewhere", channel_id=11))
    async with store.read() as tx:
        due = [(row.channel_id, row.version) for row in await outbox.due(tx, NOON, 100)]
    assert sorted(due) == [(10, 1), (11, 1)]


# -- beside pausing, moving and dying ------------------------------------------------------------


async def test_a_pause_holds_messages_and_no_edits(store: Store) -> None:
    """What stands still tells the truth while its subscription is paused; no number of waiting cards counts it."""
    await plan(store, planned("a", subscription_id=7))
    await answer(store, SENT)
    await plan(store, planned("b", subscription_id=7))
    await revise(store, ("a", "c"))
    async with store.begin() as tx:
        assert await outbox.hold(tx, 7) == 1
        assert await outbox.waiting(tx, [7]) == {7: 1}
    assert await revise(store, ("b", "d")) == 1
    assert (await stand(store, "b"), await stand(store)) == (
        [(1, "held", "d")],
        [(1, "sent", "a"), (2, "new", "c")],
    )
    async with store.begin() as tx:
        assert await outbox.release(tx, 7, NOON, channel_id=77) == 1
        assert await outbox.drop(tx, 7) == 1
    assert [row.version for row in await draw(store)] == [2]


async def test_what_comes_back_reads_as_it_should(store: Store) -> None:
    """A card that died with its channel and is said once that goes on has the newest value, tried or not."""
    await plan(store, planned("a", subscription_id=7), planned("b", subscription_id=7, due_at=NOON + SECOND))
    await answer(store, UNCLEAR)  # a
    async with store.begin() as tx:
        rows = await outbox.claim(tx, [row.id for row in (await versions(store)).values()], NOON)
        await outbox.settle(tx, [after_send(row, NOON, HIDDEN, NOON, 0) for row in rows])
    assert await revise(store, ("a", "A"), ("b", "B")) == 2
    assert (await stand(store), await stand(store, "b")) == (
        [(1, "dead", "a"), (2, "new", "A")],
        [(1, "dead", "B")],
    )
    assert await draw(store) == []
    async with store.begin() as tx:
        assert await outbox.release(tx, 7, NOON) == 2
    for _ in range(3):
        await answer(store, SENT)
    assert {state for _, state, _ in await stand(store) + await stand(store, "b")} == {"sent"}


async def test_what_may_have_stood_in_a_gone_channel(store: Store) -> None:
    """With the channel everything in it is gone: the value is replaced, and said where the subscription goes on."""
    await plan(store, planned("a", subscription_id=7))
    await answer(store, UNCLEAR)
    await answer(store, GONE)
    assert await revise(store, ("a", "b")) == 1
    async with store.begin() as tx:
        assert await outbox.release(tx, 7, NOON, channel_id=77) == 1
    assert [(row.channel_id, decode(Word, row.value).text) for row in await draw(store)] == [(77, "b")]


async def test_a_moved_card_is_changed_where_it_went(store: Store) -> None:
    """Its key names the new channel, and so does who changes it."""
    card = replace(planned("x", subscription_id=7), key="opening/1/channel/10")
    async with store.begin() as tx:
        await outbox.plan(tx, [card], NOON)
        await outbox.hold(tx, 7)
        await outbox.release(tx, 7, NOON, channel_id=77)
        assert await outbox.revise(tx, [("opening/1/channel/77", Word("y"))], NOON) == 1
    [row] = await draw(store)
    assert (row.channel_id, decode(Word, row.value).text) == (77, "y")


@pytest.mark.parametrize("refused", ["message", "edit"])
async def test_who_dies_with_a_refusal(store: Store, refused: str) -> None:
    """A refused message takes all that waits along, a refused edit other edits alone: messages have their own say."""
    await plan(store, planned("a"), planned("b", due_at=NOON + SECOND))
    for _ in "ab":
        await answer(store, SENT)
    await revise(store, ("a", "A"), ("b", "B"))
    if refused == "message":
        await plan(store, planned("new"), planned("more", due_at=NOON + SECOND))
        await answer(store, HIDDEN)
        assert [await stand(store, text) for text in ("new", "more")] == [
            [(1, "dead", "new")],
            [(1, "dead", "more")],
        ]
    else:
        [row] = await draw(store)
        await plan(store, planned("new"))
        async with store.begin() as tx:
            await outbox.settle(tx, [after_edit(row, HIDDEN, NOON, 0)])
        assert await stand(store, "new") == [(1, "new", "new")]
    assert [(await stand(store, text))[1][1] for text in "ab"] == ["dead", "dead"]
    async with store.read() as tx:
        assert {row.version for row in await outbox.unminded(tx, ["word"])} <= {1}
    assert await revise(store, ("a", "AA")) == 1  # perhaps it is open again by then


# -- asking --------------------------------------------------------------------------------------


async def test_what_was_said_under_a_prefix(store: Store) -> None:
    """The newest version of each key, with the message that stands; no key that only looks alike."""
    await plan(store, planned("1/a", subscription_id=7), planned("1/b", channel_id=11, member_id=11))
    await answer(store, SENT)
    await plan(store, planned("10/a"), planned("1"), planned("1-a"), planned("2/a"))
    await revise(store, ("1/a", "c"))
    async with store.read() as tx:
        assert await outbox.said(tx, "test/10/1/") == [
            outbox.Said("test/10/1/a", 1, 10, None, 99, "new", '{"text":"c"}', 7)
        ]
        assert [one.member_id for one in await outbox.said(tx, "test/11/")] == [11]
        assert len(await outbox.said(tx, "test/")) == 6
        assert await outbox.said(tx, "nothing/") == []


async def test_what_was_said_under_many_prefixes(store: Store) -> None:
    """Each has its own, also where there are more than one question holds, and where nothing was said."""
    await plan(store, *(planned(f"{number}/a", channel_id=10) for number in range(70)))
    prefixes = [f"test/10/{number}/" for number in range(71)]
    async with store.read() as tx:
        found = await outbox.said_each(tx, prefixes)
    keys = {prefix: [one.key for one in said] for prefix, said in found.items()}
    assert keys == {prefix: [f"{prefix}a"] for prefix in prefixes[:70]} | {"test/10/70/": []}


async def test_how_many_since(store: Store) -> None:
    """What a subscription promised since a moment: said, waiting or held; neither edits nor what was given up."""
    await plan(store, planned("early", subscription_id=7), planned("bad", channel_id=12, subscription_id=7))
    await answer(store, SENT)
    await plan(store, planned("a", subscription_id=7), planned("b", subscription_id=8), now=NOON + SECOND)
    await plan(store, planned("digest", kind="digest", subscription_id=7), now=NOON + SECOND)
    await revise(store, ("early", "changed"), now=NOON + SECOND)
    async with store.begin() as tx:
        await outbox.hold(tx, 7)
        assert await outbox.count_since(tx, 7, NOON + SECOND) == 2
        assert await outbox.count_since(tx, 7, NOON + SECOND, kind="word") == 1
        assert await outbox.count_since(tx, 7, NOON) == 4
        assert await outbox.count_since(tx, 9, NOON) == 0
    await plan(store, planned("doomed", channel_id=13, subscription_id=9))
    await answer(store, BAD)
    async with store.read() as tx:
        assert await outbox.count_since(tx, 9, NOON) == 0
