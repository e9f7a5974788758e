"""Six yes or no after a meeting, which end in one next step. For the member's eyes alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.meets.values import Check, Debrief
from bot.refusals import Refusal

CHECKS = 6


def next_check(debrief: Debrief, answers: Mapping[str, bool]) -> Check | None:
    """The first one that has no answer yet; None: all have."""
    return next((check for check in debrief.checks if check.id not in answers), None)


def answered(debrief: Debrief, answers: Mapping[str, bool], check_id: str, yes: bool) -> dict[str, bool]:
    """With this answer; a second one replaces the first. Refuses "debrief_changed": the book has it no more."""
    if all(check.id != check_id for check in debrief.checks):
        raise Refusal("debrief_changed")
    return dict(answers) | {check_id: yes}


def next_step(debrief: Debrief, answers: Mapping[str, bool]) -> str:
    """That of the first "no" in the book's order; `done` when all is a yes.

    Answers to checks that the book has no more count for nothing. Refuses "debrief_open" while one is missing.
    """
    missing = sum(check.id not in answers for check in debrief.checks)
    if missing:
        raise Refusal("debrief_open", missing=missing)
    return next((check.step for check in debrief.checks if not answers[check.id]), debrief.done)
