"""Which server a page of jobs that also works in our DM is of; as `cogs.people.here` does it for pages about me."""

from __future__ import annotations

from bot.app import App
from bot.people.flow import members
from cogs.people.here import Press, own_server, server_name


async def server_of(app: App, press: Press) -> int | list[tuple[int, str]]:
    """The server of this press, or the only one we share; else all of them, as (id, name)."""
    if (guild_id := own_server(press)) is not None:
        return guild_id
    found = await members.servers_of(app, press.user.id)
    if len(found) == 1:
        return found[0]
    return [(one, server_name(press, one)) for one in found]
