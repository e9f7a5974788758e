"""`/rounds …` and its notices, over the wire: settings, the preview, a veto, publishing, supply and demand."""

from __future__ import annotations

import pytest

from bot.reviews.flow import asking, rounds, settings
from sandbox.names import CannotDo
from sandbox.permissions import Permission
from tests.cogs.rounds_town import (
    CHANNEL,
    MINUTE,
    asks,
    drawn,
    key,
    known,
    may_open_threads,
    reads,
    tasks,
    turned_on,
    who,
)
from tests.end_to_end.town import Town, form, lacks, page

pytestmark = pytest.mark.wire

PEOPLE = ("ana", "bob", "eve")


async def a_round(town: Town, *names: str) -> int:
    """These ask for one reader each and read for each other; gives the round that waits for a look."""
    await turned_on(town)
    await known(town, *names)
    await reads(town, *names)
    for name in names:
        await asks(town, name)
    return await drawn(town)


async def moderators_channel(town: Town) -> None:
    await page((await page(town.mo.slash("setup"))).choose("Moderators' channel", "moderators"))


# -- settings ------------------------------------------------------------------------------------


async def test_reviews_are_off_until_a_channel_is_chosen(town: Town) -> None:
    """What the bot lacks there is named, with where to grant it; then one choice turns reviews on."""
    home = await page(town.mo.slash("rounds settings"))
    assert home.ephemeral and "reviews are off" in home.text
    assert home.selects == ["Where do threads open?"] and home.buttons == ["Meetings of two"]
    assert lacks(await page(home.choose("Where do threads open?", CHANNEL)), "Manage Threads")
    may_open_threads(town)
    home = await page(
        (await page(town.mo.slash("rounds settings"))).choose("Where do threads open?", CHANNEL)
    )
    assert "Private threads open in" in home.text and "Each Monday at 09:00 (UTC)" in home.text
    assert "I lack" not in home.text and "The next one is <t:" in home.text


async def test_each_permission_is_asked_for(town: Town) -> None:
    """The page names what was taken away since, before anybody's document waits for it."""
    await turned_on(town)
    missing = [
        Permission.CREATE_PRIVATE_THREADS,
        Permission.SEND_MESSAGES_IN_THREADS,
        Permission.ATTACH_FILES,
        Permission.READ_MESSAGE_HISTORY,
    ]
    town.sandbox.deny(CHANNEL, *missing)
    home = await page(town.mo.slash("rounds settings"))
    assert lacks(home, *(str(one.name).replace("_", " ").title() for one in missing))


async def test_when_rounds_come(town: Town) -> None:
    """Day, hour and clock count at once; a city that is two asks which; weekly rounds can be turned off."""
    await turned_on(town)
    home = await page((await page(town.mo.slash("rounds settings"))).click("Weekly rounds"))
    home = await page(home.choose("On which day?", "Wednesday"))
    home = await page(home.choose("At what time?", "18:00"))
    assert "Each Wednesday at 18:00 (UTC)" in home.text
    wrong = await page((await form(home.click("Time zone"))).submit({"City or time zone": "Xyzzyville"}))
    assert "I know no city" in wrong.text
    again = await form(wrong.click("Fix it"))
    assert again.values == {"City or time zone": "Xyzzyville"}
    which = await page(again.submit({"City or time zone": "Portland"}))
    home = await page(which.choose(0, [which.options(0)[0]]))
    assert "Each Wednesday at 18:00 (America/Los Angeles)" in home.text
    home = await page((await form(home.click("Time zone"))).submit({"City or time zone": "Europe/Berlin"}))
    assert "(Europe/Berlin)" in home.text
    home = await page(home.click("No weekly rounds"))
    assert "None by itself" in home.text and "On which day?" not in home.selects


async def test_the_rules(town: Town) -> None:
    """Four menus, each kept at once."""
    await turned_on(town)
    rules = await page((await page(town.mo.slash("rounds settings"))).click("Rules"))
    rules = await page(rules.choose("How long may you look?", "No preview: publish at once"))
    rules = await page(rules.choose("How long do we wait for a good pair?", "For 48 hours"))
    rules = await page(rules.choose("How good must a pair be meanwhile?", "Good pairs"))
    rules = await page(rules.choose("How long do documents stay?", "7 days after the last review"))
    assert "published as soon as it is drawn" in rules.text
    assert "For the first 48 hours: good pairs" in rules.text and "They go 7 days" in rules.text
    way = await settings.settings(town.bot.app, town.sandbox.guild.id)
    assert (way.preview_h, way.patience_h, way.least, way.keep_days) == (0, 48, 450, 7)
    assert "Where do threads open?" in (await page(rules.click("Back"))).selects


