"""What the source can say: its strings and its refusals; and whether every button is answered."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discord import ui

from cogs import refusals
from tests.end_to_end.town import Town

TWO_WORDS = re.compile(r"[^\W\d_]{2,}\W*\s\W*[^\W\d_]{2,}")
MOST_WORDS = 19


@dataclass(frozen=True, slots=True)
class Said:
    """A string of the source. "{}" stands for what is put in."""

    where: str
    text: str


def strings(file: Path) -> Iterator[Said]:
    """Every string that a file can say: not docstrings, names of things in a dict or a comparison, or annotations."""
    tree = ast.parse(file.read_text("utf-8"))
    silent = {id(node) for part in ast.walk(tree) for node in _silent(part)}
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        where = f"{file.name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.JoinedStr):
            yield Said(where, _joined(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Said(where, node.value)


def _silent(node: ast.AST) -> Iterator[ast.AST]:
    """What of this node is read by no person. A joined string is looked at as a whole."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.Constant))
        put_in = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        yield from (one for part in put_in if part.format_spec for one in ast.walk(part.format_spec))
    elif isinstance(node, ast.Dict):
        yield from (key for key in node.keys if key)
    elif isinstance(node, ast.Compare):
        yield from ast.walk(node)
    elif isinstance(node, ast.Subscript):
        yield from ast.walk(node.slice)
    elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log."):
        yield from node.args


def _joined(node: ast.JoinedStr) -> str:
    return "".join(
        part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "{}"
        for part in node.values
    )


def too_long(every: Iterable[Said]) -> list[tuple[str, str]]:
    """(where, sentence) of those with too many words."""
    return [
        (said.where, sentence)
        for said in every
        for sentence in re.split(r"(?<=[.!?:])\**\s+|\n", said.text)
        if len(re.findall(r"[\w{<][^\s]*", sentence)) > MOST_WORDS
    ]


# -- refusals ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Raised:
    """A Refusal of the source. facts: their names."""

    where: str
    reason: str
    facts: frozenset[str]


def raised(*folders: Path) -> list[Raised]:
    """Every refusal in the files of these folders."""
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    return [
        one
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal"
        for one in _reasons(file.name, node)
    ]


def _reasons(file: str, node: ast.Call) -> Iterator[Raised]:
    """A reason may be one of two: `"a" if … else "b"`."""
    (reason,) = node.args
    facts = frozenset(keyword.arg or "**" for keyword in node.keywords)
    for one in (reason.body, reason.orelse) if isinstance(reason, ast.IfExp) else (reason,):
        assert isinstance(one, ast.Constant), f"{file}:{node.lineno}"
        yield Raised(f"{file}:{node.lineno}", str(one.value), facts)


def without_words(every: Iterable[Raised]) -> list[Raised]:
    """Those that have no sentence, or one that takes other facts than come with it."""
    words = refusals.every()
    return [
        one
        for one in every
        if one.reason not in words or one.facts != set(inspect.signature(words[one.reason]).parameters)
    ]


# -- buttons -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pressed:
    """As much of a press as the router looks at."""

    data: dict[str, str]


def custom_ids(views: Iterable[ui.LayoutView]) -> set[str]:
    """Of all that can be pressed, chosen or typed in there."""
    items: Iterator[Any] = (item for view in views for item in view.walk_children())
    open_ones = (one for one in items if not getattr(one, "disabled", False))
    return {one.custom_id for one in open_ones if getattr(one, "custom_id", None)}


def must_answer(town: Town, ids: Iterable[str]) -> None:
    """Each has a handler, which takes what its id carries."""
    for custom_id in ids:
        found = town.bot.client.router.find(Pressed({"custom_id": custom_id}))  # type: ignore[arg-type]
        assert found is not None, custom_id
        handler, arguments = found
        inspect.signature(handler).bind(object(), *arguments)
