"""`/setup`: the safety role, the second contact, the panel; and what the panel's buttons do; over the wire."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.moderation import flow
from bot.moderation.server import Server
from sandbox import Permission, Reply
from tests.cogs.rounds_town import turned_on
from tests.end_to_end.town import HOUR, Town, form, lacks, page

pytestmark = pytest.mark.wire

ROLE, CONTACT, PANEL = (
    "Safety role: who may see cases",
    "Second contact, for reports about the owner",
    "Post the panel in …",
)
BUTTONS = ["Find jobs", "Weekly check-in", "Get something read", "Set me up"]


async def setup(town: Town, who: str = "mo") -> Reply:
    return await page(town.sandbox.member(who).slash("setup"))


async def settings(town: Town) -> Server:
    return await flow.settings(town.bot.app, town.sandbox.guild.id)


async def posted(town: Town, channel: str = "start-here") -> Reply:
    """A moderator posts the panel; gives it as ana sees it."""
    await page((await setup(town)).choose(PANEL, channel))
    await town.beat(HOUR)
    (panel,) = town.cards(channel, who="ana")
    return panel


async def test_a_server_set_up(town: Town) -> None:
    """Channel, safety role, second contact, panel and a first subscription take at most twelve presses."""
    town.sandbox.world.add_role(town.sandbox.guild, "careful", Permission.VIEW_CHANNEL)
    home = await setup(town, "owner")
    home = await page(home.choose("Moderators' channel", "moderators"))
    home = await page(home.choose(ROLE, "careful"))
    home = await page(home.choose(CONTACT, "tom"))
    home = await page(home.choose(PANEL, "start-here"))
    await town.subscribe("python", who="owner")
    assert town.sandbox.member("owner").presses <= 12 and home.ephemeral
    tom = town.sandbox.member("tom").user.id
    assert "Reports go to whoever holds <@&" in home.text and f"<@{tom}> hears of reports" in home.text
    assert "It is on its way to" in home.text
    await town.beat(HOUR)
    assert "It stands in <#" in (await setup(town)).text


async def test_what_was_chosen_is_taken_away_again(town: Town) -> None:
    """Choosing nothing in the menu leaves cases to the owner alone, and nobody as second contact."""
    town.sandbox.world.add_role(town.sandbox.guild, "careful", Permission.VIEW_CHANNEL)
    home = await page((await setup(town, "owner")).choose(ROLE, "careful"))
    home = await page(home.choose(CONTACT, "tom"))
    home = await page((await page(home.choose(ROLE, []))).choose(CONTACT, []))
    kept = await settings(town)
    assert (kept.safety_role_id, kept.second_contact_id) == (None, None)
    owner = town.sandbox.guild.owner_id
    assert f"Reports go to <@{owner}> alone." in home.text and "reaches nobody" in home.text


async def test_a_moderator_cannot_open_reports_to_themselves(town: Town) -> None:
    """Who reads them is the owner's choice, and the refusal says whom to ask."""
    home = await setup(town)
    for menu, chosen in ((ROLE, "moderators"), (CONTACT, "mo")):
        assert "Only the server's owner can choose this" in (await page(home.choose(menu, chosen))).text
    kept = await settings(town)
    assert (kept.safety_role_id, kept.second_contact_id) == (None, None)


async def test_choices_that_protect_nobody(town: Town) -> None:
    """The bot's own role, a bot, the owner: each is refused in words, and nothing is kept."""
    home, world = await setup(town, "owner"), town.sandbox.world
    assert "belongs to a bot" in (await page(home.choose(ROLE, world.bot.name))).text
    assert "A bot can't look after people" in (await page(home.choose(CONTACT, world.bot.name))).text
    owner = world.users[town.sandbox.guild.owner_id].name
    assert "hears of these reports already" in (await page(home.choose(CONTACT, owner))).text
    kept = await settings(town)
    assert (kept.safety_role_id, kept.second_contact_id) == (None, None)


async def test_the_panel_is_not_promised_where_it_cannot_stand(town: Town) -> None:
    """The missing permission is named; once it is granted, the same choice works."""
    town.sandbox.deny("start-here", Permission.SEND_MESSAGES)
    home = await setup(town)
    assert lacks(await page(home.choose(PANEL, "start-here")), "Send Messages")
    await town.beat(HOUR)
    assert town.cards("start-here") == []
    town.sandbox.allow("start-here", Permission.SEND_MESSAGES)
    await posted(town)


