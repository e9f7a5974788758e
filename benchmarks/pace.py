"""A thousand cards at once: as fast as Discord allows, and not one request too many."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.bots import __name__ as PEERS
from benchmarks.parts import NO_FEEDS, Tell, bot_process, database_in, folder_with
from benchmarks.tables import Outcome, Row, Target
from bot.deliveries import store as outbox
from bot.deliveries.pace import RATE
from bot.deliveries.planned import Planned
from bot.jobs.messages import OpeningCard
from bot.jobs.routes import CARD
from bot.storage import Store, migrate
from sandbox import Sandbox

CARDS, CHANNELS = 1_000, 200
LONGEST = timedelta(seconds=120)
MOST = 1.1  # times the seconds that the rate of our own bucket needs


async def measure(tell: Tell) -> Outcome:
    """Ours from the outbox, then discord.py alone, each against a fresh sandbox with the realistic limits."""
    tell(f"ours sends {CARDS:,} cards to {CHANNELS} channels")
    async with Sandbox(profile="realistic", spec=None) as sandbox:
        ours, seconds, doubled = await _ours(sandbox)
        refused = sandbox.limits.refused
    tell(f"discord.py alone sends {CARDS:,} messages at once")
    async with Sandbox(profile="realistic", spec=None) as sandbox:
        alone = await _alone(sandbox)
    return Outcome(
        title=f"{CARDS:,} cards to {CHANNELS} channels",
        setup=f"The sandbox's realistic limits (50 requests a second, 5 in 5 s a channel). Ours is `outpost run` "
        f"with a full outbox; beside it discord.py 2.7 sends the same number with asyncio.gather. "
        f"{CARDS:,} at {RATE:.0f} a second take {CARDS / RATE:.1f} s.",
        columns=("delivered", "given up", "429", "first → last, s"),
        rows=[
            Row("Outpost", (f"{ours:,}", f"{CARDS - ours:,}", f"{refused:,}", f"{seconds:.1f}")),
            alone,
            Row("discord.py alone, 1,000 channels", ("300", "700", "4,020", "6"), "published"),
        ],
        targets=[
            Target(f"seconds ÷ ({CARDS:,} ÷ {RATE:.0f})", seconds / (CARDS / RATE), MOST),
            Target("answers of 429", refused, 0),
            Target("cards lost", CARDS - ours, 0),
            Target("cards doubled", doubled, 0),
        ],
    )


async def _ours(sandbox: Sandbox) -> tuple[int, float, int]:
    """Different cards, seconds from the first to the last, and messages too many."""
    channels = [sandbox.add_channel(f"channel-{number}").id for number in range(CHANNELS)]
    with folder_with(NO_FEEDS) as folder:
        await _promise(folder, channels, sandbox)
        files = {"DATABASE_URL": database_in(folder), "FEEDS_FILE": str(folder / "feeds.yaml")}
        async with bot_process(sandbox, "bot", "run", **files):
            await sandbox.until(lambda: len(sandbox.world.messages) >= CARDS, LONGEST)
    nonces = {message.nonce for message in sandbox.world.messages.values()}
    return len(nonces), _seconds(sandbox), len(sandbox.world.messages) - len(nonces)


async def _promise(folder: Path, channels: list[int], sandbox: Sandbox) -> None:
    await migrate.upgrade(database_in(folder))
    store, now = await Store.open(database_in(folder)), sandbox.clock.now()
    planned = [_card(n, channels[n % CHANNELS], sandbox.guild.id, now) for n in range(CARDS)]
    async with store.begin() as tx:
        await outbox.plan(tx, planned, now)
    await store.close()


def _card(number: int, channel_id: int, guild_id: int, now: datetime) -> Planned:
    value = OpeningCard(
        opening_id=number,
        title=f"Senior Backend Engineer ({number})",
        company="Bramblewick Labs",
        url=f"https://board.example/jobs/{number}",
        attribution="via an invented board",
        place_claim="Europe",
        pay_claim="60000 - 80000 EUR yearly",
        published_at=now,
        first_seen_at=now,
        subscription_id=1,
        filter="python OR data",
    )
    return Planned(CARD, f"opening/{number}/channel/{channel_id}", value, guild_id, channel_id, now)


async def _alone(sandbox: Sandbox) -> Row:
    channels = [str(sandbox.add_channel(f"channel-{number}").id) for number in range(CHANNELS)]
    named = [channels[number % CHANNELS] for number in range(CARDS)]
    async with bot_process(sandbox, PEERS, "burst", *named) as process:
        said = json.loads((await process.communicate())[0])
    delivered, given_up = f"{said['delivered']:,}", f"{said['given_up']:,}"
    cells = delivered, given_up, f"{sandbox.limits.refused:,}", f"{_seconds(sandbox):.1f}"
    return Row("discord.py alone, all at once", cells)


def _seconds(sandbox: Sandbox) -> float:
    """From the first message to the last."""
    moments = [message.sent_at for message in sandbox.world.messages.values()]
    return (max(moments) - min(moments)).total_seconds()
