"""Text that isn't ours: cleaned, cut, HTML to words, links."""

import random
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text import (
    canonical_link,
    clean,
    clean_lines,
    cut,
    html_to_text,
    link,
    tidy,
    tidy_lines,
    without_invites,
)

LIMITS = st.integers(min_value=0, max_value=60)
UNSEEN = {"Cc", "Cf", "Cs", "Co"}


def marks_in_a_row(text: str) -> int:
    longest = run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character).startswith("M") else 0
        longest = max(longest, run)
    return longest


# -- characters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&#64;everyone", "@everyone"),
        ("dis\u200bcord.gg", "discord.gg"),
        ("\u202egnissim\u202c", "gnissim"),
        ("soft\u00adware", "software"),
        ("nul\x00l \x1b[31mred", "null [31mred"),
        ("  two \t\u00a0 words\r\n", "two words"),
        ("Ｆｕｌｌ ｗｉｄｔｈ ﬁ", "Full width fi"),
        ("𝗦𝗲𝗻𝗶𝗼𝗿", "Senior"),
        ("we´re Acme™", "we're Acme"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("private \ue000\U000f0000 use", "private use"),
        ("ㅤblank\u2800letters\u115f", "blankletters"),
        ("Zürich, Kraków, Đà Nẵng", "Zürich, Kraków, Đà Nẵng"),
        ("後端工程師 (遠端)", "後端工程師 (遠端)"),
        ("a…b", "a…b"),
        ("&#" + "9" * 6000 + "; &#x" + "f" * 6000 + ";", "\ufffd \ufffd"),
        ("&#xD800;&#x110000;", "\ufffd\ufffd"),
    ],
)
def test_clean_makes_one_readable_line(given_text: str, expected: str) -> None:
    """Entities are resolved once, look-alikes folded, what nobody sees removed, spaces folded."""
    assert clean(given_text, 200) == expected


def test_a_zalgo_letter_keeps_three_marks() -> None:
    """Marks in a row are capped at three, wherever they come from."""
    assert tidy("Z" + "\u0335\u0336\u0337\u0338\u0339" + "o") == "Z\u0335\u0336\u0337o"
    assert marks_in_a_row(tidy("\uff9e" * 50 + "x")) == 3


@given(st.text(), LIMITS)
@example("\u0300" * 10, 5)
@example("…" * 9, 4)
def test_cleaned_text_holds_nothing_unseen(text: str, limit: int) -> None:
    """Whatever comes in: no unseen character, no line break, marks capped, limit kept, valid UTF-8."""
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    assert not {unicodedata.category(character) for character in cleaned} & UNSEEN
    assert marks_in_a_row(cleaned) <= 3
    assert cleaned == " ".join(cleaned.split())
    assert cleaned.encode().decode() == cleaned


@given(st.text(), LIMITS)
@example("a\u0338\u0338\u0338\u0338=\u0338", 60)
@example("\u1100\u0300\u0300\u0300\u0300\u1161", 60)
def test_tidying_twice_is_tidying_once(text: str, limit: int) -> None:
    """`tidy` and `tidy_lines` may be repeated without harm; only `clean` resolves entities."""
    assert tidy(tidy(text, limit), limit) == tidy(text, limit)
    assert tidy_lines(tidy_lines(text, limit), limit) == tidy_lines(text, limit)
    if "&" not in text:
        assert clean(text, limit) == tidy(text, limit)


@given(st.text(alphabet="ab \n\r\t\u2028\x0b&", max_size=40))
def test_clean_lines_keeps_line_breaks(text: str) -> None:
    """Lines stay lines, spaces are folded within, and at most one empty line stands between."""
    cleaned = clean_lines(text, 100)
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()
    assert " ".join(cleaned.split()) == clean(text, 100)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Senior Backend Engineer", 23, "Senior Backend Engineer"),
        ("Senior Backend Engineer", 22, "Senior Backend…"),
        ("Senior Backend Engineer", 15, "Senior Backend…"),
        ("Senior Backend Engineer", 14, "Senior Backen…"),
        ("Senior Backend Engineer", 12, "Senior…"),
        ("Donaudampfschifffahrt", 6, "Donau…"),
        ("cafe\u0301 bar", 5, "caf…"),
        ("ok 👍🏽👍🏽", 5, "ok…"),
        ("🇩🇪🇫🇷🇪🇸", 4, "🇩🇪…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_cut_ends_at_a_word_or_a_glyph(text: str, limit: int, expected: str) -> None:
    """What is cut ends in "…", after a whole word where one ends near, and never parts a glyph."""
    assert cut(text, limit) == expected


# -- HTML ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<BR/>Three", "One\nTwo\nThree"),
        ("<h2>You</h2><ul><li>a</li><li><p>b</p></li><li></li></ul>done", "You\n\n• a\n• b\ndone"),
        ("see <a href='javascript:alert(1)'>our <b>page</b></a>!", "see our page!"),
        ("<table><tr><td>Pay</td><td>90k</td></tr><tr><td>Place</td></tr></table>", "Pay 90k\nPlace"),
        ("soft\nwrapped <i>text</i>", "soft wrapped text"),
        ("plain text\nwithout tags & <3", "plain text\nwithout tags & <3"),
        ("<pre>a\n  b</pre>c\nd", "a\nb\n\nc d"),
        ("&lt;b&gt; &amp;lt; &amp;amp;lt;", "<b> &lt; &amp;lt;"),
        ("a<!-- > -->b<!-->c<!--->d<!x>e<?php f ?>g</3>h", "abcdegh"),
        ("AT&amp;T &eacute;&nbsp;&#8364;", "AT&T é €"),
        ("<p title='a > b'>in</p>", "in"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("", ""),
    ],
)
def test_html_becomes_lines_of_words(html: str, expected: str) -> None:
    """Blocks become lines, items bullets, links their words; entities are resolved exactly once."""
    assert html_to_text(html, 500) == expected


