"""Every column the bot keeps: whose data, what for, for how long, what erasing makes of it. Only values.

Order matters where rows belong to others: what belongs comes first. The days after somebody has left, or the bot was
removed, are in `bot.people.retention`; those here begin with a moment of the row itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.people.kept_checkins import CHECKINS
from bot.people.kept_jobs import JOBS
from bot.people.kept_meets import MEETS
from bot.people.kept_reviews import REVIEWS
from bot.people.privacy import Age, Claim, Kept, introduction_as_asker_knows_it

_GUILD = {"guild_id": "which server"}
_WHO = {**_GUILD, "user_id": "which member"}
_ID = {"id": "our number of the row"}
_NAMELESS: Mapping[str, object] = {"user_id": None, "blocked_id": None}

_PEOPLE: tuple[Kept, ...] = (
    Kept(
        "member",
        "the member's",
        {
            **_WHO,
            "joined_at": "the rule of the first seven days",
            "met_at": "when they first pressed something here",
            "seen_at": "when they last pressed something here, to the hour",
            "checked_at": "when Discord was last asked whether they are still here",
            "left_at": "when they left; their data goes some days later",
            "started_at": "that /start need not be offered again",
            "safety_at": "that they look after safety: they are told of new cases",
            "wishes": "what they want from this server",
            "private": "whether they search in private",
            "opened": "what they opened all the same",
            "zone": "their local time",
            "quiet_from": "when direct messages wait",
            "quiet_until": "when direct messages go on",
            "dm_since": "their consent to direct messages",
            "dm_closed_at": "that Discord refused a direct message",
            "dm_told_at": "that they were told so once",
            "locale": "the language the bot speaks with them",
            "plain": "text instead of pictures",
        },
        claims=(Claim("user_id"),),
        search={"wishes": ""},
        lines=frozenset({"wishes", "opened"}),
    ),
    Kept(
        "profile",
        "the member's",
        {
            **_WHO,
            "headline": "what they say of themselves",
            "field": "openings and people that fit",
            "level": "openings and people that fit",
            "skills": "openings and people that fit",
            "languages": "openings and people that fit",
            "country": "openings that are open to them",
            "may_work": "openings that are open to them",
            "pay_floor": "openings that pay enough",
            "pay_currency": "openings that pay enough",
            "links": "what they want to show",
            "open_to": "what others may ask them for",
            "done": "their checklist",
            "shown": "who sees which field",
            "changed_at": "when it was changed last",
        },
        claims=(Claim("user_id"),),
        search="rows",
        lines=frozenset({"skills", "languages", "may_work", "links", "open_to", "done", "shown"}),
    ),
    Kept(
        "guard",
        "the member's",
        {
            **_ID,
            **_WHO,
            "kind": "a company, their employer or a member",
            "mark": "whom they must not meet, to compare",
            "name": "whom they must not meet, to read",
            "made_at": "the order of their list",
        },
        # Somebody else's guard against an erased member stays as a block, which names nobody (flow.privacy).
        claims=(Claim("user_id"), Claim("mark", "digits", when={"kind": "member"}, shown=())),
        search="rows",
    ),
    Kept(
        "block",
        "the member's",
        {
            "mark": "a keyed hash: these two never meet again",
            **_GUILD,
            "user_id": "who blocked",
            "blocked_id": "who is blocked",
            "made_at": "the order of their list",
        },
        claims=(
            Claim("user_id", becomes=_NAMELESS, shown=("blocked_id", "made_at")),
            Claim("blocked_id", becomes=_NAMELESS, shown=()),
        ),
    ),
    Kept(
        "pen_name",
        "the member's",
        {
            **_WHO,
            "circle": "the group it is used in",
            "folded": "that no two are alike",
            "name": "what they are called there",
            "made_at": "when it was chosen",
        },
        claims=(Claim("user_id"),),
    ),
    Kept(
        "introduction",
        "of the two members",
        {
            **_ID,
            **_GUILD,
            "asker_id": "who asks",
            "asked_id": "who is asked",
            "words": "why they ask",
            "state": "what became of it",
            "asked_at": "how many somebody asks for",
            "lapses_at": "when the asker hears the same, whatever happened",
            "settled_at": "when it was answered",
        },
        claims=(
            Claim("asker_id", told=introduction_as_asker_knows_it),
            # The row stays for the asker, who must not learn from its absence that anything happened.
            Claim("asked_id", becomes={"asked_id": 0}),
        ),
        ages=(Age("lapses_at", 30, "it lapses"),),
        search="rows",
    ),
    Kept(
        "case_entry",
        "of the one who did it",
        {
            **_ID,
            "case_id": "which case",
            "by_id": "who did it",
            "kind": "what was done",
            "words": "a note for those who see the case",
            "at": "when it was done",
        },
        claims=(
            Claim("about_id", of_parent=True, shown=()),
            Claim("by_id", becomes={"by_id": None}, shown=("kind", "words", "at")),
        ),
        guild=None,
        parent=("case_id", "case_file"),
    ),
    Kept(
        "case_file",
        "of the one who told it",
        {
            **_ID,
            **_GUILD,
            "number": "how people speak of it",
            "by_id": "who told it",
            "about_id": "whom it is about",
            "words": "what happened",
            "channel_id": "where the message stands",
            "message_id": "which message it is about",
            "quote": "what the message said",
            "readers": "who may see the case",
            "state": "open, claimed or closed",
            "claimed_by": "who looks after it",
            "made_at": "its age",
            "changed_at": "when it was closed",
        },
        claims=(
            # A case never shows to the one it is about; erasing them leaves its number and state.
            Claim(
                "about_id",
                becomes={"about_id": None, "words": "", "quote": "", "channel_id": None, "message_id": None},
                shown=(),
            ),
            Claim("by_id", becomes={"by_id": None}, shown=("number", "words", "state", "made_at")),
            Claim(
                "claimed_by",
                when={"state": "claimed"},
                becomes={"claimed_by": None, "state": "open"},
                shown=("number", "state", "changed_at"),
            ),
            Claim(
                "claimed_by",
                when={"state": "closed"},
                becomes={"claimed_by": None},
                shown=("number", "state", "changed_at"),
            ),
            Claim("claimed_by", when={"state": "open"}, becomes={"claimed_by": None}, shown=("number",)),
        ),
        ages=(Age("changed_at", 180, "it was closed", when={"state": "closed"}),),
    ),
    Kept(
        "look",
        "the member's",
        {
            **_ID,
            **_GUILD,
            "member_id": "whose record was looked into",
            "by_id": "who looked",
            "what": "at what",
            "case_number": "for which case",
            "at": "when",
        },
        claims=(
            Claim("member_id"),
            Claim("by_id", becomes={"by_id": None}, shown=("what", "case_number", "at")),
        ),
        ages=(Age("at", 180, "the look"),),
    ),
    Kept(
        "delivery",
        "of the one it is for",
        {
            **_ID,
            "key": "that nothing is said twice",
            "version": "that an edit is known from its original",
            "kind": "which card is drawn",
            **_GUILD,
            "channel_id": "where it is said",
            "member_id": "to whom it is said",
            "subscription_id": "which subscription it belongs to",
            "value": "what is said",
            "nonce": "that nothing is said twice",
            "state": "whether it was said",
            "attempts": "when it is tried again",
            "due_at": "when it shall be said",
            "created_at": "when it was promised",
            "started_at": "whether it may have arrived",
            "settled_at": "when it was said",
            "message_id": "the message in Discord",
            "trouble": "why it was not said",
            "trouble_detail": "what helps against it",
            "minded_at": "that the trouble was dealt with",
        },
        claims=(
            Claim("member_id", shown=("kind", "value", "state", "due_at", "created_at", "settled_at")),
            Claim("key", "inside", shown=()),
            Claim("value", "inside", shown=()),
        ),
        ages=(Age("settled_at", 30, "it was said", elsewhere=True),),
        search="rows",
        json=frozenset({"value"}),
    ),
    Kept(
        "resource",
        "the server's",
        {
            **_ID,
            **_GUILD,
            "name": "the server's own list of help",
            "url": "the server's own list of help",
            "need": "the server's own list of help",
            "words": "the server's own list of help",
            "added_by": "who added it",
            "added_at": "when it was added",
        },
        claims=(Claim("added_by", becomes={"added_by": None}, shown=("name", "url", "words", "added_at")),),
    ),
    Kept(
        "server",
        "the server's",
        {
            "id": "which server",
            "moderators_channel_id": "where moderators hear of troubles",
            "safety_role_id": "who may see cases",
            "second_contact_id": "who hears of reports about moderators",
            "panel_channel_id": "where the panel stands",
            "panel_nonce": "how the panel is recognised",
            "panel_message_id": "which message the panel is",
            "panel_shown": "which buttons the panel has",
            "left_at": "when the bot was removed; the data goes some days later",
            "changed_by": "who changed it last",
            "changed_at": "when it was changed last",
        },
        claims=(
            Claim("second_contact_id", becomes={"second_contact_id": None}, shown=("second_contact_id",)),
            Claim("changed_by", becomes={"changed_by": 0}, shown=("changed_at",)),
        ),
        guild="id",
    ),
    Kept(
        "erased",
        "nobody's",
        {
            "mark": "a keyed hash: an older backup can't bring this person back",
            "at": "which backups are older",
        },
        guild=None,
    ),
)

# What belongs comes first: what waits before its subscription, openings last.
KEPT: tuple[Kept, ...] = (*_PEOPLE, *CHECKINS, *REVIEWS, *MEETS, *JOBS)

BY_TABLE: Mapping[str, Kept] = {kept.table: kept for kept in KEPT}
