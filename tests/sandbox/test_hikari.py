"""A second, independent client library: what hikari takes for Discord is not shaped after discord.py alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import hikari
import pytest

from sandbox import Modal, Reply, Sandbox

pytestmark = pytest.mark.wire

WITHIN_S = 30.0


class HikariBot:
    """A bot with /ping, whose answer has a button that opens a form."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.resumed = asyncio.Event()
        self.app = hikari.GatewayBot(
            sandbox.token,
            rest_url=sandbox.rest,
            intents=hikari.Intents.GUILDS,
            banner=None,
            logs=None,
            suppress_optimization_warning=True,
        )
        self.app.subscribe(hikari.StartingEvent, self._sync)
        self.app.subscribe(hikari.ShardResumedEvent, self._resumed)
        self.app.subscribe(hikari.InteractionCreateEvent, self._answer)

    async def _sync(self, _: hikari.StartingEvent) -> None:
        me = await self.app.rest.fetch_application()
        ping = self.app.rest.slash_command_builder("ping", "Answers pong.")
        ping.add_option(
            hikari.CommandOption(type=hikari.OptionType.STRING, name="word", description="An echo.")
        )
        await self.app.rest.set_application_commands(me.id, [ping])

    async def _resumed(self, _: hikari.ShardResumedEvent) -> None:
        self.resumed.set()

    async def _answer(self, event: hikari.InteractionCreateEvent) -> None:
        press = event.interaction
        if isinstance(press, hikari.CommandInteraction):
            row = self.app.rest.build_message_action_row()
            row.add_interactive_button(hikari.ButtonStyle.PRIMARY, "write", label="Write")
            said = f"pong {press.options[0].value}" if press.options else "pong"
            await press.create_initial_response(
                hikari.ResponseType.MESSAGE_CREATE, said, component=row, embed=hikari.Embed(title="A title")
            )
        elif isinstance(press, hikari.ComponentInteraction):
            form = self.app.rest.build_modal_action_row().add_text_input("goal", "Goal")
            await press.create_modal_response("Your week", "form", component=form)
        elif isinstance(press, hikari.ModalInteraction):
            goal = press.components[0].components[0]
            assert isinstance(goal, hikari.TextInputComponent)
            await press.create_initial_response(
                hikari.ResponseType.MESSAGE_CREATE, f"Goal: {goal.value}", flags=hikari.MessageFlag.EPHEMERAL
            )


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[HikariBot]:
    running = HikariBot(sandbox)
    await asyncio.wait_for(running.app.start(check_for_updates=False), WITHIN_S)
    yield running
    await running.app.close()


async def test_hikari_answers_a_command_a_button_and_a_form(sandbox: Sandbox, bot: HikariBot) -> None:
    """Login, sync, slash, embed and button, form, private answer: all of it understood by hikari."""
    ana = sandbox.member("ana")
    reply = await ana.slash("ping", word="twice")
    assert isinstance(reply, Reply)
    assert (reply.text, reply.buttons) == ("pong twice\nA title", ["Write"])
    form = await reply.click("Write")
    assert isinstance(form, Modal)
    answer = await form.submit({"Goal": "apply"})
    assert isinstance(answer, Reply)
    assert (answer.text, answer.ephemeral) == ("Goal: apply", True)
    assert sandbox.sockets.identifies == 1


async def test_hikari_survives_a_cut_cable_by_resume(sandbox: Sandbox, bot: HikariBot) -> None:
    """It knows the guild from GUILD_CREATE, loses the socket, resumes its session, answers again."""
    guild = bot.app.cache.get_guild(sandbox.guild.id)
    assert guild is not None and guild.name == sandbox.guild.name
    sandbox.sockets.drop_all()
    await asyncio.wait_for(bot.resumed.wait(), WITHIN_S)
    assert (sandbox.sockets.identifies, sandbox.sockets.resumes) == (1, 1)
    reply = await sandbox.member("ana").slash("ping")
    assert isinstance(reply, Reply) and reply.text.startswith("pong")


async def test_hikari_comes_back_after_op_7(sandbox: Sandbox, bot: HikariBot) -> None:
    """Asked to reconnect, it resumes its session."""
    sandbox.sockets.reconnect_all()
    await asyncio.wait_for(bot.resumed.wait(), WITHIN_S)
    assert (sandbox.sockets.identifies, sandbox.sockets.resumes) == (1, 1)


async def test_the_description_was_there_to_check_hikari(sandbox: Sandbox) -> None:
    """The fixture asks for no violations; this says loudly when nothing was checked."""
    if not sandbox.spec.active:
        pytest.skip("../shared absent: hikari's requests were not held against Discord's description")
    assert sandbox.spec.violations == []
