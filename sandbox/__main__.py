"""`python -m sandbox`: a sandbox on its own, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal

from sandbox.running import Sandbox


async def serve(port: int, profile: str) -> None:
    """Print one line of JSON that says where everything is, then run until SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with Sandbox(port=port, profile=profile) as sandbox:
        where = {"rest": sandbox.rest, "gateway": sandbox.gateway, "token": sandbox.token}
        print(json.dumps({**where, "guild": str(sandbox.guild.id), "page": sandbox.page}), flush=True)
        await stopped.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--profile", choices=("off", "realistic", "hostile"), default="off")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.port, arguments.profile))


if __name__ == "__main__":
    main()
