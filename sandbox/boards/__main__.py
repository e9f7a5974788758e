"""`python -m sandbox.boards`: the invented boards alone. Prints one JSON line with their addresses, then serves."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from datetime import UTC, datetime
from random import Random

from sandbox.boards import Boards
from sandbox.boards.catalogue import BOARDS


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.boards", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--seed", type=int, default=1, help="the same seed invents the same postings")
    parser.add_argument(
        "--every", type=float, metavar="SECONDS", help="publish a posting somewhere this often"
    )
    given = parser.parse_args()
    asyncio.run(serve(given.port, given.seed, given.every))


async def serve(port: int, seed: int, every: float | None) -> None:
    """Serve on 127.0.0.1; `every`: seconds between new postings, None for none."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    dice = Random(seed)
    async with Boards(lambda: datetime.now(UTC), seed, port) as boards:
        print(json.dumps({"feeds": {board.id: boards.url(board.id) for board in BOARDS}}), flush=True)
        while not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), every)
            except TimeoutError:
                boards.publish(dice.choice(BOARDS).id)


if __name__ == "__main__":
    main()
