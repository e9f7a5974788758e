"""The last gate: no word of others lives, no card over a limit goes out, nobody is pinged."""

from __future__ import annotations

import random
import re
from typing import Any

import discord
import pytest
from discord import ui
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text import clean, clean_lines, html_to_text
from cogs.gate import (
    GateError,
    check_outgoing,
    code,
    code_block,
    escape,
    mention_commands,
    mentions,
    title_link,
)
from cogs.layout import message
from tests.cogs.discord_markdown import BLOCKS, RAW, live

LIVELY = {
    "# Heading": "heading",
    "-# small": "small print",
    "- item": "list",
    "* item": "list",
    "1. item": "list",
    "> quote": "quote",
    ">>> quote": "quote",
    "`code`": "code",
    "```py\nx```": "code",
    "||spoiler||": "spoiler",
    "~~gone~~": "strike",
    "**bold**": "bold",
    "__under__": "bold",
    "*it*": "italics",
    "_it_": "italics",
    "[bank](https://evil.example)": "masked link",
    "<@123>": "mention",
    "<@!123>": "raw mention",
    "<@&123>": "raw mention",
    "<#123>": "mention",
    "<id:guide>": "mention",
    "</jobs search:123>": "command",
    "<:smile:123>": "emoji",
    ":smile:": "emoji",
    "<t:1700000000:R>": "time",
    "<https://evil.example>": "angle link",
    "https://evil.example/x": "link",
    "steam://run/1": "link",
    "@everyone": "everyone",
    "@here": "everyone",
    "discord.gg/abc": "invite",
    "https://discord.com/invite/abc": "invite",
}


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "kind"), LIVELY.items())
def test_lively_text_is_shown_as_it_is(text: str, kind: str) -> None:
    """The reader sees it alive before the gate and plain behind it, at the start of a line and within one."""
    assert kind in live(text)
    assert kind in live(f"so {text} so") or kind in BLOCKS
    assert live(escape(text, 200)) == []
    assert live(escape(f"so {text} so", 200)) == []
    assert live(escape(f"so\n{text}", 200)) == []


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Senior Engineer, Payments (EU) - 90k", "Senior Engineer, Payments (EU) - 90k"),
        ("C# & C++ @ Acme", "C# & C++ @ Acme"),
        ("snake_case | *x*", r"snake\_case \| \*x\*"),
        ("-# a\n## b\n1. c\n10) d", "\\-\\# a\n\\#\\# b\n1\\. c\n10\\) d"),
        ("see https://e.com/a_b", r"see https\://e.com/a\_b"),
        ("join discord.gg/abc, now", "join (invite removed) now"),
        ("dis\u200bcord.gg/abc", "(invite removed)"),
        ("hey @everyone", "hey @\u200beveryone"),
        ("back\\slash", r"back\\slash"),
        ("", ""),
    ],
)
def test_only_what_would_live_is_escaped(text: str, escaped: str) -> None:
    """Plain words stay as they are; what would live gets a backslash; invites are named, not shown."""
    assert escape(text, 200) == escaped


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("****", 8, r"\*\*\*\*"),
        ("****", 7, r"\*\*…"),
        ("a*b", 3, "a…"),
        ("*", 1, ""),
        ("**", 1, "…"),
        ("ab", 0, ""),
    ],
)
def test_the_limit_counts_the_escapes(text: str, limit: int, expected: str) -> None:
    """What is over the limit goes, and an escape is never cut in half."""
    assert escape(text, limit) == expected


HOSTILE = [
    *LIVELY,
    *(
        "&#64;everyone",
        "&lt;@123&gt;",
        "&amp;lt;@1&gt;",
        "@\u200beveryone",
        "\uff20everyone",
        "\u202e",
        "\u2066",
        "\u0301" * 7,
    ),
    *(
        "dis\u200bcord.gg/x",
        "ⓓiscord.gg/x",
        "discord。gg/x",
        "\\",
        "\\\\",
        "`",
        "``",
        "|",
        "||",
        "[",
        "](",
        ")",
        "<",
        ">",
    ),
    *(
        "<b>",
        "<script>x</script>",
        "\n",
        "\n\n",
        " ",
        "word",
        "Senior",
        "90–110k €",
        "@",
        "everyone",
        "http",
        "://",
        ":",
        "x:",
    ),
    *("#", "-", "1", ".", "𝗯𝗼𝗹𝗱", "👩‍💻", "🇩🇪", "ﷺ", "\ud800", "\x00", "<@", "123>", "<a:x:", "_", "*", "~"),
]


