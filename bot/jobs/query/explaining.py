"""Why an opening passes or not, term by term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.jobs.query.document import Document, Truth
from bot.jobs.query.terms import Leaf, PayBound, Term
from bot.jobs.query.tree import Filter, Node, Not
from bot.jobs.query.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One term's part in an answer: how it reads, what it came to, in which fields it was found.

    quote: the posting's words that prove the fact, "" for a word; converted: the pay as it was compared, with ≈,
    "" when nothing was converted. Both hold what a board wrote: they still have to be escaped.
    """

    text: str
    truth: Truth
    found_in: tuple[str, ...]
    quote: str = ""
    converted: str = ""


def explain(filter: Filter, document: Document) -> list[Line]:
    """Why this opening passes or not: a line for each term, in the order they were written.

    A term under NOT reads "not …" and has the truth of the whole.
    """
    return [_line(term, denied, document) for term, denied in _terms(filter.root, denied=False)]


def _line(term: Leaf, denied: bool, document: Document) -> Line:
    truth = term.truth(document)
    text = Not(term).spoken() if denied else term.spoken()
    if isinstance(term, Term):
        return Line(text, ~truth if denied else truth, tuple(_found_in(term, document)))
    proof = term.proof(document)
    return Line(
        text,
        ~truth if denied else truth,
        tuple(dict.fromkeys(one.source for one in proof)),
        quote=proof[0].quote if proof else "",
        converted=term.converted(document) if isinstance(term, PayBound) else "",
    )


def _terms(node: Node, denied: bool) -> Iterator[tuple[Leaf, bool]]:
    if isinstance(node, Leaf):
        yield node, denied
    elif isinstance(node, Not):
        yield from _terms(node.part, not denied)
    else:
        for part in node.parts:
            yield from _terms(part, denied)


def _found_in(term: Term, document: Document) -> Iterator[str]:
    texts: dict[str, tuple[str, ...]] = {
        "title": (document.title,),
        "company": (document.company,),
        "tags": document.tags,
        "text": (document.text,),
    }
    if term.field == "board":
        texts = {"board": (document.board,)}
    elif term.field == "company":
        texts = {"company": (document.company,)}
    for name, in_field in texts.items():
        if Words.of(*in_field).hold(term.needle):
            yield name
