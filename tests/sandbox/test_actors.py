"""What a person can do and see: what Discord's client would let them, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox import CannotDo, NoAnswer, Permission, Sandbox
from sandbox.model import Channel, ChannelKind, Guild, Member, Overwrite, Role, User
from sandbox.permissions import ALL, in_channel, in_guild

SEARCH: dict[str, Any] = {
    "name": "jobs",
    "description": "Openings",
    "options": [
        {
            "type": 1,
            "name": "search",
            "description": "Find openings",
            "options": [
                {"type": 3, "name": "words", "description": "What", "required": True, "max_length": 10},
                {
                    "type": 3,
                    "name": "for",
                    "description": "Whom",
                    "choices": [{"name": "me", "value": "us"}, {"name": "Me", "value": "me"}],
                },
                {"type": 4, "name": "limit", "description": "How many", "min_value": 1, "max_value": 5},
                {"type": 5, "name": "loud", "description": "Or not"},
                {"type": 7, "name": "channel", "description": "Where", "channel_types": [0]},
                {"type": 6, "name": "who", "description": "Whom"},
                {"type": 8, "name": "role", "description": "Which"},
            ],
        }
    ],
}
HIDDEN = {"name": "setup", "description": "x", "default_member_permissions": "32", "contexts": [0]}


@pytest.fixture
async def quiet(sandbox: Sandbox) -> Sandbox:
    """A sandbox whose bot has registered commands and then answers nothing."""
    sandbox.world.first_answer = timedelta(milliseconds=50)
    url = f"{sandbox.rest}/applications/{sandbox.world.application_id}/commands"
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.put(url, json=[SEARCH, HIDDEN]) as answer,
    ):
        assert answer.status == 200
    return sandbox


async def test_silence_is_no_answer(quiet: Sandbox) -> None:
    """Nobody answers: the person reads so, and has pressed once."""
    ana = quiet.member("ana")
    with pytest.raises(NoAnswer, match=r"The application did not respond\."):
        await ana.slash("jobs search", words="python")
    assert ana.presses == 1
    with pytest.raises(NoAnswer, match=r"Loading options failed\."):
        await ana.autocomplete("jobs search", "words", "py")
    assert ana.presses == 1


async def test_a_choices_value_goes_before_its_name(quiet: Sandbox) -> None:
    """Only values are unique: one that is also the name of another choice still means itself."""
    for given in ("me", "Me"):
        with pytest.raises(NoAnswer) as silence:
            await quiet.member("ana").slash("jobs search", words="go", for_=given)
        [search] = silence.value.interaction.data["options"]
        assert search["options"][1]["value"] == "me"


async def test_options_are_typed_and_resolved(quiet: Sandbox) -> None:
    """People, roles and channels by name become ids with their records beside them; a choice becomes its value."""
    heard: list[dict[str, Any]] = []
    quiet.world.listeners.append(lambda event: heard.append(event.data))
    given: dict[str, Any] = {
        "limit": 3,
        "loud": True,
        "channel": "#reviews",
        "who": "bob",
        "role": "moderators",
    }
    with pytest.raises(NoAnswer):
        await quiet.member("ana").slash("jobs search", words="go", for_="Me", **given)
    [interaction] = heard
    [search] = interaction["data"]["options"]
    values = {option["name"]: (option["type"], option["value"]) for option in search["options"]}
    bob, reviews = str(quiet.member("bob").user.id), str(quiet.channel("reviews").id)
    assert values["words"] == (3, "go")
    assert values["for"] == (3, "me")
    assert values["limit"] == (4, 3)
    assert values["loud"] == (5, True)
    assert values["channel"] == (7, reviews)
    assert values["who"] == (6, bob)
    resolved = interaction["data"]["resolved"]
    assert resolved["users"][bob]["username"] == "bob"
    assert resolved["channels"][reviews]["name"] == "reviews"
    assert [role["name"] for role in resolved["roles"].values()] == ["moderators"]
    assert interaction["member"]["user"]["username"] == "ana"
    granted = int(interaction["app_permissions"])
    assert granted & Permission.EMBED_LINKS and not granted & Permission.MANAGE_GUILD


@pytest.mark.parametrize(
    ("line", "options", "reason"),
    [
        ("nothing", {}, "no command 'nothing'"),
        ("jobs", {}, "choose one of: search"),
        ("jobs find", {}, "no 'find' under /jobs"),
        ("jobs search", {}, "needs the option 'words'"),
        ("jobs search", {"words": "x", "size": 1}, "no option 'size'"),
        ("jobs search", {"words": "x" * 11}, "too short or too long"),
        ("jobs search", {"words": "x", "for": "you"}, "offers only: me, Me"),
        ("jobs search", {"words": "x", "limit": "three"}, "is a number"),
        ("jobs search", {"words": "x", "limit": 6}, "too small or too large"),
        ("jobs search", {"words": "x", "loud": "yes"}, "true or false"),
        ("jobs search", {"words": "x", "channel": "moderators"}, "offered no channel 'moderators'"),
        ("jobs search", {"words": "x", "who": "nobody"}, "Nobody here is called nobody"),
        ("setup", {}, "hidden from ana"),
    ],
)
async def test_the_client_refuses_before_the_bot_hears_of_it(
    quiet: Sandbox, line: str, options: dict[str, Any], reason: str
) -> None:
    """Each says why; nothing was pressed."""
    ana = quiet.member("ana")
    with pytest.raises(CannotDo, match=reason):
        await ana.slash(line, **options)
    assert ana.presses == 0


async def test_a_person_sees_what_they_may(sandbox: Sandbox) -> None:
    """A hidden channel is empty to ana and open to mo; without history only a reader's own eyes are left out."""
    mo, ana, bob = (sandbox.member(name) for name in ("mo", "ana", "bob"))
    mo.go("moderators").say("Between us.")
    bob.go("reviews").say("For all.")
    assert [one.text for one in mo.sees("moderators")] == ["Between us."]
    assert ana.sees("moderators") == [] and ana.sees("no-such-channel") == []
    assert [one.text for one in ana.sees("reviews")] == ["For all."]
    sandbox.deny("reviews", Permission.READ_MESSAGE_HISTORY, name="ana")
    assert ana.sees("reviews") == []
    with pytest.raises(CannotDo, match="offered no channel"):
        ana.go("moderators")
    sandbox.deny("reviews", Permission.SEND_MESSAGES, name="bob")
    with pytest.raises(CannotDo, match="may not write in #reviews"):
        bob.say("Again.")
    with pytest.raises(CannotDo, match="may not delete"):
        ana.remove(sandbox.messages("reviews")[0])
    mo.remove(mo.sees("reviews")[0])
    assert bob.sees("reviews") == [] and sandbox.messages("reviews")[0].deleted


