"""What somebody hands in to be read, and when they may. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

from bot.addresses import check_url
from bot.people.languages import is_language
from bot.refusals import Refusal
from bot.reviews.credit import MOST_NEEDS
from bot.reviews.rubric import Need
from bot.reviews.values import KINDS, Kind, Mode, Request, RequestState, When
from bot.text import tidy, tidy_lines

# Together they fit into the first message of a thread: 4,000 characters of text in all
# (discord.com/developers/docs/components/reference, Text Display).
MAX_TARGET, MAX_ASKS, MAX_LINK, MAX_TEXT = 500, 300, 300, 2_400
LEAST_TARGET, LEAST_TEXT = 30, 80

SAME_FOR = timedelta(days=30)
"""The same document is not handed in again for so long."""

WAITS = timedelta(days=60)
"""A document for which nobody was found goes after so long."""

OPEN: frozenset[RequestState] = frozenset({"waiting", "in_review"})
"""Somebody with one of these asks for nothing else."""

READ_ALREADY: frozenset[RequestState] = OPEN | {"delivered", "closed"}

Supply = Literal["nobody", "one", "a few", "enough"]
_A_FEW = 2 * MOST_NEEDS


@dataclass(frozen=True, slots=True)
class Draft:
    """As the form gives it. mode: None: blind for who searches in private. Texts as in `Request`."""

    kind: Kind
    needs: int = MOST_NEEDS
    language: str = "en"
    mode: Mode | None = None
    when: When = "soon"
    target: str = ""
    asks: str = ""
    link: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a file that was looked at. sha256: 64 hexadecimal characters; "" and 0: there is none."""

    sha256: str = ""
    pages: int = 0


NO_DOCUMENT = Document()


def default_mode(private: bool) -> Mode:
    """Who searches in private is read without a name, unless they say otherwise."""
    return "blind" if private else "open"


# -- the form ------------------------------------------------------------------------------------


def checked(draft: Draft, needs: Collection[Need], document: Document = NO_DOCUMENT) -> Draft:
    """The same with its texts tidied. needs: what the rubric of its kind asks an author for.

    Refuses, the first that is wrong: "review_kind", "review_choice", "language_unknown", "review_text_long" (part,
    limit, length), "posting_missing" (least), "question_missing" (least), "link_missing", "link_wrong" (why),
    "words_missing" (least), "file_missing".
    """
    _known(draft)
    tidied = replace(
        draft,
        target=_within(draft.target, "target", MAX_TARGET),
        asks=_within(draft.asks, "asks", MAX_ASKS),
        text=_within(draft.text, "text", MAX_TEXT),
        link=tidy(draft.link),
    )
    if "posting" in needs and len(tidied.target) < LEAST_TARGET:
        raise Refusal("posting_missing", least=LEAST_TARGET)
    if "question" in needs and not tidied.target:
        raise Refusal("question_missing")
    if "link" in needs and not tidied.link:
        raise Refusal("link_missing")
    if tidied.link:
        _public(tidied.link)
    if "text" in needs and len(tidied.text) < LEAST_TEXT:
        raise Refusal("words_missing", least=LEAST_TEXT)
    if "file" in needs and not document.pages:
        raise Refusal("file_missing")
    return tidied


def _known(draft: Draft) -> None:
    if draft.kind not in KINDS:
        raise Refusal("review_kind")
    modes = (*get_args(Mode), None)
    if draft.needs not in range(1, MOST_NEEDS + 1) or draft.mode not in modes:
        raise Refusal("review_choice")
    if draft.when not in get_args(When):
        raise Refusal("review_choice")
    if not is_language(draft.language):
        raise Refusal("language_unknown", text=tidy(draft.language, 60), near=())


def _within(text: str, part: str, limit: int) -> str:
    tidied = tidy_lines(text)
    if len(tidied) > limit:
        raise Refusal("review_text_long", part=part, limit=limit, length=len(tidied))
    return tidied


def _public(link: str) -> None:
    why = f"is longer than {MAX_LINK} characters" if len(link) > MAX_LINK else check_url(link)
    if why is None and not link.lower().startswith("https://"):
        why = "does not begin with https://"
    if why is not None:
        raise Refusal("link_wrong", why=why)


def fingerprint(draft: Draft, document: Document) -> str:
    """By what the same document is known again: the file's own, else that of its link and words."""
    if document.sha256:
        return document.sha256
    return hashlib.sha256(f"{draft.link}\n{draft.text}".encode()).hexdigest()


# -- when ----------------------------------------------------------------------------------------


def current(mine: Iterable[Request]) -> Request | None:
    """The one that is open, if there is one."""
    return next(
        (one for one in mine if one.state in OPEN or (one.state == "draft" and one.revision > 1)), None
    )


def is_void(one: Request) -> bool:
    """Is it a draft that another one replaces? A second version is none: its first one stands somewhere."""
    return one.state == "draft" and one.revision == 1


def must_be_free(mine: Sequence[Request], sha256: str, now: datetime) -> None:
    """Refuses who has a request open: "request_open"; and what they handed in lately: "same_document" (since, until).

    mine: all requests of this author. A revision is not handed in here: it belongs to its request.
    """
    if current(mine) is not None:
        raise Refusal("request_open")
    same = [one.made_at for one in mine if one.sha256 == sha256 and one.state in READ_ALREADY]
    if same and now < (until := max(same) + SAME_FOR):
        raise Refusal("same_document", since=max(same), until=until)


def supply(readers: int) -> Supply:
    """How many read a language, as rounded as it is told before something is handed in."""
    if readers <= 1:
        return "one" if readers else "nobody"
    return "a few" if readers < _A_FEW else "enough"
