"""Invented job boards on this machine: the shapes of the real ones, their oddities included, nothing of their texts.

`Inventor(seed)` makes postings, a module a board (`wwr`, `remotive` …) turns them into that board's bytes, and
`Boards` serves them on 127.0.0.1, well or badly behaved. Companies, roles and texts are invented; their links lead to
`.example`, which no name server knows. The same seed gives the same bytes.
"""

from sandbox.boards.inventor import Inventor
from sandbox.boards.posting import Pay, Place, Posting
from sandbox.boards.server import Boards, Request

__all__ = ["Boards", "Inventor", "Pay", "Place", "Posting", "Request"]
