"""What a REST path says, whatever its handler: where it lies in the API, and where it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_API = re.compile(r"^/api(/v\d+)?(?=/)")


def api_path(path: str) -> str | None:
    """The path after /api/v10; None for what is no part of the API: the gateway, uploaded files."""
    rest, of_the_api = _API.subn("", path)
    return rest if of_the_api else None


@dataclass(frozen=True, slots=True)
class Place:
    """A request's route without its ids, and the parts that Discord counts apart: channel, guild, webhook."""

    route: str
    major: str

    @property
    def counts_globally(self) -> bool:
        """Interaction answers and webhooks by token are not bound by the global limit."""
        return not re.match(r"/(interactions|webhooks)/{id}/{token}", self.route)

    @property
    def is_first_answer(self) -> bool:
        """An interaction's first answer: it is given once, so no bucket of its own is ever full."""
        return self.route == "/interactions/{id}/{token}/callback"


def place_of(path: str) -> Place:
    """Where a path after /api/v10 counts: "/guilds/1/roles/2" is "/guilds/{id}/roles/{id}" of "guilds/1"."""
    parts = [part for part in path.split("/") if part]
    by_token = len(parts) > 2 and parts[0] in ("webhooks", "interactions")
    major = ""
    if len(parts) > 1 and parts[0] in ("channels", "guilds", "webhooks", "interactions"):
        major = "/".join(parts[: 3 if by_token else 2])
    named = ["{id}" if part.isdigit() else part for part in parts]
    if by_token:
        named[2] = "{token}"
    if "reactions" in named[:-1]:
        named[named.index("reactions") + 1] = "{emoji}"
    return Place("/" + "/".join(named), major)
