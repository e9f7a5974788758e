"""What members do with openings: their own list, what they hide, what they doubt, share and ask about."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

_ID = BigInteger().with_variant(Integer, "sqlite")

# My list. The posting's facts stay as they were when it was saved, since boards delete them.
saved = Table(
    "saved",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("opening_id", BigInteger, index=True),  # none: written by hand, or forgotten since
    Column("title", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("board", Text, nullable=False),
    Column("place_claim", Text, nullable=False),
    Column("pay_claim", Text, nullable=False),
    Column("facts_json", Text, nullable=False),
    Column("stage", Text, nullable=False),  # saved | applied | interview | offer | hired | closed
    Column("note", Text, nullable=False),
    Column("next_step", Text, nullable=False),
    Column("next_on", Text),  # the local day, ISO 8601
    Column("saved_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),  # by its owner
    Column("stage_at", Instant, nullable=False),
    Column("gone_at", Instant),  # the opening was closed
    Column("other_at", Instant),  # its facts changed
    Column("told", Text, nullable=False),  # hired: nowhere | pod | server; "" not asked yet
    UniqueConstraint("guild_id", "user_id", "url"),
    Index("ix_saved_guild_id_user_id_stage", "guild_id", "user_id", "stage"),
    sqlite_autoincrement=True,
)

# Every stage that one of them went through: the numbers of a week come from here.
saved_step = Table(
    "saved_step",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("saved_id", _ID, ForeignKey("saved.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("stage", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_saved_step_guild_id_user_id_at", "guild_id", "user_id", "at"),
    sqlite_autoincrement=True,
)

# Not for me: an opening, or a whole company.
hidden = Table(
    "hidden",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),  # opening | company
    Column("mark", Text, primary_key=True),  # its id, or the company's comparable name
    Column("name", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

# "Wrong facts" and "Looks like a scam": a moderator looks.
doubt = Table(
    "doubt",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("opening_id", BigInteger, nullable=False, index=True),
    Column("user_id", BigInteger),
    Column("kind", Text, nullable=False),  # wrong | scam
    Column("fact", Text, nullable=False),  # place | pay | level | employment | skills | warning; "" of a scam
    Column("words", Text, nullable=False),
    Column("state", Text, nullable=False),  # open | agreed | dismissed
    Column("made_at", Instant, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", Instant),
    UniqueConstraint("guild_id", "opening_id", "user_id", "kind", "fact"),
    sqlite_autoincrement=True,
)

# A moderator agreed: this fact of this opening is not shown in this server, or the opening itself.
withdrawn = Table(
    "withdrawn",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("opening_id", BigInteger, ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True),
    Column("fact", Text, primary_key=True),  # as in doubt; "scam": the whole opening
    Column("by_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
)

# Companies whose openings a server doesn't show.
unwanted = Table(
    "unwanted",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mark", Text, primary_key=True),  # the company's comparable name
    Column("name", Text, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", Instant, nullable=False),
)

# A find that a member offers to the server; a moderator looks first.
share = Table(
    "share",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("opening_id", BigInteger),
    Column("state", Text, nullable=False),  # waiting | posted | declined
    Column("channel_id", BigInteger),
    Column("made_at", Instant, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", Instant),
    Index("ix_share_guild_id_state", "guild_id", "state"),
    sqlite_autoincrement=True,
)

# "Who knows this company?": willing people are asked one at a time, by an introduction each.
inquiry = Table(
    "inquiry",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("mark", Text, nullable=False),  # the company's comparable name
    Column("company", Text, nullable=False),
    Column("asked", Text, nullable=False),  # ids of those asked so far, a line each
    Column("introduction_id", BigInteger),
    Column("state", Text, nullable=False),  # asking | found | ended
    Column("made_at", Instant, nullable=False),
    Column("next_at", Instant),  # when the next one is asked
    Index("ix_inquiry_state_next_at", "state", "next_at"),
    UniqueConstraint("guild_id", "user_id", "mark"),
    sqlite_autoincrement=True,
)
