"""Why an opening was told or not: each stage from feed to reader."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobs import store
from bot.jobs.flow.why import WhyNot, why_not
from bot.moderation.rights import Person
from bot.ports import Trouble
from bot.storage import Store, insert_new
from bot.storage.tables import hidden, storm, unwanted
from tests.jobs.listening import DAY, HOUR, beat, job, known, only, say, set_up, subscribed, tell
from tests.jobs.parts import ANA, CHANNEL, GUILD, MO, OTHER_CHANNEL, Town, town
from tests.jobs.values import entry, feed

pytestmark = pytest.mark.store

Told = tuple[str, bool | None]


@pytest.fixture
async def it(store: Store) -> Town:
    return await town(store, feed(delay_h=2))


async def ask(it: Town, which: int | str = 1, person: Person = MO, visible: tuple[int, ...] = ()) -> WhyNot:
    return await why_not(it.app, person, which, it.clock(), visible)


def common(why: WhyNot) -> list[Told]:
    return [(stage.name, stage.passed) for stage in why.common]


def stages(why: WhyNot, subscription_id: int) -> list[Told]:
    """(name, passed) of one subscription's stages, without the terms of its filter."""
    (found,) = [one for one in why.readers if one.subscription.id == subscription_id]
    return [(stage.name, stage.passed) for stage in found.stages if stage.name != "term"]


async def test_an_opening_that_nobody_showed_me(it: Town) -> None:
    """Said as it is, for a number and for a link."""
    for which in (1, "https://nowhere.example/1"):
        why = await ask(it, which)
        assert (why.opening, common(why), why.readers) == (None, [("read", False)], ())


async def test_a_link_finds_its_opening_however_it_is_written(it: Town) -> None:
    """Tracking and www don't matter."""
    it.feeds.shows([entry(1, url="https://board.example/jobs/1", published=None)])
    await it.beat()
    why = await ask(it, "http://www.board.example/jobs/1/?utm_source=x")
    assert why.opening is not None and why.opening.title == "Engineer 1"


@pytest.mark.parametrize("silent", ["first_reading", "old", "on_site", "no_job", "many"])
async def test_why_it_was_never_announced(it: Town, silent: str) -> None:
    """Each reason has its sentence."""
    await tell(it, job(1, it, silent=silent))
    assert ("announced", False) in common(await ask(it))


async def test_what_became_of_it_for_everybody(it: Town) -> None:
    """Folded into another's message, closed since."""
    await tell(it, job(1, it, folded_into=2, closed_at=it.clock(), closed_why="expired"))
    assert common(await ask(it)) == [("read", True), ("folded", None), ("open", False)]


async def test_a_storm_waits_for_this_servers_moderators(it: Town) -> None:
    """Undecided, let through, left out: as this server decided."""
    async with it.app.store.begin() as tx:
        row = {"id": 9, "feed_id": "board", "began_at": it.clock(), "held": 1, "of": 1}
        await insert_new(tx, storm, [row], returning=storm.c.id)
        await store.openings.remember(tx, [job(1, it, storm_id=9)], [], it.clock())
    assert common(await ask(it)) == [("read", True), ("held", None)]
    async with it.app.store.begin() as tx:
        await store.openings.decide_storm(tx, 9, GUILD, False, 1, it.clock())
    assert common(await ask(it)) == [("read", True), ("held", False)]


async def test_from_promise_to_post(it: Town) -> None:
    """The board's delay, then the channel; each is a stage."""
    one = await subscribed(it, "engineer")
    await tell(it, job(1, it), of=feed(delay_h=2))
    assert stages(await ask(it), one) == [("filter", True), ("delay", None), ("told", None)]
    await beat(it, 3 * HOUR)
    assert stages(await ask(it), one) == [("filter", True), ("told", True)]


async def test_what_could_not_be_posted(it: Town) -> None:
    """Discord refused it: the stage says so."""
    one = await subscribed(it, "engineer")
    it.discord.refusing[CHANNEL] = Trouble("bad_request", "Discord answered 400.")
    await tell(it, job(1, it))
    await beat(it)
    assert stages(await ask(it), one)[-1] == ("told", False)