def hostile(heap: random.Random) -> str:
    """A seeded text of the pieces above, with or without spaces between."""
    return heap.choice(["", " "]).join(heap.choices(HOSTILE, k=heap.randint(1, 9)))


def test_ten_thousand_hostile_texts_are_dead() -> None:
    """Cleaned by any of the three ways in and escaped on the way out, nothing lives and each limit is kept."""
    heap = random.Random(2026)
    ways_in = (clean, clean_lines, html_to_text)
    for _ in range(10_000):
        text, limit = hostile(heap), heap.choice([0, 1, 2, 5, 17, 40, 200, 4000])
        shown = escape(heap.choice(ways_in)(text, 4000), limit)
        assert len(shown) <= limit
        assert live(shown) == [], text
        assert not re.search(r"(?<!\\)(?:\\\\)*\\$", shown), (
            "a backslash at the end would escape what comes after"
        )


@given(st.text(alphabet="\\*_~`|<>[]()@#:-+/.1 \naeh", max_size=60), st.integers(0, 70))
@example("[x](http://y)", 70)
def test_the_gate_needs_no_cleaning_before(text: str, limit: int) -> None:
    """Text that no cleaner has seen is as dead behind the gate, within any limit."""
    shown = escape(text, limit)
    assert len(shown) <= limit
    assert live(shown) == []


def test_code_shows_its_words_and_ends_where_it_should() -> None:
    """Words in code have no backslashes, a backtick in them can't end it, and spaces in a block stay."""
    assert code("snake_case `x` @everyone", 80) == "`snake_case 'x' @\u200beveryone`"
    assert code_block("a  OR\n   ^^", 40) == "```\na  OR\n   ^^\n```"
    assert (code("", 80), code_block(" ", 80), code("abcdef", 6)) == ("", "", "`abc…`")


def test_hostile_code_is_dead() -> None:
    """Whatever stands in code, nothing but the code itself is alive, and the limit is kept."""
    heap = random.Random(5)
    for _ in range(3_000):
        limit = heap.choice([3, 8, 9, 30, 300])
        for made, marks in ((code, "`"), (code_block, "```")):
            shown = made(hostile(heap), limit)
            assert len(shown) <= limit
            assert "`" not in shown.removeprefix(marks).removesuffix(marks)
            assert not any(rule.search(shown) for rule in RAW.values())


def test_a_title_links_to_the_shown_target() -> None:
    """The title is the link's words, the checked address its target, and the two can't be confused."""
    assert title_link("Data *Engineer* [EU]", "https://e.com/a(b)?utm_x=1", 200) == (
        r"[Data \*Engineer\* (EU)](https://e.com/a%28b%29)"
    )
    assert title_link("https://bank.com job", "https://e.com/", 200) == "[bank.com job](https://e.com/)"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://discord.gg/x", "https://e.com/" + "a" * 600, ""]
)
def test_a_title_whose_link_may_not_be_shown_stays_words(url: str) -> None:
    """Without an address that may be shown, or without room for it, the title is plain words."""
    assert title_link("Go *dev*", url, 200) == r"Go \*dev\*"
    assert title_link("Go developer", "https://example.com/jobs", 37) == "Go developer"


def test_hostile_titles_make_exactly_one_link() -> None:
    """Whatever stands in a title: one masked link to the page, and nothing else alive."""
    heap = random.Random(7)
    target = "https://board.example/jobs/1"
    for _ in range(3_000):
        limit = heap.choice([45, 100, 300])
        shown = title_link(clean(hostile(heap) + "x", 300), target, limit)
        assert len(shown) <= limit
        words, found = re.fullmatch(r"\[(.*)\]\((\S+)\)", shown, re.DOTALL).groups()  # type: ignore[union-attr]
        assert found == target
        assert live(words) == [] and not set("[]") & set(words)


# -- checks --------------------------------------------------------------------------------------


def card(*items: ui.Item[Any]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*(items or [ui.TextDisplay("Hello")])))
    return view


def buttons(*ids: str) -> ui.ActionRow[Any]:
    return ui.ActionRow(*(ui.Button(label="Go", custom_id=one) for one in ids))


