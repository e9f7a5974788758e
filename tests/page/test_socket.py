"""The page's socket without any bot: what people do and see, and what happens when things go wrong."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import UTC, datetime, timedelta
from typing import cast

import aiohttp
import pytest
from aiohttp import web

from sandbox import Permission, Sandbox
from sandbox.drafts import Draft
from sandbox.page.doing import coming, next_friday
from sandbox.page.guide import Task
from sandbox.page.room import Room
from sandbox.page.seat import Seat
from sandbox.page.socket import until_gone
from tests.page.showcase import town
from tests.page.tab import Refused, Tab, origin, tab, upload

# -- looking -------------------------------------------------------------------------------------


async def test_a_first_look_finds_a_member_and_a_place() -> None:
    """Without names it is the first plain member in the first place; unknown names come to the same."""
    async with Sandbox() as sandbox, tab(sandbox) as one:
        assert one.state["me"]["name"] == "ana" and not one.state["me"]["moderator"]
        assert one.state["place"]["name"] == "start-here"
        assert await one.look("nobody", "nowhere") == await one.look("ana", "start-here")
        hidden = str(sandbox.channel("moderators").id)
        assert (await one.look("ana", hidden))["place"] != hidden
        assert (await one.look("mo", "moderators"))["place"] == hidden
        assert one.state["me"]["moderator"]


async def test_only_what_changed_is_pushed() -> None:
    """A message changes the messages alone; an action's effect is pushed before its answer."""
    async with Sandbox() as sandbox, tab(sandbox, "ana") as ana:
        before = len(ana.pushes)
        await ana.ask("say", text="hello")
        assert ana.texts() == ["hello"]
        assert [sorted(push) for push in ana.pushes[before:]] == [["messages"]]


async def test_a_place_out_of_sight_is_left() -> None:
    """Who loses sight of the place they look at finds themselves in the first one that is left."""
    async with Sandbox() as sandbox, tab(sandbox, "ana", "reviews") as ana:
        sandbox.deny("reviews", Permission.VIEW_CHANNEL, name="ana")
        await ana.until(lambda state: state["place"]["name"] == "start-here")
        assert "reviews" not in [place["name"] for place in ana.state["places"]]


async def test_more_messages_are_shown_when_asked_for() -> None:
    """Fifty at first, the newest; fifty more with each `earlier`; `older` says whether there are any."""
    async with Sandbox() as sandbox:
        for n in range(120):
            sandbox.member("bob").go("reviews").say(f"line {n}")
        async with tab(sandbox, "ana", "reviews") as ana:
            assert ana.texts() == [f"line {n}" for n in range(70, 120)] and ana.state["place"]["older"]
            await ana.ask("earlier")
            await ana.ask("earlier")
            assert len(ana.texts()) == 120 and not ana.state["place"]["older"]


async def test_unread_and_pinged_are_counted_until_somebody_looks() -> None:
    """Others' messages count from the first opened page on; silent ones never ring; looking reads them."""
    async with Sandbox() as sandbox:
        bob = sandbox.member("bob").go("reviews")
        bob.say("before anybody came")
        async with tab(sandbox, "ana", "start-here") as ana:
            assert _place(ana, "reviews")["unread"] == 0
            bob.say("one")
            bob.say(f"<@{ana.state['me']['id']}>")
            bob.say(f"quiet <@{ana.state['me']['id']}>", silent=True)
            await ana.until(lambda _: _place(ana, "reviews")["unread"] == 3)
            assert _place(ana, "reviews")["pinged"] == 1
            await ana.look("ana", "reviews")
            assert ana.state["messages"][-2]["pinged_me"] and ana.state["messages"][-1]["silent"]
            assert _place(ana, "reviews")["unread"] == 0
            dm = sandbox.world.open_dm(sandbox.member("ana").user)
            sandbox.world.post(dm, sandbox.world.bot.id, Draft("for you alone"))
            await ana.until(lambda state: state["places"][-1]["pinged"] == 1)


def _place(one: Tab, name: str) -> dict[str, object]:
    return next(place for place in one.state["places"] if place["name"] == name)


# -- doing ---------------------------------------------------------------------------------------


