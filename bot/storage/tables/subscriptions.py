"""Who hears what and when: subscriptions of channels and members, and what waits for their next digest."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

_ID = BigInteger().with_variant(Integer, "sqlite")

subscription = Table(
    "subscription",
    metadata,
    Column("id", _ID, primary_key=True),
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
    Column("target", Text, nullable=False, server_default="text"),  # member | text | news | thread | forum
    Column("follows", Text, nullable=False, server_default="filter"),  # filter | profile | channel
    Column("follows_channel_id", BigInteger),  # whose filters count, where it follows a channel
    Column("preset", Text, nullable=False, server_default="normal"),  # calm | normal | all
    Column("rhythm", Text, nullable=False, server_default="now"),  # now | daily | weekly
    Column("weekday", Integer, nullable=False, server_default="0"),  # of a weekly one, 0 is Monday
    Column("at_minute", Integer, nullable=False, server_default="540"),  # of a digest, after local midnight
    Column("zone", Text),  # IANA; none: the member's own, a channel's: UTC
    Column("silent", Boolean, nullable=False, server_default="1"),
    Column("publish", Boolean, nullable=False, server_default="0"),  # in an announcement channel
    Column("role_id", BigInteger),  # mentioned …
    Column(
        "role_filter", Text, nullable=False, server_default=text("''")
    ),  # … for what passes this as well …
    Column("role_cap", Integer, nullable=False, server_default="3"),  # … so often a day at most
    Column("fallback_tag", Text, nullable=False, server_default=text("''")),  # of a forum that requires one
    Column("next_due_at", Instant, index=True),  # of the next digest
    Column("said_at", Instant),  # up to when it was told all there was
    Column("tested_at", Instant),  # the test message of a member's alert arrived
    Index("ix_subscription_guild_id_state", "guild_id", "state"),
    sqlite_autoincrement=True,  # an id is never given twice
)

# What passed a filter and is told with the next digest, or waits in /jobs alerts.
waiting = Table(
    "waiting",
    metadata,
    Column("subscription_id", _ID, ForeignKey("subscription.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "opening_id",
        BigInteger,
        ForeignKey("opening.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("guild_id", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    Column("why", Text, nullable=False, index=True),  # rhythm | cap | company | paused | dm_closed
)
