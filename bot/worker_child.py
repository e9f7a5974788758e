"""The other side of `bot.workers`: one child process that answers calls on its standard input, one after the other.

It imports nothing but the standard library until a call names a function, so that it starts in about 20 ms.
Frames both ways: 4 bytes length (big-endian) + a pickle. The end of standard input is the end of the child, so it
cannot outlive the parent; the CPU limit ends one whose parent died in the middle of a call.
"""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import pickle
import resource
import struct
import sys
import time
from typing import Any, BinaryIO

LENGTH = struct.Struct(">I")


def main(memory_mb: int) -> None:
    """Answer calls until standard input ends."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a called function reads or prints must not come between the frames.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    with contextlib.suppress(ValueError, OSError):  # macOS knows no RLIMIT_AS
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    while frame := _read(requests):
        _answer(frame, answers)


def _answer(frame: bytes, answers: BinaryIO) -> None:
    """Two frames: "begun" when the function is imported, since then the time limit counts; then its outcome."""
    function, arguments, timeout_s = pickle.loads(frame)  # noqa: S301 - the parent wrote it
    try:
        module, _, name = function.partition(":")
        called = getattr(importlib.import_module(module), name)
        _write(answers, ("begun", None))
        _limit_cpu(timeout_s)
        outcome = ("result", called(*arguments))
    except MemoryError:
        outcome = ("memory", None)
    except Exception as error:
        outcome = ("error", _plain(error))
    try:
        _write(answers, outcome)
    except MemoryError:
        _write(answers, ("memory", None))
    except Exception as error:
        _write(answers, ("error", TypeError(f"What {function} gave cannot be pickled: {error}")))


def _plain(error: Exception) -> Exception:
    """An exception that the parent knows; a library's own is told by its name and words."""
    if type(error).__module__ == "builtins" or type(error).__module__.startswith("bot."):
        return error
    return RuntimeError(f"{type(error).__qualname__}: {error}")


def _limit_cpu(timeout_s: float) -> None:
    """Let this call use about `timeout_s` of CPU time, a second more at most; SIGXCPU ends the child then."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + timeout_s) + 1, hard))


def _read(requests: BinaryIO) -> bytes:
    head = requests.read(LENGTH.size)
    return requests.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


def _write(answers: BinaryIO, value: Any) -> None:
    frame = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    answers.write(LENGTH.pack(len(frame)) + frame)
    answers.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
