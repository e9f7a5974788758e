"""Files that a person has chosen but not sent yet: few, small, and soon forgotten."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from sandbox.drafts import clean_filename
from sandbox.limits import FILE_BYTES
from sandbox.uploads import MIB, Upload

MOST_WAITING = 40
MOST_BYTES = 120 * MIB
KEPT_S = 3600.0  # on the monotonic clock: it is our memory that is spared, not the sandbox's time
_LONGEST_NAME = 120


class TooMuch(Exception):
    """A file cannot be taken; the text says why and what to do."""


class Waiting:
    """What was uploaded and not sent, oldest first; shared by all tabs of a page."""

    def __init__(self, new_id: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self._new_id = new_id
        self._clock = clock
        self._files: OrderedDict[str, tuple[float, Upload]] = OrderedDict()

    def add(self, upload: Upload) -> str:
        """Keep a file; returns its id. Raises TooMuch when it is too large, or when too much is waiting already."""
        self._forget_old()
        check_size(upload.filename, len(upload.data))
        held = sum(len(file.data) for _, file in self._files.values())
        if len(self._files) >= MOST_WAITING or held + len(upload.data) > MOST_BYTES:
            raise TooMuch("Too many files are waiting to be sent. Send or remove some, then try again.")
        upload_id = str(self._new_id())
        self._files[upload_id] = (self._clock(), upload)
        return upload_id

    def find(self, ids: Sequence[str]) -> list[Upload]:
        """The files of these ids. Raises TooMuch for one that is not there any more."""
        self._forget_old()
        if any(one not in self._files for one in ids):
            raise TooMuch("A file was not kept that long. Choose it again.")
        return [self._files[one][1] for one in ids]

    def holds(self, upload_id: str) -> bool:
        return upload_id in self._files

    def forget(self, ids: Sequence[str]) -> None:
        """They have been sent."""
        for one in ids:
            self._files.pop(one, None)

    def _forget_old(self) -> None:
        ends = self._clock() - KEPT_S
        while self._files and next(iter(self._files.values()))[0] < ends:
            self._files.popitem(last=False)


def check_size(filename: str, size: int) -> None:
    """Raises TooMuch for a file over Discord's limit."""
    if size > FILE_BYTES:
        most = f"{FILE_BYTES // MIB} MiB"
        raise TooMuch(
            f"“{short_name(filename)}” is too large: a file has up to {most}. Choose a smaller one."
        )


def short_name(filename: str) -> str:
    """A file's name as addresses and people bear it: no folder before it, not endless, its ending kept."""
    name = clean_filename(filename.replace("\\", "/").rsplit("/", 1)[-1]).lstrip(".") or "file"
    if len(name) <= _LONGEST_NAME:
        return name
    ending = name[-12:].rpartition(".")[1:]
    return name[: _LONGEST_NAME - len("".join(ending))] + "".join(ending)
