"""Reactions, pins, deleting many, publishing, and the rules of editing and answering, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from sandbox import Permission, Sandbox
from sandbox.drafts import clean_filename
from sandbox.events import Event
from sandbox.gateway_intents import Intents
from sandbox.model import Channel, ChannelKind, Message
from tests.sandbox.rest_client import Rest

RIGHTS = (
    Permission.ADD_REACTIONS
    | Permission.PIN_MESSAGES
    | Permission.MANAGE_MESSAGES
    | Permission.MANAGE_CHANNELS
)


class Place:
    """#reviews, with ana's first message in it, a bot that may much, and what it hears."""

    def __init__(self, sandbox: Sandbox, rest: Rest) -> None:
        self.sandbox, self.rest, self.channel = sandbox, rest, sandbox.channel("reviews")
        self.role = next(role for role in sandbox.guild.roles.values() if role.bot_id is not None)
        self.role.permissions |= RIGHTS
        self.theirs = sandbox.member("ana").go("reviews").say("Look at this.")
        self.heard: list[Event] = []
        sandbox.world.listeners.append(self.heard.append)

    @property
    def path(self) -> str:
        return f"/channels/{self.channel.id}/messages"

    def of(self, message: Message | dict[str, Any]) -> str:
        return f"{self.path}/{message.id if isinstance(message, Message) else message['id']}"

    def names(self) -> list[str]:
        names = [event.name for event in self.heard]
        self.heard.clear()
        return names

    async def own(self, content: str = "Own.", **more: Any) -> dict[str, Any]:
        status, sent = await self.rest("POST", self.path, {"content": content, **more})
        assert status == 200
        self.heard.clear()
        return dict(sent)


@pytest.fixture
async def place(sandbox: Sandbox) -> AsyncIterator[Place]:
    async with aiohttp.ClientSession() as session:
        yield Place(sandbox, Rest(sandbox, session))


async def test_what_people_wrote_is_read_over_http_with_the_intent_alone(place: Place) -> None:
    """The one that was granted: what a session asked for doesn't matter. Answers and pins are no way around."""
    bot = place.sandbox.world.bot.id
    called = place.sandbox.member("ana").say(f"<@{bot}>, look.")
    place.sandbox.member("mo").pin(place.theirs)
    own = await place.own("Yes.", message_reference={"message_id": str(place.theirs.id)})

    async def read() -> list[str]:
        one, answer, call = [(await place.rest("GET", place.of(m)))[1] for m in (place.theirs, own, called)]
        (newest, *_), pinned = [
            (await place.rest("GET", path))[1] for path in (place.path, f"{place.path}/pins")
        ]
        texts = [one, answer["referenced_message"], pinned["items"][0]["message"], newest, call]
        return [text["content"] for text in texts]

    assert await read() == ["", "", "", "Yes.", f"<@{bot}>, look."]
    place.sandbox.world.privileged = Intents.MESSAGE_CONTENT
    assert await read() == ["Look at this."] * 3 + ["Yes.", f"<@{bot}>, look."]


# -- reactions -----------------------------------------------------------------------------------


async def test_a_reaction_is_put_read_and_taken_away(place: Place) -> None:
    """It shows on the message with its count and whether it is the bot's; people come by id."""
    thumb = f"{place.of(place.theirs)}/reactions/{quote('👍')}"
    place.sandbox.member("bob").react(place.theirs, "👍")
    assert (await place.rest("PUT", f"{thumb}/@me"))[0] == 204
    assert (await place.rest("PUT", f"{thumb}/@me"))[0] == 204
    [shown] = (await place.rest("GET", place.of(place.theirs)))[1]["reactions"]
    assert (shown["emoji"], shown["count"], shown["me"]) == ({"id": None, "name": "👍"}, 2, True)
    assert shown["count_details"] == {"burst": 0, "normal": 2}
    bot = str(place.sandbox.world.bot.id)
    _, users = await place.rest("GET", thumb)
    assert [user["username"] for user in users] == ["outpost", "bob"]
    assert [u["username"] for u in (await place.rest("GET", f"{thumb}?limit=1&after={bot}"))[1]] == ["bob"]
    assert (await place.rest("GET", f"{thumb}?type=1"))[1] == []
    assert (await place.rest("DELETE", f"{thumb}/@me"))[0] == 204
    assert (await place.rest("DELETE", f"{thumb}/{place.sandbox.member('bob').user.id}"))[0] == 204
    assert place.theirs.reactions == {}
    assert place.names() == ["MESSAGE_REACTION_ADD"] * 2 + ["MESSAGE_REACTION_REMOVE"] * 2


