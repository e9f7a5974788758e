"""An expected "no" to a person: raised by a rule or a flow, put into words in one place (`cogs.refusals`)."""

from __future__ import annotations


class Refusal(Exception):
    """`reason` is a word of the closed list in `cogs.refusals.every`; `facts` fill its sentence."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts
