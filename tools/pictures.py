"""`make pictures`: make the pictures of the documents again.

    .venv/bin/python tools/pictures.py

docs/pictures/demo.svg is what `outpost demo --once` really printed, as rich draws it. The messages are drawn by
`tools.gallery`; the demo's page is looked at by `tools.page_pictures`, a week of check-ins in it by
`tools.checkin_pictures`, a round of reviews by `tools.review_pictures`: they need Chromium.
"""

from __future__ import annotations

import asyncio
import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from bot.cli.demo.once import show
from tools import checkin_pictures, gallery, page_pictures, review_pictures, services

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "demo.svg"
WIDTH = 100  # columns


def recorded_demo() -> Console:
    """The demo's own output, kept by the console it was printed on. Raises RuntimeError when it failed."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=False)
    if asyncio.run(show(console)) != 0:
        raise RuntimeError("the demo ended without three cards; run `make demo ARGS=--once` to see why")
    return console


def svg(console: Console) -> str:
    """What the console holds as an SVG that fetches nothing: fonts are the reader's own."""
    drawn = console.export_svg(title="make demo", theme=MONOKAI, unique_id="demo")
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)


def main() -> int:
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(svg(recorded_demo()))
    print(f"made {PICTURE.relative_to(ROOT)}")
    try:
        page_pictures.main()
        checkin_pictures.main()
        review_pictures.main()
    except services.Unavailable as reason:
        print(f"The page's pictures stay as they are. {reason}")
    return gallery.main()


if __name__ == "__main__":
    sys.exit(main())
