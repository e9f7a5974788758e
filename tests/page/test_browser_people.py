"""People on the page: who one is, where one is, what is said, kept, hidden and counted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import expect

from sandbox import Permission, Sandbox
from sandbox.model import ChannelKind, MessageFlag, Tag
from tests.page.browser_window import Windows

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_anybody_can_be_looked_through(house: Sandbox, windows: Windows, size: dict[str, Any]) -> None:
    """A member never finds the moderators' channel; as a moderator it is there; going back it is gone again."""
    house.member("mo").go("moderators").say("between us")
    window = await windows.open("ana", "reviews", size)
    assert "moderators" not in await window.page.locator("#places").inner_text()
    assert "between us" not in await window.page.content()
    await window.become("mo")
    await expect(window.page.locator("dialog[open]")).to_have_count(0)  # a drawer closes behind the choice
    await window.go("moderators")
    await expect(window.message("between us")).to_be_visible()
    await window.become("ana")
    await window.title("start-here")
    assert "between us" not in await window.page.content()


async def test_a_reload_keeps_person_place_and_draft(windows: Windows) -> None:
    """The address says who looks where; what was begun and not sent is still in the composer."""
    window = await windows.open("bob", "reviews")
    await window.composer.fill("half a thou")
    await window.reload()
    await window.title("reviews")
    await expect(window.page.locator("#who-me")).to_contain_text("@bob")
    await expect(window.composer).to_have_value("half a thou")
    await window.go("check-ins")
    await expect(window.composer).to_have_value("")
    await window.page.go_back()
    await window.title("reviews")


async def test_an_address_that_leads_nowhere_leads_somewhere(house: Sandbox, windows: Windows) -> None:
    """Unknown people and places, and hidden ones, become the first that fit."""
    window = await windows.open("nobody", "nowhere")
    await window.title("start-here")
    hidden = house.channel("moderators")
    await window.open("ana", str(hidden.id))
    await window.title("start-here")
    house.deny("start-here", Permission.VIEW_CHANNEL, name="ana")
    await window.title("remote-python")


async def test_what_is_said_is_seen_by_others_at_once(
    house: Sandbox, windows: Windows, size: dict[str, Any]
) -> None:
    """Two people talk: unread places are marked, a ping is counted, a silent one is not, replies name the message."""
    ana = await windows.open("ana", "reviews", size)
    bob = await windows.open("bob", "check-ins")
    await ana.say("Who reads résumés?")
    unread = bob.page.locator(".place-unread", has_text="reviews")
    await expect(unread).to_contain_text("1 unread")
    await ana.say("You, @bob?")
    await expect(unread.locator(".badge")).to_have_text("1 for you")
    await ana.say("@silent and quietly @bob")
    await expect(unread).to_contain_text("3 unread")
    await expect(unread.locator(".badge")).to_have_text("1 for you")
    assert house.messages("reviews")[-1].flags & MessageFlag.SUPPRESS_NOTIFICATIONS
    await bob.go("reviews")
    await expect(bob.page.locator(".message-pinged")).to_have_count(2)  # he was named in both
    await expect(bob.page.locator(".place-unread")).to_have_count(0)
    await bob.do(bob.message("Who reads"), "Reply")
    await bob.say("I do.")
    await expect(ana.message("I do.").locator(".message-above")).to_contain_text("Who reads résumés?")


