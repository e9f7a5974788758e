"""What one person sees, as plain JSON: nothing that Discord would not show them, and all that it would."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import Permission
from sandbox.actors import Actor
from sandbox.clock import Clock
from sandbox.drafts import Draft
from sandbox.model import (
    Channel,
    ChannelKind,
    Command,
    Guild,
    InteractionKind,
    Json,
    MessageFlag,
    Overwrite,
    User,
)
from sandbox.page import view, view_messages
from sandbox.page.memory import Memory
from sandbox.page.view import Looking
from sandbox.permissions import ALL
from sandbox.seed import community
from sandbox.threads import start
from sandbox.world import World

NAMES = ("ana", "bob", "eve", "mo", "owner")


def _world() -> tuple[World, Guild]:
    world = World(Clock())
    world.files_url = "http://127.0.0.1:1/attachments"
    return world, community(world)


def _user(guild: Guild, name: str) -> User:
    return next(member.user for member in guild.members.values() if member.user.name == name)


def _channel(guild: Guild, name: str) -> Channel:
    return next(channel for channel in guild.channels.values() if channel.name == name)


def _seen(world: World, guild: Guild, name: str, place: Channel, since: int = 0) -> Json:
    looking = view.settled(world, guild, Looking(_user(guild, name), place, since, window=1000))
    return view.view(world, Memory(), guild, looking)


def _private(world: World, place: Channel, user: User, text: str) -> None:
    """The bot's answer to one person alone."""
    asked = world.open_interaction(InteractionKind.COMPONENT, user.id, place, {"custom_id": "x"})
    world.post(place, world.bot.id, Draft(text, flags=int(MessageFlag.EPHEMERAL)), interaction=asked)


# -- nothing that is hidden ----------------------------------------------------------------------

overwrites = st.tuples(
    st.integers(0, 5),  # which channel
    st.integers(0, 7),  # whom it is about
    st.sampled_from([Permission.VIEW_CHANNEL, Permission.READ_MESSAGE_HISTORY, Permission.MANAGE_THREADS]),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(overwrites, max_size=8), st.sampled_from(NAMES), st.integers(0, 40))
def test_a_view_holds_only_what_the_person_can_see(
    rules: list[tuple[int, int, Permission, bool]], name: str, reload_at: int
) -> None:
    """Under any overwrites, with private threads and private answers, and after a reload at any moment: each
    message of every place's view is one that the person's actor can see, and no hidden name or text is in it."""
    world, guild = _world()
    words = _furnish(world, guild)
    subjects = [(role, 0) for role in guild.roles] + [(one, 1) for one in guild.members]
    for channel, subject, permission, allowed in rules:
        place = list(guild.channels.values())[channel % len(guild.channels)]
        about, kind = subjects[subject % len(subjects)]
        rule = place.overwrites.setdefault(about, Overwrite(about, kind))
        rule.allow |= permission if allowed else 0
        rule.deny |= 0 if allowed else permission
    messages = sorted(world.messages)
    since = messages[reload_at] if reload_at < len(messages) else world.ids.next()
    actor = Actor(world, guild, _user(guild, name), since=since)

    for place in (*guild.channels.values(), *guild.threads.values(), *world.dms.values()):
        seen = _seen(world, guild, name, place, since)
        shown = [world.messages[int(message["id"])] for message in seen["messages"]]
        assert all(actor.can_see(message) for message in shown)
        text = json.dumps(seen)
        for channel_id, secrets in words.items():
            hidden = world.channel(channel_id)
            if hidden is not None and not world.may(actor.user.id, hidden) & Permission.VIEW_CHANNEL:
                assert [secret for secret in secrets if secret in text] == []
        others = [one for one in NAMES if one != name]
        assert [one for one in others if f"alone-{one}" in text] == []


def _furnish(world: World, guild: Guild) -> dict[int, list[str]]:
    """Something in every place: messages, threads open and private, private answers; what gives each place away."""
    words: dict[int, list[str]] = {}
    people = [_user(guild, name) for name in NAMES]
    for n, channel in enumerate(list(guild.channels.values())):
        channel.name, channel.topic = f"place-{channel.id}", f"topic-{channel.id}"
        words[channel.id] = [channel.name, channel.topic, f"said-{channel.id}"]
        message = world.post(channel, people[n % 5].id, Draft(f"said-{channel.id}"))
        for private in (False, True):
            owner = people[(n + private) % 5]
            source = None if private else message
            made = start(world, channel, owner.id, f"thread-{n}-{private}", source=source, private=private)
            world.post(made, owner.id, Draft(f"inside-{made.id}"))
            words[made.id] = [f"inside-{made.id}", *([made.name] if private else [])]
        for one in people:
            _private(world, channel, one, f"alone-{one.name}")
    for one in people:
        dm = world.open_dm(one)
        world.post(dm, world.bot.id, Draft(f"alone-{one.name}"))
    return words


