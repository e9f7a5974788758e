"""`outpost erase`: what /me privacy does, for the person who runs the bot and was asked in a letter."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.app import system_now
from bot.cli.run import settings_or_exit
from bot.people.flow import privacy
from bot.people.members import Key
from bot.settings import Settings
from bot.storage import Store, StoreError
from bot.storage.key import keep_key, key_file
from bot.storage.sole import sole_bot


@dataclass(frozen=True, slots=True)
class _Parts:
    """What erasing needs of an App."""

    store: Store
    key: bytes
    settings: Settings


def erase(
    user: Annotated[int, typer.Argument(help="The person's id in Discord.", min=1)],
    server: Annotated[int | None, typer.Option(help="Only in this server; by default in all.", min=1)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Erase everything about a person. Stop the bot first; while it runs, they can do it with /me privacy.

    An older backup that is restored later doesn't bring them back.
    """
    settings = settings_or_exit()
    try:
        raise typer.Exit(asyncio.run(_erase(settings, user, server, yes)))
    except StoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


async def _erase(settings: Settings, user: int, server: int | None, yes: bool) -> int:
    url = settings.database_url
    async with sole_bot(url):
        store = await Store.open(url)
        try:
            parts = _Parts(store, keep_key(key_file(url, settings.key_file)), settings)
            where = [server] if server else await privacy.servers_of(parts, user)
            found = [await privacy.to_erase(parts, Key(one, user)) for one in where]
            rows = sum(sum(tables.values()) for tables in found)
            places = f"{len(where)} {'server' if len(where) == 1 else 'servers'}"
            typer.echo(f"About {user} in {places}: {rows} rows.")
            if not yes and not typer.confirm("Erase them? Nothing brings them back"):
                typer.echo("Nothing was erased.")
                return 1
            now = system_now()
            done = await (
                privacy.erase(parts, Key(server, user), now)
                if server
                else privacy.erase_everywhere(parts, user, now)
            )
        finally:
            await store.close()
    typer.echo(f"Erased {done.rows} rows. No older backup brings {user} back.")
    if not done.clean:
        typer.echo("Another program was reading the file. Run this again to clear its last bytes.")
    return 0
