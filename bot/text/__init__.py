"""Text that isn't ours, made harmless at intake: marks out, tags out, links checked, cut.

What Discord makes of a text (markdown, mentions) is not known here: that is `cogs.gate`, the way out.
"""

from bot.text.cleaning import clean, clean_lines, cut, tidy, tidy_lines
from bot.text.folding import company_key, folded, latin
from bot.text.links import MAX_LINK, canonical_link, link, without_invites
from bot.text.markup import html_to_text

__all__ = [
    "MAX_LINK",
    "canonical_link",
    "clean",
    "clean_lines",
    "company_key",
    "cut",
    "folded",
    "html_to_text",
    "latin",
    "link",
    "tidy",
    "tidy_lines",
    "without_invites",
]
