"""People. An actor can do what that member could do in Discord's client, and sees what that member would see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sandbox import (
    composer,
    drafts,
    names,
    pins,
    powers,
    reactions,
    thread_rules,
    threads,
    uploads,
    wire_interactions,
)
from sandbox import wire_messages as wire
from sandbox.answers import filled_in, first_answer, first_seen, react
from sandbox.drafts import Author, Draft
from sandbox.forms import Modal
from sandbox.model import (
    Attachment,
    Channel,
    Guild,
    Interaction,
    InteractionKind,
    Json,
    Message,
    MessageFlag,
    User,
)
from sandbox.names import CannotDo
from sandbox.permissions import Permission
from sandbox.replies import Reply
from sandbox.uploads import File
from sandbox.world import World

Place = Channel | str | int
"""A channel or thread: itself, its name, or its id as a number or text."""
Said = Reply | Message | str | int
"""A message: as somebody sees it, itself, or its id."""


class Actor:
    """One member of the community. Cheap: any number of them may be the same person, as with open windows.

    presses: how often they pressed: a command, a button, a menu or a form's Submit is one each.
    patience: how long they wait for an answer that the bot has announced (deferred), on the monotonic clock.
    waits: False returns as soon as the bot's first answer is known: a deferred one is then a message that is loading.
    phone: True shows a form of a known custom_id as it was left or sent before, as phones do.
    memory: custom_id of a form → what stood in it.
    """

    def __init__(
        self, world: World, guild: Guild, user: User, *, place: Channel | None = None, since: int = 0
    ) -> None:
        """place: where they are at first. since: private answers with a smaller id are gone, as after a reload."""
        self.world = world
        self.guild = guild
        self.user = user
        self.presses = 0
        self.patience = timedelta(seconds=30)
        self.waits = True
        self.phone = False
        self.memory: dict[str, Mapping[str, object]] = {}
        self.since = since
        self._place = place

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

    def go(self, channel: Place) -> Actor:
        """Open a channel, a thread or the DM; what they type from now on is typed there."""
        self._place = self._found(channel)
        return self

    def go_to_dm(self) -> Actor:
        """Open the direct messages with the bot."""
        self._place = self.world.open_dm(self.user)
        return self

    def reload(self) -> Actor:
        """Start the client anew: private answers are gone, and what forms remembered."""
        self.since = self.world.ids.next()
        self.memory.clear()
        return self

    # -- what they see ---------------------------------------------------------------------------

    def sees(self, channel: Place) -> list[Reply]:
        """The messages of a channel that this person can read, oldest first; none if it is hidden from them."""
        try:
            return self._seen_in(self._found(channel))
        except CannotDo:
            return []

    def sees_in_dm(self) -> list[Reply]:
        """The direct messages with the bot, oldest first."""
        return self._seen_in(self.world.open_dm(self.user))

    def can_see(self, message: Message) -> bool:
        channel = self.world.channel(message.channel_id)
        if channel is None or message.deleted or message.only_for not in (None, self.user.id):
            return False
        if message.only_for is not None and message.id < self.since:
            return False
        return bool(self._may(channel) & Permission.VIEW_CHANNEL)

    def message(self, which: Said) -> Reply:
        """A message as this person sees it now. Raises CannotDo when they do not."""
        wanted = (
            which.message.id
            if isinstance(which, Reply)
            else which.id
            if isinstance(which, Message)
            else which
        )
        found = self.world.messages.get(int(wanted)) if str(wanted).isdecimal() else None
        if found is None or not self.can_see(found):
            raise CannotDo(f"{self.user.name} does not see that message.")
        return Reply(self, found)

    def _seen_in(self, channel: Channel) -> list[Reply]:
        messages = [m for m in self.world.history(channel, self.user.id) if self.can_see(m)]
        if not self._may(channel) & Permission.READ_MESSAGE_HISTORY:
            messages = [m for m in messages if m.only_for == self.user.id]
        return [Reply(self, message) for message in reversed(messages)]

    def _may(self, channel: Channel) -> int:
        return self.world.may(self.user.id, channel)

    def _found(self, channel: Place) -> Channel:
        if isinstance(channel, Channel):
            channel = channel.id
        dm = self.world.open_dm(self.user)
        return (
            dm
            if str(channel) == str(dm.id)
            else names.place_named(self.world, self.guild, self.user, channel)
        )

    def _at(self, which: Said) -> tuple[Channel, Message]:
        """A message that they see, itself, and where it is."""
        found = self.world.messages[self.message(which).message.id]
        place = self.world.channel(found.channel_id)
        if place is None:
            raise CannotDo("That channel is gone.")
        return place, found

    # -- messages --------------------------------------------------------------------------------

    def say(
        self,
        text: str = "",
        files: Sequence[File] = (),
        *,
        reply_to: Said | None = None,
        silent: bool = False,
    ) -> Message:
        """Write an ordinary message where they are. A reply calls the author of the other one."""
        place = self.place
        made = uploads.attached(self.world, files)
        powers.check_speak(self.world, self.user, place, made)
        powers.check_words(text, made)
        draft = self._draft(place, text, files=made)
        if silent:
            draft = replace(draft, flags=int(MessageFlag.SUPPRESS_NOTIFICATIONS))
        if reply_to is None:
            return self.world.post(place, self.user.id, draft)
        _, original = self._at(reply_to)
        powers.check_reply(self.world, self.user, place, original)
        called = drafts.mentions(text, None, Author(self.guild, self._may(place), original.author_id))
        draft = replace(draft, reference_id=original.id, mentions=called)
        return self.world.post(place, self.user.id, draft, kind=powers.REPLY)

    def edit(self, message: Said, text: str) -> Message:
        """Write one of their own messages anew."""
        place, found = self._at(message)
        powers.check_edit(self.user, found)
        powers.check_words(text, found.attachments)
        draft = self._draft(place, text, files=found.attachments)
        self.world.edit(found, replace(draft, flags=found.flags))
        return found

    def remove(self, message: Said) -> None:
        """Delete a message: their own, anybody's with MANAGE_MESSAGES; dismiss a private answer."""
        place, found = self._at(message)
        powers.check_delete(self.world, self.user, place, found)
        self.world.delete(found)

    def react(self, message: Said, emoji: str) -> None:
        place, found = self._at(message)
        powers.check_react(self.world, self.user, place, found, emoji)
        reactions.add(self.world, found, self.user.id, emoji)

    def unreact(self, message: Said, emoji: str) -> None:
        """Take their own reaction back."""
        reactions.remove(self.world, self._at(message)[1], self.user.id, emoji)

    def pin(self, message: Said) -> None:
        place, found = self._at(message)
        powers.check_pin(self.world, self.user, place, found)
        pins.pin(self.world, place, found, self.user.id)

    def unpin(self, message: Said) -> None:
        place, found = self._at(message)
        powers.check_pin(self.world, self.user, place, found)
        pins.unpin(self.world, place, found)

    def dms(self, open: bool) -> None:
        """The client's "allow direct messages from server members"."""
        self.user.dms_open = open
        self.world.touch()

    def _draft(self, place: Channel, text: str, *, files: Sequence[Attachment] = ()) -> Draft:
        called = drafts.mentions(text, None, Author(self.world.guild_of(place), self._may(place)))
        return Draft(text, attachments=list(files), mentions=called)

    # -- threads ---------------------------------------------------------------------------------

    def start_thread(self, name: str, on: Said | None = None, *, private: bool = False) -> Channel:
        """A thread in the channel where they are, or from a message in it."""
        parent, source = (self.place, None) if on is None else self._at(on)
        powers.check_start(self.world, self.user, parent, name, private=private)
        if source is not None and (source.only_for is not None or private):
            raise CannotDo("A thread from a message is open, and its message is too.")
        with powers.in_words(f"{self.user.name} may not start a thread here."):
            return threads.start(self.world, parent, self.user.id, name, source=source, private=private)

    def post_in(
        self,
        forum: Place,
        title: str,
        text: str,
        *,
        tags: Sequence[str | int] = (),
        files: Sequence[File] = (),
    ) -> Channel:
        """A new post in a forum. tags: names or ids."""
        place = self._found(forum)
        powers.check_start(self.world, self.user, place, title, post=True)
        made = uploads.attached(self.world, files)
        powers.check_words(text, made)
        given = powers.tags_for(self.world, self.user, place, tags)
        with powers.in_words(f"{self.user.name} may not post in #{place.name}."):
            draft = self._draft(place, text, files=made)
            return threads.start(self.world, place, self.user.id, title, tags=given, first=draft)

    def join(self, thread: Place) -> None:
        found = self._thread(thread)
        with powers.in_words("That thread cannot be joined."):
            thread_rules.check_active(found)
            threads.join(self.world, found, self.user.id)

    def leave(self, thread: Place) -> None:
        threads.leave(self.world, self._thread(thread), self.user.id)

    def archive(self, thread: Place, *, on: bool = True) -> None:
        """Close a thread, or open it again."""
        found = self._thread(thread)
        with powers.in_words(f"{self.user.name} may not {'close' if on else 'open'} that thread."):
            thread_rules.check_change(self.world, self.user.id, found, thread_rules.Change(archived=on))
            threads.archive(self.world, found, on)

    def remove_thread(self, thread: Place) -> None:
        """Delete a thread with all that stands in it; with MANAGE_THREADS."""
        found = self._thread(thread)
        if not thread_rules.manages(self.world, self.user.id, found):
            raise CannotDo(f"{self.user.name} may not delete that thread.")
        threads.remove(self.world, found)

    def _thread(self, thread: Place) -> Channel:
        found = self._found(thread)
        if found.thread is None:
            raise CannotDo(f"#{found.name} is no thread.")
        return found

    # -- commands --------------------------------------------------------------------------------

    async def slash(self, line: str, /, **options: object) -> Reply | Modal:
        """Send a slash command: `slash("jobs subscribe", filter="python", channel="remote-python")`.

        An option that is a Python word takes an underscore: `for_="me"`. Files: Upload, Path or (name, bytes).
        Returns what the bot answered; a deferred answer once it is filled in. Raises CannotDo, or NoAnswer after
        3 seconds of silence.
        """
        given = {
            name: uploads.given(self.world, [value])[0] if uploads.is_file(value) else value
            for name, value in options.items()
        }
        data = composer.slash_data(self.world, self.user, self.place, line, given)
        return await self.send(InteractionKind.COMMAND, data)

    async def menu(self, name: str, on: Said) -> Reply | Modal:
        """Choose an entry of the context menu of a message, or of a member given by name or id."""
        world, place = self.world, self.place
        if isinstance(on, Reply | Message) or (str(on).isdecimal() and int(on) in world.messages):
            place, message = self._at(on)
            target, kind = message.id, composer.MESSAGE_MENU
            found: Json = {"messages": {str(target): wire.message(world, message)}}
        else:
            target, kind = names.user_named(world, place, on), composer.USER_MENU
            found = wire_interactions.resolved(world, place.guild_id, self.user.id, [target])
        data = composer.menu_data(world, self.user, place, kind, name, target, found)
        return await self.send(InteractionKind.COMMAND, data, place=place)

    async def autocomplete(
        self, line: str, option: str, text: object, /, **others: object
    ) -> list[tuple[str, object]]:
        """The choices, name and value, that the bot offers while `text` stands in `option`. No press."""
        world, place = self.world, self.place
        given: Mapping[str, object] = {**others, option: text}
        data = composer.slash_data(world, self.user, place, line, given, focused=option)
        await react()
        interaction = world.open_interaction(InteractionKind.AUTOCOMPLETE, self.user.id, place, data)
        await first_answer(world, interaction, "Loading options failed.")
        return [(choice["name"], choice["value"]) for choice in interaction.choices or ()]

    async def click(self, message: Said, label: str, *, nth: int = 1) -> Reply | Modal:
        """Press a button of any message that they see; nth: which one, where a label stands more than once."""
        return await self.message(message).click(label, nth=nth)

    # -- how it comes back -----------------------------------------------------------------------

    async def send(
        self,
        kind: InteractionKind,
        data: Json,
        *,
        source: Message | None = None,
        parent: Interaction | None = None,
        place: Channel | None = None,
    ) -> Reply | Modal:
        """One press: the interaction goes to the bot; what comes back is what the person then looks at.

        place: where they are, or where `source` is, when it is left out.
        """
        world = self.world
        if place is None:
            place = self.place if source is None else world.channel(source.channel_id)
        if place is None or place.deleted:
            raise CannotDo("That channel is gone.")
        powers.check_awake(world, self.user, place)
        self.presses += 1
        await react()
        edits = source.edits if source else 0
        interaction = world.open_interaction(kind, self.user.id, place, data, source=source, parent=parent)
        await first_answer(world, interaction, "The application did not respond.")
        if interaction.modal is not None:
            return Modal(self, interaction, source)
        if self.waits:
            return Reply(self, await filled_in(world, interaction, edits, self.patience), interaction)
        return Reply(self, first_seen(world, interaction), interaction)
