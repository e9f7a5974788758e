"""What must not get out of a feed: the reader's own address (Remote OK), and people's mail addresses."""

import json
import logging
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from bot.jobs.reading.facts_of import facts_of
from bot.jobs.reading.items import nobodys
from bot.jobs.reading.neutral import posting_of
from bot.jobs.reading.reader import Reader
from bot.ports import Trouble, Validators
from tests.jobs.reading.hosts import NOW, answers, serve
from tests.jobs.reading.test_boards import LINK, OK_JOB, read, rss
from tests.jobs.reading.test_read_command import run

CODE = b64encode(b"203.0.113.77").decode().rstrip("=")
SENTENCE = f"Please mention the word **KIND** and tag R{CODE}= when applying to show you read it (#R{CODE}=)."
BODY = json.dumps(
    [{"legal": "…"}, {**OK_JOB, "description": f"<p>Dive.</p>{SENTENCE}", "company": f"Sea {SENTENCE}"}]
)


def test_our_address_is_in_no_fact() -> None:
    """Neither the entry nor what is read out of it holds the tag."""
    entries = read(BODY, "remoteok")
    facts, _ = facts_of(entries, "remoteok")
    assert CODE not in repr(entries) + repr(facts)


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_our_address_is_not_printed(tmp_path: Path, option: tuple[str, ...]) -> None:
    """`outpost read` shows the opening and no tag; read as another board it shows nothing of the body."""
    path = tmp_path / "remoteok.json"
    path.write_text(BODY)
    code, out, err = run(str(path), "--board", "remoteok", *option)
    assert code == 0
    assert "Diver" in out
    assert CODE not in out + err
    for board in ("generic", "remotive", "hn"):
        code, out, err = run(str(path), "--board", board, *option)
        assert (code, out) == (1, "")
        assert CODE not in err


class Clumsy:
    """Workers that fail with the words of what they were given, as a parser's own exception may."""

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        raise ValueError(f"cannot read {arguments!r}")


async def test_our_address_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """A mistake of ours in reading is logged by its kind: its words may be the board's."""
    caplog.set_level(logging.DEBUG)
    async with serve(answers(BODY.encode())) as host:
        fetcher, feed = host.fetcher(), host.feed(parser="remoteok")
        trouble = await Reader((feed,), fetcher, Clumsy()).read(feed, Validators(), NOW)
        await fetcher.close()
    assert isinstance(trouble, Trouble)
    assert trouble.code == "parser_stopped"
    assert "ValueError" in caplog.text
    assert CODE not in caplog.text + repr(trouble)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Write to rita.example+jobs@sea.example!", "Write to …@sea.example!"),
        ("<rita@sea.example>, cook@mail.sea.example", "<…@sea.example>, …@mail.sea.example"),
        ("rita@gmail.com", "…@gmail.com"),
        (
            "Cloud@Customer, @sea.example, a @ b.example, 5@home",
            "Cloud@Customer, @sea.example, a @ b.example, 5@home",
        ),
        ("a" * 40_000 + "@", "a" * 40_000 + "@"),
    ],
)
def test_a_mail_address_goes_without_its_name(said: str, kept: str) -> None:
    """What names somebody is taken out; the domain stays, for it may be a warning sign."""
    assert nobodys(said) == kept


def test_no_mail_address_reaches_an_entry() -> None:
    """Title, company, place, pay, text and the board's own fields: of feeds, JSON boards and `outpost facts`."""
    mail = "rita.example@sea.example"
    item = f"""<title>Diver {mail}</title>{LINK}<guid>{mail}</guid><company>Sea {mail}</company>
        <region>Lima {mail}</region><salary>90k {mail}</salary><country>{mail}</country>
        <description>&lt;p&gt;Write to &lt;a href="mailto:{mail}"&gt;{mail}&lt;/a&gt;.&lt;/p&gt;</description>"""
    (entry,) = read(rss(item), "generic")
    assert (entry.guid, entry.text) == (mail, "Write to …@sea.example.")  # a guid is never shown
    assert "rita" not in repr(entry).replace(f"guid='{mail}'", "")
    row = {"file": "a", "id": "1", "title": "Diver", "description_html": f"<p>{mail}</p>"}
    assert posting_of(row).text == "…@sea.example"
