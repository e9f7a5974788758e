"""Every column that reviews keep; a part of `bot.people.kept`.

What becomes of a row when somebody is erased is done by `bot.reviews.flow.erasing`, which is called before: it ends
what goes on and takes documents out of Discord. The claims here say the same, and find whatever it left.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.people.privacy import Age, Claim, Kept, Row
from bot.reviews.values import EARLY

_GUILD = {"guild_id": "which server"}
_WHO = {**_GUILD, "user_id": "which member"}
_ID = {"id": "our number of the row"}
_NO_WORDS: Mapping[str, object] = {"target": "", "asks": "", "link": "", "text": "", "sha256": ""}
_NO_PAPERS: Mapping[str, object] = {"given": "", "result": ""}
_WITH_THE_FILE = "goes with the document"
_PAPERS = "goes 30 days after it was published"

YEARS = 730  # days: as check-ins; what was read counts in the draw for 180 of them, who met whom for 90

_PROGRESS: Mapping[str, str] = {
    "proposed": "asked",
    "accepted": "reading",
    "submitted": "here",
    "rated": "here",
}


def author_knows(row: Row) -> bool:
    """An author hears of who is asked, reads or has sent a review; whoever does not is just not there."""
    return row["state"] in _PROGRESS


def reading_as_author_knows_it(row: Row, now: datetime) -> Row:
    """In the words of `/review status`. now: doesn't matter."""
    return {**row, "state": _PROGRESS[row["state"]]}


def reading_as_reader_knows_it(row: Row, now: datetime) -> Row:
    """Every early end that they did not bring about by a press is the same one. now: doesn't matter."""
    return row if row["state"] == "declined" or row["state"] not in EARLY else {**row, "state": "ended"}


def was_sent(row: Row) -> bool:
    """A sheet is its reader's alone till then."""
    return row["sent_at"] is not None


