"""Drafts that are arranged, saved ones that are changed, pauses that end, tags that are wanted. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.deliveries import store as outbox
from bot.jobs import store
from bot.jobs.flow import alert_page, digests, subscriptions, turning
from bot.jobs.subscriptions import Subscription
from bot.people.flow import members
from bot.people.members import Key
from bot.ports import Trouble
from bot.storage import Store
from tests.asked import refused
from tests.jobs import listening
from tests.jobs.parts import ANA, CHANNEL, GUILD, MO, OTHER_CHANNEL, Town, publish, read_once

pytestmark = pytest.mark.store

HOUR, DAY = timedelta(hours=2), timedelta(days=1)
ANA_KEY = Key(GUILD, ANA.id)


@pytest.fixture
async def it(store: Store) -> Town:
    """A server whose feed was read once."""
    return await read_once(store)


async def kept(it: Town, number: int) -> Subscription:
    async with it.app.store.read() as tx:
        found = await store.subscriptions.one(tx, number)
    assert found is not None
    return found


async def edited(it: Town, number: int, **chosen: object) -> int:
    """A draft of a saved one with these choices; gives its id."""
    draft = (await subscriptions.rewrite(it.app, MO, number, it.clock())).subscription
    await subscriptions.arrange(it.app, MO, draft.id, it.clock(), **chosen)  # type: ignore[arg-type]
    return draft.id


async def test_a_draft_is_arranged_and_kept_as_chosen(it: Town) -> None:
    """Each choice stays what it was until it is made anew; what is saved is what was shown."""
    proposal = await subscriptions.propose(it.app, MO, "engineer", CHANNEL, (), it.clock(), target="news")
    number = proposal.subscription.id
    await subscriptions.arrange(it.app, MO, number, it.clock(), rhythm="weekly", weekday=4)
    await subscriptions.arrange(it.app, MO, number, it.clock(), publish=True, role_id=7, role_filter="senior")
    shown = await subscriptions.shown(it.app, MO, number, 0, it.clock())
    saved = await subscriptions.save(it.app, MO, number, (), it.clock())
    one = saved.subscription
    assert (one.target, one.rhythm, one.weekday, one.publish, one.role_filter) == (
        "news",
        "weekly",
        4,
        True,
        "senior",
    )
    assert one.filter == shown.subscription.filter and one.state == "active"


async def test_a_wrong_filter_for_the_role(it: Town) -> None:
    """It is pointed at, and the draft keeps the one it had."""
    number = (await subscriptions.propose(it.app, MO, "", CHANNEL, (), it.clock())).subscription.id
    wrong = subscriptions.arrange(it.app, MO, number, it.clock(), role_filter="go AND")
    assert await refused(wrong) == "filter_wrong"
    assert (await kept(it, number)).role_filter == ""


async def test_only_its_maker_arranges_a_draft(it: Town) -> None:
    """And only as long as it is one."""
    number = (await subscriptions.propose(it.app, ANA, "go", None, (), it.clock())).subscription.id
    assert (
        await refused(subscriptions.arrange(it.app, MO, number, it.clock(), silent=False))
        == "subscription_gone"
    )
    await subscriptions.save(it.app, ANA, number, (), it.clock())
    assert (
        await refused(subscriptions.arrange(it.app, ANA, number, it.clock(), silent=False)) == "saved_already"
    )


async def test_an_edit_counts_when_it_is_saved(it: Town) -> None:
    """Until then the saved one goes on; then it is as the draft was, and the draft is gone."""
    number = await it.subscribe('"engineer 20"')
    draft = await edited(it, number, preset="calm")
    await subscriptions.retype(it.app, MO, draft, '"engineer 21"', it.clock(), editing_id=number)
    await publish(it, 20, 21)
    assert it.titles() == ["Engineer 20"]
    saved = await subscriptions.save(it.app, MO, draft, (), it.clock(), editing_id=number)
    assert (saved.subscription.id, saved.subscription.preset, saved.edited) == (number, "calm", True)
    await publish(it, 20, 21, 22)
    assert [one.subscription.id for one in await subscriptions.alerts(it.app, MO)] == [number]
    again = await subscriptions.save(it.app, MO, draft, (), it.clock(), editing_id=number)
    assert again.subscription.id == number


async def test_an_edit_belongs_to_one_reader(it: Town) -> None:
    """A draft of one channel can't be saved into another's, nor into a member's."""
    here, there = await it.subscribe("go"), await it.subscribe("rust", OTHER_CHANNEL)
    draft = await edited(it, here)
    attempt = subscriptions.save(it.app, MO, draft, (), it.clock(), editing_id=there)
    assert await refused(attempt) == "subscription_gone"
    mine = (await subscriptions.propose(it.app, ANA, "php", None, (), it.clock())).subscription.id
    await subscriptions.save(it.app, ANA, mine, (), it.clock())
    assert await refused(subscriptions.rewrite(it.app, MO, mine, it.clock())) == "subscription_gone"
    attempt = subscriptions.save(it.app, MO, draft, (), it.clock(), editing_id=mine)
    assert await refused(attempt) == "subscription_gone"


