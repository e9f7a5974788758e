"""Cases as they are kept: told, read, turned, looked into; on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import decode
from bot.moderation.rights import Person
from bot.people.cases import Report
from bot.people.flow import cases as flow
from bot.people.flow import meeting, members
from bot.people.flow.meeting import may_meet_all
from bot.people.members import Key
from bot.people.messages import CASE_WAITS, CaseChanged, CaseOpened, CaseWaits, LookNotice
from bot.refusals import Refusal
from bot.storage import Store
from bot.storage.tables import case_file, delivery, look, server
from tests.fakes import Clock
from tests.people.parts import ANA, BOB, CLEO, GUILD, OTHER_GUILD, app_of, person

pytestmark = pytest.mark.store

OWNER, SECOND, HOLDER = Key(GUILD, 1), Key(GUILD, 2), Key(GUILD, 3)
ROLE, CHANNEL = 77, 5555
TOLD = Report("He keeps writing to me.", "nobody", "Remote together", BOB.user_id, 10, 20, "Hey you")


@pytest.fixture
def app(store: Store, clock: Clock) -> App:
    return app_of(store, clock)


async def set_up(app: App, **chosen: int) -> None:
    """Moderators chose these columns of `server`."""
    values = {"changed_by": 0, "changed_at": app.now(), "moderators_channel_id": CHANNEL}
    async with app.store.begin() as tx:
        await tx.execute(insert(server).values(id=GUILD, **values, **chosen))


async def listens(app: App, *keys: Key) -> None:
    """These people allow direct messages, and are awake all day."""
    for key in keys:
        await members.met(app, person(key), app.now())
        await members.change(app, key, app.now(), quiet=(0, 0))
        await members.consent(app, key, app.now())


async def said(app: App, kind: type[Any]) -> list[tuple[int, Any]]:
    """(channel or member, value) of every delivery of this kind of value."""
    word = {
        CaseOpened: "case_opened",
        CaseChanged: "case_changed",
        LookNotice: "look_notice",
        CaseWaits: CASE_WAITS,
    }
    async with app.store.read() as tx:
        c = delivery.c
        rows = await tx.execute(
            select(c.channel_id, c.value).where(c.kind == word[kind]).order_by(c.channel_id)
        )
        return [(to, decode(kind, value)) for to, value in rows]


async def tell(app: App, told: Report = TOLD, who: Key = ANA, about: Person | None = None) -> flow.Filed:
    return await flow.report(app, person(who), told, about or person(BOB), OWNER.user_id, app.now())


def holder(key: Key = HOLDER) -> Person:
    return person(key, role_ids=frozenset({ROLE}))


async def test_the_owner_alone_reads_it_unless_a_role_was_chosen(app: App) -> None:
    """One message goes to the owner, without a word of what happened; nobody else can open the case."""
    await listens(app, OWNER, CLEO)
    filed = await tell(app)
    number = filed.number
    assert (filed.told, filed.audience.reader_id) == ("letter", OWNER.user_id)
    assert await said(app, CaseOpened) == [(OWNER.user_id, CaseOpened(GUILD, "Remote together", number))]
    opened = await flow.read(app, person(OWNER), number, OWNER.user_id, app.now())
    assert (
        opened.case.words == TOLD.words
        and opened.case.quote == "Hey you"
        and opened.case.by_id == ANA.user_id
    )
    for other in (ANA, BOB, CLEO):
        with pytest.raises(Refusal, match="case_not_yours"):
            await flow.read(app, replace(person(other), manages=True), number, OWNER.user_id, app.now())


async def test_a_case_that_is_not_there_is_refused_with_the_same_words(app: App) -> None:
    """Bob can't find out whether there is a case about him; numbers of another server's cases are not his either."""
    its = (await tell(app)).number
    refused = []
    for who, number in ((BOB, its), (BOB, its + 1), (Key(OTHER_GUILD, OWNER.user_id), its)):
        with pytest.raises(Refusal) as why:
            await flow.read(app, person(who), number, OWNER.user_id, app.now())
        refused.append((why.value.reason, why.value.facts))
    assert refused == [("case_not_yours", {})] * 3


async def test_holders_of_the_role_are_told_once_they_are_known(app: App) -> None:
    """Discord doesn't list them: who held it at their last press hears of the next case, not the one it is about."""
    await set_up(app, safety_role_id=ROLE)
    await listens(app, HOLDER, BOB)
    for seen in (holder(), holder(BOB)):
        await flow.reports(app, seen, OWNER.user_id, app.now())
    filed = await tell(app)
    number = filed.number
    assert filed.told == "letter"
    assert [to for to, _ in await said(app, CaseOpened)] == [HOLDER.user_id]
    with pytest.raises(Refusal, match="case_not_yours"):
        await flow.read(app, holder(BOB), number, OWNER.user_id, app.now())
    for gone in (HOLDER, BOB):  # without the role by now
        await flow.reports(app, person(gone), OWNER.user_id, app.now())
    app.now.move(timedelta(minutes=1))  # type: ignore[attr-defined]
    assert (await tell(app, replace(TOLD, about_id=None))).told == "channel"