REVIEWS: tuple[Kept, ...] = (
    Kept(
        "review_rating",
        "of the two members",
        {
            "reading_id": "which review",
            **_GUILD,
            "author_id": "who rates it",
            "helpful": "thanks to its reader, and who fits in the next draw",
            "specific": "thanks to its reader",
            "respectful": "thanks to its reader",
            "rated_at": "when it was rated",
        },
        # Its reader sees it when both are done (bot.reviews.ratings), never before: an export can't tell that.
        claims=(Claim("author_id", shown=("helpful", "specific", "respectful", "rated_at")),),
        parent=("reading_id", "review_reading"),
    ),
    Kept(
        "review_sheet",
        "of the two members",
        {
            "reading_id": "which review",
            "revision": "of which version",
            **_GUILD,
            "reader_id": "who wrote it",
            "sheet": "the answers, quotes and rewrites",
            "saved_at": "when it was saved",
            "sent_at": "when it was sent",
        },
        claims=(
            # It quotes the document: it goes with its author, and stays without a name when its reader goes.
            Claim("author_id", of_parent=True, shown=("revision", "sheet", "sent_at"), known=was_sent),
            Claim("reader_id", becomes={"reader_id": 0}, shown=("revision", "sheet", "saved_at", "sent_at")),
        ),
        parent=("reading_id", "review_reading"),
        json=frozenset({"sheet"}),
    ),
    Kept(
        "review_credit",
        "the member's",
        {
            **_ID,
            **_WHO,
            "amount": "how much was given or received",
            "why": "what for",
            "reading_id": "that one review counts once",
            "at": "when it was given or received",
        },
        claims=(Claim("user_id", shown=("amount", "why", "at")),),
    ),
    Kept(
        "review_reading",
        "of the two members",
        {
            **_ID,
            **_GUILD,
            "round_id": "in which draw they were brought together",
            "request_id": "what is read",
            "author_id": "whose it is",
            "reader_id": "who reads it",
            "state": "what became of it",
            "score": "how well the two fit",
            "reasons": "why these two, in words for both",
            "proposed_at": "that the same two don't meet again at once",
            "clarity": "that a newcomer reads it for clarity only",
            "accept_by": "until when it can be accepted",
            "accepted_at": "when it was accepted",
            "due_at": "until when it is promised, on the reader's clock",
            "remind_at": "when the reader is reminded",
            "reminded": "that nobody is reminded twice",
            "next_at": "when it goes on",
            "submitted_at": "when the review came",
            "ended_at": "when it ended early",
            "thread_id": "the reader's own thread, if the two don't see each other",
            "tried_at": "that no second thread is opened",
            "message_id": "which message holds the pages",
            "let_in_at": "that Discord let the reader into the thread",
            "let_out_at": "that Discord took the reader out of the thread",
        },
        claims=(
            Claim(
                "author_id",
                becomes={"author_id": 0, "reasons": "[]"},
                shown=("state", "submitted_at"),
                told=reading_as_author_knows_it,
                known=author_knows,
            ),
            # In truth its own number below zero, since no two readers of one request may be the same.
            Claim(
                "reader_id",
                becomes={"reader_id": 0, "reasons": "[]"},
                shown=("state", "clarity", "proposed_at", "accepted_at", "due_at", "submitted_at"),
                told=reading_as_reader_knows_it,
            ),
        ),
        parent=("request_id", "review_request"),
        beside=("kind",),
        json=frozenset({"reasons"}),
    ),
    Kept(
        "review_request",
        "the member's",
        {
            **_ID,
            **_GUILD,
            "author_id": "whose it is",
            "kind": "what is to be read",
            "mode": "whether author and readers see each other",
            "when": "whether it waits for the next round",
            "needs": "how many readers it wants",
            "language": "who can read it",
            "state": "what became of it",
            "made_at": "when it was handed in",
            "target": f"the posting it is for; {_WITH_THE_FILE}",
            "asks": f"what readers should look at; {_WITH_THE_FILE}",
            "link": f"where it is to be read; {_WITH_THE_FILE}",
            "text": f"what was pasted; {_WITH_THE_FILE}",
            "revision": "which version it is",
            "pages": "how long it is",
            "sha256": "to know the same file again",
            "waiting_since": "who waits longest",
            "first": "that its author waits first, since a reader did not deliver",
            "thread_id": "in which thread the document stands",
            "message_id": "which message holds the document",
            "tried_at": "that no second thread is opened",
            "delivered_at": "when its last review came",
            "expires_at": "when the document goes by itself",
            "gone_at": "that the document is deleted",
        },
        claims=(
            Claim(
                "author_id",
                # The row stays: where the document stood is needed until it is deleted there.
                becomes={"author_id": 0, "state": "withdrawn", **_NO_WORDS},
                shown=(
                    *("kind", "mode", "when", "needs", "language", "state", "made_at", "target", "asks"),
                    *("link", "text", "revision", "pages", "sha256", "waiting_since", "thread_id"),
                    *("delivered_at", "expires_at", "gone_at"),
                ),
            ),
        ),
        ages=(Age("made_at", YEARS, "it was handed in"),),
    ),
    Kept(
        "review_reader",
        "the member's",
        {
            **_WHO,
            "capacity": "how many documents they read at a time",
            "kinds": "what they read",
            "languages": "what they can read",
            "joined_at": "since when they read for others",
            "sample_at": "that they have read the sample with us",
            "paused_until": "until when they read nothing",
            "left_at": "that they read no more",
        },
        claims=(Claim("user_id"),),
        lines=frozenset({"kinds", "languages"}),
    ),
    Kept(
        "review_veto",
        "the server's",
        {
            "round_id": "which draw",
            "author_id": "whom moderators did not bring together",
            "reader_id": "with whom",
            **_GUILD,
            "made_by": "who decided",
            "made_at": "when it was decided",
        },
        # As a block: whom it is about doesn't learn of it.
        claims=(
            Claim("author_id", shown=()),
            Claim("reader_id", shown=()),
            Claim("made_by", becomes={"made_by": None}, shown=("made_at",)),
        ),
        parent=("round_id", "review_round"),
    ),
    Kept(
        "review_round",
        "the server's",
        {
            **_ID,
            **_GUILD,
            "drawn": "weekly, by hand or by the hour",
            "state": "how far it is",
            "seed": "that the same draw comes out the same",
            "opened_at": "when it began",
            "opened_by": "who opened it",
            "given": f"who asked, who reads and who must not meet; {_PAPERS}",
            "result": f"who was brought together; {_PAPERS}",
            "locked_at": "when it was drawn",
            "publish_at": "when it goes on by itself",
            "published_at": "which draws are the last ones",
            "closed_at": "when it was over",
        },
        claims=(
            Claim("opened_by", becomes={"opened_by": None}, shown=("drawn", "opened_at")),
            # Who must not meet stands in them: as blocks, they are shown to nobody.
            Claim("given", "inside", becomes=_NO_PAPERS, shown=()),
            Claim("result", "inside", becomes=_NO_PAPERS, shown=()),
        ),
        ages=(Age("opened_at", YEARS, "it began"),),
        json=frozenset({"given", "result"}),
    ),
    Kept(
        "review_setting",
        "the server's",
        {
            **_GUILD,
            "channel_id": "in which channel threads are opened",
            "zone": "its local time",
            "weekly": "whether there is a draw each week",
            "day": "when it is drawn",
            "minute": "when it is drawn",
            "preview_h": "how long moderators may look before it is published",
            "patience_h": "how long only very good pairs count",
            "least": "how good such a pair must be",
            "keep_days": "when documents go after their last review",
            "next_round_at": "when the next draw is due",
            "next_tick_at": "when it is looked for readers next",
            "changed_by": "who changed it last",
            "changed_at": "when it was changed last",
        },
        claims=(Claim("changed_by", becomes={"changed_by": None}, shown=("changed_at",)),),
    ),
)
