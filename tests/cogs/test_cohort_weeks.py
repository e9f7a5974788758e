"""`/cohort`, of a group's weeks: weeks off, digest, cards to hide, export, statistics, notices; over the wire.

What was said to a pod, or to nobody, is on none of these pages; and no number is that tells of fewer than five.
"""

from __future__ import annotations

import json

import pytest

from bot.checkins.flow import groups
from bot.checkins.messages import SEASON_OVER, SeasonOver
from bot.deliveries import store
from bot.deliveries.planned import Planned
from bot.people.flow import members
from sandbox import Reply, drafts
from sandbox.permissions import Permission
from tests.cogs.cohorts import GROUP, channel, it_is_tuesday, joined, key, made, says, week_opens, who
from tests.end_to_end.town import MINUTE, Town, lacks, page

pytestmark = pytest.mark.wire

SECRET, SHOWN = "I am thinking of leaving Quillhaven.", "Short notes are answered."


async def group_of(town: Town) -> int:
    """The only group of this server."""
    person = who(town, "mo", manages=True)
    return (await groups.listed(town.bot.app, person, town.bot.app.now()))[0].group.id


async def a_week(town: Town) -> Reply:
    """An open week in which ana lets the group see hers, and bob nobody; the group's page."""
    await it_is_tuesday(town)
    await made(town)
    group_id = await group_of(town)
    await joined(town, "ana", group_id)
    await joined(town, "bob", group_id, "me")
    await week_opens(town)
    await says(town, "ana", group_id, SHOWN)
    await says(town, "bob", group_id, SECRET, "me")
    await town.beat(MINUTE)
    return await page(town.mo.slash("cohort edit"))


# -- weeks off -----------------------------------------------------------------------------------


async def test_weeks_off(town: Town) -> None:
    """The next one with one press, any of the coming ones from a menu; each can be taken back."""
    await it_is_tuesday(town)
    weeks = await page((await made(town)).click("Weeks off"))
    assert "None is planned" in weeks.text
    off = await page(weeks.click("Next week off"))
    assert " is off." in off.text and "•" in off.text and "Next week on again" in off.buttons
    third = off.options("Take a week off")[3]
    off = await page(off.choose("Take a week off", [third]))
    assert f"• {third}" in off.text
    assert "**Weeks off:** from" in (await page(off.click("Back"))).text
    again = await page((await page(town.mo.slash("cohort edit"))).click("Weeks off"))
    again = await page(again.choose("Have a week on again", [third]))
    assert f"{third} is on again" in again.text and f"• {third}" not in again.text


async def test_a_week_off_for_all_groups(town: Town) -> None:
    """One press for every group; each shows it as its own afterwards."""
    await made(town)
    every = await page((await made(town, "Designers")).click("Weeks off"))
    every = await page(every.click("For all groups"))
    week = every.options("Take a week off")[5]
    assert "is off in all groups" in (await page(every.choose("Take a week off", [week]))).text
    for name in (GROUP, "Designers"):
        one = await page(town.mo.slash("cohort edit", group=name))
        assert f"• {week}" in (await page(one.click("Weeks off"))).text
    every = await page((await page(town.mo.slash("cohort list"))).click("A week off for all"))
    assert "on again in all groups" in (await page(every.choose("Have a week on again", [week]))).text


# -- what the group sees -------------------------------------------------------------------------


async def test_no_week_yet(town: Town) -> None:
    """Before its first week there is no digest, no card, and no number."""
    group = await made(town)
    cards = await page(group.click("Hide a card"))
    assert "There is no card yet" in cards.text
    digest = await page((await page(cards.click("Back"))).click("Digest"))
    assert "No week of this group has opened yet" in (await page(digest.click("Preview"))).text
    shown = await page(town.mo.slash("cohort stats"))
    assert shown.ephemeral and "No week of this group has begun" in shown.text


async def test_the_digest(town: Town) -> None:
    """It can be looked at beforehand, and posted now; neither changes when the next things happen."""
    shown = await a_week(town)
    before = next(line for line in shown.text.splitlines() if line.startswith("Week "))
    digest = await page(shown.click("Digest"))
    preview = await page(digest.click("Preview"))
    assert preview.ephemeral and GROUP in preview.text and SECRET not in preview.text
    assert "1 check-in" not in preview.text
    digest = await page(preview.click("Back"))
    stood = len(town.cards("check-ins"))
    assert "It is on its way" in (await page(digest.click("Post now"))).text
    await town.beat(MINUTE)
    assert len(town.cards("check-ins")) == stood + 1
    assert before.rsplit(",", 1)[0] in (await page(town.mo.slash("cohort edit"))).text


