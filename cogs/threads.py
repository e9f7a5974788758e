"""Threads: opening one, once, putting it away, and who is in it.

Discord has no nonce for threads. One on a message is a single one by itself: it has the message's id, and the second
attempt is refused (160004). One that stands by itself is looked for by its name before it is opened again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import discord
from discord.utils import time_snowflake

from bot.ports import NewThread, Trouble
from cogs import gate
from cogs.troubles import ABOUT_A_THREAD, asked

_REQUEST_S = 30.0
_LOOK_S = 60.0
_CLOCKS_DIFFER = timedelta(seconds=60)  # ours and Discord's
_AWAKE_MINUTES: Final[Literal[10080]] = (
    10080  # a week of silence puts it away; the longest that Discord takes
)
_PUBLIC, _PRIVATE = discord.ChannelType.public_thread.value, discord.ChannelType.private_thread.value
_PAGE = 100  # Discord's most
_HAS_ONE = 160004
_ARCHIVED = 50083
_GONE = (10007, 10013)  # unknown member, unknown user

Http = discord.http.HTTPClient


async def open_thread(http: Http, me: int, thread: NewThread) -> int | Trouble:
    """The id of the thread, opened now or found; me: the bot's own id."""
    if thread.on_message is not None:
        return await asked(_on_message(http, thread, thread.on_message), _REQUEST_S, ABOUT_A_THREAD)
    found = await find_thread(http, me, thread)
    if found is not None:
        return found
    return await asked(_by_itself(http, thread), _REQUEST_S, ABOUT_A_THREAD)


async def find_thread(http: Http, me: int, thread: NewThread) -> int | Trouble | None:
    """The one by itself that an earlier attempt opened; None where none was tried, or none came to be."""
    if thread.tried_at is None:
        return None
    return await asked(_find(http, me, thread, thread.tried_at), _LOOK_S, ABOUT_A_THREAD)


async def _on_message(http: Http, thread: NewThread, message_id: int) -> int:
    try:
        await http.start_thread_with_message(
            thread.channel_id, message_id, name=thread.name, auto_archive_duration=_AWAKE_MINUTES
        )
    except discord.HTTPException as error:
        if error.code != _HAS_ONE:
            raise
    return message_id


async def _by_itself(http: Http, thread: NewThread) -> int:
    """Raises OSError instead of asking twice, see `gate.Once`. In a private one only moderators invite others."""
    body: dict[str, Any] = {
        "name": thread.name,
        "auto_archive_duration": _AWAKE_MINUTES,
        "type": _PRIVATE if thread.private else _PUBLIC,
    }
    if thread.private:
        body["invitable"] = False
    route = discord.http.Route("POST", "/channels/{channel_id}/threads", channel_id=thread.channel_id)
    made = await http.request(route, json=body, files=[gate.Once()])
    return int(made["id"])


# -- finding -------------------------------------------------------------------------------------


async def _find(http: Http, me: int, thread: NewThread, since: datetime) -> int | None:
    """Ours of that name there, opened since then; one that moderators locked is of no use to anybody."""
    oldest = time_snowflake(since - _CLOCKS_DIFFER)
    kind = _PRIVATE if thread.private else _PUBLIC
    async for one in _opened_since(http, thread, oldest):
        ours = (int(one["owner_id"]), one["type"], one["name"]) == (me, kind, thread.name)
        if ours and int(one["id"]) >= oldest and not one["thread_metadata"].get("locked"):
            return int(one["id"])
    return None


async def _opened_since(http: Http, thread: NewThread, oldest: int) -> AsyncIterator[Any]:
    """Every thread of its channel that can be so new: the active ones, and those put away since then."""
    for one in (await http.get_active_threads(thread.guild_id))["threads"]:
        if int(one["parent_id"]) == thread.channel_id:
            yield one
    pages = _private_pages if thread.private else _public_pages
    async for page in pages(http, thread.channel_id, oldest):
        for one in page:
            yield one


async def _private_pages(http: Http, channel_id: int, oldest: int) -> AsyncIterator[list[Any]]:
    """Those that the bot is in, the newest first."""
    before: int | None = None
    while before is None or before >= oldest:
        page = await http.get_joined_private_archived_threads(channel_id, before, _PAGE)
        yield list(page["threads"])
        if not page["has_more"]:
            return
        before = int(page["threads"][-1]["id"])


async def _public_pages(http: Http, channel_id: int, oldest: int) -> AsyncIterator[list[Any]]:
    """In the order in which they were put away, the last one first; before it was opened none can have been."""
    before: Any = None  # a moment as Discord writes it; discord.py says "Snowflake" and hands it on
    began = discord.utils.snowflake_time(oldest)
    while before is None or discord.utils.parse_time(before) >= began:
        page = await http.get_public_archived_threads(channel_id, before, _PAGE)
        yield list(page["threads"])
        if not page["has_more"]:
            return
        before = page["threads"][-1]["thread_metadata"]["archive_timestamp"]


# -- putting it away -----------------------------------------------------------------------------


async def close_thread(http: Http, thread_id: int) -> Trouble | None:
    """None when it is archived and locked, or is not there any more."""
    trouble = await asked(_close(http, thread_id), _REQUEST_S, ABOUT_A_THREAD)
    return None if trouble and trouble.code == "unknown_channel" else trouble


async def _close(http: Http, thread_id: int) -> None:
    """One that silence put away is taken out first: an archived thread takes no other change."""
    try:
        await http.edit_channel(thread_id, archived=True, locked=True)
    except discord.HTTPException as error:
        if error.code != _ARCHIVED:
            raise
        there: Any = await http.get_channel(thread_id)
        if there["thread_metadata"].get("locked"):
            return
        await http.edit_channel(thread_id, archived=False)
        await http.edit_channel(thread_id, archived=True, locked=True)


# -- who is in it --------------------------------------------------------------------------------


async def let_in(http: Http, thread_id: int, user_id: int) -> Trouble | None:
    """None when they are in it; "member_left" when they are not in the server."""
    adding = awake(http, thread_id, lambda: http.add_user_to_thread(thread_id, user_id))
    return await asked(adding, _REQUEST_S, ABOUT_A_THREAD)


async def let_out(http: Http, thread_id: int, user_id: int) -> Trouble | None:
    """None when they are out of it, for whatever reason."""
    return await asked(_let_out(http, thread_id, user_id), _REQUEST_S, ABOUT_A_THREAD)


async def _let_out(http: Http, thread_id: int, user_id: int) -> None:
    try:
        await awake(http, thread_id, lambda: http.remove_user_from_thread(thread_id, user_id))
    except discord.HTTPException as error:
        if error.code not in _GONE:
            raise


async def awake(http: Http, thread_id: int, change: Callable[[], Awaitable[None]]) -> None:
    """Make the change; a thread that was put away is taken out for it, and stays out for a week."""
    try:
        await change()
    except discord.HTTPException as error:
        if error.code != _ARCHIVED:
            raise
        await http.edit_channel(thread_id, archived=False)
        await change()
