"""Peer review: how a server does it, what is to be read, who reads, rounds, readings, what was said, the ledger."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

_ID = BigInteger().with_variant(Integer, "sqlite")

# One server's way. Local times are a rule of its zone.
review_setting = Table(
    "review_setting",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger),  # in which threads open; none: reviews are off
    Column("zone", Text, nullable=False),  # IANA
    Column("weekly", Boolean, nullable=False),  # a round each week
    Column("day", Integer, nullable=False),  # 0 Monday … 6 Sunday
    Column("minute", Integer, nullable=False),  # after local midnight
    Column("preview_h", Integer, nullable=False),  # hours for moderators to look before it publishes itself
    Column("patience_h", Integer, nullable=False),  # so long only pairs from `least` on, between rounds
    Column("least", Integer, nullable=False),  # score, 0 to 1000
    Column("keep_days", Integer, nullable=False),  # a document goes so long after its last review came
    Column("next_round_at", Instant, index=True),
    Column("next_tick_at", Instant, index=True),
    Column("changed_by", BigInteger),
    Column("changed_at", Instant, nullable=False),
)

# Something to be read. The file itself stands in a private thread in Discord and nowhere else.
review_request = Table(
    "review_request",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),  # resume | profile | letter | answer | pitch | portfolio
    Column("mode", Text, nullable=False),  # open | blind
    Column("when", Text, nullable=False),  # soon | round
    Column("needs", Integer, nullable=False),  # readers
    Column("language", Text, nullable=False),  # BCP 47, of the document
    Column(
        "state", Text, nullable=False
    ),  # draft | waiting | in_review | delivered | closed | withdrawn | expired
    Column("made_at", Instant, nullable=False),
    Column("target", Text, nullable=False),  # the posting it is for
    Column("asks", Text, nullable=False),  # what readers should look at
    Column("link", Text, nullable=False),  # of a profile or portfolio
    Column("text", Text, nullable=False),  # pasted words
    Column("revision", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("sha256", Text, nullable=False),  # of the file, to know the same one again
    Column("waiting_since", Instant),
    Column("first", Instant),  # since when its author waits first of all
    Column("thread_id", BigInteger),
    Column("message_id", BigInteger),
    Column("tried_at", Instant),  # when opening the thread was tried first
    Column("delivered_at", Instant),
    Column("expires_at", Instant, index=True),
    Column("gone_at", Instant),  # the file's message was deleted and its thread closed
    Index("ix_review_request_guild_id_author_id", "guild_id", "author_id"),
    Index("ix_review_request_guild_id_state", "guild_id", "state"),
    sqlite_autoincrement=True,
)

review_reader = Table(
    "review_reader",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("capacity", Integer, nullable=False),  # documents at a time
    Column("kinds", Text, nullable=False),  # a line each
    Column("languages", Text, nullable=False),  # BCP 47, a line each
    Column("joined_at", Instant, nullable=False),
    Column("sample_at", Instant),  # they read the sample together with us
    Column("paused_until", Instant),
    Column("left_at", Instant),
)

# One draw: what the matcher was asked and what it answered, kept before anybody is told.
review_round = Table(
    "review_round",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("drawn", Text, nullable=False),  # weekly | hand | tick
    Column("state", Text, nullable=False),  # open | locked | previewed | published | closed | cancelled
    Column("seed", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("opened_by", BigInteger),
    Column("given", Text, nullable=False),  # JSON
    Column("result", Text, nullable=False),  # JSON
    Column("locked_at", Instant),
    Column("publish_at", Instant, index=True),
    Column("published_at", Instant),
    Column("closed_at", Instant),
    Index("ix_review_round_guild_id_state", "guild_id", "state"),
    sqlite_autoincrement=True,
)

# A pair that moderators took out of a round's preview.
review_veto = Table(
    "review_veto",
    metadata,
    Column(
        "round_id",
        _ID,
        ForeignKey("review_round.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("author_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reader_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("made_by", BigInteger),
    Column("made_at", Instant, nullable=False),
)

# One reader of one request, from the proposal on.
review_reading = Table(
    "review_reading",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("round_id", BigInteger, nullable=False),
    Column("request_id", _ID, ForeignKey("review_request.id", ondelete="CASCADE"), nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("reader_id", BigInteger, nullable=False),
    Column(
        "state", Text, nullable=False
    ),  # proposed | accepted | submitted | rated | declined | timed_out | expired | reassigned | ended
    Column("score", Integer, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON
    Column("proposed_at", Instant, nullable=False),
    Column("clarity", Boolean, nullable=False),  # a newcomer, for clarity only
    Column("accept_by", Instant),
    Column("accepted_at", Instant),
    Column("due_at", Instant),
    Column("remind_at", Instant),
    Column("reminded", Integer, nullable=False),
    Column("next_at", Instant, index=True),  # the first moment at which something is to be done
    Column("submitted_at", Instant),
    Column("ended_at", Instant),
    Column("thread_id", BigInteger),  # the reader's own, in a blind one
    Column("tried_at", Instant),
    Column("message_id", BigInteger),  # the pages in it
    Column("let_in_at", Instant),
    Column("let_out_at", Instant),
    UniqueConstraint("request_id", "reader_id"),
    Index("ix_review_reading_guild_id_reader_id", "guild_id", "reader_id"),
    Index("ix_review_reading_guild_id_author_id", "guild_id", "author_id"),
    sqlite_autoincrement=True,
)

# What a reader fills in, kept at each press. revision: of the document.
review_sheet = Table(
    "review_sheet",
    metadata,
    Column(
        "reading_id",
        _ID,
        ForeignKey("review_reading.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("reader_id", BigInteger, nullable=False),
    Column("sheet", Text, nullable=False),  # JSON, see bot.reviews.answers
    Column("saved_at", Instant, nullable=False),
    Column("sent_at", Instant),
)

review_rating = Table(
    "review_rating",
    metadata,
    Column(
        "reading_id",
        _ID,
        ForeignKey("review_reading.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("guild_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("specific", Boolean, nullable=False),
    Column("respectful", Boolean, nullable=False),
    Column("rated_at", Instant, nullable=False),
)

# What somebody gave and received. Lines are only ever added.
review_credit = Table(
    "review_credit",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("why", Text, nullable=False),  # given | received | kept | waived
    Column("reading_id", BigInteger),
    Column("at", Instant, nullable=False),
    UniqueConstraint("reading_id", "user_id"),
    Index("ix_review_credit_guild_id_user_id", "guild_id", "user_id"),
    sqlite_autoincrement=True,
)