def test_a_proper_card_goes_out() -> None:
    """A card within all limits passes, and its mentions come back as they are."""
    view = card(
        ui.Section(ui.TextDisplay("x" * 4000), accessory=ui.Button(label="Open", url="https://e.com/jobs")),
        ui.Separator(),
        buttons("a", "b"),
        ui.ActionRow(ui.ChannelSelect(custom_id="c", placeholder="Where?")),
        ui.ActionRow(ui.Select(custom_id="d", options=[discord.SelectOption(label="One", value="1")])),
        ui.ActionRow(ui.Button(label="There", url="https://discord.com/channels/1/2/3")),
    )
    nobody = mentions()
    assert check_outgoing(view, nobody) is nobody
    assert nobody.to_dict() == {"parse": []}
    assert check_outgoing(view, mentions(5), 5).to_dict() == {"parse": [], "roles": [5]}


@pytest.mark.parametrize(
    ("allowed", "role"),
    [
        (discord.AllowedMentions.all(), None),
        (discord.AllowedMentions(), 5),
        (discord.AllowedMentions(everyone=False, users=False, roles=True, replied_user=False), 5),
        (
            discord.AllowedMentions(
                everyone=False, users=[discord.Object(1)], roles=False, replied_user=False
            ),
            5,
        ),
        (discord.AllowedMentions(everyone=False, users=False, roles=False, replied_user=True), None),
        (mentions(6), 5),
        (mentions(6), None),
    ],
)
def test_nobody_but_the_one_role_is_pinged(allowed: discord.AllowedMentions, role: int | None) -> None:
    """Everyone, members, other roles, the author of a reply: each is refused."""
    with pytest.raises(GateError, match="allowed_mentions would"):
        check_outgoing(card(), allowed, role)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([ui.TextDisplay("x" * 2001), ui.TextDisplay("x" * 2000)], "4001 characters of text"),
        ([ui.TextDisplay(" ")], "without text"),
        ([buttons("a", "a")], "custom_id twice"),
        ([buttons("x" * 101)], "custom_id of 101"),
        ([ui.ActionRow(ui.Button(label="x" * 81, custom_id="a"))], "label of 81"),
        ([ui.ActionRow(ui.Button(label="x", url="https://e.com/" + "x" * 500))], "url of 514"),
        ([ui.ActionRow(ui.Button(label="x", url="javascript:alert(1)"))], "may not be shown"),
        ([ui.ActionRow(ui.Button(label="x", url="https://discord.gg/abc"))], "may not be shown"),
        ([ui.ActionRow(ui.ChannelSelect(custom_id="a", placeholder="x" * 151))], "placeholder of 151"),
        ([ui.ActionRow(ui.Select(custom_id="a", options=[]))], "a menu of 0"),
        (
            [ui.ActionRow(ui.Select(custom_id="a", options=[discord.SelectOption(label="x" * 101)]))],
            "option's label",
        ),
        (
            [ui.MediaGallery(discord.MediaGalleryItem("attachment://a.png", description="x" * 1025))],
            "alt text",
        ),
    ],
)
def test_a_card_over_a_limit_stays(items: list[ui.Item[Any]], reason: str) -> None:
    """Discord would answer 400; the gate says which limit, before anything is sent."""
    with pytest.raises(GateError, match=reason):
        check_outgoing(card(*items), mentions())


def test_too_many_components_stay() -> None:
    """The 41st component is refused by the library or by the gate, and an empty card by the gate."""
    with pytest.raises((GateError, ValueError), match="40"):
        check_outgoing(card(*(ui.TextDisplay("x") for _ in range(40))), mentions())
    with pytest.raises(GateError, match="0 components"):
        check_outgoing(ui.LayoutView(), mentions())


def test_all_reasons_are_told_at_once() -> None:
    """One error names every limit that was passed."""
    with pytest.raises(GateError) as caught:
        check_outgoing(card(buttons("a", "a"), ui.TextDisplay(" ")), mentions(6))
    assert len(str(caught.value).split("\n")) == 3


async def test_our_commands_become_tappable() -> None:
    """Only in our own words: strangers' words, code and links stay as they are."""
    known = {"start": "</start:1>", "jobs alerts": "</jobs alerts:2>"}
    ours = "Type /start, or /jobs alerts. Not /starting, not `/start`, not [x](https://x.example/~/start)."
    view = message(ours, escape("/start", 50))
    mention_commands(view, known)
    texts = [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]
    assert texts == [
        ours.replace("Type /start", "Type </start:1>").replace("/jobs alerts.", "</jobs alerts:2>."),
        r"\/start",
    ]