async def test_the_panel_has_the_buttons_that_work(town: Town) -> None:
    """Four of them, in the order of what people look for; it pings nobody and stands once, also after a restart."""
    panel = await posted(town)
    assert not panel.ephemeral and panel.buttons == BUTTONS
    assert "only you see" in panel.text and "</help:" in panel.text and "</me privacy:" in panel.text
    await town.restart()
    await town.beat(HOUR)
    assert len(town.cards("start-here")) == 1


async def test_find_jobs(town: Town) -> None:
    """The button opens a form, a mistake can be mended, the proposal is private and saved by one press."""
    panel = await posted(town)
    ana = town.sandbox.member("ana")
    seen = ana.sees("start-here")[-1]
    wrong = await page((await form(seen.click("Find jobs"))).submit({"What do you look for?": "python AND"}))
    assert wrong.ephemeral and wrong.buttons == ["Fix it"]
    right = await page((await form(seen.click("Find jobs"))).submit({"What do you look for?": "python"}))
    assert right.ephemeral and right.text.startswith("### An alert for you?")
    assert (await page(right.click("Save"))).text.startswith("Saved, for you alone")
    assert (
        "For you alone" in (await page(ana.slash("jobs alerts"))).text
        and panel.refresh().buttons[0] == "Find jobs"
    )


async def test_set_me_up(town: Town) -> None:
    """The button opens /start in private, and the panel stays as it is; also after a restart."""
    panel = await posted(town)
    await town.restart()
    shown = await page(panel.click("Set me up"))
    assert shown.ephemeral and "1 of 3 · What would help you here?" in shown.text
    assert town.cards("start-here", who="ana")[0].buttons == BUTTONS


async def test_get_something_read(town: Town) -> None:
    """The button opens what /review request does, in private; while reviews are off it says what has to be done."""
    panel = await posted(town)
    off = await page(panel.click("Get something read"))
    assert off.ephemeral and "/rounds settings" in off.text
    await turned_on(town)
    ana = town.sandbox.member("ana")
    pressed, typed = await page(panel.click("Get something read")), await page(ana.slash("review request"))
    assert pressed.ephemeral and (pressed.text, pressed.buttons) == (typed.text, typed.buttons)


async def test_posting_it_again_moves_it(town: Town) -> None:
    """One panel a server: the former goes; in the same channel the new one takes its place."""
    first = await posted(town)
    second = await posted(town, "reviews")
    assert first.gone and town.cards("start-here") == []
    third = await posted(town, "reviews")
    assert second.gone and not third.gone


async def test_a_new_button_appears_at_start_up(town: Town) -> None:
    """A panel that an older version posted is edited, not posted again."""
    panel = await posted(town)
    known = (await settings(town)).panel
    assert known is not None and known.nonce is not None
    async with town.bot.app.store.begin() as tx:
        await flow.store.keep_panel(tx, known.nonce, replace(known, shown=("start",)))
    edits = panel.refresh().message.edits
    await town.restart()
    await town.beat(HOUR)
    assert panel.refresh().message.edits == edits + 1 and panel.buttons == BUTTONS
    await town.beat(HOUR)
    assert panel.refresh().message.edits == edits + 1


async def test_somebody_deleted_the_panel(town: Town) -> None:
    """The next change finds it gone; /setup offers to post it, and nothing comes by itself."""
    panel = await posted(town)
    known = (await settings(town)).panel
    assert known is not None and known.nonce is not None
    async with town.bot.app.store.begin() as tx:
        await flow.store.keep_panel(tx, known.nonce, replace(known, shown=("start",)))
    town.mo.remove(panel.message)
    await town.beat(HOUR)
    assert (
        town.cards("start-here") == [] and "Choose a channel that everybody sees" in (await setup(town)).text
    )


async def test_its_channel_is_deleted(town: Town) -> None:
    """/setup says so, and another channel gets it."""
    await posted(town)
    town.sandbox.delete_channel("start-here")
    assert "The channel where it stood is gone. Choose another one." in (await setup(town)).text
    await posted(town, "reviews")
