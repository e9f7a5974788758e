"""What tells in a text who wrote it: mail, links, dates of birth, and words that the author wants hidden. Pure.

`marks` is all of it; `name_forms` and `employer_forms` say how a name may stand in a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.reviews.document.marks import Mark, found, head_end, outermost, plain
from bot.reviews.document.phones import phones
from bot.reviews.document.places import streets
from bot.text import company_key, folded

_LABELS = r"(?:[a-z0-9-]{1,63}\.)"
_AT = r"(?:[ ]?@|[ ]?[(\[{](?:at|@)[)\]}])[ ]?\n?"
_DOT = r"(?:\.(?:\n(?=[a-z]{2,4}\b))?|[ ]?[(\[{](?:dot|\.)[)\]}][ ]?|\n\.)"
_EMAIL = re.compile(
    r"(?<![\w.+%'@-])(?:[\w.+-]{1,40}[._-]\n(?=[\w.+-]{1,64}@))?[\w.+%'-]{1,64}"
    rf"{_AT}(?:[\w-]{{1,63}}{_DOT}){{1,5}}[^\W\d_]{{2,24}}\b",
    re.IGNORECASE,
)
_PROFILE_HOSTS = (
    r"linkedin\.com/(?:in|pub|mwlite/in)|xing\.com/(?:profile|people)|github\.com|gitlab\.com"
    r"|bitbucket\.org|codeberg\.org"
    r"|(?:twitter|x)\.com|facebook\.com|fb\.com|instagram\.com|threads\.net|t\.me|telegram\.me|wa\.me"
    r"|behance\.net"
    r"|dribbble\.com|stackoverflow\.com/users|stackexchange\.com/users|medium\.com|dev\.to"
    r"|hashnode\.com|youtube\.com"
    r"|youtu\.be|twitch\.tv|tiktok\.com|vk\.com|bsky\.app/profile|mastodon\.\w+|keybase\.io|kaggle\.com"
    r"|huggingface\.co"
    r"|leetcode\.com|hackerrank\.com|codepen\.io|about\.me|linktr\.ee|calendly\.com|angel\.co/u"
    r"|wellfound\.com/u"
    r"|researchgate\.net/profile|orcid\.org|scholar\.google\.\w+|weibo\.com|zhihu\.com|note\.com|qiita\.com"
    r"|reddit\.com/u(?:ser)?|discord\.gg|discord\.com/users|upwork\.com/freelancers|fiverr\.com"
    r"|malt\.\w+/profile"
)
_PROFILE = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:[a-z]{{2,3}}\.|[\w-]{{1,40}}\.(?=medium|github|gitlab|substack"
    rf"|hashnode))?(?:{_PROFILE_HOSTS})/\n?@?[^\s<>|,;)\]\"'•·]+"
    rf"|(?<![\w-])[\w-]{{1,63}}\.(?:github\.io|gitlab\.io|medium\.com|substack\.com|hashnode\.dev|netlify\.app"
    rf"|vercel\.app|wordpress\.com"
    rf"|blogspot\.com|carrd\.co|notion\.site|tumblr\.com)\b(?:/[^\s<>|,;)\]]*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?:^|(?<=[|•· \n]))(?:linked-?in|xing|github|gitlab|twitter|telegram|instagram|skype|mastodon"
    r"|discord|bluesky|behance"
    r"|dribbble|facebook|wechat|微信|line|kakaotalk|medium|stack ?overflow|kaggle|orcid)(?: id)?[ ]?[:：][ ]*"
    r"(?P<it>@?[\w.:/#@-]{3,60})(?=[ ]*(?:$|[|•·\n]))",
    re.IGNORECASE | re.MULTILINE,
)
_FEDIVERSE = re.compile(rf"(?<!\w)@[\w.]{{1,40}}@{_LABELS}{{1,4}}[a-z]{{2,24}}\b", re.IGNORECASE)
_ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b")
_OWN_SITE = re.compile(
    rf"(?<![\w.@/-])(?:https?://[^\s<>|,;)\]]+|www\.{_LABELS}{{1,4}}[a-z]{{2,24}}(?:/[^\s<>|,;)\]]*)?"
    rf"|{_LABELS}{{1,3}}(?:dev|me|page|site|blog|name|codes|tech|design|com|org|net|eu|de|fr|es|it|pl"
    rf"|pt|br|uk|nl|se|in)\b"
    rf"(?:/[^\s<>|,;)\]]*)?)",
)  # at the head only, in small letters: "ASP.NET" is none

_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = (
    r"(?:\d{1,2}[ ]?[./-][ ]?\d{1,2}[ ]?[./-][ ]?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{4}[ ]?年[ ]?\d{1,2}[ ]?月(?:[ ]?\d{1,2}[ ]?日)?"
    r"|\d{4}[ ]?년[ ]?\d{1,2}[ ]?월(?:[ ]?\d{1,2}[ ]?일)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?[ ](?:de[ ]|of[ ])?{_MONTH},?[ ](?:de[ ]|del[ ])?\d{{4}}"
    rf"|{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}}"
    rf"|{_MONTH}[ ]\d{{4}}|(?:19|20)\d\d)"
)
_BORN = re.compile(
    r"(?<!\w)(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born|geboren(?: am)?|geb\.|geburtsdatum"
    r"|née? le|date de naissance"
    r"|fecha de nacimiento|f\. ?nac\.|nacid[oa](?: el)?|data de nascimento|nascid[oa](?: em)?"
    r"|nat[oa] il|data di nascita"
    r"|data urodzenia|urodzon[ya]|ur\.|geboortedatum|geboren op|fødselsdato|født|födelsedatum|född"
    r"|syntymäaika|syntynyt"
    r"|datum narození|dátum narodenia|datum rođenja|születési (?:dátum|idő)|data nașterii|дата рождения"
    r"|дата народження"
    r"|родил(?:ся|ась)|doğum tarihi|ngày sinh|ημερομηνία γέννησης|出生日期|出生年月|出生|生年月日|생년월일"
    r"|تاريخ الميلاد|जन्म तिथि)"
    rf"[ ]?[:：]?[ \n]?(?:on[ ]|in[ ]|am[ ]|den[ ])?(?:[^\W\d_]+ ?[,:] ?)?{_DATE}",
    re.IGNORECASE,
)
_ADULT = r"(?:1[6-9]|[2-7]\d)"
_AGE = re.compile(
    rf"(?<![\w-])(?:(?:age|alter|edad|idade|âge|età|wiek|leeftijd|ålder|alder|ikä|věk|vek|возраст|вік"
    rf"|yaş|年龄|年齡|年齢|나이)"
    rf"[ ]?[:：]?[ \n]?{_ADULT}|aged[ ]{_ADULT}(?![ ]?(?:and|or|to|-|\+|/))|{_ADULT}[ -]?(?:years?[ -]old"
    rf"|y\.?o\.?(?![\w])|yrs old|jahre alt"
    rf"|años de edad|anos de idade|歳|岁|歲))(?!\w|[ ]?[-+]\d?)",
    re.IGNORECASE,
)


def marks(text: str, hide: Sequence[str] = (), head: bool = True) -> list[Mark]:
    """In order; none inside of another. head: the text begins where the document does, with who wrote it."""
    seen = plain(text)
    top = seen[: head_end(seen)] if head else ""
    return outermost(
        [
            *found(_EMAIL, "email", seen),
            *(mark for pattern in (_PROFILE, _HANDLE, _FEDIVERSE, _ORCID) for mark in found(pattern, "link", seen)),
            *found(_OWN_SITE, "link", top),
            *(mark for pattern in (_BORN, _AGE) for mark in found(pattern, "birth", seen)),
            *phones(seen, head),
            *streets(seen, head),
            *hidden(seen, hide),
        ]
    )  # fmt: skip


def address_kind(address: str) -> Mark | None:
    """What the address behind a link tells, as a mark over all of it."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "mailto":
        return Mark("email", 0, len(address))
    if scheme.lower() in ("tel", "sms", "callto", "skype", "whatsapp"):
        return Mark("phone", 0, len(address))
    return Mark("link", 0, len(address)) if rest and _PROFILE.search(address) else None


