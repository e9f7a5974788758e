"""Every column that meetings of two keep; a part of `bot.people.kept`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.people.privacy import Age, Claim, Kept

_GUILD = {"guild_id": "which server"}
_WHO = {**_GUILD, "user_id": "which member"}
_ID = {"id": "our number of the row"}
_OF_MATCH = ("match_id", "meet_match")
_WHICH = ("kind", "week")  # told beside; never its state, by which one sees what the other said
_NO_PAPERS: Mapping[str, object] = {"given": "", "result": ""}

MET = 400  # days: two who met are new to each other again after a year
PAPERS = 30  # days: what a draw was asked and what it answered, as of reviews; who must not meet stands in it

MEETS: tuple[Kept, ...] = (
    Kept(
        "meet_debrief",
        "the member's",
        {
            "match_id": "which meeting",
            **_WHO,
            "answers": "six yes or no, which nobody else sees",
            "changed_at": "when they answered",
        },
        claims=(Claim("user_id", shown=("answers", "changed_at")),),
        parent=_OF_MATCH,
        beside=_WHICH,
        search="rows",
        json=frozenset({"answers"}),
    ),
    Kept(
        "meet_answer",
        "the member's",
        {
            "match_id": "which meeting",
            **_WHO,
            "turn": "which of its weeks",
            "met": "whether they met, which the others don't see",
            "said_at": "when they said so",
        },
        claims=(Claim("user_id", shown=("turn", "met", "said_at")),),
        parent=_OF_MATCH,
        beside=_WHICH,
    ),
    Kept(
        "meet_member",
        "the member's",
        {
            "match_id": "which meeting",
            **_WHO,
            "place": "who is the mentor",
            "reasons": "why the other one, as they may read it",
            "let_in_at": "that Discord let them into its thread",
            "let_out_at": "that Discord took them out of its thread",
        },
        claims=(Claim("user_id", shown=("let_in_at", "let_out_at")),),
        parent=_OF_MATCH,
        beside=_WHICH,
        json=frozenset({"reasons"}),
    ),
    Kept(
        "meet_match",
        "the server's",
        {
            **_ID,
            **_GUILD,
            "kind": "coffee, interview, partner or mentor",
            "week": "which week, so that the same people don't meet again soon",
            "weeks": "how many weeks it lasts",
            "about": "what they talk about first",
            "state": "whether it is over",
            "asked": "how often they were asked whether they met",
            "drawn_at": "when it was drawn",
            "next_at": "when it goes on",
            "thread_at": "when something is to be done with its thread",
            "thread_id": "which thread",
            "tried_at": "that no second thread is opened",
            "parted": "that its thread is closed",
        },
        ages=(Age("drawn_at", MET, "it was drawn"),),
    ),
    Kept(
        "meet_draw",
        "the server's",
        {
            **_ID,
            **_GUILD,
            "kind": "coffee, interview, partner or mentor",
            "week": "that no week is drawn twice",
            "seed": "that it can be drawn again alike",
            "state": "whether everybody was told",
            "tries": "that a draw which can't be made ends",
            "given": "who took part, and what counted",
            "result": "who was drawn together",
            "asked_at": "when it was drawn",
            "next_at": "when it goes on",
        },
        # What is not told yet is asked anew without them first (bot.meets.flow.erasing). Who must not meet stands in
        # both: as blocks, they are shown to nobody.
        claims=(
            Claim("given", "inside", becomes=_NO_PAPERS, shown=()),
            Claim("result", "inside", becomes=_NO_PAPERS, shown=()),
        ),
        ages=(Age("asked_at", PAPERS, "it was drawn"),),
        json=frozenset({"given", "result"}),
    ),
    Kept(
        "meet_joined",
        "the member's",
        {
            **_WHO,
            "kind": "what they want to meet for",
            "joined_at": "since when",
            "role": "mentor or mentee",
            "topics": "what they want to talk about",
            "most": "how many mentees they take",
            "skip_week": "a week they sit out",
            "paused_until": "until when they pause",
            "alone_week": "that they come first the next time",
            "left_at": "that they want none any more",
        },
        claims=(Claim("user_id"),),
        ages=(Age("left_at", 90, "they stopped"),),
        search="rows",
        lines=frozenset({"topics"}),
    ),
    Kept(
        "meet_setting",
        "the server's",
        {
            **_GUILD,
            "channel_id": "where threads open",
            "zone": "its local time",
            "day": "when it draws",
            "minute": "when it draws",
            "next_draw_at": "when it draws next",
            "blocked_at": "that moderators were told of a channel that takes no threads",
            "changed_by": "who changed it last",
            "changed_at": "when it was changed last",
        },
        claims=(Claim("changed_by", becomes={"changed_by": None}, shown=("changed_at",)),),
    ),
)