async def test_a_moderator_clears_reactions(place: Place) -> None:
    """Of one emoji, or all; each is an event of its own."""
    ana = place.sandbox.member("ana")
    for emoji in ("👍", "🎉", "1️⃣"):
        ana.react(place.theirs, emoji)
    reactions = f"{place.of(place.theirs)}/reactions"
    place.names()
    assert (await place.rest("DELETE", f"{reactions}/{quote('🎉')}"))[0] == 204
    assert list(place.theirs.reactions) == ["👍", "1️⃣"]
    assert (await place.rest("DELETE", reactions))[0] == 204
    assert place.theirs.reactions == {}
    assert place.names() == ["MESSAGE_REACTION_REMOVE_EMOJI", "MESSAGE_REACTION_REMOVE_ALL"]
    place.role.permissions &= ~Permission.MANAGE_MESSAGES
    assert await place.rest.refused("DELETE", reactions) == (403, 50013)
    stranger = f"{reactions}/{quote('👍')}/{ana.user.id}"
    assert await place.rest.refused("DELETE", stranger) == (403, 50013)


async def test_a_first_reaction_takes_more_than_joining_one(place: Place) -> None:
    """ADD_REACTIONS to start, READ_MESSAGE_HISTORY always."""
    place.sandbox.member("ana").react(place.theirs, "👍")
    place.sandbox.deny("reviews", Permission.ADD_REACTIONS)
    reactions = f"{place.of(place.theirs)}/reactions"
    assert await place.rest.refused("PUT", f"{reactions}/{quote('🎉')}/@me") == (403, 50013)
    assert (await place.rest("PUT", f"{reactions}/{quote('👍')}/@me"))[0] == 204
    place.sandbox.deny("reviews", Permission.READ_MESSAGE_HISTORY)
    assert await place.rest.refused("PUT", f"{reactions}/{quote('👍')}/@me") == (403, 50013)


# -- pins ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["messages/pins", "pins"])
async def test_pins_by_both_routes(place: Place, route: str) -> None:
    """The latest comes first; the channel is told by a message of type 6, the bot by an event."""
    pins = f"/channels/{place.channel.id}/{route}"
    own = await place.own()
    for message_id in (place.theirs.id, own["id"]):
        assert (await place.rest("PUT", f"{pins}/{message_id}"))[0] == 204
        place.sandbox.clock.move(timedelta(seconds=1))
    assert place.names() == ["MESSAGE_UPDATE", "CHANNEL_PINS_UPDATE", "MESSAGE_CREATE"] * 2
    notice = (await place.rest("GET", place.path))[1][0]
    assert (notice["type"], notice["message_reference"]["message_id"]) == (6, own["id"])
    assert "referenced_message" not in notice
    listed = (await place.rest("GET", pins))[1]
    found = [item["message"] for item in listed["items"]] if route == "messages/pins" else listed
    assert [(one["id"], one["pinned"]) for one in found] == [(own["id"], True), (str(place.theirs.id), True)]
    assert (await place.rest("DELETE", f"{pins}/{own['id']}"))[0] == 204
    assert [one.id for one in place.sandbox.messages("reviews") if one.pinned_at] == [place.theirs.id]


async def test_pins_come_in_pages(place: Place) -> None:
    """limit and before cut the list; has_more says that there is more; without history there is nothing."""
    pins = f"/channels/{place.channel.id}/messages/pins"
    mine = [await place.own(str(number)) for number in range(3)]
    for one in mine:
        await place.rest("PUT", f"{pins}/{one['id']}")
        place.sandbox.clock.move(timedelta(seconds=1))
    _, page = await place.rest("GET", f"{pins}?limit=2")
    assert ([item["message"]["content"] for item in page["items"]], page["has_more"]) == (["2", "1"], True)
    before = quote(page["items"][-1]["pinned_at"])
    _, rest = await place.rest("GET", f"{pins}?before={before}")
    assert ([item["message"]["content"] for item in rest["items"]], rest["has_more"]) == (["0"], False)
    place.sandbox.deny("reviews", Permission.READ_MESSAGE_HISTORY)
    assert (await place.rest("GET", pins))[1] == {"items": [], "has_more": False}


# -- many at once, publishing --------------------------------------------------------------------


async def test_many_are_deleted_at_once(place: Place) -> None:
    """One event for all; ids that do not exist are no fault."""
    mine = [await place.own(str(number)) for number in range(3)]
    ids = [mine[0]["id"], mine[1]["id"], "7"]
    assert (await place.rest("POST", f"{place.path}/bulk-delete", {"messages": ids}))[0] == 204
    [event] = place.heard
    assert (event.name, event.data["ids"]) == ("MESSAGE_DELETE_BULK", ids[:2])
    left = [one.content for one in place.sandbox.messages("reviews") if not one.deleted]
    assert left == ["Look at this.", "2"]


async def test_old_messages_are_not_deleted_at_once(place: Place) -> None:
    """After 14 days: 50034, and all stay."""
    mine = [await place.own(str(number)) for number in range(2)]
    place.sandbox.clock.move(timedelta(days=14, seconds=1))
    body = {"messages": [one["id"] for one in mine]}
    assert await place.rest.refused("POST", f"{place.path}/bulk-delete", body) == (400, 50034)
    assert not any(one.deleted for one in place.sandbox.messages("reviews"))