async def test_a_message_can_be_changed_and_taken_back(windows: Windows) -> None:
    """An edit leaves its mark for everybody; a deletion asks first; others' messages offer neither."""
    ana, bob = [await windows.open(who, "reviews") for who in ("ana", "bob")]
    await ana.say("Helo")
    await ana.composer.press("ArrowUp")
    await ana.composer.fill("Hello")
    await ana.composer.press("Enter")
    await expect(bob.message("Hello").locator(".message-edited")).to_have_text("(edited)")
    await bob.message("Hello").hover()
    await bob.message("Hello").get_by_role("button", name="More", exact=True).click()
    await expect(bob.page.get_by_role("menuitem", name="Reply")).to_be_visible()
    await expect(bob.page.get_by_role("menuitem", name=re.compile("Edit|Delete"))).to_have_count(0)
    await ana.do(ana.message("Hello"), "Delete")
    await ana.form.get_by_role("button", name="Cancel").click()
    await expect(bob.message("Hello")).to_be_visible()
    await ana.do(ana.message("Hello"), "Delete")
    await ana.form.get_by_role("button", name="Delete").click()
    await expect(bob.messages).to_have_count(0)


async def test_reactions_are_toggled(house: Sandbox, windows: Windows, size: dict[str, Any]) -> None:
    """One is chosen from the picker by its name, another person adds theirs, and takes it away again."""
    house.member("mo").go("reviews").say("Coffee?")
    ana = await windows.open("ana", "reviews", size)
    bob = await windows.open("bob", "reviews")
    await ana.do(ana.message("Coffee?"), "Add reaction")
    await ana.page.get_by_role("textbox", name="Filter emoji by name").fill("coffee")
    await ana.page.get_by_role("button", name="coffee, break").click()
    await expect(ana.page.get_by_role("button", name="☕, 1, you too")).to_be_visible()
    await bob.page.get_by_role("button", name="☕, 1", exact=True).click()
    await expect(ana.page.get_by_role("button", name="☕, 2, you too")).to_be_visible()
    await bob.page.get_by_role("button", name="☕, 2, you too").click()
    await expect(bob.page.get_by_role("button", name="☕, 1", exact=True)).to_be_visible()


