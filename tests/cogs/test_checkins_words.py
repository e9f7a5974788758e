"""What is said about check-ins: every sentence is in one catalogue, none is on the never list, and what is said in
public knows nothing of attendance, streaks, lateness or mood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml

import cogs.checkins
from bot.checkins import messages
from cogs.checkins import words
from cogs.checkins.words.refusals import REFUSALS
from tests.cogs import canned_checkins
from tests.cogs.canned import KINDS, delivered
from tests.cogs.said import (
    TWO_WORDS,
    Raised,
    Said,
    custom_ids,
    must_answer,
    raised,
    strings,
    too_long,
    without_words,
)
from tests.cogs.test_cards import texts
from tests.cogs.test_refusals import PUBLIC
from tests.end_to_end.town import Town

ROOT = Path(__file__).resolve().parents[2]
HERE, CATALOGUE = Path(cogs.checkins.__file__).parent, Path(words.__file__).parent
PROMPTS, EXPORTS = ROOT / "prompts.yaml", ROOT / "bot" / "checkins" / "exports.py"

# What no sentence may say → why (design/checkins.md, Never; research/checkins.md 4 and 5.9).
NEVER: dict[str, str] = {
    r"\b(miss|missed|misses|missing|absent|absence|absentees?|no-shows?)\b": "it names or counts who was away",
    r"\b(fail|fails|failed|failing|failure)\b": "nobody fails at a check-in",
    r"\b((are|is|be|fall\w*|fell|lag\w*|left) behind(?! it)|overdue|too late)\b": "late is fine",
    r"\b(lose|lost|losing|broke|broken|breaks?|ended|reset|gone)\b.{0,30}\bstreaks?\b": "a streak's end is not told",
    r"\bstreaks?\b.{0,30}\b(lose|lost|broke|broken|breaks?|ended|reset|over|gone)\b": "a streak's end is not told",
    r"\b(haven['’]t|have not|hasn['’]t|has not|didn['’]t|did not|forgot|forgotten)\b": "it reproaches",
    r"\b(should have|shouldn['’]t|ought to|you should|you must|you have to)\b": "it orders, or reproaches",
    r"\b(lazy|lazi|sham(e|ing|ed)|guilt|guilty|excuses?|slack|slacking|blame|punish\w*|penalt\w+)": "it shames",
    r"\b(disappoint\w*|unfortunately|sadly|sorry)\b": "there is nothing to be sorry about",
    r"\b(only|just|merely|as few as) (\d+|\{\})": "it makes a number small",
    r"\bat least (\d+|\{\}|\w+) (job )?applications?\b": "applications are no measure",
    r"\b(more|fewer|less|better|worse) than (others|most|average|the average|anybody|everybody)\b": "it compares",
    r"\b(rank|ranks|ranked|ranking|leader ?boards?|top \d+|top of|best|worst|winners?|losers?|score)\b": "it ranks",
    r"@(everyone|here)\b": "it pings everybody",
    r"\b(guarantee\w*|get you hired|get hired|land (a|the|your) job|find you a job|dream job)\b": "it promises a job",
    r"\byou will (get|find|land|be hired)\b": "it promises a job",
    r"\b(hurry|last chance|final reminder|act now|urgent\w*|running out|do(n['’]t| not) forget)\b": "it hurries",
    r"!": "it shouts",
}

# Sentences that have such a word and mean another thing → why they may.
ALLOWED: dict[str, str] = {
    "Which line of your resume do you like best, and why?": "it ranks nobody",
}

BITES = (
    "You missed week 47.",
    "Absent this week: Ana, Bob.",
    "3 members are missing.",
    "You failed to check in.",
    "You are behind.",
    "It is too late for this week.",
    "Your streak is over.",
    "You lost your streak of 9 weeks.",
    "You haven't checked in.",
    "You did not reach your goals.",
    "You forgot your check-in.",
    "You should have planned less.",
    "You must check in by Sunday.",
    "No excuses this week.",
    "Shame on nobody.",
    "Sadly the week is done.",
    "Only 2 applications this week.",
    "Send at least 5 applications.",
    "You did better than most.",
    "This week's ranking",
    "Your best week",
    "@everyone, check in.",
    "We guarantee interviews.",
    "Check in and get hired.",
    "You will find work sooner.",
    "Hurry, the week ends.",
    "Last chance to check in.",
    "Don't forget your plan.",
    "Well done!",
)


def every_sentence() -> list[Said]:
    """The catalogue, the headings of exported columns, and what prompts.yaml asks."""
    asked = [Said(PROMPTS.name, text) for text in _leaves(yaml.safe_load(PROMPTS.read_text("utf-8")))]
    return [said for file in (*sorted(CATALOGUE.glob("*.py")), EXPORTS) for said in strings(file)] + asked


def _leaves(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (text for one in value.values() for text in _leaves(one))
        case list():
            yield from (text for one in value for text in _leaves(one))


def bitten(text: str) -> list[str]:
    """Why this may not be said; nothing when it may."""
    if text in ALLOWED:
        return []
    return [why for pattern, why in NEVER.items() if re.search(pattern, text, re.IGNORECASE | re.DOTALL)]


# -- tone ----------------------------------------------------------------------------------------


def test_nothing_of_the_never_list_is_said() -> None:
    """No sentence of the catalogue or of prompts.yaml shames, ranks, hurries, promises, or counts who was away."""
    every = every_sentence()
    assert len(every) > 300
    assert [(said, why) for said in every if (why := bitten(said.text))] == []


def test_the_never_list_bites() -> None:
    """Each bad sample is refused, and each pattern refuses one."""
    assert [sample for sample in BITES if not bitten(sample)] == []
    unused = [one for one in NEVER if not any(re.search(one, sample, re.IGNORECASE) for sample in BITES)]
    assert unused == []


def test_each_exception_is_used() -> None:
    """What is allowed all the same is really said, and would not be otherwise."""
    said = {one.text for one in every_sentence()}
    assert set(ALLOWED) <= said
    for text in ALLOWED:
        assert any(re.search(pattern, text, re.IGNORECASE) for pattern in NEVER)


def test_sentences_are_short() -> None:
    """Fewer than 20 words each."""
    assert too_long(every_sentence()) == []


# -- one catalogue -------------------------------------------------------------------------------


_COMMAND = re.compile(r"(checkin|cohort) [a-z]+")


def test_every_sentence_is_in_the_catalogue() -> None:
    """No other file of this subject holds a string of two words or more, but for a command's name."""
    files = list(HERE.glob("*.py"))
    assert len(files) > 5
    found = [said for file in files for said in strings(file) if TWO_WORDS.search(said.text)]
    assert [said for said in found if not _COMMAND.fullmatch(said.text)] == []


