"""The real bot in processes that may be killed: `outpost run` with a clock that is ahead by so many seconds.

    python -m tests.crash.sender        settings come from the environment, as for `outpost run`

Imports once (they take two seconds), then forks a fresh process for each line of standard input, which says by how
many seconds its clock is ahead. Answers with the process's id, then its exit status (os.waitstatus_to_exitcode).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta

from bot.app import system_now
from bot.cli.wiring import assembled, serve
from bot.settings import Settings


async def run(ahead: timedelta) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = Settings.from_env(os.environ)
    async with assembled(settings, now=lambda: system_now() + ahead) as bot:
        await serve(bot, stop)


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdin.close()
            asyncio.run(run(timedelta(seconds=float(line))))
            sys.exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