async def test_a_card_is_hidden_and_shown_again(town: Town) -> None:
    """Only what the group may see is listed; a hidden one holds none of its words there until it is shown again."""
    cards = await page((await a_week(town)).click("Hide a card"))
    assert SHOWN in cards.text and SECRET not in cards.text and cards.buttons.count("Hide") == 1
    cards = await page(cards.click("Hide"))
    await town.beat(MINUTE)
    assert "The card is hidden" in cards.text and "· hidden" in cards.text
    assert all(SHOWN not in drafts.all_text("", one.components) for one in town.public())
    cards = await page(cards.click("Show it again"))
    await town.beat(MINUTE)
    assert "shown again" in cards.text and "Hide" in cards.buttons
    assert any(SHOWN in drafts.all_text("", one.components) for one in town.public())


async def test_the_export(town: Town) -> None:
    """Two kinds of file with what the group may see, and nothing that was said to fewer."""
    rest = await page((await a_week(town)).click("More"))
    for kind in ("csv", "json"):
        shown = await page(rest.click(f"Export {kind}"))
        (file,) = shown.message.attachments
        body = file.data.decode()
        assert shown.ephemeral and file.filename.endswith(f".{kind}")
        assert SHOWN in body and SECRET not in body and "stuck" not in body
    assert json.loads(body)


# -- statistics ----------------------------------------------------------------------------------


async def test_too_few_for_numbers(town: Town) -> None:
    """Two check-ins, of which one is private: no number at all, and the words say why."""
    await a_week(town)
    shown = await page(town.mo.slash("cohort stats"))
    assert shown.ephemeral and "fewer than 5 check-ins" in shown.text and "not said" in shown.text
    assert SHOWN not in shown.text


async def test_a_picture_and_the_same_in_words(town: Town) -> None:
    """From five on: a picture with its facts as alt text; words alone for who wants that."""
    await it_is_tuesday(town)
    await made(town)
    group_id = await group_of(town)
    everybody = ("ana", "bob", "eve", "tom", "mo")
    for name in everybody:
        await joined(town, name, group_id)
    await week_opens(town)
    for name in everybody:
        await says(town, name, group_id, SHOWN)
    shown = await page(town.mo.slash("cohort stats", group=GROUP))
    (picture,) = shown.message.attachments
    assert shown.ephemeral and picture.filename == "group.png" and picture.data.startswith(b"\x89PNG")
    assert "5 check-ins" in shown.text and "5 check-ins" in str(shown.message.components[0]["components"][1])
    assert "<@" not in shown.text and SHOWN not in shown.text
    app = town.bot.app
    await members.met(app, who(town, "mo"), app.now())
    await members.change(app, key(town, "mo"), app.now(), plain=True)
    plain = await page(shown.click("Count again"))
    assert plain.message.attachments == [] and "5 check-ins" in plain.text


# -- notices -------------------------------------------------------------------------------------


async def test_a_notice_opens_the_group(town: Town) -> None:
    """A channel that refuses: the notice leads to the page that mends it, *Try again* says what is still missing."""
    await town.settle_in()
    await it_is_tuesday(town)
    await made(town)
    town.sandbox.deny("check-ins", Permission.SEND_MESSAGES)
    await week_opens(town)
    (notice,) = town.notices()
    assert notice.buttons == ["Try again", "Open the group"]
    shown = await page(town.mo.message(notice).click("Open the group"))
    assert shown.ephemeral and "I can't post in its channel" in shown.text
    assert lacks(await page(town.mo.message(notice).click("Try again")), "Send Messages")
    assert town.notices()[0].buttons == ["Try again", "Open the group"]
    town.sandbox.allow("check-ins", Permission.SEND_MESSAGES)
    assert "Tried again" in (await page(town.mo.message(notice).click("Try again"))).text
    await town.beat(MINUTE)
    assert any("Week " in one.text for one in town.cards("check-ins"))


async def test_a_season_is_over(town: Town) -> None:
    """What a moderator chooses on the notice is done, and the notice says who chose it."""
    await town.settle_in()
    await made(town)
    app, group_id, guild = town.bot.app, await group_of(town), town.mo.guild.id
    value = SeasonOver(guild, group_id, GROUP, 8)
    notice = Planned(SEASON_OVER, "checkin/season/1", value, guild, channel(town, "moderators"), app.now())
    async with app.store.begin() as tx:
        await store.plan(tx, [notice], app.now())
    await town.beat(MINUTE)
    (told,) = town.notices()
    assert told.buttons == ["Continue", "New pods", "Stop"]
    rest = await page((await page(town.mo.slash("cohort edit"))).click("More"))
    await page((await page(rest.click("End"))).click("End it"))
    assert "has ended" in (await page(town.mo.message(told).click("Continue"))).text
    await page(town.mo.message(told).click("Stop"))
    (done,) = town.notices()
    assert "The group is ended" in done.text and f"<@{town.mo.user.id}>" in done.text
    assert "Ended." in (await page(town.mo.slash("cohort list"))).text
