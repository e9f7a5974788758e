"""Weekly check-ins: groups, who is in them, their weeks, what was said, thanks, pods, and when the bot was away."""

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
    text,
)

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

_ID = BigInteger().with_variant(Integer, "sqlite")

# A week is written as the ISO date of its Monday.

# People who check in together. Its own times run by its zone; each member's by their own.
checkin_group = Table(
    "checkin_group",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),  # the name as it is compared
    Column("channel_id", BigInteger, nullable=False),
    Column("zone", Text, nullable=False),  # IANA
    Column("open_day", Integer, nullable=False),  # 0 Monday … 6 Sunday
    Column("open_minute", Integer, nullable=False),  # after local midnight
    Column("digest_minute", Integer, nullable=False),  # on Monday, by the group's zone
    Column("template", Text, nullable=False),  # of prompts.yaml
    Column("question", Text, nullable=False),  # the group's own; "" none
    Column("starters", Boolean, nullable=False),
    Column("pods", Boolean, nullable=False),
    Column("state", Text, nullable=False),  # active | paused | ended
    Column("season_week", Text, nullable=False),  # the first week of this season
    Column("season_asked_at", Instant),  # moderators were asked how it goes on
    Column("blocked_at", Instant),  # since when its channel can't be written to
    Column("changed_by", BigInteger),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("guild_id", "folded"),
    Index("ix_checkin_group_channel_id", "channel_id"),
    sqlite_autoincrement=True,
)

