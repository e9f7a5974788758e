"""Interactions from a person's hand to discord.py and back."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import discord
import pytest
from discord import app_commands, ui

from sandbox import CannotDo, Modal, NoAnswer, Reply, Sandbox
from sandbox.composer import Named
from sandbox.picking import picked
from tests.sandbox.conftest import Bot, logged_in

pytestmark = [pytest.mark.wire, pytest.mark.usefixtures("discord_py")]
Press = discord.Interaction[Bot]


class Panel(ui.View):
    """A button that edits its message, one that opens a form, a text menu and a channel menu."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Button(label="Open", url="https://example.org/"))

    @ui.button(label="Save", custom_id="save", style=discord.ButtonStyle.primary)
    async def save(self, interaction: Press, button: ui.Button[Panel]) -> None:
        await interaction.response.edit_message(content="Saved.", view=None)

    @ui.button(label="Later", custom_id="later")
    async def later(self, interaction: Press, button: ui.Button[Panel]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Later, then.")

    @ui.button(label="Write", custom_id="write")
    async def write(self, interaction: Press, button: ui.Button[Panel]) -> None:
        await interaction.response.send_modal(Goals())

    @ui.select(placeholder="How often?", options=[discord.SelectOption(label=w) for w in ("daily", "weekly")])
    async def often(self, interaction: Press, select: ui.Select[Panel]) -> None:
        await interaction.response.send_message(f"Chosen: {select.values[0]}", ephemeral=True)

    @ui.select(cls=ui.ChannelSelect, placeholder="Where?", channel_types=[discord.ChannelType.text])
    async def where(self, interaction: Press, select: ui.ChannelSelect[Panel]) -> None:
        await interaction.response.edit_message(content=f"There: {select.values[0].name}")


class Goals(ui.Modal, title="Your week"):
    """A form with both generations of parts."""

    goals: ui.TextInput[Goals] = ui.TextInput(label="Goals", custom_id="goals", default="apply")
    size: ui.Label[Goals] = ui.Label(
        text="Size",
        component=ui.Select(
            custom_id="size", options=[discord.SelectOption(label=w, value=w[0]) for w in ("small", "large")]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction[discord.Client]) -> None:
        picked = self.size.component
        assert isinstance(picked, ui.Select)
        await interaction.response.edit_message(content=f"{self.goals.value} / {picked.values[0]}")


class Layout(ui.LayoutView):
    """Components v2: a container with text, a section with a button, a separator, a gallery and a row."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        button: ui.Button[Layout] = ui.Button(label="More", custom_id="more")
        button.callback = self._more  # type: ignore[method-assign]
        section: ui.Section[Layout] = ui.Section(ui.TextDisplay("### A title"), accessory=button)
        gallery: ui.MediaGallery[Layout] = ui.MediaGallery(
            discord.MediaGalleryItem("https://example.org/a.png")
        )
        row: ui.ActionRow[Layout] = ui.ActionRow(ui.Button(label="Page", url="https://example.org/"))
        parts = (section, ui.Separator(), ui.TextDisplay("body"), gallery, row)
        self.add_item(ui.Container(*parts, accent_colour=0x336699))

    async def _more(self, interaction: Press) -> None:
        layout = ui.LayoutView()
        layout.add_item(ui.TextDisplay("everything"))
        await interaction.response.edit_message(view=layout)


def commands_of(bot: Bot) -> None:
    """The commands that these tests type."""
    jobs = app_commands.Group(name="jobs", description="Openings")

    @jobs.command(name="subscribe", description="Follow a filter")
    async def subscribe(
        interaction: Press, filter: str, channel: discord.TextChannel | None = None, limit: int = 5
    ) -> None:
        where = channel.mention if channel else "your DMs"
        await interaction.response.send_message(f"{filter} to {where}, {limit}", view=Panel(), ephemeral=True)

    @subscribe.autocomplete("filter")
    async def offer(interaction: Press, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=current.upper(), value=current + "thon")]

    @jobs.command(name="slow", description="Thinks first")
    async def slow(interaction: Press, private: bool) -> None:
        await interaction.response.defer(ephemeral=private, thinking=True)
        await interaction.edit_original_response(embed=discord.Embed(title="Found", description="3 openings"))
        await interaction.followup.send("And one more.", ephemeral=True)

    @jobs.command(name="card", description="A card in the new layout")
    async def card(interaction: Press) -> None:
        await interaction.response.send_message(view=Layout())

    @jobs.command(name="mute", description="Says nothing")
    async def mute(interaction: Press) -> None:
        return

    @bot.tree.command(description="For moderators")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(interaction: Press) -> None:
        await interaction.response.send_message("Set up.")

    @bot.tree.context_menu(name="Eligible?")
    async def eligible(interaction: Press, message: discord.Message) -> None:
        await interaction.response.send_message(f"About: {message.content}", ephemeral=True)

    bot.tree.add_command(jobs)


def a_bot() -> Bot:
    bot = Bot()
    commands_of(bot)
    return bot


def as_reply(answer: Reply | Modal) -> Reply:
    assert isinstance(answer, Reply)
    return answer


async def test_a_command_is_answered_and_its_button_edits_the_answer(sandbox: Sandbox) -> None:
    """Options reach the bot typed, channels by name; the press returns the message as it then stands."""
    async with logged_in(sandbox, a_bot()):
        mo = sandbox.member("mo")
        reply = as_reply(await mo.slash("jobs subscribe", filter="python", channel="remote-python"))
        assert reply.text == f"python to <#{sandbox.channel('remote-python').id}>, 5"
        assert reply.ephemeral
        assert reply.buttons == ["Save", "Later", "Write", "Open"]
        assert reply.selects == ["How often?", "Where?"]
        assert reply.links == {"Open": "https://example.org/"}
        after = as_reply(await reply.click("Save"))
        assert (after.text, after.buttons) == ("Saved.", [])
        assert reply.text.startswith("python to") and reply.refresh().text == "Saved."
        assert mo.presses == 2


async def test_a_deferred_press_returns_the_edited_message(sandbox: Sandbox) -> None:
    """defer() and edit_original_response() after a press: the person sees the edit."""
    async with logged_in(sandbox, a_bot()):
        reply = as_reply(await sandbox.member("ana").slash("jobs subscribe", filter="go"))
        assert as_reply(await reply.click("Later")).text == "Later, then."


async def test_a_deferred_command_is_read_when_it_is_filled_in(sandbox: Sandbox) -> None:
    """thinking=True shows a waiting message; the edit fills it; a follow-up comes beside it."""
    async with logged_in(sandbox, a_bot()):
        ana = sandbox.member("ana")
        reply = as_reply(await ana.slash("jobs slow", private=True))
        assert reply.text == "Found\n3 openings"
        assert reply.ephemeral and not reply.message.loading
        await sandbox.until(lambda: reply.followups)
        assert [one.text for one in reply.followups] == ["And one more."]
        assert sandbox.member("bob").sees("start-here") == []


async def test_a_form_comes_filled_in_and_its_answers_reach_the_bot(sandbox: Sandbox) -> None:
    """Text inputs and labelled menus; what is not typed keeps what stood there."""
    async with logged_in(sandbox, a_bot()):
        reply = as_reply(await sandbox.member("ana").slash("jobs subscribe", filter="go"))
        form = await reply.click("Write")
        assert isinstance(form, Modal)
        assert (form.title, form.labels) == ("Your week", ["Goals", "Size"])
        assert form.values == {"Goals": "apply", "Size": []}
        with pytest.raises(CannotDo, match="no part 'Colour'"):
            await form.submit({"Size": "large", "Colour": "red"})
        with pytest.raises(CannotDo, match="takes 1 to 1 values"):
            await form.submit({"Goals": "write"})
        after = as_reply(await form.submit({"Size": "large"}, goals="write"))
        assert after.text == "write / l"


async def test_menus_take_labels_and_names(sandbox: Sandbox) -> None:
    """A text menu by label, a channel menu by channel name, resolved for the bot."""
    async with logged_in(sandbox, a_bot()):
        ana = sandbox.member("ana")
        reply = as_reply(await ana.slash("jobs subscribe", filter="go"))
        assert reply.options("How often?") == ["daily", "weekly"]
        assert as_reply(await reply.choose("How often?", "weekly")).text == "Chosen: weekly"
        assert as_reply(await reply.choose("Where?", ["reviews"])).text == "There: reviews"
        with pytest.raises(CannotDo, match="offered no channel 'moderators'"):
            await reply.choose("Where?", ["moderators"])


@pytest.mark.parametrize("chosen", ["1", "three"])
async def test_an_options_value_goes_before_its_label(sandbox: Sandbox, chosen: str) -> None:
    """Only values are unique: one that is also the label of another option still means itself."""
    offered = [{"label": "1", "value": "0"}, {"label": "2", "value": "1"}, {"label": "three", "value": "2"}]
    menu = {"type": 3, "custom_id": "how-many", "options": offered}
    ana, named = sandbox.member("ana"), Named()
    [value] = picked(sandbox.world, ana.user, ana.place, menu, [chosen], named)
    assert value == {"1": "1", "three": "2"}[chosen]


async def test_choices_come_while_typing(sandbox: Sandbox) -> None:
    """Autocomplete returns names and values and counts as no press."""
    async with logged_in(sandbox, a_bot()):
        ana = sandbox.member("ana")
        assert await ana.autocomplete("jobs subscribe", "filter", "py") == [("PY", "python")]
        assert ana.presses == 0


async def test_components_v2_arrive_whole_and_can_be_pressed(sandbox: Sandbox) -> None:
    """A container with a section, text, gallery and row; the section's button edits the card."""
    async with logged_in(sandbox, a_bot()):
        ana, bob = sandbox.member("ana"), sandbox.member("bob")
        await ana.slash("jobs card")
        [card] = bob.sees("start-here")
        assert card.text == "### A title\nbody"
        assert card.buttons == ["More", "Page"]
        assert as_reply(await bob.click(card, "More")).text == "everything"


async def test_silence_is_seen_as_no_answer_and_a_late_answer_is_refused() -> None:
    """After the time for a first answer the person reads that nothing came, and the bot gets 10062."""
    bot, noticed = Bot(), asyncio.Event()
    refusal: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @bot.tree.command(description="Late")
    async def late_one(interaction: Press) -> None:
        await noticed.wait()
        with pytest.raises(discord.NotFound) as refused:
            await interaction.response.send_message("Too late.")
        refusal.set_result(refused.value.code)

    async with Sandbox(first_answer=timedelta(milliseconds=200)) as sandbox, logged_in(sandbox, bot):
        with pytest.raises(NoAnswer, match=r"did not respond"):
            await sandbox.member("ana").slash("late_one")
        noticed.set()
        assert await asyncio.wait_for(refusal, 10) == 10062
        assert sandbox.spec.violations == []


async def test_a_command_that_the_server_hides_cannot_be_typed(sandbox: Sandbox) -> None:
    """default_member_permissions hide it from ana and show it to mo; server-only commands stay out of DMs."""
    async with logged_in(sandbox, a_bot()):
        with pytest.raises(CannotDo, match="hidden from ana"):
            await sandbox.member("ana").slash("setup")
        assert as_reply(await sandbox.member("mo").slash("setup")).text == "Set up."
        with pytest.raises(CannotDo, match="direct messages"):
            await sandbox.member("mo").go_to_dm().slash("setup")


async def test_a_command_in_the_bots_dm_has_a_user_and_no_guild(sandbox: Sandbox) -> None:
    """Interactions in a DM are answered there and seen by that person only."""
    async with logged_in(sandbox, a_bot()):
        ana = sandbox.member("ana").go_to_dm()
        await ana.slash("jobs card")
        assert [message.text for message in ana.sees_in_dm()] == ["### A title\nbody"]
        assert sandbox.member("bob").sees_in_dm() == []


async def test_a_message_menu_brings_the_message(sandbox: Sandbox) -> None:
    """A context menu on a message resolves it for the bot."""
    async with logged_in(sandbox, a_bot()):
        message = sandbox.member("bob").say("Is this one real?")
        reply = as_reply(await sandbox.member("ana").menu("Eligible?", on=message))
        assert reply.text == "About: Is this one real?"


async def test_the_token_dies_after_fifteen_minutes() -> None:
    """The sandbox's clock decides; afterwards an edit is 401 50027."""
    bot, kept = Bot(), list[Press]()

    @bot.tree.command(description="Kept")
    async def keep(interaction: Press) -> None:
        kept.append(interaction)
        await interaction.response.send_message("Here.")

    async with Sandbox() as sandbox, logged_in(sandbox, bot):
        await sandbox.member("ana").slash("keep")
        sandbox.clock.move(timedelta(minutes=14))
        await kept[0].edit_original_response(content="Still here.")
        sandbox.clock.move(timedelta(minutes=2))
        with pytest.raises(discord.HTTPException) as refused:
            await kept[0].edit_original_response(content="Gone?")
        assert (refused.value.status, refused.value.code) == (401, 50027)
        assert sandbox.spec.violations == []


async def test_the_second_answer_is_refused() -> None:
    """40060, whoever sends it; the first stays."""
    bot = Bot()
    refusal: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @bot.tree.command(description="Twice")
    async def twice(interaction: Press) -> None:
        await interaction.response.send_message("First.")
        adapter = discord.webhook.async_.async_context.get()
        with pytest.raises(discord.HTTPException) as refused:
            await adapter.create_interaction_response(
                interaction.id,
                interaction.token,
                session=interaction._session,
                params=discord.http.MultipartParameters({"type": 4, "data": {"content": "2"}}, None, None),
            )
        refusal.set_result(refused.value.code)

    async with Sandbox() as sandbox, logged_in(sandbox, bot):
        reply = as_reply(await sandbox.member("ana").slash("twice"))
        assert await asyncio.wait_for(refusal, 10) == 40060
        assert reply.refresh().text == "First."


async def test_an_unknown_token_has_no_webhook(sandbox: Sandbox) -> None:
    """A follow-up under a token that was never given is 404 10015, and needs no login."""
    url = f"{sandbox.rest}/webhooks/{sandbox.world.application_id}/nothing"
    async with aiohttp.ClientSession() as session, session.post(url, json={"content": "x"}) as answer:
        assert (answer.status, (await answer.json())["code"]) == (404, 10015)
