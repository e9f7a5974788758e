"""Text → filter, or an error that points at the character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process

from bot.jobs.query.tree import BARE, FIELD, OPERATORS, And, FieldName, Filter, Node, Not, Or, Term
from bot.jobs.query.words import Needle, Words, fold, has_words
from bot.text import tidy

MAX_LENGTH = 300
MAX_NESTING = 20

FIELDS: dict[str, FieldName] = {"company": "company", "board": "board"}
LATER_FIELDS = ("place", "open-to", "pay", "level", "skill", "type", "age", "unknown")
_ALIKE = 65  # of 100, rapidfuzz's weighted ratio: two letters swapped or one missing in a short word

# Phones type these for " and -.
_TYPED = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("–—−", "-"))
_SPACES = re.compile(r"[\s,;]*")


class FilterError(Exception):
    """A filter that can't be understood. The message says what to do; position and length say where in `text`."""

    def __init__(self, message: str, position: int, length: int, text: str) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.length = length
        self.text = text

    def pointing(self) -> str:
        """The message, the place in words, and the place under the text (for a code block): three lines.

        Only the neighbourhood is shown, so that no line is wider than a phone.
        """
        start = max(0, self.position - 16)
        end = min(len(self.text), max(self.position + 16, start + 32))
        before, after = "…" if start else "", "…" if end < len(self.text) else ""
        carets = "^" * max(1, min(self.length, end - self.position))
        indent = " " * (len(before) + self.position - start)
        near = self.text[self.position : self.position + min(max(self.length, 1), 20)]
        return (
            f"{self.message} At character {self.position + 1}, near “{near}”.\n"
            f"{before}{self.text[start:end]}{after}\n{indent}{carets}"
        )


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # term ( ) AND OR NOT
    start: int
    end: int
    term: Term | None = None


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
    tokens = list(_Lexer(text, boards).tokens())
    result = Filter(_Parser(text, tokens).filter(), tuple(_hints(text, tokens)))
    if len(str(result)) > MAX_LENGTH:  # spaces that were left out count as well
        message = "This filter is too long when written out. Shorten it, or make two of it."
        raise FilterError(message, 0, len(text), text)
    return result


class _Lexer:
    def __init__(self, text: str, boards: Sequence[str] | None) -> None:
        self._shown = text
        self._text = text.translate(_TYPED)
        self._boards = boards

    def tokens(self) -> Iterator[_Token]:
        at = self._next(0)
        while at < len(self._text):
            token = self._token(at)
            yield token
            at = self._next(token.end)

    def _next(self, at: int) -> int:
        found = _SPACES.match(self._text, at)
        return found.end() if found else at

    def _token(self, at: int) -> _Token:
        sign = self._text[at]
        if sign in "()":
            return _Token(sign, at, at + 1)
        if sign == "-" and self._text[at + 1 : at + 2].strip(" ),;"):
            return _Token("NOT", at, at + 1)
        if sign == '"':
            return self._term("", at, at)
        word = self._word_at(at)
        if word in OPERATORS:
            return _Token(word, at, at + len(word))
        if (found := FIELD.match(word)) and self._is_field(found):
            return self._field(found, at)
        return self._term("", at, at)

    def _is_field(self, found: re.Match[str]) -> bool:
        """`pay>=` is one, `a>b` is a word."""
        return found["sign"] == ":" or found["name"].lower() in (*FIELDS, *LATER_FIELDS)

    def _field(self, found: re.Match[str], at: int) -> _Token:
        name, sign = found["name"].lower(), found["sign"]
        written = name + sign
        if name in LATER_FIELDS:
            message = f"“{written}” comes later. For now, write the word itself, or leave it out."
            raise self._error(message, at, found.end())
        if name not in FIELDS:
            raise self._error(_no_such_field(written, name), at, found.end())
        if sign != ":":
            raise self._error(f"Write {name}: with a colon.", at, found.end())
        value_at = self._next(at + found.end())
        is_value = value_at < len(self._text) and self._text[value_at] not in "()"
        if not is_value or (value_at > at + found.end() and self._word_at(value_at) in OPERATORS):
            message = f'Write a word or a "phrase" directly after {written}'
            raise self._error(message, at, found.end())
        token = self._term(FIELDS[name], at, value_at)
        if name == "board" and token.term and self._boards is not None:
            self._check_board(token.term, self._boards, value_at, token.end)
        return token

    def _term(self, field: FieldName, at: int, value_at: int) -> _Token:
        if self._text[value_at] == '"':
            close = self._text.find('"', value_at + 1)
            if close < 0:
                raise self._error('This quote is never closed. Add a " after the phrase.', value_at, 1)
            text, end = self._text[value_at + 1 : close].strip(), close + 1
        else:
            text = self._word_at(value_at)
            end = value_at + len(text)
        if not has_words(text):
            message = "There is no letter or digit here. Write a word to look for."
            raise self._error(message, value_at, end - value_at)
        return _Token("term", at, end, Term(field, text))

    def _word_at(self, at: int) -> str:
        found = BARE.match(self._text, at)
        return found[0] if found else ""

    def _check_board(self, term: Term, boards: Sequence[str], start: int, end: int) -> None:
        if any(Words.of(board).hold(Needle.of(term.text)) for board in boards):
            return
        message = f"No board is called “{term.text}”."
        near = _nearest(term.text, boards)
        message += f" Did you mean “{near}”?" if near else " Leave it out to hear all boards."
        raise self._error(message, start, end - start)

    def _error(self, message: str, position: int, length: int) -> FilterError:
        return FilterError(message, position, length, self._shown)


