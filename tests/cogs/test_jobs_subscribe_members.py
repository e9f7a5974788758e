"""`/jobs subscribe` for oneself: what to follow, when, how one is told; over the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import CannotDo, Reply
from tests.end_to_end.town import HOUR, Town, form, page

pytestmark = pytest.mark.wire

SOON = timedelta(minutes=2)


async def saved(town: Town, text: str = "falconry") -> Reply:
    """Ana subscribes; gives the answer to Save."""
    return await page((await page(town.ana.slash("jobs subscribe", filter=text))).click("Save"))


async def allow(town: Town) -> None:
    """Ana lets the bot write to her, and has its first message."""
    await page((await saved(town, "consent")).click("Let Outpost write to me"))
    await town.beat(SOON)
    assert len(town.ana.sees_in_dm()) == 1


async def opened(town: Town) -> Reply:
    """The page of Ana's first alert."""
    return await page((await page(town.ana.slash("jobs alerts"))).click("Open"))


async def test_without_a_filter_it_asks_what_to_follow(town: Town) -> None:
    """A channel's filter, my profile, my own filter, everything; nothing is kept yet, and nothing is public."""
    await town.subscribe("python OR rust")
    asked = await page(town.ana.slash("jobs subscribe"))
    assert asked.ephemeral and asked.buttons == ["My profile", "My own filter", "Everything"]
    assert asked.options("The same as a channel here") == ["#remote-python"]
    assert "You follow nothing yet" in (await page(town.ana.slash("jobs alerts"))).text


async def test_only_channels_that_they_see_are_offered(town: Town) -> None:
    """A moderators' channel that follows jobs is no member's business."""
    await town.subscribe("python", "moderators")
    assert (await page(town.ana.slash("jobs subscribe"))).selects == []


async def test_following_a_channel_takes_two_more_presses(town: Town) -> None:
    """It hears what the channel hears; tried on last week like any other."""
    town.publish("Falconry Engineer", "Cook")
    await town.beat(HOUR)
    await town.subscribe("falconry")
    asked = await page(town.ana.slash("jobs subscribe"))
    proposed = await page(asked.choose("The same as a channel here", "#remote-python"))
    assert "**Hears:** what <#" in proposed.text and "it lets 1 through" in proposed.text
    assert (await page(proposed.click("Save"))).text.startswith("Saved, for you alone")


async def test_following_the_profile(town: Town) -> None:
    """An empty profile says so; a filled one is tried."""
    asked = await page((await page(town.ana.slash("jobs subscribe"))).click("My profile"))
    assert "**Hears:** what your profile says" in asked.text and "</me profile:" in asked.text


async def test_my_own_filter_is_asked_for_by_a_form(town: Town) -> None:
    """The mistake in it is pointed at, as in one that was typed with the command."""
    asked = await page(town.ana.slash("jobs subscribe"))
    typed = await form(asked.click("My own filter"))
    right = await page(typed.submit(filter="falconry"))
    assert "**Hears:** falconry" in right.text
    again = await page(town.ana.slash("jobs subscribe"))
    wrong = await page((await form(again.click("My own filter"))).submit(filter="falconry AND"))
    assert wrong.buttons == ["Fix it"]


async def test_everything(town: Town) -> None:
    """Each opening there is."""
    asked = await page((await page(town.ana.slash("jobs subscribe"))).click("Everything"))
    assert "**Hears:** everything" in asked.text


async def test_the_rhythm_is_chosen_on_the_page(town: Town) -> None:
    """At once, once a day, once a week; the hour and the day are asked where they matter, each kept at once."""
    asked = await page(town.ana.slash("jobs subscribe", filter="falconry"))
    assert asked.selects == ["How often?"] and "**When:** At once" in asked.text
    weekly = await page(asked.choose("How often?", "Once a week"))
    assert weekly.selects == ["How often?", "On which day?", "At what time?"]
    friday = await page(weekly.choose("On which day?", "On Friday"))
    late = await page(friday.choose("At what time?", "At 18:00"))
    assert "**When:** Once a week, on Friday at 18:00 (UTC)" in late.text
    await page(late.click("Save"))
    assert "Once a week, on Friday at 18:00 (UTC)" in (await opened(town)).text


async def test_the_zone_is_shown_or_asked_for(town: Town) -> None:
    """Without a zone the page says that it reckons in UTC, and where to change that."""
    asked = await page(town.ana.slash("jobs subscribe", filter="falconry"))
    assert "I don't know your time zone" in asked.text and "</me settings:" in asked.text


