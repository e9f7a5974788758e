"""What the gateway says about threads, in which order, and to whom."""

from __future__ import annotations

import pytest

from sandbox import Permission, thread_rules, threads, wire
from sandbox.gateway_intents import Ears, Intents, passes
from sandbox.model import InteractionKind, Overwrite
from tests.sandbox.thread_town import Town

MEMBERS = "THREAD_MEMBERS_UPDATE"


async def test_a_thread_from_a_message(town: Town) -> None:
    """Created, with its owner in it, its starter, and the message that has it now."""
    source = town.say("ana")
    town.names()
    threads.start(town.world, town.place, town.person("ana").id, "About it", source=source)
    made = town.last("THREAD_CREATE")
    assert (made["newly_created"], made["guild_id"], "member" in made) == (True, str(town.guild.id), False)
    changed = town.last("MESSAGE_UPDATE")
    assert (changed["thread"]["id"], changed["flags"]) == (str(source.id), 32)
    assert town.names() == ["THREAD_CREATE", MEMBERS, "MESSAGE_CREATE", "MESSAGE_UPDATE"]


async def test_the_bot_is_let_in(town: Town) -> None:
    """A thread that it may not know comes whole, with its membership; then the members; then who added it."""
    ana = town.person("ana").id
    thread = threads.start(town.world, town.place, ana, "Quiet", private=True)
    town.say("ana", channel=thread)
    threads.join(town.world, thread, town.person("bob").id)
    assert town.names() == []
    threads.join(town.world, thread, town.bot.id, by=ana)
    made = town.last("THREAD_CREATE")
    assert (made["member"]["user_id"], "newly_created" in made) == (str(town.bot.id), False)
    [added] = town.last(MEMBERS)["added_members"]
    assert (added["member"]["user"]["id"], added["presence"]) == (str(town.bot.id), None)
    assert town.names() == ["THREAD_CREATE", MEMBERS, "MESSAGE_CREATE"]


async def test_the_bot_is_taken_out(town: Town) -> None:
    """Of a private thread it hears this last; nothing that happens there later."""
    ana = town.person("ana").id
    thread = threads.start(town.world, town.place, ana, "Quiet", private=True)
    threads.join(town.world, thread, town.bot.id)
    town.names()
    threads.leave(town.world, thread, town.bot.id, by=ana)
    assert town.last(MEMBERS)["removed_member_ids"] == [str(town.bot.id)]
    threads.archive(town.world, thread, archived=True)
    threads.remove(town.world, thread)
    assert town.names() == [MEMBERS]


async def test_a_thread_is_deleted(town: Town) -> None:
    """Four fields; a deleted channel's threads go without a word of their own."""
    one, two = await town.start(), await town.start()
    town.names()
    town.world.remove_channel(town.thread(one["id"]))
    assert town.last("THREAD_DELETE") == {
        "id": one["id"],
        "guild_id": str(town.guild.id),
        "parent_id": str(town.place.id),
        "type": 11,
    }
    town.world.remove_channel(town.place)
    assert town.names() == ["THREAD_DELETE", "CHANNEL_DELETE"]
    assert town.world.channel(int(two["id"])) is None


async def test_a_channel_comes_into_sight(town: Town) -> None:
    """Active threads of that channel, with the bot's memberships; private ones of others are left out."""
    mine = await town.start(type=12)
    threads.start(town.world, town.place, town.person("ana").id, "Hidden", private=True)
    put_away = await town.start()
    threads.archive(town.world, town.thread(put_away["id"]), archived=True)
    town.deny(Permission.VIEW_CHANNEL)
    theirs = threads.start(town.world, town.place, town.person("ana").id, "Public")
    town.names()
    town.sandbox.allow("reviews", Permission.VIEW_CHANNEL)
    sync = town.last("THREAD_LIST_SYNC")
    assert sync["channel_ids"] == [str(town.place.id)]
    assert [one["id"] for one in sync["threads"]] == [str(theirs.id), mine["id"]]
    assert [one["id"] for one in sync["members"]] == [mine["id"]]
    assert town.names() == ["CHANNEL_UPDATE", "THREAD_LIST_SYNC"]


async def test_a_new_channel_and_a_seen_one_bring_no_list(town: Town) -> None:
    """Only access that is gained does."""
    town.names()
    town.world.add_channel(town.guild, "new")
    town.world.set_overwrite(town.place, Overwrite(town.person("ana").id, 1, allow=Permission.ADD_REACTIONS))
    assert town.names() == ["CHANNEL_CREATE", "CHANNEL_UPDATE"]


async def test_a_guild_comes_with_its_active_threads(town: Town) -> None:
    """Those that the bot may see; its membership without the ids."""
    mine = await town.start()
    theirs = threads.start(town.world, town.place, town.person("ana").id, "Theirs")
    threads.start(town.world, town.place, town.person("ana").id, "Hidden", private=True)
    put_away = await town.start()
    threads.archive(town.world, town.thread(put_away["id"]), archived=True)
    shown = {one["id"]: one for one in wire.guild_create(town.world, town.guild)["threads"]}
    assert shown.keys() == {mine["id"], str(theirs.id)}
    assert shown[mine["id"]]["member"].keys() == {"join_timestamp", "flags"}
    assert "member" not in shown[str(theirs.id)]


@pytest.mark.parametrize(
    ("who", "intents", "heard"),
    [
        ("ana", Intents.GUILDS, False),
        ("ana", Intents.GUILDS | Intents.GUILD_MEMBERS, True),
        ("outpost", Intents.GUILDS, True),
        ("outpost", Intents(0), False),
    ],
)
async def test_who_hears_of_members(town: Town, who: str, intents: Intents, heard: bool) -> None:
    """Of others with GUILD_MEMBERS alone; of itself with GUILDS."""
    thread = threads.start(town.world, town.place, town.person("bob").id, "Theirs")
    threads.join(town.world, thread, town.person(who).id)
    ears = Ears(intents, town.bot.id, in_guild=True)
    assert passes(MEMBERS, town.last(MEMBERS), ears) is heard
    threads.leave(town.world, thread, town.person(who).id)
    assert passes(MEMBERS, town.last(MEMBERS), ears) is heard


async def test_a_command_in_a_thread(town: Town) -> None:
    """The interaction's channel is the thread, with the person's permissions in it."""
    thread = await town.start()
    body = {"name": "hello", "description": "Says hello"}
    path = f"/applications/{town.world.application_id}/commands"
    assert (await town.rest("POST", path, body))[0] == 201
    place = town.thread(thread["id"])
    command = next(iter(town.world.commands.values()))
    data = {"id": str(command.id), "name": "hello", "type": 1}
    ana = town.person("ana").id
    interaction = town.world.open_interaction(InteractionKind.COMMAND, ana, place, data)
    told = town.last("INTERACTION_CREATE")
    assert (told["channel_id"], told["channel"]["id"], told["channel"]["type"]) == (*[thread["id"]] * 2, 11)
    assert told["channel"]["thread_metadata"]["archived"] is False
    assert int(told["channel"]["permissions"]) == town.world.may(ana, place)
    callback = f"/interactions/{interaction.id}/{interaction.token}/callback?with_response=true"
    status, answer = await town.rest("POST", callback, {"type": 4, "data": {"content": "Hello"}})
    assert (status, answer["resource"]["message"]["channel_id"]) == (200, thread["id"])
    assert thread_rules.of(place).posted == 1
