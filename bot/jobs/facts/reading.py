"""All facts of one posting: each room reads its own, the order matters only where one builds on another."""

from __future__ import annotations

from dataclasses import replace

from bot.jobs.facts import employment, keys, language, level, pay, place, remote, skills, warnings
from bot.jobs.facts.values import MOST_TEXT, Facts, Posting


def read(posting: Posting) -> Facts:
    """The facts of one posting; never raises, whatever the text."""
    if len(posting.text) > MOST_TEXT:
        posting = replace(posting, text=posting.text[:MOST_TEXT])
    remote_type, remote_evidence = remote.read(posting)
    where = place.read(posting, remote_type)
    found = Facts(
        is_job=remote.is_job(posting),
        remote_type=remote_type,
        remote_evidence=remote_evidence,
        place=where,
        pay=pay.read(posting, where),
        level=level.read(posting),
        employment=employment.read(posting),
        skills=skills.read(posting),
        language=language.read(posting),
        opening_key=keys.opening(posting, where),
        variant_key=keys.variant(posting, where),
    )
    return replace(found, warnings=warnings.read(posting, found))
