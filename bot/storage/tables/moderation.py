"""A server's settings."""

from sqlalchemy import BigInteger, Column, Table

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

server = Table(
    "server",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("moderators_channel_id", BigInteger),
    Column("changed_by", BigInteger, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
