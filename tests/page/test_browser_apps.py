"""A discord.py bot on the page: its commands, menus, private answers, failures and restarts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest
from discord import app_commands
from playwright.async_api import expect

from sandbox import Sandbox
from sandbox.model import InteractionKind
from tests.page.browser_window import Windows
from tests.page.showcase import Showcase, running
from tests.page.showcase_parts import Press

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUICK = timedelta(milliseconds=700)  # instead of Discord's three seconds, where a test waits for silence


@app_commands.command(description="For moderators only.")
@app_commands.default_permissions(manage_guild=True)
async def rules(interaction: Press) -> None:
    await interaction.response.send_message("You moderate here.", ephemeral=True)


async def test_a_command_with_an_option_of_every_type(
    windows: Windows, bot: Showcase, size: dict[str, Any]
) -> None:
    """Fields with lists, checks in words, chips for what is optional: all values reach the bot."""
    ana = await windows.open("ana", "reviews", size)
    await ana.composer.fill("/show options ")
    page = ana.page
    await page.get_by_label("text, needed").fill("ab")
    await ana.send()
    await expect(page.get_by_text("Write at least 3 characters; this has 2.")).to_be_visible()
    await page.get_by_label("text, needed").fill("abc")
    await page.get_by_label("number, needed").fill("11")
    await ana.send()
    await expect(page.get_by_text("The largest number is 10.")).to_be_visible()
    await page.get_by_label("number, needed").fill("7")
    await page.get_by_label("size, needed").fill("lar")
    await page.get_by_role("option", name="large").click()
    for name, typed, chosen in (
        ("on", "tr", "True"),
        ("person", "bo", "bob"),
        ("role", "mod", "@moderators"),
        ("channel", "check", "check-ins"),
    ):
        await page.get_by_role("button", name=f"Add {name}:").click()
        await page.get_by_role("combobox", name=name, exact=True).fill(typed)
        await page.get_by_role("option", name=chosen).first.click()
    await page.get_by_role("button", name="Add share:").click()
    await page.get_by_label("share", exact=True).fill("0,25")
    await ana.send()
    answer = ana.message("text: abc")
    for words in ("number: 7", "share: 0.25", "on: True", "size: large", "person: bob"):
        await expect(answer).to_contain_text(words)
    for words in ("role: moderators", "channel: check-ins"):
        await expect(answer).to_contain_text(words)


@pytest.mark.usefixtures("bot")
async def test_a_command_by_keyboard_alone(windows: Windows) -> None:
    """A slash opens the picker, letters filter it, Tab takes a command, arrows choose a suggestion, Enter sends."""
    ana = await windows.open("ana", "reviews")
    keys = ana.page.keyboard
    await keys.press("/")
    await expect(ana.page.get_by_role("listbox", name="Commands")).to_be_visible()
    await keys.type("fru")
    await expect(ana.page.get_by_role("option")).to_have_count(1)
    await keys.press("Tab")
    await keys.type("ap")
    await expect(ana.page.get_by_role("option")).to_have_text(["Apple", "Apricot", "Grape"])
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await keys.press("Enter")
    await expect(ana.message("You chose apricot.")).to_be_visible()
    await expect(ana.composer).to_be_focused()


@pytest.mark.usefixtures("bot")
async def test_context_menus(house: Sandbox, windows: Windows, size: dict[str, Any]) -> None:
    """Apps' entries stand in the menu of a message and of a person, and are answered."""
    house.member("bob").go("reviews").say("three small words")
    ana = await windows.open("ana", "reviews", size)
    await ana.do(ana.message("three small"), "Apps", "Count words")
    await expect(ana.message("That message has 3 words.")).to_contain_text("Only you can see this")
    await ana.message("three small").get_by_role("button", name="bob").first.click()
    await ana.choose("Apps", "Wave")
    await expect(ana.message("@ana waves at @bob.")).to_be_visible()


@pytest.mark.usefixtures("bot")
async def test_a_private_answer_is_gone_after_a_reload(house: Sandbox, windows: Windows) -> None:
    """Nobody else ever gets it; its owner keeps it until they reload, and not longer."""
    ana, bob = [await windows.open(who, "reviews") for who in ("ana", "bob")]
    await ana.slash("show private")
    await expect(ana.message("And this.")).to_be_visible()
    await ana.say("Look!")
    await expect(bob.message("Look!")).to_be_visible()
    assert "Only you see this." not in await bob.page.content()
    assert house.seen_by("bob", "Only you see this.") == []
    await ana.reload()
    await expect(ana.message("Look!")).to_be_visible()
    await expect(ana.message("And this.")).to_have_count(0)


@pytest.mark.sandbox(first_answer=QUICK)
@pytest.mark.usefixtures("bot")
async def test_what_an_app_does_not_answer(windows: Windows) -> None:
    """A command leaves words where its answer would stand, a button where it was pressed."""
    ana = await windows.open("ana", "reviews")
    await ana.slash("odd mute")
    await expect(ana.page.locator(".message-failed")).to_have_text("The application did not respond")
    await ana.slash("show components-v1")
    buttons = ana.message("Buttons and a menu")
    await buttons.get_by_role("button", name="Never answers").click()
    await expect(buttons.get_by_role("alert")).to_have_text("This interaction failed")
    await ana.slash("odd fail")
    await expect(ana.message("Something went wrong. Try again.")).to_contain_text("Only you can see")


