"""Which events a session asked for, and what of a message it may read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from functools import cache, reduce
from operator import or_
from typing import Any


class Intents(IntFlag):
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MODERATION = 1 << 2
    GUILD_EXPRESSIONS = 1 << 3
    GUILD_INTEGRATIONS = 1 << 4
    GUILD_WEBHOOKS = 1 << 5
    GUILD_INVITES = 1 << 6
    GUILD_VOICE_STATES = 1 << 7
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15
    GUILD_SCHEDULED_EVENTS = 1 << 16
    AUTO_MODERATION_CONFIGURATION = 1 << 20
    AUTO_MODERATION_EXECUTION = 1 << 21
    GUILD_MESSAGE_POLLS = 1 << 24
    DIRECT_MESSAGE_POLLS = 1 << 25


NO_INTENTS = Intents(0)
ALL = reduce(or_, Intents)
PRIVILEGED = Intents.GUILD_MEMBERS | Intents.GUILD_PRESENCES | Intents.MESSAGE_CONTENT

_MESSAGES = Intents.GUILD_MESSAGES, Intents.DIRECT_MESSAGES
_REACTIONS = Intents.GUILD_MESSAGE_REACTIONS, Intents.DIRECT_MESSAGE_REACTIONS
_GUILDS_ONLY = Intents.GUILDS, Intents(0)

# Longest prefix first. Each row: the intent for an event in a guild, the one for an event in a DM.
# No row (READY, RESUMED, INTERACTION_CREATE, USER_UPDATE …): the event needs no intent.
_BY_PREFIX: tuple[tuple[str, tuple[Intents, Intents]], ...] = (
    ("MESSAGE_REACTION_", _REACTIONS),
    ("MESSAGE_POLL_", (Intents.GUILD_MESSAGE_POLLS, Intents.DIRECT_MESSAGE_POLLS)),
    ("MESSAGE_", _MESSAGES),
    ("TYPING_START", (Intents.GUILD_MESSAGE_TYPING, Intents.DIRECT_MESSAGE_TYPING)),
    ("CHANNEL_PINS_UPDATE", (Intents.GUILDS, Intents.DIRECT_MESSAGES)),
    ("GUILD_MEMBER", (Intents.GUILD_MEMBERS, NO_INTENTS)),
    ("GUILD_BAN_", (Intents.GUILD_MODERATION, NO_INTENTS)),
    ("GUILD_AUDIT_LOG_", (Intents.GUILD_MODERATION, NO_INTENTS)),
    ("GUILD_SCHEDULED_EVENT_", (Intents.GUILD_SCHEDULED_EVENTS, NO_INTENTS)),
    ("GUILD_EMOJIS_", (Intents.GUILD_EXPRESSIONS, NO_INTENTS)),
    ("GUILD_STICKERS_", (Intents.GUILD_EXPRESSIONS, NO_INTENTS)),
    ("GUILD_INTEGRATIONS_", (Intents.GUILD_INTEGRATIONS, NO_INTENTS)),
    ("WEBHOOKS_UPDATE", (Intents.GUILD_WEBHOOKS, NO_INTENTS)),
    ("INVITE_", (Intents.GUILD_INVITES, NO_INTENTS)),
    ("VOICE_STATE_", (Intents.GUILD_VOICE_STATES, NO_INTENTS)),
    ("PRESENCE_UPDATE", (Intents.GUILD_PRESENCES, NO_INTENTS)),
    ("THREAD_", _GUILDS_ONLY),
    ("CHANNEL_", _GUILDS_ONLY),
    ("STAGE_INSTANCE_", _GUILDS_ONLY),
    ("GUILD_", _GUILDS_ONLY),
)


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears, and where the event happened."""

    intents: Intents
    bot_id: int
    in_guild: bool


def passes(name: str, data: Mapping[str, Any], ears: Ears) -> bool:
    """May a session with these intents hear this event?

    A chunk of members answers a question of the session's own, and an update of the bot itself as a member
    comes whatever the intents are (gateway docs, "List of Intents").
    """
    if name == "GUILD_MEMBERS_CHUNK":
        return True
    if name == "THREAD_MEMBERS_UPDATE" and not _names_bot(data, ears):
        return bool(Intents.GUILD_MEMBERS & ears.intents)
    if name == "GUILD_MEMBER_UPDATE" and int(data["user"]["id"]) == ears.bot_id:
        return True
    wanted = _wanted(name, ears.in_guild)
    return not wanted or bool(wanted & ears.intents)


@cache
def _wanted(name: str, in_guild: bool) -> Intents:
    """The intent that an event needs there; none for one without a row."""
    found = (intents for prefix, intents in _BY_PREFIX if name.startswith(prefix))
    in_guilds, in_dms = next(found, (NO_INTENTS, NO_INTENTS))
    return in_guilds if in_guild else in_dms


def _names_bot(data: Mapping[str, Any], ears: Ears) -> bool:
    """Is the bot itself among those who came or went?"""
    came = (one["user_id"] for one in data["added_members"])
    return str(ears.bot_id) in (*came, *data["removed_member_ids"])


def censored(name: str, data: Mapping[str, Any], ears: Ears) -> Mapping[str, Any]:
    """A message or a guild as a session may read it.

    Without GUILD_PRESENCES a GUILD_CREATE holds no member but the bot (gateway events docs, "Guild Create").
    """
    if name == "GUILD_CREATE" and not Intents.GUILD_PRESENCES & ears.intents:
        bot_alone = [one for one in data["members"] if int(one["user"]["id"]) == ears.bot_id]
        return {**data, "members": bot_alone}
    return readable(data, ears) if name in ("MESSAGE_CREATE", "MESSAGE_UPDATE") else data


def readable(data: Mapping[str, Any], ears: Ears) -> Mapping[str, Any]:
    """A message as it may be read, and the one that it answers.

    Without MESSAGE_CONTENT the texts of strangers are empty; not so in DMs, in the bot's own messages and in
    messages that mention it (gateway docs, "Message Content Intent").
    """
    if not ears.in_guild or Intents.MESSAGE_CONTENT & ears.intents:
        return data
    if data.get("referenced_message") is not None:
        data = {**data, "referenced_message": readable(data["referenced_message"], ears)}
    author = int(data.get("author", {}).get("id", 0))
    if author == ears.bot_id or any(int(user["id"]) == ears.bot_id for user in data.get("mentions", ())):
        return data
    hidden = {"content": "", "embeds": [], "attachments": [], "components": []}
    return {key: hidden.get(key, value) for key, value in data.items() if key != "poll"}
