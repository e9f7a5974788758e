"""The filter language: what somebody wants to hear, written as they would type it into a search field.

    python                    a whole word in title, company, tags or text; case and accents don't matter
    "data engineer"           words that stand together
    python go                 both; also `python AND go`
    python OR go              either; AND binds closer than OR, NOT closest
    NOT senior, -senior       not this
    ( … )                     brackets
    company:acme              in the company's name;  board:"We Work Remotely"  in the board's
                              (empty)  everything

Only upper-case AND, OR, NOT are operators. The answer has three values: an opening passes on *true* only, and
`-company:acme` doesn't admit one whose company nobody told.
"""

from bot.jobs.query.completing import complete
from bot.jobs.query.parsing import MAX_LENGTH, MAX_NESTING, FilterError, parse
from bot.jobs.query.tree import Document, Filter, Line, Truth, explain

__all__ = [
    "MAX_LENGTH",
    "MAX_NESTING",
    "Document",
    "Filter",
    "FilterError",
    "Line",
    "Truth",
    "complete",
    "explain",
    "parse",
]