async def test_moderators_pin(house: Sandbox, windows: Windows) -> None:
    """What a moderator pins is listed above the channel for all, and leads to the message; members may not pin."""
    role = next(one for one in house.guild.roles.values() if one.name == "moderators")
    role.permissions |= Permission.PIN_MESSAGES
    for number in range(60):
        house.member("bob").go("reviews").say(f"line {number}")
    mo, ana = [await windows.open(who, "reviews") for who in ("mo", "ana")]
    first = mo.message("line 10")
    await mo.do(first, "Pin")
    await ana.page.get_by_role("button", name="Pinned messages: 1").click()
    await ana.page.get_by_role("dialog", name="Pinned messages").locator(".head-row").click()
    await expect(ana.message("line 10")).to_be_in_viewport()
    await ana.message("line 10").get_by_role("button", name="More", exact=True).click()
    await expect(ana.page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    await expect(ana.page.get_by_role("menuitem", name="Pin")).to_have_count(0)


async def test_a_thread_is_made_and_used(house: Sandbox, windows: Windows, size: dict[str, Any]) -> None:
    """It starts at a message, has the name that was given, is written in, left, archived and found again."""
    house.member("bob").go("reviews").say("What is a good first line?")
    ana = await windows.open("ana", "reviews", size)
    await ana.do(ana.message("first line"), "Start a thread")
    await expect(ana.form.get_by_label("Name")).to_have_value("What is a good first line?")
    await ana.form.get_by_label("Name").fill("First lines")
    await ana.form.get_by_role("button", name="Start thread").click()
    await ana.title("First lines")
    await ana.say("Say what you do.")
    await expect(ana.message("Say what you do.")).to_be_visible()
    await ana.page.locator("#head-more").click()
    await ana.choose("Archive the thread")
    await ana.up("reviews")
    await ana.page.locator("#head-thread").click()
    row = ana.page.get_by_role("dialog", name="Threads").locator(".head-row", has_text="First lines")
    await expect(row).to_contain_text("Archived")
    await row.click()
    await ana.title("First lines")
    assert len(house.guild.threads) == 1


async def test_a_private_thread_is_for_who_was_let_in(windows: Windows) -> None:
    """It is in the list of who made it, and in nobody else's."""
    ana, bob = [await windows.open(who, "reviews") for who in ("ana", "bob")]
    await ana.page.locator("#head-thread").click()
    await ana.page.get_by_role("button", name="Start a thread").click()
    await ana.form.get_by_label("Name").fill("Under four eyes")
    await ana.form.get_by_label("Private").check()
    await ana.form.get_by_role("button", name="Start thread").click()
    await ana.title("Under four eyes")
    await ana.say("Only for us")
    await expect(ana.message("Only for us")).to_be_visible()
    await bob.say("Hello?")
    await expect(bob.message("Hello?")).to_be_visible()
    assert "Under four eyes" not in await bob.page.content()


async def test_a_forum_post_with_tags(house: Sandbox, windows: Windows, size: dict[str, Any]) -> None:
    """What lacks is told in the window; sent, the post opens; in the forum it is found by its tag."""
    forum = house.channel("ideas")
    forum.tags = tuple(Tag(house.world.ids.next(), name) for name in ("tools", "habits"))
    forum.require_tag = True
    ana = await windows.open("ana", "ideas", size)
    for title, tag in (("A quiet hour", "habits"), ("One list", "tools")):
        await ana.page.get_by_role("button", name="New post").click()
        await ana.form.get_by_label("Title").fill(title)
        await ana.form.get_by_label("Text").fill(f"{title}, each day.")
        await ana.form.get_by_role("button", name="Post", exact=True).click()
        await expect(ana.form.get_by_text("Choose at least one tag")).to_be_visible()
        await ana.form.get_by_role("button", name=tag).click()
        await ana.form.get_by_role("button", name="Post", exact=True).click()
        await ana.title(title)
        await expect(ana.message(f"{title}, each day.")).to_be_visible()
        await ana.up("ideas")
    await ana.page.get_by_role("group", name="Filter by tag").get_by_text("habits").click()
    await expect(ana.page.locator(".forum-card")).to_have_count(1)
    await expect(ana.page.locator(".forum-card")).to_contain_text("A quiet hour")
    posts = [one for one in house.guild.threads.values() if one.kind is ChannelKind.PUBLIC_THREAD]
    assert [len(one.thread.tags) for one in posts if one.thread] == [1, 1]


async def test_two_tabs_of_one_person(house: Sandbox, windows: Windows) -> None:
    """Both show what either does; what is read in one is read in the other."""
    one = await windows.open("ana", "reviews")
    other = await windows.beside(one, "ana", "check-ins")
    house.member("bob").go("reviews").say("Hello, ana")
    await expect(one.message("Hello, ana")).to_be_visible()
    await one.say("Hello, bob")
    await expect(one.message("Hello, bob")).to_be_visible()
    await expect(other.page.locator(".place-unread")).to_have_count(0)
    await other.go("reviews")
    await expect(other.message("Hello, bob")).to_be_visible()


async def test_why_one_may_not_write(house: Sandbox, windows: Windows) -> None:
    """Without the permission a sentence stands in the composer's place, and comes and goes while one looks."""
    ana = await windows.open("ana", "reviews")
    house.deny("reviews", Permission.SEND_MESSAGES, name="ana")
    await expect(ana.page.locator(".writer-not")).to_have_text("You can read here, but not write.")
    await expect(ana.composer).to_be_hidden()
    house.allow("reviews", Permission.SEND_MESSAGES, name="ana")
    await expect(ana.composer).to_be_visible()


async def test_two_thousand_characters_and_one_more(house: Sandbox, windows: Windows) -> None:
    """One too many is told in words and stays in the composer; without it the message is sent."""
    ana = await windows.open("ana", "reviews")
    await ana.say("x" * 2001)
    await expect(ana.note).to_contain_text("2001 characters; a message holds 2000")
    await expect(ana.composer).to_have_value("x" * 2001)
    await ana.composer.press("Backspace")
    await ana.send()
    await expect(ana.message("xxx")).to_be_visible()
    assert [len(one.content) for one in house.messages("reviews")] == [2000]
