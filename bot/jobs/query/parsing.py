"""Text → filter, or an error that points at the character."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.jobs.query.errors import FilterError
from bot.jobs.query.lexing import Lexer, Token
from bot.jobs.query.terms import OPERATORS
from bot.jobs.query.tree import And, Filter, Node, Not, Or, joined
from bot.text import tidy

MAX_LENGTH = 300
MAX_NESTING = 20


def parse(text: str, boards: Sequence[str] | None = None) -> Filter:
    """The filter that `text` means; raises FilterError, and nothing else, when it means none.

    boards: the names that `board:` may find; None: any. Linear time, at most MAX_LENGTH characters. Each filter is
    understood once: a reading asks for every subscription's, a list for all of a server's.
    """
    return _parsed(text, None if boards is None else tuple(boards))


@lru_cache(maxsize=20_000)
def _parsed(text: str, boards: tuple[str, ...] | None) -> Filter:
    text = tidy(text)
    if len(text) > MAX_LENGTH:
        message = f"A filter has at most {MAX_LENGTH} characters. Shorten it, or make two of it."
        raise FilterError(message, MAX_LENGTH, len(text) - MAX_LENGTH, text)
    tokens = list(Lexer(text, boards).tokens())
    result = Filter(_Parser(text, tokens).filter(), tuple(_hints(text, tokens)))
    if len(str(result)) > MAX_LENGTH:  # spaces that were left out count as well
        message = "This filter is too long when written out. Shorten it, or make two of it."
        raise FilterError(message, 0, len(text), text)
    return result


class _Parser:
    """Recursive descent; one method for each level of binding."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0

    def filter(self) -> Node:
        if not self._tokens:
            return And(())
        root = self._either(0, self._tokens[0])
        if token := self._peek():  # only a bracket ends a level
            raise self._error("This bracket closes nothing. Remove it, or add a ( before.", token)
        return root

    def _either(self, depth: int, before: Token) -> Node:
        parts = [self._all(depth, before)]
        while token := self._take("OR"):
            parts.append(self._all(depth, token))
        return joined(Or, parts)

    def _all(self, depth: int, before: Token) -> Node:
        parts = [self._one(depth, before)]
        while (token := self._peek()) and token.kind not in (")", "OR"):
            parts.append(self._one(depth, self._take("AND") or token))
        return joined(And, parts)

    def _one(self, depth: int, before: Token) -> Node:
        """A term, a bracket or NOT of these. `before` is what asks for one here: an operator, or the first token."""
        token = self._peek()
        if token is None or token.kind in (")", "AND", "OR"):
            raise self._nothing_here(before if before.kind in OPERATORS else token or before)
        if depth > MAX_NESTING:
            raise self._error(f"More than {MAX_NESTING} levels of brackets and NOTs. Use fewer.", token)
        self._at += 1
        if token.term:
            return token.term
        return Not(self._one(depth + 1, token)) if token.kind == "NOT" else self._in_brackets(depth, token)

    def _in_brackets(self, depth: int, opening: Token) -> Node:
        if self._take(")"):
            raise self._error("There is nothing in these brackets. Write a word, or remove them.", opening)
        inside = self._either(depth + 1, opening) if self._peek() else None
        if inside is None or not self._take(")"):
            raise self._error("This bracket is never closed. Add a ) where it ends.", opening)
        return inside

    def _nothing_here(self, guilty: Token) -> FilterError:
        if guilty.kind == ")":
            return self._error("This bracket closes nothing. Remove it, or add a ( before.", guilty)
        if guilty.kind == "NOT":
            return self._error("NOT needs a word after it. Add one.", guilty)
        return self._error(
            f"{guilty.kind} needs a word on both sides. Add one, or remove {guilty.kind}.", guilty
        )

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> Token | None:
        token = self._peek()
        if token is None or token.kind != kind:
            return None
        self._at += 1
        return token

    def _error(self, message: str, token: Token) -> FilterError:
        return FilterError(message, token.start, token.end - token.start, self._text)


def _hints(text: str, tokens: list[Token]) -> Iterator[str]:
    bare = {text[token.start : token.end] for token in tokens}
    for word in ("and", "or", "not"):
        if word in bare:
            yield f"“{word}” is looked for as a word. Write {word.upper()} if you meant the operator."
    if any("," in text[one.end : other.start] for one, other in pairwise(tokens)):
        yield "A comma means AND. Write OR between words to hear about either."
