"""Ids and words that the canned values share: hostile ones, other scripts, the longest ones."""

from __future__ import annotations

PYTHON, DESIGN, MODERATORS = 1442000000000000010, 1442000000000000011, 1442000000000000019
MO = 1442000000000000100
NONCE = "0fKzX2mPq7RtYb4LcW9vNs"
LARGEST = 2**63 - 1  # an id of an opening, a storm or a subscription

HOSTILE = (
    "# [Click](https://evil.example) @everyone **URGENT** ||look|| `rm` <@123> <@&456> <#789> </jobs stop:1> "
    "https://evil.example discord.gg/abc ~~10k~~ :smile: <t:1:R>"
)
LINES = f"> quote\n# heading\n-# small\n1. list\n{HOSTILE}"
ARABIC = "مهندس برمجيات أول (Python) עבודה מהבית"
GLYPHS = "👩🏽‍🚀" * 150