async def test_announcements_are_published_once(place: Place) -> None:
    """Elsewhere 50024; the second time 40033. An announcement channel is for talk like any other."""
    own = await place.own()
    assert await place.rest.refused("POST", f"{place.of(own)}/crosspost") == (400, 50024)
    place.channel.kind = ChannelKind.ANNOUNCEMENT
    own = await place.own()
    status, published = await place.rest("POST", f"{place.of(own)}/crosspost")
    assert (status, published["flags"] & 1) == (200, 1)
    assert await place.rest.refused("POST", f"{place.of(own)}/crosspost") == (400, 40033)


# -- answering, editing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "called"),
    [
        ({}, ["ana"]),
        ({"allowed_mentions": {"parse": []}}, []),
        ({"allowed_mentions": {"parse": [], "replied_user": True}}, ["ana"]),
    ],
)
async def test_an_answer_calls_whom_it_answers(
    place: Place, allowed: dict[str, Any], called: list[str]
) -> None:
    """By default yes; with allowed_mentions only when they say so."""
    sent = await place.own("Yes.", message_reference={"message_id": str(place.theirs.id)}, **allowed)
    assert [user["username"] for user in sent["mentions"]] == called
    assert sent["referenced_message"]["id"] == str(place.theirs.id)


async def test_embeds_of_others_are_hidden_by_who_manages_messages(place: Place) -> None:
    """Only `flags`, only SUPPRESS_EMBEDS; anything else is 50005, without the permission 50013."""
    path = place.of(place.theirs)
    assert await place.rest.refused("PATCH", path, {"content": "Mine.", "flags": 4}) == (403, 50005)
    status, edited = await place.rest("PATCH", path, {"flags": 4 | 1 << 15})
    assert (status, edited["flags"], edited["edited_timestamp"]) == (200, 4, None)
    assert (await place.rest("PATCH", path, {"flags": 0}))[1]["flags"] == 0
    place.role.permissions &= ~Permission.MANAGE_MESSAGES
    assert await place.rest.refused("PATCH", path, {"flags": 4}) == (403, 50013)


async def test_a_silent_message_keeps_its_flag(place: Place) -> None:
    """SUPPRESS_NOTIFICATIONS stays, through an edit too."""
    sent = await place.own("Quietly.", flags=1 << 12)
    assert sent["flags"] == 1 << 12
    assert (await place.rest("PATCH", place.of(sent), {"content": "Still."}))[1]["flags"] == 1 << 12


@pytest.mark.parametrize(
    "body",
    [
        {
            "poll": {
                "question": {"text": "?"},
                "answers": [{"poll_media": {"text": "Yes"}}],
                "allow_multiselect": False,
                "duration": 1,
            }
        },
        {"sticker_ids": ["1"]},
    ],
)
async def test_what_the_sandbox_cannot_is_refused_aloud(body: dict[str, Any]) -> None:
    """501, which is in no description: a message is never sent with a part left out."""
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        path = f"/channels/{sandbox.channel('reviews').id}/messages"
        assert await Rest(sandbox, session).refused("POST", path, body) == (501, 0)
        assert sandbox.messages("reviews") == []
        assert len(sandbox.spec.violations) == sandbox.spec.active


async def test_a_forward_is_refused_aloud_too() -> None:
    """Discord's description does it already; without it the sandbox says that it cannot."""
    async with Sandbox(refuses=False) as sandbox, aiohttp.ClientSession() as session:
        path = f"/channels/{sandbox.channel('reviews').id}/messages"
        body = {"message_reference": {"type": 1, "message_id": "1", "channel_id": "1"}}
        assert await Rest(sandbox, session).refused("POST", path, body) == (501, 0)


def a_dm(sandbox: Sandbox) -> Channel:
    return sandbox.world.open_dm(sandbox.member("ana").user)


async def test_in_a_dm_reactions_and_pins_work_and_bulk_deletion_does_not(place: Place) -> None:
    """50003 for what is for guilds alone."""
    dm = a_dm(place.sandbox)
    _, sent = await place.rest("POST", f"/channels/{dm.id}/messages", {"content": "Hi"})
    one = f"/channels/{dm.id}/messages/{sent['id']}"
    assert (await place.rest("PUT", f"{one}/reactions/{quote('👍')}/@me"))[0] == 204
    assert (await place.rest("PUT", f"/channels/{dm.id}/messages/pins/{sent['id']}"))[0] == 204
    body = {"messages": [sent["id"], "7"]}
    path = f"/channels/{dm.id}/messages/bulk-delete"
    assert await place.rest.refused("POST", path, body) == (400, 50003)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("my cv.pdf", "my_cv.pdf"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("…", "file"),
        ("a-b_c.png", "a-b_c.png"),
    ],
)
def test_a_filename_can_stand_in_an_address(given: str, kept: str) -> None:
    """As Discord writes it: letters, digits, dot, dash and underscore."""
    assert clean_filename(given) == kept
