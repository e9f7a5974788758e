"""The page's colours can be read in both schemes: WCAG 2.2 AA, computed from base.css."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "sandbox/page/static"
SCHEMES = ("light", "dark")
GROUNDS = ("ground", "surface", "raised")
TEXT = 4.5  # WCAG 1.4.3, text below 18 pt
CONTROL = 3.0  # WCAG 1.4.11, borders of controls and the focus ring

_PAIR = re.compile(r"--([a-z-]+):\s*light-dark\(\s*(#[0-9a-f]{6})\s*,\s*(#[0-9a-f]{6})\s*\)")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\((?!0 0 0 /)")


def _colours(scheme: str) -> dict[str, str]:
    """{variable: "#rrggbb"} of one scheme."""
    pairs = _PAIR.findall((STATIC / "base.css").read_text())
    return {name: pair[SCHEMES.index(scheme)] for name, *pair in pairs}


def _luminance(colour: str) -> float:
    """WCAG's relative luminance of "#rrggbb", 0 … 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: str, other: str) -> float:
    """WCAG's contrast ratio, 1 … 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_wcags() -> None:
    """Black on white is 21 and grey #767676 on white is just enough for text, as WCAG's own examples say."""
    assert _ratio("#000000", "#ffffff") == pytest.approx(21)
    assert _ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert _ratio("#787878", "#ffffff") < TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "accent", "good", "bad", "warn"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_ground(scheme: str, ink: str, ground: str) -> None:
    """Each colour of text has 4.5:1 on each ground that it may stand on."""
    colours = _colours(scheme)
    assert _ratio(colours[ink], colours[ground]) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("accent-ink", "accent"),
        ("good-ink", "good"),
        ("bad-ink", "bad"),
        ("ink", "accent-wash"),
        ("ink-soft", "accent-wash"),
        ("accent", "accent-wash"),
        ("surface", "ink"),  # a toast
        ("ground", "warn"),  # the banner of a lost connection
    ],
)
def test_text_can_be_read_on_colour(scheme: str, ink: str, ground: str) -> None:
    """Buttons, toasts, the banner and what is chosen have 4.5:1 as well."""
    colours = _colours(scheme)
    assert _ratio(colours[ink], colours[ground]) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("mark", ["edge", "ring", "accent", "bad"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_controls_and_focus_can_be_seen(scheme: str, mark: str, ground: str) -> None:
    """Borders of controls and the focus ring have 3:1 on each ground."""
    colours = _colours(scheme)
    assert _ratio(colours[mark], colours[ground]) >= CONTROL


def test_colours_are_written_in_one_place() -> None:
    """Only base.css names colours; shadows, and white letters on a dark hue, may be elsewhere."""
    strays = {}
    for sheet in sorted(STATIC.glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        text = re.sub(r"^:root \{.*?^\}", "", text, count=1, flags=re.DOTALL | re.MULTILINE)
        found = [colour for colour in _COLOUR.findall(text) if colour != "#fff"]
        if found:
            strays[sheet.name] = found
    assert strays == {}