XSS = [
    "<script>alert(1)</script>",
    "<SCRIPT\n>alert(1)</sCrIpT >",
    "<script>alert('</scr'+'ipt>')</script>",
    "<script/src=//evil>alert(1)</script>",
    "<script>alert(1)",
    "<style>@import'//evil';alert{}</style>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror=\"alert(1)\">",
    '<img title="<script>alert(1)</script>" src=x>',
    "<iframe srcdoc='<script>alert(1)</script>'>alert</iframe>",
    "<a href=javascript:alert(1)></a>",
    "<a href='&#106;avascript:alert(1)'></a>",
    "<math><mi xlink:href=javascript:alert(1)></mi></math>",
    "<template><p>alert</p></template>",
    "<textarea><script>alert(1)</script></textarea>",
    "<noembed><img src=x onerror=alert(1)></noembed>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<body onload=alert(1)>",
    "<form action=javascript:alert(1)><button formaction=alert(1)>",
    "<meta http-equiv=refresh content='0;url=data:text/html,<script>alert(1)</script>'>",
    "<object data=data:text/html,alert></object>",
    "<p style=\"background:url('javascript:alert(1)')\">",
    "<x onclick=alert(1) ",
    "<x y='alert(1)",
]


@pytest.mark.parametrize("html", XSS)
def test_nothing_of_an_attack_is_left(html: str) -> None:
    """Scripts, styles, handlers and addresses leave no trace in the text, and the words before them stay."""
    text = html_to_text(f"<p>before</p>{html}", 500)
    assert text.startswith("before")
    assert "alert" not in text
    assert "<" not in text.replace("-->", "")


@given(st.text(alphabet="<>!/-[]='\"&;#x1aplistrc \n", max_size=80), LIMITS)
@example("<![x", 10)
@example("<!--", 10)
def test_html_never_raises(html: str, limit: int) -> None:
    """Any text is read as HTML without an error and within the limit."""
    assert len(html_to_text(html, limit)) <= limit


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a='",
        "<a =",
        "<![",
        "</",
        "<script>",
        "<p>",
        "&#",
        "&",
        "•\n",
        "<li>",
        "a\u0301\u0316",
        "\uff9e\u0316",
    ],
)
def test_hostile_html_takes_linear_time(piece: str) -> None:
    """Sixteen times the text takes no more than a few times sixteen times as long: no quadratic corner.

    Quadratic would be 256 times; the bound lies far from both, and the smaller time is never below a millisecond.
    """

    def cost(times: int) -> float:
        html = piece * times
        best = min(_processor_seconds(html) for _ in range(3))
        return max(best, 0.001)

    assert cost(64_000) < 100 * cost(4_000)


def _processor_seconds(html: str) -> float:
    start = time.process_time()
    html_to_text(html, 8000)
    return time.process_time() - start


