"""YAML whose values know their place: a tree of nodes, the plain values in it, and mistakes with line and column.

PyYAML's nodes carry their marks, its plain values don't; and of two equal keys it silently keeps the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

# libyaml reads 500 feeds in 38 ms, PyYAML's own loader in 323 ms (research of 2026-11).
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Deeper than any file of ours. The composer recurses in C: 100,000 open brackets end the process (SIGSEGV).
_DEEPEST = 20


class Mistake(NamedTuple):
    """One mistake; line and column count from 1 and point at the key or value that is meant."""

    line: int
    column: int
    words: str


def compose(text: str) -> yaml.Node | Mistake:
    """The tree of a YAML text of one document, or the one mistake for which there is no tree."""
    try:
        return (
            _too_deep(text)
            or yaml.compose(text, _LOADER)
            or Mistake(1, 1, "the file is empty; write feeds: and a list")
        )
    except yaml.MarkedYAMLError as error:
        return _no_yaml(error, text)
    except yaml.YAMLError as error:  # a character that YAML forbids; its place is a count of bytes
        before = text.encode(errors="replace")[: getattr(error, "position", 0)].decode(errors="ignore")
        return place_after(before, "this character may not stand in YAML; remove it")


def _no_yaml(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    mark: Any = error.problem_mark or error.context_mark  # one of the two is always there
    began = error.context_mark
    problem = str(error.problem or error.context)
    if problem.startswith("but "):  # "but found another document" is the second half of a sentence
        problem, began = f"{error.context} {problem}", None
    advice = "check the indentation (no tabs), quotes and brackets here"
    if mark.line < len(text.rstrip().splitlines()):
        if began and began.line < mark.line:
            problem += f" {error.context} that began in line {began.line + 1}"
        return at(mark, f"this is not YAML: {problem}; {advice}")
    # At the end of the file something is still open: where it began says more.
    if began and began.line < mark.line:
        return at(began, f"this is not YAML: {problem} {error.context} that begins here; close it")
    return place_after(text.rstrip(), f"this is not YAML: {problem}; {advice}")


def _too_deep(text: str) -> Mistake | None:
    depth = 0
    for event in yaml.parse(text, _LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return at(
                event.start_mark, "this is nested too deeply; close a bracket or take out spaces before it"
            )
    return None


class Plain:
    """Nodes → dicts, lists and scalars, one value a node however many aliases name it.

    `mistakes` collects what only the tree shows: keys that stand twice, and scalars that YAML itself cannot read.
    """

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self._values: dict[int, Any] = {}
        self._scalars = yaml.SafeLoader("")

    def value(self, node: yaml.Node) -> Any:
        """The plain value of a node; None, and a mistake, for a scalar that cannot be read."""
        if id(node) not in self._values:
            self._values[id(node)] = None  # an alias inside its own anchor reads as nothing
            self._values[id(node)] = self._read(node)
        return self._values[id(node)]

    def _read(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):  # ValueError: 2026-02-31 looks like a date
            self.mistakes.append(
                at(node.start_mark, f"{shown(node.value)} cannot be read; correct it, or put it in quotes")
            )
            return None

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.mistakes.append(
                    at(key.start_mark, "a key must be one word; see the comments of feeds.yaml")
                )
            elif key.value in values:
                words = f"key {shown(key.value)} stands twice, first in line {lines[key.value]}; remove one"
                self.mistakes.append(at(key.start_mark, words))
            else:
                lines[key.value] = key.start_mark.line + 1
                values[key.value] = self.value(value)
        return values


def mark(tree: yaml.Node, path: Iterable[str | int], *, key: bool = False) -> Any:
    """Where the value at `path` begins (or its key); of a value that is not there, where its holder begins."""
    node, found = tree, tree.start_mark
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            found = node.start_mark
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        pair = next((pair for pair in pairs if pair[0].value == step), None)
        if pair is None:
            break
        node = pair[1]
        found = pair[0].start_mark if key else node.start_mark
    return found


def at(mark: Any, words: str) -> Mistake:
    """A mistake at one of PyYAML's marks, which count from 0."""
    return Mistake(mark.line + 1, mark.column + 1, words)


def place_after(before: str, words: str) -> Mistake:
    """A mistake at the character that follows `before`, which begins with the file."""
    return Mistake(before.count("\n") + 1, len(before) - before.rfind("\n"), words)


def shown(value: Any) -> str:
    """A value of the file, as short as a line of an error can bear."""
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f"“{value}”" if isinstance(value, str) else str(value)
    cut = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:60])
    return cut + ("…" if len(text) > 60 else "")
