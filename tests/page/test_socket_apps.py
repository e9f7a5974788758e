"""The page and a real discord.py bot: commands, buttons, menus and forms, as the page asks for them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from sandbox import Sandbox
from sandbox.model import InteractionKind
from tests.page.showcase import running, town
from tests.page.tab import Refused, Tab, parts, showcase, tab, upload

QUICK = timedelta(seconds=1)  # instead of Discord's three, where a test waits for silence


async def test_a_command_answers_in_the_view() -> None:
    """A slash command's answer is named in the outcome, and stands in the view before it."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        outcome = await ana.slash("show components-v1")
        message = ana.message("Buttons and a menu")
        assert outcome == {"message": message["id"]}
        assert message["by_app"] and not message["private"] and not message["mine"]
        assert message["interaction_metadata"]["name"] == "show components-v1"


async def test_an_apps_files_have_the_types_of_their_names() -> None:
    """discord.py says of no file what it is; a picture is shown as one all the same, from our own origin."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        await ana.slash("show files")
        shown = ana.state["messages"][-1]["attachments"]
        assert [file["content_type"] for file in shown] == ["image/png", "text/plain"]
        assert all(file["url"].startswith("/attachments/") for file in shown)


async def test_options_travel_with_their_types() -> None:
    """Texts, numbers, choices, booleans, and the ids of people, roles, channels and uploads reach the bot."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        _, file = await upload(sandbox, "cv.txt", b"hello")
        where = {place["name"]: place["id"] for place in ana.state["places"]}
        who = {person["name"]: person["id"] for person in ana.state["people"]}
        outcome = await ana.slash(
            "show options",
            text="abc",
            number=3,
            size="large",
            share=0.25,
            on=True,
            person=who["bob"],
            role=ana.state["roles"][0]["id"],
            channel=where["remote-python"],
            file=file["id"],
        )
        said = ana.message("text: abc")
        assert said["id"] == outcome["message"]
        for line in ("number: 3", "size: large", "share: 0.25", "on: True", "person: bob", "file: cv.txt"):
            assert line in said["content"]
        with pytest.raises(Refused, match="needs the option"):
            await ana.slash("show options", text="abc")
        with pytest.raises(Refused, match="Choose it again"):
            await ana.slash("show options", text="abc", number=3, size="large", file=file["id"])


async def test_autocomplete_offers_what_the_bot_says() -> None:
    """While a fruit is typed the bot's choices come as names and values."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        found = await ana.ask(
            "autocomplete", **ana.command("show fruit"), options={"name": "gra"}, focused="name"
        )
        assert found == {"choices": [{"name": "Grape", "value": "grape"}]}


async def test_context_menus() -> None:
    """A menu on a person answers in the channel; one on a message answers its user alone."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        bob = next(person["id"] for person in ana.state["people"] if person["name"] == "bob")
        await ana.ask("menu", command=ana.command("Wave")["command"], target=bob)
        assert "waves at" in ana.texts()[-1]
        said = await ana.ask("say", text="one two three")
        await ana.ask("menu", command=ana.command("Count words")["command"], target=said["message"])
        answer = ana.message("has 3 words")
        assert answer["private"]


async def test_silence_is_told_in_words_and_stays_in_the_view() -> None:
    """A command that nobody answers fails after the first answer's time, as the clients say it; a reload forgets."""
    async with (
        showcase(first_answer=QUICK) as sandbox,
        tab(sandbox, "bob") as bob,
        tab(sandbox, "ana") as ana,
    ):
        with pytest.raises(Refused, match=r"^The application did not respond$"):
            await ana.slash("odd mute")
        last = ana.state["messages"][-1]
        assert last["failed"] == "The application did not respond" and last["private"]
        await bob.look("bob")
        async with tab(sandbox, "ana") as reloaded:
            assert all(message["failed"] is None for message in reloaded.state["messages"])
            assert all(message["failed"] is None for message in bob.state["messages"])
        await ana.ask("delete", message=last["id"])
        await ana.until(lambda state: all(message["id"] != last["id"] for message in state["messages"]))


