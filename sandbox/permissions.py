"""Who may do what, computed as Discord's documentation describes it (Topics › Permissions)."""

from __future__ import annotations

from enum import IntFlag

from sandbox.model import THREADS, Channel, ChannelKind, Guild, Overwrite


class Permission(IntFlag):
    """The permissions that the sandbox acts upon, and a few that people's roles usually hold."""

    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


ALL = (1 << 53) - 1  # every bit that Discord had given a meaning by v10's 2026 description

# In a DM nothing is computed; docs, Interaction Object, footnote on app_permissions.
IN_DM = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.PIN_MESSAGES
)


def in_guild(guild: Guild, user_id: int) -> int:
    """The member's base permissions; 0 for somebody who is not a member."""
    member = guild.members.get(user_id)
    if member is None:
        return 0
    if guild.owner_id == user_id:
        return ALL
    granted = guild.roles[guild.id].permissions
    for role_id in member.roles:
        granted |= guild.roles[role_id].permissions
    return ALL if granted & Permission.ADMINISTRATOR else granted


def in_channel(guild: Guild, channel: Channel, user_id: int) -> int:
    """The member's permissions in one channel: base, then @everyone, then roles together, then the member.

    Without VIEW_CHANNEL nothing else counts; without the permission to speak neither files nor links do (docs:
    implicit permissions). A thread has its parent's overwrites; a private one is there for those who were let in,
    and for MANAGE_THREADS.
    """
    if channel.kind is ChannelKind.DM:
        return int(IN_DM)
    granted = in_guild(guild, user_id)
    if granted == ALL or granted == 0:
        return granted
    rules = _home(guild, channel).overwrites
    granted = _apply(granted, [rules[guild.id]] if guild.id in rules else [])
    granted = _apply(granted, [rules[role] for role in guild.members[user_id].roles if role in rules])
    granted = _apply(granted, [rules[user_id]] if user_id in rules else [])
    granted = _implied(granted, speaking(channel))
    hidden = channel.kind is ChannelKind.PRIVATE_THREAD and not granted & Permission.MANAGE_THREADS
    return 0 if hidden and channel.thread and user_id not in channel.thread.members else granted


def speaking(channel: Channel) -> Permission:
    """What it takes to say something here: in threads SEND_MESSAGES has no effect (docs: Threads, Permissions)."""
    return Permission.SEND_MESSAGES_IN_THREADS if channel.kind in THREADS else Permission.SEND_MESSAGES


def while_timed_out(granted: int) -> int:
    """What a timeout leaves; owners and administrators keep all (docs: Permissions for Timed Out Members)."""
    return (
        granted if granted == ALL else granted & (Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY)
    )


def _home(guild: Guild, channel: Channel) -> Channel:
    """Where the overwrites stand: a thread has its parent's."""
    if channel.kind in THREADS:
        return guild.channels.get(channel.parent_id or 0, channel)
    return channel


def _apply(granted: int, overwrites: list[Overwrite]) -> int:
    allow = deny = 0
    for overwrite in overwrites:
        allow |= overwrite.allow
        deny |= overwrite.deny
    return granted & ~deny | allow


def _implied(granted: int, speak: Permission) -> int:
    if not granted & Permission.VIEW_CHANNEL:
        return 0
    if not granted & speak:
        granted &= ~(Permission.MENTION_EVERYONE | Permission.ATTACH_FILES | Permission.EMBED_LINKS)
    return granted