async def test_an_edit_into_a_rhythm_moves_what_waits(it: Town) -> None:
    """What waited for a weekly digest is said with the daily one that took its place."""
    number = await it.subscribe("engineer")
    weekly = await edited(it, number, rhythm="weekly", weekday=(it.clock().weekday() + 5) % 7)
    await subscriptions.save(it.app, MO, weekly, (), it.clock(), editing_id=number)
    await publish(it, 20)
    await digests.say_digests(it.app, it.clock())
    daily = await edited(it, number, rhythm="daily")
    await subscriptions.save(it.app, MO, daily, (), it.clock(), editing_id=number)
    await digests.say_digests(it.app, it.clock())
    await digests.say_digests(it.app, it.clock.move(DAY))
    await it.beat()
    assert len(it.discord.said(CHANNEL)) == 1 and "Engineer 20" in it.discord.said(CHANNEL)[0]


async def test_a_copy_fits_the_other_channel(it: Town) -> None:
    """Its choices come along, as far as they mean something there."""
    number = await it.subscribe("engineer")
    draft = await edited(it, number, target="news", publish=True, preset="all")
    await subscriptions.save(it.app, MO, draft, (), it.clock(), editing_id=number)
    copy = await subscriptions.copy(it.app, MO, number, OTHER_CHANNEL, (), it.clock(), target="forum")
    one = copy.subscription
    assert (one.channel_id, one.target, one.publish, one.preset, one.state) == (
        OTHER_CHANNEL, "forum", False, "all", "draft",
    )  # fmt: skip
    assert (
        await refused(subscriptions.copy(it.app, MO, number, 12, ("send_messages",), it.clock()))
        == "bot_may_not"
    )
    assert await refused(subscriptions.copy(it.app, ANA, number, 12, (), it.clock())) == "moderators_only"


async def test_a_forum_that_wants_a_tag_is_not_saved_without_one(it: Town) -> None:
    """Also when somebody presses a button that was shown before."""
    number = (
        await subscriptions.propose(it.app, MO, "", CHANNEL, (), it.clock(), target="forum")
    ).subscription.id
    attempt = subscriptions.save(it.app, MO, number, (), it.clock(), tag_required=True)
    assert await refused(attempt) == "tag_needed"
    await subscriptions.arrange(it.app, MO, number, it.clock(), fallback_tag="Other")
    await subscriptions.save(it.app, MO, number, (), it.clock(), tag_required=True)


async def test_the_tag_reaches_what_waits(it: Town) -> None:
    """Cards that died for want of a tag are said with the one that was chosen since."""
    number = await it.subscribe("engineer")
    await it.choose_moderators_channel()
    it.discord.refusing[CHANNEL] = Trouble("tag_required", "no tag")
    await publish(it, 20)
    assert (await kept(it, number)).pause_reason == "tag_required"
    del it.discord.refusing[CHANNEL]
    await turning.with_tag(it.app, MO, number, "Other", (), it.clock())
    await it.beat()
    (card,) = it.discord.said(CHANNEL)
    assert '"fallback_tag":"Other"' in card and it.titles() == ["Engineer 20"]


async def test_a_pause_ends_by_itself(it: Town) -> None:
    """Not before its time, also when something else woke it; what was promised comes then."""
    number = await it.subscribe("engineer")
    await turning.pause(it.app, MO, number, it.clock(), it.clock() + DAY)
    async with it.app.store.begin() as tx:
        await store.waiting.speaks_at(tx, number, it.clock())
    assert await turning.end_pauses(it.app, it.clock()) == 0
    assert await turning.end_pauses(it.app, it.clock.move(DAY - HOUR)) == 0
    assert (await kept(it, number)).state == "paused"
    assert await turning.end_pauses(it.app, it.clock.move(HOUR)) == 1
    assert (await kept(it, number)).state == "active"
    assert await turning.end_pauses(it.app, it.clock()) == 0


