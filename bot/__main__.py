"""The command line: `outpost`, or `python -m bot`."""

from __future__ import annotations

import gc
import io
import signal
import sys


def main() -> None:
    """Run the verb that was typed. What a terminal can't show is shown as an escape; a full disk is told in words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # The parts take a second to come in: a Ctrl-C meanwhile ends the process, with no traceback.
    usual = signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # nothing of them is waste: to look for some, again and again, takes a sixth of that second
    from bot.cli.verbs import app

    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, usual)
    try:
        app()
    except OSError as error:
        sys.stderr.write(f"outpost could not write: {error.strerror}.\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
