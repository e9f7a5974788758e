"""Workers in this process, for tests of what people press: a child of their own costs each of them a second."""

from __future__ import annotations

import pickle
from importlib import import_module
from typing import Any

from bot.worker_child import _plain
from bot.workers import _values


class Here:
    """bot.ports.Workers without children. What comes out is what a child's pipe would let through.

    No time limit and no limit on memory: `tests/test_workers.py` and the other tests end to end have real children.
    """

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        module, _, name = function.partition(":")
        try:
            outcome = "result", getattr(import_module(module), name)(*arguments)
        except Exception as error:
            outcome = "error", _plain(error)
        kind, value = _values(pickle.dumps(outcome))
        if kind == "error":
            raise value
        return value
