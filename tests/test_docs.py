"""The documents name what there is, and nothing that isn't."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import discord
import pytest
from discord.ext import commands

from bot.cli.verbs import VERBS
from bot.moderation.permissions import NEEDED
from bot.settings import ENVIRONMENT, Settings
from cogs.checkins.cohort import Cohort
from cogs.checkins.commands import Checkins
from cogs.help.commands import Help
from cogs.jobs.commands import Jobs
from cogs.jobs.feeds import Feeds
from cogs.meets.commands import Meet
from cogs.moderation.commands import Moderation
from cogs.people.me import Me
from cogs.people.report import Reports
from cogs.people.start_command import Start
from cogs.resources.commands import Resources
from cogs.reviews.commands import Reviews
from cogs.reviews.rounds import Rounds

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
COGS: tuple[type[commands.Cog], ...] = (
    *(Jobs, Feeds, Checkins, Cohort, Reviews, Rounds, Moderation),
    *(Start, Me, Meet, Reports, Resources, Help),
)
SLASH_COMMANDS = {
    f"/{cog.__cog_group_name__} {command.name}" if issubclass(cog, commands.GroupCog) else f"/{command.name}"
    for cog in COGS
    for command in cog.__cog_app_commands__
}
GROUPS = "|".join(str(cog.__cog_group_name__) for cog in COGS if issubclass(cog, commands.GroupCog))
NOT_SETTINGS = {"POSTGRES_PASSWORD", "APPLICATION_ID"}  # of compose.yaml, and to be filled in
NOT_FILES = {"discord.py"}
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def files() -> Iterator[Path]:
    """Every file of the project as git sees it: kept, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    yield from (file for name in listed.splitlines() if (file := ROOT / name).is_file())


def test_readme_begins_with_the_two_commands() -> None:
    """The first thing to read is how to see it and how to check it."""
    code = README.split("```")[1].split("\n")
    assert [line.split("#")[0].strip() for line in code if line] == ["make demo", "make test"]


def test_every_setting_is_in_the_readme() -> None:
    """The table of settings is whole, has nothing else, and its defaults are the program's."""
    table = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", README, re.MULTILINE))
    assert set(table) == set(ENVIRONMENT)
    defaults = Settings()
    for name, shown in table.items():
        if shown.startswith("`"):
            default = getattr(defaults, ENVIRONMENT[name])
            assert shown.strip("` ") == {False: "no", True: "yes"}.get(default, str(default)), name


def test_every_target_is_in_the_readme() -> None:
    """What `make` can do stands in the README."""
    targets = re.findall(r"^([a-z]+): +##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert len(targets) > 5
    assert [name for name in targets if name != "help" and f"make {name}" not in README] == []


def test_every_verb_is_in_the_readme() -> None:
    """The table of commands holds each verb of `outpost`, and no other."""
    assert set(re.findall(r"^\| `outpost ([a-z]+)", README, re.MULTILINE)) == set(VERBS)


def test_every_slash_command_is_in_the_readme() -> None:
    """What people can type stands in the README, and nothing more does."""
    listed = "\n".join(re.findall(r"^- `/.+", README, re.MULTILINE))
    assert set(re.findall(r"`(/[a-z]+(?: [a-z]+)?)", listed)) == SLASH_COMMANDS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file of the project finds it."""
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_exists(page: Path) -> None:
    """Verbs of `outpost`, targets of `make`, modules to start, slash commands, settings and files of the project."""
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", page.read_text(), re.DOTALL))
    assert set(re.findall(r"(?:[`/]|^)outpost ([a-z]+)\b", code, re.MULTILINE)) <= set(VERBS)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", code, re.MULTILINE)) <= targets
    modules = set(re.findall(r"python -m ([a-z.]+)", code))
    assert [one for one in modules if not (ROOT / one.replace(".", "/") / "__main__.py").exists()] == []
    assert set(re.findall(rf"(?<=[`\s])/(?:{GROUPS}) [a-z]+\b", code)) <= SLASH_COMMANDS
    assert set(re.findall(r'(?<![\w."])[A-Z]+_[A-Z_]+(?![\w"])', code)) <= set(ENVIRONMENT) | NOT_SETTINGS
    named = set(re.findall(r"`([\w./-]+(?:\.(?:py|yaml|md|toml|lock|svg|html)|/))`", page.read_text()))
    assert {
        name for name in named if not any((at / name).exists() for at in (ROOT, page.parent))
    } <= NOT_FILES


@pytest.mark.parametrize(
    "name",
    [
        "README",
        "checkins",
        "comparison",
        "facts",
        "feeds",
        "filters",
        "jobs",
        "meets",
        "my-list",
        "operating",
        "people",
        "privacy",
        "reviews",
        "rubrics",
        "safety",
        "sandbox",
        "sandbox-limits",
    ],
)
def test_sentences_are_short(name: str) -> None:
    """Pages for people: every sentence has less than 20 words."""
    text = re.sub(r"```.*?```", "", (ROOT / "docs" / f"{name}.md").read_text(), flags=re.DOTALL)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    blocks = re.split(r"\n\n|\n(?=[-|#] ?|\d+\. )|(?<=[^|])\|(?=[^|])", text)
    sentences = [one for block in blocks for one in re.split(r"(?<=[.:;?!])\*{0,2}\s", block)]
    assert [one for one in sentences if len(re.findall(r"[\w`’'-]+", one)) >= 20] == []


def test_every_page_is_in_the_index() -> None:
    """docs/README.md leads to each page, and the README leads there."""
    index = (ROOT / "docs" / "README.md").read_text()
    pages = [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "README.md"]
    assert [name for name in pages if f"({name})" not in index] == []
    assert "(docs/README.md)" in README


def test_every_library_has_its_page() -> None:
    """Each direct dependency is explained in docs/decisions, and each page is in the index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        *project["project"]["dependencies"],
        *(one for extra in project["project"]["optional-dependencies"].values() for one in extra),
        *project["dependency-groups"]["dev"],
    ]
    names = {re.split(r"[\[<>=]", one)[0].lower() for one in wanted}
    pages = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    explained = {
        name for page in pages for name in re.findall(r"`([^`]+)`", page.read_text().split("**Context.**")[0])
    }
    assert explained == names
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    assert [page.name for page in pages if f"({page.name})" not in index] == []


def test_the_invite_asks_for_what_is_needed() -> None:
    """The permissions integer of the first login is the sum of what the bot checks for, and nothing more."""
    page = (ROOT / "docs" / "first-login.md").read_text()
    needed = discord.Permissions(**dict.fromkeys(NEEDED, True)).value
    assert f"permissions={needed}`" in page
    assert f"**{needed}**" in page
    for name, (words, _) in NEEDED.items():
        assert f"| {words} | {discord.Permissions(**{name: True}).value} |" in page


# Put together here, so that this file doesn't name them either.
INDEX_HOSTS = ("pypi" + ".org", "files.python" + "hosted", "registry" + ".npmjs", "index" + "-url =")
THIS_MACHINE = ("/wo" + "rk/", "/ro" + "ot/", "/opt" + "/wheels", "/opt" + "/pypi")


@pytest.mark.parametrize("word", [*INDEX_HOSTS, *THIS_MACHINE])
def test_no_file_names_this_machine_or_a_package_index(word: str) -> None:
    """Where packages come from, and where somebody's checkout lies, is nobody else's business."""
    named = [file.relative_to(ROOT).as_posix() for file in files() if word.encode() in file.read_bytes()]
    assert named == []
