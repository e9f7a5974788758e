"""Members of a server: what they told us, whom they must not meet, what they reported. Nothing spans two servers."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

_ID = BigInteger().with_variant(Integer, "sqlite")

# One person in one server. Lists are kept a line each.
member = Table(
    "member",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("joined_at", Instant),  # the server, as Discord told with the last press
    Column("met_at", Instant, nullable=False),  # the first press here
    Column("seen_at", Instant, nullable=False),  # the last one
    Column("checked_at", Instant),  # when Discord was last asked whether they are still there
    Column("left_at", Instant, index=True),
    Column("started_at", Instant),  # /start was gone through
    Column("safety_at", Instant),  # the last press with which they looked after safety here
    Column("wishes", Text, nullable=False),
    Column("private", Boolean, nullable=False),  # searches in private: on from the first minute
    Column("opened", Text, nullable=False),  # what they opened all the same; nothing opens another
    Column("zone", Text),  # IANA
    Column("quiet_from", Integer, nullable=False),  # minutes after local midnight
    Column("quiet_until", Integer, nullable=False),
    Column("dm_since", Instant),  # consent to direct messages, by their own press
    Column("dm_closed_at", Instant),  # Discord refused one since
    Column("dm_told_at", Instant),  # they were told so, in private
    Column("locale", Text),  # chosen here; else Discord's own for this person
    Column("plain", Boolean, nullable=False),  # text instead of pictures
)

profile = Table(
    "profile",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("headline", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("skills", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("country", Text, nullable=False),  # ISO 3166-1 alpha-2, "" unknown
    Column("may_work", Text, nullable=False),  # countries, a line each
    Column("pay_floor", Integer),  # a year, in pay_currency
    Column("pay_currency", Text, nullable=False),
    Column("links", Text, nullable=False),
    Column("open_to", Text, nullable=False),
    Column("done", Text, nullable=False),  # of the checklist
    Column("shown", Text, nullable=False),  # "field=server", a line each; absent: only me
    Column("changed_at", Instant, nullable=False),
)

# Companies and members somebody must not meet here; their present employer is one of them.
guard = Table(
    "guard",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),  # employer | company | member
    Column("mark", Text, nullable=False),  # the company's comparable name, or the member's id
    Column("name", Text, nullable=False),  # as it was written
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("guild_id", "user_id", "kind", "mark"),
    Index("ix_guard_made_at", "made_at"),
    sqlite_autoincrement=True,
)

# The mark is a keyed hash, so that a block outlives the erasure of either side without naming anybody.
block = Table(
    "block",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger),  # both gone once one of the two is erased
    Column("blocked_id", BigInteger),
    Column("made_at", Instant, nullable=False),
    Index("ix_block_guild_id_user_id", "guild_id", "user_id"),
    Index("ix_block_made_at", "made_at"),
)

pen_name = Table(
    "pen_name",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("circle", Text, primary_key=True),  # the group it is used in
    Column("folded", Text, primary_key=True),  # how it is compared
    Column("user_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("guild_id", "circle", "user_id"),
)

introduction = Table(
    "introduction",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("asker_id", BigInteger, nullable=False),
    Column("asked_id", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("state", Text, nullable=False),  # asked | accepted | declined | lapsed | withdrawn
    Column("asked_at", Instant, nullable=False),
    Column("lapses_at", Instant, nullable=False),  # the asker learns the same then, whatever happened
    Column("settled_at", Instant),
    Index("ix_introduction_state_lapses_at", "state", "lapses_at"),
    Index("ix_introduction_guild_id_asker_id", "guild_id", "asker_id"),
    sqlite_autoincrement=True,
)

case_file = Table(
    "case_file",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),  # drawn: it counts nothing, see bot.people.cases
    Column("by_id", BigInteger),
    Column("about_id", BigInteger),
    Column("words", Text, nullable=False),
    Column("channel_id", BigInteger),  # of the message it is about
    Column("message_id", BigInteger),
    Column("quote", Text, nullable=False),
    Column("readers", Text, nullable=False),  # safety | owner | second: who may see it
    Column("state", Text, nullable=False),  # open | claimed | closed
    Column("claimed_by", BigInteger),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("guild_id", "number"),
    sqlite_autoincrement=True,
)

case_entry = Table(
    "case_entry",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("case_id", _ID, ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("by_id", BigInteger),
    Column("kind", Text, nullable=False),  # note | claimed | closed | reopened | pen_name_resolved
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

# Every look into a member's record by somebody else; the member can read it.
look = Table(
    "look",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("by_id", BigInteger),  # gone once they are erased
    Column("what", Text, nullable=False),
    Column("case_number", Integer),
    Column("at", Instant, nullable=False),
    Index("ix_look_guild_id_member_id", "guild_id", "member_id"),
    sqlite_autoincrement=True,
)

# What a server's moderators added to resources.yaml.
resource = Table(
    "resource",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("need", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("added_by", BigInteger),
    Column("added_at", Instant, nullable=False),
    UniqueConstraint("guild_id", "url"),
    sqlite_autoincrement=True,
)

# Who asked to be forgotten, as keyed hashes; kept so that an older backup can't bring them back.
erased = Table(
    "erased",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)
