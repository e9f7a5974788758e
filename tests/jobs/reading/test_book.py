"""The feed book: what it holds, and that each mistake is told with its place, all of them at once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.reading.book import BookError, Mistake, open_book, read_book
from bot.ports import FeedSpec, FirstRun

ROOT = Path(__file__).resolve().parents[3]
DESIGN = ROOT / "../shared/design/feeds.example.yaml"

FEED = """\
version: 1
feeds:
  - id: board
    name: Board
    url: "https://board.example/jobs.rss"
"""


def mistakes(text: str) -> list[Mistake]:
    with pytest.raises(BookError) as error:
        read_book(text, "feeds.yaml")
    return error.value.mistakes


def mistake_in(line: str) -> Mistake:
    """The one mistake of FEED with this line added to its feed, which is line 6, its key in column 5."""
    [mistake] = mistakes(f"{FEED}    {line}\n")
    return mistake


def test_the_projects_own_book() -> None:
    """29 feeds, eight boards on, and the facts that the code depends on."""
    feeds = {feed.id: feed for feed in open_book(ROOT / "feeds.yaml")}
    on = [feed.id for feed in feeds.values() if feed.enabled]
    assert len(feeds) == 29
    assert on == ["wwr", "remotive", "remoteok", "jobicy", "himalayas", "workingnomads", "rwfa", "hn"]
    assert feeds["remotive"] == FeedSpec(
        id="remotive",
        name="Remotive",
        url="https://remotive.com/api/remote-jobs",
        parser="remotive",
        poll_minutes=360,
        attribution="via Remotive",
        list="full",
        delay_h=24,
    )
    assert feeds["remoteok"].strip == ("remoteok_antispam", "mojibake")
    assert feeds["himalayas"].require_filter
    assert (feeds["rwfa"].parser, feeds["rwfa"].assume_region) == ("generic", "WORLD")
    assert (feeds["pythonorg"].date, feeds["pythonorg"].remote_only) == ("first_seen", "filter")


@pytest.mark.skipif(
    not DESIGN.exists(), reason="../shared absent: the design's feeds.example.yaml is not there"
)
def test_the_projects_book_says_what_the_design_says() -> None:
    """The design's feeds with the same ids, addresses, parsers and flags; what was added since is off."""
    ours, theirs = set(open_book(ROOT / "feeds.yaml")), set(open_book(DESIGN))
    assert theirs < ours
    assert not any(feed.enabled for feed in ours - theirs)


def test_an_entry_needs_little() -> None:
    """Id, name and address are enough; the rest are FeedSpec's defaults and "via NAME"."""
    spec = FeedSpec(id="board", name="Board", url="https://board.example/jobs.rss", attribution="via Board")
    assert read_book(FEED, "feeds.yaml") == (spec,)
    assert read_book("feeds: []", "feeds.yaml") == ()


def test_an_entry_stands_over_the_defaults_key_by_key() -> None:
    """Also within first_run: what the entry leaves out comes from the defaults, then from FeedSpec."""
    defaults = "defaults: {poll_minutes: 30, timeout_s: 5, first_run: {max_age_days: 9}}\n"
    [feed] = read_book(f"{FEED}    poll_minutes: 90\n    first_run: {{newest: 1}}\n{defaults}", "feeds.yaml")
    assert (feed.poll_minutes, feed.timeout_s, feed.jitter_pct) == (90, 5, 20)
    assert feed.first_run == FirstRun(newest=1, max_age_days=9)


