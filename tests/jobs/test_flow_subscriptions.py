"""Subscribing, pausing, moving, stopping, explaining; and what becomes of what waits. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobs.flow import promises, retention, subscriptions, turning
from bot.jobs.subscriptions import PER_TARGET
from bot.moderation.rights import Person
from bot.ports import NotModified, Trouble, Validators
from bot.refusals import Refusal
from bot.storage import Store
from tests.asked import refused
from tests.fakes import Fault
from tests.jobs.parts import ANA, CHANNEL, GUILD, MO, MODERATORS, OTHER_CHANNEL, Town, publish, read_once
from tests.jobs.values import entry

pytestmark = pytest.mark.store

HOUR = timedelta(hours=2)
STRANGER = Person(id=900, guild_id=GUILD + 1, manages=True)


@pytest.fixture
async def it(store: Store) -> Town:
    """A server whose feed was read once."""
    return await read_once(store)


async def test_a_proposal_tries_the_filter_on_last_week(it: Town) -> None:
    """It tells how many pass, of how many, with the newest as samples; nothing is heard before it is saved."""
    proposal = await subscriptions.propose(it.app, MO, '"engineer 3"', CHANNEL, (), it.clock())
    assert (proposal.tried.passed, proposal.tried.of) == (1, 10)
    assert [one.title for one in proposal.tried.samples] == ["Engineer 3"]
    await publish(it, 20)
    assert it.titles() == []


async def test_members_may_not_speak_for_a_channel(it: Town) -> None:
    """Only who manages the server subscribes, changes or sees a channel's subscriptions."""
    reason = await refused(subscriptions.propose(it.app, ANA, "", CHANNEL, (), it.clock()))
    assert reason == "channel_is_moderators"
    number = await it.subscribe()
    assert await refused(turning.stop(it.app, ANA, number, it.clock())) == "moderators_only"
    assert await subscriptions.alerts(it.app, ANA) == []
    assert [one.subscription.id for one in await subscriptions.alerts(it.app, MO)] == [number]


async def test_a_members_own_subscription_is_theirs_alone(it: Town) -> None:
    """It is kept and listed for them; a moderator neither sees nor stops it."""
    proposal = await subscriptions.propose(it.app, ANA, "engineer", None, (), it.clock())
    number = proposal.subscription.id
    await subscriptions.save(it.app, ANA, number, (), it.clock())
    assert [one.subscription.id for one in await subscriptions.alerts(it.app, ANA)] == [number]
    assert await subscriptions.alerts(it.app, MO) == []
    assert await refused(turning.stop(it.app, MO, number, it.clock())) == "subscription_gone"


async def test_another_server_reaches_nothing(it: Town) -> None:
    """A subscription's number is of no use in another server."""
    number = await it.subscribe()
    for attempt in (
        turning.pause(it.app, STRANGER, number, it.clock()),
        turning.resume(it.app, STRANGER, number, (), it.clock()),
        turning.stop(it.app, STRANGER, number, it.clock()),
        subscriptions.tried(it.app, STRANGER, number, it.clock()),
    ):
        assert await refused(attempt) == "subscription_gone"


async def test_a_missing_permission_is_named_before_anything_is_saved(it: Town) -> None:
    """Refused with the permissions' names, and no draft is left."""
    with pytest.raises(Refusal) as refusal:
        await subscriptions.propose(it.app, MO, "", CHANNEL, ("send_messages",), it.clock())
    assert refusal.value.facts == {"channel_id": CHANNEL, "missing": ("send_messages",)}
    assert await refused(subscriptions.save(it.app, MO, 1, (), it.clock())) == "subscription_gone"


async def test_a_wrong_filter_is_kept_as_a_draft_and_can_be_mended(it: Town) -> None:
    """The refusal points at the character and knows the draft; retyping makes it a proposal."""
    with pytest.raises(Refusal) as refusal:
        await subscriptions.propose(it.app, MO, "python AND", CHANNEL, (), it.clock())
    draft_id = refusal.value.facts["draft_id"]
    assert refusal.value.facts["error"].position <= len("python AND")
    assert (await subscriptions.kept(it.app, MO, draft_id)).filter == "python AND"
    assert await refused(subscriptions.save(it.app, MO, draft_id, (), it.clock())) == "filter_wrong"
    mended = await subscriptions.retype(it.app, MO, draft_id, "python", it.clock())
    assert mended.subscription.id == draft_id
    await subscriptions.save(it.app, MO, draft_id, (), it.clock())
    assert await refused(subscriptions.retype(it.app, MO, draft_id, "go", it.clock())) == "saved_already"


async def test_the_same_filter_twice_in_a_channel_is_refused(it: Town) -> None:
    """However it is spelt; another channel may have it."""
    await it.subscribe("python AND go")
    again = subscriptions.propose(it.app, MO, "python go", CHANNEL, (), it.clock())
    assert await refused(again) == "subscribed_already"
    await it.subscribe("python go", OTHER_CHANNEL)


