"""Meeting a member, and what they change: private from the first minute, nothing lost when two presses meet."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.app import App
from bot.people.flow import members
from bot.people.members import QUIET, Key, Profile
from bot.refusals import Refusal
from bot.storage import Store
from bot.storage.tables import delivery
from bot.storage.tables import member as member_table
from tests.fakes import Clock
from tests.people.parts import ANA, BOB, GUILD, JOINED, OTHER_GUILD, all_met, app_of, person

pytestmark = pytest.mark.store

HOUR = timedelta(hours=1)


@pytest.fixture
def app(store: Store) -> App:
    return app_of(store)


async def planned(app: App) -> list[tuple[str, int, int | None]]:
    async with app.store.read() as tx:
        found = await tx.execute(
            select(delivery.c.kind, delivery.c.channel_id, delivery.c.member_id).order_by(delivery.c.due_at)
        )
        return [(kind, channel_id, member_id) for kind, channel_id, member_id in found]


async def test_somebody_new_is_private_with_every_door_shut(app: App) -> None:
    """From the first press on: private search, no door, quiet nights, no direct messages."""
    met = await members.met(app, person(ANA, joined_at=JOINED, locale="pt-BR"), app.now())
    assert met.private and met.opened == frozenset() and met.dm_since is None and met.quiet == QUIET
    assert (met.met_at, met.seen_at, met.joined_at, met.locale) == (app.now(), app.now(), JOINED, "pt-BR")
    assert await members.member(app, ANA) == met


async def test_meeting_again_changes_only_what_the_press_tells(store: Store) -> None:
    """The first meeting stays, choices stay, a language that was chosen stays."""
    clock = Clock()
    app = app_of(store, clock)
    first = await members.met(app, person(ANA, joined_at=JOINED, locale="fr"), clock())
    await members.change(app, ANA, clock(), zone="Europe/Berlin", private=False, locale="es")
    again = await members.met(app, person(ANA, locale="fr"), clock.move(HOUR))
    assert (again.met_at, again.seen_at) == (first.met_at, clock())
    assert (again.zone, again.private, again.locale, again.joined_at) == (
        "Europe/Berlin",
        False,
        "es",
        JOINED,
    )


async def test_a_press_that_tells_nothing_new_writes_nothing(store: Store) -> None:
    """Nor does it wait for somebody who writes: their transaction is open all the while."""
    clock = Clock()
    app = app_of(store, clock)
    first = await members.met(app, person(ANA, joined_at=JOINED, locale="fr"), clock())
    async with store.begin(), asyncio.timeout(5):
        again = await members.met(
            app, person(ANA, joined_at=JOINED, locale="es"), clock.move(HOUR - timedelta(seconds=1))
        )
    assert again == first
    later = await members.met(app, person(ANA, joined_at=JOINED + HOUR, locale="es"), clock())
    assert (later.joined_at, later.seen_at, later.locale) == (JOINED + HOUR, clock(), "fr")


async def test_only_a_press_in_the_server_says_that_they_are_there(app: App) -> None:
    """Who looks into their privacy from the bot's own DM has not come back; a press in the server says so."""
    await all_met(app, ANA)
    async with app.store.begin() as tx:
        await tx.execute(update(member_table).values(left_at=app.now()))
    assert (await members.met(app, person(ANA, joined_at=None), app.now())).left_at == app.now()
    assert await members.servers_of(app, ANA.user_id) == []
    assert (await members.met(app, person(ANA, joined_at=JOINED), app.now())).left_at is None
    assert await members.servers_of(app, ANA.user_id) == [GUILD]


async def test_two_servers_know_nothing_of_each_other(app: App) -> None:
    """The same person in two servers is two members with two profiles."""
    elsewhere = Key(OTHER_GUILD, ANA.user_id)
    await all_met(app, ANA, elsewhere, BOB)
    await members.change(app, ANA, app.now(), zone="Asia/Tokyo", wishes=("review", "jobs"))
    await members.change_profile(app, ANA, Profile(headline="Here"), app.now())
    there = await members.member(app, elsewhere)
    assert there is not None and there.zone is None and there.wishes == ()
    assert await members.profile(app, elsewhere) == Profile()
    assert await members.servers_of(app, ANA.user_id) == [GUILD, OTHER_GUILD]
    assert await members.servers_of(app, BOB.user_id) == [GUILD]


async def test_two_presses_at_once_both_count(app: App) -> None:
    """Different fields, doors, and fields of the profile, changed at the same moment: all are kept."""
    await all_met(app, ANA)
    now = app.now()
    await asyncio.gather(
        members.change(app, ANA, now, zone="Europe/Lisbon"),
        members.change(app, ANA, now, quiet=(60, 120), plain=True),
        members.change(app, ANA, now, wishes=("meet",)),
        members.set_door(app, ANA, "card", True, now),
        members.set_door(app, ANA, "found", True, now),
        members.change_profile(app, ANA, Profile(headline="I write"), now, only=("headline",)),
        members.change_profile(app, ANA, Profile(skills=("Go", "SQL")), now, only=("skills",)),
        members.show_field(app, ANA, "headline", "server", now),
        members.show_field(app, ANA, "skills", "pairs", now),
        members.tick(app, ANA, "trust", True, now),
        members.tick(app, ANA, "work", True, now),
    )
    kept = await members.member(app, ANA)
    assert kept is not None
    assert (kept.zone, kept.quiet, kept.plain, kept.wishes) == ("Europe/Lisbon", (60, 120), True, ("meet",))
    assert kept.opened == {"card", "found"}
    profile = await members.profile(app, ANA)
    assert (profile.headline, profile.skills) == ("I write", ("Go", "SQL"))
    assert profile.shown == {"headline": "server", "skills": "pairs"} and profile.done == {"trust", "work"}