async def test_turning_reviews_off(town: Town) -> None:
    """A second press, and it says what goes on."""
    await turned_on(town)
    asked = await page((await page(town.mo.slash("rounds settings"))).click("Turn reviews off"))
    assert "What is being read goes on" in asked.text
    assert "reviews are off" in (await page(asked.click("Turn them off"))).text


# -- who may -------------------------------------------------------------------------------------


async def test_hidden_from_members(town: Town) -> None:
    """Discord hides the command from whoever does not manage the server."""
    for command in ("open", "preview", "settings", "stats"):
        with pytest.raises(CannotDo):
            await town.ana.slash(f"rounds {command}")


async def test_the_right_is_checked_at_each_press(town: Town) -> None:
    """A page that was opened before the right was taken away does nothing any more."""
    number = await a_round(town, "ana", "bob")
    seen = await page(town.mo.slash("rounds preview"))
    home = await page(town.mo.slash("rounds settings"))
    dry = await page(town.mo.slash("rounds stats"))
    role = next(one for one in town.sandbox.guild.roles.values() if one.name == "moderators")
    role.permissions &= ~Permission.MANAGE_GUILD
    presses = [
        seen.click("Publish"),
        seen.click("Cancel the round"),
        seen.click("All pairs"),
        home.click("Rules"),
    ]
    presses += [home.click("Turn reviews off"), home.click("Weekly rounds"), dry.click("Look again")]
    for press in presses:
        assert "Only moderators can do this" in (await page(press)).text
    app = town.bot.app
    assert (await rounds.preview(app, who(town, "mo"))).round_id == number


# -- a round -------------------------------------------------------------------------------------


async def test_nothing_to_open(town: Town) -> None:
    """Off; nobody waits; no round: each says what to do."""
    assert "/rounds settings" in (await page(town.mo.slash("rounds open"))).text
    await turned_on(town)
    assert "Nobody waits" in (await page(town.mo.slash("rounds open"))).text
    none = await page(town.mo.slash("rounds preview"))
    assert none.buttons == ["Dry run", "Open a round", "Settings"]
    assert "Nobody waits" in (await page(none.click("Dry run"))).text


async def test_a_round_from_its_opening_to_its_publication(town: Town) -> None:
    """Opened, drawn, told of in the moderators' channel, looked at, published; the notice says so."""
    await moderators_channel(town)
    await turned_on(town)
    await known(town, *PEOPLE)
    await reads(town, *PEOPLE)
    for name in PEOPLE:
        await asks(town, name)
    opened = await page(town.mo.slash("rounds open"))
    assert "A round begins" in opened.text
    assert "being drawn" in (await page(opened.click("Look at it"))).text
    assert "not published yet" in (await page(town.mo.slash("rounds open"))).text
    await town.beat(MINUTE)
    await town.beat(MINUTE)
    notice = town.notices()[-1]
    assert "A round waits for your look" in notice.text and notice.buttons == ["Preview", "Publish"]
    assert not any(str(key(town, name).user_id) in notice.text for name in PEOPLE)
    seen = await page(notice.click("Preview"))
    assert seen.ephemeral and "a few requests, a few readers" in seen.text
    assert seen.text.count("is read by") == 3 and "Too few readers" not in seen.text
    done = await page(seen.click("Publish"))
    assert "Its readers are asked now" in done.text
    await town.beat(MINUTE)
    assert "The round is published" in notice.refresh().text and notice.buttons == ["Settings"]
    found = [task for name in PEOPLE for task in await tasks(town, name)]
    assert sorted(task.reading.state for task in found) == ["proposed"] * 3
    assert "Where do threads open?" in (await page(notice.click("Settings"))).selects
    assert "No round waits" in (await page(town.mo.slash("rounds preview"))).text


async def test_publishing_from_the_notice(town: Town) -> None:
    """In one press; a second one is told that it is over. Also after a restart."""
    await moderators_channel(town)
    await a_round(town, *PEOPLE)
    await town.beat(MINUTE)
    notice = town.notices()[-1]
    await town.restart()
    assert "is published" in (await page(notice.click("Publish"))).text
    assert "published or cancelled" in (await page(notice.click("Publish"))).text


