"""The page's files fit together, keep to the rules for them, and name nothing outside the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "sandbox/page/static"
FILES = sorted(path.name for path in STATIC.iterdir() if path.suffix in {".js", ".css", ".html"})
MODULES = [name for name in FILES if name.endswith(".js")]
MOST_LINES = 300
WIDEST = 120

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"\./([\w.-]+)";', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.MULTILINE)
# Each would turn text into markup or code, or be refused by the page's content security policy.
_FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc"
    r"|setHTMLUnsafe|createContextualFragment"
)
_INLINE = re.compile(r"\s(?:on\w+|style)=", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)


def _text(name: str) -> str:
    return (STATIC / name).read_text()


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_imports_is_there(name: str) -> None:
    """Each import names a file of the page and something that it exports: else the whole page would stay empty."""
    for names, other in _IMPORT.findall(_text(name)):
        assert other in MODULES
        wanted = {each.split(" as ")[0].strip() for each in names.split(",") if each.strip()}
        assert wanted <= set(_EXPORT.findall(_text(other))), f"{name} wants of {other} what it has not"


def test_what_the_page_names_is_there() -> None:
    """Each address in index.html is one of the page's own files."""
    for address in re.findall(r'(?:src|href)="([^"]+)"', _text("index.html")):
        assert (STATIC / address).is_file(), address


@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_used(name: str) -> None:
    """A module is imported by another one, or is a script of index.html."""
    used = f'src="{name}"' in _text("index.html")
    assert used or any(f'from "./{name}"' in _text(o) or f'import "./{name}"' in _text(o) for o in MODULES)


def test_every_module_is_asked_for_at_once() -> None:
    """index.html names them all, so that none waits until the one that imports it was read."""
    asked = re.findall(r'(?:rel="modulepreload" href|src)="([^"]+)"', _text("index.html"))
    assert sorted(asked) == MODULES


@pytest.mark.parametrize("name", MODULES)
def test_text_is_only_ever_set_as_text(name: str) -> None:
    """No module makes markup or code out of text, and each one begins by saying what it is for."""
    assert not _FORBIDDEN.findall(_text(name))
    assert _text(name).startswith("// ")


@pytest.mark.parametrize("name", FILES)
def test_files_are_small_and_name_nothing_outside(name: str) -> None:
    """At most 300 lines of 120 columns, no inline handler or style, no address but the page's own."""
    text = _text(name)
    lines = text.splitlines()
    assert len(lines) <= MOST_LINES
    assert [at for at, line in enumerate(lines, 1) if len(line) > WIDEST] == []
    assert not name.endswith(".html") or not _INLINE.findall(text)
    assert not _OUTSIDE.findall(text)
    assert "@import" not in text
