"""The pages about reviews and meetings tell the truth: their figures, labels and permissions are the program's."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.meets import pairing
from bot.meets import values as meets
from bot.meets.flow import drawing as draws
from bot.meets.kinds import KINDS, MOST_MENTEES, MOST_TOPICS
from bot.meets.week import ASKED_AFTER
from bot.moderation.panel import BUTTONS
from bot.people.cooldowns import KNOWN_FOR
from bot.reviews import asking, credit, life, ratings, values
from bot.reviews.book import open_rubrics
from bot.reviews.document.values import MAX_BYTES, MAX_PAGES
from bot.reviews.flow import drawing, giving
from bot.reviews.flow.settings import LIMITS
from cogs.reviews import board_pages, hand_in, held
from cogs.reviews.settings_pages import NEEDED as REVIEWS_NEED
from cogs.reviews.words import ask
from cogs.reviews.words.rounds import DAYS
from cogs.thread_settings_pages import NEEDED as MEETS_NEED
from tests.test_pages import table

ROOT = Path(__file__).resolve().parents[1]
REVIEWS = (ROOT / "docs" / "reviews.md").read_text()
MEETS = (ROOT / "docs" / "meets.md").read_text()
NUMBERS = dict(
    enumerate(["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
)
WAY, DRAWS = values.Settings(0), meets.Settings(0)


def hours(length: timedelta) -> int:
    return int(length / timedelta(hours=1))


@pytest.mark.parametrize(
    "words",
    [
        f"A PDF has {MAX_BYTES // 1_000_000} MB and {MAX_PAGES} pages at most.",
        f"takes {NUMBERS[hand_in.MOST_WORDS]} lines of your own",
        f"in memory for {held.KEPT // timedelta(minutes=1)} minutes",
        f"| {WAY.keep_days} days after the last review came; "
        f"moderators may choose {LIMITS['keep_days'][0]} to {LIMITS['keep_days'][1]} |",
        f"nobody was found for {asking.WAITS.days} days",
        f"isn't taken a second time within {asking.SAME_FOR.days} days",
        f"within {drawing.NOT_AGAIN.days} days or {NUMBERS[drawing.NOT_AGAIN_ROUNDS]} rounds",
        f"they have {hours(life.ACCEPT)} hours",
        f"due at {life.DUE_MINUTE // 60}:00 on the fourth day" if life.DUE_DAYS == 4 else "",
        f"last afternoon at {life.DUE_MINUTE // 60 - hours(life.LAST_BEFORE)}:00",
        f"{(life.DUE_MINUTE // 60 + hours(life.GRACE)) % 24:02}:00 on the morning after",
        f"from one to {NUMBERS[giving.MOST_CAPACITY]}",
        f"one to {NUMBERS[giving.MOST_PAUSE]} weeks off",
        f"{NUMBERS[KNOWN_FOR.days]} days old",
        f"{NUMBERS[board_pages.PER_PAGE]} on a page",
        f"After {ratings.WINDOW.days} days it shows anyway",
        f"forgives one to {NUMBERS[credit.MOST_WAIVED]} reviews",
        f"| Rounds | {DAYS[WAY.day]}, {WAY.minute // 60:02}:00 {WAY.zone} |",
        f"| Preview | {WAY.preview_h} hours | none to {LIMITS['preview_h'][1]} hours",
        f"very good pairs for {WAY.patience_h} hours, then any | not at all to a week;",
    ],
)
def test_figures_of_the_reviews_page(words: str) -> None:
    """Limits, hours and days are the program's."""
    assert words and words in REVIEWS


def test_every_kind_is_on_the_reviews_page() -> None:
    """Each kind with a rubric, by its name, with as many items as it has and a link to them."""
    shown = {name: asked for name, _, asked in table(REVIEWS, "kind |")}
    headings = set(re.findall(r"^## (.+)", (ROOT / "docs" / "rubrics.md").read_text(), re.MULTILINE))
    rubrics = open_rubrics(ROOT / "rubrics")
    assert list(shown) == [rubric.name for rubric in rubrics.values()]
    for rubric in rubrics.values():
        anchor = rubric.name.lower().replace(" ", "-")
        assert shown[rubric.name] == f"[{NUMBERS[len(rubric.items)]} items](rubrics.md#{anchor})"
        assert rubric.name in headings
        assert ("PDF" in dict((name, gives) for name, gives, _ in table(REVIEWS, "kind |"))[rubric.name]) == (
            not {"file", "text"}.isdisjoint(rubric.needs)
        )


@pytest.mark.parametrize(
    "words",
    [
        f"up to {NUMBERS[MOST_TOPICS]} topics",
        f"a mentor takes one to {NUMBERS[MOST_MENTEES]} mentees",
        f"in the last {NUMBERS[pairing.ALONE_FOR.days // 7]} weeks comes first",
        f"{NUMBERS[ASKED_AFTER].title()} days after the draw",
        f"Draws are on {DAYS[DRAWS.day]} at {DRAWS.minute // 60:02}:00 {DRAWS.zone}",
        f"missed by more than {NUMBERS[draws.NOT_MADE_UP.days]} days",
    ],
)
def test_figures_of_the_meets_page(words: str) -> None:
    """Limits and days are the program's."""
    assert words in MEETS


def test_every_kind_of_meeting_is_on_its_page() -> None:
    """By its name, with how long two stay together."""
    shown = {name: lasts for name, lasts, _ in table(MEETS, "what |")}
    assert list(shown) == [about.name for about in KINDS.values()]
    for about in KINDS.values():
        weeks = f"{NUMBERS[about.weeks]} week{'s' if about.weeks > 1 else ''}"
        assert shown[about.name].startswith(weeks)


@pytest.mark.parametrize(("page", "needed"), [(REVIEWS, REVIEWS_NEED), (MEETS, MEETS_NEED)])
def test_every_permission_is_named(page: str, needed: tuple[str, ...]) -> None:
    """What the bot asks for in their channel, and no more."""
    told = [one for _, some in table(page, "for |") for one in some.split(", ")]
    assert [one.lower().replace(" ", "_") for one in told] == [*needed]


@pytest.mark.parametrize("page", ["reviews", "meets"])
def test_every_label_is_one_that_people_see(page: str) -> None:
    """What a page shows in italics with a large letter stands on a button, a menu or a page of Discord."""
    told = re.findall(r"(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)", (ROOT / "docs" / f"{page}.md").read_text())
    source = "\n".join(
        file.read_text()
        for subject in ("reviews", "meets")
        for file in (ROOT / "cogs" / subject / "words").glob("*.py")
    )
    seen = {*BUTTONS.values(), *re.findall(r'"([^"\n]+)"', source), *COMMON, ask.hand_in(2)}
    assert len(told) > 10
    assert sorted({*told} - seen) == []


COMMON = {"Fix it", "Tell the moderators"}
"""Of forms that were refused, and of the menus on people and messages."""
