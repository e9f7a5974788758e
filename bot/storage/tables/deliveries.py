"""The outbox: what the bot has promised to say, to which channel, by when."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

# Keys are asked for by how they begin, which an index tells only where they are in the order of their bytes.
_BYTES = Text().with_variant(Text(collation="C"), "postgresql")

delivery = Table(
    "delivery",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # a hash of key and version
    Column("key", _BYTES, nullable=False),  # says why it exists: planning it twice is planning it once
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger, nullable=False),  # the member's id where it is for a member
    Column("member_id", BigInteger, index=True),  # a direct message to this member, not to a channel
    Column("subscription_id", BigInteger, index=True),  # whose promise it is, if a subscription's
    Column(
        "value", Text, nullable=False
    ),  # the finished value as JSON, a dataclass of the subject's messages.py
    Column("nonce", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),  # new | sending | retry | held | sent | dead | uncertain
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),  # of the first attempt that may have reached Discord
    Column("settled_at", Instant),  # sent, dead or uncertain since
    Column("message_id", BigInteger),
    Column("trouble", Text),
    Column("trouble_detail", Text),
    Column("minded_at", Instant),  # its subject has dealt with the trouble (paused, told a moderator)
    UniqueConstraint("key", "version"),
    Index("ix_delivery_state_due_at", "state", "due_at"),
)