def test_all_that_can_be_seen_is_there() -> None:
    """With nothing forbidden the view holds every message of the place that is not somebody else's."""
    world, guild = _world()
    _furnish(world, guild)
    ana = Actor(world, guild, _user(guild, "ana"))
    for place in guild.channels.values():
        expected = [one for one in place.message_ids if ana.can_see(world.messages[one])]
        if world.may(ana.user.id, place) & Permission.VIEW_CHANNEL:
            seen = _seen(world, guild, "ana", place)
            assert [int(message["id"]) for message in seen["messages"]] == expected


def test_without_the_history_only_what_is_said_from_now_on_is_there() -> None:
    """READ_MESSAGE_HISTORY is what shows the past; what comes while the page is open is heard without it."""
    world, guild = _world()
    place, bob = _channel(guild, "reviews"), _user(guild, "bob")
    world.set_overwrite(place, Overwrite(guild.id, 0, deny=Permission.READ_MESSAGE_HISTORY))
    world.post(place, bob.id, Draft("before"))
    since = world.ids.next()
    world.post(place, bob.id, Draft("after"))
    texts = [message["content"] for message in _seen(world, guild, "ana", place, since)["messages"]]
    assert texts == ["after"]


def test_a_reply_to_a_private_answer_shows_it_to_nobody_else() -> None:
    """The message that a reply points to is left out where the reader could not see it."""
    world, guild = _world()
    place = _channel(guild, "reviews")
    _private(world, place, _user(guild, "bob"), "alone")
    world.post(place, world.bot.id, Draft("as I said", reference_id=place.message_ids[-1]), kind=19)
    for name, found in (("bob", "alone"), ("ana", None)):
        shown = _seen(world, guild, name, place)["messages"][-1]["referenced_message"]
        assert (shown and shown["content"]) == found


# -- powers and places ---------------------------------------------------------------------------


def test_powers_are_those_of_the_permissions() -> None:
    """A member writes and reacts; a moderator also deletes; in a DM everything is allowed but that."""
    world, guild = _world()
    place = _channel(guild, "reviews")
    ana, mo = (_seen(world, guild, name, place)["place"]["can"] for name in ("ana", "mo"))
    assert ana["write"] and ana["react"] and ana["commands"] and not ana["delete_others"]
    assert mo["delete_others"]
    dm = world.open_dm(_user(guild, "ana"))
    inside = _seen(world, guild, "ana", dm)
    assert inside["place"]["kind"] == "dm" and inside["place"]["can"]["pin"]
    assert not inside["place"]["can"]["delete_others"] and not inside["place"]["can"]["thread"]
    assert inside["places"][-1]["id"] == str(dm.id)


def test_somebody_in_time_out_reads_why_they_cannot_write() -> None:
    """The composer's place is taken by the reason."""
    world, guild = _world()
    ana = _user(guild, "ana")
    guild.members[ana.id].timed_out_until = world.clock.now().replace(year=world.clock.now().year + 1)
    place = _seen(world, guild, "ana", _channel(guild, "reviews"))["place"]
    assert not place["can"]["write"]
    assert place["why_not"] == "You are in time-out: you can read, but not write."


def test_threads_stand_below_their_channel() -> None:
    """Active threads follow their parent; archived ones are not in the list, but can be looked at."""
    world, guild = _world()
    place, bob = _channel(guild, "remote-python"), _user(guild, "bob")
    one = start(world, place, bob.id, "one")
    two = start(world, place, bob.id, "two")
    assert two.thread is not None
    two.thread.archived = True
    names = [entry["name"] for entry in _seen(world, guild, "ana", place)["places"]]
    assert names[names.index("remote-python") + 1] == one.name and two.name not in names
    assert _seen(world, guild, "ana", two)["place"]["archived"]


def test_a_private_thread_is_listed_only_for_who_was_let_in() -> None:
    """Who manages threads may look into it, but it does not fill their list."""
    world, guild = _world()
    place, bob = _channel(guild, "reviews"), _user(guild, "bob")
    guild.roles[guild.id].permissions |= Permission.MANAGE_THREADS
    made = start(world, place, bob.id, "between us", private=True)
    for name, listed in (("bob", True), ("ana", False)):
        seen = _seen(world, guild, name, made)
        assert seen["place"]["id"] == str(made.id)
        assert (made.name in [entry["name"] for entry in seen["places"]]) == listed


