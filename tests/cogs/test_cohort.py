"""`/cohort`: groups are made, listed, changed; over the wire. Their weeks: tests/cogs/test_cohort_weeks.py."""

from __future__ import annotations

import pytest

from bot.people.flow import members
from cogs.checkins import cohort_times as times
from sandbox import CannotDo, Modal, Reply
from sandbox.permissions import Permission
from tests.cogs.cohorts import GROUP, channel, key, made, who
from tests.end_to_end.town import Town, form, lacks, page

pytestmark = pytest.mark.wire


async def asked(town: Town) -> Modal:
    """The form that makes a group, in #check-ins."""
    return await form(town.mo.go("check-ins").slash("cohort create"))


# -- making one ----------------------------------------------------------------------------------


async def test_made_in_one_form(town: Town) -> None:
    """A name and a city are all that must be typed; the page says what happens next, and how members join."""
    mo = town.mo.go("check-ins")
    asks = await form(mo.slash("cohort create"))
    assert asks.values["It opens"] == "Fri 09:00"
    shown = await page(asks.submit({"Name": GROUP, "Time zone": "Lisbon"}))
    assert mo.presses == 2
    assert shown.ephemeral and f"### {GROUP} is there" in shown.text
    assert "opens Friday 09:00, digest Monday 18:00 (Europe/Lisbon)" in shown.text
    assert "fewer than 5" in shown.text and "\nWeek " in shown.text
    assert "</checkin join:" in shown.text
    assert f"**Channel:** <#{channel(town, 'check-ins')}>" in shown.text
    assert GROUP in (await page(mo.slash("cohort list"))).text


async def test_at_most_six_presses_with_a_choice_and_a_mistake(town: Town) -> None:
    """A city of many names, and a time that is none: a group all the same, in six presses beside typing."""
    mo = town.mo.go("check-ins")
    asks = await form(mo.slash("cohort create"))
    refused = await page(asks.submit({"Name": GROUP, "Time zone": "Portland", "It opens": "Monday 9"}))
    assert "I can't read “Monday 9”" in refused.text
    again = await form(refused.click("Fix it"))
    assert again.values["Name"] == GROUP and again.values["Time zone"] == "Portland"
    which = await page(again.submit({"It opens": "sat 10:30"}))
    label = next(one for one in which.options(0) if "OR" in one or "Oregon" in one)
    shown = await page(which.choose(0, [label]))
    assert "opens Saturday 10:30" in shown.text and "America/Los Angeles" in shown.text
    assert mo.presses <= 6


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"Name": "x"}, "has 2 to 60 characters"),
        ({"Name": "....."}, "has 2 to 60 characters"),
        ({"Time zone": "Xyzzy"}, "Xyzzy"),
        ({"Time zone": "Muncih"}, "Did you mean Munich, Germany"),
        ({"It opens": "whenever"}, "I can't read “whenever”"),
        ({"It opens": "Fri 25:00"}, "I can't read “Fri 25"),
    ],
)
async def test_a_mistake_keeps_what_was_typed(town: Town, typed: dict[str, str], said: str) -> None:
    """It says what is wrong and makes nothing; [Fix it] has all of it, with the channel and the questions chosen."""
    asks = await asked(town)
    questions = asks.form["components"][4]["component"]["options"][1]["value"]
    whole = {"Name": GROUP, "Time zone": "Europe/Berlin", "It opens": "Wed 08:00", **typed}
    refused = await page(asks.submit({**whole, "Channel": ["reviews"], "Questions": [questions]}))
    assert refused.ephemeral and said in refused.text.replace("\\", "")
    assert "There is none yet" in (await page(town.mo.slash("cohort list"))).text
    again = await form(refused.click("Fix it"))
    assert {label: again.values[label] for label in whole} == whole
    put_right = {"Name": GROUP, "Time zone": "Europe/Berlin", "It opens": "Wed 08:00"}
    shown = await page(again.submit(put_right))
    assert "opens Wednesday 08:00" in shown.text
    chosen = await page((await page(shown.click("Questions"))).click("Back"))
    assert f"<#{channel(town, 'reviews')}>" in chosen.text


async def test_a_name_that_is_taken(town: Town) -> None:
    """Compared without case; nothing is lost of what was typed."""
    await made(town)
    refused = await page((await asked(town)).submit({"Name": GROUP.upper(), "Time zone": "UTC"}))
    assert refused.buttons == ["Fix it"]
    again = await form(refused.click("Fix it"))
    assert "is there" in (await page(again.submit({"Name": "Another"}))).text


