"""Weekly check-ins: groups, members, weeks, thanks, help, results, pods, and when the bot was away.

Why: a plan that is kept week after week, by each member's own clock, and no outage that punishes anybody. A week is
the ISO date of its Monday; lists are JSON. Moments are microseconds since 1970, UTC.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    groups()
    weeks()
    others()


def groups() -> None:
    op.create_table(
        "checkin_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("open_day", sa.Integer(), nullable=False),
        sa.Column("open_minute", sa.Integer(), nullable=False),
        sa.Column("digest_minute", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("starters", sa.Boolean(), nullable=False),
        sa.Column("pods", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("season_week", sa.Text(), nullable=False),
        sa.Column("season_asked_at", sa.BigInteger()),
        sa.Column("blocked_at", sa.BigInteger()),
        sa.Column("changed_by", sa.BigInteger()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checkin_group"),
        sa.UniqueConstraint("guild_id", "folded", name="uq_checkin_group_guild_id_folded"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_checkin_group_channel_id", "checkin_group", ["channel_id"])
    op.create_table(
        "group_member",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger()),
        sa.Column("circle", sa.Text(), nullable=False),
        sa.Column("wants_pod", sa.Boolean(), nullable=False),
        sa.Column("remind_day", sa.Integer()),
        sa.Column("remind_minute", sa.Integer(), nullable=False),
        sa.Column("drift", sa.Boolean(), nullable=False),
        sa.Column("drift_told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["checkin_group.id"],
            name="fk_group_member_group_id_checkin_group",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "user_id", name="pk_group_member"),
    )
    op.create_index("ix_group_member_guild_id_user_id", "group_member", ["guild_id", "user_id"])
    op.create_table(
        "group_pause",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("first_week", sa.Text(), nullable=False),
        sa.Column("last_week", sa.Text(), nullable=False),
        sa.Column("ill", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["checkin_group.id"],
            name="fk_group_pause_group_id_checkin_group",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_group_pause"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_group_pause_group_id_user_id", "group_pause", ["group_id", "user_id"])
    op.create_table(
        "holiday",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["checkin_group.id"],
            name="fk_holiday_group_id_checkin_group",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "week", name="pk_holiday"),
    )


def weeks() -> None:
    op.create_table(
        "cycle",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("starter", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=False),
        sa.Column("digest_at", sa.BigInteger(), nullable=False),
        sa.Column("final_at", sa.BigInteger(), nullable=False),
        sa.Column("extra_s", sa.Integer(), nullable=False),
        sa.Column("amnesty", sa.Boolean(), nullable=False),
        sa.Column("blocked_s", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("place_id", sa.BigInteger()),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["checkin_group.id"],
            name="fk_cycle_group_id_checkin_group",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cycle"),
        sa.UniqueConstraint("group_id", "week", name="uq_cycle_group_id_week"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cycle_next_at", "cycle", ["next_at"])
    op.create_table(
        "member_week",
        sa.Column("id", ID, nullable=False),
        sa.Column("cycle_id", ID, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("late_until", sa.BigInteger(), nullable=False),
        sa.Column("remind_at", sa.BigInteger()),
        sa.Column("submitted_at", sa.BigInteger()),
        sa.Column("edited_at", sa.BigInteger()),
        sa.Column("withdrawn_at", sa.BigInteger()),
        sa.Column("hidden_at", sa.BigInteger()),
        sa.Column("circle", sa.Text(), nullable=False),
        sa.Column("reviewed", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("if_then", sa.Text(), nullable=False),
        sa.Column("going", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("ideas", sa.Text(), nullable=False),
        sa.Column("win", sa.Text(), nullable=False),
        sa.Column("card_place_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name="fk_member_week_cycle_id_cycle", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_member_week"),
        sa.UniqueConstraint("cycle_id", "user_id", name="uq_member_week_cycle_id_user_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_member_week_group_id_week", "member_week", ["group_id", "week"])
    op.create_index("ix_member_week_guild_id_user_id", "member_week", ["guild_id", "user_id", "week"])
    op.create_index("ix_member_week_remind_at", "member_week", ["remind_at"])


def others() -> None:
    op.create_table(
        "thank",
        sa.Column("week_id", ID, nullable=False),
        sa.Column("giver_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["week_id"], ["member_week.id"], name="fk_thank_week_id_member_week", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("week_id", "giver_id", name="pk_thank"),
    )
    op.create_table(
        "help_offer",
        sa.Column("week_id", ID, nullable=False),
        sa.Column("helper_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["week_id"],
            ["member_week.id"],
            name="fk_help_offer_week_id_member_week",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("week_id", "helper_id", name="pk_help_offer"),
    )
    op.create_table(
        "result",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_result"),
        sa.UniqueConstraint("guild_id", "user_id", "text", name="uq_result_guild_id_user_id_text"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pod",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("tried_at", sa.BigInteger()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["group_id"], ["checkin_group.id"], name="fk_pod_group_id_checkin_group", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pod"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pod_group_id", "pod", ["group_id"])
    op.create_table(
        "pod_member",
        sa.Column("pod_id", ID, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger()),
        sa.Column("let_in_at", sa.BigInteger()),
        sa.Column("let_out_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["pod_id"], ["pod.id"], name="fk_pod_member_pod_id_pod", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pod_id", "user_id", name="pk_pod_member"),
    )
    inside = sa.text("left_at IS NULL")
    coming = sa.text("left_at IS NULL AND let_in_at IS NULL")
    op.create_index(
        "ix_pod_member_coming", "pod_member", ["pod_id"], sqlite_where=coming, postgresql_where=coming
    )
    op.create_index("ix_pod_member_guild_id_user_id", "pod_member", ["guild_id", "user_id"])
    op.create_index(
        "ix_pod_member_inside",
        "pod_member",
        ["pod_id", "user_id"],
        sqlite_where=inside,
        postgresql_where=inside,
    )
    leaving = sa.text("left_at IS NOT NULL AND let_out_at IS NULL")
    op.create_index(
        "ix_pod_member_leaving", "pod_member", ["pod_id"], sqlite_where=leaving, postgresql_where=leaving
    )
    op.create_index("ix_block_made_at", "block", ["made_at"])
    op.create_index("ix_guard_made_at", "guard", ["made_at"])
    op.create_table(
        "beat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_beat"),
    )
    op.create_table(
        "outage",
        sa.Column("id", ID, nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outage"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    tables = (
        "outage",
        "beat",
        "pod_member",
        "pod",
        "result",
        "help_offer",
        "thank",
        "member_week",
        "cycle",
        "holiday",
        "group_pause",
        "group_member",
        "checkin_group",
    )
    op.drop_index("ix_block_made_at", "block")
    op.drop_index("ix_guard_made_at", "guard")
    for table in tables:
        op.drop_table(table)
