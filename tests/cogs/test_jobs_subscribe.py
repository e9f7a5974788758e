"""`/jobs subscribe`: what is typed, what is shown before saving, what is refused; over the wire."""

from __future__ import annotations

import asyncio

import pytest

from sandbox import Permission
from tests.end_to_end.town import BOARD_NAME, HOUR, Town, form, lacks, page

pytestmark = pytest.mark.wire


async def listed(town: Town, who: str = "mo") -> str:
    """What /jobs alerts shows a person."""
    return (await page(town.sandbox.member(who).slash("jobs alerts"))).text


async def test_it_is_tried_on_last_week_before_saving(town: Town) -> None:
    """The answer reads the filter in plain words, counts what it would have found, and shows some of it."""
    town.publish("Falconry Engineer", "Cook")
    await town.beat(HOUR)
    asked = await page(town.mo.slash("jobs subscribe", filter="falconry", channel="remote-python"))
    assert asked.ephemeral
    assert "**Hears:** falconry" in asked.text
    assert "openings of the last 7 days it lets 1 through" in asked.text
    assert "• [Falconry" in asked.text
    assert "You follow nothing yet" in await listed(town)


async def test_a_member_may_not_let_a_channel_follow(town: Town) -> None:
    """The command is visible to all; `channel:` is refused in words that say what works instead."""
    refused = await page(town.ana.slash("jobs subscribe", filter="python", channel="remote-python"))
    assert refused.ephemeral and refused.buttons == []
    assert "Only moderators" in refused.text and "leave `channel:` out" in refused.text
    assert "You follow nothing yet" in await listed(town)


async def test_a_members_own_subscription_is_kept(town: Town) -> None:
    """Without `channel:` it is the member's alone; the answer says what to expect of it."""
    asked = await page(town.ana.slash("jobs subscribe", filter="python"))
    assert asked.text.startswith("### An alert for you?")
    saved = await page(asked.click("Save"))
    assert saved.ephemeral and "Saved, for you alone" in saved.text
    assert "**For you alone**" in await listed(town, "ana")
    assert "You follow nothing yet" in await listed(town, "bob")
    assert "You follow nothing yet" in await listed(town)


async def test_a_mistake_is_pointed_at_and_mended(town: Town) -> None:
    """The answer points at the character; [Fix it] reopens the form with the text, and the mended one is saved."""
    wrong = await page(town.mo.slash("jobs subscribe", filter="python AND (rust", channel="remote-python"))
    assert wrong.ephemeral and wrong.buttons == ["Fix it"]
    shown = wrong.text.splitlines()
    pointer = next(number for number, line in enumerate(shown) if line.strip() == "^")
    assert shown[pointer - 1][shown[pointer].index("^")] == "("
    typed = await form(wrong.click("Fix it"))
    assert list(typed.values.values()) == ["python AND (rust"]
    again = await page(typed.submit(filter="python AND (rust OR go) AND"))
    assert again.buttons == ["Fix it"]
    typed = await form(again.click("Fix it"))
    assert list(typed.values.values()) == ["python AND (rust OR go) AND"]
    right = await page(typed.submit(filter="python AND (rust OR go)"))
    assert right.buttons == ["Save", "Change filter", "Form", "More settings", "Discard"]
    saved = await page(right.click("Save"))
    assert saved.text.startswith("Saved.")
    assert "**For <#" in await listed(town)


async def test_forms_are_never_the_same(town: Town) -> None:
    """Phones show an old prefill when a form's id repeats, so that each opening has an id of its own."""
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    first = await form(asked.click("Change filter"))
    second = await form(asked.click("Change filter"))
    assert first.custom_id != second.custom_id


async def test_a_filter_is_changed_before_saving(town: Town) -> None:
    """[Change filter] opens a form with the text; what is typed there takes its place."""
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    changed = await page((await form(asked.click("Change filter"))).submit(filter="rust"))
    await page(changed.click("Save"))
    await town.beat(HOUR)
    await town.news("Python Engineer", "Rust Engineer")
    assert [title.split(" at ")[0] for title in town.titles()] == ["Rust Engineer"]


