"""Feeds and what we know of them, openings and their aliases, storms, subscriptions."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

# A feed's own state; what it is called and where it lives stands in the feed book.
feed = Table(
    "feed",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),  # a changed address forgets the validators
    Column("next_read_at", Instant, nullable=False, index=True),
    Column("first_read_at", Instant),
    Column("last_read_at", Instant),
    Column("last_good_at", Instant),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", Text),
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row
    Column("trouble", Text),
    Column("trouble_detail", Text),
    Column("trouble_since", Instant),
    Column("last_changed_at", Instant),  # when it last gave a body that was not what we had
    Column("last_new_at", Instant),  # when it last brought something new
    Column("usual_new_pct", Integer, nullable=False, server_default="0"),  # of a reading, 0 to 100
)

opening = Table(
    "opening",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("feed_id", Text, nullable=False),  # where it was seen first
    Column("board", Text, nullable=False),
    Column("attribution", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("place_claim", Text, nullable=False),
    Column("pay_claim", Text, nullable=False),
    Column("tags", Text, nullable=False),  # a line each
    Column("text", Text, nullable=False),
    Column("published_at", Instant),
    Column("first_seen_at", Instant, nullable=False),
    Column(
        "dated_at", Instant, nullable=False, index=True
    ),  # published, or first seen where no date is given
    Column("last_seen_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("storm_id", BigInteger, index=True),  # held by this storm
)

# Every mark an opening has ever been known by; a changed GUID heals itself (research/rss.md 5.2).
alias = Table(
    "alias",
    metadata,
    Column("hash", Text, primary_key=True),  # of kind, id space and value
    Column("kind", Text, nullable=False),  # guid | link | words (company + title + place)
    Column(
        "opening_id", BigInteger, ForeignKey("opening.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("seen_at", Instant, nullable=False),
)

storm = Table(
    "storm",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("feed_id", Text, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("held", Integer, nullable=False),
    Column("of", Integer, nullable=False),
)

storm_decision = Table(
    "storm_decision",
    metadata,
    Column("storm_id", BigInteger, ForeignKey("storm.id", ondelete="CASCADE"), primary_key=True),
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("approved", Boolean, nullable=False),
    Column("decided_by", BigInteger, nullable=False),
    Column("decided_at", Instant, nullable=False),
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger),  # a channel's subscription …
    Column("member_id", BigInteger),  # … or a member's own: exactly one is set
    Column("filter", Text, nullable=False),
    Column("state", Text, nullable=False),  # draft | active | paused | stopped
    Column("pause_reason", Text),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_by", BigInteger, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_subscription_guild_id_state", "guild_id", "state"),
    sqlite_autoincrement=True,  # an id is never given twice
)