# -- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/jobs/1", "https://example.com/jobs/1"),
        ("  HTTPS://Example.COM:443/A?b=C#d ", "https://example.com/A?b=C#d"),
        ("http://example.com:8080/x", "http://example.com:8080/x"),
        ("http://127.0.0.1:9000/jobs/1", "http://127.0.0.1:9000/jobs/1"),
        ("https://e.com/x?utm_source=a&id=2&UTM_medium=b&fbclid=c&ref=d&%75tm_x=1", "https://e.com/x?id=2"),
        ("https://e.com/?gclid=1", "https://e.com/"),
        ("https://münchen.example/ü ñ", "https://xn--mnchen-3ya.example/%C3%BC%20%C3%B1"),
        ("https://gооgle.com/", "https://xn--ggle-55da.com/"),
        ('https://e.com/a(b)[c]<d>"e', "https://e.com/a%28b%29%5Bc%5D%3Cd%3E%22e"),
        ("https://e.com\\@evil.com/", "https://e.com/@evil.com/"),
        ("https://discord.com/jobs/123", "https://discord.com/jobs/123"),
        ("https://notdiscord.gg.example/x", "https://notdiscord.gg.example/x"),
    ],
)
def test_a_link_has_one_safe_spelling(url: str, expected: str) -> None:
    """ASCII only, punycode shown, brackets encoded, tracking off; the page's own parameters stay as they were."""
    assert link(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.com", "//example.com/x", "https://", "https:///x", "https://[::1]/", "https://a b/"),
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.com/",
            "mailto:a@example.com",
            "file:///etc",
        ),
        *("https://user@example.com/", "https://user:pass@example.com/", "https://good.com@evil.com/"),
        *("https://example.com:99999/", "https://exa<mple.com/", "http://[", "https://\u00ad/"),
        *(
            "https://discord.gg/x",
            "http://DISCORD.GG/x",
            "https://www.discord.gg./x",
            "https://dis\u200bcord.gg/x",
        ),
        *(
            "https://ⓓⓘⓢⓒⓞⓡⓓ.gg/x",
            "https://discord。gg/x",
            "https://discord%2Egg/x",
            "https://%64iscord.gg/x",
        ),
        *("https://discord.com/invite/x", "https://discord.com//invite/x", "https://discord.com/%69nvite/x"),
        *(
            "https://ptb.discordapp.com/invite/x",
            "https://discord.com\\invite/x",
            "https://discord.com/./invite/x",
        ),
        *("https://discord.com/oauth2/authorize?client_id=1", "https://dsc.gg/x", "https://discord.gift/x"),
        "https://example.com/" + "a" * 500,
    ],
)
def test_a_link_that_leads_elsewhere_is_refused(url: str) -> None:
    """Only http and https, nobody's password, no invite in any spelling, nothing longer than a button takes."""
    assert link(url) is None


@given(st.text(max_size=60) | st.text(max_size=40).map("https://example.com/{}".format))
def test_a_link_once_safe_stays_as_it_is(url: str) -> None:
    """`link` never raises; what it returns is printable ASCII, within the limit, and its own safe spelling."""
    safe = link(url)
    if safe is not None:
        assert safe.isascii() and safe.isprintable() and len(safe) <= 512
        assert not set(safe) & set('()<>[]" ')
        assert link(safe) == safe


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.Example.com/a/", "https://example.com/a", True),
        ("https://e.com/a?b=1&a=2&utm_x=3#top", "https://e.com/a?a=2&b=1", True),
        ("https://e.com:443/%c3%bc", "https://e.com/ü", True),
        ("https://e.com/a?id=1", "https://e.com/a?id=2", False),
        ("https://e.com/Job/1", "https://e.com/job/1", False),
        ("https://e.com/#/jobs/1", "https://e.com/#/jobs/2", False),
        ("https://e.com/#!jobs/1", "https://e.com/#!jobs/2", False),
        ("https://a.e.com/1", "https://e.com/1", False),
    ],
)
def test_two_spellings_of_a_page_are_one(one: str, other: str, same: bool) -> None:
    """The canonical link forgets what leads to the same page and keeps what leads to another."""
    assert (canonical_link(one) == canonical_link(other)) is same


@given(st.text(max_size=60) | st.text(max_size=40).map("https://example.com/{}".format))
def test_the_canonical_link_is_its_own(url: str) -> None:
    """It never fails, and the canonical spelling of a canonical link is itself."""
    assert canonical_link(canonical_link(url)) == canonical_link(url)


@pytest.mark.parametrize(
    "invite",
    [
        "discord.gg/abc",
        "https://discord.gg/abc-1",
        "Discord.com/invite/abc",
        "discordapp.com/invite/a",
        "dsc.gg/x",
    ],
)
def test_an_invite_in_a_text_is_named_not_shown(invite: str) -> None:
    """An invite among other words is replaced, and the words around it stay."""
    assert without_invites(f"join ({invite}) now") == "join ((invite removed)) now"
    assert (
        without_invites("We use discord.com and discord.gg daily")
        == "We use discord.com and discord.gg daily"
    )


def test_ten_thousand_hostile_lines_are_clean() -> None:
    """A seeded heap of marks, entities, directions and tags: each line keeps its limit, nothing unseen is left."""
    heap = random.Random(12)
    pieces = [
        "\u202e",
        "\u200d",
        "&#x202e;",
        "&amp;#64;",
        "é" * 3,
        "\u0301" * 9,
        "<b>",
        "word ",
        "\n",
        "\ud800",
        "ﷺ",
        "🇩🇪",
    ]
    for _ in range(10_000):
        limit = heap.randint(0, 40)
        cleaned = clean("".join(heap.choices(pieces, k=heap.randint(1, 12))), limit)
        assert len(cleaned) <= limit
        assert marks_in_a_row(cleaned) <= 3
        assert not {unicodedata.category(character) for character in cleaned} & UNSEEN
