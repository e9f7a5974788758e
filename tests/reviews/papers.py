"""What tests of documents ask: drafts, PDFs, what stands in which thread, and beats until nothing is left to do."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfWriter

from bot.app import App
from bot.people.members import Key
from bot.ports import NewThread, Trouble
from bot.reviews.flow import documents, parting, readings
from bot.reviews.messages import BLOCKED, HELLO, Blocked, Hello
from bot.reviews.values import Reading, Request
from tests.reviews.parts import GUILD, MODERATORS, SERVER, Square

NOT_A_PDF = b"an invented document, word for word"
UNCLEAR = Trouble("unclear", "no answer")


def pdf(pages: int = 2) -> bytes:
    """Empty sheets of A4."""
    written = PdfWriter()
    for _ in range(pages):
        written.add_blank_page(595, 842)
    out = io.BytesIO()
    written.write(out)
    return out.getvalue()


def ready(it: Square) -> None:
    """The duties of documents, as they run in a beat: who must part first."""
    it.duties += [parting.mind_parting, _readings, documents.mind_documents]


async def _readings(app: App, now: Any) -> int:
    return await readings.mind_readings(app, lambda _: SERVER, now)


async def rest(it: Square) -> None:
    """Beats till nothing is to be done any more."""
    for _ in range(10):
        await it.beat()
        if not await documents.mind_documents(it.app, it.clock()):
            return
    raise AssertionError("it never comes to rest")


async def draft(it: Square, author_id: int, **values: Any) -> Request:
    """Their draft, whose document stands nowhere yet."""
    return await it.hand_in(author_id, state="draft", waiting_since=None, **values)


async def place(it: Square, number: int, data: bytes | None = NOT_A_PDF) -> Trouble | None:
    """As its author's press does, once."""
    return await documents.place(it.app, number, data, it.clock(), keepers=("Moderators",))


async def placed(it: Square, author_id: int, data: bytes | None = None, **values: Any) -> Request:
    """Their document stands in its thread and waits for readers."""
    one = await draft(it, author_id, **values)
    assert await documents.place(it.app, one.id, data or pdf(), it.clock()) is None
    await rest(it)
    return await it.request(one.id)


async def accepted(it: Square, request: Request, reader_id: int) -> Reading:
    """This reader accepts it, and everything follows that does."""
    one = await it.propose(request, reader_id)
    await readings.accept(it.app, Key(GUILD, reader_id), one.id, it.clock())
    await rest(it)
    return await it.reading(one.id)


# -- what is to be seen --------------------------------------------------------------------------


def files_in(it: Square, thread_id: int | None) -> list[str]:
    """The names of all files that stand in a thread."""
    stored = it.discord.files.values()
    return [file.name for one in stored if one.files.thread_id == thread_id for file in one.files.files]


def open_threads(it: Square) -> list[NewThread]:
    return [one for number, one in it.discord.threads.items() if number not in it.discord.closed]


def inside(it: Square, thread_id: int | None) -> set[int]:
    return it.discord.inside[thread_id or 0]


def hellos(it: Square, thread_id: int | None) -> list[Hello]:
    return it.said(Hello, HELLO, thread_id or 0)


def notices(it: Square) -> list[str]:
    """Why moderators were told that threads are in trouble."""
    return [one.code for one in it.said(Blocked, BLOCKED, MODERATORS)]
