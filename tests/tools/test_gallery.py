"""The gallery: a page that needs nothing but itself and shows every golden card as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.jobs.values import NOW
from tools import gallery

VOID = {"meta"}


class Read(HTMLParser):
    """A page as a browser would take it apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.unclosed: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_kept_page_is_of_todays_cards() -> None:
    """docs/gallery.html shows the golden files as they are; else run tools/gallery.py."""
    assert gallery.PAGE.read_text("utf-8") == gallery.page(gallery.golden())


def test_the_page_asks_for_nothing() -> None:
    """No script, no address that a browser would open, and every tag closed."""
    html = gallery.page(gallery.golden())
    read = Read(html)
    assert read.unclosed == []
    assert read.tags.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form", "a"})
    assert {
        name for name in read.attributes if name in ("src", "href", "srcset") or name.startswith("on")
    } == set()
    assert "url(" not in html and "@import" not in html


def test_every_message_is_on_the_page() -> None:
    """Each golden file has its caption, and its buttons their labels."""
    text = Read(gallery.page(gallery.golden())).text
    assert all(
        label in text
        for label in ("opening: pay unclear", "Approve: post them", "Refusals", "Moderators' channel")
    )
    links = [
        one for one in every(list(gallery.golden().values())) if "url" in one and one.get("label") == "Open"
    ]
    assert text.count("Open ↗") == len(links) > 50


def every(part: Any) -> Iterator[Mapping[str, Any]]:
    """Each component of some messages, however deep."""
    if isinstance(part, Mapping):
        yield part
    for inner in part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ():
        yield from every(inner)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("### a", '<div class="heading" dir="auto">a</div>'),
        ("-# a\nb", '<div class="small" dir="auto">a</div><div dir="auto">b</div>'),
        ('<script> & "', '<div dir="auto">&lt;script&gt; &amp; &quot;</div>'),
        (r"\*a\_\* **b\*<i>** *c*", '<div dir="auto">*a_* <b>b*&lt;i&gt;</b> <i>c</i></div>'),
        ("`<b>`", '<div dir="auto"><code>&lt;b&gt;</code></div>'),
        ("a\n```\n  <b>\n^\n```", '<div dir="auto">a</div><div dir="auto"><pre>  &lt;b&gt;\n^</pre></div>'),
        (
            '[a"b](https://x.example/?a="b"&c)',
            '<div dir="auto"><span class="link" title="https://x.example/?a=&quot;b&quot;&amp;c">a&quot;b</span></div>',
        ),
        (f"<t:{int(NOW.timestamp()) - 7200}:R>", '<div dir="auto">2 hours ago</div>'),
        ("<#1442000000000000010>", '<div dir="auto"><span class="mention">#remote-python</span></div>'),
        ("@\u200beveryone", '<div dir="auto">@everyone</div>'),
    ],
)
def test_words_become_html(text: str, html: str) -> None:
    """Discord's markdown as far as our cards use it; everything else is text."""
    assert gallery.words(text) == html


def test_an_unknown_part_stops_it() -> None:
    """A card that the gallery can't draw is never left out in silence."""
    with pytest.raises(ValueError, match="separator"):
        gallery.drawn({"type": 14})


def test_now_is_the_canned_values_now() -> None:
    """ "3 hours ago" is counted from the moment that the canned values take for now."""
    assert gallery.DRAWN_AT == NOW
