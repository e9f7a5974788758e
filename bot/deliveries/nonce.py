"""The two names of a delivery, both derived from why it exists, so that planning and sending twice are one."""

from __future__ import annotations

from hashlib import sha256

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PAIRS = [
    second + first for first in _DIGITS for second in _DIGITS
]  # of a number below 62², the lowest first
NONCE_LENGTH = 22  # 62^22 > 2^130; Discord takes 25 characters at most


def delivery_id(key: str, version: int) -> int:
    """The row's number: 63 bits of the hash of key and version, so it fits a BIGINT and is never negative."""
    return int.from_bytes(sha256(f"{version}:{key}".encode()).digest()[:8]) >> 1


def nonce(kind: str, delivery: int, version: int) -> str:
    """22 characters [0-9A-Za-z] by which Discord and we recognise this message, and no other."""
    number = int.from_bytes(sha256(f"{kind}:{delivery}:{version}".encode()).digest())
    pairs = []
    for _ in range(NONCE_LENGTH // 2):
        number, pair = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(pairs)