async def test_discard(town: Town) -> None:
    """Nothing is kept of a draft that was discarded."""
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    gone = await page(asked.click("Discard"))
    assert gone.text.startswith("Discarded") and gone.buttons == []
    assert "You follow nothing yet" in await listed(town)


async def test_save_pressed_twice_saves_once(town: Town) -> None:
    """Two presses at the same moment, from two devices, leave one subscription and two polite answers."""
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    answers = await asyncio.gather(page(asked.click("Save")), page(asked.click("Save")))
    assert [answer.text.startswith("Saved.") for answer in answers] == [True, True]
    assert (await listed(town)).count("**For") == 1


async def test_the_same_filter_twice(town: Town) -> None:
    """A channel follows the same thing once, however it is written."""
    await town.subscribe("python AND rust")
    again = await page(town.mo.slash("jobs subscribe", filter="(python) rust", channel="remote-python"))
    assert "has this filter already" in again.text


@pytest.mark.parametrize(
    ("permission", "named"),
    [
        (Permission.VIEW_CHANNEL, "View Channel"),
        (Permission.SEND_MESSAGES, "Send Messages"),
        (Permission.READ_MESSAGE_HISTORY, "Read Message History"),
    ],
)
async def test_a_missing_permission_is_named_before_saving(
    town: Town, permission: Permission, named: str
) -> None:
    """Nothing is saved where the bot could not speak; the answer names what to grant and where."""
    town.sandbox.deny("remote-python", permission)
    refused = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    assert lacks(refused, named) and refused.buttons == []
    town.sandbox.allow("remote-python", permission)
    assert (await town.subscribe()).text.startswith("Saved.")


async def test_a_permission_goes_between_asking_and_saving(town: Town) -> None:
    """It is checked again at Save; after granting it the same button saves."""
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    town.sandbox.deny("remote-python", Permission.SEND_MESSAGES)
    refused = await page(asked.click("Save"))
    assert lacks(refused, "Send Messages")
    town.sandbox.allow("remote-python", Permission.SEND_MESSAGES)
    assert (await page(asked.click("Save"))).text.startswith("Saved.")


async def test_a_filter_that_is_much_too_long(town: Town) -> None:
    """4,000 characters reach us, so that our words answer: what is wrong, and where; the text is still there."""
    text = " ".join(["word"] * 800)
    wrong = await page(town.mo.slash("jobs subscribe", filter=text, channel="remote-python"))
    assert wrong.buttons == ["Fix it"] and "300" in wrong.text and "At character 301" in wrong.text
    assert list((await form(wrong.click("Fix it"))).values.values()) == [text]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pay>=abc", "This is not an amount."),
        ("(" * 300, "More than 20 levels"),
        ("((a OR b", "never closed"),
    ],
)
async def test_other_mistakes_are_pointed_at(town: Town, text: str, said: str) -> None:
    """A clear answer with the character, and a way to mend it."""
    wrong = await page(town.ana.slash("jobs subscribe", filter=text))
    assert wrong.buttons == ["Fix it"] and said in wrong.text and "At character" in wrong.text


async def test_what_it_would_find_without_a_part(town: Town) -> None:
    """The mirror: a part that keeps much out is named, with what it would be without it."""
    town.publish("Senior Falconry Engineer", "Falconry Engineer", "Junior Falconry Engineer")
    await town.beat(HOUR)
    asked = await page(town.ana.slash("jobs subscribe", filter="falconry engineer -senior"))
    assert "it lets 2 through" in asked.text and "Last week this found 2;" in asked.text
    assert "with senior too 3" in asked.text


async def test_the_filter_is_completed_while_typing(town: Town) -> None:
    """Boards are offered by name after `board:`."""
    offered = await town.mo.autocomplete("jobs subscribe", "filter", "python board:pl")
    assert f'python board:"{BOARD_NAME}"' in [value for _, value in offered]


async def test_a_board_nobody_reads(town: Town) -> None:
    """A wrong `board:` is pointed at, with the name that was probably meant."""
    wrong = await page(
        town.mo.slash("jobs subscribe", filter='python board:"Plain JSN Feed"', channel="remote-python")
    )
    assert wrong.buttons == ["Fix it"] and f"Did you mean “{BOARD_NAME}”?" in wrong.text
