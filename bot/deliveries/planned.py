"""A promise before it is kept and as it stands in the outbox; how its value becomes JSON and a value again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)

NOWHERE_YET = 0  # the channel of what a server shall hear once it has chosen one for it

State = Literal["new", "sending", "retry", "held", "sent", "dead", "uncertain"]


@dataclass(frozen=True, slots=True)
class Planned:
    """Something to say to one channel, once.

    kind: the word under which the messenger knows the card. key: why it exists, such as
    "opening/17/channel/4"; one key and version is one delivery, however often it is planned.
    value: a frozen dataclass, finished: the messenger reads nothing else. channel_id: NOWHERE_YET holds it.
    """

    kind: str
    key: str
    value: object
    guild_id: int
    channel_id: int
    due_at: datetime
    subscription_id: int | None = None
    version: int = 1
    member_id: int | None = None  # a direct message: channel_id is the member's id then


def key_elsewhere(key: str, channel_id: int) -> str:
    """The key of the same thing said in another channel; keys that name no channel stay as they are."""
    head, mark, _ = key.rpartition("/channel/")
    return f"{head}{mark}{channel_id}" if mark else key


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery as it stands in the outbox; `value` is JSON still.

    started_at: when the first attempt began that may have reached Discord; None when none can have.
    message_id: of an edit that was claimed: the message to change; None when there is none.
    member_id: set on a direct message; channel_id is the same then.
    """

    id: int
    kind: str
    guild_id: int
    channel_id: int
    member_id: int | None
    subscription_id: int | None
    value: str
    nonce: str
    state: State
    attempts: int
    due_at: datetime
    started_at: datetime | None
    settled_at: datetime | None
    message_id: int | None
    trouble: str | None
    trouble_detail: str | None
    version: int = 1

    @property
    def edits(self) -> bool:
        """Does it change a message that stands already (`store.revise`), instead of saying a new one?"""
        return self.version > 1

    @property
    def letter(self) -> bool:
        """Is it a new direct message? To change one rings at nobody's door."""
        return self.member_id is not None and not self.edits


def encode(value: object) -> str:
    """A dataclass as JSON; moments as ISO 8601."""
    return _adapter(type(value)).dump_json(value).decode()


def decode(cls: type[T], text: str) -> T:
    """The value that `encode` wrote. Raises pydantic's ValidationError when `text` is no `cls`."""
    value: T = _adapter(cls).validate_json(text)
    return value
