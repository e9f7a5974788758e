"""What filters ask, as numbers, so that an opening answers all of it at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.jobs.query.alternatives import Alternative, Literal
from bot.jobs.query.document import Document, Sign, Truth
from bot.jobs.query.terms import AgeBound, Has, PayBound, Term, TextField, Unstated, Where
from bot.jobs.query.tree import Not
from bot.jobs.query.words import Mark, Needle, Words

Phrase = tuple[TextField, Needle]
Asked = Where | PayBound | AgeBound
Atom = Phrase | Sign | Asked | Not
Number = int

# Of a hundred openings about so many answer an atom of this kind with TRUE: measured on stored openings for words
# that people look for, guessed for the rest. Only speed depends on it.
_OFTEN = {"": 3, "company": 1, "board": 5, "skill": 4, "level": 25, "type": 40, "pay": 30, "known": 90}
_OFTEN_ELSE = 50


@dataclass(frozen=True, slots=True)
class Demand:
    """An alternative as numbers: all of `needed` are among an opening's, none of `barred` is."""

    needed: tuple[Number, ...]
    barred: tuple[Number, ...]


@dataclass(slots=True)
class _Phrases:
    """Words and phrases, found by the marks of a text: those that are their mark, and those that must be checked."""

    _sure: dict[Mark, Number] = field(default_factory=dict)
    _unsure: dict[Mark, dict[Number, Needle]] = field(default_factory=dict)
    _marks: set[Mark] = field(default_factory=set)  # of both: two sets meet without hashing a pair again

    def add(self, number: Number, needle: Needle) -> None:
        for mark in needle.marks():
            self._marks.add(mark)
            if needle.is_its_mark:
                self._sure[mark] = number
            else:
                self._unsure.setdefault(mark, {})[number] = needle

    def remove(self, number: Number, needle: Needle) -> None:
        for mark in needle.marks():
            if needle.is_its_mark:
                del self._sure[mark]
            else:
                del self._unsure[mark][number]
                if not self._unsure[mark]:
                    del self._unsure[mark]
            if mark not in self._sure and mark not in self._unsure:
                self._marks.remove(mark)

    def add_held_by(self, words: Words, found: set[Number]) -> None:
        """Add the numbers of those that this text holds."""
        if not self._marks:
            return
        for mark in frozenset().union(*(marks & self._marks for marks in words.marks())):
            if (number := self._sure.get(mark)) is not None:
                found.add(number)
            if mark in self._unsure:
                found.update(n for n, needle in self._unsure[mark].items() if words.hold(needle))


@dataclass(slots=True)
class Atoms:
    """Every atom that some filter asks, each once."""

    _numbers: dict[Atom, Number] = field(default_factory=dict)
    _atoms: dict[Number, Atom] = field(default_factory=dict)
    _uses: dict[Number, int] = field(default_factory=dict)
    _next: Number = 0
    # Where to look an atom up: by a word or pair of the opening, by a sign of it; the others are asked each.
    _phrases: dict[TextField, _Phrases] = field(
        default_factory=lambda: {"": _Phrases(), "company": _Phrases(), "board": _Phrases()}
    )
    _signs: dict[Sign, Number] = field(default_factory=dict)
    _asked: dict[str, dict[Number, Asked | Not]] = field(
        default_factory=lambda: {"place": {}, "pay": {}, "age": {}}
    )

    def demand(self, alternative: Alternative) -> Demand:
        """The alternative's numbers; they are kept until `forget`."""
        needed: dict[Atom, None] = {}
        barred: dict[Atom, None] = {}
        for literal in alternative:
            _divide(literal, needed, barred)
        return Demand(tuple(map(self._number, needed)), tuple(map(self._number, barred)))

    def forget(self, *numbers: Number) -> None:
        """One alternative asks these no more; unknown numbers are passed over."""
        for number in numbers:
            if number in self._uses:
                self._uses[number] -= 1
                if not self._uses[number]:
                    self._remove(number)

    def rarest_first(self, numbers: tuple[Number, ...]) -> list[Number]:
        """Those first that bring the fewest alternatives to be tried: asked by few, answered by few openings."""
        return sorted(numbers, key=self._load)

    def true_of(self, document: Document) -> set[Number]:
        """The numbers of all atoms that this opening answers with TRUE."""
        found = {self._signs[sign] for sign in document.signs & self._signs.keys()}
        for name, asked in self._asked.items():
            if ("unknown", name) not in document.signs:
                found.update(n for n, question in asked.items() if question.truth(document) is Truth.TRUE)
        self._phrases[""].add_held_by(document.anywhere, found)
        self._phrases["company"].add_held_by(document.in_company, found)
        self._phrases["board"].add_held_by(document.in_board, found)
        return found

    def _load(self, number: Number) -> int:
        atom = self._atoms[number]
        often = _OFTEN.get(atom[0], _OFTEN_ELSE) if isinstance(atom, tuple) else _OFTEN_ELSE
        return self._uses[number] * often

    def _number(self, atom: Atom) -> Number:
        number = self._numbers.get(atom)
        if number is None:
            number = self._numbers[atom] = self._next
            self._next += 1
            self._atoms[number] = atom
            self._uses[number] = 0
            self._add(number, atom)
        self._uses[number] += 1
        return number

    def _add(self, number: Number, atom: Atom) -> None:
        match atom:
            case (name, Needle() as needle):
                self._phrases[name].add(number, needle)
            case (str(), str()):
                self._signs[atom] = number
            case _:
                self._asked[_subject(atom)][number] = atom

    def _remove(self, number: Number) -> None:
        atom = self._atoms.pop(number)
        del self._uses[number], self._numbers[atom]
        match atom:
            case (name, Needle() as needle):
                self._phrases[name].remove(number, needle)
            case (str(), str()):
                del self._signs[atom]
            case _:
                del self._asked[_subject(atom)][number]


def _subject(asked: Asked | Not) -> str:
    """What must be known for any answer but UNKNOWN."""
    match asked:
        case Where():
            return "place"
        case PayBound():
            return "pay"
        case Not(Where() | PayBound() | AgeBound() as part):
            return _subject(part)
        case _:
            return "age"


def _divide(literal: Literal, needed: dict[Atom, None], barred: dict[Atom, None]) -> None:
    """What a literal needs and bars. Denied it holds where its leaf is FALSE, which is not where it isn't TRUE."""
    leaf, denied = literal.leaf, literal.denied
    match leaf:
        case Where() | PayBound() | AgeBound():
            needed[Not(leaf) if denied else leaf] = None
            return
        case Term():
            atom: Atom = (leaf.field, leaf.needle)
            field_name: str = leaf.field
        case Has():
            atom, field_name = leaf.sign, leaf.field
        case Unstated():
            atom, field_name = leaf.sign, ""
    (barred if denied else needed)[atom] = None
    if denied and field_name:
        needed["known", field_name] = None