async def test_there_is_a_limit_for_each_target(it: Town) -> None:
    """One message lists them all."""
    for number in range(PER_TARGET):
        await it.subscribe(f"word{number}")
    one_more = subscriptions.propose(it.app, MO, "more", CHANNEL, (), it.clock())
    assert await refused(one_more) == "too_many_subscriptions"


async def test_saving_twice_saves_once(it: Town) -> None:
    """Two presses of Save: one subscription, one card."""
    number = await it.subscribe()
    await subscriptions.save(it.app, MO, number, (), it.clock())
    await publish(it, 20)
    assert it.titles() == ["Engineer 20"]


async def test_paused_cards_wait_and_come_when_it_goes_on(it: Town) -> None:
    """What was promised waits; what is new during the pause passes it by."""
    number = await it.subscribe()
    it.discord.faults.append(Fault(False, Trouble("unclear", "lost")))
    await publish(it, 20)
    await turning.pause(it.app, MO, number, it.clock())
    await publish(it, 20, 21)
    assert it.titles() == []
    (listed,) = await subscriptions.alerts(it.app, MO)
    assert (listed.subscription.state, listed.waiting) == ("paused", 1)
    await turning.resume(it.app, MO, number, (), it.clock())
    await it.beat(HOUR)
    assert it.titles() == ["Engineer 20"]


async def test_going_on_needs_the_permission(it: Town) -> None:
    """Resume is refused while the bot may not post there."""
    number = await it.subscribe()
    await turning.pause(it.app, MO, number, it.clock())
    attempt = turning.resume(it.app, MO, number, ("view_channel",), it.clock())
    assert await refused(attempt) == "bot_may_not"


async def test_stopping_drops_what_waits(it: Town) -> None:
    """Nothing of it is said any more, and it is gone from the list."""
    number = await it.subscribe()
    await turning.pause(it.app, MO, number, it.clock())
    await turning.stop(it.app, MO, number, it.clock())
    await publish(it, 20)
    assert it.titles() == []
    assert await subscriptions.alerts(it.app, MO) == []


async def test_cards_of_a_deleted_channel_move_to_another(it: Town) -> None:
    """The channel goes while cards wait: nothing is lost, they stand in the channel that is chosen instead."""
    number = await it.subscribe()
    await it.choose_moderators_channel()
    it.discord.refusing[CHANNEL] = Trouble("unknown_channel", "gone")
    await publish(it, 20, 21, 22)
    assert len(it.discord.said(MODERATORS)) == 1
    await turning.resume(it.app, MO, number, (), it.clock(), channel_id=OTHER_CHANNEL)
    await it.beat()
    assert it.titles(OTHER_CHANNEL) == ["Engineer 22", "Engineer 21", "Engineer 20"]


async def test_a_channel_that_heard_an_opening_does_not_hear_it_again_by_a_move(it: Town) -> None:
    """Two channels hear the same; one goes and its cards move to the other: only what is new there comes."""
    number = await it.subscribe("engineer")
    await it.subscribe('"engineer 20"', OTHER_CHANNEL)
    it.discord.refusing[CHANNEL] = Trouble("unknown_channel", "gone")
    await publish(it, 20, 21)
    await turning.resume(it.app, MO, number, (), it.clock(), channel_id=OTHER_CHANNEL)
    await it.beat()
    assert it.titles(OTHER_CHANNEL) == ["Engineer 20", "Engineer 21"]


async def test_a_move_obeys_the_rules_of_the_other_channel(it: Town) -> None:
    """Not where the same filter is heard already, nor where the bot may not speak, nor as a draft."""
    number = await it.subscribe("engineer")
    await it.subscribe("Engineer", OTHER_CHANNEL)
    there = turning.resume(it.app, MO, number, (), it.clock(), channel_id=OTHER_CHANNEL)
    assert await refused(there) == "subscribed_already"
    silent = turning.resume(it.app, MO, number, ("send_messages",), it.clock(), channel_id=12)
    assert await refused(silent) == "bot_may_not"
    draft = (await subscriptions.propose(it.app, MO, "go", CHANNEL, (), it.clock())).subscription.id
    assert await refused(turning.resume(it.app, MO, draft, (), it.clock())) == "subscription_gone"
    assert await refused(turning.pause(it.app, MO, draft, it.clock())) == "subscription_gone"


async def test_an_uncertain_card_is_told_and_pauses_nothing(it: Town) -> None:
    """The answer was lost and the history can't be read: not posted twice, told once, the rest goes on."""
    await it.subscribe()
    await it.choose_moderators_channel()
    it.discord.unreadable[CHANNEL] = Trouble("unreadable", "no history")
    it.discord.faults.append(Fault(True, Trouble("unclear", "lost")))
    await publish(it, 20)
    await it.beat(HOUR)
    await publish(it, 20, 21)
    assert it.titles() == ["Engineer 20", "Engineer 21"]
    assert len(it.discord.said(MODERATORS)) == 1


