"""The first tables: what boards say, who wants to hear it, and what the bot has promised to say.

Why: one opening must find its way from a feed into a channel, once, through any restart.
Moments are whole microseconds since 1970, UTC.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    feeds()
    openings()
    storms()
    subscriptions()
    deliveries()
    servers()


def feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("next_read_at", sa.BigInteger(), nullable=False),
        sa.Column("first_read_at", sa.BigInteger()),
        sa.Column("last_read_at", sa.BigInteger()),
        sa.Column("last_good_at", sa.BigInteger()),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.Text()),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("trouble", sa.Text()),
        sa.Column("trouble_detail", sa.Text()),
        sa.Column("trouble_since", sa.BigInteger()),
        sa.Column("last_changed_at", sa.BigInteger()),
        sa.Column("last_new_at", sa.BigInteger()),
        sa.Column("usual_new_pct", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
    )
    op.create_index("ix_feed_next_read_at", "feed", ["next_read_at"])


def openings() -> None:
    op.create_table(
        "opening",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("place_claim", sa.Text(), nullable=False),
        sa.Column("pay_claim", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger()),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("dated_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger()),
        sa.Column("storm_id", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_opening"),
    )
    op.create_index("ix_opening_dated_at", "opening", ["dated_at"])
    op.create_index("ix_opening_storm_id", "opening", ["storm_id"])
    op.create_table(
        "alias",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opening_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_alias"),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name="fk_alias_opening_id_opening", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_alias_opening_id", "alias", ["opening_id"])


def storms() -> None:
    op.create_table(
        "storm",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_storm"),
    )
    op.create_table(
        "storm_decision",
        sa.Column("storm_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("storm_id", "guild_id", name="pk_storm_decision"),
        sa.ForeignKeyConstraint(
            ["storm_id"], ["storm.id"], name="fk_storm_decision_storm_id_storm", ondelete="CASCADE"
        ),
    )


def subscriptions() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("member_id", sa.BigInteger()),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pause_reason", sa.Text()),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscription_guild_id_state", "subscription", ["guild_id", "state"])


def deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("subscription_id", sa.BigInteger()),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger()),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("trouble", sa.Text()),
        sa.Column("trouble_detail", sa.Text()),
        sa.Column("minded_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("key", "version", name="uq_delivery_key_version"),
        sa.UniqueConstraint("nonce", name="uq_delivery_nonce"),
    )
    op.create_index("ix_delivery_state_due_at", "delivery", ["state", "due_at"])
    op.create_index("ix_delivery_subscription_id", "delivery", ["subscription_id"])


def servers() -> None:
    op.create_table(
        "server",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("moderators_channel_id", sa.BigInteger()),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_server"),
    )


def downgrade() -> None:
    for table in "server", "delivery", "subscription", "storm_decision", "storm", "alias", "opening", "feed":
        op.drop_table(table)
