"""Meetings of two: how a server draws, who wants one, the draws, who meets whom, and what they say of it."""

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
meet_setting = Table(
    "meet_setting",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger),  # in which threads open; none: meetings are off
    Column("zone", Text, nullable=False),  # IANA
    Column("day", Integer, nullable=False),  # 0 Monday … 6 Sunday
    Column("minute", Integer, nullable=False),  # after local midnight
    Column("next_draw_at", Instant, index=True),
    Column("blocked_at", Instant),  # moderators were told that no thread can be opened there
    Column("changed_by", BigInteger),
    Column("changed_at", Instant, nullable=False),
)

# Who wants meetings of one kind. Weeks are the date of their Monday.
meet_joined = Table(
    "meet_joined",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),  # coffee | interview | partner | mentor
    Column("joined_at", Instant, nullable=False),
    Column("role", Text, nullable=False),  # "" | mentor | mentee
    Column("topics", Text, nullable=False),  # a line each
    Column("most", Integer, nullable=False),  # mentees that a mentor takes
    Column("skip_week", Text),
    Column("paused_until", Text),
    Column("alone_week", Text),  # the last one in which there was nobody for them
    Column("left_at", Instant),
)

# One draw of one kind: what was asked and what came of it, kept before anybody is told.
meet_draw = Table(
    "meet_draw",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("week", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("state", Text, nullable=False),  # asked | drawn | told
    Column("tries", Integer, nullable=False),  # how often it was begun
    Column("given", Text, nullable=False),  # JSON
    Column("result", Text, nullable=False),  # JSON
    Column("asked_at", Instant, nullable=False),
    Column("next_at", Instant, index=True),  # when it goes on; none: everybody is told
    UniqueConstraint("guild_id", "kind", "week"),
    sqlite_autoincrement=True,
)

# Two who were drawn together, or three, with the private thread in which they find each other.
meet_match = Table(
    "meet_match",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("week", Text, nullable=False),
    Column("weeks", Integer, nullable=False),  # how many it lasts
    Column("about", Text, nullable=False),  # id of a topic or of a question set
    Column("state", Text, nullable=False),  # drawn | met | missed | lapsed | ended
    Column("asked", Integer, nullable=False),  # how often "did you meet?" was asked
    Column("drawn_at", Instant, nullable=False),
    Column("next_at", Instant, index=True),  # when they are asked next, or it is over
    Column("thread_at", Instant, index=True),  # when something is to be done with its thread
    Column("thread_id", BigInteger),
    Column("tried_at", Instant),  # when opening the thread was tried first
    Column("parted", Boolean, nullable=False),  # its thread is emptied and closed
    Index("ix_meet_match_guild_id_week", "guild_id", "week"),
    sqlite_autoincrement=True,
)

meet_member = Table(
    "meet_member",
    metadata,
    Column(
        "match_id",
        _ID,
        ForeignKey("meet_match.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("place", Integer, nullable=False),  # a mentor stands first
    Column("reasons", Text, nullable=False),  # JSON: why the other one, as this one may read it
    Column("let_in_at", Instant),
    Column("let_out_at", Instant),
    Index("ix_meet_member_guild_id_user_id", "guild_id", "user_id"),
)

# Did they meet, in that week of it? One sees only what they said themselves.
meet_answer = Table(
    "meet_answer",
    metadata,
    Column(
        "match_id",
        _ID,
        ForeignKey("meet_match.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("met", Boolean, nullable=False),
    Column("said_at", Instant, nullable=False),
)

# Six yes or no of one member, for their eyes alone.
meet_debrief = Table(
    "meet_debrief",
    metadata,
    Column(
        "match_id",
        _ID,
        ForeignKey("meet_match.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("answers", Text, nullable=False),  # JSON: id of a check → yes or no
    Column("changed_at", Instant, nullable=False),
)