async def test_messages_with_all_that_one_can_do_to_them() -> None:
    """Replying with files, editing, reacting, pinning, deleting: each shows in the other person's view."""
    async with (
        Sandbox() as sandbox,
        tab(sandbox, "ana", "reviews") as ana,
        tab(sandbox, "mo", "reviews") as mo,
    ):
        first = (await ana.ask("say", text="hello"))["message"]
        _, file = await upload(sandbox, "a picture.png", b"\x89PNG")
        answer = (await mo.ask("say", text="yes?", files=[file["id"]], reply_to=first))["message"]
        await ana.until(lambda state: state["messages"][-1]["id"] == answer)
        shown = ana.state["messages"][-1]
        assert shown["referenced_message"]["id"] == first and shown["pinged_me"]
        assert shown["attachments"][0]["url"].startswith("/attachments/")
        assert shown["attachments"][0]["content_type"] == "image/png"
        await ana.ask("edit", message=first, text="hello all")
        await ana.ask("react", message=answer, emoji="👍", on=True)
        await mo.until(lambda state: "reactions" in state["messages"][-1])
        assert [(r["count"], r["me"]) for r in mo.state["messages"][-1]["reactions"]] == [(1, False)]
        assert [(r["count"], r["me"]) for r in ana.state["messages"][-1]["reactions"]] == [(1, True)]
        await ana.ask("react", message=answer, emoji="👍", on=False)
        with pytest.raises(Refused, match="may not pin"):
            await ana.ask("pin", message=first, on=True)
        sandbox.guild.roles[sandbox.guild.id].permissions |= Permission.PIN_MESSAGES
        await mo.ask("pin", message=first, on=True)
        await ana.until(lambda state: state["place"]["pins"] == [first])
        with pytest.raises(Refused, match="may not delete"):
            await ana.ask("delete", message=answer)
        await mo.ask("delete", message=first)
        await ana.until(lambda state: first not in [m["id"] for m in state["messages"]])


async def test_words_for_what_a_person_cannot_send() -> None:
    """Too long, nothing at all, too many files, or no permission: the words say which limit it is."""
    async with Sandbox() as sandbox, tab(sandbox, "ana", "reviews") as ana:
        with pytest.raises(Refused, match="up to 2000 characters, not 2001"):
            await ana.ask("say", text="x" * 2001)
        with pytest.raises(Refused, match="Write something"):
            await ana.ask("say", text=" ")
        ids = [(await upload(sandbox, f"{n}.txt", b"x"))[1]["id"] for n in range(11)]
        with pytest.raises(Refused, match="up to 10 files, not 11"):
            await ana.ask("say", text="", files=ids)
        await ana.ask("say", text="", files=ids[:10])
        sandbox.deny("reviews", Permission.SEND_MESSAGES, name="ana")
        await ana.until(lambda state: not state["place"]["can"]["write"])
        assert ana.state["place"]["why_not"] == "You can read here, but not write."
        with pytest.raises(Refused, match="may not write"):
            await ana.ask("say", text="hello")


async def test_threads_and_forum_posts() -> None:
    """A thread from a message, a private one, a post with a tag: who may see them finds them in the list."""
    async with (
        Sandbox(seed=town) as sandbox,
        tab(sandbox, "ana", "reviews") as ana,
        tab(sandbox, "bob") as bob,
    ):
        said = (await ana.ask("say", text="shall we?"))["message"]
        made = (await ana.ask("thread", name="We shall", message=said, private=False))["place"]
        assert made == said
        await bob.until(lambda state: made in [place["id"] for place in state["places"]])
        secret = (await ana.ask("thread", name="Hush", message=None, private=True))["place"]
        await ana.look("ana", secret)
        await ana.ask("say", text="only us")
        assert ana.state["place"]["private"] and ana.state["place"]["members"] == [ana.state["me"]["id"]]
        await bob.look("bob", made)
        assert not bob.state["place"]["joined"]
        await bob.ask("join", thread=made, on=True)
        assert bob.state["place"]["joined"]
        assert "Hush" not in json.dumps(bob.state) and "only us" not in json.dumps(bob.state)
        assert (await bob.look("bob", secret))["place"] != secret
        await ana.ask("archive", thread=made, on=True)
        await bob.until(lambda state: made not in [place["id"] for place in state["places"]])
        await ana.look("ana", "ideas")
        post = (await ana.ask("post", name="A library", text="of forms", tags=[], files=[]))["place"]
        posts = ana.state["place"]["posts"]
        assert [(one["id"], one["name"], one["first"]) for one in posts] == [(post, "A library", "of forms")]


