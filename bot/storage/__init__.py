"""Kept things: one database, opened once; units of work; tables; migrations."""

from bot.storage.each import Each
from bot.storage.engine import Store, Tx
from bot.storage.errors import StoreError
from bot.storage.insert import insert_new

__all__ = ["Each", "Store", "StoreError", "Tx", "insert_new"]