async def test_the_term_that_decided_comes_with_its_quote(it: Town) -> None:
    """False, unknown and true are told apart."""
    one = await subscribed(it, "engineer open-to:PT level:senior")
    await tell(it, job(1, it, facts_json=say(place=only("US", quote="US residents only"))))
    (reader,) = (await ask(it)).readers
    terms = [(stage.passed, stage.quote) for stage in reader.stages if stage.name == "term"]
    assert terms == [(True, ""), (False, "US residents only"), (None, "")]
    assert stages(await ask(it), one) == [("filter", False), ("delay", None), ("told", False)]


async def test_what_waits_says_why_and_when(it: Town) -> None:
    """A cap, a rhythm: with the moment of the digest."""
    calm = await subscribed(it, "", preset="calm")
    await tell(it, *(job(number, it) for number in range(1, 5)))
    await beat(it, 3 * HOUR)
    why = await ask(it, 4)
    (reader,) = why.readers
    assert stages(why, calm)[-1] == ("waits", None)
    assert reader.stages[-1].at == it.clock().replace(hour=9, minute=0) + DAY
    await beat(it, DAY)
    assert stages(await ask(it, 4), calm)[-1] == ("told", True)


async def test_a_company_that_is_not_wanted_and_one_that_i_hid(it: Town) -> None:
    """The server's reason is said to everybody there, my own to me alone."""
    channel = await subscribed(it, "")
    mine = await subscribed(it, "", member_id=ANA.id)
    await tell(it, job(1, it), job(2, it, company="Acme"))
    row = {"guild_id": GUILD, "added_by": 1, "added_at": it.clock()}
    async with it.app.store.begin() as tx:
        await insert_new(tx, unwanted, [row | {"mark": "acme", "name": "Acme"}], returning=unwanted.c.mark)
        hides = {
            "guild_id": GUILD,
            "user_id": ANA.id,
            "kind": "opening",
            "mark": "1",
            "name": "x",
            "at": it.clock(),
        }
        await insert_new(tx, hidden, [hides], returning=hidden.c.mark)
    assert stages(await ask(it, 2), channel)[0] == ("server", False)
    assert stages(await ask(it, 1, ANA), mine)[0] == ("server", False)
    assert stages(await ask(it, 1), channel)[0] == ("filter", True)


async def test_paused_and_changed_since(it: Town) -> None:
    """A pause is a reason; a later change may be one."""
    one = await subscribed(it, "")
    await tell(it, job(1, it))
    it.clock.move(HOUR)
    await set_up(it, one, filter="engineer")
    assert stages(await ask(it), one)[0] == ("on", None)
    await set_up(it, one, state="paused")
    assert stages(await ask(it), one)[0] == ("on", False)


async def test_who_may_know_of_which_subscription(it: Town) -> None:
    """Moderators: every channel's. Members: of channels they see, and their own. Nobody: another member's."""
    channel = await subscribed(it, "")
    other = await subscribed(it, "", channel_id=OTHER_CHANNEL)
    mine = await subscribed(it, "", member_id=ANA.id)
    await subscribed(it, "", member_id=999)
    await tell(it, job(1, it))
    everything = await ask(it)
    assert sorted(one.subscription.id for one in everything.readers) == [channel, other]
    hers = await ask(it, 1, ANA, (CHANNEL,))
    assert sorted(one.subscription.id for one in hers.readers) == [channel, mine]


async def test_a_members_alert_is_followed_to_the_end(it: Town) -> None:
    """Waiting, on its way, arrived."""
    await known(it, ANA.id, zone="UTC")
    mine = await subscribed(it, "", member_id=ANA.id)
    await tell(it, job(1, it))
    assert stages(await ask(it, 1, ANA), mine)[-1] == ("waits", None)
    await beat(it, timedelta(minutes=2))
    assert stages(await ask(it, 1, ANA), mine)[-1] == ("told", True)
