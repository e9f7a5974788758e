"""How large a proof is: small in `make test`, full in `make prove` (tools/prove.py)."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")


def size(small: T, full: T) -> T:
    """The number of kills, messages, strings …, or what else there is, to prove something with."""
    return full if os.environ.get("OUTPOST_PROOFS") == "full" else small
