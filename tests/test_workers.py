"""Child processes: what they answer, how they are killed, what they do not know."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator

import pytest

from bot.ports import FeedSpec, WorkerTrouble
from bot.workers import Pool

HERE = "tests.test_workers:"

# -- what the children run -----------------------------------------------------------------------


def double(number: int) -> int:
    return 2 * number


def same(value: object) -> object:
    return value


def refuse(words: str) -> None:
    raise ValueError(words)


def environment() -> dict[str, str]:
    return dict(os.environ)


def pid() -> int:
    return os.getpid()


def spin() -> None:
    while True:
        pass


def wait_without_work() -> None:
    time.sleep(60)


def grow() -> int:
    return len(bytearray(2 << 30))


def fall() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def chatter() -> str:
    print("this must not reach the parent as an answer")
    return input() if False else "quiet"


class Foreign:
    """A class that is no value of ours."""


def foreign() -> Foreign:
    return Foreign()


# -- what is true --------------------------------------------------------------------------------


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool()
    yield pool
    await pool.close()


async def test_a_call_gives_what_the_function_returned(pool: Pool) -> None:
    """Arguments go in, the result comes back, and one child serves call after call."""
    assert await pool.call(HERE + "double", 21) == 42
    assert await pool.call(HERE + "pid") == await pool.call(HERE + "pid")


async def test_values_of_ours_and_large_ones_travel(pool: Pool) -> None:
    """A frozen dataclass of bot.ports and five megabytes come back as they went."""
    spec = FeedSpec(id="a", name="A", url="https://example.org/feed")
    body = bytes(range(256)) * 20_000
    assert await pool.call(HERE + "same", (spec, body)) == (spec, body)


async def test_an_exception_of_the_function_is_raised_here(pool: Pool) -> None:
    """The caller sees the function's own exception, and the child lives on."""
    child = await pool.call(HERE + "pid")
    with pytest.raises(ValueError, match="no such thing"):
        await pool.call(HERE + "refuse", "no such thing")
    with pytest.raises(AttributeError):
        await pool.call(HERE + "is_not_there")
    assert await pool.call(HERE + "pid") == child


@pytest.mark.parametrize("function", ["spin", "wait_without_work"])
async def test_a_call_without_end_is_killed(pool: Pool, function: str) -> None:
    """Past its time a child is killed, whether it works or waits; the next call has a new one."""
    child = await pool.call(HERE + "pid")
    with pytest.raises(WorkerTrouble) as trouble:
        await pool.call(HERE + function, timeout_s=0.2)
    assert trouble.value.code == "timeout"
    assert await pool.call(HERE + "pid") != child
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


async def test_cpu_time_is_limited_without_the_parent() -> None:
    """A child whose parent no longer looks ends by itself: the kernel counts its CPU seconds."""
    code = "from bot import worker_child; worker_child._limit_cpu(0)\nwhile True: pass"
    process = await asyncio.create_subprocess_exec(os.sys.executable, "-c", code)
    assert await process.wait() == -signal.SIGXCPU


async def test_too_much_memory_is_a_trouble(pool: Pool) -> None:
    """A call that wants more than the limit fails alone."""
    with pytest.raises(WorkerTrouble) as trouble:
        await pool.call(HERE + "grow")
    assert trouble.value.code == "memory"
    assert await pool.call(HERE + "double", 1) == 2


async def test_a_crash_is_a_trouble(pool: Pool) -> None:
    """A child that dies in a call is the input's fault; the next call is served."""
    with pytest.raises(WorkerTrouble) as trouble:
        await pool.call(HERE + "fall")
    assert trouble.value.code == "died"
    assert await pool.call(HERE + "double", 1) == 2


async def test_a_child_that_died_while_idle_is_replaced(pool: Pool) -> None:
    """Somebody else's kill between two calls costs nobody an answer."""
    child = await pool.call(HERE + "pid")
    os.kill(child, signal.SIGKILL)
    assert await pool.call(HERE + "double", 4) == 8


async def test_the_token_stays_here(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child's environment holds no secret of ours."""
    monkeypatch.setenv("DISCORD_TOKEN", "secret-token")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@host/name")
    inside = await pool.call(HERE + "environment")
    assert "PATH" in inside
    assert not any("secret" in value for value in inside.values())


async def test_a_child_cannot_speak_out_of_turn(pool: Pool) -> None:
    """What a function prints is not taken for an answer."""
    assert await pool.call(HERE + "chatter") == "quiet"


async def test_only_known_values_come_back(pool: Pool) -> None:
    """An answer that holds a class which is neither plain nor ours is not built here."""
    with pytest.raises(WorkerTrouble) as trouble:
        await pool.call(HERE + "foreign")
    assert trouble.value.code == "died"


async def test_no_more_children_than_places() -> None:
    """Ten calls at once share two children."""
    pool = Pool(size=2)
    pids = await asyncio.gather(*(pool.call(HERE + "pid") for _ in range(10)))
    await pool.close()
    assert 1 <= len(set(pids)) <= 2


async def test_an_idle_child_ends() -> None:
    """Without work for `idle_s` a child is gone."""
    pool = Pool(idle_s=0.05)
    child = await pool.call(HERE + "pid")
    async with asyncio.timeout(10):
        while True:
            try:
                os.kill(child, 0)
            except ProcessLookupError:
                break
            await asyncio.sleep(0.01)
    assert await pool.call(HERE + "double", 1) == 2
    await pool.close()


async def test_a_cancelled_call_leaves_no_child() -> None:
    """Who stops waiting also stops the work."""
    pool = Pool(size=1)
    child = await pool.call(HERE + "pid")
    task = asyncio.create_task(pool.call(HERE + "wait_without_work"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


async def test_closing_ends_calls_at_work() -> None:
    """After close nothing runs, and nothing new begins."""
    pool = Pool(size=1)
    await pool.call(HERE + "pid")
    task = asyncio.create_task(pool.call(HERE + "wait_without_work"))
    await asyncio.sleep(0)
    await pool.close()
    with pytest.raises(WorkerTrouble):
        await task
    with pytest.raises(WorkerTrouble):
        await pool.call(HERE + "pid")


async def test_a_child_ends_with_its_input() -> None:
    """Closed standard input, as after the death of the parent, ends the child by itself."""
    process = await asyncio.create_subprocess_exec(
        *(os.sys.executable, "-m", "bot.worker_child", "512"), stdin=asyncio.subprocess.PIPE
    )
    await process.communicate(b"")
    assert process.returncode == 0
