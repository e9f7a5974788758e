"""Facts and sightings of openings, richer subscriptions, added feeds, and what members do with openings.

Why: an opening is told once, with the truth about who may apply, at the hour its hearers chose; members keep a list
of their own. What was kept before gets its sighting, and its facts when its feed shows it again. Moments are
microseconds since 1970, UTC.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    openings()
    feeds()
    subscriptions()
    lists()
    moderated()
    inquiries()
    op.execute(
        "INSERT INTO sighting (opening_id, feed_id, board, attribution, url, first_seen_at, last_seen_at, missed) "
        "SELECT id, feed_id, board, attribution, url, first_seen_at, last_seen_at, 0 FROM opening"
    )
    op.execute("UPDATE subscription SET target = 'member' WHERE member_id IS NOT NULL")


def openings() -> None:
    op.add_column("opening", sa.Column("facts_json", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "opening", sa.Column("opening_key", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column(
        "opening", sa.Column("variant_key", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("opening", sa.Column("folded_into", sa.BigInteger()))
    op.add_column("opening", sa.Column("silent", sa.Text()))
    op.add_column("opening", sa.Column("closed_at", sa.BigInteger()))
    op.add_column("opening", sa.Column("closed_why", sa.Text()))
    op.add_column("opening", sa.Column("reposts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("opening", sa.Column("reposted_at", sa.BigInteger()))
    op.add_column("opening", sa.Column("changed_at", sa.BigInteger()))
    op.create_index("ix_opening_closed_at", "opening", ["closed_at"])
    op.create_index("ix_opening_expires_at", "opening", ["expires_at"])
    op.create_index("ix_opening_folded_into", "opening", ["folded_into"])
    op.create_index("ix_opening_opening_key", "opening", ["opening_key"])
    op.create_index("ix_opening_variant_key", "opening", ["variant_key"])


def feeds() -> None:
    op.create_table(
        "added_feed",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parser", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_added_feed"),
        sa.UniqueConstraint("url", name="uq_added_feed_url"),
    )
    op.create_table(
        "feed_listener",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"],
            ["added_feed.id"],
            name="fk_feed_listener_feed_id_added_feed",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("guild_id", "feed_id", name="pk_feed_listener"),
    )
    op.create_index("ix_feed_listener_feed_id", "feed_listener", ["feed_id"])
    op.create_table(
        "sighting",
        sa.Column("opening_id", sa.BigInteger(), nullable=False),
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("missed", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name="fk_sighting_opening_id_opening", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("opening_id", "feed_id", name="pk_sighting"),
    )
    op.create_index("ix_sighting_feed_id_last_seen_at", "sighting", ["feed_id", "last_seen_at"])


def subscriptions() -> None:
    op.add_column("subscription", sa.Column("target", sa.Text(), server_default="text", nullable=False))
    op.add_column("subscription", sa.Column("follows", sa.Text(), server_default="filter", nullable=False))
    op.add_column("subscription", sa.Column("follows_channel_id", sa.BigInteger()))
    op.add_column("subscription", sa.Column("preset", sa.Text(), server_default="normal", nullable=False))
    op.add_column("subscription", sa.Column("rhythm", sa.Text(), server_default="now", nullable=False))
    op.add_column("subscription", sa.Column("weekday", sa.Integer(), server_default="0", nullable=False))
    op.add_column("subscription", sa.Column("at_minute", sa.Integer(), server_default="540", nullable=False))
    op.add_column("subscription", sa.Column("zone", sa.Text()))
    op.add_column("subscription", sa.Column("silent", sa.Boolean(), server_default="1", nullable=False))
    op.add_column("subscription", sa.Column("publish", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("subscription", sa.Column("role_id", sa.BigInteger()))
    op.add_column(
        "subscription", sa.Column("role_filter", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("subscription", sa.Column("role_cap", sa.Integer(), server_default="3", nullable=False))
    op.add_column(
        "subscription", sa.Column("fallback_tag", sa.Text(), server_default=sa.text("''"), nullable=False)
    )
    op.add_column("subscription", sa.Column("next_due_at", sa.BigInteger()))
    op.add_column("subscription", sa.Column("said_at", sa.BigInteger()))
    op.add_column("subscription", sa.Column("tested_at", sa.BigInteger()))
    op.create_index("ix_subscription_next_due_at", "subscription", ["next_due_at"])
    op.create_table(
        "waiting",
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("opening_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name="fk_waiting_opening_id_opening", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name="fk_waiting_subscription_id_subscription",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", "opening_id", name="pk_waiting"),
    )
    op.create_index("ix_waiting_opening_id", "waiting", ["opening_id"])
    op.create_index("ix_waiting_why", "waiting", ["why"])


def lists() -> None:
    op.create_table(
        "saved",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("opening_id", sa.BigInteger()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("place_claim", sa.Text(), nullable=False),
        sa.Column("pay_claim", sa.Text(), nullable=False),
        sa.Column("facts_json", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Text()),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("stage_at", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", sa.BigInteger()),
        sa.Column("other_at", sa.BigInteger()),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved"),
        sa.UniqueConstraint("guild_id", "user_id", "url", name="uq_saved_guild_id_user_id_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_guild_id_user_id_stage", "saved", ["guild_id", "user_id", "stage"])
    op.create_index("ix_saved_opening_id", "saved", ["opening_id"])
    op.create_table(
        "saved_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("saved_id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saved_id"], ["saved.id"], name="fk_saved_step_saved_id_saved", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved_step"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_step_guild_id_user_id_at", "saved_step", ["guild_id", "user_id", "at"])
    op.create_index("ix_saved_step_saved_id", "saved_step", ["saved_id"])
    op.create_table(
        "hidden",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "kind", "mark", name="pk_hidden"),
    )


def moderated() -> None:
    op.create_table(
        "doubt",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("opening_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_doubt"),
        sa.UniqueConstraint(
            "guild_id",
            "opening_id",
            "user_id",
            "kind",
            "fact",
            name="uq_doubt_guild_id_opening_id_user_id_kind_fact",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_doubt_opening_id", "doubt", ["opening_id"])
    op.create_table(
        "withdrawn",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opening_id", sa.BigInteger(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name="fk_withdrawn_opening_id_opening", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild_id", "opening_id", "fact", name="pk_withdrawn"),
    )
    op.create_table(
        "unwanted",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "mark", name="pk_unwanted"),
    )
    op.create_table(
        "share",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("opening_id", sa.BigInteger()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_share"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_share_guild_id_state", "share", ["guild_id", "state"])


def inquiries() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("introduction_id", sa.BigInteger()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_inquiry"),
        sa.UniqueConstraint("guild_id", "user_id", "mark", name="uq_inquiry_guild_id_user_id_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inquiry_state_next_at", "inquiry", ["state", "next_at"])


def downgrade() -> None:
    tables = (
        "inquiry",
        "share",
        "unwanted",
        "withdrawn",
        "doubt",
        "hidden",
        "saved_step",
        "saved",
        "waiting",
        "sighting",
        "feed_listener",
        "added_feed",
    )
    for table in tables:
        op.drop_table(table)
    for index in ("ix_subscription_next_due_at",):
        op.drop_index(index, "subscription")
    for column in (
        "tested_at",
        "said_at",
        "next_due_at",
        "fallback_tag",
        "role_cap",
        "role_filter",
        "role_id",
        "publish",
        "silent",
        "zone",
        "at_minute",
        "weekday",
        "rhythm",
        "preset",
        "follows_channel_id",
        "follows",
        "target",
    ):
        op.drop_column("subscription", column)
    for index in (
        "ix_opening_closed_at",
        "ix_opening_expires_at",
        "ix_opening_folded_into",
        "ix_opening_opening_key",
        "ix_opening_variant_key",
    ):
        op.drop_index(index, "opening")
    for column in (
        "changed_at",
        "reposted_at",
        "reposts",
        "closed_why",
        "closed_at",
        "silent",
        "folded_into",
        "variant_key",
        "opening_key",
        "facts_json",
    ):
        op.drop_column("opening", column)