def test_the_readers_own_user_agent_can_be_written_out() -> None:
    """The words of the design mean what the fetcher says by itself; other words are sent as they are."""
    own, other = 'user_agent: "{bot_name}/{version} (+{contact_url})"', "user_agent: Finder/2"
    assert read_book(f"{FEED}    {own}\n", "feeds.yaml") == read_book(FEED, "feeds.yaml")
    assert read_book(f"{FEED}    {other}\n", "feeds.yaml")[0].user_agent == "Finder/2"


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("pol_minutes: 60", 5, "unknown key “pol_minutes”; did you mean poll_minutes?"),
        ("colour: red", 5, "unknown key “colour”; remove it"),
        ("<<: {a: b}", 5, "unknown key “<<”; remove it"),
        ("first_run: {newst: 3}", 17, "unknown key “newst”; did you mean newest?"),
        ("name: Again", 5, "key “name” stands twice, first in line 4; remove one"),
        ("poll_minutes: '60'", 19, "poll_minutes must be a whole number, not “60”; for example 60"),
        ("poll_minutes: 1.5", 19, "poll_minutes must be a whole number, not 1.5; for example 60"),
        ("poll_minutes: yes", 19, "poll_minutes must be a whole number, not true; for example 60"),
        ("poll_minutes: 0", 19, "poll_minutes must be at least 1, not 0; for example 60"),
        ("poll_minutes: 99999", 19, "poll_minutes must be at most 10,080, not 99999; for example 60"),
        ("timeout_s: .inf", 16, "timeout_s must be at most 120, not inf; for example 20"),
        ("max_bytes: -1", 16, "max_bytes must be at least 1,000, not -1; for example 5000000"),
        ("enabled: perhaps", 14, "enabled must be true or false, not “perhaps”; for example true"),
        ("enabled:", 13, "enabled is empty; write a value, or remove the key"),
        ("attribution: no", 18, "attribution must be text, not false; put it in quotes"),
        (
            "first_run: mark_seen",
            16,
            "first_run must be a group of keys and values, not “mark_seen”; see feeds.yaml",
        ),
        ("strip: mojibake", 12, "strip must be a list such as [mojibake], not “mojibake”; see feeds.yaml"),
        (
            "strip: [mojibake, mojibak]",
            23,
            "strip must be remoteok_antispam or mojibake, not “mojibak”; did you mean mojibake?",
        ),
        ("parser: wrw", 13, "parser is not known: “wrw”; did you mean wwr?"),
        ("parser: himalaya", 13, "parser is not known: “himalaya”; did you mean himalayas or himalayas_api?"),
        ("list: windw", 11, "list must be full or window, not “windw”; did you mean window?"),
        ("list: 7", 11, "list must be full or window, not 7; write list: full or window"),
        ("assume_region: EMA", 20, "assume_region is not known: “EMA”; did you mean EMEA or EEA?"),
        ("checked: 2026-02-31", 14, "“2026-02-31” cannot be read; correct it, or put it in quotes"),
        ("checked: lately", 14, "checked must be a date such as 2026-10-06, not “lately”; see feeds.yaml"),
        (
            "terms_url: ftp://x.example",
            16,
            "terms_url is not a web address; write https://host/path, in quotes",
        ),
        (
            'user_agent: "Oütpost"',
            17,
            "user_agent must be 1 to 200 plain ASCII characters, for example Outpost",
        ),
        (
            'user_agent: "{name}/1"',
            17,
            "user_agent holds a brace; write {bot_name}/{version} (+{contact_url}) as it stands here, or plain words",
        ),
        ("note: !!python/name:os.system x", 11, "“x” cannot be read; correct it, or put it in quotes"),
        ("[a, b]: c", 5, "a key must be one word; see the comments of feeds.yaml"),
    ],
)
def test_each_mistake_has_its_place_and_a_way_out(line: str, column: int, words: str) -> None:
    """Columns count from 1: a value's own beginning, or the key's when the key is what is wrong."""
    assert mistake_in(line) == (6, column, words)


def test_an_unknown_parser_that_is_like_none_lists_them_all() -> None:
    """Somebody who cannot guess sees the whole choice."""
    words = mistake_in("parser: zzzzzz").words
    assert words.startswith("parser is not known: “zzzzzz”; use ") and "workingnomads" in words


@pytest.mark.parametrize(
    "url",
    [
        *("", "board.example", "ftp://board.example/", "https://", "https:///x", "https://board.example/a b"),
        *("https://board.example:0/", "https://board.example:x/", "https://[::1/", "javascript:alert(1)"),
        "https://board.example/" + "x" * 2048,
    ],
)
def test_an_address_must_be_one(url: str) -> None:
    """http or https, a host, a possible port, nothing that must be quoted, at most 2,048 characters."""
    words = "url is not a web address; write https://host/path, in quotes"
    assert mistakes(FEED.replace("https://board.example/jobs.rss", url)) == [(5, 10, words)]


def test_an_address_holds_no_password() -> None:
    """It would be shown in lists of feeds and in logs."""
    [mistake] = mistakes(FEED.replace("board.example/", "me:hunter2@board.example/"))
    assert mistake[:2] == (5, 10) and "password" in mistake.words and "hunter2" not in mistake.words


def test_ids_and_addresses_are_taken_once() -> None:
    """The later one is the mistake; an address is the same in capitals, with a fragment, or without its slash."""
    text = (
        FEED
        + "  - {id: board, name: B, url: https://other.example}\n  - {id: c, name: C, url: HTTPS://Other.example/#x}\n"
    )
    assert mistakes(text) == [
        (6, 10, "id “board” is taken by the feed in line 3; choose another"),
        (7, 27, "url “HTTPS://Other.example/#x” is taken by the feed in line 6; remove one of the two"),
    ]


def test_what_is_missing_is_told_where_its_entry_begins() -> None:
    """All that is missing in an entry, not only the first of it."""
    assert mistakes("feeds:\n  - enabled: true\n") == [
        (2, 5, "id is missing here; add id: my-board"),
        (2, 5, "name is missing here; add name: My Board"),
        (2, 5, 'url is missing here; add url: "https://example.org/jobs.rss"'),
    ]
    assert mistakes("version: 1\n") == [(1, 1, "feeds is missing here; add feeds: and a list below it")]