# -- what is public ------------------------------------------------------------------------------

SAID_IN_PUBLIC = {messages.OPENER, messages.CARD, messages.DIGEST}
IN_A_POD = {messages.POD_HELLO, messages.POD_CARD, messages.POD_WORD}

# All that a message which several people read may know. Whoever adds a field adds it here, and looks twice.
KNOWN: dict[str, set[str]] = {
    "Opener": {"guild_id", "group_id", "cycle_id", "group", "week", "digest_at", "final_at", "starter"}
    | {"longer", "holiday"},
    "Card": {
        "guild_id",
        "group_id",
        "cycle_id",
        "week_id",
        "author_id",
        "name",
        "week",
        "reviewed",
        "learned",
    }
    | {"goals", "if_then", "question", "answer", "ideas", "gone"},
    "Digest": {"guild_id", "group_id", "cycle_id", "group", "week", "checkins", "finished", "goes_on", "wins"}
    | {"wanted", "still_open", "final_at"},
    "Line": {"week_id", "author_id", "name", "text"},
    "Goal": {"text", "done"},
    "PodHello": {"guild_id", "group_id", "pod_id", "name", "group", "members"},
    "PodWord": {"guild_id", "pod_id", "what", "member_id", "name"},
}
_PRIVATE = re.compile(
    r"state|attend|streak|freeze|late|miss|absen|pending|excus|submitted|edited|due|paus|\bill\b|mood|going|remind|thank|join"
)