async def test_a_thread_is_deleted_by_who_may(sandbox: Sandbox) -> None:
    """With everything in it, by whoever manages threads; its name is free again."""
    ana, mo = sandbox.member("ana"), sandbox.member("mo")
    thread = ana.go("reviews").start_thread("My resume")
    with pytest.raises(CannotDo, match="may not delete"):
        ana.remove_thread(thread)
    mo.remove_thread(thread)
    assert thread.deleted and sandbox.guild.threads == {}
    with pytest.raises(CannotDo):
        mo.remove_thread(thread)


async def test_somebody_new_can_join_with_a_role(sandbox: Sandbox) -> None:
    """add_member gives an actor whose roles count at once."""
    assert [one.text for one in sandbox.add_member("ivy", "moderators").sees("moderators")] == []
    sandbox.member("mo").go("moderators").say("Welcome.")
    assert [one.text for one in sandbox.member("ivy").sees("moderators")] == ["Welcome."]


# -- permissions as a rule -----------------------------------------------------------------------

VIEW, SEND, MANAGE = Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.MANAGE_CHANNELS


def a_guild(sandbox: Sandbox, everyone: int, role: int) -> tuple[Guild, Channel, User]:
    """A guild with one channel and one member who holds one role, id 2."""
    member = User(3, "m")
    guild = Guild(1, "g", owner_id=9)
    guild.roles = {1: Role(1, "@everyone", everyone, 0), 2: Role(2, "r", role, 1)}
    guild.members = {3: Member(member, sandbox.clock.now(), {2})}
    return guild, Channel(4, ChannelKind.TEXT, "c", 1), member


@pytest.mark.parametrize(
    ("everyone", "role", "overwrites", "granted"),
    [
        (VIEW | SEND, 0, [], VIEW | SEND),
        (VIEW, SEND, [], VIEW | SEND),
        (0, Permission.ADMINISTRATOR, [Overwrite(1, 0, deny=VIEW)], ALL),
        (VIEW | SEND, 0, [Overwrite(1, 0, deny=VIEW)], 0),
        (VIEW | SEND, 0, [Overwrite(1, 0, deny=SEND), Overwrite(2, 0, allow=SEND)], VIEW | SEND),
        (VIEW | SEND, 0, [Overwrite(2, 0, allow=SEND), Overwrite(3, 1, deny=SEND)], VIEW),
        (VIEW, 0, [Overwrite(3, 1, allow=MANAGE)], VIEW | MANAGE),
        (VIEW | Permission.EMBED_LINKS, 0, [], VIEW),
    ],
)
def test_permissions_are_base_then_everyone_then_roles_then_member(
    sandbox: Sandbox, everyone: int, role: int, overwrites: list[Overwrite], granted: int
) -> None:
    """Administrators pass; without VIEW nothing counts; without SEND no files and links."""
    guild, channel, member = a_guild(sandbox, everyone, role)
    channel.overwrites = {one.id: one for one in overwrites}
    assert in_channel(guild, channel, member.id) == granted


def test_an_owner_may_everything_and_a_stranger_nothing(sandbox: Sandbox) -> None:
    """Whatever roles say."""
    guild, channel, member = a_guild(sandbox, VIEW, 0)
    guild.owner_id = member.id
    assert in_guild(guild, member.id) == ALL
    assert in_channel(guild, channel, 77) == 0
