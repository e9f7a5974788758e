"""What the showcase bot shows: pictures, messages' parts, forms. Every press is answered in words."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

Press = discord.Interaction[Any]

ACCENT = 0x2F7A6B
OUTSIDE = "https://example.com/elsewhere.png"  # the page loads nothing from there, it says so instead
EMOJI = discord.PartialEmoji(name="compass", id=1100000000000000001)

MARKDOWN = """\
# A heading
## A second
### A third
-# Small print
**bold** *italic* ***both*** __underlined__ ~~struck~~ ||a spoiler|| `code`
> a quotation
> of two lines
- a list
  - inside it
- again
1. first
2. second
[a masked link](https://example.com/a) and https://example.com/bare and <https://example.com/quiet>
<t:1735689600:F> is <t:1735689600:R>; \\*not italic\\*
@everyone <#{channel}> <@{user}> <@&{role}> </show fruit:{command}> <:compass:1100000000000000001> 🧭
```python
print("a *block* of code")
```
>>> the rest
is quoted"""


def picture(width: int = 320, height: int = 180, shade: int = ACCENT) -> bytes:
    """A PNG of one colour that fades to the right; shade: 0xRRGGBB."""
    red, green, blue = shade >> 16, shade >> 8 & 255, shade & 255
    columns = [width - column // 2 for column in range(width)]
    line = b"\0" + b"".join(bytes(part * left // width for part in (red, green, blue)) for left in columns)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(line * height)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(body)) + name + body + _sum(name + body) for name, body in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def files() -> list[discord.File]:
    """A picture with words for those who cannot see it, and a text."""
    shown = discord.File(io.BytesIO(picture()), "harbour.png", description="A green field that fades")
    return [shown, discord.File(io.BytesIO("A text.\nTwo lines, naïve ones.\n".encode()), "notes.txt")]


def _sum(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))


# -- buttons and menus ---------------------------------------------------------------------------


class Button(ui.Button[Any]):
    """A button that says that it was pressed, only to who pressed it."""

    async def callback(self, interaction: Press) -> None:
        await interaction.response.send_message(f"You pressed {self.label or 'it'}.", ephemeral=True)


class Counter(ui.Button[Any]):
    """A button that changes its own message: it counts its presses."""

    presses = 0

    async def callback(self, interaction: Press) -> None:
        self.presses += 1
        self.label = f"Pressed {self.presses}×"
        await interaction.response.edit_message(view=self.view)


class Mute(ui.Button[Any]):
    """A button that nobody answers."""

    async def callback(self, interaction: Press) -> None:
        return


class Broken(ui.Button[Any]):
    """A button whose handler raises; the view's on_error answers."""

    async def callback(self, interaction: Press) -> None:
        raise RuntimeError("on purpose")


class Opens(ui.Button[Any]):
    """A button that opens a form, made anew at each press."""

    def __init__(self, label: str, form: type[ui.Modal]) -> None:
        super().__init__(label=label, style=discord.ButtonStyle.primary)
        self.form = form

    async def callback(self, interaction: Press) -> None:
        await interaction.response.send_modal(self.form())


class Finish(ui.Button[Any]):
    """Lets /show think go on."""

    def __init__(self, thought: asyncio.Event) -> None:
        super().__init__(label="Finish thinking", custom_id="finish")
        self.thought = thought

    async def callback(self, interaction: Press) -> None:
        self.thought.set()
        await interaction.response.send_message("It goes on.", ephemeral=True)


class Buttons(ui.View):
    """Components of the first generation: styles, states, a link, a menu."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        styles = discord.ButtonStyle
        for style in (styles.primary, styles.secondary, styles.success, styles.danger):
            self.add_item(Button(label=style.name.title(), style=style, row=0))
        self.add_item(Button(label="Link", url="https://example.com/page", row=0))
        self.add_item(Button(label="Disabled", disabled=True, row=1))
        self.add_item(Button(label="Emoji", emoji="🧭", row=1))
        self.add_item(Button(emoji="👍", row=1))
        self.add_item(Button(label="Custom", emoji=EMOJI, row=1))
        self.add_item(Counter(label="Count", row=1))
        self.add_item(Mute(label="Never answers", row=2))
        self.add_item(Broken(label="Breaks", style=styles.danger, row=2))
        self.add_item(Opens("Form", Texts))
        self.add_item(Menu(placeholder="Choose a fruit", options=options("apple", "pear", "plum"), row=3))

    async def on_error(self, interaction: Press, error: Exception, item: ui.Item[Any], /) -> None:
        await sorry(interaction)


class Menu(ui.Select[Any]):
    """A menu of texts that says what was chosen."""

    async def callback(self, interaction: Press) -> None:
        await interaction.response.send_message(f"Chosen: {', '.join(self.values)}.", ephemeral=True)


class People(ui.UserSelect[Any]):
    async def callback(self, interaction: Press) -> None:
        await _chosen(interaction, self.values)


class Roles(ui.RoleSelect[Any]):
    async def callback(self, interaction: Press) -> None:
        await _chosen(interaction, self.values)


class Mentionables(ui.MentionableSelect[Any]):
    async def callback(self, interaction: Press) -> None:
        await _chosen(interaction, self.values)


class Channels(ui.ChannelSelect[Any]):
    async def callback(self, interaction: Press) -> None:
        await _chosen(interaction, self.values)


async def _chosen(interaction: Press, values: Sequence[Any]) -> None:
    said = ", ".join(value.mention for value in values)
    quiet = discord.AllowedMentions.none()
    await interaction.response.send_message(f"Chosen: {said}.", ephemeral=True, allowed_mentions=quiet)


def options(*names: str, chosen: Sequence[str] = ()) -> list[discord.SelectOption]:
    return [discord.SelectOption(label=n.title(), value=n, default=n in chosen) for n in names]


def _described() -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label="Morning", value="am", description="before noon", emoji="🌅", default=True
        ),
        discord.SelectOption(label="Evening", value="pm", description="after six", emoji="🌙"),
        discord.SelectOption(label="Any time", value="any", emoji=EMOJI),
    ]


class Menus(ui.LayoutView):
    """All five menus, single and multiple, with defaults, limits and kinds of channels."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        many = [f"city {number}" for number in range(1, 25)]
        text = discord.ChannelType.text
        for words, menu in (
            ("One text, described", Menu(placeholder="When?", options=_described())),
            (
                "Two or three of many",
                Menu(
                    placeholder="Cities",
                    options=options(*many, chosen=["city 2"]),
                    min_values=2,
                    max_values=3,
                ),
            ),
            ("A disabled one", Menu(placeholder="Not now", options=options("none"), disabled=True)),
            ("People", People(placeholder="Who?", max_values=2)),
            ("A role", Roles(placeholder="Which role?")),
            ("People and roles", Mentionables(placeholder="Who or which role?", min_values=0, max_values=3)),
            ("A text channel", Channels(placeholder="Where?", channel_types=[text])),
        ):
            self.add_item(ui.TextDisplay(f"**{words}**"))
            self.add_item(ui.ActionRow(menu))


class Layout(ui.LayoutView):
    """Components of the second generation; needs `files()` beside it."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        media = discord.MediaGalleryItem
        picture_here = "attachment://harbour.png"
        self.add_item(ui.TextDisplay("Text above the container, with `code` and **weight**."))
        self.add_item(
            ui.Container(
                ui.TextDisplay(
                    "### [Senior Backend Engineer](https://example.com/opening)\nAcme · Full-time"
                ),
                ui.Section("A section with a **button** beside it.", accessory=Button(label="Beside", id=40)),
                ui.Section(
                    "A section with a picture.",
                    "And a second text.",
                    accessory=ui.Thumbnail(picture_here, description="A green field"),
                ),
                ui.Separator(),
                ui.MediaGallery(
                    media(picture_here, description="The field again"),
                    media(picture_here, description="Hidden", spoiler=True),
                    media(OUTSIDE, description="A picture from elsewhere"),
                ),
                ui.Separator(visible=False, spacing=discord.SeparatorSpacing.large),
                ui.File("attachment://notes.txt"),
                ui.ActionRow(
                    Button(label="Open", url="https://example.com/opening"),
                    Button(label="Save", style=discord.ButtonStyle.success),
                    Opens("More", Choices),
                ),
                ui.TextDisplay("-# via a board · <t:1735689600:R>"),
                accent_colour=ACCENT,
            )
        )
        self.add_item(ui.Container(ui.TextDisplay("A hidden container."), spoiler=True))
        self.add_item(ui.ActionRow(Mute(label="Never answers"), Broken(label="Breaks")))

    async def on_error(self, interaction: Press, error: Exception, item: ui.Item[Any], /) -> None:
        await sorry(interaction)


# -- forms ---------------------------------------------------------------------------------------


class Form(ui.Modal):
    """A form that shows what it heard; "break" in any text makes it fail. Its custom_id stays the same."""

    def __init__(self) -> None:
        super().__init__(custom_id=f"form-{type(self).__name__.lower()}")

    async def on_submit(self, interaction: Press) -> None:
        said = [f"{name}: {_words(item)}" for name, item in self.fields()]
        if any("break" in line for line in said):
            raise RuntimeError("on purpose")
        await interaction.response.send_message("\n".join(said), ephemeral=True)

    def fields(self) -> list[tuple[str, ui.Item[Any]]]:
        labels = [child for child in self.children if isinstance(child, ui.Label)]
        return [(label.text, label.component) for label in labels]

    async def on_error(self, interaction: Press, error: Exception, /) -> None:
        await sorry(interaction)


class Texts(Form, title="Texts"):
    name = ui.Label[Any](text="Name", component=ui.TextInput(placeholder="as people call you", max_length=20))
    goals = ui.Label[Any](
        text="Goals",
        description="One a line.",
        component=ui.TextInput(
            style=discord.TextStyle.paragraph, default="- write a letter\n", min_length=5, max_length=400
        ),
    )
    note = ui.Label[Any](text="Note", component=ui.TextInput(required=False))


class Choices(Form, title="Choices"):
    when = ui.Label[Any](text="When", component=ui.Select(options=_described(), placeholder="When?"))
    level = ui.Label[Any](
        text="Level",
        description="What the text asks for.",
        component=ui.RadioGroup(
            options=[
                discord.RadioGroupOption(label="Junior", value="1", description="up to 2 years"),
                discord.RadioGroupOption(label="Senior", value="2"),
            ]
        ),
    )
    tools = ui.Label[Any](
        text="Tools",
        component=ui.CheckboxGroup(
            min_values=1,
            max_values=2,
            options=[
                discord.CheckboxGroupOption(label="Python", value="py", default=True),
                discord.CheckboxGroupOption(label="SQL", value="sql", description="any of them"),
                discord.CheckboxGroupOption(label="Kafka", value="kafka"),
            ],
        ),
    )
    agree = ui.Label[Any](text="Share it", component=ui.Checkbox())
    cv = ui.Label[Any](text="Your CV", component=ui.FileUpload(required=False, max_values=2))


class Picks(Form, title="Picks"):
    words = ui.TextDisplay[Any]("Choose **whom** and *where*.\n-# Nothing is sent to them.")
    who = ui.Label[Any](text="Who", component=ui.UserSelect(placeholder="Who?"))
    role = ui.Label[Any](text="Role", component=ui.RoleSelect(required=False))
    either = ui.Label[Any](text="Either", component=ui.MentionableSelect(required=False, max_values=2))
    where = ui.Label[Any](
        text="Where", component=ui.ChannelSelect(channel_types=[discord.ChannelType.text], required=False)
    )


class Unheard(Form, title="Never answered"):
    words = ui.Label[Any](text="Words", component=ui.TextInput(style=discord.TextStyle.paragraph))

    async def on_submit(self, interaction: Press) -> None:
        return


def _words(item: ui.Item[Any]) -> str:
    value = item.value if hasattr(item, "value") else getattr(item, "values", None)
    if isinstance(value, list):
        return ", ".join(str(getattr(one, "filename", one)) for one in value) or "nothing"
    return str(value)


async def sorry(interaction: Press) -> None:
    """What anybody reads after a handler failed."""
    words = "Something went wrong. Try again."
    if interaction.response.is_done():
        await interaction.followup.send(words, ephemeral=True)
    else:
        await interaction.response.send_message(words, ephemeral=True)
