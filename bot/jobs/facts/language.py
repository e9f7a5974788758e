"""The language a posting is written in, as ISO 639-1.

Of 4,833 postings 97.5 % were English (research/feeds.md C): the little words of the usual languages decide in a
tenth of a millisecond. The model, which takes half a second to come in, was asked for 34 of 5,341 real postings.
"""

from __future__ import annotations

import re

from bot.jobs.facts.values import Posting

_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST = 12  # words of text below which nobody can tell
_LEAST_FOR_MODEL = 20
_MOST = 2_500  # characters that are looked at
_PLENTY = 0.08  # least share of its little words in a text; English ones had at most 0.05 in other languages
_SURELY = 0.2  # share of English words that settles it: four times what any other language had
_AHEAD = 2  # times as many as the next language has

# Words that are frequent in one of these languages and rare in the others.
_LITTLE: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and of to with for you our we will is are your "
        "this that as on have be at from who by or an it",
        "de": "und der die das mit für von zu den wir dich du ist ein "
        "eine einen einer auf bei dein deine als auch im sich nicht oder bist",
        "fr": "le les des et vous nous est une dans pour au aux "
        "sur avec votre notre du que qui êtes ou par plus cette être",
        "es": "el los las y del con para una un por que en "
        "su nuestro como más trabajo es al nuestra tus tu este serás o",
        "pt": "o os as e do da dos das com para uma um por "
        "que em na no seu você nossa como mais ser são nosso ao ou",
        "it": "il gli e di che con per una un del della dei "
        "nel è sono delle più alla nostro anche tuo le come ai",
        "nl": "de het een en van met voor je bij op is wij "
        "zijn ons onze als jij ben jouw aan om dat te ook naar",
        "pl": "i w na z do się oraz dla jest od po że nie jako co lub praca przez twoje nas przy oferujemy",
        "sv": "och att det som för med du av vi är en ett på till din hos eller kan dig våra har inom",
        "da": "og at det som for med du af vi er en et på til din hos eller kan dig vores har vil",
        "cs": "a v na se je s pro do k o z že jsme nebo práce jako budeš naše máš",
        "ro": "și de în la cu pentru o un pe este sau din care mai vei să ai",
        "tr": "ve bir bu için ile olarak en olan da de daha ya gibi",
    }.items()
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)


def read(posting: Posting) -> str:
    """ISO 639-1 of the posting's own text; "" when it is too short to tell."""
    text = posting.text[:_MOST]
    if not text.isascii():
        for language, letters in _SCRIPTS:
            if len(letters.findall(text)) * 5 > len(text):
                return language
    words = _LETTERS.findall(text.lower())
    if len(words) < _LEAST:
        return ""
    if sum(map(_LITTLE["en"].__contains__, words)) >= len(words) * _SURELY:
        return "en"
    counts = sorted(
        ((sum(map(little.__contains__, words)), language) for language, little in _LITTLE.items()),
        reverse=True,
    )
    (most, language), (next_most, _) = counts[0], counts[1]
    if most >= len(words) * _PLENTY and most >= next_most * _AHEAD:
        return language
    return _by_model(text) if len(words) >= _LEAST_FOR_MODEL else ""


def _by_model(text: str) -> str:
    from py3langid import (
        classify,  # numpy and the model: half a second
    )

    language, _ = classify(text)
    return str(language) if len(language) == 2 else ""