async def test_a_button_that_nobody_answers() -> None:
    """A press that is not answered says "This interaction failed", and so does one on a message that is gone."""
    async with showcase(first_answer=QUICK) as sandbox, tab(sandbox, "ana") as ana:
        await ana.slash("show components-v1")
        shown = ana.message("Buttons and a menu")
        with pytest.raises(Refused, match=r"^This interaction failed$"):
            await ana.press(shown, "Never answers")
        sandbox.world.delete(sandbox.world.messages[int(shown["id"])])
        with pytest.raises(Refused, match=r"^This interaction failed$"):
            await ana.press(shown, "Primary")
        with pytest.raises(Refused, match="no longer there"):
            other = await ana.slash("show private")
            await ana.ask("press", message=other["message"], custom_id="made up")


async def test_a_deferred_answer_thinks_in_the_view() -> None:
    """The outcome comes with the deferral; the message thinks until the bot fills it in."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        outcome = await ana.slash("odd think")
        waiting = next(m for m in ana.state["messages"] if m["id"] == outcome["message"])
        assert waiting["thinking"] and waiting["content"] == ""
        finish = await ana.until(
            lambda state: next((m for m in state["messages"] if m["content"] == "I think."), None)
        )
        await ana.press(finish, "Finish thinking")
        await ana.until(
            lambda state: any(m["content"] == "Thought." and not m["thinking"] for m in state["messages"])
        )


async def test_two_people_press_the_same_button_at_once() -> None:
    """Both presses arrive, and each person finds their own private answer and not the other's."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana, tab(sandbox, "bob") as bob:
        await ana.slash("show components-v1")
        shown = await bob.until(
            lambda state: bob.message("Buttons and a menu") if state["messages"] else None
        )
        hers, his = await asyncio.gather(ana.press(shown, "Primary"), bob.press(shown, "Primary"))
        assert hers["message"] != his["message"]
        for one, own, other in ((ana, hers, his), (bob, his, hers)):
            ids = [message["id"] for message in one.state["messages"]]
            assert own["message"] in ids and other["message"] not in ids


async def test_every_kind_of_menu() -> None:
    """Values of a text menu, and ids in the four others, are what the bot hears."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        await ana.slash("show selects")
        shown = ana.state["messages"][-1]
        menus = {c["type"]: c for c in parts(shown["components"]) if c["type"] in (5, 6, 7, 8)}
        bob = next(person["id"] for person in ana.state["people"] if person["name"] == "bob")
        role = ana.state["roles"][0]["id"]
        channel = next(place["id"] for place in ana.state["places"] if place["name"] == "reviews")
        for kind, value, said in (
            (5, bob, f"<@{bob}>"),
            (6, role, f"<@&{role}>"),
            (7, bob, f"<@{bob}>"),
            (8, channel, f"<#{channel}>"),
        ):
            await ana.ask("press", message=shown["id"], custom_id=menus[kind]["custom_id"], values=[value])
            assert said in ana.texts()[-1]
        text = next(c for c in parts(shown["components"]) if c["type"] == 3)
        offered = [option["value"] for option in text["options"]][: text["max_values"]]
        await ana.ask("press", message=shown["id"], custom_id=text["custom_id"], values=offered)
        assert "Chosen" in ana.texts()[-1]
        with pytest.raises(Refused, match="is offered no channel"):
            custom_id = menus[8]["custom_id"]
            hidden = str(sandbox.channel("moderators").id)
            await ana.ask("press", message=shown["id"], custom_id=custom_id, values=[hidden])


# -- forms ---------------------------------------------------------------------------------------


def _field(form: dict[str, Any], label: str) -> str:
    found = next(c for c in form["components"] if c.get("label") == label)
    return str(found["component"]["custom_id"])


async def test_a_form_with_every_part() -> None:
    """Menus, radio groups, checkboxes and uploads reach the bot; the form's refusals are words."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        form = (await ana.slash("show modal", form="choices"))["form"]
        assert form["title"] == "Choices" and form["remembered"] is None
        _, file = await upload(sandbox, "cv.pdf", b"%PDF")
        when = next(c["component"] for c in form["components"] if c.get("label") == "When")
        values = {
            _field(form, "When"): [when["options"][0]["value"]],
            _field(form, "Level"): "2",
            _field(form, "Tools"): ["py", "sql"],
            _field(form, "Share it"): True,
            _field(form, "Your CV"): [file["id"]],
        }
        with pytest.raises(Refused, match="takes 1 to 2"):
            await ana.ask("submit", form=form["id"], values={**values, _field(form, "Tools"): []})
        await ana.ask("submit", form=form["id"], values=values)
        said = ana.state["messages"][-1]
        assert said["private"]
        for line in ("Level: 2", "Tools: py, sql", "Share it: True", "Your CV: cv.pdf"):
            assert line in said["content"]


