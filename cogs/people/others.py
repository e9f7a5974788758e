"""What members do with and about each other: cases and introductions. A part of `cogs.people`, put in by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.people import messages
from cogs.messenger import Kind
from cogs.people import case_cards, cases, find, find_cards, report

if TYPE_CHECKING:
    from cogs.client import Outpost

KINDS: Mapping[str, Kind] = {
    messages.CASE_OPENED: Kind(messages.CaseOpened, case_cards.case_opened, rings=True),
    messages.CASE_WAITS: Kind(messages.CaseWaits, case_cards.case_waits),
    messages.CASE_CHANGED: Kind(messages.CaseChanged, case_cards.case_changed),
    messages.LOOK_NOTICE: Kind(messages.LookNotice, case_cards.look_notice),
    messages.ASKED: Kind(messages.Asked, find_cards.asked),
    messages.INTRODUCED: Kind(messages.Introduced, find_cards.introduced, rings=True),
}


async def setup(client: Outpost) -> None:
    from cogs import meets  # not above: that subject's pages import us

    await client.add_cog(report.Reports(client.app))
    await meets.setup(client)  # /meet, of which `find` is ours
    for menu in (*report.menus(client.app), find.menu(client.app)):
        client.tree.add_command(menu)
    for part in (report, cases, find):
        client.router.add(part.handlers(client.app))