class _Parser:
    """Recursive descent; one method for each level of binding."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
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

    def _either(self, depth: int, before: _Token) -> Node:
        parts = [self._all(depth, before)]
        while token := self._take("OR"):
            parts.append(self._all(depth, token))
        return _flat(Or, parts)

    def _all(self, depth: int, before: _Token) -> Node:
        parts = [self._one(depth, before)]
        while (token := self._peek()) and token.kind not in (")", "OR"):
            parts.append(self._one(depth, self._take("AND") or token))
        return _flat(And, parts)

    def _one(self, depth: int, before: _Token) -> Node:
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

    def _in_brackets(self, depth: int, opening: _Token) -> Node:
        if self._take(")"):
            raise self._error("There is nothing in these brackets. Write a word, or remove them.", opening)
        inside = self._either(depth + 1, opening) if self._peek() else None
        if inside is None or not self._take(")"):
            raise self._error("This bracket is never closed. Add a ) where it ends.", opening)
        return inside

    def _nothing_here(self, guilty: _Token) -> FilterError:
        if guilty.kind == ")":
            return self._error("This bracket closes nothing. Remove it, or add a ( before.", guilty)
        if guilty.kind == "NOT":
            return self._error("NOT needs a word after it. Add one.", guilty)
        return self._error(
            f"{guilty.kind} needs a word on both sides. Add one, or remove {guilty.kind}.", guilty
        )

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> _Token | None:
        token = self._peek()
        if token is None or token.kind != kind:
            return None
        self._at += 1
        return token

    def _error(self, message: str, token: _Token) -> FilterError:
        return FilterError(message, token.start, token.end - token.start, self._text)


def _flat(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(flat))


def _no_such_field(written: str, name: str) -> str:
    near = _nearest(name, (*FIELDS, *LATER_FIELDS))
    if near in LATER_FIELDS:
        return f"There is no field “{written}”, and {near}: comes later. For now, write the word itself."
    guess = f" Did you mean {near}:?" if near else ""
    return f"There is no field “{written}”.{guess} To look for the words, put them in quotes."


def _nearest(word: str, known: Sequence[str]) -> str | None:
    found = process.extractOne(word, known, processor=fold, score_cutoff=_ALIKE)
    return found[0] if found else None


def _hints(text: str, tokens: list[_Token]) -> Iterator[str]:
    bare = {text[token.start : token.end] for token in tokens}
    for word in ("and", "or", "not"):
        if word in bare:
            yield f"“{word}” is looked for as a word. Write {word.upper()} if you meant the operator."
    if any("," in text[one.end : other.start] for one, other in pairwise(tokens)):
        yield "A comma means AND. Write OR between words to hear about either."
