"""The pages for people tell the truth: their examples are run, their tables compared with the program."""

from __future__ import annotations

import ast
import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.verbs import app
from bot.jobs import subscriptions
from bot.jobs.flow import retention
from bot.jobs.query import MAX_LENGTH, Document, FilterError, Truth, parse
from bot.jobs.reading import book
from bot.moderation import store as moderation
from bot.ports import FeedSpec, FirstRun
from bot.storage import Store, migrate
from sandbox import Actor, Modal, Permission, Reply, Sandbox
from sandbox.model import ChannelKind, Tag
from sandbox.ratelimit import PROFILES
from tests.cogs.canned import drawn
from tests.jobs.values import NOW

ROOT = Path(__file__).resolve().parents[1]
JOBS = (ROOT / "docs" / "jobs.md").read_text()
OPERATING = (ROOT / "docs" / "operating.md").read_text()
SANDBOX = (ROOT / "docs" / "sandbox.md").read_text()


def table(page: str, head: str) -> list[list[str]]:
    """The rows of the table whose first line begins with `head`, as cells."""
    lines = iter(page.split(f"\n| {head}", 1)[1].splitlines()[2:])
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("| ").split(" | ")])
    assert rows
    return rows


def document(words: str) -> Document:
    """`title · company · board`, the last two of which may be missing."""
    title, company, board, *_ = [*words.split(" · "), "", ""]
    return Document.of(title=title, company=company, board=board)


# -- jobs.md -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "passes", "fails"), table(JOBS, "filter |"))
def test_every_filter_does_what_the_page_says(words: str, passes: str, fails: str) -> None:
    """Each example lets the first opening through and leaves the second out."""
    query = parse(words.strip("`"))
    assert query.matches(document(passes)) is Truth.TRUE
    assert query.matches(document(fails)) is not Truth.TRUE


@pytest.mark.parametrize(("typed", "answer"), table(JOBS, "typed |"))
def test_every_mistake_is_answered_as_the_page_says(typed: str, answer: str) -> None:
    """Each wrong filter is refused with the words of the page."""
    with pytest.raises(FilterError) as wrong:
        parse(typed.strip("`"))
    assert wrong.value.message.startswith(answer)


def test_what_the_page_says_of_operators() -> None:
    """Small "and" is a word; a comma means AND; OR binds loosest; an unknown company passes neither way."""
    assert parse("python, go") == parse("python go") == parse("python AND go") != parse("python and go")
    assert parse("python OR go remote") == parse("python OR (go remote)")
    assert parse("-senior") == parse("NOT senior")
    for words in ("company:acme", "-company:acme"):
        assert parse(words).matches(document("Cook")) is Truth.UNKNOWN


@pytest.mark.parametrize(
    "words",
    [
        f"last {subscriptions.TRIED_DAYS} days",
        f"at most {MAX_LENGTH} characters",
        f"can have {subscriptions.PER_TARGET} subscriptions",
        f"for {retention.DELIVERIES.days} days",
        f"older than {FeedSpec('', '', '').max_age_days} days",
        f"at most the {FirstRun().newest} newest of the last {FirstRun().max_age_days} days",
    ],
)
def test_figures_of_the_jobs_page(words: str) -> None:
    """Limits and days are the program's."""
    assert words in JOBS


def test_delays_of_the_jobs_page() -> None:
    """The boards that ask for a delay are named with their hours, and there are no others."""
    late = {
        feed.name: int(feed.delay_h)
        for feed in book.open_book(ROOT / "feeds.yaml")
        if feed.delay_h and feed.enabled
    }
    assert late == {"Remotive": 24, "Jobicy": 6}
    assert "Remotive's openings come 24 hours late, Jobicy's 6." in JOBS