async def test_readers_who_take_no_messages(app: App) -> None:
    """The moderators' channel hears the number and that their messages are closed, once; nothing else of it."""
    await set_up(app)
    filed = await tell(app)
    number = filed.number
    assert filed.told == "channel"
    for _ in range(2):
        await flow.mind_waiting(app, app.now())
    assert await said(app, CaseWaits) == [(CHANNEL, CaseWaits(GUILD, number, True))] and not await said(
        app, CaseOpened
    )


async def test_a_reader_whose_messages_turn_out_closed(app: App) -> None:
    """Known only after the try: then the channel hears, too. So it does when nobody took the case for a day."""
    await set_up(app)
    await listens(app, OWNER)
    number = (await tell(app)).number
    assert await flow.mind_waiting(app, app.now()) == 0 and not await said(app, CaseWaits)
    later = app.now() + timedelta(hours=24)
    assert await flow.mind_waiting(app, later - timedelta(seconds=1)) == 0
    await members.withdraw_consent(app, OWNER, app.now())
    assert await flow.mind_waiting(app, app.now()) == 1
    assert await said(app, CaseWaits) == [(CHANNEL, CaseWaits(GUILD, number, True))]
    await flow.turn(app, person(OWNER), number, "claimed", "R", OWNER.user_id, later)
    assert await flow.mind_waiting(app, later) == 0


async def test_nobody_took_it_for_a_day(app: App) -> None:
    """Its readers were told and are silent: the channel hears that it waits."""
    await set_up(app)
    await listens(app, OWNER)
    number = (await tell(app)).number
    assert await flow.mind_waiting(app, app.now() + timedelta(hours=24)) == 1
    assert await said(app, CaseWaits) == [(CHANNEL, CaseWaits(GUILD, number, False))]


@pytest.mark.parametrize("concerns", ["moderator", "owner"])
async def test_a_case_about_a_moderator_is_never_named_in_their_channel(app: App, concerns: Any) -> None:
    """Its one reader hears by direct message or when they look; the reporter is told which."""
    await set_up(app, second_contact_id=SECOND.user_id)
    filed = await tell(app, replace(TOLD, concerns=concerns, about_id=None))
    assert filed.told == "later"
    await flow.mind_waiting(app, app.now() + timedelta(days=3))
    assert not await said(app, CaseWaits)
    reader = OWNER if concerns == "moderator" else SECOND
    assert filed.audience.reader_id == reader.user_id
    listed = await flow.reports(app, person(reader), OWNER.user_id, app.now())
    assert [one.number for one in listed.to_read] == [filed.number]


