"""What the core needs from outside, and the plain values exchanged with it.

Every time is an aware UTC datetime. Every text in these values has passed `bot.text.clean`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, Protocol

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something outside went wrong.

    code: one word of a closed list (`bot.jobs.troubles` for feeds, `bot.deliveries.outcome` for Discord).
    detail: one sentence for a person who can mend it; holds no secret and no full private address.
    retry_after: what the other side asked for, if it did.
    """

    code: str
    detail: str
    retry_after: timedelta | None = None


DEFAULT_AGENT = "Outpost"

# -- feeds ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstRun:
    """How sparingly a feed's first reading is announced."""

    newest: int = 3
    max_age_days: int = 3


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed of the feed book, defaults already filled in (shared words with feeds.yaml)."""

    id: str
    name: str  # the board's name; feeds of one name share one id space
    url: str
    parser: str = "generic"
    poll_minutes: int = 60
    jitter_pct: int = 20
    timeout_s: float = 20
    max_bytes: int = 5_000_000
    max_age_days: int = 14
    max_new_per_poll: int = 40  # told at once; the others of one reading wait for digests
    max_per_company_per_day: int = 3  # told at once in one server; the others wait for digests
    first_run: FirstRun = FirstRun()
    attribution: str = ""  # "via NAME" unless given
    list: Literal["full", "window"] = "window"
    delay_h: float = 0
    require_filter: bool = False
    assume_region: str | None = None
    remote_only: str | None = None
    date: Literal["published", "first_seen"] = "published"
    strip: tuple[str, ...] = ()
    user_agent: str = DEFAULT_AGENT  # this one means: the bot's own name
    respect_retry_after: bool = True
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "anything new?" with; body_hash serves servers that gave nothing."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed as the board gave it, cleaned; only `facts` is derived from the rest."""

    guid: str | None
    url: str  # http(s), the board's own page
    title: str
    company: str = ""
    place_claim: str = ""  # the board's own place field, as text
    pay_claim: str = ""  # the board's own pay field, as text
    published: datetime | None = None
    expires: datetime | None = None
    tags: tuple[str, ...] = ()
    text: str = ""  # the description as plain text, at most 8,000 characters
    fields: Mapping[str, str] = field(default_factory=dict)  # the board's other fields under its own names
    facts: str = ""  # what `bot.jobs.facts` read out of it, as JSON (`bot.jobs.facts.encode`)


@dataclass(frozen=True, slots=True)
class Reading:
    """A body that was read whole. `left_out`: items over the limit; `unreadable`: those with no title or link."""

    entries: tuple[Entry, ...]
    validators: Validators
    fresh_for: timedelta | None = None  # Cache-Control, Expires or the feed's own ttl
    left_out: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server said 304, or the body is byte for byte what we had."""

    validators: Validators
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """The address of a feed that a page or a list names; title: what it is called there, "" where it isn't."""

    url: str
    title: str


class Feeds(Protocol):
    """The feed book and the one way to read a feed, of the book or another."""

    @property
    def book(self) -> tuple[FeedSpec, ...]: ...

    async def read(self, feed: FeedSpec, known: Validators, now: datetime) -> Reading | NotModified | Trouble:
        """Fetch and parse one feed. Never raises for anything the other side does."""
        ...

    async def feeds_of_page(self, url: str, now: datetime) -> tuple[FoundFeed, ...] | Trouble:
        """The feeds that a web page names; where it names none, those at common places of its host.

        At most eight requests; () when there are none. Never raises for anything the other side does.
        """
        ...


# -- help from outside ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Resource:
    """One entry of resources.yaml. need: one of `bot.resources.listed.NEEDS`. whom: who it is for (key `for`).

    checked: the day somebody last compared it with its source; None: nobody has (its source is "memory").
    source: page | list | memory, as the comments of resources.yaml tell. closed: it is gone, and says so.
    """

    name: str
    url: str
    need: str
    whom: str
    cost: str
    note: str
    source: str
    checked: date | None = None
    closed: bool = False


# -- words that are data -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form: its label and the hint below it."""

    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class Template:
    """The questions of a check-in, from prompts.yaml; ticking last week's goals and how it goes are in every form."""

    id: str
    name: str
    about: str
    learned: Part
    goals: Part
    if_then: Part


@dataclass(frozen=True, slots=True)
class Prompts:
    """prompts.yaml. templates: the first one is the default. starters: one question each, for a week."""

    templates: tuple[Template, ...] = ()
    starters: tuple[str, ...] = ()


# -- Discord -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A delivery on its way out: the finished value as JSON; the messenger knows the card for its kind."""

    kind: str
    value: str
    guild_id: int
    channel_id: int
    nonce: str
    member_id: int | None = None  # a direct message to this member; channel_id is theirs then
    tried_at: datetime | None = None  # since when it may have arrived already; forums know no nonce


