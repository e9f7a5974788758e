"""The contract's bot, written with hikari."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import hikari
from hikari import CommandOption, ComponentType, OptionType, ResponseType

from sandbox import Sandbox
from tests.sandbox.contract import FRUIT, WITHIN, eventually

_MENUS = {
    "user": ComponentType.USER_SELECT_MENU,
    "role": ComponentType.ROLE_SELECT_MENU,
    "mentionable": ComponentType.MENTIONABLE_SELECT_MENU,
}


class Hikari:
    """A GatewayBot that answers the contract's commands."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.app = hikari.GatewayBot(
            sandbox.token,
            rest_url=sandbox.rest,
            intents=hikari.Intents.GUILDS,
            banner=None,
            logs=None,
            suppress_optimization_warning=True,
        )
        self.heard: list[str] = []
        self.app.subscribe(hikari.StartingEvent, self._sync)
        self.app.subscribe(hikari.GuildChannelCreateEvent, self._channel)
        self.app.subscribe(hikari.InteractionCreateEvent, self._interaction)

    # -- what the contract asks for ------------------------------------------------------------------

    def in_channels_of(self, guild_id: int) -> set[str]:
        return {str(one.name) for one in self.app.cache.get_guild_channels_view_for_guild(guild_id).values()}

    async def thread(self, channel_id: int, name: str, text: str) -> None:
        message = await self.app.rest.create_message(channel_id, "A new week")
        made = await self.app.rest.create_message_thread(channel_id, message, name)
        await self.app.rest.create_message(made.id, text)

    async def write_to(self, user_id: int, text: str) -> None:
        place = await self.app.rest.create_dm_channel(user_id)
        await self.app.rest.create_message(place, text)

    async def upload(self, channel_id: int, name: str, text: str) -> str:
        file = hikari.Bytes(text.encode(), name)
        message = await self.app.rest.create_message(channel_id, attachment=file)
        return (await message.attachments[0].read()).decode()

    # -- commands ------------------------------------------------------------------------------------

    async def _sync(self, _: hikari.StartingEvent) -> None:
        me = await self.app.rest.fetch_application()
        text, file = OptionType.STRING, OptionType.ATTACHMENT
        options = {
            "ping": [CommandOption(type=text, name="word", description="An echo.")],
            "pick": [],
            "fruit": [
                CommandOption(
                    type=text, name="name", description="Which.", is_required=True, autocomplete=True
                )
            ],
            "keep": [CommandOption(type=file, name="file", description="A text.", is_required=True)],
        }
        commands = []
        for name, each in options.items():
            command = self.app.rest.slash_command_builder(name, f"The contract's {name}.")
            for option in each:
                command.add_option(option)
            commands.append(command)
        await self.app.rest.set_application_commands(me.id, commands)

    async def _channel(self, event: hikari.GuildChannelCreateEvent) -> None:
        self.heard.append(str(event.channel.name))

    async def _interaction(self, event: hikari.InteractionCreateEvent) -> None:
        press = event.interaction
        if isinstance(press, hikari.AutocompleteInteraction):
            typed = str(press.options[0].value)
            found = [hikari.impl.AutocompleteChoiceBuilder(o, o) for o in FRUIT if o.startswith(typed)]
            await press.create_response(found)
        elif isinstance(press, hikari.CommandInteraction):
            await self._command(press)
        elif isinstance(press, hikari.ComponentInteraction):
            await self._component(press)
        elif isinstance(press, hikari.ModalInteraction):
            goal = press.components[0].components[0]
            assert isinstance(goal, hikari.TextInputComponent)
            await press.create_initial_response(
                ResponseType.MESSAGE_CREATE, f"Goal: {goal.value}", flags=hikari.MessageFlag.EPHEMERAL
            )

    async def _command(self, press: hikari.CommandInteraction) -> None:
        given = [option.value for option in press.options or ()]
        if press.command_name == "ping":
            row = self.app.rest.build_message_action_row()
            row.add_interactive_button(hikari.ButtonStyle.PRIMARY, "write", label="Write")
            embed = hikari.Embed(description=" ".join(["pong", *map(str, given)]))
            await press.create_initial_response(ResponseType.MESSAGE_CREATE, embed=embed, component=row)
        elif press.command_name == "pick":
            await press.create_initial_response(ResponseType.MESSAGE_CREATE, components=self._menus())
        elif press.command_name == "fruit":
            name = str(given[0])
            said = f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
            await press.create_initial_response(ResponseType.MESSAGE_CREATE, said)
        else:
            assert press.resolved is not None
            (file,) = press.resolved.attachments.values()
            said = f"{file.filename}: {(await file.read()).decode()}"
            await press.create_initial_response(ResponseType.MESSAGE_CREATE, said)

    def _menus(self) -> list[hikari.api.MessageActionRowBuilder]:
        rows = [self.app.rest.build_message_action_row() for _ in range(5)]
        text = rows[0].add_text_menu("text", placeholder="text")
        for name in FRUIT:
            text.add_option(name, name)
        for row, (name, kind) in zip(rows[1:4], _MENUS.items(), strict=True):
            row.add_select_menu(kind, name, placeholder=name)
        rows[4].add_channel_menu("channel", placeholder="channel")
        return rows

    async def _component(self, press: hikari.ComponentInteraction) -> None:
        if press.custom_id == "write":
            form = self.app.rest.build_modal_action_row().add_text_input("goal", "Goal")
            await press.create_modal_response("Your week", "form", component=form)
            return
        said = f"{press.custom_id}: {_picked(press)}"
        await press.create_initial_response(ResponseType.MESSAGE_CREATE, said)


def _picked(press: hikari.ComponentInteraction) -> str:
    """The name of what was chosen; for a text menu that is its value."""
    if press.custom_id == "text" or press.resolved is None:
        return press.values[0]
    chosen = hikari.Snowflake(press.values[0])
    found = press.resolved
    users, roles, channels = found.users.get(chosen), found.roles.get(chosen), found.channels.get(chosen)
    return str(users.username if users else roles.name if roles else channels and channels.name)


@asynccontextmanager
async def connected(sandbox: Sandbox) -> AsyncIterator[Hikari]:
    """The bot, ready; closed afterwards."""
    bot = Hikari(sandbox)
    await asyncio.wait_for(bot.app.start(check_for_updates=False), WITHIN.total_seconds())
    try:
        await eventually(lambda: bool(bot.in_channels_of(sandbox.guild.id)))
        yield bot
    finally:
        await bot.app.close()
