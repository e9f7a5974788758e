"""Where the rows of the table of limits take place: names for their paths, and what comes before a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from sandbox import Permission, Sandbox, pins
from sandbox.model import Callback, Channel, ChannelKind, Interaction, InteractionKind, Role, Webhook
from sandbox.permissions import ALL
from tests.sandbox.rest_client import Rest

V2 = 1 << 15


class Scene:
    """A community whose bot may everything; `before` takes away, fills up or begins something."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.world, self.guild = sandbox, sandbox.world, sandbox.guild
        self.rest = Rest(sandbox, session)
        self.session = session
        self.place = sandbox.channel("reviews")
        self.role = next(role for role in self.guild.roles.values() if role.bot_id is not None)
        self.role.permissions = ALL & ~Permission.ADMINISTRATOR
        self.ana = sandbox.member("ana").go("reviews")
        self.theirs = self.ana.say("Hello.")
        self.names: dict[str, object] = {
            "app": self.world.application_id,
            "guild": self.guild.id,
            "channel": self.place.id,
            "message": self.theirs.id,
            "ana": self.ana.user.id,
            "bots": self.role.id,
            "commands": f"/applications/{self.world.application_id}/commands",
            "messages": f"/channels/{self.place.id}/messages",
        }

    # -- what may come before --------------------------------------------------------------------

    def deny(self, *permissions: Permission) -> None:
        self.sandbox.deny("reviews", *permissions)

    def interact(self, kind: InteractionKind = InteractionKind.COMMAND) -> Interaction:
        """Ana does something; the row's path is the bot's first answer."""
        data = {"id": "1", "name": "jobs", "type": 1}
        made = self.world.open_interaction(kind, self.ana.user.id, self.place, data)
        self.names["callback"] = f"/interactions/{made.id}/{made.token}/callback"
        self.names["hook"] = f"/webhooks/{self.world.application_id}/{made.token}"
        return made

    def answered(self) -> Interaction:
        made = self.interact()
        made.answer = Callback.MESSAGE
        return made

    def typing(self) -> None:
        self.interact(InteractionKind.AUTOCOMPLETE)

    def too_late(self) -> None:
        self.world.first_answer = timedelta(seconds=-1)
        self.interact()

    def token_is_old(self) -> None:
        self.answered()
        self.sandbox.clock.move(timedelta(minutes=15, seconds=1))

    def full_of_roles(self) -> None:
        self.guild.roles |= {n: Role(n, str(n), 0, 1) for n in range(1, 251 - len(self.guild.roles))}

    def full_of_channels(self) -> None:
        names = range(1, 501 - len(self.guild.channels))
        self.guild.channels |= {n: Channel(n, ChannelKind.TEXT, str(n), self.guild.id) for n in names}

    def full_of_webhooks(self) -> None:
        bot = self.world.bot.id
        self.world.webhooks |= {n: Webhook(n, "t", self.place.id, "w", bot) for n in range(1, 16)}

    def full_of_reactions(self) -> None:
        self.theirs.reactions |= {chr(0x1F600 + n): [self.ana.user.id] for n in range(20)}

    def full_of_pins(self) -> None:
        for _ in range(pins.MOST):
            self.ana.say("Pin.").pinned_at = self.sandbox.clock.now()

    def old_messages(self) -> None:
        self.names["second"] = self.ana.say("Second.").id
        self.sandbox.clock.move(timedelta(days=15))

    def commands_of_a_day(self) -> None:
        self.world.commands_made[None] = [self.sandbox.clock.now()] * 200

    def closed_dm(self) -> None:
        self.ana.dms(False)
        self._open_dm()

    def strangers_dm(self) -> None:
        del self.guild.members[self.ana.user.id]
        self._open_dm()

    def without_history(self) -> None:
        self.deny(Permission.READ_MESSAGE_HISTORY)

    def hidden(self) -> None:
        self.deny(Permission.VIEW_CHANNEL)

    def silenced(self) -> None:
        self.deny(Permission.SEND_MESSAGES)

    def a_category(self) -> None:
        made = self.world.add_channel(self.guild, "group", ChannelKind.CATEGORY)
        self.names["messages"] = f"/channels/{made.id}/messages"

    def _open_dm(self) -> None:
        self.names["messages"] = f"/channels/{self.world.open_dm(self.ana.user).id}/messages"


Before = Callable[[Scene], object]


@dataclass(frozen=True)
class Row:
    """One limit. by: "hand", or "spec" for what Discord's description alone refuses.

    leaf: where in the tree of a 50035 which code stands.
    """

    area: str
    path: str
    body: Any
    refusal: tuple[int, int]
    leaf: tuple[str, str] | None = None
    before: Before | None = None
    by: str = "hand"

    def __str__(self) -> str:
        return self.area