async def test_a_channel_where_the_bot_may_not_speak(town: Town) -> None:
    """It says which permission it lacks and where to grant it, and makes nothing; [Fix it] goes on from there."""
    town.sandbox.deny("check-ins", Permission.SEND_MESSAGES)
    refused = await page((await asked(town)).submit({"Name": GROUP, "Time zone": "UTC"}))
    assert lacks(refused, "Send Messages")
    again = await form(refused.click("Fix it"))
    assert "is there" in (await page(again.submit({"Channel": ["reviews"]}))).text


@pytest.mark.parametrize(
    ("denied", "said"),
    [
        (Permission.CREATE_PUBLIC_THREADS, ["Cards stand in", "Create Public Threads"]),
        (Permission.CREATE_PRIVATE_THREADS, ["Pods wait", "Create Private Threads"]),
        (Permission.SEND_MESSAGES_IN_THREADS, ["Cards stand in", "Pods wait", "Send Messages in Threads"]),
    ],
)
async def test_threads_that_the_bot_may_not_make(town: Town, denied: Permission, said: list[str]) -> None:
    """The group is made; its page tells what will not work there, and what to grant."""
    town.sandbox.deny("check-ins", denied)
    shown = await made(town)
    assert all(one in shown.text for one in [*said, "Edit Channel → Permissions"])


async def test_the_moderators_own_zone_is_offered(town: Town) -> None:
    """Who has told theirs need not type it."""
    app = town.bot.app
    await members.met(app, who(town, "mo"), app.now())
    await members.change(app, key(town, "mo"), app.now(), zone="Asia/Tokyo")
    assert (await asked(town)).values["Time zone"] == "Asia/Tokyo"


async def test_hidden_from_members(town: Town) -> None:
    """A member has no such command."""
    with pytest.raises(CannotDo):
        await town.ana.slash("cohort list")


# -- finding one again ---------------------------------------------------------------------------


async def test_edit_by_name(town: Town) -> None:
    """Names are offered while typing; one group alone needs none; with several and no name all are listed."""
    await made(town)
    assert f"### {GROUP}" in (await page(town.mo.slash("cohort edit"))).text
    await made(town, "Designers")
    offered = await town.mo.autocomplete("cohort edit", "group", "desi")
    assert [name for name, _ in offered] == ["Designers"]
    assert "### Designers" in (await page(town.mo.slash("cohort edit", group="designers"))).text
    every = await page(town.mo.slash("cohort edit"))
    assert every.buttons.count("Open") == 2
    assert "### Designers" in (await page(every.click("Open"))).text
    unknown = await page(town.mo.slash("cohort edit", group="Nobody's"))
    assert unknown.ephemeral and "###" not in unknown.text


# -- changing it ---------------------------------------------------------------------------------


async def test_times(town: Town) -> None:
    """Each is typed as people write it; a mistake keeps the form; the page shows them."""
    shown = await made(town)
    asks = await form(shown.click("Times"))
    assert asks.values == {
        "It opens": "Fri 09:00",
        "Digest on Monday at": "18:00",
        "Time zone": "Europe/Berlin",
    }
    refused = await page(asks.submit({"It opens": "Thu 7:30 am", "Digest on Monday at": "late"}))
    assert "I can't read “late”" in refused.text
    again = await form(refused.click("Fix it"))
    assert again.values["It opens"] == "Thu 7:30 am"
    changed = await page(again.submit({"Digest on Monday at": "8 pm", "Time zone": "Portland"}))
    label = next(one for one in changed.options(0) if "OR" in one or "Oregon" in one)
    changed = await page(changed.choose(0, [label]))
    assert "**Times:** opens Thursday 07:30, digest Monday 20:00 (America/Los Angeles)" in changed.text
    assert "the next one has these" in changed.text


async def test_questions(town: Town) -> None:
    """Another template, and one question of the group's own; both from the next week on."""
    shown = await made(town)
    menu = await page(shown.click("Questions"))
    names = menu.options(0)
    assert len(names) == 3 and f"**{names[0]} (now).**" in menu.text
    changed = await page(menu.choose(0, [names[1]]))
    assert f"**Questions:** {names[1]}" in changed.text and "the next one has these" in changed.text
    asks = await form((await page(changed.click("Questions"))).click("Own question"))
    assert asks.values == {"Question": ""}
    changed = await page(asks.submit({"Question": "Who helped you?"}))
    assert "your own: “Who helped you?”" in changed.text
    asks = await form((await page(changed.click("Questions"))).click("Own question"))
    assert "your own" not in (await page(asks.submit({"Question": ""}))).text


