"""What was probably meant."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process

from bot.jobs.query.words import fold

_ALIKE = 65  # of 100, rapidfuzz's weighted ratio: two letters swapped or one missing in a short word


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that is spelled most like it, if any is near."""
    found = process.extractOne(word, known, processor=fold, score_cutoff=_ALIKE)
    return found[0] if found else None