def test_nothing_is_visible_in_a_hidden_place() -> None:
    """Whoever asks for its messages finds none, wherever it is asked."""
    world, guild = _world()
    place, ana = _channel(guild, "moderators"), _user(guild, "ana")
    world.post(place, world.bot.id, Draft("for moderators"))
    assert list(view_messages.visible(world, ana.id, place, 0)) == []


def test_somebody_who_sees_nothing_is_with_the_bot() -> None:
    """Everybody has at least their direct messages."""
    world, guild = _world()
    place = _channel(guild, "reviews")
    guild.roles[guild.id].permissions = 0
    assert _seen(world, guild, "ana", place)["place"]["kind"] == "dm"


# -- commands ------------------------------------------------------------------------------------


def test_only_commands_that_are_offered_are_listed() -> None:
    """A command for moderators is not in a member's list, and one for servers is not in a DM's."""
    world, guild = _world()
    place = _channel(guild, "reviews")
    _command(world, "open", options=[])
    _command(world, "rules", options=[], default_member_permissions=str(int(Permission.MANAGE_GUILD)))
    ana, mo = ([c["name"] for c in _seen(world, guild, name, place)["commands"]] for name in ("ana", "mo"))
    assert ana == ["open"] and mo == ["open", "rules"]
    dm = world.open_dm(_user(guild, "ana"))
    assert _seen(world, guild, "ana", dm)["commands"] == []


def test_subcommands_are_listed_with_their_paths() -> None:
    """A group's commands are entries of their own, with the options that they take."""
    world, guild = _world()
    option = {"type": 4, "name": "n", "description": "How many.", "required": True, "max_value": 3}
    add = {"type": 1, "name": "add", "description": "Add.", "options": [option]}
    show = {"type": 1, "name": "show", "description": "Show."}
    _command(world, "list", options=[{"type": 2, "name": "in", "description": "", "options": [add]}, show])
    found = _seen(world, guild, "ana", _channel(guild, "reviews"))["commands"]
    assert [(one["name"], one["path"]) for one in found] == [
        ("list in add", ["in", "add"]),
        ("list show", ["show"]),
    ]
    [shown] = found[0]["options"]
    assert (shown["required"], shown["max_value"], shown["min_value"], shown["choices"]) == (
        True,
        3,
        None,
        None,
    )


def _command(
    world: World, name: str, options: list[Json], default_member_permissions: str | None = None
) -> None:
    body = {"type": 1, "name": name, "description": name, "options": options, "dm_permission": False}
    body |= {"default_member_permissions": default_member_permissions, "contexts": None}
    world.commands[len(world.commands) + 1] = Command(len(world.commands) + 1, 1, None, body)


# -- pictures ------------------------------------------------------------------------------------

URLS = (
    "http://127.0.0.1:1/attachments/1/2/a.png",
    "https://example.com/a.png",
    "http://[",
    "//x/y",
    "data:x",
)


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("key", ["image", "thumbnail", "media", "file", "video"])
def test_pictures_of_other_hosts_are_left_out(key: str, url: str) -> None:
    """The page gets the path of our own files, and of any other picture only the host's name."""
    world, _ = _world()
    message = {"attachments": [], "embeds": [{key: {"url": url, "width": 1}}], "components": []}
    [embed] = view_messages.own_files(world, message)["embeds"]
    if url == URLS[0]:
        assert embed[key] == {"url": "/attachments/1/2/a.png", "width": 1}
    else:
        assert set(embed[key]) == {"blocked"} and embed[key]["blocked"]


def test_icons_and_nested_media_of_other_hosts_are_left_out_and_links_stay() -> None:
    """Whatever a card or a layout holds, no address that a browser would load remains; addresses to open do."""
    world, _ = _world()
    card = {"author": {"name": "A", "url": "https://a.example", "icon_url": "https://b.example/i.png"}}
    layout = {
        "type": 17,
        "components": [{"type": 12, "items": [{"media": {"url": "https://c.example/x.png"}}]}],
    }
    link = {"type": 2, "style": 5, "url": "https://d.example"}
    message = {"attachments": [], "embeds": [card], "components": [layout, link]}
    shown = view_messages.own_files(world, message)
    assert shown["embeds"] == [{"author": {"name": "A", "url": "https://a.example", "blocked": "b.example"}}]
    assert shown["components"][0]["components"][0]["items"] == [{"media": {"blocked": "c.example"}}]
    assert shown["components"][1] == link


def test_nobody_has_more_than_all() -> None:
    """The owner's powers are all of Discord's, and the view of the owner is a moderator's."""
    world, guild = _world()
    place = _channel(guild, "moderators")
    assert world.may(guild.owner_id, place) == ALL
    assert all(_seen(world, guild, "owner", place)["place"]["can"].values())
    assert place.kind is ChannelKind.TEXT
