"""Meetings of two: how a server draws, who wants one, draws, who meets whom, and what they say of it.

Why: coffee, mock interviews, partners and mentors, drawn once a week. Moments are microseconds since 1970, UTC;
weeks are the date of their Monday.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    drawing()
    meeting()


def drawing() -> None:
    op.create_table(
        "meet_setting",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("next_draw_at", sa.BigInteger()),
        sa.Column("blocked_at", sa.BigInteger()),
        sa.Column("changed_by", sa.BigInteger()),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_meet_setting"),
    )
    op.create_index("ix_meet_setting_next_draw_at", "meet_setting", ["next_draw_at"])
    op.create_table(
        "meet_joined",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("skip_week", sa.Text()),
        sa.Column("paused_until", sa.Text()),
        sa.Column("alone_week", sa.Text()),
        sa.Column("left_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "kind", name="pk_meet_joined"),
    )
    op.create_table(
        "meet_draw",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_meet_draw"),
        sa.UniqueConstraint("guild_id", "kind", "week", name="uq_meet_draw_guild_id_kind_week"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meet_draw_next_at", "meet_draw", ["next_at"])


def meeting() -> None:
    op.create_table(
        "meet_match",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("thread_at", sa.BigInteger()),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("tried_at", sa.BigInteger()),
        sa.Column("parted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meet_match"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meet_match_guild_id_week", "meet_match", ["guild_id", "week"])
    op.create_index("ix_meet_match_next_at", "meet_match", ["next_at"])
    op.create_index("ix_meet_match_thread_at", "meet_match", ["thread_at"])
    op.create_table(
        "meet_member",
        sa.Column("match_id", ID, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("let_in_at", sa.BigInteger()),
        sa.Column("let_out_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["match_id"], ["meet_match.id"], name="fk_meet_member_match_id_meet_match", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("match_id", "user_id", name="pk_meet_member"),
    )
    op.create_index("ix_meet_member_guild_id_user_id", "meet_member", ["guild_id", "user_id"])
    op.create_table(
        "meet_answer",
        sa.Column("match_id", ID, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["meet_match.id"], name="fk_meet_answer_match_id_meet_match", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("match_id", "user_id", "turn", name="pk_meet_answer"),
    )
    op.create_table(
        "meet_debrief",
        sa.Column("match_id", ID, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["meet_match.id"], name="fk_meet_debrief_match_id_meet_match", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("match_id", "user_id", name="pk_meet_debrief"),
    )


def downgrade() -> None:
    tables = (
        "meet_debrief",
        "meet_answer",
        "meet_member",
        "meet_match",
        "meet_draw",
        "meet_joined",
        "meet_setting",
    )
    for name in tables:
        op.drop_table(name)
