"""The two names of a delivery, both derived from why it exists, so that planning and sending twice are one."""

from __future__ import annotations

from hashlib import sha256

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
NONCE_LENGTH = 22  # 62^22 > 2^130; Discord takes 25 characters at most


def delivery_id(key: str, version: int) -> int:
    """The row's number: 63 bits of the hash of key and version, so it fits a BIGINT and is never negative."""
    return int.from_bytes(sha256(f"{version}:{key}".encode()).digest()[:8]) >> 1


def nonce(kind: str, delivery: int, version: int) -> str:
    """22 characters [0-9A-Za-z] by which Discord and we recognise this message, and no other."""
    number = int.from_bytes(sha256(f"{kind}:{delivery}:{version}".encode()).digest())
    digits = []
    for _ in range(NONCE_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(digits)
