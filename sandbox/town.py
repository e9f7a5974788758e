"""A community large enough to look around in: a dozen people, six channels and a forum. The bot is not there yet."""

from __future__ import annotations

from sandbox.guilds import invite_bot
from sandbox.model import ChannelKind, Guild, Overwrite, Tag
from sandbox.permissions import Permission
from sandbox.seed import BOT, EVERYONE, MODERATOR
from sandbox.world import World

NAME = "Remote together"
OWNER = "rosa"
MODERATORS = ("mo", "ines")
FORUM = "introductions"

# name → what others read; walt is somebody's boss, for whoever wants to know what a boss can see.
_MEMBERS = {
    "mo": "Mo",
    "ines": "Inês",
    "ana": "Ana",
    "bob": "Bob",
    "tariq": "Tariq",
    "yuki": "Yuki",
    "kofi": "Kofi",
    "lena": "Lena",
    "priya": "Priya",
    "mateo": "Mateo",
    "walt": "Walt, Bob’s boss",
}
_LOCALES = {"ines": "pt-BR", "yuki": "ja", "mateo": "es-ES", "lena": "de"}
_DMS_CLOSED = ("tariq",)

_CHANNELS = {
    "start-here": "How this place works. Read the pinned message first.",
    "remote-python": "Remote jobs with Python or data. Ask about them in threads.",
    "remote-design": "Remote jobs in design.",
    "check-ins": "Mondays: what you plan. Fridays: what became of it.",
    "reviews": "Show a résumé or a portfolio, and look at somebody else’s.",
}
_A_WEEK = 7 * 24 * 60  # minutes of silence until a thread is archived
_TAGS = (("looking", "🔎"), ("employed", "🌱"), ("mentor", "🧭"), ("news", "📌"))


def town(world: World) -> Guild:
    """The guild of the demo. tariq takes no direct messages; only moderators may give the tag “news”."""
    world.owner.name = OWNER
    guild = world.add_guild(NAME, world.owner, EVERYONE)
    guild.members[world.owner.id].nick = "Rosa"
    moderators = world.add_role(guild, "moderators", MODERATOR)
    moderators.mentionable = True
    for name, nick in _MEMBERS.items():
        user = world.add_user(name, locale=_LOCALES.get(name, "en-US"))
        user.dms_open = name not in _DMS_CLOSED
        member = world.add_member(guild, user, *([moderators] if name in MODERATORS else []))
        member.nick = nick
    for name, topic in _CHANNELS.items():
        world.add_channel(guild, name, topic=topic)
    forum = world.add_channel(guild, FORUM, ChannelKind.FORUM, topic="Who are you, and what do you look for?")
    forum.tags = tuple(Tag(world.ids.next(), name, name == "news", emoji) for name, emoji in _TAGS)
    for channel in guild.channels.values():
        channel.default_auto_archive = _A_WEEK
    private = world.add_channel(guild, "moderators", topic="For moderators. Outpost tells its troubles here.")
    world.set_overwrite(private, Overwrite(guild.id, 0, deny=Permission.VIEW_CHANNEL))
    world.set_overwrite(private, Overwrite(moderators.id, 0, allow=Permission.VIEW_CHANNEL))
    return guild


def welcome_bot(world: World, guild: Guild) -> None:
    """The owner used the invite link, and let the bot into the moderators' channel."""
    invite_bot(world, guild, BOT | Permission.MANAGE_THREADS)  # to let members into the threads of pods
    role = next(one for one in guild.roles.values() if one.bot_id == world.bot.id)
    private = next(one for one in guild.channels.values() if one.name == "moderators")
    world.set_overwrite(private, Overwrite(role.id, 0, allow=Permission.VIEW_CHANNEL))
