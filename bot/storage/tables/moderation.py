"""A server's settings."""

from sqlalchemy import BigInteger, Column, Table, Text

from bot.storage.tables.base import metadata
from bot.storage.types import Instant

server = Table(
    "server",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("moderators_channel_id", BigInteger),
    Column("safety_role_id", BigInteger),  # who may see cases; none: the owner alone
    Column(
        "second_contact_id", BigInteger
    ),  # a member who hears of reports about moderators, beside the owner
    Column("panel_channel_id", BigInteger),  # where the panel with its buttons stands
    Column("panel_nonce", Text),  # of its delivery; none: it could not be said, or not be changed any more
    Column("panel_message_id", BigInteger),  # none: it is on its way
    Column("panel_shown", Text),  # its buttons when it was last edited, a line each
    Column("left_at", Instant),  # the bot was removed; an outage is not
    Column("changed_by", BigInteger, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
