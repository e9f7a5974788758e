"""The filter language: what somebody wants to hear, written as they would type it into a search field.

    python                    a whole word in title, company, tags or text; case and accents don't matter
    "data engineer"           words that stand together
    python go                 both; also `python AND go`
    python OR go              either; AND binds closer than OR, NOT closest
    NOT senior, -senior       not this
    ( … )                     brackets
    company:acme              in the company's name;  board:"We Work Remotely"  in the board's
    place:Portugal            the posting names it, or a part of it: a country, EU, LATAM, Texas, worldwide
    open-to:PT                somebody who may work there may apply
    pay>=90k EUR, pay>=50/h   the top of the stated range reaches it; without a currency in the posting's own
    pay<=60k, pay:stated      its bottom is no more than that; any pay is stated
    level:senior, type:contract, skill:python, language:de
    age<7d                    published so long ago; h, d, w
    unknown:place             the posting doesn't state it: place, pay, level, type, skill, company …
                              (empty)  everything

Only upper-case AND, OR, NOT are operators. The answer has three values: an opening passes on *true* only, and
`-company:acme` doesn't admit one whose company nobody told, `-place:US` none whose place is unknown.
"""

from bot.jobs.query.completing import complete
from bot.jobs.query.document import Document, Truth
from bot.jobs.query.errors import FilterError
from bot.jobs.query.explaining import Line, explain
from bot.jobs.query.parsing import MAX_LENGTH, MAX_NESTING, parse
from bot.jobs.query.tree import Filter

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
