"""`outpost check`: its lines, its exit code, and what it takes from the environment."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli.check import check

GOOD = """\
version: 1
feeds:
  - {id: a, name: A, url: "https://a.example/"}
  - {id: b, name: B, url: "https://b.example/", enabled: false}
"""
ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"[^:]+:[1-9]\d*:[1-9]\d*: \S.*")


@pytest.fixture
def feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good feeds.yaml in the working folder, and an environment without our variables."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "DISCORD_TOKEN",
        "DISCORD_API_BASE",
        "DATABASE_URL",
        "FEEDS_FILE",
        "RESOURCES_FILE",
        "PROMPTS_FILE",
        "RUBRICS_FOLDER",
        "MEETS_FILE",
        "LOG_LEVEL",
    ):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "feeds.yaml"
    file.write_text(GOOD)
    return file


def run(*arguments: str, **environ: str) -> Result:
    app = typer.Typer()
    app.command()(check)
    return CliRunner().invoke(app, list(arguments), env=environ)


def test_all_is_well(feeds: Path) -> None:
    """Exit 0 and one line; with a token there is nothing else to say."""
    result = run(DISCORD_TOKEN="t0ken")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "feeds.yaml: 2 feeds, 1 on. Settings are fine.\n",
        "",
    )


def test_the_resources_are_checked_too(feeds: Path) -> None:
    """Beside feeds.yaml, or where RESOURCES_FILE says; a list that is named must be there."""
    entry = (
        "- {name: A, url: 'https://a.example', need: tools, for: us, cost: free, source: memory, note: B}\n"
    )
    feeds.with_name("resources.yaml").write_text(entry)
    said = run(DISCORD_TOKEN="t0ken").stdout
    assert said == "feeds.yaml: 2 feeds, 1 on. resources.yaml: 1 entry. Settings are fine.\n"
    feeds.with_name("resources.yaml").write_text(entry.replace("tools", "tool"))
    result = run(DISCORD_TOKEN="t0ken")
    assert result.exit_code == 1
    assert result.stdout == "resources.yaml:1:45: need is not known: “tool”; did you mean tools?\n"
    missing = run(DISCORD_TOKEN="t0ken", RESOURCES_FILE="none.yaml").stdout
    assert missing == "none.yaml:1:1: there is no such file; name another with RESOURCES_FILE\n"


def test_the_prompts_are_checked_too(feeds: Path) -> None:
    """Beside feeds.yaml, or where PROMPTS_FILE says; words that are named must be there."""
    part = "{label: A, hint: B}"
    entry = f"{{id: a, name: A, about: B, learned: {part}, goals: {part}, if_then: {part}}}"
    feeds.with_name("prompts.yaml").write_text(f"templates: [{entry}]\nstarters: [A?]\n")
    said = run(DISCORD_TOKEN="t0ken").stdout
    assert said == "feeds.yaml: 2 feeds, 1 on. prompts.yaml: 1 template, 1 starter. Settings are fine.\n"
    feeds.with_name("words.yaml").write_text(f"templates: [{entry}]\nstarters: [A?, 7]\n")
    result = run(DISCORD_TOKEN="t0ken", PROMPTS_FILE="words.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith("words.yaml:2:16: a starter must be text, not 7;")
    missing = run(DISCORD_TOKEN="t0ken", PROMPTS_FILE="none.yaml").stdout
    assert missing == "none.yaml:1:1: there is no such file; name another with PROMPTS_FILE\n"


def test_rubrics_and_question_sets_are_checked_too(feeds: Path) -> None:
    """Ours are fine; every mistake in any of a folder's files is told with its place."""
    ours = {"RUBRICS_FOLDER": str(ROOT / "rubrics"), "MEETS_FILE": str(ROOT / "meets.yaml")}
    said = run(DISCORD_TOKEN="t0ken", **ours).stdout
    assert re.search(r"rubrics: 6 rubrics\. \S+meets\.yaml: \d+ question sets\. Settings are fine\.\n$", said)
    folder = feeds.with_name("rubrics")
    folder.mkdir()
    for kind in ("pitch", "letter"):
        text = (ROOT / "rubrics" / f"{kind}.yaml").read_text()
        (folder / f"{kind}.yaml").write_text(text.replace("version: 1", "version: one", 1))
    result = run(DISCORD_TOKEN="t0ken")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 2 and all(LINE.fullmatch(line) for line in lines)
    assert [line.split(":")[0] for line in lines] == ["rubrics/letter.yaml", "rubrics/pitch.yaml"]
    for name in ours:
        assert f"with {name}\n" in run(DISCORD_TOKEN="t0ken", **{name: "none"}).stdout


def test_a_missing_token_is_only_a_note(feeds: Path) -> None:
    """It is told beside the result, on stderr, and changes nothing about it."""
    result = run()
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert result.stderr.startswith("Note: DISCORD_TOKEN is not set.")


def test_every_mistake_is_a_line_of_its_own_and_nothing_else_is_printed(feeds: Path) -> None:
    """The file's mistakes in its order, then those of the environment, all as FILE:LINE:COLUMN: words."""
    feeds.write_text(GOOD + "  - {id: a, nmae: C, url: nowhere}\n")
    result = run(LOG_LEVEL="loud", DISCORD_API_BASE="https://evil.example/api/v10")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in lines] == [
        "feeds.yaml:5:5",
        "feeds.yaml:5:10",
        "feeds.yaml:5:13",
        "feeds.yaml:5:27",
        "environment:1:1",
        "environment:1:1",
    ]
    assert all(LINE.fullmatch(line) for line in lines)
    assert lines[2] == "feeds.yaml:5:13: unknown key “nmae”; did you mean name?"
    assert lines[5] == "environment:1:1: LOG_LEVEL: must be one of DEBUG, INFO, WARNING or ERROR"


def test_a_wrong_setting_alone_is_a_mistake(feeds: Path) -> None:
    """A good file does not make up for it."""
    result = run(DATABASE_URL="mysql://u:hunter2@h/db")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
    assert result.stdout.startswith("environment:1:1: DATABASE_URL: ") and "hunter2" not in result.stdout


def test_the_file_is_the_argument_else_feeds_file_else_feeds_yaml(feeds: Path) -> None:
    """In this order; the name in the lines is the name that was given."""
    feeds.rename("other.yaml")
    assert run("other.yaml", FEEDS_FILE="wrong.yaml").stdout.startswith("other.yaml: 2 feeds")
    assert run(FEEDS_FILE="other.yaml").stdout.startswith("other.yaml: 2 feeds")
    missing = run()
    assert missing.exit_code == 1
    assert missing.stdout == "feeds.yaml:1:1: there is no such file; name another with FEEDS_FILE\n"


def test_long_lines_are_not_wrapped(feeds: Path) -> None:
    """A line is a mistake, however narrow the terminal: scripts read them."""
    feeds.write_text("feeds:\n  - {id: a, name: A, url: 'https://a.example/', parser: zzzzzz}\n")
    assert len(run(COLUMNS="40").stdout.splitlines()) == 1
