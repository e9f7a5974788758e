"""People and real discord.py: files, every part of a form, phones, first answers, threads, and two at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import discord
import pytest
from discord import app_commands, ui

from sandbox import Actor, CannotDo, Modal, Permission, Reply, Sandbox, Upload
from tests.sandbox.conftest import Bot, logged_in

pytestmark = [pytest.mark.wire, pytest.mark.usefixtures("discord_py")]
Press = discord.Interaction[Bot]


def option(word: str) -> discord.SelectOption:
    return discord.SelectOption(label=word.capitalize(), value=word)


class Application(ui.Modal, title="Apply"):
    """A form with every part that a form can have."""

    def __init__(self, name: str, user: discord.abc.Snowflake) -> None:
        super().__init__(custom_id="apply")
        self.name: ui.TextInput[Application] = ui.TextInput(custom_id="name", default=name)
        self.kind: ui.RadioGroup[Application] = ui.RadioGroup(
            custom_id="kind",
            required=False,
            options=[discord.RadioGroupOption(label=w.capitalize(), value=w) for w in ("full", "part")],
        )
        self.days: ui.CheckboxGroup[Application] = ui.CheckboxGroup(
            custom_id="days",
            required=False,
            options=[discord.CheckboxGroupOption(label=w, value=w[0]) for w in ("Mon", "Tue")],
        )
        self.agreed: ui.Checkbox[Application] = ui.Checkbox(custom_id="agreed")
        self.level: ui.Select[Application] = ui.Select(
            custom_id="level", options=[option("junior"), option("senior")], required=False
        )
        self.friend: ui.UserSelect[Application] = ui.UserSelect(
            custom_id="friend", default_values=[discord.SelectDefaultValue(id=user.id, type=_USER)]
        )
        self.cv: ui.FileUpload[Application] = ui.FileUpload(custom_id="cv", required=False, max_values=2)

    def fields(self, *names: str) -> Application:
        """Only these parts: a form holds five."""
        for name in names:
            self.add_item(ui.Label(text=name.capitalize(), component=getattr(self, name)))
        return self

    async def on_submit(self, interaction: discord.Interaction[discord.Client]) -> None:
        files = [f"{file.filename} {len(await file.read())}" for file in self.cv.values]
        friends = [user.name for user in self.friend.values]
        parts = (self.name.value, self.kind.value, self.days.values, self.agreed.value, self.level.values)
        await interaction.response.send_message(f"{parts} {friends} {files}", ephemeral=True)


_USER = discord.SelectDefaultValueType.user


class Counter(ui.View):
    @ui.button(label="Take it", custom_id="take")
    async def take(self, interaction: Press, button: ui.Button[Counter]) -> None:
        await interaction.response.send_message(f"Yours, {interaction.user.name}.", ephemeral=True)

    @ui.select(cls=ui.MentionableSelect, placeholder="Who?", custom_id="who", max_values=2)
    async def who(self, interaction: Press, select: ui.MentionableSelect[Counter]) -> None:
        await interaction.response.send_message(" ".join(one.name for one in select.values), ephemeral=True)


def a_bot() -> Bot:
    bot = Bot()
    opened: list[str] = []

    @bot.tree.command(description="A form")
    async def apply(interaction: Press, second: bool = False) -> None:
        opened.append(f"name {len(opened) + 1}")
        form = Application(opened[-1], interaction.user)
        fields = ("friend", "cv") if second else ("name", "kind", "days", "agreed", "level")
        await interaction.response.send_modal(form.fields(*fields))

    @bot.tree.command(description="A file")
    async def read(
        interaction: Press, cv: discord.Attachment, more: discord.Attachment | None = None
    ) -> None:
        text = (await cv.read()).decode()
        await interaction.response.send_message(f"{cv.filename}: {text} ({cv.content_type})", ephemeral=True)

    @bot.tree.command(description="Slow")
    async def slow(interaction: Press) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await bot.loop.run_in_executor(None, lambda: None)
        await interaction.edit_original_response(content="Done.")

    @bot.tree.command(description="Where")
    @app_commands.rename(there="in")
    async def where(interaction: Press, there: discord.Thread | None = None) -> None:
        place = there or interaction.channel
        name = "DM" if isinstance(place, discord.DMChannel) else getattr(place, "name", "?")
        await interaction.response.send_message(f"{type(place).__name__} {name}", view=Counter(timeout=None))

    return bot


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    everyone = sandbox.guild.roles[sandbox.guild.id]
    everyone.permissions |= Permission.CREATE_PUBLIC_THREADS | Permission.SEND_MESSAGES_IN_THREADS
    async with logged_in(sandbox, a_bot()):
        yield sandbox


async def form_of(actor: Actor, **options: object) -> Modal:
    answer = await actor.slash("apply", **options)
    assert isinstance(answer, Modal)
    return answer


async def reply(answer: object) -> Reply:
    assert isinstance(answer, Reply)
    return answer


async def test_a_command_takes_a_file(town: Sandbox) -> None:
    """The bot finds it resolved and can fetch it; anything else is no file."""
    ana = town.member("ana")
    answer = await reply(await ana.slash("read", cv=Upload("my cv.txt", b"Python")))
    assert answer.text == "my_cv.txt: Python (text/plain)"
    with pytest.raises(CannotDo, match="'cv' is a file"):
        await ana.slash("read", cv="cv.txt")
    with pytest.raises(CannotDo, match="too large"):
        await ana.slash("read", cv=("big.bin", bytes(10 * 1024 * 1024 + 1)))
    assert ana.presses == 1


async def test_every_part_of_a_form_can_be_filled(town: Sandbox) -> None:
    """Text, radio, checkboxes, checkbox and menu, by label or value; what may stay empty may."""
    ana = town.member("ana")
    form = await form_of(ana)
    assert form.labels == ["Name", "Kind", "Days", "Agreed", "Level"]
    filled = {"Kind": "Part", "Days": ["Mon", "T"], "Agreed": True, "level": ["Senior"]}
    answer = await reply(await form.submit(filled, name="Ana"))
    assert answer.text == "('Ana', 'part', ['M', 'T'], True, ['senior']) [] []"
    form = await form_of(ana)
    answer = await reply(await form.submit({"kind": None, "days": [], "level": []}))
    assert answer.text == "('name 2', None, [], False, []) [] []"


async def test_a_form_takes_files_and_keeps_who_was_chosen_for_one(town: Sandbox) -> None:
    """Files come resolved and can be read; who was chosen beforehand stays, or another is taken by id."""
    ana, bob = town.member("ana"), town.member("bob")
    form = await form_of(ana, second=True)
    assert form.values == {"Friend": [str(ana.user.id)], "Cv": []}
    answer = await reply(await form.submit(cv=[("a.txt", b"1"), Upload("b.txt", b"22")]))
    assert answer.text.endswith("['ana'] ['a.txt 1', 'b.txt 2']")
    form = await form_of(ana, second=True)
    with pytest.raises(CannotDo, match="takes 1 to 2 values, not 3"):
        await form.submit(cv=[("f", b"")] * 3)
    with pytest.raises(CannotDo, match="'cv' takes files"):
        await form.submit(cv=["a.txt"])
    answer = await reply(await form.submit(friend=[str(bob.user.id)], cv=("a.txt", b"1")))
    assert answer.text.endswith("['bob'] ['a.txt 1']")


async def test_a_phone_shows_what_it_remembers_of_a_form(town: Sandbox) -> None:
    """The same custom_id: a phone shows the first prefill, then what was typed; a computer what the bot sends."""
    ana = town.member("ana")
    assert (await form_of(ana)).values["Name"] == "name 1"
    assert (await form_of(ana)).values["Name"] == "name 2"
    ana.phone = True
    form = await form_of(ana)
    assert form.values["Name"] == "name 1" and form.remembered is not None
    form.leave(name="half a thou")
    assert (await form_of(ana)).values["Name"] == "half a thou"
    await (await form_of(ana)).submit({"Name": "Ana"})
    assert (await form_of(ana)).values["Name"] == "Ana"
    assert (await form_of(ana.reload())).values["Name"] == "name 7"


async def test_private_answers_are_gone_after_a_reload(town: Sandbox) -> None:
    """They were there; now they are not, for that window alone; messages for all stay."""
    ana = town.member("ana")
    answer = await reply(await ana.slash("slow"))
    bob_says = town.member("bob").say("Hello.")
    window = Actor(town.world, town.guild, ana.user)
    assert [one.text for one in ana.sees(ana.place)] == ["Done.", "Hello."]
    ana.reload()
    assert [one.message.id for one in ana.sees(ana.place)] == [bob_says.id]
    assert len(window.sees(ana.place)) == 2
    with pytest.raises(CannotDo, match="does not see that message"):
        ana.message(answer)


async def test_who_is_timed_out_presses_nothing(town: Sandbox) -> None:
    """Neither a button nor a command, though both are in sight; in the DM all goes on."""
    ana = town.member("ana")
    shown = await reply(await ana.slash("where"))
    town.guild.members[ana.user.id].timed_out_until = town.clock.now() + timedelta(hours=1)
    with pytest.raises(CannotDo, match="timed out and can only read"):
        await shown.click("Take it")
    with pytest.raises(CannotDo, match="may not use commands"):
        await ana.slash("where")
    assert ana.presses == 1
    assert (await reply(await ana.go_to_dm().slash("where"))).text == "DMChannel DM"


async def test_who_does_not_wait_gets_the_first_answer(town: Sandbox) -> None:
    """A deferred answer is then a message that is loading, and fills in by itself."""
    ana = town.member("ana")
    ana.waits = False
    answer = await reply(await ana.slash("slow"))
    assert answer.message.loading
    await town.until(lambda: answer.refresh().text == "Done.")


async def test_two_people_press_in_one_moment(town: Sandbox) -> None:
    """Two presses arrive, and each reads their own answer."""
    ana, bob = town.member("ana"), town.member("bob")
    shown = await reply(await ana.slash("where"))
    both = await asyncio.gather(*(one.click(shown, "Take it") for one in (ana, bob)))
    assert [(await reply(one)).text for one in both] == ["Yours, ana.", "Yours, bob."]
    assert [len(one.sees(shown.message.channel_id)) for one in (ana, bob)] == [2, 2]


async def test_commands_work_in_threads_and_in_the_dm(town: Sandbox) -> None:
    """The bot is told where; menus there offer who is there; a thread can be an option, by name."""
    ana = town.member("ana").go("reviews")
    thread = ana.start_thread("Portfolio")
    assert (await reply(await ana.slash("where", in_="Portfolio"))).text == "Thread Portfolio"
    there = await reply(await ana.go(thread).slash("where"))
    assert (there.text, there.message.channel_id) == ("Thread Portfolio", thread.id)
    moderators = next(r for r in town.guild.roles.values() if r.name == "moderators")
    picked = await reply(await there.press("who", ["bob", str(moderators.id)]))
    assert picked.text == "bob moderators"
    in_dm = await reply(await ana.go_to_dm().slash("where"))
    assert in_dm.text == "DMChannel DM"
    assert (await reply(await in_dm.choose("Who?", ["ana"]))).text == "ana"
    with pytest.raises(CannotDo, match="Nobody and no role here is called bob"):
        await in_dm.choose("Who?", ["bob"])


async def test_ids_do_as_well_as_names(town: Sandbox) -> None:
    """Commands, messages and custom_ids by id, as the page sends them."""
    ana = town.member("ana")
    where = next(c for c in town.world.commands.values() if c.body["name"] == "where")
    shown = await reply(await ana.slash(str(where.id)))
    assert (await reply(await ana.click(str(shown.message.id), "take"))).text == "Yours, ana."
    assert (await reply(await shown.press("take"))).text == "Yours, ana."
    with pytest.raises(CannotDo, match="no longer there"):
        await shown.press("gone")
    assert ana.presses == 3
