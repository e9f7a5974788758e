"""All that one person sees at one moment, as a dict of plain JSON: (world, who, where, since) → keys. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.model import Channel, Guild, Json, User
from sandbox.page import view_commands, view_messages, view_people, view_places
from sandbox.page.memory import Memory
from sandbox.world import World

WINDOW = 50  # messages at first, and more with each `earlier`


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks where. since: the id of the moment at which the page was loaded; window: how many messages."""

    user: User
    place: Channel
    since: int
    window: int = WINDOW


def settled(world: World, guild: Guild, looking: Looking) -> Looking:
    """The same, or the first place that this person sees once the present one is out of their sight."""
    place = world.channel(looking.place.id)
    if place is not None and view_places.sees(world, looking.user.id, place):
        return looking
    return Looking(looking.user, first_place(world, guild, looking.user), looking.since)


def first_place(world: World, guild: Guild, user: User) -> Channel:
    """The first place of the list; everybody has at least their DM with the bot."""
    return next(view_places.seen(world, guild, user), None) or world.open_dm(user)


def view(world: World, memory: Memory, guild: Guild, looking: Looking) -> Json:
    """The keys of the page's protocol (sandbox/page/__init__.py) but for `clock` and `guide`."""
    user, place = looking.user, looking.place
    messages, older = view_messages.page(world, memory, user.id, place, looking.since, looking.window)
    return {
        "me": view_people.me(guild, user),
        "server": view_people.server(world, guild),
        "people": view_people.people(guild),
        "roles": view_people.roles(guild),
        "places": view_places.places(world, memory, guild, user),
        "place": view_places.place(world, memory, guild, user, place, looking.since, older),
        "messages": messages,
        "commands": view_commands.commands(world, user, place),
    }