def _inside(kind: type) -> Iterator[type]:
    """This dataclass and all that its values may be."""
    yield kind
    for hint in get_type_hints(kind).values():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and is_dataclass(part):
                yield from _inside(part)


def test_every_public_message_is_listed() -> None:
    """An opener, a card and a digest: nothing else about check-ins goes to a channel."""
    assert {name for name in PUBLIC if name.startswith("checkin_")} == SAID_IN_PUBLIC
    assert set(cogs.checkins.KINDS) <= set(KINDS)


@pytest.mark.parametrize("kind", sorted(SAID_IN_PUBLIC | IN_A_POD))
def test_what_several_people_read_knows_nothing_of_attendance(kind: str) -> None:
    """Its fields are the agreed ones; none is about attendance, a streak, lateness or mood."""
    for value in _inside(KINDS[kind].value):
        names = {field.name for field in fields(value)}
        assert names == KNOWN[value.__name__]
        assert [name for name in names if _PRIVATE.search(name)] == []


async def test_what_several_people_read_says_nothing_of_it() -> None:
    """The never list holds for the messages themselves, with plain words in them."""
    for kind in sorted(SAID_IN_PUBLIC | IN_A_POD):
        for variant, value in canned_checkins.DELIVERIES[kind].items():
            if "hostile" not in variant:
                assert [text for text in texts(delivered(kind, value)) if bitten(text)] == []


async def test_a_public_message_names_no_members_moment() -> None:
    """A `<t:…>` mark is one instant, and each member's week ends at another: only the digest's own is said."""
    for kind in sorted(SAID_IN_PUBLIC):
        for value in canned_checkins.DELIVERIES[kind].values():
            shown = "\n".join(texts(delivered(kind, value)))
            said = {int(found) for found in re.findall(r"(?<!\\)<t:(\d+)", shown)}
            assert said <= {int(canned_checkins.DIGEST_AT.timestamp())}


async def test_a_discreet_letter_says_nothing() -> None:
    """Without the open door a direct message names neither group nor subject, on its buttons neither."""
    for kind in (messages.REMINDER, messages.DRIFT, messages.HELP_OFFERED):
        view = delivered(kind, canned_checkins.DELIVERIES[kind]["discreet"])
        labels = {getattr(item, "label", "") for item in view.walk_children()} - {""}
        assert list(texts(view)) == ["Something in Remote Work Hub is waiting for you."]
        assert labels == {"Show it", "Stop these messages"}


# -- refusals and buttons ------------------------------------------------------------------------


def every_refusal() -> list[Raised]:
    return raised(ROOT / "bot" / "checkins", HERE)


def test_every_refusal_has_words() -> None:
    """Each reason that is raised has a sentence, which takes exactly the facts that come with it."""
    every = every_refusal()
    assert len(every) > 10
    assert without_words(every) == []


def test_every_refusal_with_words_is_raised() -> None:
    """The catalogue has no refusal that nothing raises."""
    assert set(REFUSALS) - {one.reason for one in every_refusal()} == set()


@pytest.mark.wire
async def test_every_button_is_answered(town: Town) -> None:
    """Whatever stands under a message about check-ins has a handler, which takes what its id carries."""
    every = canned_checkins.DELIVERIES.items()
    ids = custom_ids(delivered(kind, value) for kind, variants in every for value in variants.values())
    assert len(ids) > 8
    must_answer(town, ids)
