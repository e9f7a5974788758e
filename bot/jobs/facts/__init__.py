"""Text → facts, each with the words that prove it. What nothing proves is unknown, and unknown is a value.

    facts = read(Posting(title="Senior Engineer", text="Remote (US only) …"))
    facts.place.scope, facts.place.evidence[0].quote   → "restricted", "Remote (US only)"

A board's own field is a claim like any other sentence: it is weighed against the title and the text, never believed
alone (research/feeds.md 0.1). Pure; run in a worker, since a posting may be long.
"""

from bot.jobs.facts.kept import decode, encode
from bot.jobs.facts.reading import read
from bot.jobs.facts.values import (
    NO_FACTS,
    NO_PLACE,
    Evidence,
    Facts,
    Pay,
    Place,
    Posting,
    Skill,
    Stated,
    Warning,
)

__all__ = [
    "NO_FACTS",
    "NO_PLACE",
    "Evidence",
    "Facts",
    "Pay",
    "Place",
    "Posting",
    "Skill",
    "Stated",
    "Warning",
    "decode",
    "encode",
    "read",
]
