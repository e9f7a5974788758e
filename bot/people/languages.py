"""Languages by their names in English and in themselves, as BCP 47 tags. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from rapidfuzz import fuzz, process

from bot.refusals import Refusal
from bot.text import latin, tidy

MOST_LANGUAGES = 8
_NEAR = 75  # of 100

# Tag → English name, its own name, other names. Those spoken by millions, and those of the places that hire remotely.
_LANGUAGES: Mapping[str, str] = {
    "af": "Afrikaans",
    "am": "Amharic, አማርኛ",
    "ar": "Arabic, العربية, عربي",
    "az": "Azerbaijani, azərbaycanca",
    "be": "Belarusian, беларуская",
    "bg": "Bulgarian, български",
    "bn": "Bengali, বাংলা, Bangla",
    "bs": "Bosnian, bosanski",
    "ca": "Catalan, català",
    "cs": "Czech, čeština, česky",
    "cy": "Welsh, Cymraeg",
    "da": "Danish, dansk",
    "de": "German, Deutsch",
    "el": "Greek, Ελληνικά",
    "en": "English",
    "es": "Spanish, español, castellano",
    "et": "Estonian, eesti",
    "eu": "Basque, euskara",
    "fa": "Persian, فارسی, Farsi",
    "fi": "Finnish, suomi",
    "fil": "Filipino, Tagalog",
    "fr": "French, français",
    "ga": "Irish, Gaeilge",
    "gl": "Galician, galego",
    "gu": "Gujarati, ગુજરાતી",
    "ha": "Hausa",
    "he": "Hebrew, עברית",
    "hi": "Hindi, हिन्दी",
    "hr": "Croatian, hrvatski",
    "hu": "Hungarian, magyar",
    "hy": "Armenian, հայերեն",
    "id": "Indonesian, Bahasa Indonesia",
    "ig": "Igbo",
    "is": "Icelandic, íslenska",
    "it": "Italian, italiano",
    "ja": "Japanese, 日本語",
    "ka": "Georgian, ქართული",
    "kk": "Kazakh, қазақша, қазақ тілі",
    "km": "Khmer, ខ្មែរ",
    "kn": "Kannada, ಕನ್ನಡ",
    "ko": "Korean, 한국어",
    "lt": "Lithuanian, lietuvių",
    "lv": "Latvian, latviešu",
    "mk": "Macedonian, македонски",
    "ml": "Malayalam, മലയാളം",
    "mn": "Mongolian, монгол",
    "mr": "Marathi, मराठी",
    "ms": "Malay, Bahasa Melayu",
    "mt": "Maltese, Malti",
    "my": "Burmese, မြန်မာ",
    "nb": "Norwegian, norsk, bokmål, no",
    "ne": "Nepali, नेपाली",
    "nl": "Dutch, Nederlands, Flemish",
    "pa": "Punjabi, ਪੰਜਾਬੀ",
    "pl": "Polish, polski",
    "ps": "Pashto, پښتو",
    "pt": "Portuguese, português",
    "pt-BR": "Brazilian Portuguese, português do Brasil, Portuguese (Brazil)",
    "ro": "Romanian, română",
    "ru": "Russian, русский",
    "si": "Sinhala, සිංහල",
    "sk": "Slovak, slovenčina, slovensky",
    "sl": "Slovenian, slovenščina",
    "so": "Somali, Soomaali",
    "sq": "Albanian, shqip",
    "sr": "Serbian, српски, srpski",
    "sv": "Swedish, svenska",
    "sw": "Swahili, Kiswahili",
    "ta": "Tamil, தமிழ்",
    "te": "Telugu, తెలుగు",
    "th": "Thai, ไทย",
    "tr": "Turkish, Türkçe",
    "uk": "Ukrainian, українська",
    "ur": "Urdu, اردو",
    "uz": "Uzbek, oʻzbekcha, o'zbekcha",
    "vi": "Vietnamese, Tiếng Việt",
    "xh": "Xhosa, isiXhosa",
    "yo": "Yoruba, Yorùbá",
    "zh": "Chinese, 中文, Mandarin, 普通话, 汉语, 漢語",
    "yue": "Cantonese, 粵語, 广东话, 廣東話",
    "zu": "Zulu, isiZulu",
    "ase": "American Sign Language, ASL",
    "bfi": "British Sign Language, BSL",
}


def language_name(tag: str) -> str:
    """Its English name; the tag itself when we have none."""
    return _LANGUAGES.get(tag, tag).split(",")[0]


def is_language(tag: str) -> bool:
    """Is this one of the tags we know?"""
    return tag in _LANGUAGES


def language(text: str) -> str:
    """The tag of one language as somebody wrote it. Refuses what we don't know, with up to three that are near."""
    text = tidy(text, 60)
    tag = _tags().get(latin(text))
    if tag is None:
        likely = process.extract(latin(text), list(_tags()), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=6)
        near = tuple(dict.fromkeys(language_name(_tags()[name]) for name, _, _ in likely))[:3]
        raise Refusal("language_unknown", text=text, near=near)
    return tag


def languages(text: str) -> tuple[str, ...]:
    """Several, with commas, semicolons or line breaks between; each once. Refuses as `language`, and too many."""
    written = [part for part in map(tidy, re.split(r"[,;\n]", text)) if part]
    found = dict.fromkeys(map(language, written))
    if len(found) > MOST_LANGUAGES:
        raise Refusal("too_many_languages", limit=MOST_LANGUAGES)
    return tuple(found)


@cache
def _tags() -> Mapping[str, str]:
    named = {latin(name): tag for tag, names in _LANGUAGES.items() for name in names.split(",")}
    return {latin(tag): tag for tag in _LANGUAGES} | named
