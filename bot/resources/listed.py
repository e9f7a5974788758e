"""What can be listed, by need: a server's own entries first, then those of resources.yaml. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.people.profile import one_link
from bot.ports import Resource
from bot.refusals import Refusal
from bot.text import canonical_link, latin, tidy

#: The words of `need:`, and what people read in the menu.
NEEDS: Mapping[str, str] = {
    "openings": "Find openings",
    "companies": "Look into a company",
    "communities": "Be among others",
    "learning": "Learn something",
    "applying": "Write an application",
    "interviews": "Prepare for an interview",
    "negotiation": "Talk about pay",
    "remote work": "Work well from afar",
    "places": "Find a place to work",
    "tools": "Tools for every day",
    "safety": "Stay safe from scams",
}

# What people type who mean it, beside the words above.
_ALSO: Mapping[str, str] = {
    "openings": "jobs job board vacancy vacancies work positions",
    "companies": "employer employers firm reviews culture",
    "communities": "community people friends network networking chat meetups",
    "learning": "course courses training study skills certificate",
    "applying": "cv resume résumé curriculum letter cover application portfolio",
    "interviews": "interviewing questions whiteboard mock",
    "negotiation": "salary wage offer raise money negotiate negotiating",
    "remote work": "home office async habits guides",
    "places": "coworking cafe nomad travel space",
    "tools": "apps software time zones calendar",
    "safety": "scam fraud fake security",
}

MAX_NAME, MAX_URL, MAX_WHOM, MAX_WORDS = 80, 300, 120, 200
MOST_OWN = 50  # of one server
_SMALL = frozenset(("a", "an", "for", "from", "into", "to", "of"))
_SHORTEST = 3  # of a word that may be the beginning of ours
_NEAR = 75  # of 100: one wrong letter in a short word


@dataclass(frozen=True, slots=True)
class Own:
    """What a server's moderators added. id: of the row; 0 before it is kept. words: what it is good for."""

    id: int
    name: str
    url: str
    need: str
    words: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What `/resources` shows for one need: a server's own first."""

    need: str
    own: tuple[Own, ...]
    common: tuple[Resource, ...]


def by_need(need: str, own: Sequence[Own], common: Sequence[Resource]) -> Listed:
    """Both lists for one of `NEEDS`; what is closed stands last, so that nobody looks for it in vain."""
    wanted = [one for one in common if one.need == need]
    return Listed(
        need,
        tuple(one for one in own if one.need == need),
        tuple(sorted(wanted, key=lambda one: one.closed)),
    )


def counts(own: Sequence[Own], common: Sequence[Resource]) -> dict[str, int]:
    """How many entries each need has, in the order of the menu; needs without any are left out."""
    found = [*(one.need for one in own), *(one.need for one in common)]
    return {need: found.count(need) for need in NEEDS if need in found}


def need_of(text: str) -> str:
    """The need that somebody typed, in our words or nearly so. Refuses what is none of them."""
    words = latin(tidy(text, 60)).split()
    spelled = {word for need in NEEDS for word in _words_of(need)}
    if any(len(word) >= _SHORTEST or word in spelled for word in words) and (found := needs_like(text, 1)):
        return found[0]
    raise Refusal("need_unknown", text=tidy(text, 60))


def needs_like(text: str, limit: int = 25) -> list[str]:
    """The needs somebody may mean, best first; all of them for nothing."""
    wanted = latin(tidy(text, 60))
    if not wanted:
        return list(NEEDS)[:limit]
    names = {need: latin(f"{need} {words}") for need, words in NEEDS.items()}
    inside = [need for need, name in names.items() if len(wanted) >= _SHORTEST and wanted in name]
    typed = wanted.split()
    near = {need: max(_alike(one, word) for one in typed for word in _words_of(need)) for need in NEEDS}
    best = sorted((need for need in NEEDS if near[need] >= _NEAR), key=lambda need: -near[need])
    return list(dict.fromkeys([*inside, *best]))[:limit]


def _words_of(need: str) -> list[str]:
    """Whatever may be typed for a need, without the words that say nothing."""
    words = latin(f"{need} {NEEDS[need]} {_ALSO[need]}").split()
    return [word for word in words if word not in _SMALL]


def _alike(typed: str, word: str) -> float:
    """0 to 100. A beginning counts; of one or two letters it is enough to be offered, while somebody types."""
    if len(typed) < _SHORTEST:
        return 100.0 if word == typed else _NEAR * word.startswith(typed)
    return 100.0 if word.startswith(typed) else fuzz.ratio(typed, word)


def checked(name: str, url: str, need: str, words: str, existing: Sequence[Own]) -> Own:
    """An entry as it may be kept. Refuses one without a name, with a link that can't be shown, twice, or too many."""
    clean = tidy(name, MAX_NAME)
    if not clean:
        raise Refusal("resource_without_name")
    if need not in NEEDS:
        raise Refusal("need_unknown", text=tidy(need, 60))
    shown = one_link(url)
    if len(shown) > MAX_URL:
        raise Refusal("link_refused", link=shown)
    if any(canonical_link(one.url) == canonical_link(shown) for one in existing):
        raise Refusal("resource_there", url=shown)
    if len(existing) >= MOST_OWN:
        raise Refusal("too_many_resources", limit=MOST_OWN)
    return Own(0, clean, shown, need, tidy(words, MAX_WORDS))