async def test_nobody_can_read_it(app: App) -> None:
    """About the owner, without a second contact or a role: it is kept, and the reporter is told honestly."""
    filed = await tell(app, replace(TOLD, about_id=OWNER.user_id), about=replace(person(OWNER), owner=True))
    number = filed.number
    assert filed.told == "nobody"
    await set_up(app, second_contact_id=SECOND.user_id)
    assert (
        await flow.read(app, person(SECOND), number, OWNER.user_id, app.now())
    ).case.about_id == OWNER.user_id


async def test_the_pair_never_meets_again(app: App) -> None:
    """From the moment of the report on, both ways; the reported one's own list of blocks stays empty."""
    for key in (ANA, BOB, CLEO):
        await members.met(app, person(key), app.now())
    await tell(app)
    assert await may_meet_all(app, ANA, [BOB.user_id, CLEO.user_id]) == [CLEO.user_id]
    assert await may_meet_all(app, BOB, [ANA.user_id, CLEO.user_id]) == [CLEO.user_id]
    assert await meeting.blocks(app, BOB) == []


async def test_two_who_claim_at_once(app: App) -> None:
    """One has it, the other is told so; one entry is written."""
    await set_up(app, safety_role_id=ROLE)
    number = (await tell(app)).number
    both = [holder(), holder(CLEO)]
    claims = [flow.turn(app, one, number, "claimed", "R", OWNER.user_id, app.now()) for one in both]
    done = await asyncio.gather(*claims, return_exceptions=True)
    (refused,) = [one for one in done if isinstance(one, BaseException)]
    assert isinstance(refused, Refusal) and refused.reason == "case_claimed"
    opened = await flow.read(app, holder(), number, OWNER.user_id, app.now())
    assert [one.kind for one in opened.entries] == ["claimed"]
    assert opened.case.claimed_by == opened.entries[0].by_id


async def test_its_life(app: App) -> None:
    """Who did what and when stays with the case; its reporter hears of turns, discreetly, and not of notes."""
    await listens(app, ANA)
    number = (await tell(app)).number
    for deed in ("claimed", "closed", "reopened"):
        app.now.move(timedelta(minutes=5))  # type: ignore[attr-defined]
        await flow.turn(app, person(OWNER), number, deed, "Remote together", OWNER.user_id, app.now())
    opened = await flow.note(app, person(OWNER), number, " Spoke with both. ", OWNER.user_id, app.now())
    assert [(one.kind, one.words) for one in opened.entries] == [
        ("claimed", ""),
        ("closed", ""),
        ("reopened", ""),
        ("note", "Spoke with both."),
    ]
    assert {one.by_id for one in opened.entries} == {OWNER.user_id} and opened.case.state == "open"
    assert await said(app, CaseChanged) == [(ANA.user_id, CaseChanged(GUILD, "Remote together"))] * 3


async def test_five_open_cases_one_a_minute(app: App) -> None:
    """A closed case makes room; another member's and another server's cases don't count."""
    about_nobody = replace(TOLD, about_id=None)
    numbers = []
    for _ in range(5):
        numbers.append((await tell(app, about_nobody)).number)
        with pytest.raises(Refusal, match="report_too_soon"):
            await tell(app, about_nobody)
        app.now.move(timedelta(minutes=1))  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="too_many_cases"):
        await tell(app, about_nobody)
    numbers.append((await tell(app, about_nobody, who=CLEO)).number)
    await tell(app, about_nobody, who=Key(OTHER_GUILD, ANA.user_id))
    await flow.turn(app, person(OWNER), numbers[1], "closed", "R", OWNER.user_id, app.now())
    numbers.append((await tell(app, about_nobody)).number)
    assert len(set(numbers)) == 7 and all(1000 <= one <= 9999 for one in numbers)


