"""Text → tokens: operators, brackets, and terms with all that belongs to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.jobs.query.amounts import BOUNDS, age_bound, pay_bound
from bot.jobs.query.errors import FilterError
from bot.jobs.query.nearest import nearest
from bot.jobs.query.terms import BARE, FIELD, OPERATORS, Has, Leaf, Term, TextField
from bot.jobs.query.vocabulary import VALUED, ValuedField, no_such_value, value_of
from bot.jobs.query.words import Words, has_words

TEXT_FIELDS: dict[str, TextField] = {"company": "company", "board": "board"}
VALUED_FIELDS: dict[str, ValuedField] = {name: name for name in VALUED}
MEASURED_FIELDS = ("pay", "age")
FIELDS: tuple[str, ...] = (*TEXT_FIELDS, *VALUED_FIELDS, *MEASURED_FIELDS)
MOST_WORDS = 4  # of a value without quotes: place:Papua New Guinea

# Phones type these for " and -.
_TYPED = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("–—−", "-"))
_SPACES = re.compile(r"[\s,;]*")
_MEASURED = re.compile(r"(?P<name>pay|age)\s*(?P<sign>>=|<=|=>|=<|[<>≥≤])", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_EXAMPLES = {"pay": "pay>=90000 EUR, or pay>=50/h", "age": "age<7d, or age>12h"}


def unquoted(text: str) -> str:
    """Without any sign that would be read as a quote."""
    return text.translate(_TYPED).replace('"', " ")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # term ( ) AND OR NOT
    start: int
    end: int
    term: Leaf | None = None


class Lexer:
    """Each method takes a place in the text, and raises FilterError with the place of the mistake."""

    def __init__(self, text: str, boards: Sequence[str] | None) -> None:
        self._shown = text
        self._text = text.translate(_TYPED)
        self._boards = boards

    def tokens(self) -> Iterator[Token]:
        at = self._next(0)
        while at < len(self._text):
            token = self._token(at)
            yield token
            at = self._next(token.end)

    def _next(self, at: int) -> int:
        found = _SPACES.match(self._text, at)
        return found.end() if found else at

    def _token(self, at: int) -> Token:
        sign = self._text[at]
        if sign in "()":
            return Token(sign, at, at + 1)
        if sign == "-" and self._text[at + 1 : at + 2].strip(" ),;"):
            return Token("NOT", at, at + 1)
        if sign == '"':
            return self._term("", at, at)
        if found := _MEASURED.match(self._text, at):
            return self._measured(found)
        word = self._word_at(at)
        if word in OPERATORS:
            return Token(word, at, at + len(word))
        if (found := FIELD.match(word)) and self._is_field(found):
            return self._field(found, at)
        return self._term("", at, at)

    def _is_field(self, found: re.Match[str]) -> bool:
        """`level>x` is a mistake, `a>b` is a word."""
        return found["sign"] == ":" or found["name"].lower() in FIELDS

    def _field(self, found: re.Match[str], at: int) -> Token:
        name, sign = found["name"].lower(), found["sign"]
        if name not in FIELDS:
            near = nearest(name, FIELDS)
            guess = f" Did you mean {near}:?" if near else ""
            message = f"There is no field “{name}{sign}”.{guess} To look for the words, put them in quotes."
            raise self._error(message, at, found.end())
        if name in MEASURED_FIELDS:
            return self._measured_with_colon(name, found, at)
        if sign != ":":
            raise self._error(f"Write {name}: with a colon.", at, found.end())
        value_at = self._next(at + found.end())
        is_value = value_at < len(self._text) and self._text[value_at] not in "()"
        if not is_value or (value_at > at + found.end() and self._word_at(value_at) in OPERATORS):
            message = f'Write a word or a "phrase" directly after {name}{sign}'
            raise self._error(message, at, found.end())
        if field := VALUED_FIELDS.get(name):
            return self._valued(field, at, value_at)
        token = self._term(TEXT_FIELDS[name], at, value_at)
        if name == "board" and isinstance(token.term, Term) and self._boards is not None:
            self._check_board(token.term, self._boards, value_at, token.end)
        return token

    def _measured(self, found: re.Match[str]) -> Token:
        """pay>=90k, age<7d."""
        name, bound = found["name"].lower(), BOUNDS[found["sign"]]
        read = (pay_bound if name == "pay" else age_bound)(bound, self._text, found.end())
        if read is None:
            raise self._no_amount(name, found.start(), found.end())
        term, end = read
        return Token("term", found.start(), end, term)

    def _measured_with_colon(self, name: str, found: re.Match[str], at: int) -> Token:
        """`pay:stated` is the only one."""
        value_at = self._next(at + found.end())
        value = self._word_at(value_at)
        if name == "pay" and found["sign"] == ":" and value.lower() == "stated":
            return Token("term", at, value_at + len(value), Has("pay", "stated", "stated"))
        raise self._error(f"Write {_EXAMPLES[name]}.", at, found.end())

    def _no_amount(self, name: str, start: int, value_at: int) -> FilterError:
        """Points at what is no amount, or at the field when nothing follows."""
        if found := _BLANKS.match(self._text, value_at):
            value_at = found.end()
        value = self._word_at(value_at)
        what = "an amount" if name == "pay" else "a number of hours, days or weeks"
        message = f"This is not {what}. Write {_EXAMPLES[name]}."
        if value:
            return self._error(message, value_at, len(value))
        return self._error(message, start, value_at - start)

    def _valued(self, field: ValuedField, at: int, value_at: int) -> Token:
        """A value without quotes is as many words as name one: level:entry level, place:New Zealand."""
        if self._text[value_at] == '"':
            text, end = self._quoted(value_at)
            term = value_of(field, text)
            if term is None:
                raise self._error(no_such_value(field, text), value_at, end - value_at)
            return Token("term", at, end, term)
        words = list(self._words_from(value_at))
        for count in range(len(words), 0, -1):
            if term := value_of(field, " ".join(word for word, _ in words[:count])):
                return Token("term", at, words[count - 1][1], term)
        first, end = words[0]
        raise self._error(no_such_value(field, first), value_at, end - value_at)

    def _words_from(self, at: int) -> Iterator[tuple[str, int]]:
        """Words that only spaces divide, with their ends: up to an operator, a field or a mark."""
        for _ in range(MOST_WORDS):
            word = self._word_at(at)
            end = at + len(word)
            yield word, end
            found = _BLANKS.match(self._text, end)
            if found is None:
                return
            at = found.end()
            word = self._word_at(at)
            if not word or word in OPERATORS or word[0] in '-"' or FIELD.match(word):
                return

    def _term(self, field: TextField, at: int, value_at: int) -> Token:
        if self._text[value_at] == '"':
            text, end = self._quoted(value_at)
        else:
            text = self._word_at(value_at)
            end = value_at + len(text)
        if not has_words(text):
            message = "There is no letter or digit here. Write a word to look for."
            raise self._error(message, value_at, end - value_at)
        return Token("term", at, end, Term(field, text))

    def _quoted(self, at: int) -> tuple[str, int]:
        close = self._text.find('"', at + 1)
        if close < 0:
            raise self._error('This quote is never closed. Add a " after the phrase.', at, 1)
        return self._text[at + 1 : close].strip(), close + 1

    def _word_at(self, at: int) -> str:
        found = BARE.match(self._text, at)
        return found[0] if found else ""

    def _check_board(self, term: Term, boards: Sequence[str], start: int, end: int) -> None:
        if any(Words.of(board).hold(term.needle) for board in boards):
            return
        message = f"No board is called “{term.text}”."
        near = nearest(term.text, boards)
        message += f" Did you mean “{near}”?" if near else " Leave it out to hear all boards."
        raise self._error(message, start, end - start)

    def _error(self, message: str, position: int, length: int) -> FilterError:
        return FilterError(message, position, length, self._shown)