async def test_a_door_opens_no_other(app: App) -> None:
    """In private search each door is seen as shut until it alone is opened; it can be shut again."""
    await all_met(app, ANA)
    opened = await members.set_door(app, ANA, "digest", True, app.now())
    assert [door for door in ("card", "found", "digest", "role", "dm_names") if opened.opens(door)] == [
        "digest"
    ]
    shut = await members.set_door(app, ANA, "digest", False, app.now())
    assert shut.opened == frozenset() and not shut.opens("digest")


async def test_a_whole_profile_comes_back_as_it_was_written(app: App) -> None:
    """Every field, in other scripts too; what is not shown to others and the checklist are not touched by a form."""
    await all_met(app, ANA)
    written = Profile(
        headline="مهندسة برمجيات · シニア",
        field="software",
        level="senior",
        skills=("Python", "日本語入力"),
        languages=("ar", "ja"),
        country="JP",
        may_work=("JP", "PT"),
        pay_floor=60_000,
        pay_currency="EUR",
        links=("https://example.org/me",),
        open_to=("review", "coffee"),
    )
    assert await members.change_profile(app, ANA, written, app.now()) == written
    assert await members.profile(app, ANA) == written
    await members.show_field(app, ANA, "level", "server", app.now())
    again = await members.change_profile(app, ANA, Profile(), app.now())
    assert again == Profile(shown={"level": "server"})
    assert await members.show_field(app, ANA, "level", "me", app.now()) == Profile()


async def test_nothing_that_can_not_be_shown_is_kept(app: App) -> None:
    """A private link is refused and the profile stays as it was; a zone that is none, too."""
    await all_met(app, ANA)
    await members.change_profile(app, ANA, Profile(headline="Before"), app.now())
    with pytest.raises(Refusal, match="link_not_public"):
        await members.change_profile(app, ANA, Profile(links=("http://10.0.0.1/",)), app.now())
    with pytest.raises(Refusal, match="place_unknown"):
        await members.change(app, ANA, app.now(), zone="Europe/Atlantis")
    with pytest.raises(Refusal, match="quiet_unclear"):
        await members.change(app, ANA, app.now(), quiet=(0, 24 * 60))
    assert await members.profile(app, ANA) == Profile(headline="Before")
    assert (await members.met(app, person(ANA), app.now())).zone is None


async def test_who_is_not_known_can_not_be_changed(app: App) -> None:
    """Erased since the page was shown: every change is refused, and nothing is written anew."""
    now = app.now()
    for change in (
        members.change(app, ANA, now, plain=True),
        members.set_door(app, ANA, "card", True, now),
        members.change_profile(app, ANA, Profile(headline="x"), now),
        members.show_field(app, ANA, "headline", "server", now),
        members.tick(app, ANA, "work", True, now),
        members.consent(app, ANA, now),
        members.withdraw_consent(app, ANA, now),
    ):
        with pytest.raises(Refusal, match="member_unknown"):
            await change
    assert await members.member(app, ANA) is None and await members.profile(app, ANA) == Profile()
    assert await planned(app) == []


async def test_consent_sends_one_test_message(store: Store) -> None:
    """Consent and the promise of a test message are kept together; pressed twice, also at once, it is one."""
    clock = Clock()
    app = app_of(store, clock)
    await all_met(app, ANA)
    await asyncio.gather(*(members.consent(app, ANA, clock()) for _ in range(3)))
    kept = await members.consent(app, ANA, clock.move(HOUR))
    assert kept.dm_since == clock() - HOUR
    assert await planned(app) == [("test_message", ANA.user_id, ANA.user_id)]


async def test_consent_after_closed_messages_tries_again(store: Store) -> None:
    """Discord refused one: the next press of the member opens it again with another test message."""
    clock = Clock()
    app = app_of(store, clock)
    await all_met(app, ANA)
    await members.consent(app, ANA, clock())
    async with store.begin() as tx:
        await tx.execute(update(member_table).values(dm_closed_at=clock()))
    kept = await members.consent(app, ANA, clock.move(HOUR))
    assert kept.dm_since == clock() and kept.dm_closed_at is None
    assert len(await planned(app)) == 2


async def test_consent_is_taken_back(app: App) -> None:
    """Withdrawn is withdrawn, and can be given again."""
    await all_met(app, ANA)
    await members.consent(app, ANA, app.now())
    assert (await members.withdraw_consent(app, ANA, app.now())).dm_since is None
    assert (await members.consent(app, ANA, app.now() + HOUR)).dm_since == app.now() + HOUR
