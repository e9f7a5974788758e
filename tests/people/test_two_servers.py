"""Two servers' data never meet: a statement on a table of servers names one, or is on a list with a reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.people.kept import KEPT

ROOT = Path(__file__).resolve().parents[2]
TABLES = {kept.table for kept in KEPT if kept.guild == "guild_id"} | {"server"}
STORES = sorted([*(ROOT / "bot").glob("*/store.py"), *(ROOT / "bot").glob("*/store/*.py")])

BY_ID = "an id that no two servers share: the caller got it from the row itself"
EVERY = "a duty of the bot itself: each row is said, moved or forgotten in its own server"
ONESELF = "somebody's own servers, asked by themselves"
WALK = "the walk over every table; `_in_server` and `_which` name the server (tests/people/test_privacy.py)"
HEARING = "asked for all servers at once, used for each row's own (tests/jobs/test_flow_hearing.py)"
OWN = "an id of their own list: `flow.saved.kept_in` found it with the server and the member first"
OPENING = "an opening is everybody's: what becomes of it is seen wherever it stands"

SEAT = "a member's place in a group: the group is of one server, and the caller found it there first"
INSERT = "an insert; the caller's rows name the server"
CALLERS = "its callers' conditions name the server; they stand in the same file"

WITHOUT_A_SERVER = {
    "bot/checkins/store/cycles.py": {
        "freshen": BY_ID, "_KEEP": BY_ID, "_AGAIN": BY_ID, "schedule": INSERT,
    },
    "bot/checkins/store/groups.py": {
        "add": INSERT, "holidays": BY_ID, "ask_about_seasons": BY_ID, "block": BY_ID,
        "unblock": BY_ID, "active_in": EVERY,
    },
    "bot/checkins/store/weeks.py": {
        "add": INSERT, "pauses": BY_ID, "_SETTLE": BY_ID, "excuse": BY_ID, "spoke_again": BY_ID,
        "drifting": BY_ID, "_TOLD": SEAT, "_REMIND": BY_ID,
        "cards_stand": BY_ID, "cards_move": BY_ID, "thanks": BY_ID,
    },
    "bot/checkins/store/pods.py": {
        "_ENTRIES": EVERY, "_strays": EVERY, "_undrawn": EVERY, "cardless": BY_ID, "lost": BY_ID,
        "leave": BY_ID, "wanting": BY_ID, "want": SEAT, "together": BY_ID, "tried": BY_ID, "opened": BY_ID,
        "let_in": BY_ID, "let_out": BY_ID,
    },
    "bot/checkins/store/members.py": {"_PAUSES": SEAT, "change_pauses": OWN, "_CHOOSE": SEAT},
    "bot/checkins/store/histories.py": {"_GLANCES": SEAT},
    "bot/checkins/store/saying.py": {"_KEEP": OWN, "pod_threads": SEAT},
    "bot/checkins/store/thanks.py": {"_COUNTS": BY_ID, "forget": BY_ID, "_HELPERS": BY_ID, "said": BY_ID},
    "bot/deliveries/store.py": {
        "_COUNT_UNSAID": BY_ID, "hold": BY_ID, "release": BY_ID, "_move": BY_ID, "drop": BY_ID, "mind": BY_ID,
        "last_said": "channels of groups that are blocked: each is of one server",
        "settle": BY_ID, "_SETTLE": BY_ID, "_CLAIM": BY_ID, "take_up": BY_ID, "by_nonce": BY_ID, "_DEFER": BY_ID,
        "discard": BY_ID, "forgotten": BY_ID, "again": BY_ID, "_due": EVERY, "next_due": EVERY, "_STUCK": EVERY,
        "_TROUBLED": EVERY, "prune": EVERY,
        "reached": "how many new conversations Discord allows the bot: counted over all servers, told to nobody",
        "written_since": "one message a minute to one person: counted over all servers, told to nobody",
    },
    "bot/jobs/store/added.py": {
        "heard": "which feeds to read: a feed that many servers hear is read once",
        "listeners": "which servers hear a feed, so that no other one learns of it",
    },
    "bot/jobs/store/hearing.py": {
        "changed": HEARING, "by_ids": HEARING, "of_servers": HEARING, "of_readers": HEARING, "listeners": HEARING,
        "unwanted_companies": HEARING, "withdrawn_facts": HEARING, "hidden_from": HEARING,
    },
    "bot/jobs/store/inquiries.py": {"due": EVERY, "one_due": EVERY, "went_on": BY_ID, "end": BY_ID},
    "bot/jobs/store/saved.py": {
        "mark_gone": OPENING, "mark_back": OPENING, "mark_other": OPENING,
        "add": "an insert; the caller's values name the server", "change": OWN, "remove": OWN, "take_back": OWN,
    },
    "bot/jobs/store/shares.py": {
        "_some": CALLERS,
        "posts_of": OPENING, "reopen": BY_ID,
    },
    "bot/jobs/store/waiting.py": {
        "add": "an insert; the caller's rows name the server", "_WAKE": BY_ID, "of": BY_ID, "ripe": BY_ID,
        "waits_for": BY_ID, "put_off": BY_ID, "done": BY_ID, "drop": BY_ID, "speaks_at": BY_ID, "has_told": BY_ID,
        "reopen": BY_ID,
        "due": EVERY, "_UNDER_WAY": EVERY, "untested": EVERY, "forget": EVERY,
    },
    "bot/jobs/store/subscriptions.py": {
        "_KEEP": "an insert; the caller's row names the server",
        "_ONE": BY_ID, "arrange": BY_ID, "adopt": BY_ID, "change": BY_ID, "pauses_over": EVERY,
        "forget_drafts": EVERY,
    },
    "bot/moderation/store.py": {"keep_panel": "a mark that no two panels share"},
    "bot/people/store/cases.py": {"unclaimed": EVERY},
    "bot/people/store/introductions.py": {
        "_some": CALLERS,
        "lapse": EVERY,
    },
    "bot/people/store/members.py": {"_SERVERS": ONESELF},
    "bot/people/store/presence.py": {"to_ask": EVERY},
    "bot/people/store/privacy.py": {
        "servers_of": ONESELF, "everybody": WALK, "_whole": WALK, "count": WALK, "_settle": WALK,
        "_in_server": WALK, "_theirs": WALK, "_which": WALK, "forget_server": WALK, "left_before": EVERY,
        "forget_aged": EVERY,
    },
    "bot/meets/store/draws.py": {"add": INSERT, "keep": BY_ID, "_all": CALLERS},
    "bot/meets/store/joined.py": {"_all": CALLERS},
    "bot/meets/store/matches.py": {
        "keep": BY_ID, "part": BY_ID, "look": "until when the bot has looked; it is called as a table is",
    },
    "bot/meets/store/settings.py": {"_WHOLE": CALLERS},
    "bot/meets/store/threads.py": {
        "tried": BY_ID, "opened": BY_ID, "rests": BY_ID, "let_in": BY_ID, "let_out": BY_ID, "lost": BY_ID,
    },
    "bot/reviews/store/places.py": {"_change": BY_ID, "_note": BY_ID},
    "bot/reviews/store/readers.py": {"_WHOLE": CALLERS},
    "bot/reviews/store/readings.py": {"add": INSERT, "_KEEP": BY_ID},
    "bot/reviews/store/requests.py": {"add": INSERT, "_WHOLE": CALLERS, "_KEEP": BY_ID},
    "bot/reviews/store/rounds.py": {"add": INSERT, "keep": BY_ID},
    "bot/reviews/store/settings.py": {"_WHOLE": CALLERS},
    "bot/reviews/store/sheets.py": {"_SAVE": BY_ID, "_SEND": BY_ID},
}  # fmt: skip


def statements(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(name, source) of each function and each constant of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, ast.unparse(node)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, ast.unparse(node)


def touches(source: str, aliases: dict[str, str]) -> bool:
    """Does this speak SQL about a table of servers?"""
    if not re.search(r"\b(select|update|delete|insert|insert_new)\(", source):
        return False
    words = set(re.findall(r"\b\w+\b", source))
    return (
        bool(words & (TABLES | {name for name, table in aliases.items() if table in TABLES}))
        or "_table(" in source
    )


def names_the_server(source: str, module: dict[str, str]) -> bool:
    """Its condition says which server, itself or by a condition of the module that it uses."""
    used = " ".join(module.get(word, "") for word in set(re.findall(r"\b_\w+\b", source)))
    return bool(re.search(r"guild_id ==|server\.c\.id|'guild_id':|_is\(|guild_id=", f"{source} {used}"))


def unnamed() -> dict[str, set[str]]:
    """File → the statements on tables of servers that name none."""
    found: dict[str, set[str]] = {}
    for file in STORES:
        parts = dict(statements(ast.parse(file.read_text())))
        aliases = {
            name: match[1]
            for name, source in parts.items()
            if (match := re.fullmatch(r"\w+ = (\w+)\.c", source))
        }
        bad = {
            name
            for name, source in parts.items()
            if touches(source, aliases) and not names_the_server(source, parts)
        }
        if bad:
            found[file.relative_to(ROOT).as_posix()] = bad
    return found


def test_each_statement_names_its_server_or_has_a_reason() -> None:
    """A new statement without a server needs a reason here, and one that is gone leaves the list."""
    assert unnamed() == {file: set(reasons) for file, reasons in WITHOUT_A_SERVER.items()}
