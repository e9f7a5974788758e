"""A Discord on your own machine: REST v10 and the gateway, for a bot that does not know the difference.

It imports neither `bot` nor `cogs`. Nothing here was run against Discord itself: the shapes come from Discord's
OpenAPI description, the limits and rules from its documentation.
"""

from sandbox.actors import Actor
from sandbox.answers import NoAnswer
from sandbox.forms import Modal
from sandbox.names import CannotDo
from sandbox.permissions import Permission
from sandbox.replies import Reply
from sandbox.running import Sandbox
from sandbox.uploads import Upload
from sandbox.walking import CannotWalk

__all__ = ["Actor", "CannotDo", "CannotWalk", "Modal", "NoAnswer", "Permission", "Reply", "Sandbox", "Upload"]