async def test_nothing_is_written_without_consent(town: Town) -> None:
    """Saving asks for it. Until then what passes waits in /jobs alerts, with its links."""
    await town.beat(HOUR)
    kept = await saved(town)
    assert "Let Outpost write to me" in kept.buttons and "wait in </jobs alerts:" in kept.text
    await town.news("Falconry Engineer")
    await town.beat(SOON)
    assert town.ana.sees_in_dm() == []
    near = await opened(town)
    assert "**Not sent to you.**" in near.text and "[Falconry Engineer" in near.text
    assert near.buttons[0] == "Let Outpost write to me"


async def test_consent_brings_a_test_message_and_then_the_openings(town: Town) -> None:
    """One press; the message tells nothing of what it is about, the openings are behind its button."""
    await town.beat(HOUR)
    kept = await saved(town)
    assert "A test message" in (await page(kept.click("Let Outpost write to me"))).text
    await town.beat(SOON)
    assert len(town.ana.sees_in_dm()) == 1
    await town.news("Falconry Engineer")
    await town.beat(SOON)
    alert = town.ana.sees_in_dm()[-1]
    assert "1 new opening" in alert.text and "Falconry" not in alert.text
    shown = await page(alert.click("Show"))
    assert "Falconry Engineer" in shown.text


async def test_with_consent_saving_sends_the_test_at_once(town: Town) -> None:
    """Whoever allowed messages before is told that one is on its way; it opens their alerts."""
    await allow(town)
    assert "A test message is on its way" in (await saved(town)).text
    await town.beat(SOON)
    test = town.ana.sees_in_dm()[-1]
    assert "this is a test" in test.text
    assert "falconry" in (await page(test.click("My alerts"))).text


async def test_closed_messages(town: Town) -> None:
    """Discord refuses the message: the page says so, and the openings wait there."""
    await town.beat(HOUR)
    await allow(town)
    town.ana.dms(open=False)
    await saved(town)
    await town.beat(SOON)
    await town.news("Falconry Engineer")
    await town.beat(SOON)
    near = await page((await page(town.ana.slash("jobs alerts"))).click("Open", nth=2))
    assert "Discord refuses my messages to you" in near.text and "[Falconry Engineer" in near.text


async def test_the_form_is_the_filter_and_back(town: Town) -> None:
    """What was typed stands in the form; what is chosen there stands in the text."""
    text = "falconry open-to:PT level:senior pay>=60k EUR"
    asked = await page(town.ana.slash("jobs subscribe", filter=text))
    choices = await form(asked.click("Form"))
    assert choices.labels == ["Words", "Open to", "Level", "Employment", "Pay from"]
    assert list(choices.values.values()) == ["falconry", ["PT"], ["senior"], [], "60k EUR"]
    made = await page(
        choices.submit({"Level": ["senior", "staff"], "Employment": ["contract"], "Pay from": ""})
    )
    typed = await form(made.click("Change filter"))
    said = "falconry open-to:PT (level:senior OR level:staff) type:contract"
    assert list(typed.values.values()) == [said]


async def test_a_mistake_in_the_form(town: Town) -> None:
    """It is pointed at in the text that the form makes; nothing that was chosen is lost."""
    asked = await page(town.ana.slash("jobs subscribe", filter="falconry"))
    wrong = await page((await form(asked.click("Form"))).submit({"Pay from": "plenty", "Level": ["senior"]}))
    assert wrong.buttons == ["Fix it"] and "not an amount" in wrong.text
    assert list((await form(wrong.click("Fix it"))).values.values()) == ["falconry level:senior pay>=plenty"]


async def test_a_filter_that_no_form_can_show(town: Town) -> None:
    """The form's button is off, and the page says why; a lost press would lose what was typed."""
    asked = await page(town.ana.slash("jobs subscribe", filter="falconry OR level:senior"))
    assert "more than the form can show" in asked.text
    with pytest.raises(CannotDo, match="Form"):
        await asked.click("Form")


async def test_four_presses_at_most(town: Town) -> None:
    """The command, a channel's filter, Save, consent: the budget of design/surface.md."""
    await town.subscribe("falconry")
    asked = await page(town.ana.slash("jobs subscribe"))
    proposed = await page(asked.choose("The same as a channel here", "#remote-python"))
    kept = await page(proposed.click("Save"))
    assert "Saved" in kept.text
    assert "test message" in (await page(kept.click("Let Outpost write to me"))).text