async def test_channel(town: Town) -> None:
    """It moves; one where the bot may not speak is refused and changes nothing."""
    shown = await made(town)
    moved = await page((await page(shown.click("Channel"))).choose(0, ["reviews"]))
    assert f"**Channel:** <#{channel(town, 'reviews')}>" in moved.text
    town.sandbox.deny("check-ins", Permission.VIEW_CHANNEL)
    refused = await page((await page(moved.click("Channel"))).choose(0, ["check-ins"]))
    assert lacks(refused, "View Channel")
    assert f"<#{channel(town, 'reviews')}>" in (await page(town.mo.slash("cohort edit"))).text


async def test_pods(town: Town) -> None:
    """Off and on again; forming them without anybody who wants one says so."""
    shown = await page((await made(town)).click("Pods"))
    formed = await page(shown.click("Form pods now"))
    assert "No pod was formed" in formed.text
    off = await page(formed.click("Switch pods off"))
    assert "**Off.**" in off.text
    with pytest.raises(CannotDo):
        await off.click("Form pods now")
    assert "**On.**" in (await page(off.click("Switch pods on"))).text


async def test_starters_pause_and_end(town: Town) -> None:
    """Each is one press; ending asks first; a group that ended can be resumed."""
    rest = await page((await made(town)).click("More"))
    rest = await page(rest.click("Switch starters on"))
    assert "Switch starters off" in rest.buttons
    paused = await page(rest.click("Pause"))
    assert "**Paused.**" in paused.text and "**Starters:** on" in paused.text and "Resume" in paused.buttons
    sure = await page((await page(paused.click("More"))).click("End"))
    assert "### End " in sure.text and sure.buttons == ["End it", "Back"]
    ended = await page(sure.click("End it"))
    assert "**Ended.**" in ended.text and ended.buttons == ["Resume", "More"]
    back = await page(ended.click("Resume"))
    assert "**Ended.**" not in back.text and "\nWeek " in back.text


async def test_two_moderators_at_once(town: Town) -> None:
    """The last press wins, and a page that was overtaken says so instead of pretending."""
    first = await page((await made(town)).click("Pods"))
    second: Reply = await page((await page(town.mo.slash("cohort edit"))).click("More"))
    await page(second.click("Switch starters on"))
    stale = await page(first.click("Switch pods off"))
    assert "changed this group after your page was drawn" in stale.text and "**Off.**" in stale.text
    assert "changed this group" not in (await page(stale.click("Switch pods on"))).text
    now = await page(town.mo.slash("cohort edit"))
    assert "**Pods:** on" in now.text and "**Starters:** on" in now.text


async def test_the_invitation(town: Town) -> None:
    """A text to paste, in which the command can be tapped; it tells nothing of anybody."""
    shown = await page((await made(town)).click("Invite"))
    assert shown.ephemeral and "```" in shown.text and "</checkin join:" in shown.text and GROUP in shown.text


async def test_the_season(town: Town) -> None:
    """It can be begun anew at any time, or end the group."""
    season = await page((await page((await made(town)).click("More"))).click("Season"))
    assert season.buttons == ["Continue", "New pods", "Stop", "Back"]
    assert "a new season has begun" in (await page(season.click("Continue"))).text
    season = await page(
        (await page((await page(town.mo.slash("cohort edit"))).click("More"))).click("Season")
    )
    assert "**Ended.**" in (await page(season.click("Stop"))).text


# -- typed moments -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Fri 09:00", (4, 540)),
        (" friday  9 ", (4, 540)),
        ("Sat. 6:30 pm", (5, 18 * 60 + 30)),
        ("we 12am", (2, 0)),
        ("Thursday, 12 PM", (3, 720)),
        ("Wed 23.59", (2, 23 * 60 + 59)),
        ("Mon 09:00", None),
        ("Sunday 9", None),
        ("Fri", None),
        ("Fri 24:00", None),
        ("Fri 9:60", None),
        ("Fri 13 pm", None),
        ("s 9", None),
        ("", None),
    ],
)
def test_what_a_typed_opening_means(text: str, read: tuple[int, int] | None) -> None:
    """Day and time as people write them; only days on which a week may open."""
    assert times.read_opening(text) == read


def test_a_typed_opening_reads_back() -> None:
    """What a form shows is what it reads."""
    for day in times.OPENING_DAYS:
        for minute in range(0, 24 * 60, 7):
            assert times.read_opening(times.typed_opening(day, minute)) == (day, minute)
            assert times.read_time(times.clock(minute)) == minute
