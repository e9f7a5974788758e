"""Every message the bot can say, drawn on one page: docs/gallery.html, from the golden files of tests/cogs.

    .venv/bin/python tools/gallery.py    # a part of `make pictures`

The page needs nothing but itself: no script, no request, every word escaped. It draws what our cards use of
Discord's components and markdown in a look of its own, and stops at a part that it doesn't know. With Chromium on
this machine a few of the cards become docs/pictures/cards.png.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from discord import ButtonStyle, ComponentType

from bot.cli.terminal import ago

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "cogs" / "golden"
PAGE = ROOT / "docs" / "gallery.html"
PICTURE = ROOT / "docs" / "pictures" / "cards.png"
STYLE = Path(__file__).with_suffix(".css")

DRAWN_AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)  # what the canned values take for now
IN_THE_PICTURE = (
    "card.opening.plain",
    "card.opening.says_anywhere",
    "check.known.yes",
    "saved.home.plain",
    "notice.channel_trouble.missing_permission",
)

# The first word of a golden file's name → the heading it stands under.
CHAPTERS = {
    "card": "In a channel, for all to see",
    "pod": "In a pod's own thread, for its three to five members",
    "thread": "In the private threads of reviews, for their author or a reader",
    "meeting": "In the private thread of two who meet",
    "notice": "In the moderators' channel",
    "page": "Answers that only one person sees",
    "letter": "Direct messages, to those who allowed them",
    "alerts": "The pages behind /jobs alerts",
    "posting": "How a subscription speaks in its channel",
    "search": "The pages behind /jobs search",
    "check": "The pages behind /jobs check and the menu Am I eligible?",
    "more": "The pages behind a card's More",
    "why": "Why an opening was told, or not",
    "saved": "The pages behind /jobs saved",
    "hired": "When somebody is hired",
    "market": "The pages behind /jobs market",
    "community": "Wrong facts, likely scams, shares, and who knows a company",
    "feeds": "The pages behind /feeds",
    "start": "The pages behind /start",
    "profile": "The pages behind /me profile",
    "settings": "The pages behind /me settings",
    "blocks": "The pages behind /me blocks",
    "privacy": "The pages behind /me privacy",
    "meet": "The pages behind /meet find",
    "case": "The pages behind /report, and cases for those who may read them",
    "resources": "The pages behind /resources",
    "help": "The page behind /help",
    "setup": "The page behind /setup, for moderators alone",
    "checkin": "The pages behind /checkin",
    "cohort": "The pages behind /cohort, for moderators alone",
    "review": "The pages behind /review request and /review status",
    "give": "The pages behind /review give",
    "board": "A review as its reader fills it in",
    "rounds": "The pages behind /rounds, for moderators alone",
    "meets": "The pages behind /meet join and /meet status, and their settings",
    "refusal": "Refusals, for the person who asked",
}
_CHANNELS = {
    "1442000000000000010": "remote-python",
    "1442000000000000011": "remote-design",
    "1442000000000000019": "moderators",
}
_BUTTON_LOOKS = {ButtonStyle.primary.value: " main", ButtonStyle.success.value: " save"}

_TOKEN = re.compile(
    r"""
      ```\n(?P<block>.*?)\n```
    | \\(?P<plain>[^0-9A-Za-z\s])
    | `(?P<code>[^`]+)`
    | \[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<link>[^)\s]+)\)
    | ~~(?P<struck>(?:\\.|[^~\\])+)~~
    | \*\*(?P<bold>(?:\\.|[^*\\])+)\*\*
    | \*(?P<italic>(?:\\.|[^*\\])+)\*
    | <t:(?P<moment>\d+):R>
    | <t:(?P<clock>\d+):f>
    | <\#(?P<channel>\d+)>
    | <@(?P<person>\d+)>
    """,
    re.VERBOSE | re.DOTALL,
)
_LINES = {"### ": "heading", "-# ": "small"}


# -- words ---------------------------------------------------------------------------------------


def words(text: str) -> str:
    """A text display as HTML, line by line; a block of code keeps its lines together."""
    blocks = re.split(r"(```\n.*?\n```)", text, flags=re.DOTALL)
    lines = (
        part
        for block in blocks
        for part in ([block] if block[:3] == "```" else block.strip("\n").split("\n"))
    )
    return "".join(_line(line) for line in lines if line)


def _line(text: str) -> str:
    for prefix, look in _LINES.items():
        if text.startswith(prefix):
            return f'<div class="{look}" dir="auto">{_inline(text.removeprefix(prefix))}</div>'
    return f'<div dir="auto">{_inline(text)}</div>'


def _inline(text: str) -> str:
    shown, end = [], 0
    for token in _TOKEN.finditer(text):
        shown += [escape(text[end : token.start()]), _token(token)]
        end = token.end()
    return "".join([*shown, escape(text[end:])]).replace("\u200b", "")


def _token(token: re.Match[str]) -> str:
    kind = next(name for name, found in token.groupdict().items() if found is not None and name != "link")
    inside = token[kind]
    match kind:
        case "block":
            return f"<pre>{escape(inside)}</pre>"
        case "code":
            return f"<code>{escape(inside)}</code>"
        case "words":
            return f'<span class="link" title="{escape(token["link"])}">{_inline(inside)}</span>'
        case "struck":
            return f"<s>{_inline(inside)}</s>"
        case "bold":
            return f"<b>{_inline(inside)}</b>"
        case "italic":
            return f"<i>{_inline(inside)}</i>"
        case "moment":
            return ago(DRAWN_AT - datetime.fromtimestamp(int(inside), UTC))
        case "clock":
            return f"{datetime.fromtimestamp(int(inside), UTC):%d %B %Y %H:%M}"
        case "channel":
            return f'<span class="mention">#{_CHANNELS.get(inside, "channel")}</span>'
        case "person":
            return '<span class="mention">@mo</span>'
        case _:
            return escape(inside)


