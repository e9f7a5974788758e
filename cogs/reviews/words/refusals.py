"""Why something about reviews can't be done, and what to do instead. A part of `cogs.refusals.every`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from cogs.gate import escape

_SHOWN, _LABEL, _MOST_LABELS = 80, 60, 8  # characters; labels of a rubric

_ASKED = {"target": "What it is for", "asks": "What readers look at", "text": "What you pasted"}
_WRITTEN = {"rewrite": "Your rewrite", "change_first": "What to change first", "question": "Your question"}
_SET = {
    "day": "The day",
    "minute": "The hour",
    "preview_h": "Time to look",
    "patience_h": "Patience",
    "least": "The least fit",
    "keep_days": "Days kept",
}


def _on(moment: datetime) -> str:
    return f"<t:{int(moment.timestamp())}:D>"


def _too_long(part: str, limit: int, length: int) -> str:
    named = (_ASKED | _WRITTEN).get(part, part)
    return f"{named} has {length:,} characters. {limit:,} are the limit: say it shorter."


def _reviews(count: int) -> str:
    return "one more review" if count == 1 else f"{count} more reviews"


def _owed(missing: int, pledged: int, needs: int) -> str:
    """pledged, needs: known to the page; the sentence says what is left to do."""
    return f"Readers here read for each other: promise {_reviews(missing)} first, with /review give."


def _labels(some: Sequence[str]) -> str:
    return ", ".join(escape(one, _LABEL) for one in some[:_MOST_LABELS])


def _not_ready(open: Sequence[str], quotes: int, of_yes: int, first: int) -> str:
    lines = ["It can't go yet."]
    lines += [f"Answer: {_labels(open)}."] if open else []
    if quotes:
        lines.append(f"Quote {'one more line' if quotes == 1 else f'{quotes} more lines'} of the document.")
    lines += ["What is good may be quoted too."] if quotes and of_yes else []
    lines += [f"*Change this first* needs {first} more characters."] if first else []
    return " ".join(lines)


def _setting(field: str, least: int, most: int) -> str:
    return f"{_SET.get(field, 'This')} goes from {least} to {most}. Choose a value between them."


def _same(since: datetime, until: datetime) -> str:
    return f"You handed this in on {_on(since)}. Change it, or hand it in again from {_on(until)}."


REFUSALS: Mapping[str, Callable[..., str]] = {
    # before something is handed in
    "reviews_off": lambda: (
        "Nothing is read here yet: moderators have to choose a channel with /rounds settings."
    ),
    "review_threads_full": lambda: (
        "This server has no room for another thread. Try again tomorrow, or tell a moderator."
    ),
    "review_place_blocked": lambda channel_id: (
        f"I can't open a private thread in <#{channel_id}> now. A moderator has to look: I have told them."
    ),
    "review_kind": lambda: (
        "I have no questions for that kind any more. Choose another one in /review request."
    ),
    "review_choice": lambda: "That can't be chosen any more. Begin again with /review request.",
    "review_text_long": _too_long,
    "posting_missing": lambda least: (
        f"Readers need to know which job it is for. Write {least} characters or more of the posting."
    ),
    "question_missing": lambda: "Readers need the question that you answer. Write it above your answer.",
    "link_missing": lambda: "There is no link in it. Paste the address of the page.",
    "link_wrong": lambda why: f"That link {why}. Give an https:// link to a page that everybody can open.",
    "words_missing": lambda least: (
        f"That is too short to be read. Paste {least} characters or more, or give a file."
    ),
    "file_missing": lambda: "There is no file in it. Choose your PDF and send the form again.",
    "review_upload_lost": lambda: "Discord did not give me the file. Send the form again in a minute.",
    "review_paper_gone": lambda: (
        "I keep a file for 15 minutes only, and not over a restart. Hand it in again with /review request."
    ),
    "review_paper_going": lambda: "It is being handed in already. /review status shows it in a moment.",
    "review_undrawn": lambda: (
        "I can't hide anything in this file. Save it as a PDF anew, or send it as it is."
    ),
    "request_open": lambda: (
        "Something of yours is being read. Wait for it, or withdraw it in /review status."
    ),
    "same_document": _same,
    "review_owed": _owed,
    # what was handed in
    "request_gone": lambda: "That is not there, or not yours. /review status shows what is.",
    "request_over": lambda: (
        "It is over, and its document has gone. Hand in another one with /review request."
    ),
    "not_read_yet": lambda: (
        "A second version comes after the reviews. /review status tells how far they are."
    ),
    "revised_already": lambda: "There are two versions at most. Hand it in anew with /review request.",
    "nothing_changed": lambda: "That is the same document. Change it first, then hand it in.",
    # reading for others
    "review_capacity": lambda limit: f"You can read one to {limit} documents at a time. Choose how many.",
    "review_kinds": lambda: "Choose at least one kind that you would read.",
    "no_reader": lambda: "You don't read for others here. Begin with /review give.",
    "no_sample": lambda: "There is no sample for this kind. You are given documents without it.",
    "sample_open": lambda open: f"Answer every item of the sample first: {_labels(open)}.",
    "reads_later": lambda at: (
        f"You can read for others from {_on(at)}: a week after you came. Accept it then."
    ),
    "reader_full": lambda capacity: (
        f"You read {capacity} at a time. Send one first, or take more in /review give."
    ),
    "reading_gone": lambda: "That is not yours to read, or not there any more. See /review status.",
    "reading_over": lambda: "This one is over. Nothing is left to do; /review status shows what waits.",
    # the board
    "rubric_gone": lambda kind: (
        f"I have no questions for this kind ({escape(kind, _SHOWN)}) any more. Tell a moderator."
    ),
    "rubric_item_unknown": lambda item: (
        f"There is no item “{escape(item, _SHOWN)}” here. Open the board again."
    ),
    "item_not_marked": lambda label: f"Say yes, partly or no to “{escape(label, _LABEL)}” first, then quote.",
    "quote_too_long": lambda limit, length: (
        f"That line has {length:,} characters. {limit} are the limit: quote the part that matters."
    ),
    "review_too_long": _too_long,
    "review_not_ready": _not_ready,
    "review_words_short": lambda missing, least: (
        f"Somebody waits for your words: write {missing} more characters, {least} in all."
    ),
    # rating
    "no_review_yet": lambda: "That review has not come yet. Rate it once you have read it.",
    "rating_over": lambda: "That can't be changed any more: its reader can see it now.",
    # rounds, for moderators
    "round_open": lambda round_id: f"Round {round_id} is not published yet. See it with /rounds preview.",
    "nobody_waits": lambda: "Nobody waits for a reader now. The next round comes by itself.",
    "no_round": lambda: "No round waits for a look. Open one with /rounds open.",
    "round_gone": lambda: "I know no such round here. See /rounds preview.",
    "round_over": lambda: "That round was published or cancelled. See /rounds stats.",
    "round_not_previewed": lambda: "That round is being drawn. Look again in a minute.",
    "draw_failed": lambda: "The draw took too long. Try it again; if it goes on, tell the people who run me.",
    "pair_gone": lambda: "That pair is not in this round, or not yours to veto. Look at the preview again.",
    "waive_amount": lambda limit: (
        f"You can waive 1 to {limit} reviews at a time. Choose a number between them."
    ),
    "review_setting": _setting,
}
