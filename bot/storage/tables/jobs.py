"""Feeds and what we know of them, openings with their facts, sightings and aliases, storms."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

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
    Column("expires_at", Instant, index=True),
    Column("storm_id", BigInteger, index=True),  # held by this storm
    Column(
        "facts_json", Text, nullable=False, server_default=text("''")
    ),  # bot.jobs.facts.encode; "": never read
    Column(
        "opening_key", Text, nullable=False, server_default=text("''"), index=True
    ),  # the same on every board
    Column(
        "variant_key", Text, nullable=False, server_default=text("''"), index=True
    ),  # one opening in many places
    Column("folded_into", BigInteger, index=True),  # the opening in whose message this one is told
    Column("silent", Text),  # why it was never told: first_reading | old | on_site | no_job | many
    Column("closed_at", Instant, index=True),
    Column("closed_why", Text),  # expired | gone
    Column("reposts", Integer, nullable=False, server_default="0"),  # how often it came back
    Column("reposted_at", Instant),
    Column("changed_at", Instant),  # its facts are others than when it was first seen
)

# Where an opening was seen: a row for each feed. A feed that holds every open job closes it by leaving it out.
sighting = Table(
    "sighting",
    metadata,
    Column("opening_id", BigInteger, ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True),
    Column("feed_id", Text, primary_key=True),
    Column("board", Text, nullable=False),
    Column("attribution", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("missed", Integer, nullable=False, server_default="0"),  # good readings of a full list without it
    Index("ix_sighting_feed_id_last_seen_at", "feed_id", "last_seen_at"),
)

# Feeds that moderators added beside the feed book, and which servers hear them.
added_feed = Table(
    "added_feed",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("parser", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
)

feed_listener = Table(
    "feed_listener",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("feed_id", Text, ForeignKey("added_feed.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("paused", Boolean, nullable=False, server_default="0"),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", Instant, nullable=False),
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