# -- words to hide -------------------------------------------------------------------------------


def hidden(text: str, hide: Iterable[str]) -> Iterator[Mark]:
    """Each of the words, whatever its case and accents, also letter-spaced, divided or across two lines."""
    folded_text, places = _folded_places(text)
    for word in {_folded_places(one.strip())[0] for one in hide}:
        if len(word) < 2 or not any(letter.isalnum() for letter in word):
            continue
        for match in _as_written(word).finditer(folded_text):
            yield Mark("word", places[match.start()], places[match.end() - 1] + 1)


def _folded_places(text: str) -> tuple[str, list[int]]:
    """Without case, accents and ligatures; for each letter, where it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for one in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(one):
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def _as_written(word: str) -> re.Pattern[str]:
    parts = [part for part in re.split(r"[\W_]+", word) if part]
    divided = r"[\s\W_]{1,4}".join(r"(?:-?\s?\n)?".join(map(re.escape, part)) for part in parts)
    if len(parts) == 1 and len(parts[0]) == 1:  # "C++" is not "C"
        divided = re.escape(word)
    spaced = r"\s{1,3}".join(re.escape(letter) for part in parts for letter in part)
    either = f"{divided}|{spaced}" if sum(map(len, parts)) >= 4 else divided
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")


def name_forms(name: str) -> tuple[str, ...]:
    """How a person's name may stand in a text: whole, turned round, its parts, and joined as in addresses."""
    parts = [part for part in re.split(r"[\s,]+", name.strip()) if part]
    forms = [name.strip(), *(part for part in parts if len(part) >= 3)]
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        forms += [
            f"{last} {first}",
            f"{first}{last}",
            f"{last}{first}",
            f"{first[0]}{last}",
            f"{first}{last[0]}",
        ]
    return tuple(dict.fromkeys(form for form in forms if len(form) >= 2))


def employer_forms(name: str) -> tuple[str, ...]:
    """A company's name, without its legal form, and joined as in an address: "Acme Labs GmbH" is also "acmelabs"."""
    known = company_key(name)
    return tuple(
        dict.fromkeys(
            form for form in (name.strip(), known, folded(known).replace(" ", "")) if len(form) >= 2
        )
    )