@dataclass(frozen=True, slots=True)
class NewThread:
    """A thread to open. on_message: it hangs on this message and has its id; None: it stands by itself.

    private: only those see it who are let in. name: at most 100 characters, unlike that of any other open one of ours
    in its channel. tried_at: since when it may be there already.
    """

    guild_id: int
    channel_id: int
    name: str
    on_message: int | None = None
    private: bool = False
    tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class File:
    """Bytes on their way through, kept nowhere. name: without a path; alt: at most 1,024 characters."""

    name: str
    data: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """One message of ours in a thread that holds files and no words.

    files: one to ten, at most 10 MiB together; the first one's name is that of no other message of ours there.
    tried_at: since when it may be there already.
    """

    guild_id: int
    thread_id: int
    files: tuple[File, ...]
    nonce: str
    tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Discord has it. message_id is None when Discord only said that it had it once (10008 on a repeated nonce)."""

    message_id: int | None


class Messenger(Protocol):
    """Discord, as far as the core needs it."""

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        """Say it once under its nonce. Trouble "unclear" means: it may or may not have arrived.

        A forum's post has no nonce: one that may be there (`tried_at`) is looked for before it is made again.
        Before a direct message Discord is asked whether its member is still in the server.
        """
        ...

    async def look_back(self, outgoing: Outgoing, since: datetime) -> Receipt | Trouble | None:
        """Search the channel's own history for this delivery.

        None: the history was readable and it is not there. Trouble: the history could not be read.
        """
        ...

    async def take_back(self, outgoing: Outgoing, message_id: int) -> None:
        """Delete a message of ours, where Discord lets us."""
        ...

    async def edit(self, outgoing: Outgoing, message_id: int) -> Trouble | None:
        """Show this value in a message of ours instead; None when it is done.

        Trouble "unknown_message": somebody deleted it, or closed its post. To do it twice is to do it once.
        """
        ...

    async def is_member(self, guild_id: int, user_id: int) -> bool | Trouble:
        """Ask Discord whether somebody is in a server now."""
        ...

    async def open_thread(self, thread: NewThread) -> int | Trouble:
        """Open a thread, or find the one that an earlier attempt opened; gives its id.

        Troubles beside the usual ones: "too_many_threads", "unknown_message" (what it hangs on was deleted).
        """
        ...

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        """Let a member into a thread; None when they are in. Twice is once."""
        ...

    async def let_out(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        """Take a member out of a thread; None when they are out. Twice is once."""
        ...

    async def find_thread(self, thread: NewThread) -> int | Trouble | None:
        """The thread by itself that an earlier attempt opened, since `tried_at`; None: it is not there."""
        ...

    async def close_thread(self, guild_id: int, thread_id: int) -> Trouble | None:
        """Put a thread away, locked; None when it is, or was deleted. Twice is once."""
        ...

    async def put(self, files: Files) -> int | Trouble:
        """Put files into a thread, or find the message that an earlier attempt put there; gives its id.

        Trouble "unclear" means: it may or may not have arrived.
        """
        ...

    async def find_put(
        self, guild_id: int, thread_id: int, name: str, since: datetime
    ) -> int | Trouble | None:
        """Our own message there whose first file has this name; None: it is not there."""
        ...

    async def fetch(self, guild_id: int, thread_id: int, message_id: int, most: int) -> bytes | Trouble:
        """The first file of a message of ours, read anew. most: bytes it may have.

        Troubles beside the usual ones: "unknown_message" (message or file were deleted), "bad_request" (it is
        larger, or its address is not Discord's).
        """
        ...

    async def delete(self, guild_id: int, thread_id: int, message_id: int) -> Trouble | None:
        """Delete a message of ours; None when it is gone, whoever deleted it. Twice is once."""
        ...


class Pace(Protocol):
    """Our own token bucket; asked before a delivery is claimed. Seconds are of the monotonic clock."""

    def wait_for(self, channel_id: int, at: float, requests: int = 1) -> float:
        """Seconds until one more message may go to this channel; 0 when it may go now. requests: it takes so many."""
        ...

    def take(self, channel_id: int, at: float, requests: int = 1) -> None:
        """Spend a token a request; only after wait_for said 0 for the same arguments."""
        ...


# -- CPU work ------------------------------------------------------------------------------------


class WorkerTrouble(Exception):
    """The child process did not answer: `code` is "timeout", "memory" or "died"; all three are the input's fault."""

    def __init__(self, code: Literal["timeout", "memory", "died"], detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Workers(Protocol):
    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        """Run `package.module:function` in a killable child process and return what it returned.

        Arguments and result are pickled plain values. An exception of the function itself is raised here;
        WorkerTrouble when the child was killed, ran out of memory or died.
        """
        ...