async def test_a_form_is_remembered_for_the_page_load() -> None:
    """Phones show what stood in a form of the same custom_id; a reload, and another person, start anew."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana:
        form = (await ana.slash("show modal"))["form"]
        typed = {_field(form, "Name"): "Ana", _field(form, "Goals"): "- sleep well"}
        await ana.ask("form_left", form=form["id"], values=typed)
        again = (await ana.slash("show modal"))["form"]
        texts = {_field(again, name): value for name, value in (("Name", "Ana"), ("Goals", "- sleep well"))}
        assert again["remembered"] is not None and len(again["remembered"]) == 3
        assert set(texts.values()) <= set(again["remembered"].values())
        async with tab(sandbox, "ana") as reloaded:
            assert (await reloaded.slash("show modal"))["form"]["remembered"] is None
        await ana.look("bob")
        assert (await ana.slash("show modal"))["form"]["remembered"] is None


async def test_a_form_outlives_the_bot() -> None:
    """A form that was open while the bot restarted is still sent; a bot that knows it no more stays silent."""
    async with Sandbox(seed=town, first_answer=QUICK) as sandbox, tab(sandbox, "ana") as ana:
        async with running(sandbox):
            await ana.until(lambda state: state["commands"])
            form = (await ana.slash("show modal"))["form"]
        values = {_field(form, "Name"): "Ana", _field(form, "Goals"): "- sleep well"}
        async with running(sandbox):
            with pytest.raises(Refused, match=r"^The application did not respond$"):
                await ana.ask("submit", form=form["id"], values=values)
        sent = [one for one in sandbox.world.interactions.values() if one.kind is InteractionKind.MODAL]
        assert [one.data["custom_id"] for one in sent] == [form["custom_id"]]


async def test_a_form_belongs_to_who_opened_it() -> None:
    """Nobody sends another person's form, nor one that was never opened, nor values for parts it has not."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana, tab(sandbox, "bob") as bob:
        form = (await ana.slash("show modal"))["form"]
        with pytest.raises(Refused, match="not open any more"):
            await bob.ask("submit", form=form["id"], values={})
        with pytest.raises(Refused, match="not open any more"):
            await ana.ask("submit", form="12345", values={})
        with pytest.raises(Refused, match="no such part"):
            await ana.ask("submit", form=form["id"], values={"made up": "x"})


# -- private answers -----------------------------------------------------------------------------


async def test_private_answers_reach_all_tabs_of_one_person_and_end_with_a_reload() -> None:
    """Every older tab of the person has them; a socket that comes back keeps them; a new page does not."""
    async with showcase() as sandbox, tab(sandbox, "ana") as ana, tab(sandbox, "ana") as second:
        outcome = await ana.slash("show private")
        await _sees(second, outcome["message"])
        async with tab(sandbox, "bob") as bob, tab(sandbox, "ana") as reloaded:
            for one in (bob, reloaded):
                assert outcome["message"] not in [message["id"] for message in one.state["messages"]]
        async with tab(sandbox, "ana", since=ana.since) as back:
            await _sees(back, outcome["message"])
        await ana.ask("delete", message=outcome["message"])
        await ana.until(lambda state: outcome["message"] not in [m["id"] for m in state["messages"]])


async def _sees(one: Tab, message_id: str) -> None:
    await one.until(lambda state: any(message["id"] == message_id for message in state["messages"]))
