"""How a message goes out, beside its words: how loud, to whom, and under what name and tags in a forum. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_TAGS = 5  # of one post; docs: Forums

_DROPPED = {"Mn", "Me", "Cf", "So", "Sk"}  # accents, joiners, emoji and their shades


@dataclass(frozen=True, slots=True)
class Way:
    """What a kind of message wants for one value; only what fits the channel is used.

    silent: no phone rings. role_id: the one role that may be pinged; its mention stands in the card.
    publish: send it on from an announcement channel to those who follow it; when that fails, nothing else does.
    post_title: the name of a forum's post, cut to 100 characters; needed for a forum.
    tag_words: the tags of a forum's post, those that exist, in this order, five at most.
    fallback_tag: the tag for a forum that wants one when none of the words is there.
    close: put the forum's post away after an edit.
    """

    silent: bool = False
    role_id: int | None = None
    publish: bool = False
    post_title: str = ""
    tag_words: tuple[str, ...] = ()
    fallback_tag: str = ""
    close: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that a forum has. free: the bot may give it to a post."""

    id: int
    name: str
    free: bool


def tags_for(way: Way, there: Sequence[Tag], *, required: bool) -> list[int] | None:
    """The ids of the tags that a post gets; None when the forum wants one (`required`) and none fits."""
    by_name = {plain(tag.name): tag.id for tag in reversed(there) if tag.free}
    chosen = list(_found(way.tag_words, by_name))[:MOST_TAGS]
    if required and not chosen:
        return list(_found([way.fallback_tag], by_name)) or None
    return chosen


def _found(words: Iterable[str], by_name: dict[str, int]) -> dict[int, None]:
    names = filter(None, map(plain, words))
    return dict.fromkeys(by_name[name] for name in names if name in by_name)


def plain(name: str) -> str:
    """A tag's name as people would compare it: case, accents and emoji don't count."""
    letters = unicodedata.normalize("NFKD", name)
    kept = "".join(one for one in letters if unicodedata.category(one) not in _DROPPED)
    return " ".join(kept.casefold().split())