@pytest.mark.parametrize("page", ["jobs", "reviews", "meets"])
async def test_every_notice_is_on_its_page(page: str) -> None:
    """The table of notices has the headings that the cards have, and the buttons that stand under them."""
    text = (ROOT / "docs" / f"{page}.md").read_text()
    rows = {notice.strip("… "): press for notice, _, press in table(text, "notice |")}
    notices = [draw().to_components()[0]["components"] for name, draw in drawn() if _page_of(name) == page]
    assert notices
    for heading, *_ in notices:
        assert any(words in heading["content"] for words in rows), heading
    labels = {
        button["label"].split(":")[0].split(" them")[0]
        for parts in notices
        for row in parts
        for button in row.get("components", ())
        if "label" in button
    }
    assert labels <= set(re.findall(r"\*([^*]+)\*", " ".join(rows.values())))


def _page_of(name: str) -> str:
    """Of a drawn message, where it is a notice: notice.KIND.HOW → the page that tells of it."""
    notice, kind, *_ = [*name.split("."), ""]
    others = {"checkin": "checkins", "review": "reviews", "meet": "meets"}
    return others.get(kind.split("_")[0], "jobs") if notice == "notice" else ""


# -- operating.md --------------------------------------------------------------------------------


def doctors_lines() -> Iterator[tuple[str, str]]:
    """Level and subject of every `Line(…)` in the doctor's own sources, `ok` ones left out."""
    for name in ("checkup", "doctor"):
        for node in ast.walk(ast.parse((ROOT / f"bot/cli/{name}.py").read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Line":
                level, about = (one.value for one in node.args[:2] if isinstance(one, ast.Constant))
                if level != "ok":
                    yield str(level), str(about)


def test_the_doctors_lines() -> None:
    """Each kind of line is in the table, none that isn't the doctor's, and its words are the doctor's."""
    source = (ROOT / "bot/cli/checkup.py").read_text()
    rows = table(OPERATING, "level |")
    assert {(level, about) for level, about, *_ in rows} == set(doctors_lines())
    assert [words for _, _, words, _ in rows if words not in source] == []


def test_every_key_of_the_feed_book() -> None:
    """The table has each key of the feed book's schema at its place, and no other; defaults are the program's."""
    shapes = {"first_run": book._FirstRun, "both": book._Defaults, "feed": book._Feed}
    keys = {where: set(shape.__annotations__) for where, shape in shapes.items()}
    keys["feed"] -= keys["both"]
    rows = table(OPERATING, "key |")
    told: dict[str, set[str]] = {where: set() for where in keys}
    for key, where, default, _ in rows:
        told[where].add(key.strip("`"))
        if default.startswith("`"):
            spec = FirstRun() if where == "first_run" else FeedSpec("", "", "")
            assert default.strip("`") == str(getattr(spec, key.strip("`"))).lower(), key
    assert told == keys
    top = re.search(r"^(`.+`) stand at the top", OPERATING, re.MULTILINE)
    assert top and set(re.findall(r"`(\w+)`", top[1])) == set(book._Book.__annotations__)


async def test_the_backup_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the bot writes, the page's backup holds all that was committed; it overwrites nothing and is restored."""
    backup, restore, replace = re.findall(
        r"^\.venv/bin/outpost ((?:backup|restore) [^#\n]+?)\s+#", OPERATING, re.MULTILINE
    )
    url = f"sqlite:///{tmp_path / 'outpost.sqlite3'}"
    await migrate.upgrade(url)
    async with AsyncExitStack() as stack:
        store = await Store.open(url)
        stack.push_async_callback(store.close)
        async with store.begin() as tx:
            await moderation.change(tx, 1, 100, NOW, moderators_channel_id=19)
        async with store.begin() as tx:
            await moderation.change(tx, 2, 100, NOW, moderators_channel_id=29)
            copied = await outpost(backup, url, tmp_path)
        monkeypatch.chdir(tmp_path)
        again = await in_here(backup, url)
    assert (copied.returncode, again.exit_code) == (0, 1), copied.stderr
    assert (await in_here(restore, url)).exit_code == 1, "it is not empty"
    restored = await in_here(replace, url)
    assert restored.exit_code == 0, restored.output
    async with AsyncExitStack() as stack:
        store = await Store.open(url)
        stack.push_async_callback(store.close)
        async with store.read() as tx:
            assert await moderation.moderators_channels(tx, [1, 2]) == {1: 19}


async def outpost(arguments: str, url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """`outpost` as a page types it, with that database and in that folder."""
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    return await run(["-m", "bot", *arguments.split()], folder, environment)


async def in_here(arguments: str, url: str) -> Result:
    """The same in this process and folder."""
    return await asyncio.to_thread(CliRunner().invoke, app, arguments.split(), env={"DATABASE_URL": url})


async def run(
    arguments: list[str], folder: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """This Python, in that folder; without an environment in this one."""
    command = [sys.executable, *arguments]
    return await asyncio.to_thread(
        subprocess.run, command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("what", "how_long"),
    [
        ("drafts of subscriptions that nobody saved", retention.DRAFTS),
        ("what was said, and why", retention.DELIVERIES),
        ("openings", retention.OPENINGS),
    ],
)
def test_how_long_things_are_kept(what: str, how_long: timedelta) -> None:
    """The days of the page are the days after which the program forgets."""
    told = dict(row[:2] for row in table(OPERATING, "what |"))
    assert re.match(rf"{how_long.days} days?\b", told[what])


# -- sandbox.md ----------------------------------------------------------------------------------


async def test_the_example_runs(tmp_path: Path) -> None:
    """The test file of the page passes, in a pytest of its own, and is as long as the page promises."""
    (program,) = re.findall(r"```python\n(.*?)```", SANDBOX, re.DOTALL)
    assert len([line for line in program.splitlines() if line.strip()]) == 30
    (tmp_path / "test_example.py").write_text(program, "utf-8")
    options = f"'-q', '-o', 'asyncio_mode=auto', '--rootdir={tmp_path}', '-c', '/dev/null'"
    done = await run(["-c", f"import pytest; pytest.main([{options}, '{tmp_path}/test_example.py'])"], ROOT)
    assert done.stdout.splitlines()[-1].startswith("1 passed"), done.stdout


async def test_every_call_of_the_sandbox_page() -> None:
    """What can be called at once is called; what is awaited exists where it is looked for."""
    sandbox = Sandbox()
    ana, bob, mo = map(sandbox.member, ("ana", "bob", "mo"))
    forum = sandbox.world.add_channel(sandbox.guild, "introductions", ChannelKind.FORUM)
    forum.tags = (Tag(1, "looking"),)
    names = {
        **{"sandbox": sandbox, "ana": ana, "bob": bob, "mo": mo, "forum": forum},
        **{"message": ana.say("Hi"), "thread": mo.start_thread("News")},
        **{"Permission": Permission, "timedelta": timedelta},
    }
    awaited = {"ana": Actor, "reply": Reply, "form": Modal, "sandbox": Sandbox}
    tables = [table(part, head) for head in ("call |", "query |") for part in _parts(SANDBOX, head)]
    calls = [row[0].strip("`") for rows in tables for row in rows]
    assert len(calls) > 40
    for call in calls:
        if call.startswith("await "):
            who, does = re.match(r"await (\w+)\.(\w+)\(", call).groups()  # type: ignore[union-attr]
            assert callable(getattr(awaited[who], does))
        else:
            exec(call, names)  # noqa: S102  (our own page)


def _parts(page: str, head: str) -> list[str]:
    """The page from each table with this head on."""
    return [page[found.start() :] for found in re.finditer(rf"\n\| {re.escape(head)}", page)]


def test_the_profiles_of_the_sandbox_page() -> None:
    """Their figures are the sandbox's."""
    rows = {profile.strip("`"): cells for profile, *cells in table(SANDBOX, "profile |")}
    assert set(rows) == set(PROFILES)
    for name, profile in PROFILES.items():
        messages = next((f"{rule.limit} in {rule.per_s:g} s" for rule in profile.rules), "no limit")
        together = f"{profile.global_per_s} in 1 s" if profile.global_per_s else "no limit"
        assert rows[name][:2] == [messages, together]
    assert f"every {PROFILES['hostile'].surprise_every}th request" in rows["hostile"][2]
    assert f"{PROFILES['off'].invalid_limit:,} refused" in SANDBOX
    assert f"in `hostile` {PROFILES['hostile'].invalid_limit:,}" in SANDBOX
