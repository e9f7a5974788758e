"""Street addresses in a text, as some forty countries write them. Not the city: a document should say that.

Patterns of our own, from how posts write addresses (Universal Postal Union, "Postal addressing systems"): a word for
street and a number near it. What is only a city, a region or a country stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reviews.document.marks import Mark, found, head_end

_WORD = r"[^\W\d_][\w.'’-]*"
_CAP = r"(?:[A-ZÀ-ÖØ-ÞĀĄĆČĎĐĘĚĞĢĪİĶŁŃŇŐŒŘŚŞŠŤŪŮŰŸŹŻŽА-ЯЁІЇЄΑ-Ω][\w.'’]{0,40}|\d{1,3}(?:st|nd|rd|th))"
_GAP = r"(?:[ ]|,[ ]?|[ ]?\n)"
_NUMBER = r"\d{1,5}(?:[ ]?[A-Za-z](?!\w))?(?:[-/]\d{1,4}[A-Za-z]?)?"
_SMALL = r"(?:of|the|de|del|de la|la|las|los|do|da|dos|das|di|della|du|des|le|les|van|der|den|y|e|d'|l')"

_CERTAIN = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Boulevard|Blvd|Terrace|Crescent|Parkway|Pkwy|Highway|Hwy|Mews"
)
_LIKELY = "Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Close|Gardens|Grove|Quay|Circle|Trail|Row|Walk|Hill"
_ROOM = r"(?:,?[ ]?(?:Apt|Apartment|Suite|Ste|Unit|Flat|#)\.?[ ]?[\w-]+)?"
_ENGLISH = re.compile(
    r"(?:(?:Apt|Apartment|Flat|Unit)\.?[ ]\w{1,5},?[ ])?(?<![\w./$€£-])"
    rf"(?P<number>{_NUMBER}),?{_GAP}(?P<name>(?:{_CAP}[ -]){{1,4}})(?P<street>{_CERTAIN}"
    rf"|{_LIKELY})\b\.?{_ROOM}"
)
_NO_STREET = frozenset(
    (
        "Google",
        "Test",
        "Hard",
        "Flash",
        "Best",
        "First",
        "Second",
        "Third",
        "1st",
        "2nd",
        "3rd",
        "Food",
        "Supreme",
        "High",
    )
)

_PATTERNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # French: 12 bis, rue de la Paix
        (
            rf"(?<![\w./-])\d{{1,4}}(?:[ ]?(?:bis|ter|[A-D]))?,?{_GAP}(?:rue|avenue|av\.|boulevard"
            rf"|bd\.?|allée|chemin|impasse"
            rf"|quai|route|square|place|passage|faubourg)[ ](?:{_SMALL}[ ]?){{0,2}}{_CAP}(?:[ -]{_CAP}){{0,3}}",
            re.IGNORECASE,
        ),
        # Spanish, Portuguese, Italian: Calle de Alcalá 45, 3º; Rua Augusta, nº 1200; Via Roma 12
        (
            rf"(?<!\w)(?:C/|Calle|Avda\.?|Avenida|Av\.|Paseo|Pº|Plaza|Carrera|Cra\.?|Camino|Rua"
            rf"|R\.(?=[^\n]*,)|Travessa|Praça"
            rf"|Alameda|Estrada|Via|Viale|Piazza|Corso|Largo|Vicolo)[ ]?(?:(?:{_SMALL}|{_CAP}"
            rf"|\d{{1,3}})[ ]?){{1,6}}"
            rf",?[ ]?(?:n[ºo°.]+[ ]?|#[ ]?|No\.?[ ]?|núm\.?[ ]?)?\d{{1,5}}(?:[ ]?-[ ]?\d{{1,4}})?\b",
            0,
        ),
        # German, Dutch, Nordic, in one word: Lindenstraße 5a, Prinsengracht 263, Storgatan 12
        (
            rf"(?<![\w-])[A-ZÄÖÜÅØ][\w-]{{0,40}}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer|chaussee|steig"
            rf"|straat|laan|plein"
            rf"|gracht|kade|dijk|gatan|gata|vägen|veien|vejen|gade|gaten|katu|[aei]ntie"
            rf"|kuja)[ ]{_NUMBER}(?!\w)",
            0,
        ),
        (
            rf"(?<!\w)(?:Am|Im|Zum|Zur|Beim|An der|Auf der|Auf dem|In der|Unter den|Hinter der)"
            rf"[ ]{_CAP}(?:[ ]{_CAP})?[ ]{_NUMBER}(?!\w)",
            0,
        ),
        # and in several: Karl-Marx-Allee 90, Lange Straße 5
        (
            rf"\b(?:{_CAP}[ -]){{1,3}}(?:Straße|Strasse|Str\.|Allee|Platz|Weg|Ring|Damm|Ufer|Gasse"
            rf"|Chaussee)[ ]{_NUMBER}(?!\w)",
            0,
        ),
        # Polish, Czech, Romanian, Croatian, Russian, Ukrainian: ul. Długa 14/3, ул. Ленина, д. 5
        (
            rf"(?<!\w)(?:ul\.|ulica|ulice|al\.|aleja|os\.|pl\.|str\.|strada|bd\.|ул\.|улица|пр\.|пр-т"
            rf"|проспект|вул\.|бул\.)[ ]?"
            rf"{_WORD}(?:[ ]{_WORD}){{0,3}}?,?[ ]?(?:д\.?[ ]?|nr\.?[ ]?|буд\.?[ ]?)?{_NUMBER}(?!\w)",
            re.IGNORECASE,
        ),
        # Turkish, Hungarian, Greek
        (
            rf"\b(?:{_CAP}[ ]){{1,3}}(?:Mah\.|Mahallesi|Cad\.|Caddesi|Sok\.|Sokak|Sokağı"
            rf"|Bulvarı)[^\n]{{0,40}}?No[:.]?[ ]?\d+(?:/\d+)?",
            0,
        ),
        (rf"\b{_CAP}(?:[ ]{_CAP})?[ ](?:utca|út|útja|u\.|tér|körút)[ ]\d{{1,4}}\b\.?", 0),
        (rf"\b(?:οδός|οδ\.|λεωφ\.)[ ]{_WORD}(?:[ ]{_WORD})?[ ]\d{{1,4}}", re.IGNORECASE),
        # India, East Asia
        (r"(?<!\w)(?:Flat|House|H\.|Plot|Door)[ ]?(?:No"
         r"|#)\.?[ :]*\d[\w/-]*(?:,[^\n,]{2,40}){0,2}", re.IGNORECASE),
        (r"〒[ ]?\d{3}-\d{4}(?:[ ]?\S{2,30})?|\S{1,8}[都道府県]\S{1,8}[市区町村]\S{0,12}\d+(?:-\d+){0,3}"
         r"|\d+丁目[\d番地号-]*", 0),
        (r"[\u4e00-\u9fff]{2,20}[路街道巷][\u4e00-\u9fff]{0,4}\d+[号號][\w-]{0,12}", 0),
        (r"[\uac00-\ud7a3]{1,10}(?:로|길)[ ]?\d{1,4}(?:-\d+)?(?=[ ,\n]|$)", 0),
        (r"\b(?:Blk|Block)\.?[ ]\d{1,4}[A-Z]?,?[ ][^\n#]{3,60}#\d{1,3}-\d{1,5}", 0),  # Singapore
        # Boxes, and what says that it is an address
        (r"\b(?:P\.?[ ]?O\.?[ ]?Box|Postfach|Apartado(?: de correos)?|Caixa Postal"
         r"|Bo[iî]te postale)[ ]\d+", re.IGNORECASE),
        (
            r"^[ ]*(?:(?:home|postal|street|current) )?(?:address|adresse|anschrift|dirección|endereço"
            r"|indirizzo|adres|adresa"
            r"|адрес|住所|地址|주소)[ ]?[:：][ ]*(?P<it>(?=[^\n]*\d)[^\n|•]{4,120})",
            re.IGNORECASE | re.MULTILINE,
        ),
    )
)  # fmt: skip
# One street or less; only at the head, since "S3 2TB" is one, too.
_BRITISH_CODE = re.compile(r"\b(?!S3|EC2|H1|B2|C[1-4])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b")


def streets(text: str, head: bool) -> Iterator[Mark]:
    """text: as `plain` gives it. head: it begins where the document does. Marks may overlap."""
    for match in _ENGLISH.finditer(text):
        if _is_english(match):
            yield Mark("address", *match.span())
    for pattern in _PATTERNS:
        yield from found(pattern, "address", text)
    if head:
        yield from found(_BRITISH_CODE, "address", text[: head_end(text)])


def _is_english(match: re.Match[str]) -> bool:
    """ "2019 Google Drive" and "1st Place" are none."""
    if match["street"] in _CERTAIN.split("|"):
        return True
    year = re.fullmatch(r"(?:19[5-9]|20[0-4])\d", match["number"])
    return not year and _NO_STREET.isdisjoint(match["name"].split())