group_member = Table(
    "group_member",
    metadata,
    Column("group_id", _ID, ForeignKey("checkin_group.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("joined_at", Instant, nullable=False),  # the last time
    Column("left_at", Instant),
    Column("circle", Text, nullable=False),  # group | pod | me; "" not asked yet
    Column("wants_pod", Boolean, nullable=False),
    Column("remind_day", Integer),  # 0 Monday … 6 Sunday, on their own clock; none: no reminder
    Column("remind_minute", Integer, nullable=False),
    Column("drift", Boolean, nullable=False),  # may be written to after 2 and 6 silent weeks
    Column("drift_told", Integer, nullable=False),  # silent weeks that the last such message was about
    Index("ix_group_member_guild_id_user_id", "guild_id", "user_id"),
)

# Weeks that somebody takes off. No reason is kept but "ill", which may be said later than the others.
group_pause = Table(
    "group_pause",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("group_id", _ID, ForeignKey("checkin_group.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("first_week", Text, nullable=False),
    Column("last_week", Text, nullable=False),
    Column("ill", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_group_pause_group_id_user_id", "group_id", "user_id"),
    sqlite_autoincrement=True,
)

# Weeks that a whole group takes off.
holiday = Table(
    "holiday",
    metadata,
    Column("group_id", _ID, ForeignKey("checkin_group.id", ondelete="CASCADE"), primary_key=True),
    Column("week", Text, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("made_by", BigInteger),
    Column("made_at", Instant, nullable=False),
)

# One week of one group. The questions are those of the moment it opened.
cycle = Table(
    "cycle",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("group_id", _ID, ForeignKey("checkin_group.id", ondelete="CASCADE"), nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("week", Text, nullable=False),
    Column("state", Text, nullable=False),  # scheduled | open | digested | final | skipped
    Column("template", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("starter", Text, nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("digest_at", Instant, nullable=False),
    Column("final_at", Instant, nullable=False),  # with `extra_s`
    Column("extra_s", Integer, nullable=False),  # seconds by which outages made it longer
    Column("amnesty", Boolean, nullable=False),  # the bot was away too long
    Column("blocked_s", Integer, nullable=False),  # seconds for which its channel could not be written to
    Column("next_at", Instant, index=True),  # when it goes on by itself; none: it is over
    Column("place_id", BigInteger),  # where its cards go: its thread, else its channel; none: not known yet
    Column("reopened", Boolean, nullable=False),  # its opener was deleted and said again
    UniqueConstraint("group_id", "week"),
    sqlite_autoincrement=True,
)

# One week of one member: whether they were here, and what they said. Lists are JSON: [[text, done], …].
member_week = Table(
    "member_week",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("cycle_id", _ID, ForeignKey("cycle.id", ondelete="CASCADE"), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("week", Text, nullable=False),
    Column(
        "state", Text, nullable=False
    ),  # pending | on_time | late | excused | amnesty | frozen | missed | repaired
    Column("first", Boolean, nullable=False),  # their first week here: nothing can go wrong in it
    Column("due_at", Instant, nullable=False),
    Column("late_until", Instant, nullable=False),  # without what an outage adds
    Column("remind_at", Instant, index=True),  # none: no reminder, or it was said
    Column("submitted_at", Instant),
    Column("edited_at", Instant),
    Column("withdrawn_at", Instant),  # they took their words back; that they were here stays
    Column("hidden_at", Instant),  # a moderator hid the card
    Column("circle", Text, nullable=False),  # group | pod | me; "" nothing said
    Column("reviewed", Text, nullable=False),  # the goals that were planned for this week
    Column("learned", Text, nullable=False),
    Column("goals", Text, nullable=False),  # planned for the next week
    Column("if_then", Text, nullable=False),
    Column("going", Text, nullable=False),  # steady | stretched | stuck | ""; shown to nobody
    Column("answer", Text, nullable=False),  # to the group's own question
    Column("ideas", Text, nullable=False),  # what they ask the group for; "" nothing
    Column("win", Text, nullable=False),  # one line for the digest; "" none
    Column("card_place_id", BigInteger),  # where the card was promised to stand
    UniqueConstraint("cycle_id", "user_id"),
    Index("ix_member_week_guild_id_user_id", "guild_id", "user_id", "week"),
    Index("ix_member_week_group_id_week", "group_id", "week"),
    sqlite_autoincrement=True,
)

thank = Table(
    "thank",
    metadata,
    Column("week_id", _ID, ForeignKey("member_week.id", ondelete="CASCADE"), primary_key=True),
    Column("giver_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
)

help_offer = Table(
    "help_offer",
    metadata,
    Column("week_id", _ID, ForeignKey("member_week.id", ondelete="CASCADE"), primary_key=True),
    Column("helper_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
)

# What somebody is proud of, for their resume; only they see it.
result = Table(
    "result",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("week", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("guild_id", "user_id", "text"),
    sqlite_autoincrement=True,
)

pod = Table(
    "pod",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("group_id", _ID, ForeignKey("checkin_group.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("thread_id", BigInteger),  # none: not opened yet
    Column("tried_at", Instant),  # when opening it was tried first
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    sqlite_autoincrement=True,
)

_INSIDE = text("left_at IS NULL")
_COMING = text("left_at IS NULL AND let_in_at IS NULL")
_LEAVING = text("left_at IS NOT NULL AND let_out_at IS NULL")

pod_member = Table(
    "pod_member",
    metadata,
    Column("pod_id", _ID, ForeignKey("pod.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    Column("left_at", Instant),
    Column("let_in_at", Instant),  # Discord has let them into the thread
    Column("let_out_at", Instant),
    Index("ix_pod_member_guild_id_user_id", "guild_id", "user_id"),
    # Three questions of each minute, and few rows that answer them.
    Index("ix_pod_member_inside", "pod_id", "user_id", sqlite_where=_INSIDE, postgresql_where=_INSIDE),
    Index("ix_pod_member_coming", "pod_id", sqlite_where=_COMING, postgresql_where=_COMING),
    Index("ix_pod_member_leaving", "pod_id", sqlite_where=_LEAVING, postgresql_where=_LEAVING),
)

# When the bot was last alive and connected, and the times when it was not.
beat = Table(
    "beat",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

outage = Table(
    "outage",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("from_at", Instant, nullable=False),
    Column("until_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)
