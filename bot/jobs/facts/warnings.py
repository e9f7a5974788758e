"""Reasons to look twice at an opening, each with the words that gave it. A reason is never a verdict.

On 5,341 stored postings fees, chats, free mail and high pay for no experience fired for none, so those rules are
tried on invented text only. Honest employers fire the others, too. An employer's own warning ("we never ask for gift
cards") and the tools of the job ("WhatsApp campaigns") don't count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.jobs.facts import roles
from bot.jobs.facts.remote import REMOTE_BOARDS
from bot.jobs.facts.values import Evidence, Facts, Posting, Warning
from bot.jobs.facts.windows import around, lowered

# code → one sentence for people. {n} is filled in where the database counts.
WORDS: Mapping[str, str] = {
    "text_too_short": "It says almost nothing about the job.",
    "no_role": "It doesn't say which job it is.",
    "not_a_role_word": "Its title names no job that we know.",
    "no_experience_high_pay": "It asks for no experience and promises high pay.",
    "commission_only": "It pays commission only.",
    "asks_fee": "It speaks of money that you would have to pay.",
    "chat_only": "It asks you to write on Telegram, WhatsApp or Signal.",
    "free_mail": "It asks you to apply to a free mail address.",
    "link_shortener": "It sends you to a shortened link that hides where it goes.",
    "board_region_conflict": "The board says one place, the text another.",
    "pay_conflict": "The board says one pay, the text another.",
    "on_site": "It is offered as remote, yet the text asks for days in an office.",
    "company_missing": "It doesn't say who hires.",
    "repost_n": "It was posted {n} times.",
    "fan_out_n": "It stands in {n} places at once, as one opening each.",
}

SHORT = (
    120  # characters of text; of 5,341 stored postings 11 had fewer, most of them cut by whoever stored them
)
_MOST = 12_000
# Pay from which "no experience" is a reason to look twice, by period, in USD, EUR or GBP.
_HIGH: Mapping[str, float] = {"hour": 45, "day": 350, "week": 1_800, "month": 7_500, "year": 90_000}
_CURRENCIES = frozenset({"USD", "EUR", "GBP"})

_NEVER = re.compile(
    r"\b(?:never|not|n't|n’t|beware|caution|scams?|fraud\w*|only through|rather than"
    r"|instead of|impersonat\w+|suspicious)\b|n['’]t\b|\b(?:no|without) "
    r"|\b(?:we|company) (?:pay|cover|reimburse|provide)"
)
_COMMISSION = re.compile(
    r"\b(?:100\s?%|straight|pure(?:ly)?|fully|entirely)[- ]commission\b|\bcommission[- ]only\b"
    r"|\bcommission is the only\b|\bno base (?:salary|pay)\b"
    r"|\bunpaid[^.\n]{0,40}commission"
)
_FEE = re.compile(
    r"\b(?:pay|paying|purchase|buy|send|deposit|cover|cost of|requires?|one-time|refundable"
    r"|small)\b[^.\n]{0,50}\b(?:training fee|registration fee|application fee"
    r"|processing fee|starter kit|background check fee|onboarding fee|own training|licen[cs]e yourself)"
    r"|\b(?:cashier(?:'|’)?s? che(?:ck|que)|equipment che(?:ck|que)|che(?:ck|que) (?:for"
    r"|to buy|to purchase) (?:your )?(?:home )?(?:office )?equipment|money order|western union"
    r"|moneygram)\b"
    r"|\b(?:pay|paid|send|purchase|buy)\b[^.\n]{0,40}\bgift cards?\b"
    r"|\b(?:upfront|up-front) (?:fee|payment|investment|deposit)\b|\brefundable (?:fee"
    r"|deposit)\b|\bdeposit (?:your own )?(?:usdt|crypto|bitcoin)\b"
)
_CHAT = re.compile(
    r"\b(?:contact|message|text|write|reach|apply|send|ping|dm|interview\w*|chat|add"
    r"|whats ?app|telegram)\b[^.\n]{0,60}\b(?:(?:via|on|through|over|at|by|using|in)\s+(?:our "
    r"|my )?(?:telegram|whats ?app|signal)\b(?!\s+(?:campaign|channel|communit|api|business"
    r"|chat|bot|group))"
    r"|t\.me/|wa\.me/)"
    r"|\b(?:telegram|whats ?app|signal)\s*(?:number|no\.?|handle|id)?\s*[:@]\s*(?:@?\w{4,}"
    r"|\+?\d[\d ()-]{6,})|https?://(?:t\.me|wa\.me|chat\.whatsapp\.com)/"
)
_OF_THE_JOB = re.compile(
    r"\b(?:customers?|clients?|leads?|prospects?|users?|players?|buyers?|patients?|guests?"
    r"|students?|community|campaigns?|inbound|outbound|phone, email)\b"
)
_MAIL = re.compile(
    r"\b[\w.+-]{1,64}@(?:gmail|googlemail|outlook|hotmail|live|yahoo|ymail|proton|protonmail"
    r"|gmx|aol|mail|yandex|icloud)\.[a-z]{2,4}\b"
)
_SHORT_LINK = re.compile(
    r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|cutt\.ly|rebrand\.ly|shorturl\.at|rb\.gy|is\.gd|t\.ly"
    r"|ow\.ly|tiny\.cc)/\w+"
)
_NO_EXPERIENCE = re.compile(
    r"\bno (?:prior |previous |work )?experience (?:is )?(?:required|needed|necessary)\b"
    r"|\bno experience\b(?=\s*[,.!)]|$)"
)

_FEE_NEEDLES = (
    *("fee", "kit", "check", "cheque", "money order", "western union", "moneygram", "gift card"),
    *("upfront", "up-front", "deposit", "own training", "yourself"),
)
_SHORTENERS = (
    *("bit.ly", "tinyurl", "goo.gl", "cutt.ly", "rebrand.ly", "shorturl", "rb.gy", "is.gd"),
    *("t.ly/", "ow.ly", "tiny.cc"),
)
# code, literals without which the pattern can't hold, pattern; words of warning near it take it back where `denied`.
_RULES: tuple[tuple[str, tuple[str, ...], re.Pattern[str], bool], ...] = (
    ("commission_only", ("commission", "no base"), _COMMISSION, True),
    ("asks_fee", _FEE_NEEDLES, _FEE, True),
    ("chat_only", ("telegram", "whatsapp", "whats app", "signal", "t.me/", "wa.me/"), _CHAT, True),
    ("free_mail", ("@",), _MAIL, False),
    ("link_shortener", _SHORTENERS, _SHORT_LINK, False),
)


def read(posting: Posting, facts: Facts) -> tuple[Warning, ...]:
    """The reasons to look twice, at most one of each code; none for what is no job."""
    if not facts.is_job:
        return ()
    found = [*_of_facts(posting, facts), *_of_form(posting), *_of_words(posting)]
    if proof := _no_experience_high_pay(posting, facts):
        found.append(Warning("no_experience_high_pay", proof))
    return tuple(found)


def _of_facts(posting: Posting, facts: Facts) -> Iterator[Warning]:
    """What the other rooms found at odds."""
    if facts.place.board_says and facts.place.evidence:
        yield Warning("board_region_conflict", facts.place.evidence[0])
    if facts.pay and facts.pay.conflict and facts.pay.evidence:
        yield Warning("pay_conflict", facts.pay.evidence[0])
    if facts.remote_type in ("onsite", "hybrid") and facts.remote_evidence and _offered_as_remote(posting):
        yield Warning("on_site", facts.remote_evidence[0])


def _offered_as_remote(posting: Posting) -> bool:
    """Does the board, its place field or the title say remote, and none of them anything else?"""
    said = f"{posting.place_claim} {posting.title}".lower()
    if any(word in said for word in ("hybrid", "on-site", "onsite", "on site", "in-office", "in office")):
        return False
    return posting.board in REMOTE_BOARDS or posting.board == "remoteok" or "remote" in said


def _of_form(posting: Posting) -> Iterator[Warning]:
    """What is missing."""
    text, title = posting.text.strip(), posting.title.strip()
    if len(text) < SHORT:
        yield _of_whole(posting, "text", "text_too_short")
    if posting.board == roles.HN:
        return  # a comment has cells, not a title
    if not title:
        yield _of_whole(posting, "title", "no_role")
    elif not roles.ROLE.search(title) and posting.board in roles.ANYBODY:
        yield _of_whole(posting, "title", "not_a_role_word")
    # A plain feed has no field for it: there the title or the text says who hires.
    named = posting.company.strip().lower()
    if named in ("n/a", "na", "none", "confidential", "unknown", "-") or (
        not named and posting.board not in ("", "generic", "jsonfeed")
    ):
        yield _of_whole(posting, "company", "company_missing")


def _of_whole(posting: Posting, source: str, code: str) -> Warning:
    return Warning(code, Evidence.of(posting, source, 0, len(posting.source(source)), f"warning.{code}"))


def _of_words(posting: Posting) -> Iterator[Warning]:
    low = lowered(posting.text[:_MOST])
    for code, needles, pattern, denied in _RULES:
        stretches = around(low, needles, 90, 90)
        matches = (match for start, end in stretches for match in pattern.finditer(low, start, end))
        match = next((one for one in matches if not (denied and _denied(low, one, code))), None)
        if match:
            yield Warning(code, Evidence.of(posting, "text", match.start(), match.end(), f"warning.{code}"))


def _denied(low: str, match: re.Match[str], code: str) -> bool:
    """Is it a warning of the employer's own, or a tool of the job?"""
    begin = max(low.rfind("\n", 0, match.start()), match.start() - 140)
    line_end = low.find("\n", match.end())
    end = min(match.end() + 100, line_end if line_end >= 0 else len(low))
    around_it = low[begin + 1 : end]
    if code == "chat_only" and _OF_THE_JOB.search(around_it):
        return True
    return code != "commission_only" and _NEVER.search(around_it) is not None


def _no_experience_high_pay(posting: Posting, facts: Facts) -> Evidence | None:
    pay = facts.pay
    if pay is None or pay.period is None or pay.currency not in _CURRENCIES:
        return None
    if (pay.high or pay.low or 0) < _HIGH[pay.period]:
        return None
    for source in ("title", "text"):
        if match := _NO_EXPERIENCE.search(lowered(posting.source(source)[:_MOST])):
            return Evidence.of(posting, source, match.start(), match.end(), "warning.no_experience_high_pay")
    return None
