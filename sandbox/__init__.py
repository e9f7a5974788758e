"""A Discord on your own machine: REST v10 and the gateway, for a bot that does not know the difference.

It imports neither `bot` nor `cogs`. Nothing here was run against Discord itself: the shapes come from Discord's
OpenAPI description, the limits and rules from its documentation.
"""

from sandbox.actors import Actor, NoAnswer
from sandbox.composer import CannotDo
from sandbox.permissions import Permission
from sandbox.replies import Modal, Reply
from sandbox.running import Sandbox

__all__ = ["Actor", "CannotDo", "Modal", "NoAnswer", "Permission", "Reply", "Sandbox"]
