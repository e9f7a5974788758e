"""`outpost demo --once`: no page, no story: an invented day passes until three cards stand in a channel."""

from __future__ import annotations

from datetime import timedelta

from rich.console import Console

from bot.cli import terminal
from bot.cli.demo.news import BOARDS, News
from bot.cli.demo.place import SEED, opened, running
from bot.cli.demo.story import PYTHON, PYTHON_FILTER
from bot.settings import Settings
from sandbox import Actor, Modal, Sandbox
from sandbox.boards import Boards
from sandbox.seed import community

ENOUGH = 3  # cards
MOST_STEPS = 200  # an invented day brings about ten that pass
STEP = timedelta(hours=1)


async def show(console: Console) -> int:
    """Print until the third card; exit status 1 when they did not come."""
    async with (
        opened(community, port=0) as (sandbox, _),
        Boards(sandbox.clock.now, seed=SEED) as boards,
        running(sandbox, Settings(), boards) as bot,
    ):
        console.print(f"The bot reads {len(BOARDS)} invented boards. The backlog is remembered, not posted.")
        sandbox.clock.move(STEP)
        await bot.heartbeat.beat()
        mo = sandbox.member("mo")
        await _subscribe(console, mo)
        news, shown, steps = News(boards, SEED), 0, 0
        while shown < ENOUGH and steps < MOST_STEPS:
            posting, steps = news.publish(sandbox.clock.now()), steps + 1
            what = f"A board publishes “{posting.role}” ({', '.join(posting.tags)})"
            console.print(what, style="dim", highlight=False)
            sandbox.clock.move(STEP)
            await bot.heartbeat.beat()
            shown = _print_new(console, sandbox, mo, shown)
    console.print("That was the demo. Nothing of it is left. `make demo` shows it in a browser.")
    return 0 if shown >= ENOUGH else 1


async def _subscribe(console: Console, moderator: Actor) -> None:
    """The moderator's part: what a person would type and press."""
    console.print(
        f"mo types  /jobs subscribe filter: {PYTHON_FILTER} channel: #{PYTHON}", style="bold", highlight=False
    )
    reply = await moderator.slash("jobs subscribe", filter=PYTHON_FILTER, channel=PYTHON)
    if isinstance(reply, Modal):
        raise RuntimeError("the bot opened a form where it should have answered")
    found = next((line for line in reply.text.splitlines() if line.startswith("Of ")), "")
    console.print(f"Outpost answers, for mo alone: {found}", highlight=False)
    console.print("mo presses  Save", style="bold")
    await reply.click("Save")


def _print_new(console: Console, sandbox: Sandbox, who: Actor, before: int) -> int:
    """Print the cards that have come; gives how many there are."""
    cards = [one for one in who.sees(PYTHON) if not one.ephemeral]
    names = {channel.id: channel.name for channel in sandbox.guild.channels.values()}
    for card in cards[before:]:
        console.print(terminal.card(card.text, card.buttons, sandbox.clock.now(), names))
    return len(cards)