# -- components ----------------------------------------------------------------------------------


def drawn(component: Mapping[str, Any]) -> str:
    """One component and all in it as HTML. Raises ValueError for a kind that this page can't draw yet."""
    match ComponentType(component["type"]):
        case ComponentType.container:
            accent = component["accent_color"]
            look = "" if accent is None else f' style="--accent: #{accent:06x}"'
            return f'<div class="card"{look}>{_all(component)}</div>'
        case ComponentType.text_display:
            return f'<div class="text">{words(component["content"])}</div>'
        case ComponentType.action_row:
            return f'<div class="row">{_all(component)}</div>'
        case ComponentType.button:
            look = _BUTTON_LOOKS.get(component["style"], "") + " off" * component["disabled"]
            leads = " ↗" if "url" in component else ""  # Discord's own mark of a link
            return f'<span class="button{look}">{escape(component["label"])}{leads}</span>'
        case ComponentType.section:
            return f'<div class="section"><div>{_all(component)}</div>{drawn(component["accessory"])}</div>'
        case ComponentType.thumbnail:
            return f'<span class="picture" title="{escape(component["description"])}"></span>'
        case ComponentType.media_gallery:
            return "".join(
                f'<div class="alt">{escape(item["description"])}</div>' for item in component["items"]
            )
        case ComponentType.file:
            name = component["file"]["url"].removeprefix("attachment://")
            return f'<div class="text"><span class="mention">{escape(name)}</span></div>'
        case (
            ComponentType.select
            | ComponentType.channel_select
            | ComponentType.user_select
            | ComponentType.role_select
        ):
            return f'<span class="menu"><span>{escape(_chosen(component))}</span><span>▾</span></span>'
        case kind:
            raise ValueError(f"a component of the kind {kind.name}: teach tools/gallery.py to draw it")


def _chosen(menu: Mapping[str, Any]) -> str:
    """What a menu shows while it is shut."""
    chosen = [option["label"] for option in menu.get("options", ()) if option.get("default")]
    return ", ".join(chosen) or str(menu["placeholder"])


def _all(component: Mapping[str, Any]) -> str:
    return "".join(map(drawn, component["components"]))


# -- the page ------------------------------------------------------------------------------------


def golden() -> dict[str, Any]:
    """NAME → its components, as the golden files have them: by chapter, then by what it is, the plain one first."""
    files = {file.stem: json.loads(file.read_text("utf-8")) for file in GOLDEN.glob("*.json")}
    return {name: files[name] for name in sorted(files, key=_place)}


def _place(name: str) -> tuple[int, str, bool, str]:
    chapter, what, variant = name.split(".")
    return list(CHAPTERS).index(chapter), what, variant != "plain", variant


def page(messages: Mapping[str, Any]) -> str:
    """The whole gallery."""
    intro = (
        f"<h1>Every message of Outpost</h1>\n<p>{len(messages)} messages, drawn from the golden files of the tests. "
        "Names, times and links are invented. A phone is as wide as one card.</p>\n"
    )
    return _html(
        intro
        + "".join(
            f"<h2>{escape(CHAPTERS[chapter])}</h2>\n{_cards((name, messages[name]) for name in names)}"
            for chapter, names in groupby(messages, _chapter)
        )
    )


def _chapter(name: str) -> str:
    return name.split(".")[0]


def _cards(messages: Iterable[tuple[str, Any]]) -> str:
    figures = (
        f"<figure><figcaption>{escape(_caption(name))}</figcaption>{''.join(map(drawn, components))}</figure>\n"
        for name, components in messages
    )
    return f'<div class="cards">\n{"".join(figures)}</div>\n'


def _caption(name: str) -> str:
    """`card.opening.no_pay` → "opening: no pay"."""
    _, what, variant = name.split(".")
    return f"{what}: {variant}".replace("_", " ")


def _html(body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Every message of Outpost</title>\n<style>\n{STYLE.read_text('utf-8')}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


# -- the picture ---------------------------------------------------------------------------------


def photograph(html: str, to: Path, width: int, height: int) -> bool:
    """A picture of a page by Chromium, twice as fine as a screen; False where there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        return False
    with tempfile.TemporaryDirectory(prefix="outpost-gallery-") as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, "utf-8")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        command += ["--disable-component-update", "--no-first-run", "--hide-scrollbars"]
        command += [f"--user-data-dir={folder}/profile", f"--window-size={width},{height}"]
        command += ["--force-device-scale-factor=2", f"--screenshot={to}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return True


def main() -> int:
    messages = golden()
    PAGE.write_text(page(messages), "utf-8")
    print(f"made {PAGE.relative_to(ROOT)}")
    few = _html(_cards((name, messages[name]) for name in IN_THE_PICTURE))
    if photograph(few, PICTURE, 1200, 610):
        print(f"made {PICTURE.relative_to(ROOT)}")
    else:
        print(f"no Chromium here: {PICTURE.relative_to(ROOT)} stays as it is")
    return 0


if __name__ == "__main__":
    sys.exit(main())
