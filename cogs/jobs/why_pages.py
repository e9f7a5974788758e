"""Why an opening was told here, or not: every stage on its way, first to everybody, then to each reader. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from discord import ui

from bot.jobs.flow.why import WhyNot
from bot.jobs.hearing import Stage, Stages
from cogs.gate import escape, title_link
from cogs.layout import message

_TITLE, _QUOTE, _TERM = 200, 120, 160
_MOST_STAGES = 12  # of one reader; a filter may have a hundred terms
_ROOM = 2_400  # characters for the readers; Discord takes 4,000 in all

_SIGNS = {True: "Yes · ", False: "No · ", None: ""}


def why_not(found: WhyNot, only: int | None = None) -> ui.LayoutView:
    """only: the id of the one subscription that was asked about; else all that this person may know of."""
    one = found.opening
    if one is None:
        return message("### Why is it here, or not?", *map(_stage, found.common))
    told = [_reader(each) for each in found.readers if only in (None, each.subscription.id)]
    shown = [text for number, text in enumerate(told) if sum(map(len, told[: number + 1])) <= _ROOM]
    left = len(told) - len(shown)
    return message(
        f"### Why is it here, or not?\n{title_link(one.title, one.url, _TITLE + len(one.url))}",
        "\n".join(_stages(found.common)),
        *shown,
        f"-# {left} more subscription{'' if left == 1 else 's'} found no room here." if left else "",
        "" if told else "Nobody follows anything here that you may know of. Begin with /jobs subscribe.",
    )


def _reader(each: Stages) -> str:
    by = each.subscription
    whose = f"<#{by.channel_id}>" if by.channel_id else "you alone"
    return "\n".join([f"**For {whose}**", *_stages(each.stages)])


def _stages(stages: Iterable[Stage]) -> list[str]:
    every = list(dict.fromkeys(map(_stage, stages)))
    more = len(every) - _MOST_STAGES
    return every if more <= 0 else [*every[:_MOST_STAGES], f"-# and {more} more"]


def _stage(stage: Stage) -> str:
    """A term of the filter holds what somebody typed; the words of any other stage are ours."""
    at = f": <t:{int(stage.at.timestamp())}:f>" if stage.at else ""
    if stage.name == "term":
        found = {True: "yes", False: "no", None: "not stated"}[stage.passed]
        quote = f"; it says “{escape(stage.quote, _QUOTE)}”" if stage.quote else ""
        return f"-# {escape(stage.words, _TERM)}: {found}{quote}"
    sentence = stage.words
    if stage.quote:
        sentence = f"{sentence.rstrip('.')} {escape(stage.quote, _QUOTE)}"
    return f"{_SIGNS[stage.passed]}{sentence.rstrip('.') if at else sentence}{at}"
