"""Phone numbers of many countries in a text, told from years, dates, amounts, versions and book numbers.

A number counts by how it is written (+48 …, (11) …, 06 …), by the word before it, or by standing at the head of a
document. At most 15 digits and at least 7 without a word: ITU-T E.164 and its national forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reviews.document.marks import Mark, head_end, line_before

_SEPARATED = r"(?:[ .()/-]{0,3}\d)"
_ABROAD = re.compile(rf"(?<![\w+])(?:\+|\(\+|00(?=[1-9]))[ (]?\d{_SEPARATED}{{6,14}}(?!\d)")
_BROKEN = re.compile(rf"(?<![\w+])\+\d{_SEPARATED}{{0,6}}[ ]?\n[ ]?[(]?\d{_SEPARATED}{{3,11}}(?!\d)")
_HERE = re.compile(rf"(?<![\w.,/@#+=-])(?<!\d:)\(?\d{_SEPARATED}{{5,13}}(?![\w%@]|[.,:/-]\d)")

_LABEL = re.compile(
    r"(?:\b(?:tel|tél|tlf|ph|phone|telephone|téléphone|telefon|telefono|teléfono|telefone|telefoon|puhelin"
    r"|mobile?|mob|cell|cel|celular|cellulare|móvil|movil|telemóvel|handy|mobil|komórka|gsm|portable|whatsapp"
    r"|signal|viber|telegram|call|fax|fone|телефон|тел|моб|电话|電話|手机|手機|携帯|전화|휴대폰|연락처|هاتف|टेलीफोन|फोन"
    r"|t|m|p)\b\.?(?: ?(?:number|nr|no|número|numer)\.?)?|[☎☏✆📞📱🕿])[ ]*[.:：)/|]?[ ]*\(?$",
    re.IGNORECASE,
)
_BARE_LETTER = re.compile(r"(?:^|[ |])[tmp][ ]*\(?$", re.IGNORECASE)  # "t 12…" without a stop is no label
_OTHER = re.compile(
    r"(?:\b(?:isbn|issn|doi|arxiv|rfc|patent|iban|bic|vat|nip|pesel|siret|orcid|id|ticket|version|v|ver|build"
    r"|license|licence|certificate|cert|credential|no|nr|order|account|grant|jira|pr|issue|port"
    r"|pmid|pages?|pp)\b[ ]*(?:-?1[03])?"
    r"[ .:#№]*(?:number|id)?[ :]*|[№#$€£¥₹₽₩~≈]|\b(?:usd|eur|gbp|pln|inr|brl|rs)[. ]*)\(?$",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(
    r"[ ]?(?:[$€£¥₹₽₩+×]|(?:usd|eur|gbp|pln|inr|brl|chf|k|m|million|users|requests|rows|records|lines|customers"
    r"|downloads|events|orders|people|employees|stars|commits|messages|devices|hours|ms|loc|visitors|tests)\b)",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_DAY = (
    rf"(?:\d{{1,2}}[ ]?[./-][ ]?\d{{1,2}}[ ]?[./-][ ]?{_YEAR}|{_YEAR}[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?"
    rf"|\d{{1,2}}[ ]?[./-][ ]?{_YEAR}|{_YEAR})"
)
_DATES = re.compile(rf"\(?{_DAY}(?:[ /.()-]{{1,3}}{_DAY})*\)?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3})+")
_DECIMAL = re.compile(r"^[1-9]\d?\.\d+$|\.\s")  # 3.14159265, or the end of a sentence
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_BOOK = re.compile(r"97[89][ -]?\d[\d -]{8,13}\d")
# Written as only phones are: North America, Russia, India, China, Japan and Korea's mobile ones.
_SHAPES = re.compile(
    r"\(\d{2,5}\)[ -]?\d[\d -]{4,10}|[2-9]\d\d([-.])[2-9]\d\d\1\d{4}"
    r"|8[ -]?\(?[3489]\d\d\)?[ -]\d{3}[ -]?\d\d[ -]?\d\d"
    r"|[6-9]\d{4} \d{5}|1[3-9]\d[ -]\d{4}[ -]\d{4}|0\d{1,4}-\d{1,4}-\d{4}"
)


def phones(text: str, head: bool) -> Iterator[Mark]:
    """text: as `plain` gives it. head: it begins where the document does. Marks may overlap."""
    limit = head_end(text) if head else 0
    for pattern in (_ABROAD, _BROKEN):
        for match in pattern.finditer(text):
            if 8 <= _digits(match[0]) <= 15 and not _DATES.fullmatch(match[0]):
                yield Mark("phone", match.start(), _closed(text, match))
    for match in _HERE.finditer(text):
        if _is_phone(text, match, match.start() < limit):
            yield Mark("phone", match.start(), match.end())


def _closed(text: str, match: re.Match[str]) -> int:
    return match.end() + (
        text[match.end() : match.end() + 1] == ")" and "(" in match[0] and ")" not in match[0]
    )


def _digits(written: str) -> int:
    return sum(one.isdigit() for one in written)


def _is_phone(text: str, match: re.Match[str], in_head: bool) -> bool:
    written, digits = match[0], _digits(match[0])
    before = line_before(text, match.start(), 24)
    if _BOOK.fullmatch(written) or _OTHER.search(before) or _ADDRESS.fullmatch(written):
        return False
    if _DATES.fullmatch(written):
        return False
    if _LABEL.search(before) and not _BARE_LETTER.search(before):
        return 6 <= digits <= 15
    if _AMOUNT_AFTER.match(text, match.end()) or _DECIMAL.search(written):
        return False
    if _SHAPES.fullmatch(written):
        return True
    if written.startswith("0"):
        return 9 <= digits <= 12 and not re.fullmatch(r"0\d?[./-].*\d{4}", written)
    if not in_head or not 8 <= digits <= 13:
        return False
    return not _THOUSANDS.fullmatch(written) or (digits == 9 and " " in written)
