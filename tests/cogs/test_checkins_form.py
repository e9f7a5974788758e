"""The form of a check-in as Discord takes it: lengths, parts, ids; and how a refused one finds its text again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from discord import ui

from bot.checkins.book import open_prompts
from bot.checkins.joining import Mine
from bot.checkins.plan import Ask, Typed
from bot.checkins.values import Circle, Going, Said
from bot.ports import Template
from cogs.checkins import form, week
from cogs.checkins.mine_pages import LETTERS
from cogs.gate import MAX_CUSTOM_ID, MAX_MODAL_TITLE, MAX_OPTION
from cogs.people import again
from cogs.router import custom_id, fresh
from tests.cogs.canned_checkins_mine import LONG, MINE, SAID, WEEK
from tests.cogs.words import LARGEST

TEMPLATES = open_prompts(Path(__file__).resolve().parents[2] / "prompts.yaml").templates
LATE_2099 = int(datetime(2099, 12, 31, tzinfo=UTC).timestamp())


def ask(mine: Mine, template: Template) -> Ask:
    said = mine.week.said if mine.week else Said()
    return Ask(mine, template, said.goals, said)


def parts(one: ui.Modal) -> Iterator[ui.Label[ui.LayoutView]]:
    for part in one.children:
        assert isinstance(part, ui.Label)
        yield part


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.id)
@pytest.mark.parametrize("circle", get_args(Circle))
@pytest.mark.parametrize("mine", [MINE, LONG], ids=["usual", "longest"])
async def test_discord_takes_it(template: Template, circle: Circle, mine: Mine) -> None:
    """Five parts at most, and no text longer than its limit, whatever the questions and the goals are."""
    form_id = custom_id("checkin.form", LARGEST, LARGEST, LARGEST, LATE_2099, LETTERS[circle], fresh())
    asked = ask(mine, template)
    shown = form.check_in(asked, WEEK, circle, form_id, form.filled_in(asked))
    assert len(shown.title) <= MAX_MODAL_TITLE and len(shown.custom_id) <= MAX_CUSTOM_ID
    every = list(parts(shown))
    assert 1 <= len(every) <= 5
    for part in every:
        assert len(part.text) <= 45 and len(part.description or "") <= 100
    ticks = next(part.component for part in every if isinstance(part.component, ui.CheckboxGroup))
    assert len(ticks.options) <= 10 and ticks.min_values == 0
    assert all(len(option.label) <= MAX_OPTION for option in ticks.options)
    assert len({option.value for option in ticks.options}) == len(ticks.options)


async def test_without_a_plan_there_is_nothing_to_tick() -> None:
    """A newcomer's form has four parts."""
    asked = replace(ask(MINE, TEMPLATES[0]), goals=())
    shown = form.check_in(asked, WEEK, "me", "x", form.filled_in(asked))
    assert len(list(parts(shown))) == 4


def test_what_stands_in_it() -> None:
    """What was said before: the goals to tick, the texts, how it is going."""
    asked = ask(MINE, TEMPLATES[0])
    filled = form.filled_in(asked)
    assert filled == Typed(
        done=(1,),
        learned=SAID.learned,
        goals_text="Portfolio page\n2 tailored applications\nMock interview",
        if_then=SAID.if_then,
        going="stuck",
    )


async def test_a_refused_form_fits_into_a_message() -> None:
    """With the longest texts none of them is cut, so that [Fix it] has all of it; its id holds the rest."""
    longest = Typed((0, 1, 2, 3, 4), "L" * 600, "G" * 900, "W" * 200, "stretched")
    marks = form.marks(longest)
    about = LARGEST, LARGEST, LATE_2099, "g"
    shown = again.mistake("No.", form.texts(longest), "checkin.fix", *about, *marks)
    texts = [item.content for item in shown.walk_children() if isinstance(item, ui.TextDisplay)]
    assert [len(text) > size for text, size in zip(texts[1:], (600, 900, 200), strict=True)] == [True] * 3
    assert all("…" not in text for text in texts)


@pytest.mark.parametrize("going", get_args(Going))
@pytest.mark.parametrize("done", [(), (0,), (0, 2, 4)])
def test_ticks_and_mood_survive_the_id(going: Going, done: tuple[int, ...]) -> None:
    """What no text holds stands in the id of [Fix it]."""
    kept, said = form.marks(Typed(done=done, going=going))
    back = form.typed_again(_Press(), kept, said)  # type: ignore[arg-type]
    assert (back.done, back.going) == (done, going)


class _Press:
    """A press on nothing: no message, so no texts."""

    message = None


@pytest.mark.parametrize("what", week.SMALL)
async def test_the_small_forms(what: str) -> None:
    """One field each, with an id that fits; the group's own question may be its label."""
    small = week.SMALL[what].about("Q" * 45)
    form_id = custom_id("checkin.asked", LARGEST, LARGEST, LARGEST, what, fresh())
    (part,) = parts(form.small(small, form_id, "x" * 5_000))
    assert part.text == "Q" * 45 and len(small.title) <= MAX_MODAL_TITLE
    assert isinstance(part.component, ui.TextInput) and len(part.component.default or "") <= small.longest
