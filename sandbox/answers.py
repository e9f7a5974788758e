"""How a bot's answer comes back to the person who pressed, and how long they wait for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sandbox.model import Callback, Interaction, Message
from sandbox.world import World

# Nobody presses in the very millisecond in which an answer appears. Client libraries register a form or a view
# only once the HTTP answer that carried it has come back to them, and that travels on another socket.
REACTION_S = 0.02
_REACTION_TURNS = 25  # of the event loop, for a bot in the same process on a busy machine


class NoAnswer(Exception):
    """What the person reads when the bot stays silent. interaction: what was not answered."""

    def __init__(self, words: str, interaction: Interaction) -> None:
        super().__init__(words)
        self.interaction = interaction


class StillThinking(NoAnswer):
    """The bot has answered that it will, and nothing is there to look at yet."""

    def __init__(self, interaction: Interaction) -> None:
        super().__init__("The application is still thinking.", interaction)


async def react() -> None:
    """The moment that a person needs before they press."""
    await asyncio.sleep(REACTION_S)
    for _ in range(_REACTION_TURNS):
        await asyncio.sleep(0)


async def first_answer(world: World, interaction: Interaction, otherwise: str) -> None:
    """Wait until the bot has answered, in whatever way. Raises NoAnswer with these words after 3 seconds."""
    try:
        await world.until(lambda: interaction.answer is not None, world.first_answer)
    except TimeoutError:
        raise NoAnswer(otherwise, interaction) from None


def first_seen(world: World, interaction: Interaction) -> Message:
    """The message that the first answer made or will change. Raises StillThinking when there is none yet."""
    message = world.messages.get(interaction.original_id or 0)
    if message is None:
        raise StillThinking(interaction)
    return message


async def filled_in(world: World, interaction: Interaction, edits: int, patience: timedelta) -> Message:
    """The message that answers, once the bot no longer says that it is thinking.

    edits: how often the pressed message had been edited before. Raises StillThinking when patience is at its end.
    """
    messages = world.messages

    def settled() -> Message | None:
        if interaction.answer is Callback.DEFER_UPDATE and interaction.followup_ids:
            return messages[interaction.followup_ids[0]]
        message = messages.get(interaction.original_id or 0)
        if message is None or (message.loading and not message.deleted):
            return None
        unchanged = message.edits == edits and not message.deleted
        return None if interaction.answer is Callback.DEFER_UPDATE and unchanged else message

    try:
        return await world.until(settled, patience)
    except TimeoutError:
        raise StillThinking(interaction) from None