async def test_direct_messages_can_be_closed() -> None:
    """The setting shows in `me` and is the person's own."""
    async with Sandbox() as sandbox, tab(sandbox, "ana") as ana:
        await ana.ask("dms", open=False)
        assert not ana.state["me"]["dms_open"]
        assert not sandbox.member("ana").user.dms_open and sandbox.member("bob").user.dms_open


# -- time ----------------------------------------------------------------------------------------


async def test_the_clock_walks_and_says_where_to() -> None:
    """A walk is answered when it has begun; while it lasts a second one is refused; time never goes back."""
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def after_step(now: datetime) -> None:
        arrived.set()
        await go_on.wait()

    async with Sandbox() as sandbox, tab(sandbox, "ana") as ana:
        sandbox.after_step = after_step
        begun = sandbox.clock.now()
        await ana.ask("clock", by=7200)
        await arrived.wait()
        walking = await ana.until(lambda state: state["clock"]["walking"])
        assert datetime.fromisoformat(walking["to"]) - begun >= timedelta(hours=2)
        with pytest.raises(Refused, match="on its way"):
            await ana.ask("clock", to="friday")
        go_on.set()
        await ana.until(lambda state: state["clock"]["walking"] is None)
        assert datetime.fromisoformat(ana.state["clock"]["now"]) - begun >= timedelta(hours=2)
        with pytest.raises(Refused, match="only goes forward"):
            await ana.ask("clock", by=-60)
        with pytest.raises(Refused, match="some seconds, or to a Friday"):
            await ana.ask("clock")


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 6, 9, tzinfo=UTC)),
        (datetime(2026, 3, 6, 8, 59, tzinfo=UTC), datetime(2026, 3, 6, 9, tzinfo=UTC)),
        (datetime(2026, 3, 6, 9, tzinfo=UTC), datetime(2026, 3, 13, 9, tzinfo=UTC)),
        (datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 3, 13, 9, tzinfo=UTC)),
    ],
)
def test_the_next_friday_is_strictly_later(now: datetime, found: datetime) -> None:
    """Friday 09:00 UTC; on a Friday at nine sharp it is the one after."""
    assert next_friday(now) == found


def test_the_other_moments_of_a_week_are_strictly_later_too() -> None:
    """Monday 18:00 and Wednesday 12:00 UTC: when a digest comes, and when a week is over everywhere."""
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)
    monday = coming(friday, "monday")
    assert monday == datetime(2026, 3, 9, 18, tzinfo=UTC)
    assert coming(monday, "wednesday") == datetime(2026, 3, 11, 12, tzinfo=UTC)
    assert coming(monday, "monday") == monday + timedelta(days=7)


async def test_the_guide_tells_what_has_been_done() -> None:
    """A task is done when the world says so, for the person who looks."""

    def spoke(sandbox: Sandbox, user_id: int) -> bool:
        return any(message.author_id == user_id for message in sandbox.world.messages.values())

    task = Task("speak", "Say something", "Anything at all.", spoke, type="/hello", place="reviews")
    async with Sandbox(guide=[task]) as sandbox, tab(sandbox, "ana") as ana:
        assert [one["done"] for one in ana.state["guide"]] == [False]
        await ana.ask("say", text="anything")
        assert [one["done"] for one in ana.state["guide"]] == [True]
        await ana.look("bob")
        assert [one["done"] for one in ana.state["guide"]] == [False]


