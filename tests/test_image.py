"""The image: two stages, not root, and it starts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
TAG = "outpost-test"
BUILD_LIMIT_S = 15 * 60


def engine() -> bool:
    """Whether a Docker engine answers."""
    if shutil.which("docker") is None:
        return False
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=20).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@pytest.fixture(scope="module")
def image() -> Iterator[str]:
    if not engine():
        pytest.skip("Docker absent: the image was not built")
    ran = subprocess.run(
        ["docker", "build", "-t", TAG, "."], cwd=ROOT, capture_output=True, text=True, timeout=BUILD_LIMIT_S
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    yield TAG
    subprocess.run(["docker", "image", "rm", "-f", TAG], capture_output=True)


def in_image(image: str, *command: str, entrypoint: str = "outpost") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["docker", "run", "--rm", "--network=none", "--entrypoint", entrypoint, image, *command],
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_image_is_built_and_starts(image: str) -> None:
    """The program answers inside the image, finds its feed book, and migrates a database it may write."""
    assert in_image(image, "--help").returncode == 0
    assert in_image(image, "check").returncode == 0
    assert in_image(image, "migrate").returncode == 0


def test_the_image_without_a_token_says_what_to_do(image: str) -> None:
    """Started without a token it ends with 2 and names the variable."""
    ran = in_image(image, "run")
    assert ran.returncode == 2
    assert "DISCORD_TOKEN" in ran.stdout + ran.stderr


def test_the_image_is_not_root(image: str) -> None:
    """The bot runs as a user of its own."""
    assert in_image(image, "-u", entrypoint="id").stdout.strip() == "10001"


def test_the_recipe_without_an_engine() -> None:
    """What can be seen without building: two stages by tag, the locked packages, a user that is not root."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert len(bases) == 2
    assert all(":" in base and not base.endswith(":latest") for base in bases)
    assert any("--require-hashes -r" in line for line in lines)
    assert [line.split()[1] for line in lines if line.startswith("USER ")][-1] == "outpost"


def test_what_the_image_needs_is_sent_to_it() -> None:
    """.dockerignore lets in everything the build copies or installs, and the wheel's packages."""
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {
        "bot",
        "cogs",
        "sandbox",
        "migrations",
        "feeds.yaml",
        "resources.yaml",
        "prompts.yaml",
        "rubrics",
        "meets.yaml",
        "requirements.lock",
    } <= allowed
    assert [name for name in sorted(allowed) if not (ROOT / name).exists()] == []


def test_compose_waits_for_the_database() -> None:
    """The bot starts when PostgreSQL is healthy; no secret stands in the file."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert services["bot"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "healthcheck" in services["database"]
    assert services["bot"]["environment"]["DISCORD_TOKEN"].startswith("${DISCORD_TOKEN:?")
