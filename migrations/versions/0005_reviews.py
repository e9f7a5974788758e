"""Peer review: how a server does it, requests, readers, rounds, readings, what was said, and the ledger.

Why: give two reviews, get two. A file stands in a private thread in Discord and nowhere here. Moments are
microseconds since 1970, UTC.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    asking()
    reading()


def asking() -> None:
    op.create_table(
        "review_setting",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("preview_h", sa.Integer(), nullable=False),
        sa.Column("patience_h", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("next_round_at", sa.BigInteger()),
        sa.Column("next_tick_at", sa.BigInteger()),
        sa.Column("changed_by", sa.BigInteger()),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_review_setting"),
    )
    op.create_index("ix_review_setting_next_round_at", "review_setting", ["next_round_at"])
    op.create_index("ix_review_setting_next_tick_at", "review_setting", ["next_tick_at"])
    op.create_table(
        "review_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("when", sa.Text(), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("waiting_since", sa.BigInteger()),
        sa.Column("first", sa.BigInteger()),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("tried_at", sa.BigInteger()),
        sa.Column("delivered_at", sa.BigInteger()),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("gone_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_review_request"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_request_expires_at", "review_request", ["expires_at"])
    op.create_index("ix_review_request_guild_id_author_id", "review_request", ["guild_id", "author_id"])
    op.create_index("ix_review_request_guild_id_state", "review_request", ["guild_id", "state"])
    op.create_table(
        "review_reader",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("sample_at", sa.BigInteger()),
        sa.Column("paused_until", sa.BigInteger()),
        sa.Column("left_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name="pk_review_reader"),
    )
    op.create_table(
        "review_round",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.BigInteger()),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("locked_at", sa.BigInteger()),
        sa.Column("publish_at", sa.BigInteger()),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_review_round"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_round_guild_id_state", "review_round", ["guild_id", "state"])
    op.create_index("ix_review_round_publish_at", "review_round", ["publish_at"])


def reading() -> None:
    op.create_table(
        "review_veto",
        sa.Column("round_id", ID, autoincrement=False, nullable=False),
        sa.Column("author_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reader_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["review_round.id"], name="fk_review_veto_round_id_review_round", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "author_id", "reader_id", name="pk_review_veto"),
    )
    op.create_table(
        "review_reading",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("reader_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("clarity", sa.Boolean(), nullable=False),
        sa.Column("accept_by", sa.BigInteger()),
        sa.Column("accepted_at", sa.BigInteger()),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("remind_at", sa.BigInteger()),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("submitted_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("thread_id", sa.BigInteger()),
        sa.Column("tried_at", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("let_in_at", sa.BigInteger()),
        sa.Column("let_out_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["review_request.id"],
            name="fk_review_reading_request_id_review_request",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_reading"),
        sa.UniqueConstraint("request_id", "reader_id", name="uq_review_reading_request_id_reader_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_reading_guild_id_author_id", "review_reading", ["guild_id", "author_id"])
    op.create_index("ix_review_reading_guild_id_reader_id", "review_reading", ["guild_id", "reader_id"])
    op.create_index("ix_review_reading_next_at", "review_reading", ["next_at"])
    op.create_table(
        "review_sheet",
        sa.Column("reading_id", ID, autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("reader_id", sa.BigInteger(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["review_reading.id"],
            name="fk_review_sheet_reading_id_review_reading",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reading_id", "revision", name="pk_review_sheet"),
    )
    op.create_table(
        "review_rating",
        sa.Column("reading_id", ID, autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("specific", sa.Boolean(), nullable=False),
        sa.Column("respectful", sa.Boolean(), nullable=False),
        sa.Column("rated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"],
            ["review_reading.id"],
            name="fk_review_rating_reading_id_review_reading",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reading_id", name="pk_review_rating"),
    )
    op.create_table(
        "review_credit",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("reading_id", sa.BigInteger()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_credit"),
        sa.UniqueConstraint("reading_id", "user_id", name="uq_review_credit_reading_id_user_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_review_credit_guild_id_user_id", "review_credit", ["guild_id", "user_id"])


def downgrade() -> None:
    tables = (
        "review_credit",
        "review_rating",
        "review_sheet",
        "review_reading",
        "review_veto",
        "review_round",
        "review_reader",
        "review_request",
        "review_setting",
    )
    for name in tables:
        op.drop_table(name)
