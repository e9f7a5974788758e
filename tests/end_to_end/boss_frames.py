"""What one person's client was told, made comparable between two runs: the only place where anything is levelled.

Everything that is no rule below is compared byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from sandbox.log import Frame
from sandbox.model import Message, MessageFlag

# In JSON: a text, or an id as a number. No rule but _CHOICES looks farther.
_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"|(?<![\w.])\d{17,19}(?!\w)')
# Discord's ids count everything that happens in Discord, for everybody; they are told in order of appearance.
_SNOWFLAKE = re.compile(r"(?<![\w.])\d{17,19}(?!\w)")
# Random by design, so that phones forget an old form's text (`cogs.router.fresh`).
_FRESH = re.compile(r"(?<=/)[0-9a-f]{8}(?=$|\")")
# A delivery's nonce is a hash of why it exists, which may name a row's number, see _ROWS.
_NONCE = re.compile(r"(?<![\w-])[0-9A-Za-z]{22}(?![\w-])")
# Numbers of rows, which count over all servers that share the bot. Only a client's programmer reads them. They have
# less than eight digits here, so that none is taken for one of the random parts below.
_ROWS = re.compile(
    r"\b(jobs\.(?:discard|open|try|pause|resume|bring|stop|copy|preview|spared|whynot|alert|digest|search|notice)"
    r"(?:\.\w+)*/|jobs\.edit/|jobs\.share\.(?:post|decline)/"
    r"|jobs\.(?:saved(?:\.\w+)+|hired(?:\.\w+)*)/\d{17,19}/"  # behind "jobs.saved/" alone stands a page's
    r"|meet\.(?:accept|decline|show)/[^/\"]+/|me\.unguard/[^/\"]+/)(\d{1,7})(?=[/\"])"
)
# The same of a member's weeks: the check-ins of all groups of all servers are counted together.
_WEEKS = re.compile(
    r"\b(checkin\.(?:thank|help|helpers|gone)/|checkin\.fix\.edit/\d{17,19}/|cohort\.hide/\d{1,7}/"
    r"|checkin\.(?:edit|edited|sees|seen|delete|deleted|more|ask|asked|enough|pin|pinned|numbers|again|last|ticked)"
    r"/\d{17,19}/\d{1,7}/)(\d{1,7})(?=[/\"])"
)
# The same of what is read for others, of rounds and of meetings, which count over all servers, too.
_READ = re.compile(
    r"\b(review\.(?:accept|decline|return|task|board|items|mark|why|quote|quoted|first|firsted|send)/\d{17,19}/"
    r"|review\.(?:read|quotes|evidence|withdraw|withdrawn|again)/\d{17,19}/|review\.fill/\d{17,19}/v2\."
    r"|review\.(?:rate|rated)/\d{17,19}/|review\.gone/|rounds\.(?:publish|cancel|cancelled|veto)/"
    r"|meets\.(?:meeting|met|debrief|check|again|questions|set|stop|stopped)/\d{17,19}/)"
    r"(\d{1,7})(?:/(\d{1,7}))?(?=[/\"])"
)
_OF_REQUESTS = ("read", "quotes", "evidence", "withdraw", "withdrawn", "again", "fill", "rate", "rated")
# By which people know a thread or file of reviews and meetings: the number of its row, shuffled by our key.
_CODES = re.compile(
    r"\b(Reading |Pages |document-|pages-|Coffee |Interview |Partners |Mentoring )([0-9A-F]{8})\b"
)
# A message that is reported is marked with a hash of its words and its id, which is Discord's.
_MARKS = re.compile(r"\b(report\.form/\d+/\d+/\d+/)([0-9a-f]{12})(?=/)")
# A file that is looked at before it is handed in is found again by a random word.
_HELD = re.compile(r"(?<=/)[0-9a-f]{8}(?=/)")
_MENUS = {
    "checkin.offer": "week",
    "checkin.results.remove": "result",
}  # whose values are numbers of such rows
# Of the pages on which a subscription is made: the draft's, and the one of what it will take the place of, or 0.
_DRAFTS = re.compile(
    r"\b(jobs\.(?:save|draft|filter|form|rhythm|preset|weekday|hour|tag|settings|silent|publish|role|zone|own)"
    r"(?:\.\w+)*/)(\d{1,7})(?:/(\d{1,7}))?(?=[/\"])"
)
# When a feed is read again is jittered at random, so that boards are not asked by everybody at once.
_JITTERED = re.compile(r"(?<= · next <t:)\d+(?=:R>)")
# A case's number is drawn anew in each run, so that it counts nothing; so are these columns of an exported file.
_COUNTED = {"number", "case_number"}
_CASES = re.compile(r"\b([Cc]ase |case\.\w+/[^/\"]+/)(\d+)")
_CHOICES = re.compile(r'("label": "Case (case#\d+)", "value": ")\d+')  # of the menu of cases
# Where this machine serves the invented boards stands in a list of feeds.
_PORT = re.compile(r"(?<=http://127\.0\.0\.1):\d+")
# A size follows from the file, which is compared itself.
_LEFT_OUT = {"size", "token", "url", "proxy_url"}


@dataclass
class _Names:
    """Text → the number of its first appearance, one count for each sort of thing."""

    known: dict[str, dict[str, str]] = field(default_factory=dict)  # of each sort
    texts: dict[str, str] = field(default_factory=dict)  # what was levelled before, as most of it comes again

    def of(self, sort: str, text: str) -> str:
        known = self.known.setdefault(sort, {})
        return known.setdefault(text, f"{sort}#{len(known) + 1}")


def comparable(frames: Iterable[Frame], files: Mapping[str, bytes]) -> list[str]:
    """One line a frame, in the order in which they came; files: address → content of what was attached.

    What came in one moment to different places has no order: the outbox speaks in all of them at once. Nor have its
    edits in one place: they go by the hash of why each exists. And an answer that took the machine more than 1.5 s
    is announced first ("… is thinking"); that announcement is left out, and what fills it in counts as the answer.
    """
    names = _Names()
    heard = sorted(_answered(frames), key=lambda frame: (frame.at, _place(frame)))
    runs = groupby(heard, lambda frame: (frame.at, _place(frame)) if _is_edit(frame) else id(frame))
    ordered = (frame for _, run in runs for frame in sorted(run, key=_message))
    return [_levelled(names, frame, files) for frame in ordered]


def _is_edit(frame: Frame) -> bool:
    """Of a public message, by the outbox; an answer to somebody says to what."""
    body: Any = frame.body
    return frame.what == "MESSAGE_UPDATE" and not body.get("interaction_metadata")


def _message(frame: Frame) -> str:
    body: Any = frame.body
    return str(body.get("id", "")) if isinstance(body, dict) else ""


def _answered(frames: Iterable[Frame]) -> Iterator[Frame]:
    announced = set()
    for frame in frames:
        body: Any = frame.body
        number, flags = (body.get("id"), body.get("flags")) if isinstance(body, dict) else (None, 0)
        if int(flags or 0) & MessageFlag.LOADING:
            announced.add(number)
        elif number in announced and frame.what == "MESSAGE_UPDATE":
            announced.remove(number)
            yield replace(frame, what="MESSAGE_CREATE")
        else:
            yield frame


def _place(frame: Frame) -> str:
    """The channel or thread that it is in, or about."""
    body: Any = frame.body
    if not isinstance(body, dict):
        return ""
    return str(body.get("id" if frame.what.startswith("THREAD_") else "channel_id", ""))


def _levelled(names: _Names, frame: Frame, files: Mapping[str, bytes]) -> str:
    body = _plain(frame.body, files, names)
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    text = _CHOICES.sub(r"\1\2", _TEXTS.sub(lambda found: _text(names, found[0]), text))
    return f"{frame.at:%d %H:%M:%S} {frame.what} {text}"


def _text(names: _Names, text: str) -> str:
    """A text in its quotation marks, or a number that is an id."""
    if text not in names.texts:
        names.texts[text] = _level(names, text)
    return names.texts[text]


def _level(names: _Names, text: str) -> str:
    text = _CASES.sub(lambda found: found[1] + names.of("case", found[2]), text)
    text = _ROWS.sub(lambda found: found[1] + names.of(_table(found[1]), found[2]), text)
    text = _WEEKS.sub(lambda found: found[1] + names.of("week", found[2]), text)
    text = _READ.sub(lambda found: found[1] + "/".join(_of_reading(names, found)), text)
    text = _CODES.sub(lambda found: found[1] + names.of("code", found[2]), text)
    text = _MARKS.sub(lambda found: found[1] + names.of("mark", found[2]), text)
    text = _HELD.sub("held", text)
    text = _DRAFTS.sub(lambda found: found[1] + "/".join(_draft(names, found)), text)
    text = _JITTERED.sub("later", text)
    text = _FRESH.sub("fresh", text)
    text = _NONCE.sub(lambda found: names.of("nonce", found[0]), text)
    return _SNOWFLAKE.sub(lambda found: names.of("id", found[0]), text)


def _table(prefix: str) -> str:
    """What is counted there."""
    first, second, *_ = re.split(r"[./]", prefix)
    return {"saved": "saved", "hired": "saved", "share": "share"}.get(second, first)


def _of_reading(names: _Names, found: re.Match[str]) -> Iterator[str]:
    subject, _, press = found[1].split("/")[0].partition(".")
    first, second = found.groups()[1:]
    yield names.of("request" if press in _OF_REQUESTS else subject, first)
    if second is not None:  # of a rating that of what was read, else a page's
        yield names.of("review", second) if press in ("rate", "rated") else second


def _draft(names: _Names, found: re.Match[str]) -> Iterator[str]:
    for number in filter(None, found.groups()[1:]):
        yield "0" if number == "0" else names.of(_table(found[1]), number)


def _plain(value: object, files: Mapping[str, bytes], names: _Names) -> object:
    """Without what is left out; a file of ours is shown with what is in it."""
    if isinstance(value, dict):
        kept = {key: _plain(inner, files, names) for key, inner in value.items() if key not in _LEFT_OUT}
        if value.get("url") in files:
            kept["content"] = _content(files[value["url"]], names)
        if sort := _MENUS.get(str(value.get("custom_id", "")).split("/")[0]):
            kept |= _of_rows(value, sort, names)
        return kept
    if isinstance(value, list | tuple):
        return [_plain(inner, files, names) for inner in value]
    return value


def _of_rows(menu: dict[str, Any], sort: str, names: _Names) -> dict[str, object]:
    """What can be chosen in it, or what was."""
    if "values" in menu:
        return {"values": [names.of(sort, one) for one in menu["values"]]}
    options = menu.get("options", ())
    return {"options": [one | {"value": names.of(sort, one["value"])} for one in options]}


def _content(file: bytes, names: _Names) -> object:
    """What was taken away, its row numbers in order of appearance; tables and pictures as they are."""
    if file.startswith(b"{"):
        return _numbered(json.loads(file), names)
    return _PORT.sub("", file.decode("utf-8", "backslashreplace"))


def _numbered(value: object, names: _Names, table: str = "") -> object:
    """A file that was taken away, with its row numbers in order of appearance."""
    if isinstance(value, list):
        return [_numbered(inner, names, table) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key: names.of(f"{table}.{key}", str(inner))
        if key in _COUNTED and inner is not None
        else _numbered(inner, names, key)
        for key, inner in value.items()
    }


def attached(messages: Iterable[Message], address: str) -> Iterator[tuple[str, bytes]]:
    """(address, content) of every file."""
    for message in messages:
        for file in message.attachments:
            yield f"{address}/{message.channel_id}/{file.id}/{file.filename}", file.data


def first_difference(one: list[str], other: list[str]) -> str:
    """Where two people's days part, in words; "" where they are the same."""
    for number, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            parts = zip(mine, theirs, strict=False)
            at = next((i for i, (a, b) in enumerate(parts) if a != b), min(len(mine), len(theirs)))
            around = slice(max(0, at - 160), at + 240)
            shown = [f"{line[:60]} … {line[around]}" for line in (mine, theirs)]
            return "\n  ".join([f"frame {number}:", *shown])
    if len(one) != len(other):
        longer = max(one, other, key=len)
        first = longer[min(len(one), len(other))]
        return f"{len(one)} frames and {len(other)}; the first too many: {first[:400]}"
    return ""
