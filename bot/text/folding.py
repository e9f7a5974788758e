"""How words are compared: by letters alone, so that case, accents and stray spaces tell nothing apart."""

from __future__ import annotations

import re
import unicodedata

# Letters with a stroke or a tail, and joined ones, that no normal form takes apart.
_UNDIVIDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
# What the law wants behind or before a name; in other scripts also without a space.
_BEHIND = frozenset(
    (
        *("ab", "aps", "ag", "as", "asa", "aktiengesellschaft", "bv", "co", "company", "corp"),
        *("corporation", "cv", "doo", "eirl", "eood", "ehf", "ev", "eurl", "gbr", "gesmbh", "gmbh"),
        *("hf", "inc", "incorporated", "jsc", "kft", "kg", "kgaa", "kk", "limited", "llc", "llp", "lp"),
        *("ltd", "ltda", "mbh", "nv", "ohg", "ood", "ou", "oy", "oyj", "pbc", "plc", "private", "pte"),
        *("pty", "pvt", "sa", "sarl", "sas", "sasu", "scs", "se", "sl", "slu", "snc", "spa", "spzoo"),
        *("srl", "sro", "ug", "uab", "vof", "zrt", "and"),
    )
)  # fmt: skip
_BEFORE = frozenset(("ао", "зао", "оао", "ооо", "пао", "тоо", "pt", "the"))


def folded(text: str) -> str:
    """Case, accents, spaces and punctuation at the ends don't count."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(plain.split()).strip(" .,;:-–—|")


_UNSPACED = tuple(
    map(folded, ("株式会社", "(株)", "有限会社", "合同会社", "股份有限公司", "有限公司", "주식회사"))
)


def latin(text: str) -> str:
    """As `folded`, and ø, ł, æ … as the letters they are written with where they are missing."""
    return folded(text).translate(_UNDIVIDED)


def company_key(name: str) -> str:
    """A company's comparable name: as `latin`, without punctuation and without its legal form.

    "Acme GmbH" is "ACME", "A.C.M.E., Inc." is "Acme"; "Acme Labs" is another company. "" for a name of nothing.
    """
    plain = re.sub(r"[.'’`]", "", latin(name).replace("&", " and ")).replace("_", " ")
    for form in _UNSPACED:
        plain = plain.replace(form, " ")
    spaced = " ".join(re.findall(r"\w+", plain))
    together = re.sub(r"\b(?:\w ){1,5}\w$", lambda found: found[0].replace(" ", ""), spaced)  # s r o
    words = re.sub(r"\bsp ?z ?oo$", "spzoo", together).split()
    while len(words) > 1 and words[-1] in _BEHIND:
        words.pop()
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    return " ".join(words) or latin(name)
