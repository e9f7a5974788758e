"""What a person means when they name somebody or some place: by name, or by id as the page does. Reads the world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from sandbox.model import Channel, Guild, Tag, User
from sandbox.permissions import Permission
from sandbox.world import World


class CannotDo(Exception):
    """Discord's client would not let this person do that; the text says why."""


def user_named(world: World, place: Channel, wanted: object) -> int:
    """Somebody who can be picked here: a member by username or nick; in a DM its two people."""
    guild = world.guild_of(place)
    if guild is None:
        people = [(user_id, world.users[user_id].name) for user_id in (*place.recipients, world.bot.id)]
    else:
        people = [(member.user.id, member.user.name) for member in guild.members.values()]
        people += [(member.user.id, member.nick) for member in guild.members.values() if member.nick]
    return _one(people, wanted, f"Nobody here is called {wanted}.")


def role_named(world: World, place: Channel, wanted: object) -> int:
    guild = world.guild_of(place)
    roles = guild.roles.values() if guild else ()
    return _one(((role.id, role.name) for role in roles), wanted, f"There is no role {wanted}.")


def mentionable_named(world: World, place: Channel, wanted: object) -> int:
    for named in (user_named, role_named):
        with suppress(CannotDo):
            return named(world, place, wanted)
    raise CannotDo(f"Nobody and no role here is called {wanted}.")


def channel_named(world: World, user: User, place: Channel, wanted: object, kinds: Sequence[int]) -> int:
    """A channel or thread that this person sees, of one of these kinds (none given: any)."""
    guild = world.guild_of(place)
    if guild is None:
        raise CannotDo("There are no channels in a direct message.")
    return place_named(world, guild, user, wanted, kinds).id


def place_named(world: World, guild: Guild, user: User, wanted: object, kinds: Sequence[int] = ()) -> Channel:
    """The same in a guild that is known, as the channel itself; channels go before threads of the same name."""
    found = _one(
        (
            (channel.id, channel.name)
            for channel in (*guild.channels.values(), *guild.threads.values())
            if (not kinds or channel.kind in kinds) and world.may(user.id, channel) & Permission.VIEW_CHANNEL
        ),
        wanted.removeprefix("#") if isinstance(wanted, str) else wanted,
        f"{user.name} is offered no channel {wanted!r} here.",
    )
    return guild.channels.get(found) or guild.threads[found]


def tag_named(forum: Channel, wanted: object) -> Tag:
    tags = {tag.id: tag for tag in forum.tags}
    return tags[_one(((tag.id, tag.name) for tag in forum.tags), wanted, f"There is no tag {wanted!r} here.")]


def _one(offered: Iterable[tuple[int, str]], wanted: object, otherwise: str) -> int:
    """The id of the first that bears this name, else of the one whose id it is. Raises CannotDo."""
    known = list(offered)
    for one, name in known:
        if name == wanted:
            return one
    for one, _ in known:
        if str(one) == str(wanted):
            return one
    raise CannotDo(otherwise)
