"""The one way to do CPU work: killable child processes with limits on memory, CPU and time.

    pool = Pool()
    reading = await pool.call("bot.jobs.reading.parse:parse_body", body, …)
    await pool.close()

Plain pipes and `python -m bot.worker_child` instead of a pool library: ProcessPoolExecutor cannot kill one hung
parse, and Pebble, which can, is LGPL and starts a thread a pool (design/stack.md). Children are spawned, never
forked, at the first call; they are kept for the next one and end after `idle_s` without work.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import pickle
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.ports import WorkerTrouble
from bot.worker_child import LENGTH

START_S = 30.0  # until a child has imported the function; generous, since this is never the input's fault
MAX_ANSWER = 128 << 20  # bytes; more than 5,000 entries with 8,000 characters each can need

# What a child needs of our environment. Everything else stays here, above all the token.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_CACHE_HOME", "SYSTEMROOT")
# BLAS starts a thread a core, and 64 MB of address space a thread count against the memory limit.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(slots=True)
class _Child:
    process: Process
    expires: asyncio.TimerHandle | None = None


class _GoneError(Exception):
    """The child ended without an answer. begun: it had started the function."""

    def __init__(self, begun: bool) -> None:
        self.begun = begun


class Pool:
    """Implements `bot.ports.Workers`. Belongs to one event loop; `close()` it there.

    size: children at work at once; further calls wait. memory_mb: address space of each (RLIMIT_AS).
    idle_s: a child without work for so long is ended.
    """

    def __init__(self, size: int = 2, memory_mb: int = 512, idle_s: float = 60.0) -> None:
        self._memory_mb = memory_mb
        self._idle_s = idle_s
        self._size = size
        self._places = asyncio.Semaphore(size)
        self._idle: list[_Child] = []
        self._busy: set[Process] = set()
        self._ending: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        """Run `package.module:function` in a child and give what it returned; see `bot.ports.Workers`.

        The time limit counts from when the child has imported the function.
        """
        request = pickle.dumps((function, arguments, timeout_s), pickle.HIGHEST_PROTOCOL)
        async with self._places:
            if self._closed:
                raise _died()
            while self._idle:
                try:
                    return await self._ask(self._idle.pop(), request, timeout_s)
                except _GoneError as gone:  # it had died while idle: that is not this call's fault
                    if gone.begun:
                        raise _died() from None
            try:
                return await self._ask(await self._start(), request, timeout_s)
            except _GoneError:
                raise _died() from None

    async def close(self) -> None:
        """End every child, also those at work: their calls, and all later ones, raise WorkerTrouble "died"."""
        self._closed = True
        for process in self._busy:
            _kill(process)
        for _ in range(self._size):  # every call is over when all places are ours
            await self._places.acquire()
        while self._idle:
            self._end(self._idle.pop())
        while self._ending:
            await asyncio.gather(*self._ending)
        for _ in range(self._size):
            self._places.release()

    async def _start(self) -> _Child:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= _ONE_THREAD | {"PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.worker_child", str(self._memory_mb)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the bot, which lets work in flight end
            limit=1 << 20,
        )
        return _Child(process)

    async def _ask(self, child: _Child, request: bytes, timeout_s: float) -> Any:
        """One call of one child, which goes back to the idle ones only after a whole answer."""
        if child.expires:
            child.expires.cancel()
        if self._closed:
            self._end(child)
            raise _died()
        self._busy.add(child.process)
        begun = False
        try:
            async with asyncio.timeout(START_S):
                kind, value = await _exchange(child.process, request)
            if kind == "begun":
                begun = True
                async with asyncio.timeout(timeout_s):
                    kind, value = await _exchange(child.process)
        except (
            asyncio.IncompleteReadError,
            OSError,
            _UnreadableError,
        ) as error:  # TimeoutError is an OSError
            code = await self._end(child)
            if begun and (isinstance(error, TimeoutError) or code == -signal.SIGXCPU):
                detail = f"The child process took more than {timeout_s:g} s."
                raise WorkerTrouble("timeout", detail) from None
            raise _GoneError(begun) from None
        except BaseException:  # cancelled: nobody waits for the answer any more
            self._end(child)
            raise
        finally:
            self._busy.discard(child.process)
        if kind == "memory":
            self._end(child)
            raise WorkerTrouble("memory", f"The child process needed more than {self._memory_mb} MB.")
        self._rest(child)
        if kind == "error":
            raise value
        return value

    def _rest(self, child: _Child) -> None:
        child.expires = asyncio.get_running_loop().call_later(self._idle_s, self._expire, child)
        self._idle.append(child)

    def _expire(self, child: _Child) -> None:
        self._idle.remove(child)
        self._end(child)

    def _end(self, child: _Child) -> asyncio.Task[int]:
        """Kill it now and collect its exit code; 0 or more when it had ended by itself."""
        if child.expires:
            child.expires.cancel()
        task = asyncio.create_task(_reap(child.process))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return task


def _died() -> WorkerTrouble:
    return WorkerTrouble("died", "The child process ended without an answer.")


async def _reap(process: Process) -> int:
    _kill(process)
    await process.communicate(b"")  # closes its input and reads what is left, so that both pipes end
    return await process.wait()


def _kill(process: Process) -> None:
    """Not `process.kill()`: that polls first, and so takes the exit code away from asyncio's own watcher."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):  # it was quicker
            os.kill(process.pid, signal.SIGKILL)


async def _exchange(process: Process, request: bytes | None = None) -> tuple[str, Any]:
    """Send a request, if there is one, and read the next frame."""
    if process.stdin is None or process.stdout is None:
        raise TypeError("a child is started with pipes")
    if request is not None:
        process.stdin.write(LENGTH.pack(len(request)) + request)
        await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    if length > MAX_ANSWER:
        raise _UnreadableError
    return _values(await process.stdout.readexactly(length))


class _UnreadableError(Exception):
    """The child sent something that is no answer."""


class _Values(pickle.Unpickler):
    """Knows values and no functions: a parser that a feed has taken over must not reach out of its process."""

    _PLAIN: ClassVar = {
        "builtins": frozenset({"set", "frozenset", "complex", "range"}),
        "datetime": frozenset({"date", "datetime", "time", "timedelta", "timezone"}),
        "decimal": frozenset({"Decimal"}),
        "fractions": frozenset({"Fraction"}),
    }

    def find_class(self, module: str, name: str) -> Any:
        if name in self._PLAIN.get(module, ()):
            return super().find_class(module, name)
        found = (
            getattr(sys.modules.get(module), name, None) if module.startswith(("builtins", "bot.")) else None
        )
        if isinstance(found, type) and (module != "builtins" or issubclass(found, Exception)):
            return found
        raise _UnreadableError(f"{module}.{name}")


def _values(frame: bytes) -> tuple[str, Any]:
    try:
        kind, value = _Values(io.BytesIO(frame)).load()
    except _UnreadableError:
        raise
    except Exception as error:
        raise _UnreadableError(str(error)) from None
    return kind, value