async def test_many_uncertain_cards_are_one_notice(it: Town) -> None:
    """A burst whose answers were all lost, in a channel that can't be read, is told in one message."""
    await it.choose_moderators_channel()
    await it.subscribe()
    it.discord.unreadable[CHANNEL] = Trouble("unreadable", "no history")
    it.discord.faults.extend([Fault(True, Trouble("unclear", "lost"))] * 5)
    await publish(it, 20, 21, 22, 23, 24)
    await it.beat(HOUR)
    await it.beat(HOUR)
    (notice,) = it.discord.said(MODERATORS)
    assert '"cards":5' in notice and '"code":"uncertain"' in notice


async def test_discard_after_save_stops_nothing_and_says_so(it: Town) -> None:
    """A second window still shows *Discard*: pressed there, the saved subscription stays, and the answer is true."""
    number = await it.subscribe()
    assert await refused(subscriptions.discard(it.app, MO, number, it.clock())) == "saved_already"
    assert (await subscriptions.kept(it.app, MO, number)).state == "active"


async def test_a_board_that_nobody_reads(it: Town) -> None:
    """`board:` with a name that is no board's is a mistake, also when a draft is typed anew; a known one is not."""
    asked = subscriptions.propose(it.app, MO, "board:monster", CHANNEL, (), it.clock())
    assert await refused(asked) == "filter_wrong"
    proposal = await subscriptions.propose(it.app, MO, 'board:"Board"', CHANNEL, (), it.clock())
    typed = subscriptions.retype(it.app, MO, proposal.subscription.id, "Board:monster", it.clock())
    assert await refused(typed) == "filter_wrong"


async def test_the_same_filter_in_other_letters(it: Town) -> None:
    """Capitals don't matter to a filter, so they make no second subscription."""
    await it.subscribe('python "Machine Learning"')
    again = subscriptions.propose(it.app, MO, 'Python  "machine learning"', CHANNEL, (), it.clock())
    assert await refused(again) == "subscribed_already"


async def test_a_card_that_discord_refuses_is_one_cards_trouble(it: Town) -> None:
    """A 400 for one card: told, not retried, the subscription stays active."""
    number = await it.subscribe()
    it.discord.faults.append(Fault(False, Trouble("bad_request", "too odd")))
    await publish(it, 20)
    await publish(it, 20, 21)
    assert it.titles() == ["Engineer 21"]
    assert (await subscriptions.kept(it.app, MO, number)).state == "active"


async def test_a_card_is_known_by_its_marker(it: Town) -> None:
    """What it is about; nothing for another server."""
    await it.subscribe("engineer")
    await publish(it, 20)
    (posted,) = it.discord.channels[CHANNEL]
    assert (await subscriptions.card_of(it.app, GUILD, posted.nonce)).title == "Engineer 20"
    assert await refused(subscriptions.card_of(it.app, GUILD + 1, posted.nonce)) == "card_forgotten"
    assert await refused(subscriptions.card_of(it.app, GUILD, "unheard")) == "card_forgotten"


async def test_unsaved_drafts_are_forgotten_after_a_day(it: Town) -> None:
    """Saved ones stay."""
    await it.subscribe("go")
    await subscriptions.propose(it.app, MO, "python", CHANNEL, (), it.clock())
    assert await retention.forget(it.app, it.clock.move(timedelta(hours=23))) == 0
    assert await retention.forget(it.app, it.clock.move(timedelta(hours=2))) == 1
    assert len(await subscriptions.alerts(it.app, MO)) == 1


async def test_what_is_old_is_forgotten_and_what_a_feed_still_shows_is_not(it: Town) -> None:
    """Deliveries go 30 days after they were said, openings 180 days after their feed showed them last."""
    await it.subscribe()
    await publish(it, 20)
    (posted,) = it.discord.channels[CHANNEL]
    it.clock.move(timedelta(days=31))
    await it.beat()
    assert await retention.forget(it.app, it.clock()) == 1
    assert await refused(subscriptions.card_of(it.app, GUILD, posted.nonce)) == "card_forgotten"
    it.feeds.shows([entry(20, published=None)])
    await it.beat(timedelta(days=1))
    await it.beat(timedelta(days=178))
    assert await retention.forget(it.app, it.clock()) == 0
    await it.beat(timedelta(days=3))
    assert await retention.forget(it.app, it.clock()) == 10
    assert it.titles() == ["Engineer 20"]


async def test_a_feed_that_never_changes_is_not_forgotten(it: Town) -> None:
    """Half a year of "not modified": its openings are still there, and say nothing when it changes at last."""
    await it.subscribe()
    it.feeds.answers["board"] = NotModified(Validators(etag="v"))
    for _ in range(20):
        await it.beat(timedelta(days=10))
    assert await retention.forget(it.app, it.clock()) == 0
    it.clock.move(timedelta(days=1))
    await publish(it, 20)
    assert it.titles() == ["Engineer 20"]


async def test_minding_twice_tells_once(it: Town) -> None:
    """The duty that deals with troubles finds nothing the second time."""
    await it.subscribe()
    it.discord.refusing[CHANNEL] = Trouble("missing_permission", "no")
    await publish(it, 20)
    assert await promises.mind_troubles(it.app, it.clock()) == 0
