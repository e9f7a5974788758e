"""Keyed hashes: marks that say "the same again" without naming anybody, to those who don't hold the key."""

from __future__ import annotations

import hashlib
import hmac


def mark(key: bytes, *parts: int | str) -> str:
    """32 hexadecimal characters; the same for the same parts under the same key.

    What it is for stands first, so that marks of different purposes never meet: mark(key, "block", guild, a, b).
    """
    said = "\x1f".join(map(str, parts)).encode()
    return hmac.new(key, said, hashlib.blake2b).hexdigest()[:32]


def block_mark(key: bytes, guild_id: int, who: int, whom: int) -> str:
    """The mark of "this one blocked that one" in a server; it outlives the erasure of either."""
    return mark(key, "block", guild_id, who, whom)
