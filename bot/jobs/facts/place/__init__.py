"""Who may apply, by where they are: read out of board's field, title and text, each claim with its words."""

from __future__ import annotations

from bot.jobs.facts import roles
from bot.jobs.facts.place import phrases, where, zones
from bot.jobs.facts.place.decide import Gathered, decide
from bot.jobs.facts.values import Evidence, Place, Posting, RemoteType


def read(posting: Posting, remote_type: RemoteType) -> Place:
    """The place of one posting. A known scope has evidence, and each country comes from one of its quotes."""
    text = where.masked(posting.text, posting.company)
    title = where.masked(posting.title, posting.company)
    line = roles.first_line(text)
    if posting.board == roles.HN and line.count("|") >= 2:
        head, begin, imported = [*where.cells(posting, line)], line.rindex("|"), False
        title = "" if title in line else title
    else:
        head, begin, imported = where.head(posting, text)
    told = [*phrases.read(posting, " " * begin + text[begin:], "text")]
    overlap = zones.overlap(text)
    return decide(
        Gathered(
            text=told,
            title=[*where.title(posting, title)],
            head=head,
            board=[*where.field(posting, "place"), *where.field(posting, "fields.country")],
            board_words=posting.place_claim,
            imported=imported,
            at_a_desk=remote_type == "onsite",
            overlap=overlap
            and (overlap[0], Evidence.of(posting, "text", *phrases.sentence(text, *overlap[1:]), "overlap")),
        )
    )


def read_claim(text: str) -> Place:
    """What a place text alone says, with no posting around it."""
    return decide(Gathered(board=[*where.field(Posting(title="", place_claim=text), "place")]))
