"""What has to be taken out of a board's raw text before anything else sees it; named by `strip:` in feeds.yaml."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

# "Please mention the word **X** and tag R<base64> when applying … (#R<base64>). … see they're human."
_ANTISPAM = re.compile(
    r"(?:please )?mention the word\b[^<>]{0,120}?\band tag\b.*?(?:see they.{1,9}re human\.|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"#?(?<![A-Za-z0-9+/])R([A-Za-z0-9+/]{4,64}={0,2})(?![A-Za-z0-9+/=])")
# UTF-8 that was read as Latin-1 or Windows-1252: a lead byte, then continuation bytes or what they look like.
_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]|\u00e2[\u20ac\u2020\u2122]|\u00f0\u0178")


def without_antispam(text: str) -> str:
    """Remote OK's last sentence goes: its tag is the reader's own IP address in base64 (research/feeds.md 0.3).

    Any other word that is such a tag goes too, wherever it stands.
    """
    return _TAG.sub(_unless_address, _ANTISPAM.sub("", text))


def mended(text: str) -> str:
    """Mojibake mended where there is some (78 % and 88 % of Remote OK's descriptions in two bodies)."""
    if not _MOJIBAKE.search(text):
        return text
    import ftfy  # takes 30 ms to come in, and most boards never need it

    return ftfy.fix_encoding(text)


STRIPS = {"remoteok_antispam": without_antispam, "mojibake": mended}


def stripped(value: Any, names: Iterable[str], depth: int = 4) -> Any:
    """A copy of a board's item with the named strips applied to every text in it, as deep as anything is read."""
    if isinstance(value, str):
        for name in names:
            value = STRIPS[name](value)
        return value
    names = tuple(names)
    if isinstance(value, dict) and depth:
        return {key: stripped(part, names, depth - 1) for key, part in value.items()}
    if isinstance(value, list) and depth:
        return [stripped(part, names, depth - 1) for part in value]
    return value


def _unless_address(found: re.Match[str]) -> str:
    code = found[1].rstrip("=")
    try:
        ip_address(base64.b64decode(code + "=" * (-len(code) % 4), validate=True).decode("ascii"))
    except (binascii.Error, ValueError):
        return found[0]
    return ""