def test_defaults_hold_only_what_can_be_one() -> None:
    """A key of a feed under defaults is told as such, any other as unknown."""
    assert mistakes(FEED + "defaults: {url: https://x.example, timeout: 3}\n") == [
        (6, 12, "url cannot be a default; write it in the entries of the feeds that need it"),
        (6, 36, "unknown key “timeout”; did you mean timeout_s?"),
    ]


def test_all_mistakes_come_at_once_in_the_order_of_the_file() -> None:
    """Shape, duplicate keys, duplicate ids and unreadable values together; accents count as one column each."""
    text = (
        "version: 2\n"
        "feeds:\n"
        "  - {id: a, name: Ünïcödé, url: nowhere}\n"
        "  - hello\n"
        "  - id: a\n"
        "    id: b\n"
        "    name: [x]\n"
        "    url: https://b.example\n"
        "    checked: 2026-13-01\n"
    )
    assert [mistake[:2] for mistake in mistakes(text)] == [
        (1, 10),
        (3, 33),
        (4, 5),
        (5, 9),
        (6, 5),
        (7, 11),
        (9, 14),
    ]


def test_mistakes_are_lines_that_editors_can_jump_to() -> None:
    """FILE:LINE:COLUMN: words, as the whole text of the error."""
    with pytest.raises(BookError) as error:
        read_book(FEED + "    list: 7\n    pasrer: wwr\n", "some/feeds.yaml")
    assert str(error.value).splitlines() == error.value.lines()
    assert error.value.lines() == [
        "some/feeds.yaml:6:11: list must be full or window, not 7; write list: full or window",
        "some/feeds.yaml:7:5: unknown key “pasrer”; did you mean parser?",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("# nothing but a comment\n", 1, 1),
        ("feeds: [", 1, 9),
        ("feeds: {a: 1\n\n", 1, 8),
        ('feeds:\n  - id: "x\n  - id: y\n', 2, 9),
        ("feeds: [a, b\nx: 1\n", 2, 2),
        ("feeds: a: b", 1, 9),
        ("feeds:\n\t- id: x", 2, 1),
        ("feeds:\n  - id: x\n   name: y", 3, 4),
        ("feeds: []\n---\nfeeds: []", 2, 1),
        ("feeds: *nobody", 1, 8),
        ("feeds: ü\x07", 1, 9),
        ("feeds: " + "[" * 100_000, 1, 27),
        ("- 1", 1, 1),
        ("just words", 1, 1),
        ("feeds:", 1, 7),
        ("feeds: &a\n  - *a", 1, 8),
    ],
)
def test_broken_yaml_is_one_mistake_at_its_place(text: str, line: int, column: int) -> None:
    """What has no tree, or the wrong one, is told once; nesting that would end the process is refused before."""
    [mistake] = mistakes(text)
    assert mistake[:2] == (line, column) and len(mistake.words) > 20


@given(st.text(max_size=60) | st.text("feds:-[]{}&*!|>'\"#%@`,? \n\t0ax", max_size=60))
def test_any_text_is_a_book_or_a_list_of_mistakes(text: str) -> None:
    """Whatever stands in the file, nothing but BookError comes out, and its places are places."""
    try:
        read_book(text, "feeds.yaml")
    except BookError as error:
        assert error.mistakes
        assert all(mistake.line >= 1 and mistake.column >= 1 for mistake in error.mistakes)


def test_what_is_never_closed_is_told_where_it_began() -> None:
    """A quote that runs to the end of the file is told at the quote, a bracket with the line that opened it."""
    [quote] = mistakes('feeds:\n  - id: "x\n    name: y\n')
    assert "begins here; close it" in quote.words
    [bracket] = mistakes("feeds: [a, b\nx: 1\n")
    assert "that began in line 1" in bracket.words


def test_files_that_cannot_be_read_are_mistakes_too(tmp_path: Path) -> None:
    """No file, a folder, another encoding: told in the same form, with the place where it can be named."""
    for path, body, place in (
        (tmp_path / "none.yaml", None, (1, 1)),
        (tmp_path, None, (1, 1)),
        (tmp_path / "latin.yaml", "version: 1\n# é\n".encode("latin-1"), (2, 3)),
    ):
        if body is not None:
            path.write_bytes(body)
        with pytest.raises(BookError) as error:
            open_book(path)
        [mistake] = error.value.mistakes
        assert (error.value.file, mistake[:2]) == (str(path), place)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """Editors on Windows write one."""
    (tmp_path / "feeds.yaml").write_bytes(b"\xef\xbb\xbf" + FEED.encode())
    assert len(open_book(tmp_path / "feeds.yaml")) == 1