async def test_a_pause_by_hand_does_not_end(it: Town) -> None:
    """However long it takes."""
    number = await it.subscribe("engineer")
    await turning.pause(it.app, MO, number, it.clock())
    assert await turning.end_pauses(it.app, it.clock.move(timedelta(days=300))) == 0
    assert (await kept(it, number)).state == "paused"


async def test_the_first_alert_is_tried_by_a_message(it: Town) -> None:
    """With consent a test goes out when it is saved; once one has arrived, a second alert needs none."""
    await members.met(it.app, ANA, it.clock())
    await members.consent(it.app, ANA_KEY, it.clock())
    first = (await subscriptions.propose(it.app, ANA, "go", None, (), it.clock())).subscription.id
    assert (await subscriptions.save(it.app, ANA, first, (), it.clock())).testing
    for _ in range(2):  # one message a minute to one member
        await listening.beat(it, timedelta(minutes=2))
    assert (await kept(it, first)).tested_at is not None
    second = (await subscriptions.propose(it.app, ANA, "rust", None, (), it.clock())).subscription.id
    assert not (await subscriptions.save(it.app, ANA, second, (), it.clock())).testing


async def test_without_consent_nothing_is_planned(it: Town) -> None:
    """They become known by saving; nobody writes to them."""
    number = (await subscriptions.propose(it.app, ANA, "go", None, (), it.clock())).subscription.id
    saved = await subscriptions.save(it.app, ANA, number, (), it.clock())
    assert saved.member is not None and saved.member.dm_since is None and not saved.testing
    async with it.app.store.read() as tx:
        assert await outbox.said(tx, "alert-test/") == []


async def test_following_a_channel_is_tried_with_its_filters(it: Town) -> None:
    """Any of them will do; a channel of which nobody follows anything says nothing."""
    await it.subscribe('"engineer 3"')
    await it.subscribe('"engineer 4"')
    both = await subscriptions.propose(
        it.app, ANA, "", None, (), it.clock(), follows="channel", follows_channel_id=CHANNEL
    )
    assert (both.tried.passed, both.says_nothing) == (2, False)
    none = await subscriptions.propose(
        it.app, ANA, "", None, (), it.clock(), follows="channel", follows_channel_id=OTHER_CHANNEL
    )
    assert (none.tried.passed, none.says_nothing) == (0, True)
    assert await subscriptions.followable(it.app, ANA) == [CHANNEL]


async def test_the_mirror_and_the_form(it: Town) -> None:
    """Without which part it would find how many; and whether the form can show it."""
    asked = await subscriptions.propose(it.app, MO, 'engineer "engineer 3"', CHANNEL, (), it.clock())
    assert dict(asked.mirror) == {"without engineer": 1, "without “engineer 3”": 10} and asked.in_form
    other = await subscriptions.propose(it.app, MO, "go OR level:senior", OTHER_CHANNEL, (), it.clock())
    assert not other.in_form


async def test_the_page_tells_what_waits_and_until_when(it: Town) -> None:
    """A channel's digest: how many openings, and its moment; nothing is listed there that will be told."""
    number = await it.subscribe("engineer")
    draft = await edited(it, number, rhythm="daily", at_minute=9 * 60)
    await subscriptions.save(it.app, MO, draft, (), it.clock(), editing_id=number)
    await publish(it, 20, 21)
    shown = await alert_page.opened(it.app, MO, number, it.clock())
    assert (shown.later, shown.lines) == (2, ()) and shown.next_at is not None and shown.next_at > it.clock()
    assert shown.next_at.hour == 9
    (listed,) = await subscriptions.alerts(it.app, MO)
    assert listed.later == 2
    assert await refused(alert_page.opened(it.app, ANA, number, it.clock())) == "moderators_only"


async def test_stopping_forgets_what_waits(it: Town) -> None:
    """No digest comes of one that was stopped."""
    number = await it.subscribe("engineer")
    draft = await edited(it, number, rhythm="daily")
    await subscriptions.save(it.app, MO, draft, (), it.clock(), editing_id=number)
    await publish(it, 20)
    await turning.stop(it.app, MO, number, it.clock())
    async with it.app.store.read() as tx:
        assert await store.waiting.of(tx, number) == []
