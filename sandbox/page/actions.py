"""The actions by the name that the page asks for."""

from __future__ import annotations

from sandbox.model import Json
from sandbox.page import doing, doing_apps
from sandbox.page.doing import Action
from sandbox.page.packet import BadPacket, Packet
from sandbox.page.seat import Seat

ACTIONS: dict[str, Action] = {
    one.__name__: one
    for one in (
        doing.look,
        doing.earlier,
        doing.say,
        doing.edit,
        doing.delete,
        doing.react,
        doing.pin,
        doing.thread,
        doing.post,
        doing.join,
        doing.archive,
        doing.dms,
        doing.clock,
        doing_apps.command,
        doing_apps.autocomplete,
        doing_apps.menu,
        doing_apps.press,
        doing_apps.submit,
        doing_apps.form_left,
    )
}


async def do(seat: Seat, what: str, packet: Packet) -> Json:
    """Do what the page asks. Raises BadPacket for what is no action, or before `look`."""
    action = ACTIONS.get(what)
    if action is None:
        raise BadPacket(f"The page asked for {what[:40]!r}, which is not known here. Reload it.")
    if seat.looking is None and action is not doing.look:
        raise BadPacket("Nobody sits here yet: the page asks first who looks where.")
    return await action(seat, packet)