async def test_a_veto_draws_it_again(town: Town) -> None:
    """A pair that a moderator takes out does not come back in this round; everybody else is brought together anew."""
    await a_round(town, *PEOPLE)
    seen = await page(town.mo.slash("rounds preview"))
    before = await rounds.preview(town.bot.app, who(town, "mo"))
    out = before.worst[0]
    after = await page(seen.choose("Take a pair out of this round", "Pair 1"))
    assert "the round is drawn again" in after.text and after.text.count("is read by") == 3
    kept = {
        (one.author_id, one.reader_id) for one in (await rounds.preview(town.bot.app, who(town, "mo"))).pairs
    }
    assert (out.author_id, out.reader_id) not in kept and len(kept) == 3
    every = await page(after.click("All pairs"))
    assert every.text.count("is read by") == 3
    fewer = await page(every.choose("Take a pair out of this round", "Pair 1"))
    assert "that pair is out" in fewer.text.lower() and fewer.text.count("is read by") < 3
    assert "Too few readers" in (await page(fewer.click("Back"))).text


async def test_cancelling(town: Town) -> None:
    """Asked once more; who waits, waits on."""
    await a_round(town, "ana", "bob")
    asked = await page((await page(town.mo.slash("rounds preview"))).click("Cancel the round"))
    assert "waits on" in (await page(asked.click("Cancel it"))).text
    assert "No round waits" in (await page(town.mo.slash("rounds preview"))).text


async def test_a_dry_run_keeps_nothing(town: Town) -> None:
    """It shows pairs, with no way to publish them; afterwards there is no round."""
    await turned_on(town)
    await known(town, *PEOPLE)
    await reads(town, "ana", "bob")
    for name in PEOPLE:
        await asks(town, name)
    tried = await page((await page(town.mo.slash("rounds preview"))).click("Dry run"))
    assert "nothing of it is kept" in tried.text and tried.text.count("is read by") == 3
    assert tried.buttons == ["Open a round", "Dry run"] and tried.selects == []
    assert "No round waits" in (await page(town.mo.slash("rounds preview"))).text


async def test_who_is_short_is_told_why(town: Town) -> None:
    """The reason is a moderator's; it comes from what was asked and offered alone."""
    await turned_on(town)
    await known(town, *PEOPLE)
    await reads(town, "bob", capacity=1)
    await asks(town, "ana", needs=2)
    await drawn(town)
    seen = await page(town.mo.slash("rounds preview"))
    ana = f"<@{key(town, 'ana').user_id}>"
    assert f"{ana}, 1 review: fewer than 2 others in this round read this kind in English" in seen.text


# -- supply and demand ---------------------------------------------------------------------------


async def test_supply_and_demand(town: Town) -> None:
    """In steps of five, without a name."""
    await turned_on(town)
    assert "no readers" in (await page(town.mo.slash("rounds stats"))).text
    await known(town, *PEOPLE)
    await reads(town, *PEOPLE)
    await asks(town, "ana")
    said = (await page(town.mo.slash("rounds stats"))).text
    assert "a few readers, with room for 5 or more documents" in said and "a few authors" in said
    assert "In time: not told" in said and "<@" not in said


async def test_letting_a_member_off(town: Town) -> None:
    """By a line in the ledger, which shows on nobody's page but theirs."""
    await turned_on(town)
    await known(town, "ana")
    stats = await page(town.mo.slash("rounds stats"))
    asked = await page(stats.choose("Let a member off: whom?", ["ana"]))
    assert "given" not in asked.text.lower()
    assert "Let off 2 reviews" in (await page(asked.choose("How many reviews?", "2 reviews"))).text
    account = (await asking.mine(town.bot.app, key(town, "ana"), town.bot.app.now())).account
    assert (account.waived, account.balance) == (2, 2)


async def test_the_channel_refuses(town: Town) -> None:
    """Moderators are told once what to grant."""
    await moderators_channel(town)
    await turned_on(town)
    await known(town, "ana")
    town.sandbox.deny(CHANNEL, Permission.CREATE_PRIVATE_THREADS)
    with pytest.raises(Exception, match="review_place_blocked"):
        await asks(town, "ana")
    await town.beat(MINUTE)
    notice = town.notices()[-1]
    assert lacks(notice, "Create Private Threads", "Manage Threads")
    assert "I lack" in (await page(notice.click("Settings"))).text