# -- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "packet",
    [
        "no json",
        "[]",
        "null",
        '"look"',
        "[" * 10_000,
        '{"id": 1}',
        '{"id": {}, "do": "say"}',
        '{"id": 1, "do": "say", "text": 7}',
        '{"id": 1, "do": "say", "text": "x", "files": "y"}',
        '{"id": 1, "do": "say", "text": "x", "reply_to": "' + "9" * 500 + '"}',
        '{"id": 1, "do": "react", "message": "1", "emoji": null, "on": true}',
        '{"id": 1, "do": "delete", "message": 1}',
        '{"id": 1, "do": "press", "message": "²", "custom_id": "x"}',
        '{"id": 1, "do": "submit", "form": "1", "values": []}',
        '{"id": 1, "do": "command", "command": "1", "path": {}, "options": {}}',
        '{"id": 1, "do": "clock", "by": 1e99}',
        '{"id": 1, "do": "clock", "by": true}',
        '{"id": 1, "do": "__init__"}',
        '{"id": 1, "do": "look", "who": [], "place": {}, "since": "x"}',
    ],
)
async def test_a_packet_that_is_not_understood_ends_nothing(
    packet: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is answered in words, nothing is logged as a fault, and the next packet is served."""
    async with Sandbox() as sandbox, tab(sandbox, "ana") as ana:
        await ana.socket.send_str(packet)
        await ana.socket.send_bytes(b"\x00")
        await ana.ask("say", text="still here")
        assert ana.texts() == ["still here"]
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_packet_before_anybody_sits_is_refused() -> None:
    """Who has not said as whom and where they look does nothing and is told nothing."""
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        headers = {"Origin": origin(sandbox)}
        async with http.ws_connect(f"{sandbox.page}socket", headers=headers) as socket:
            await socket.receive_json()
            await socket.send_json({"id": 1, "do": "say", "text": "x"})
            assert "who looks where" in (await socket.receive_json())["error"]


async def test_a_fault_of_ours_is_answered_with_a_reference(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever breaks inside is logged under the reference that the person reads; the socket lives on."""

    async def broken(now: datetime, until: datetime) -> datetime:
        raise ZeroDivisionError

    async with Sandbox() as sandbox, tab(sandbox, "ana") as ana:
        sandbox.next_step = broken
        with pytest.raises(Refused) as refusal:
            await ana.ask("clock", by=60)
        assert str(refusal.value).split()[-1].rstrip(".") in caplog.text
        await ana.ask("say", text="still here")


async def test_too_much_at_once_is_refused_in_words() -> None:
    """A page has sixteen actions under way at most; the seventeenth is refused, and none is lost."""
    async with Sandbox(seed=town, first_answer=timedelta(seconds=1)) as sandbox, tab(sandbox, "ana") as ana:
        body = {"name": "wait", "type": 1, "description": "x", "options": [], "dm_permission": True}
        await _register(sandbox, body)
        await ana.until(lambda state: state["commands"])
        asked = [ana.slash("wait") for _ in range(17)]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        words = sorted(str(answer) for answer in answers)
        assert words[-1] == "Too much at once. Wait a moment." and len(words) == 17
        assert words[:16] == ["The application did not respond"] * 16


async def _register(sandbox: Sandbox, body: dict[str, object]) -> None:
    """A command, as a bot would register it."""
    url = f"{sandbox.rest}/applications/{sandbox.world.application_id}/commands"
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as http, http.post(url, json=body) as answer:
        assert answer.status == 201, await answer.text()


async def test_a_tab_that_slept_finds_everything() -> None:
    """A page that reads nothing for long costs one push, not one a change, and then has the newest state."""
    async with Sandbox() as sandbox, tab(sandbox, "ana", "reviews") as ana:
        bob, before = sandbox.member("bob").go("reviews"), len(ana.pushes)
        for n in range(500):
            bob.say(f"line {n}")
        await ana.until(lambda state: state["messages"] and ana.texts()[-1] == "line 499")
        assert len(ana.texts()) == 50 and len(ana.pushes) - before <= 3


class Deaf:
    """A socket whose other end takes nothing."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.closed = False

    async def send_str(self, text: str) -> None:
        self.sent.append(text)
        await asyncio.Event().wait()

    async def close(self) -> None:
        self.closed = True


async def test_a_page_that_takes_nothing_is_cut() -> None:
    """One push waits for it at a time, however much happens, and when patience ends it is hung up on."""
    async with Sandbox() as sandbox:
        deaf = Deaf()
        sitting = Seat(Room(sandbox), cast(web.WebSocketResponse, deaf), patience_s=0.2)
        sandbox.world.watchers.append(sitting.wake)
        bob = sandbox.member("bob").go("reviews")
        sitting.look(bob.user, bob.place, 0)
        telling = asyncio.create_task(until_gone(sitting.keep_telling(), cast(web.WebSocketResponse, deaf)))
        for n in range(100):
            bob.say(f"line {n}")
            await asyncio.sleep(0)
        await telling
        assert deaf.closed and len(deaf.sent) == 1
