"""An opening's card: within Discord's limits whatever is in it, and the way it goes out. Pure."""

from __future__ import annotations

from typing import Any

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts import Facts, Place
from bot.jobs.facts.groups import GROUPS
from bot.jobs.messages import Also, Line
from cogs import gate
from cogs.jobs.card_lines import line
from cogs.jobs.opening_card import opening, way
from tests.cogs.canned_cards import FACTS, LONGEST_URL, card, proof
from tests.cogs.canned_cards import line as a_line
from tests.cogs.words import LARGEST, NONCE

WORDS = st.text(st.sampled_from("aW*_`~|[]()<>@#:/\\\n👩🏽🚀مה"), max_size=600)
ALSO = st.lists(
    st.builds(Also, WORDS, st.sampled_from(["", "x", LONGEST_URL, "https://a.example/1"])), max_size=9
)


def placed(*countries: str, scope: Any = "restricted") -> Facts:
    return Facts(place=Place(scope, countries_in=tuple(sorted(countries)), evidence=(proof("here"),)))


@given(
    words=st.fixed_dictionaries(
        dict.fromkeys(("title", "company", "place_claim", "pay_claim", "attribution"), WORDS)
    ),
    also=ALSO,
    places=st.lists(WORDS, max_size=50),
    quote=WORDS,
    stated=st.booleans(),
)
async def test_it_fits_whatever_is_in_it(
    words: dict[str, str], also: list[Also], places: list[str], quote: str, stated: bool
) -> None:
    """40 components, 4,000 characters, no empty text."""
    facts = Facts(place=Place("worldwide", evidence=(proof(quote),))) if stated else Facts()
    shown = card(
        **words, also=tuple(also), places=tuple(places), facts=facts, url=LONGEST_URL, opening_id=LARGEST
    )
    gate.check_outgoing(opening(shown, NONCE), gate.mentions())
    given_line: dict[str, Any] = {**words, "also": tuple(also), "facts": facts, "url": LONGEST_URL}
    assert len(line(a_line(1, **given_line))) <= 800


async def test_a_role_stands_on_top() -> None:
    """The one that its subscription names, and no other may be pinged."""
    view = opening(card(role_id=77), NONCE)
    gate.check_outgoing(view, gate.mentions(77), 77)
    texts = [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    assert texts[0] == "<@&77>" and "".join(texts).count("<@&") == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (placed(scope="worldwide"), ("Worldwide", "Anywhere", "Global")),
        (placed("PT"), ("Portugal", "EU", "European Union", "Europe", "EMEA")),
        (placed("US"), ("US", "USA", "United States", "North America", "Americas", "America")),
        (placed("BR", "AR"), ("LATAM", "Latin America", "Americas", "America")),
        (placed(*GROUPS["EU27"], "GB"), ("Europe", "EMEA")),
        (placed("US", "PT"), ()),
        (Facts(), ()),
    ],
)
def test_tags_of_a_forum(facts: Facts, words: tuple[str, ...]) -> None:
    """The narrowest region that holds the whole place first; an unknown place has none."""
    assert way(card(facts=facts)).tag_words == words


def test_region_then_level() -> None:
    """As a forum's five tags are chosen."""
    assert way(card()).tag_words == ("Europe", "EMEA", "Senior")
    assert way(card(withheld=frozenset(("place",)))).tag_words == ("Senior",)


def test_the_way_it_goes() -> None:
    """As its subscription says; a post of a forum is named after the opening and put away when it is over."""
    usual = way(card(facts=FACTS))
    assert (usual.silent, usual.role_id, usual.publish, usual.close) == (True, None, False, False)
    assert usual.post_title == "Senior Backend Engineer, Payments · Invented Ltd"
    assert way(card(company="")).post_title == "Senior Backend Engineer, Payments"
    loud = way(card(silent=False, role_id=7, publish=True, fallback_tag="Jobs"))
    assert (loud.silent, loud.role_id, loud.publish, loud.fallback_tag) == (False, 7, True, "Jobs")
    assert way(card(closed_at=card().first_seen_at)).close and way(card(taken_down=True)).close


def test_one_line_names_what_people_ask_for() -> None:
    """Title and company; place before pay; board and age; one's own country first where it is told."""
    one: Line = a_line(1)
    first, second = line(one).splitlines()
    assert (
        first == "**[Backend Engineer, Payments 1](https://remotive.example/jobs/1)** · Invented Ltd · Senior"
    )
    assert second.index("Open to:") < second.index("Pay:") < second.index("via Remotive")
    assert "Portugal and 29 more" in line(one, ("PT",))
