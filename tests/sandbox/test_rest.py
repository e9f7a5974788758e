"""REST as a bot calls it: history, sending once, edits, permissions, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import aiohttp
import pytest

from sandbox import Permission, Sandbox
from sandbox.clock import Clock, Snowflakes, moment_of
from sandbox.model import InteractionKind, Overwrite
from tests.sandbox.rest_client import Rest


@pytest.fixture
async def rest(sandbox: Sandbox) -> AsyncIterator[Rest]:
    async with aiohttp.ClientSession() as session:
        yield Rest(sandbox, session)


async def test_a_body_that_is_no_json(sandbox: Sandbox) -> None:
    """It has a code of its own, whether Discord's description is there or not."""
    path = f"{sandbox.rest}/channels/{sandbox.channel('reviews').id}/messages"
    headers = {"Authorization": f"Bot {sandbox.token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for body in (b"{", b"\xff"):
            async with session.post(path, data=body) as answer:
                assert (answer.status, (await answer.json())["code"]) == (400, 50109)


@pytest.mark.parametrize(
    ("method", "path", "body", "where"),
    [
        ("GET", "/channels/{channel}/messages?limit=many", None, "limit"),
        ("GET", "/channels/{channel}/messages?limit=0", None, "limit"),
        ("GET", "/channels/{channel}/messages?after=then", None, "after"),
        ("POST", "/channels/{channel}/messages", "hello", "_errors"),
        ("POST", "/applications/{application}/commands", {"name": "A b", "description": "c"}, "name"),
    ],
)
async def test_refused_without_the_description_too(method: str, path: str, body: Any, where: str) -> None:
    """What is wrong is named from the root of the body or query."""
    async with Sandbox(refuses=False) as sandbox, aiohttp.ClientSession() as session:
        names = {"channel": sandbox.channel("reviews").id, "application": sandbox.world.application_id}
        status, said = await Rest(sandbox, session)(method, path.format(**names), body)
        assert (status, said["code"], list(said["errors"])) == (400, 50035, [where])


# -- sending -------------------------------------------------------------------------------------


async def test_a_message_is_kept_and_read_back(sandbox: Sandbox, rest: Rest) -> None:
    """What was posted stands in the history, for the bot and for people."""
    status, sent = await rest.post("reviews", content="Hello", embeds=[{"title": "A", "fields": []}])
    assert (status, sent["content"], sent["embeds"][0]["type"]) == (200, "Hello", "rich")
    path = f"/channels/{sandbox.channel('reviews').id}/messages"
    assert (await rest("GET", f"{path}/{sent['id']}"))[1] == sent
    assert (await rest("GET", path))[1] == [sent]
    assert [one.text for one in sandbox.member("ana").sees("reviews")] == ["Hello\nA"]


async def test_nothing_in_a_channel_is_ephemeral(rest: Rest) -> None:
    """The flag is for answers to interactions; elsewhere it is left out."""
    _, sent = await rest.post("reviews", content="Hello", flags=64 | 4)
    assert sent["flags"] == 4


async def test_a_reply_to_what_is_gone(rest: Rest) -> None:
    """It is refused, or with fail_if_not_exists false sent as a plain message."""
    assert (await rest.post("reviews", content="x", message_reference={"message_id": "1"}))[0] == 400
    reference = {"message_id": "1", "fail_if_not_exists": False}
    status, sent = await rest.post("reviews", content="x", message_reference=reference)
    assert (status, sent["type"]) == (200, 0) and "message_reference" not in sent


async def test_a_repeated_nonce_gives_the_first_message_back(sandbox: Sandbox, rest: Rest) -> None:
    """enforce_nonce makes sending idempotent within the window, and only within it."""
    once = {"content": "Once", "nonce": "n1", "enforce_nonce": True}
    first = await rest.post("reviews", **once)
    assert first[0] == 200
    assert await rest.post("reviews", **once) == first
    assert len(sandbox.messages("reviews")) == 1
    sandbox.clock.move(timedelta(minutes=5, seconds=1))
    assert (await rest.post("reviews", **once))[1]["id"] != first[1]["id"]
    assert [one.nonce for one in sandbox.messages("reviews")] == ["n1", "n1"]


async def test_a_nonce_without_enforcement_is_only_a_label(sandbox: Sandbox, rest: Rest) -> None:
    """Two messages, both with the nonce in the answer."""
    for _ in range(2):
        assert (await rest.post("reviews", content="x", nonce="n2"))[1]["nonce"] == "n2"
    assert len(sandbox.messages("reviews")) == 2


async def test_a_repeated_nonce_of_a_deleted_message_is_unknown(sandbox: Sandbox, rest: Rest) -> None:
    """10008: it was said once, and is gone."""
    once = {"content": "Once", "nonce": "n3", "enforce_nonce": True}
    _, sent = await rest.post("reviews", **once)
    sandbox.member("mo").remove(sandbox.messages("reviews")[0])
    assert await rest.refused("POST", f"/channels/{sent['channel_id']}/messages", once) == (404, 10008)
    assert [one.deleted for one in sandbox.messages("reviews")] == [True]


async def test_pings_follow_allowed_mentions_and_permissions(sandbox: Sandbox, rest: Rest) -> None:
    """Named, allowed and permitted: all three, or nobody is called. A bot may not call everyone by itself."""
    ana, bob = (sandbox.member(name).user.id for name in ("ana", "bob"))
    text = f"@everyone <@{ana}> <@{bob}> <@&{sandbox.guild.id}>"
    await rest.post("reviews", content=text)
    await rest.post("reviews", content=text, allowed_mentions={"parse": []})
    await rest.post("reviews", content=text, allowed_mentions={"users": [str(bob)]})
    v2 = [{"type": 10, "content": f"<@{ana}>"}]
    await rest.post("reviews", components=v2, flags=1 << 15)
    pinged = [one.pinged for one in sandbox.messages("reviews")]
    assert [one.users for one in pinged] == [(ana, bob), (), (bob,), (ana,)]
    assert not any(one.everyone or one.roles for one in pinged)


async def test_answers_and_webhooks_call_users_alone_unless_they_say_more(
    sandbox: Sandbox, rest: Rest
) -> None:
    """docs: Default Settings for Allowed Mentions. An ordinary message of the same bot calls everybody."""
    role = next(role for role in sandbox.guild.roles.values() if role.bot_id is not None)
    role.permissions |= Permission.MENTION_EVERYONE | Permission.MANAGE_WEBHOOKS
    place, ana = sandbox.channel("reviews"), sandbox.member("ana").user.id
    text = f"@everyone <@{ana}>"
    data = {"id": "1", "name": "jobs", "type": 1}
    made = sandbox.world.open_interaction(InteractionKind.COMMAND, ana, place, data)
    hook = (await rest("POST", f"/channels/{place.id}/webhooks", {"name": "Feeds"}))[1]
    await rest.post("reviews", content=text)
    await rest(
        "POST", f"/interactions/{made.id}/{made.token}/callback", {"type": 4, "data": {"content": text}}
    )
    await rest("POST", f"/webhooks/{sandbox.world.application_id}/{made.token}", {"content": text})
    await rest("POST", f"/webhooks/{hook['id']}/{hook['token']}", {"content": text})
    loud = {"content": text, "allowed_mentions": {"parse": ["everyone"]}}
    await rest("POST", f"/webhooks/{hook['id']}/{hook['token']}", loud)
    pinged = [one.pinged for one in sandbox.messages("reviews")]
    assert [one.everyone for one in pinged] == [True, False, False, False, True]
    assert [one.users for one in pinged] == [(ana,)] * 4 + [()]


async def test_files_can_be_sent_and_fetched(sandbox: Sandbox) -> None:
    """A multipart message: the file has an address, and attachment:// in an embed leads there."""
    form = aiohttp.FormData()
    body = '{"content": "See", "embeds": [{"image": {"url": "attachment://a.txt"}}], '
    form.add_field("payload_json", body + '"attachments": [{"id": "0", "description": "alt"}]}')
    form.add_field("files[0]", b"abc", filename="a.txt", content_type="text/plain")
    url = f"{sandbox.rest}/channels/{sandbox.channel('reviews').id}/messages"
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(url, data=form) as answer:
            sent = await answer.json()
        [file] = sent["attachments"]
        assert (file["filename"], file["size"], file["description"]) == ("a.txt", 3, "alt")
        assert sent["embeds"][0]["image"]["url"] == file["url"]
        async with session.get(file["url"]) as answer:
            assert await answer.read() == b"abc"


# -- history -------------------------------------------------------------------------------------


async def test_history_pages_newest_first(sandbox: Sandbox, rest: Rest) -> None:
    """before, after, around and limit cut the same list."""
    ids = [(await rest.post("reviews", content=str(n)))[1]["id"] for n in range(7)]
    path = f"/channels/{sandbox.channel('reviews').id}/messages"

    async def page(query: str) -> list[int]:
        return [ids.index(one["id"]) for one in (await rest("GET", f"{path}?{query}"))[1]]

    assert await page("limit=3") == [6, 5, 4]
    assert await page(f"before={ids[3]}") == [2, 1, 0]
    assert await page(f"after={ids[3]}&limit=2") == [5, 4]
    assert await page(f"around={ids[3]}&limit=3") == [4, 3, 2]


async def test_history_without_permission_is_empty_and_no_error(sandbox: Sandbox, rest: Rest) -> None:
    """Without READ_MESSAGE_HISTORY the list is empty; without VIEW_CHANNEL it is 50001."""
    await rest.post("reviews", content="x")
    path = f"/channels/{sandbox.channel('reviews').id}/messages"
    sandbox.deny("reviews", Permission.READ_MESSAGE_HISTORY)
    assert await rest("GET", path) == (200, [])
    sandbox.deny("reviews", Permission.VIEW_CHANNEL)
    assert await rest.refused("GET", path) == (403, 50001)
    sandbox.allow("reviews", Permission.READ_MESSAGE_HISTORY, Permission.VIEW_CHANNEL)
    assert len((await rest("GET", path))[1]) == 1


# -- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("denied", "body", "refusal"),
    [
        (Permission.VIEW_CHANNEL, {"content": "x"}, (403, 50001)),
        (Permission.SEND_MESSAGES, {"content": "x"}, (403, 50013)),
        (Permission.EMBED_LINKS, {"embeds": [{"title": "x"}]}, (403, 50013)),
        (Permission(0), {"content": "x" * 2001}, (400, 50035)),
        (Permission(0), {"content": " "}, (400, 50006)),
    ],
)
async def test_sending_is_refused_as_discord_refuses_it(
    sandbox: Sandbox, rest: Rest, denied: Permission, body: dict[str, Any], refusal: tuple[int, int]
) -> None:
    """A missing permission or a broken limit: nothing is posted, and the code says which."""
    sandbox.deny("reviews", denied)
    channel = sandbox.channel("reviews").id
    assert await rest.refused("POST", f"/channels/{channel}/messages", body) == refusal
    assert sandbox.messages("reviews") == []


async def test_a_channel_that_is_gone_is_unknown(sandbox: Sandbox, rest: Rest) -> None:
    """10003 for reading, sending and editing, once somebody deleted it."""
    channel = sandbox.channel("reviews").id
    sandbox.delete_channel("reviews")
    assert await rest.refused("GET", f"/channels/{channel}") == (404, 10003)
    assert await rest.refused("POST", f"/channels/{channel}/messages", {"content": "x"}) == (404, 10003)


async def test_only_own_messages_are_edited_and_deleted(sandbox: Sandbox, rest: Rest) -> None:
    """50005 for editing and 50013 for deleting what somebody else wrote; 10008 for what is gone."""
    theirs = sandbox.member("ana").go("reviews").say("Mine.")
    path = f"/channels/{theirs.channel_id}/messages"
    assert await rest.refused("PATCH", f"{path}/{theirs.id}", {"content": "x"}) == (403, 50005)
    assert await rest.refused("DELETE", f"{path}/{theirs.id}") == (403, 50013)
    _, own = await rest.post("reviews", content="Own")
    assert (await rest("PATCH", f"{path}/{own['id']}", {"content": "New"}))[1]["content"] == "New"
    assert await rest.refused("PATCH", f"{path}/{own['id']}", {"content": ""}) == (400, 50006)
    assert (await rest("DELETE", f"{path}/{own['id']}"))[0] == 204
    assert await rest.refused("GET", f"{path}/{own['id']}") == (404, 10008)


async def test_a_message_with_new_components_takes_no_content_back(sandbox: Sandbox, rest: Rest) -> None:
    """Flag 1<<15 stays: a later edit with content is 50035; an old message must drop its content to become new."""
    text = [{"type": 10, "content": "x"}]
    _, new = await rest.post("reviews", components=text, flags=1 << 15)
    _, old = await rest.post("reviews", content="old")
    path = f"/channels/{new['channel_id']}/messages"
    assert new["components"] == [{"type": 10, "content": "x", "id": 1}]
    assert await rest.refused("PATCH", f"{path}/{new['id']}", {"content": "y"}) == (400, 50035)
    turned = {"components": text, "flags": 1 << 15}
    assert await rest.refused("PATCH", f"{path}/{old['id']}", turned) == (400, 50035)
    assert (await rest("PATCH", f"{path}/{old['id']}", {**turned, "content": None}))[0] == 200


async def test_dms_can_be_closed(sandbox: Sandbox, rest: Rest) -> None:
    """Opening a DM always works and is always the same one; sending to closed DMs is 50007."""
    ana = sandbox.member("ana")
    body = {"recipient_id": str(ana.user.id)}
    _, dm = await rest("POST", "/users/@me/channels", body)
    assert (await rest("POST", "/users/@me/channels", body))[1]["id"] == dm["id"]
    assert (await rest("POST", f"/channels/{dm['id']}/messages", {"content": "Hi"}))[0] == 200
    assert [one.text for one in ana.sees_in_dm()] == ["Hi"]
    ana.user.dms_open = False
    assert await rest.refused("POST", f"/channels/{dm['id']}/messages", {"content": "Hi"}) == (403, 50007)


async def test_nobody_enters_without_the_token(sandbox: Sandbox) -> None:
    """401 with code 0."""
    async with aiohttp.ClientSession() as session, session.get(sandbox.rest + "/users/@me") as answer:
        assert (answer.status, (await answer.json())["code"]) == (401, 0)


async def test_an_unknown_route_is_loud() -> None:
    """404 with code 0, and the gap is on record."""
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        rest = Rest(sandbox, session)
        assert await rest.refused("GET", f"/guilds/{sandbox.guild.id}/nothing") == (404, 0)
        assert sandbox.gaps == [f"GET /api/v10/guilds/{sandbox.guild.id}/nothing"]


# -- guilds, channels, commands ------------------------------------------------------------------


async def test_everything_that_can_be_read_is_what_the_description_says(sandbox: Sandbox, rest: Rest) -> None:
    """Each GET answers 200; the fixture holds every body against the response's schema."""
    if not sandbox.spec.active:
        pytest.skip("../shared absent: Discord's OpenAPI description is needed")
    guild, app = sandbox.guild.id, sandbox.world.application_id
    ana = sandbox.member("ana").user.id
    for path in (
        "/gateway",
        "/gateway/bot",
        "/users/@me",
        "/users/@me/guilds",
        f"/users/{ana}",
        "/oauth2/applications/@me",
        "/applications/@me",
        f"/applications/{app}/commands",
        f"/applications/{app}/guilds/{guild}/commands",
        f"/guilds/{guild}?with_counts=true",
        f"/guilds/{guild}/channels",
        f"/guilds/{guild}/roles",
        f"/guilds/{guild}/roles/{guild}",
        f"/guilds/{guild}/members/{ana}",
        f"/channels/{sandbox.channel('reviews').id}",
    ):
        assert (await rest("GET", path))[0] == 200, path


async def test_a_channel_is_made_changed_and_deleted_with_the_permission(
    sandbox: Sandbox, rest: Rest
) -> None:
    """50013 without MANAGE_CHANNELS; with it a name is written as Discord writes it."""
    path = f"/guilds/{sandbox.guild.id}/channels"
    assert await rest.refused("POST", path, {"name": "New Place"}) == (403, 50013)
    role = next(r for r in sandbox.guild.roles.values() if r.bot_id is not None)
    role.permissions |= Permission.MANAGE_CHANNELS | Permission.MANAGE_ROLES
    status, made = await rest("POST", path, {"name": "New Place", "topic": "Hello"})
    assert (status, made["name"], made["topic"]) == (201, "new-place", "Hello")
    one = f"/channels/{made['id']}"
    assert (await rest("PATCH", one, {"topic": None}))[1]["topic"] is None
    shown, hidden = ({"type": 0, way: str(int(Permission.VIEW_CHANNEL))} for way in ("allow", "deny"))
    assert (await rest("PUT", f"{one}/permissions/{role.id}", shown))[0] == 204
    assert (await rest("PUT", f"{one}/permissions/{sandbox.guild.id}", hidden))[0] == 204
    assert sandbox.member("ana").sees("new-place") == []
    assert (await rest("POST", f"{one}/typing"))[0] == 204
    assert (await rest("DELETE", one))[0] == 200
    assert await rest.refused("GET", one) == (404, 10003)


async def test_nobody_hands_on_what_they_do_not_have(sandbox: Sandbox, rest: Rest) -> None:
    """50013 on all three routes; what stands there may stay, and MANAGE_ROLES in the channel itself lifts it."""
    role = next(r for r in sandbox.guild.roles.values() if r.bot_id is not None)
    role.permissions |= Permission.MANAGE_CHANNELS | Permission.MANAGE_ROLES
    place, ana = sandbox.channel("reviews"), sandbox.member("ana").user.id
    entry = {"type": 1, "allow": str(int(Permission.MANAGE_MESSAGES)), "deny": "0"}
    one, whole = f"/channels/{place.id}", {"permission_overwrites": [{"id": str(ana), **entry}]}
    for method, path, body in (
        ("PUT", f"{one}/permissions/{ana}", entry),
        ("PATCH", one, whole),
        ("POST", f"/guilds/{sandbox.guild.id}/channels", {"name": "new", **whole}),
    ):
        assert await rest.refused(method, path, body) == (403, 50013)
    assert "new" not in [channel.name for channel in sandbox.guild.channels.values()]
    place.overwrites[ana] = Overwrite(ana, 1, allow=Permission.MANAGE_MESSAGES)
    assert (await rest("PATCH", one, whole))[0] == 200
    place.overwrites = {role.id: Overwrite(role.id, 0, allow=Permission.MANAGE_ROLES)}
    assert (await rest("PUT", f"{one}/permissions/{ana}", entry))[0] == 204


async def test_a_command_keeps_its_id_when_its_name_stays(sandbox: Sandbox, rest: Rest) -> None:
    """A bulk PUT replaces what is named otherwise and keeps the id of what is named the same."""
    path = f"/applications/{sandbox.world.application_id}/commands"
    _, first = await rest("PUT", path, [{"name": "a", "description": "x"}, {"name": "b", "description": "x"}])
    _, second = await rest(
        "PUT", path, [{"name": "b", "description": "y"}, {"name": "c", "description": "x"}]
    )
    ids = {one["name"]: one["id"] for one in first}
    assert {one["name"]: one["id"] == ids.get(one["name"]) for one in second} == {"b": True, "c": False}
    status, same = await rest("POST", path, {"name": "b", "description": "z"})
    assert (status, same["id"]) == (200, ids["b"])
    assert (await rest("POST", path, {"name": "d", "description": "z"}))[0] == 201
    one = f"{path}/{ids['b']}"
    assert (await rest("PATCH", one, {"description": "w"}))[1]["description"] == "w"
    assert (await rest("DELETE", one))[0] == 204
    assert await rest.refused("GET", one) == (404, 10063)


# -- time ----------------------------------------------------------------------------------------


def test_ids_rise_and_follow_the_clock() -> None:
    """Strictly rising, also within a millisecond; a moved clock moves them; it never goes back."""
    clock = Clock()
    ids = Snowflakes(clock)
    made = [ids.next() for _ in range(10_000)]
    assert all(later > earlier for earlier, later in pairwise(made))
    clock.move(timedelta(days=1))
    assert moment_of(ids.next()) - moment_of(made[-1]) > timedelta(hours=23)
    with pytest.raises(ValueError, match="only goes forward"):
        clock.move(timedelta(seconds=-1))
