"""People. An actor can do what that member could do in Discord's client, and sees what that member would see."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from sandbox import composer, wire_interactions, wire_messages
from sandbox.composer import CannotDo
from sandbox.drafts import Draft
from sandbox.model import Callback, Channel, Guild, Interaction, InteractionKind, Json, Message, User
from sandbox.permissions import Permission
from sandbox.replies import Modal, Reply
from sandbox.world import World

_USER_MENU, _MESSAGE_MENU = 2, 3

# Nobody presses in the very millisecond in which an answer appears. Client libraries register a form or a view
# only once the HTTP answer that carried it has come back to them, and that travels on another socket.
REACTION_S = 0.02
_REACTION_TURNS = 25  # of the event loop, for a bot in the same process on a busy machine


class NoAnswer(Exception):
    """What the person reads when the bot stays silent."""


class Actor:
    """One member of the community.

    presses: how often they pressed: a command, a button, a menu or a form's Submit is one each.
    patience: how long they wait for an answer that the bot has announced (deferred), on the monotonic clock.
    """

    def __init__(self, world: World, guild: Guild, user: User) -> None:
        self.world = world
        self.guild = guild
        self.user = user
        self.presses = 0
        self.patience = timedelta(seconds=30)
        self._place: Channel | None = None

    # -- where they are --------------------------------------------------------------------------

    @property
    def place(self) -> Channel:
        """The channel they look at; the first that they see until they go elsewhere."""
        if self._place is not None and not self._place.deleted:
            return self._place
        for channel in self.guild.channels.values():
            if self._may(channel) & Permission.VIEW_CHANNEL:
                return channel
        raise CannotDo(f"{self.user.name} sees no channel.")

    def go(self, channel: str) -> Actor:
        """Open a channel by name; what they type from now on is typed there."""
        found = composer.channel_named(self.world, self.user, self.place, channel, ())
        self._place = self.guild.channels[found]
        return self

    def go_to_dm(self) -> Actor:
        """Open the direct messages with the bot."""
        self._place = self.world.open_dm(self.user)
        return self

    # -- what they see ---------------------------------------------------------------------------

    def sees(self, channel: str) -> list[Reply]:
        """The messages of a channel that this person can read, oldest first; none if it is hidden from them."""
        for found in self.guild.channels.values():
            if found.name == channel:
                return self._seen_in(found)
        return []

    def sees_in_dm(self) -> list[Reply]:
        """The direct messages with the bot, oldest first."""
        return self._seen_in(self.world.open_dm(self.user))

    def can_see(self, message: Message) -> bool:
        channel = self.world.channel(message.channel_id)
        if channel is None or message.deleted or message.only_for not in (None, self.user.id):
            return False
        return bool(self._may(channel) & Permission.VIEW_CHANNEL)

    def _seen_in(self, channel: Channel) -> list[Reply]:
        messages = [m for m in self.world.history(channel, self.user.id) if self.can_see(m)]
        if not self._may(channel) & Permission.READ_MESSAGE_HISTORY:
            messages = [m for m in messages if m.only_for == self.user.id]
        return [Reply(self, message) for message in reversed(messages)]

    def _may(self, channel: Channel) -> int:
        return self.world.may(self.user.id, channel)

    # -- what they do ----------------------------------------------------------------------------

    def say(self, text: str) -> Message:
        """Write an ordinary message where they are."""
        if not self._may(self.place) & Permission.SEND_MESSAGES:
            raise CannotDo(f"{self.user.name} may not write in #{self.place.name}.")
        return self.world.post(self.place, self.user.id, Draft(text))

    def remove(self, message: Reply | Message) -> None:
        """Delete a message: their own, or anybody's with MANAGE_MESSAGES."""
        found = message.message if isinstance(message, Reply) else message
        channel = self.world.channel(found.channel_id)
        mine = found.author_id == self.user.id
        if channel is None or not (mine or self._may(channel) & Permission.MANAGE_MESSAGES):
            raise CannotDo(f"{self.user.name} may not delete that message.")
        self.world.delete(self.world.messages[found.id])

    async def slash(self, line: str, /, **options: object) -> Reply | Modal:
        """Send a slash command: `slash("jobs subscribe", filter="python", channel="remote-python")`.

        An option that is a Python word takes an underscore: `for_="me"`. Returns what the bot answered; a
        deferred answer once it is filled in. Raises CannotDo, or NoAnswer after 3 seconds of silence.
        """
        data = composer.slash_data(self.world, self.user, self.place, line, options)
        return await self.send(InteractionKind.COMMAND, data)

    async def menu(self, name: str, on: Reply | Message | str) -> Reply | Modal:
        """Choose an entry of the context menu of a message, or of a member given by name."""
        if isinstance(on, str):
            target, kind = composer.user_named(self.world, self.place, on), _USER_MENU
            guild_id = self.place.guild_id
            found: Json = wire_interactions.resolved(self.world, guild_id, self.user.id, [target])
        else:
            message = on.message if isinstance(on, Reply) else on
            target, kind = message.id, _MESSAGE_MENU
            found = {"messages": {str(target): wire_messages.message(self.world, message)}}
        data = composer.menu_data(self.world, self.user, self.place, kind, name, target, found)
        return await self.send(InteractionKind.COMMAND, data)

    async def autocomplete(
        self, line: str, option: str, text: object, /, **others: object
    ) -> list[tuple[str, object]]:
        """The choices, name and value, that the bot offers while `text` stands in `option`. No press."""
        given: Mapping[str, object] = {**others, option: text}
        data = composer.slash_data(self.world, self.user, self.place, line, given, focused=option)
        await self._react()
        interaction = self.world.open_interaction(
            InteractionKind.AUTOCOMPLETE, self.user.id, self.place, data
        )
        await self._first_answer(interaction, "Loading options failed.")
        return [(choice["name"], choice["value"]) for choice in interaction.choices or ()]

    async def click(self, message: Reply | Message, label: str, *, nth: int = 1) -> Reply | Modal:
        """Press a button of any message that they see; nth: which one, where a label stands more than once."""
        found = message.message if isinstance(message, Reply) else message
        return await Reply(self, self.world.messages[found.id]).click(label, nth=nth)

    # -- how it comes back -----------------------------------------------------------------------

    async def send(
        self,
        kind: InteractionKind,
        data: Json,
        *,
        source: Message | None = None,
        parent: Interaction | None = None,
    ) -> Reply | Modal:
        """One press: the interaction goes to the bot; what comes back is what the person then looks at."""
        self.presses += 1
        await self._react()
        edits = source.edits if source else 0
        place = self.place if source is None else self.world.channel(source.channel_id)
        if place is None:
            raise CannotDo("That channel is gone.")
        interaction = self.world.open_interaction(
            kind, self.user.id, place, data, source=source, parent=parent
        )
        await self._first_answer(interaction, "The application did not respond.")
        if interaction.answer is Callback.MODAL:
            return Modal(self, interaction, source)
        message = await self._filled_in(interaction, edits)
        return Reply(self, message, interaction)

    async def _first_answer(self, interaction: Interaction, otherwise: str) -> None:
        try:
            await self.world.until(lambda: interaction.answer is not None, self.world.first_answer)
        except TimeoutError:
            raise NoAnswer(otherwise) from None

    async def _filled_in(self, interaction: Interaction, edits: int) -> Message:
        """The message that answers; waits while the bot says that it is thinking."""
        messages = self.world.messages

        def settled() -> Message | None:
            if interaction.answer is Callback.DEFER_UPDATE and interaction.followup_ids:
                return messages[interaction.followup_ids[0]]
            message = messages.get(interaction.original_id or 0)
            if message is None or (message.loading and not message.deleted):
                return None
            unchanged = message.edits == edits and not message.deleted
            return None if interaction.answer is Callback.DEFER_UPDATE and unchanged else message

        try:
            return await self.world.until(settled, self.patience)
        except TimeoutError:
            raise NoAnswer("The application is still thinking.") from None

    async def _react(self) -> None:
        await asyncio.sleep(REACTION_S)
        for _ in range(_REACTION_TURNS):
            await asyncio.sleep(0)
