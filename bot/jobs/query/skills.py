"""Skills as somebody types them: the seam to the room that keeps the list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.jobs.facts.skills import SKILLS, find
from bot.jobs.query.nearest import nearest


@lru_cache(4096)
def find_skill(text: str) -> str | None:
    """The id of the skill that this whole text names: "react native" is one, "senior python" is none."""
    if text.lower() in SKILLS:
        return text.lower()
    words = text.split()
    found = find(text)
    if len(found) != 1 or (
        len(words) > 1 and found in (find(" ".join(words[:-1])), find(" ".join(words[1:])))
    ):
        return None
    return found[0]


def nearest_skill(text: str) -> str | None:
    """A skill that was probably meant."""
    return nearest(text, list(SKILLS.values()))


def skill_names(begun: str) -> Iterator[str]:
    """The skills that begin so, as people write them."""
    return (label for label in SKILLS.values() if label.lower().startswith(begun.lower()))
