"""One subscription from near: edit, pause for a time, copy, preview, why not, dead ends; over the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import Permission, Reply
from tests.end_to_end.town import HOUR, Town, form, lacks, page

pytestmark = pytest.mark.wire

DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


async def opened(town: Town, who: str = "mo", nth: int = 1) -> Reply:
    """The page of one of them."""
    return await page((await page(town.sandbox.member(who).slash("jobs alerts"))).click("Open", nth=nth))


async def test_editing_is_the_same_page(town: Town) -> None:
    """What is changed counts once it is saved; until then all goes on as it was."""
    await town.beat(HOUR)
    await town.subscribe("python")
    draft = await page((await opened(town)).click("Edit"))
    assert draft.text.startswith("### Change what is followed") and "**Hears:** python" in draft.text
    changed = await page((await form(draft.click("Change filter"))).submit(filter="rust"))
    calm = await page(changed.choose("How many?", "Calm: 3 cards a day"))
    await town.news("Python Engineer", "Rust Engineer")
    assert [title.split(" at ")[0] for title in town.titles()] == ["Python Engineer"]
    assert (await page(calm.click("Save"))).text.startswith("Changed.")
    near = await opened(town)
    assert "**Hears:** rust" in near.text and "at most 3 cards a day" in near.text
    await town.news("Python Lead", "Rust Lead")
    assert [title.split(" at ")[0] for title in town.titles()] == ["Python Engineer", "Rust Lead"]


async def test_an_edit_that_is_discarded(town: Town) -> None:
    """Nothing has changed, and nothing more is listed."""
    await town.subscribe("python")
    draft = await page((await opened(town)).click("Edit"))
    await page((await form(draft.click("Change filter"))).submit(filter="rust"))
    await page(draft.click("Discard"))
    listed = await page(town.mo.slash("jobs alerts"))
    assert listed.buttons == ["Open"] and "python" in listed.text and "rust" not in listed.text


async def test_an_edit_of_a_paused_one_leaves_it_paused(town: Town) -> None:
    """The state is kept, and the answer says so."""
    await town.subscribe("python")
    await page((await page((await opened(town)).click("Pause"))).click("Until I resume it"))
    draft = await page((await opened(town)).click("Edit"))
    assert "still paused" in (await page(draft.click("Save"))).text
    assert "**paused** (by hand)" in (await opened(town)).text


async def test_an_edit_into_what_is_followed_already(town: Town) -> None:
    """The same filter twice is refused here, too; its own former filter is no hindrance."""
    await town.subscribe("python")
    await town.subscribe("rust")
    draft = await page((await opened(town)).click("Edit"))
    again = await page((await form(draft.click("Change filter"))).submit(filter="rust"))
    assert "has this filter already" in again.text
    assert (await page(draft.click("Discard"))).text.startswith("Discarded")
    same = await page((await opened(town)).click("Edit"))
    assert (await page(same.click("Save"))).text.startswith("Changed.")


async def test_an_edit_saved_twice(town: Town) -> None:
    """The second press finds it done."""
    await town.subscribe("python")
    draft = await page((await opened(town)).click("Edit"))
    first = await page(draft.click("Save"))
    assert first.text.startswith("Changed.")
    assert (await page(town.mo.slash("jobs alerts"))).buttons == ["Open"]


async def test_a_pause_that_ends_by_itself(town: Town) -> None:
    """For a day: the page says until when, and afterwards it goes on."""
    await town.beat(HOUR)
    await town.subscribe("python")
    held = await page((await page((await opened(town)).click("Pause"))).click("For a day"))
    assert "**paused** (until <t:" in held.text
    await town.news("Python Engineer")
    assert town.titles() == []
    await town.beat(DAY)
    assert "paused" not in (await opened(town)).text
    await town.news("Python Lead")
    await town.beat(6 * HOUR)  # a board that was quiet for a day is asked less often
    assert [title.split(" at ")[0] for title in town.titles()] == ["Python Lead"]


async def test_what_came_during_a_pause_is_brought(town: Town) -> None:
    """One press, and it stands in the next digest."""
    await town.beat(HOUR)
    await town.subscribe("python")
    await page((await page((await opened(town)).click("Pause"))).click("Until I resume it"))
    await town.news("Python Engineer")
    back = await page((await opened(town)).click("Resume"))
    near = await page(back.click("Bring them in the next digest"))
    assert "1 opening waits until <t:" in near.text
    await town.beat(DAY)
    await town.beat(A_MINUTE)
    assert "Python Engineer" in town.cards()[-1].text and "1 opening" in town.cards()[-1].text


async def test_a_copy_for_another_channel(town: Town) -> None:
    """The same filter and settings as a draft there; permissions are checked first."""
    await town.subscribe("python")
    town.sandbox.deny("remote-design", Permission.SEND_MESSAGES)
    near = await opened(town)
    assert lacks(await page(near.choose("Copy to another channel", "remote-design")), "Send Messages")
    town.sandbox.allow("remote-design", Permission.SEND_MESSAGES)
    draft = await page(near.choose("Copy to another channel", "remote-design"))
    assert draft.text.startswith("### Post in <#") and "**Hears:** python" in draft.text
    await page(draft.click("Save"))
    assert (await page(town.mo.slash("jobs alerts"))).text.count("**For <#") == 2


async def test_members_copy_nothing_to_channels(town: Town) -> None:
    """Their page has no such menu."""
    await page((await page(town.ana.slash("jobs subscribe", filter="python"))).click("Save"))
    assert (await opened(town, "ana")).selects == []


async def test_the_preview_is_private_and_does_nothing(town: Town) -> None:
    """Cards as they would stand there; nobody else sees them, and their buttons are off."""
    town.publish("Falconry Engineer", "Falconry Lead")
    await town.beat(HOUR)
    await town.subscribe("falconry")
    shown = await page((await opened(town)).click("Preview"))
    assert shown.ephemeral and "Falconry Engineer" in shown.text and "Falconry Lead" in shown.text
    assert town.cards() == []


async def test_the_preview_of_a_digest_and_of_nothing(town: Town) -> None:
    """What is told once a day is shown as that; where nothing passes, that is said."""
    town.publish("Falconry Engineer")
    await town.beat(HOUR)
    asked = await page(town.mo.slash("jobs subscribe", filter="falconry", channel="remote-python"))
    await page((await page(asked.choose("How often?", "Once a day"))).click("Save"))
    assert "1 opening" in (await page((await opened(town)).click("Preview"))).text
    await town.subscribe("nothing at all like this", "remote-design")
    assert "nothing to show" in (await page((await opened(town, nth=2)).click("Preview"))).text


async def test_why_not(town: Town) -> None:
    """One of the newest openings, or a link: each stage with its answer."""
    town.publish("Falconry Engineer", "Cook")
    await town.beat(HOUR)
    await town.subscribe("falconry")
    asked = await form((await opened(town)).click("Why not?"))
    assert asked.labels == ["Link to an opening", "Or one of the newest"]
    options = asked.form["components"][1]["component"]["options"]
    cook = next(one["value"] for one in options if one["label"].startswith("Cook"))
    answer = await page(asked.submit(newest=[cook]))
    assert answer.ephemeral and "The filter doesn't let it through" in answer.text
    unknown = await form((await opened(town)).click("Why not?"))
    assert "None of the boards" in (await page(unknown.submit(link="https://example.org/jobs/1"))).text
    nothing = await form((await opened(town)).click("Why not?"))
    assert "I need an opening to look at" in (await page(nothing.submit())).text


async def test_what_a_digest_left_out_is_behind_its_button(town: Town) -> None:
    """A channel that hears once a day: one message, and all of it as a private list."""
    await town.beat(HOUR)
    asked = await page(town.mo.slash("jobs subscribe", filter="falconry", channel="remote-python"))
    await page((await page(asked.choose("How often?", "Once a day"))).click("Save"))
    for number in range(3):
        await town.news(
            *(f"Falconry Engineer {number}{letter}" for letter in "ABCD"), company=f"Firm {number}"
        )
    near = await opened(town)
    assert "12 openings wait until <t:" in near.text
    await town.beat(DAY)
    await town.beat(A_MINUTE)
    digest = town.cards(who="ana")[-1]
    assert "12 openings" in digest.text and digest.buttons == ["Show all"]
    shown = await page(digest.click("Show all"))
    assert shown.ephemeral and shown.text.count("[Falconry Engineer") == 10
    assert (await page(shown.click("More"))).text.count("[Falconry Engineer") == 2


async def test_kept_from_you(town: Town) -> None:
    """Only whoever said where they may work is offered it."""
    await page((await page(town.ana.slash("jobs subscribe", filter="falconry"))).click("Save"))
    assert "Kept from you" not in (await opened(town, "ana")).buttons
