"""Keys of deliveries are compared byte by byte on PostgreSQL, as SQLite always did.

Why: what was said of something is asked for by the beginning of its key. An index in the order of a language can't
tell where that lies, so each question read the whole outbox.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    collate("C")


def downgrade() -> None:
    collate("default")


def collate(order: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'ALTER TABLE delivery ALTER COLUMN key TYPE text COLLATE "{order}"')
