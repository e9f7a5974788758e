"""Members of a server: preferences, profile, whom they must not meet, introductions, cases, and who was erased.

Why: jobs for me, check-ins and reviews all need to know a member's zone, field and wishes, and must never bring two
people together who must not meet. A delivery can now be for a member. Moments are microseconds since 1970, UTC.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW_OF_SERVER = {
    "safety_role_id": sa.BigInteger,
    "second_contact_id": sa.BigInteger,
    "panel_channel_id": sa.BigInteger,
    "panel_nonce": sa.Text,
    "panel_message_id": sa.BigInteger,
    "panel_shown": sa.Text,
    "left_at": sa.BigInteger,
}


def upgrade() -> None:
    members()
    meetings()
    cases()
    resources()
    op.add_column("delivery", sa.Column("member_id", sa.BigInteger()))
    op.create_index("ix_delivery_member_id", "delivery", ["member_id"])
    for name, kind in NEW_OF_SERVER.items():
        op.add_column("server", sa.Column(name, kind()))


def members() -> None:
    op.create_table(
        "member",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("joined_at", sa.BigInteger()),
        sa.Column("met_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("checked_at", sa.BigInteger()),
        sa.Column("left_at", sa.BigInteger()),
        sa.Column("started_at", sa.BigInteger()),
        sa.Column("safety_at", sa.BigInteger()),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text()),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("dm_since", sa.BigInteger()),
        sa.Column("dm_closed_at", sa.BigInteger()),
        sa.Column("dm_told_at", sa.BigInteger()),
        sa.Column("locale", sa.Text()),
        sa.Column("plain", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name="pk_member"),
    )
    op.create_index("ix_member_left_at", "member", ["left_at"])
    op.create_table(
        "pen_name",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("circle", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "circle", "folded", name="pk_pen_name"),
        sa.UniqueConstraint("guild_id", "circle", "user_id", name="uq_pen_name_guild_id_circle_user_id"),
    )
    op.create_table(
        "profile",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("may_work", sa.Text(), nullable=False),
        sa.Column("pay_floor", sa.Integer()),
        sa.Column("pay_currency", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("open_to", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name="pk_profile"),
    )


def meetings() -> None:
    op.create_table(
        "block",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        sa.Column("blocked_id", sa.BigInteger()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_block"),
    )
    op.create_index("ix_block_guild_id_user_id", "block", ["guild_id", "user_id"])
    op.create_table(
        "guard",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guard"),
        sa.UniqueConstraint(
            "guild_id", "user_id", "kind", "mark", name="uq_guard_guild_id_user_id_kind_mark"
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "introduction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("asker_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("lapses_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_introduction"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_introduction_guild_id_asker_id", "introduction", ["guild_id", "asker_id"])
    op.create_index("ix_introduction_state_lapses_at", "introduction", ["state", "lapses_at"])


def cases() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.BigInteger()),
        sa.Column("about_id", sa.BigInteger()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("readers", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.BigInteger()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_file"),
        sa.UniqueConstraint("guild_id", "number", name="uq_case_file_guild_id_number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "look",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger()),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Integer()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_look"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_look_guild_id_member_id", "look", ["guild_id", "member_id"])
    op.create_table(
        "case_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_id", sa.BigInteger()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name="fk_case_entry_case_id_case_file", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_entry"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_entry_case_id", "case_entry", ["case_id"])


def resources() -> None:
    op.create_table(
        "erased",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_erased"),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger()),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_resource"),
        sa.UniqueConstraint("guild_id", "url", name="uq_resource_guild_id_url"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for name in reversed(NEW_OF_SERVER):
        op.drop_column("server", name)
    op.drop_index("ix_delivery_member_id", "delivery")
    op.drop_column("delivery", "member_id")
    last_first = (
        "erased",
        "resource",
        "look",
        "case_entry",
        "case_file",
        "introduction",
        "pen_name",
        "block",
    )
    tables = (*last_first, "guard", "profile", "member")
    for table in tables:
        op.drop_table(table)