async def test_a_command_for_moderators_is_offered_to_them_alone(windows: Windows, bot: Showcase) -> None:
    """ana's list does not have it, and what she types is refused in words; mo's has it."""
    bot.tree.add_command(rules)
    await bot.tree.sync()
    ana, mo = [await windows.open(who, "reviews") for who in ("ana", "mo")]
    await ana.slash("rules")
    await expect(ana.note).to_have_text("There is no such command. Type / to see all.")
    await mo.slash("rules")
    await expect(mo.message("You moderate here.")).to_be_visible()


@pytest.mark.usefixtures("bot")
async def test_direct_messages_open_and_closed(windows: Windows, size: dict[str, Any]) -> None:
    """The bot's message rings in the list of places; after they are closed the bot is told so."""
    ana = await windows.open("ana", "reviews", size)
    await ana.slash("show dm")
    await expect(ana.message("Look at your direct messages.")).to_be_visible()
    await ana.go("outpost")
    await ana.message("A direct message.").get_by_role("button", name="Primary").click()
    await expect(ana.message("You pressed Primary.")).to_be_visible()
    await ana.aside()
    await ana.page.get_by_role("button", name="Settings of ana").click()
    await ana.form.get_by_label("Allow direct messages").uncheck()
    await ana.form.get_by_role("button", name="Done").click()
    if ana.narrow:
        await ana.page.locator(".drawer-right .drawer-close").click()
    await ana.slash("show dm")
    await expect(ana.message("Your direct messages are closed.")).to_be_visible()


@pytest.mark.usefixtures("bot")
async def test_two_people_press_one_button_at_once(house: Sandbox, windows: Windows) -> None:
    """Both presses are answered and counted; both windows show the same in the end."""
    ana, bob = [await windows.open(who, "reviews") for who in ("ana", "bob")]
    await ana.slash("show components-v1")
    for window in (ana, bob):
        await expect(window.page.get_by_role("button", name="Count")).to_be_visible()
    for window in (ana, bob):  # neither waits for the other's answer
        await window.page.evaluate(
            """() => setTimeout(() => [...document.querySelectorAll(".component-button")]
                 .find((each) => each.textContent === "Count").click())"""
        )
    for window in (ana, bob):
        await expect(window.page.get_by_role("button", name="Pressed 2×")).to_be_visible()
        await expect(window.page.locator(".message-refusal:not(:empty)")).to_have_count(0)
    presses = [one for one in house.world.interactions.values() if one.kind is InteractionKind.COMPONENT]
    assert sorted(house.world.users[one.user_id].name for one in presses) == ["ana", "bob"]


@pytest.mark.sandbox(first_answer=QUICK)
async def test_a_form_that_is_sent_after_the_bot_was_restarted(house: Sandbox, windows: Windows) -> None:
    """A bot that has forgotten its form doesn't answer: words inside the form, the text is kept, it can be left."""
    async with running(house):
        ana = await windows.open("ana", "reviews")
        await ana.slash("show modal")
        await ana.form.get_by_label("Name").fill("Ana")
    await ana.submit()
    await expect(ana.form.get_by_role("alert").last).to_contain_text("Something went wrong. Try again.")
    async with running(house):
        await ana.submit()
        await expect(ana.form.get_by_role("alert").last).to_contain_text("Something went wrong. Try again.")
        await expect(ana.form.get_by_label("Name")).to_have_value("Ana")
        await ana.page.keyboard.press("Escape")
        await ana.slash("show modal")
        await expect(ana.form.get_by_label("Name")).to_have_value("Ana")  # as phones do
        await ana.submit()
        await expect(ana.message("Name: Ana")).to_be_visible()


async def test_a_bot_may_write_two_thousand_characters(
    house: Sandbox, windows: Windows, bot: Showcase
) -> None:
    """One more is refused with Discord's code 50035, and nobody sees anything of it."""
    ana = await windows.open("ana", "reviews")
    channel = bot.get_partial_messageable(house.channel("reviews").id)
    with pytest.raises(discord.HTTPException, match="2000 or fewer in length") as refused:
        await channel.send("x" * 2001)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    await channel.send("y" * 2000)
    await expect(ana.message("yyy")).to_be_visible()
    await expect(ana.messages).to_have_count(1)


@pytest.mark.sandbox(first_answer=QUICK)
async def test_a_deferred_answer_of_a_bot_that_ended(house: Sandbox, windows: Windows) -> None:
    """What is still thinking goes on saying so; a bot that is gone lets the next command fail in words."""
    ana = await windows.open("ana", "reviews")
    async with running(house) as bot:
        await ana.slash("odd think")
        await expect(ana.message("outpost is thinking…")).to_be_visible()
        bot.thought.set()
        await expect(ana.message("Thought.")).to_be_visible()
    await ana.slash("show fruit name: fig")
    await expect(ana.page.locator(".message-failed")).to_have_text("The application did not respond")
