"""Every stored body of a real board is read, or refused in words. They lie outside the project and stay there."""

from pathlib import Path

import pytest

from bot.jobs.reading.boards import BOARDS
from bot.jobs.reading.parse import parse_body
from bot.ports import Reading, Trouble
from tests.jobs.reading.hosts import NOW

FEEDS = Path(__file__).resolve().parents[3] / "../shared/feeds"
BODIES = sorted(path.name for path in FEEDS.glob("*") if path.suffix in (".rss", ".xml", ".json"))

needs_shared = pytest.mark.skipif(not BODIES, reason="../shared absent: no real bodies to read")

# How the bodies of one board begin → its parser, and how many of its items in a hundred may be unreadable at most.
JSON_BOARDS = {
    "remotive": ("remotive", 0),
    "remoteok": ("remoteok", 0),
    "jobicy": ("jobicy", 0),
    "himalayas": ("himalayas_api", 0),
    "workingnomads": ("workingnomads", 0),
    "hn": ("hn", 20),
    "greenhouse": ("greenhouse", 0),
    "arbeitnow": ("arbeitnow", 0),
    "ashby": ("ashby", 0),
    "remotejobsorg": ("remotejobsorg", 0),
}

# The first finds threads; in the other every job is done in an office.
WITHOUT_OPENINGS = {"hn_search_2026-05.json", "arbeitnow_2026-08_lcarlini.json"}


def read(name: str, parser: str) -> Reading | Trouble:
    parsed = parse_body((FEEDS / name).read_bytes(), None, parser, (), NOW)
    return parsed if isinstance(parsed, Trouble) else parsed[0]


@needs_shared
@pytest.mark.parametrize("name", [name for name in BODIES if not name.endswith(".json")])
def test_every_feed_is_read_without_naming_its_board(name: str) -> None:
    """All RSS bodies give entries with the generic parser."""
    reading = read(name, "generic")
    assert isinstance(reading, Reading)
    assert reading.entries


@needs_shared
@pytest.mark.parametrize(
    "name", [name for name in BODIES if name.startswith("wwr_") and not name.endswith(".json")]
)
def test_we_work_remotely_is_taken_apart(name: str) -> None:
    """Every item has company, role, claim and date."""
    reading = read(name, "wwr")
    assert isinstance(reading, Reading)
    for entry in reading.entries:
        assert entry.company
        assert entry.title
        assert entry.place_claim
        assert entry.published


@needs_shared
@pytest.mark.parametrize("name", [name for name in BODIES if name.endswith(".json")])
def test_json_is_read_by_its_board_and_refused_by_all_others(name: str) -> None:
    """A board's own JSON gives entries; with every other parser, and of boards without one, it is a trouble."""
    own, unreadable_pct = JSON_BOARDS.get(name.partition("_")[0], ("", 0))
    for parser in sorted(BOARDS):
        result = read(name, parser)
        if parser != own:
            assert isinstance(result, Trouble)
            assert result.code == "unknown_shape"
            continue
        assert isinstance(result, Reading)
        total = len(result.entries) + result.unreadable
        assert 100 * result.unreadable <= unreadable_pct * total
        assert bool(result.entries) == (name not in WITHOUT_OPENINGS)


@needs_shared
@pytest.mark.parametrize("name", [name for name in BODIES if name.startswith("remoteok_")])
def test_remote_ok_tells_no_address(name: str) -> None:
    """No entry holds the sentence with the tag, nor the addresses that stand in the stored tags."""
    reading = read(name, "remoteok")
    assert isinstance(reading, Reading)
    for entry in reading.entries:
        assert "and tag R" not in repr(entry)
        assert "MTkyLjAuMi4x" not in repr(entry)
        assert "ROjox" not in repr(entry)
        assert "â\x80" not in entry.text