async def test_a_refused_report_leaves_nothing(app: App) -> None:
    """No case, no block: not for empty words, not about oneself."""
    for wrong in (replace(TOLD, words=" "), replace(TOLD, about_id=ANA.user_id)):
        with pytest.raises(Refusal):
            await tell(app, wrong)
    async with app.store.read() as tx:
        assert (await tx.execute(select(case_file))).all() == []
    assert await meeting.blocks(app, ANA) == []


async def test_looking_into_a_record_is_logged(app: App) -> None:
    """The member reads who looked, at what, for which case and when; not who told it. A refused look is none."""
    await members.met(app, person(BOB), app.now())
    number = (await tell(app)).number
    found = await flow.record(app, person(OWNER), number, OWNER.user_id, app.now())
    assert found.member_id == BOB.user_id and found.member is not None and found.others == ()
    with pytest.raises(Refusal, match="case_not_yours"):
        await flow.record(app, person(CLEO), number, OWNER.user_id, app.now())
    (seen,) = await flow.looks(app, BOB)
    assert (seen.by_id, seen.what, seen.case_number, seen.at) == (OWNER.user_id, "record", number, app.now())
    assert await flow.looks(app, ANA) == []


async def test_a_case_about_nobody_has_no_record(app: App) -> None:
    number = (await tell(app, replace(TOLD, about_id=None))).number
    with pytest.raises(Refusal, match="case_about_nobody"):
        await flow.record(app, person(OWNER), number, OWNER.user_id, app.now())


async def test_other_cases_about_them_are_told_only_to_their_readers(app: App) -> None:
    """A reader of one case does not learn that there is another one that they may not read."""
    await set_up(app, safety_role_id=ROLE)
    number = (await tell(app)).number
    other = (await tell(app, who=CLEO)).number
    await flow.report(
        app, person(HOLDER), replace(TOLD, concerns="moderator"), person(BOB), OWNER.user_id, app.now()
    )
    assert (await flow.record(app, holder(), number, OWNER.user_id, app.now())).others == (other,)


async def test_a_pen_name_is_resolved_only_inside_a_case(app: App) -> None:
    """By its readers; written into the case, logged, and its bearer told, without a word of which case."""
    await listens(app, BOB)
    await meeting.choose_pen_name(app, BOB, "group-1", "Night Owl", [], app.now())
    number = (await tell(app, replace(TOLD, about_id=None))).number
    for who, name, reason in ((CLEO, "Night Owl", "case_not_yours"), (OWNER, "Day Owl", "pen_name_unknown")):
        with pytest.raises(Refusal, match=reason):
            await flow.resolve(app, person(who), number, "group-1", name, "R", OWNER.user_id, app.now())
    async with app.store.read() as tx:
        assert (await tx.execute(select(look))).all() == []
    opened, user_id = await flow.resolve(
        app, person(OWNER), number, "group-1", "night  OWL", "R", OWNER.user_id, app.now()
    )
    assert user_id == BOB.user_id and [one.kind for one in opened.entries] == ["pen_name_resolved"]
    assert [one.what for one in await flow.looks(app, BOB)] == ["pen_name"]
    assert await said(app, LookNotice) == [(BOB.user_id, LookNotice(GUILD, "R"))]
    await flow.turn(app, person(OWNER), number, "closed", "R", OWNER.user_id, app.now())
    with pytest.raises(Refusal, match="case_closed"):
        await flow.resolve(app, person(OWNER), number, "group-1", "Night Owl", "R", OWNER.user_id, app.now())


async def test_what_is_planned_has_one_row(app: App) -> None:
    """Nothing of a case stands in the outbox but numbers and the server's name."""
    await set_up(app)
    await listens(app, OWNER, ANA)
    number = (await tell(app)).number
    await flow.turn(app, person(OWNER), number, "claimed", "Remote together", OWNER.user_id, app.now())
    async with app.store.read() as tx:
        due = await outbox.due(tx, app.now(), 100)
    assert due and not any(
        word in row.value for row in due for word in ("writing", "Hey you", str(BOB.user_id))
    )
