"""Files in people's hands, on their way into a message, a command or a form."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from sandbox.drafts import clean_filename
from sandbox.limits import ATTACHMENTS, FILE_BYTES
from sandbox.model import Attachment
from sandbox.names import CannotDo
from sandbox.world import World

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be sent. content_type: guessed from the name when it is empty."""

    filename: str
    data: bytes
    content_type: str = ""
    description: str | None = None


File = Upload | Path | tuple[str, bytes]
"""A file as a caller may give it: made up, from the disk, or as name and bytes."""


def attached(world: World, files: Sequence[File]) -> list[Attachment]:
    """The files with ids. Raises CannotDo for more than ten, and for one over 10 MiB."""
    if len(files) > ATTACHMENTS:
        raise CannotDo(f"A message takes up to {ATTACHMENTS} files, not {len(files)}.")
    made = []
    for file in map(_upload, files):
        if len(file.data) > FILE_BYTES:
            raise CannotDo(f"{file.filename!r} is too large: up to {FILE_BYTES // MIB} MiB can be sent.")
        guessed = mimetypes.guess_type(file.filename)[0] or "application/octet-stream"
        name = clean_filename(file.filename)
        kind = file.content_type or guessed
        made.append(Attachment(world.ids.next(), name, kind, file.data, file.description))
    return made


def given(world: World, files: Sequence[File]) -> list[Attachment]:
    """The same for an interaction: the bot will find them under `resolved`, and can fetch them."""
    made = attached(world, files)
    world.uploads |= {file.id: file for file in made}
    return made


def is_file(value: object) -> TypeGuard[File]:
    pair = isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], bytes)
    return pair or isinstance(value, Upload | Path)


def _upload(file: File) -> Upload:
    if isinstance(file, Path):
        return Upload(file.name, file.read_bytes())
    return file if isinstance(file, Upload) else Upload(*file)
