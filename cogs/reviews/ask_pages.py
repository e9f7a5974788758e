"""The pages of `/review request`: what, for whom, who sees it; and what follows. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.people.languages import is_language, language_name
from bot.reviews.flow.asking import Asking
from bot.reviews.rubric import Rubric, Rubrics
from bot.reviews.values import KINDS, Kind, Mode, Request, Settings, When
from cogs.gate import MAX_OPTIONS, escape
from cogs.layout import button, message, row
from cogs.reviews.words import ask as words
from cogs.router import custom_id

ROLE = 60  # characters of a role's name
_YES = discord.ButtonStyle.primary
_MODES: tuple[Mode, ...] = ("open", "blind")
_WHENS: tuple[When, ...] = ("soon", "round")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen on the page; a custom_id carries all of it."""

    kind: Kind
    mode: Mode
    needs: int
    when: When
    language: str

    @property
    def written(self) -> str:
        """ "re.o.2.s.pt-BR" """
        return f"{self.kind[:2]}.{self.mode[0]}.{self.needs}.{self.when[0]}.{self.language}"


def read_choice(text: str) -> Choice:
    """What a custom_id meant; what nobody wrote is what we propose."""
    kind, mode, needs, when, language = [*text.split("."), *[""] * 5][:5]
    return Choice(
        next((one for one in KINDS if one[:2] == kind), "resume"),
        next((one for one in _MODES if one[0] == mode), "blind"),
        1 if needs == "1" else 2,
        next((one for one in _WHENS if one[0] == when), "soon"),
        language if is_language(language) else "en",
    )


@dataclass(frozen=True, slots=True)
class Before:
    """What the page shows. languages: those offered. keepers: names of roles that can open private threads here."""

    choice: Choice
    asking: Asking
    rubrics: Rubrics
    languages: Sequence[str]
    keepers: Sequence[str] = ()

    @property
    def rubric(self) -> Rubric | None:
        return self.rubrics.get(self.choice.kind)

    @property
    def owed(self) -> int:
        return self.asking.owed(self.choice.needs)


def request(guild: int, one: Before) -> ui.LayoutView:
    """Everything that is to be known before a file leaves somebody's hands."""
    choice, way = one.choice, one.asking.settings
    keepers = [escape(name, ROLE) for name in one.keepers]
    return message(
        words.HEADING,
        "\n".join(_needs(one.rubric)),
        words.who_sees(choice.needs, keepers, way.keep_days),
        "\n".join(filter(None, _terms(one))),
        words.legend(escape(one.rubric.warning, 200)) if one.rubric and one.rubric.warning else "",
        rows=[row(menu) for menu in _menus(guild, one)] + [_buttons(guild, one)],
    )


def _needs(rubric: Rubric | None) -> Iterator[str]:
    if rubric is not None:
        yield escape(rubric.about, 200)
        yield words.needs(rubric.needs)


def _terms(one: Before) -> Iterator[str]:
    choice, asking = one.choice, one.asking
    by_link = one.rubric is not None and "link" in one.rubric.needs
    yield words.mode(choice.mode, by_link)
    yield words.when(choice.when, next_at(asking.settings, choice.when) if choice.when == "round" else "")
    yield (
        words.FREE if asking.account.free and not one.owed else words.price(one.owed, asking.account.balance)
    )
    yield words.language(language_name(choice.language), asking.supply(choice.language))


def next_at(way: Settings, when: When) -> str:
    """The next draw, as Discord renders it; "" where none is planned."""
    at = way.next_round_at if when == "round" else way.next_tick_at
    return moment(at) if at is not None else ""


def moment(at: datetime) -> str:
    return f"<t:{int(at.timestamp())}:R>"


def _menus(guild: int, one: Before) -> Iterator[ui.Select[Any]]:
    choice = one.choice
    kinds = {kind: (words.KINDS[kind], rubric.about) for kind, rubric in one.rubrics.items()}
    if kinds:
        yield _menu("review.ask.kind", guild, choice, words.KIND_MENU, kinds, choice.kind)
    modes = {mode: (words.MODES[mode], words.MODE_MEANS[mode]) for mode in _MODES}
    yield _menu("review.ask.mode", guild, choice, words.MODE_MENU, modes, choice.mode)
    if len(one.languages) > 1:
        tongues = {tag: (language_name(tag), "") for tag in one.languages}
        yield _menu("review.ask.language", guild, choice, words.LANGUAGE_MENU, tongues, choice.language)


def _menu(
    name: str, guild: int, choice: Choice, prompt: str, options: Mapping[Any, tuple[str, str]], now: str
) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id(name, guild, choice.written),
        placeholder=prompt,
        options=[
            discord.SelectOption(label=label, value=value, description=about or None, default=value == now)
            for value, (label, about) in list(options.items())[:MAX_OPTIONS]
        ],
    )


def _buttons(guild: int, one: Before) -> ui.ActionRow[Any]:
    choice = one.choice
    fewer = replace(choice, needs=1 if choice.needs == 2 else 2)
    later = replace(choice, when="round" if choice.when == "soon" else "soon")
    rounds = one.asking.settings.next_round_at is not None or choice.when == "round"
    return row(
        button(words.hand_in(one.owed), "review.fill", guild, choice.written, style=_YES),
        button(words.ONE_READER if fewer.needs == 1 else words.TWO_READERS, *_ask(guild, fewer)),
        *(
            [button(words.ROUND if later.when == "round" else words.SOON, *_ask(guild, later))]
            if rounds
            else []
        ),
    )


def _ask(guild: int, choice: Choice) -> tuple[str, int, str]:
    return "review.ask", guild, choice.written


def open_already(guild: int) -> ui.LayoutView:
    """One request at a time."""
    rows = [row(button(words.MY_REVIEWS, "review.status", guild, style=_YES))]
    return message(words.HEADING, words.OPEN_ALREADY, rows=rows)


# -- after ---------------------------------------------------------------------------------------


def handed_in(guild: int, one: Request, way: Settings, said: str = "", writes: bool = True) -> ui.LayoutView:
    """Where it stands and what happens next. said: what else was done. writes: they let us write to them."""
    where = f"<#{one.thread_id}>" if one.thread_id else ""
    coming = next_at(way, one.when)
    return message(
        words.handed_in(where),
        words.AGAIN_STANDS if one.revision > 1 else words.next_draw(one.when, coming, one.needs),
        said,
        words.TELLS if writes else words.SEE_SETTINGS,
        rows=[
            row(
                button(words.MY_REVIEWS, "review.status", guild),
                button(words.WITHDRAW, "review.withdraw", guild, one.id),
            )
        ],
    )


def bad_moment(guild: int, name: str, *arguments: object) -> ui.LayoutView:
    """Discord did not take it. name, arguments: of the press that tries again."""
    again = button(words.TRY_AGAIN, name, guild, *arguments, style=_YES)
    return message(words.BAD_MOMENT, words.KEPT, rows=[row(again)])
