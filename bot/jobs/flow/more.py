"""Behind *More*: what one member does with one opening. Hidden means hidden from them alone, and can be undone."""

from __future__ import annotations

from datetime import datetime

from bot.app import App
from bot.jobs import store
from bot.jobs.flow.finding import find
from bot.jobs.openings import Hidden, Opening
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Tx
from bot.text import company_key

MOST_HIDDEN = 2_000  # of one member; single openings are forgotten with time


async def hide(app: App, key: Key, opening_id: int, now: datetime) -> Opening:
    """Not for me: no alert, search or market shows it to them again."""
    async with app.store.begin() as tx:
        one = await _opening(tx, key, opening_id)
        await _hide(tx, key, "opening", str(one.id), one.title, now)
        return one


async def hide_company(app: App, key: Key, opening_id: int, now: datetime) -> Opening:
    """Nothing of this company is shown to them again. Refuses an opening that names none."""
    async with app.store.begin() as tx:
        one = await _opening(tx, key, opening_id)
        if not (mark := company_key(one.company)):
            raise Refusal("company_without_name")
        await _hide(tx, key, "company", mark, one.company, now)
        return one


async def unhide(app: App, key: Key, opening_id: int, kind: Hidden) -> Opening:
    """Undo either."""
    async with app.store.begin() as tx:
        one = await _opening(tx, key, opening_id)
        mark = str(one.id) if kind == "opening" else company_key(one.company)
        await store.hidden.show(tx, key.guild_id, key.user_id, kind, mark)
        return one


async def _hide(tx: Tx, key: Key, kind: Hidden, mark: str, name: str, now: datetime) -> None:
    if await store.hidden.count(tx, key.guild_id, key.user_id) >= MOST_HIDDEN:
        raise Refusal("too_many_hidden", limit=MOST_HIDDEN)
    await store.hidden.hide(tx, key.guild_id, key.user_id, kind, mark, name, now)


async def _opening(tx: Tx, key: Key, opening_id: int) -> Opening:
    one = await find(tx, opening_id, key.guild_id)
    if one is None:
        raise Refusal("opening_forgotten")
    return one
