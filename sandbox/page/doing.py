"""What a person does on the page: one small function an action, each with only that person's powers.

An action is (seat, packet) → what the page is answered. Refusals are raised: CannotDo, NoAnswer, BadPacket …
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta

from sandbox.model import Channel, Guild, Json, User
from sandbox.names import CannotDo
from sandbox.page import view, view_places
from sandbox.page.packet import BadPacket, Packet
from sandbox.page.seat import Seat
from sandbox.page.view_people import moderates
from sandbox.world import World

Action = Callable[[Seat, Packet], Awaitable[Json]]

_MOMENTS = {"friday": (4, 9), "monday": (0, 18), "wednesday": (2, 12)}  # weekday and hour (UTC)


async def look(seat: Seat, packet: Packet) -> Json:
    """Sit down as a person in a place; what is unknown or hidden becomes the first that fits."""
    world, guild = seat.world, seat.room.sandbox.guild
    user = _person(guild, packet.maybe("who"))
    world.open_dm(user)  # so that it stands in the list; Discord, too, makes it when it is first opened
    place = _place(world, guild, user, packet.maybe("place")) or view.first_place(world, guild, user)
    since = packet.maybe_id("since")
    seat.look(user, place, world.ids.next() if since is None else since)
    return {"who": user.name, "place": str(place.id)}


def _person(guild: Guild, name: str | None) -> User:
    """A member by name; for any other name the first who is neither an app nor a moderator."""
    people = [member.user for member in guild.members.values() if not member.user.bot]
    named = [user for user in people if user.name == name]
    plain = [user for user in people if not moderates(guild, user.id)]
    for user in (*named, *plain, *people):
        return user
    raise CannotDo("There is nobody in this server whom you could be.")


def _place(world: World, guild: Guild, user: User, wanted: str | None) -> Channel | None:
    if wanted and wanted.isascii() and wanted.isdecimal():
        found = world.channel(int(wanted))
        if found is not None and view_places.sees(world, user.id, found):
            return found
    named = (one for one in view_places.seen(world, guild, user) if one.name and one.name == wanted)
    return next(named, None)


async def earlier(seat: Seat, packet: Packet) -> Json:
    """Fifty more messages in the view."""
    seat.earlier()
    return {}


# -- messages ------------------------------------------------------------------------------------


async def say(seat: Seat, packet: Packet) -> Json:
    files = packet.texts("files")
    message = seat.actor().say(
        packet.text("text", ""),
        seat.room.waiting.find(files),
        reply_to=packet.maybe_id("reply_to"),
        silent=packet.flag("silent"),
    )
    seat.room.waiting.forget(files)
    return {"message": str(message.id)}


async def edit(seat: Seat, packet: Packet) -> Json:
    seat.actor().edit(packet.id("message"), packet.text("text"))
    return {}


async def delete(seat: Seat, packet: Packet) -> Json:
    """Delete a message, or dismiss a private one."""
    failure = seat.room.memory.failures.get(packet.id("message"))
    if failure is not None and failure.interaction.user_id == seat.here().user.id:
        del seat.room.memory.failures[failure.interaction.id]
    else:
        seat.actor().remove(packet.id("message"))
    return {}


async def react(seat: Seat, packet: Packet) -> Json:
    actor, emoji = seat.actor(), packet.text("emoji")
    (actor.react if packet.flag("on") else actor.unreact)(packet.id("message"), emoji)
    return {}


async def pin(seat: Seat, packet: Packet) -> Json:
    actor = seat.actor()
    (actor.pin if packet.flag("on") else actor.unpin)(packet.id("message"))
    return {}


# -- threads -------------------------------------------------------------------------------------


async def thread(seat: Seat, packet: Packet) -> Json:
    made = seat.actor().start_thread(
        packet.text("name"), packet.maybe_id("message"), private=packet.flag("private")
    )
    return {"place": str(made.id)}


async def post(seat: Seat, packet: Packet) -> Json:
    """A new post in the forum that is looked at."""
    files = packet.texts("files")
    made = seat.actor().post_in(
        seat.here().place,
        packet.text("name"),
        packet.text("text", ""),
        tags=packet.texts("tags"),
        files=seat.room.waiting.find(files),
    )
    seat.room.waiting.forget(files)
    return {"place": str(made.id)}


async def join(seat: Seat, packet: Packet) -> Json:
    actor = seat.actor()
    (actor.join if packet.flag("on") else actor.leave)(packet.id("thread"))
    return {}


async def archive(seat: Seat, packet: Packet) -> Json:
    seat.actor().archive(packet.id("thread"), on=packet.flag("on"))
    return {}


# -- settings and time ---------------------------------------------------------------------------


async def dms(seat: Seat, packet: Packet) -> Json:
    """Discord's setting "Allow direct messages from server members"."""
    seat.actor().dms(open=packet.flag("open"))
    return {}


async def clock(seat: Seat, packet: Packet) -> Json:
    """Let time pass; answered once it has begun to."""
    now = seat.room.sandbox.clock.now()
    by, to = packet.seconds("by"), packet.maybe("to")
    if to in _MOMENTS:
        until = coming(now, to)
    elif by is not None:
        until = now + timedelta(seconds=by)
    else:
        raise BadPacket("The clock goes forward by some seconds, or to a Friday, Monday or Wednesday.")
    await seat.room.begin_walk(until, f"{until:%A %H:%M}")
    return {}


def coming(now: datetime, which: str) -> datetime:
    """The first Friday 09:00, Monday 18:00 or Wednesday 12:00 (UTC) after `now`; which: "friday" and so on."""
    weekday, hour = _MOMENTS[which]
    today = now.astimezone(UTC).date()
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    found = datetime.combine(day, time(hour), UTC)
    return found if found > now else found + timedelta(days=7)


def next_friday(now: datetime) -> datetime:
    return coming(now, "friday")
