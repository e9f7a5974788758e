"""*Wrong facts* and *Looks like a scam*: members' forms, and the buttons of the moderators' notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.doubts import FACTS, MOST_WORDS, THE_OPENING, Doubtable, Kind
from bot.jobs.flow import doubts as flow
from bot.jobs.flow.doubts import Asked
from bot.jobs.messages import Doubted
from bot.text import cut, tidy
from cogs import gate
from cogs.jobs import community_cards as cards
from cogs.jobs import community_pages as pages
from cogs.layout import message
from cogs.person import person
from cogs.presses import picked, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

_SLOW = "That took me too long. Press it again."


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this subject and the function that answers it."""

    async def wrong(press: Press, opening_id: str) -> None:
        asked = await flow.look(app, person(press), int(opening_id), "wrong", app.now())
        await gate.ask(press, _which(asked), message(_SLOW))

    async def wrong_told(press: Press, opening_id: str, _fresh: str) -> None:
        fact = next(iter(picked(press, "fact")), "")
        words = typed(press, "words")
        became = await flow.wrong(app, person(press), int(opening_id), fact, words, app.now())
        await gate.answer(press, pages.thanks(became))

    async def scam(press: Press, opening_id: str) -> None:
        asked = await flow.look(app, person(press), int(opening_id), "scam", app.now())
        await gate.ask(press, _why(asked), message(_SLOW))

    async def scam_told(press: Press, opening_id: str, _fresh: str) -> None:
        became = await flow.scam(app, person(press), int(opening_id), typed(press, "words"), app.now())
        await gate.answer(press, pages.thanks(became))

    async def decide(press: Press, opening_id: str, fact: str, answer: str, nonce: str) -> None:
        decided = flow.take_back if answer == "yes" else flow.it_is_right
        notice = await decided(app, person(press), int(opening_id), fact, app.now())
        await gate.answer(press, cards.doubted(notice, nonce), replace=True)

    async def suspect(press: Press, opening_id: str, answer: str, nonce: str) -> None:
        answers = {"yes": flow.take_down, "block": flow.block_company}
        decided = answers.get(answer, flow.it_is_fine)
        notice = await decided(app, person(press), int(opening_id), app.now())
        await gate.answer(press, cards.looks_like_scam(notice, nonce), replace=True)

    async def words(press: Press, opening_id: str, fact: str, _nonce: str) -> None:
        kind: Kind = "scam" if fact == THE_OPENING else "wrong"
        told = await flow.told_words(app, person(press), int(opening_id), kind, fact)
        await gate.answer(press, pages.told_words(told))

    async def undo(press: Press, opening_id: str, fact: str, nonce: str) -> None:
        notice = await flow.undo(app, person(press), int(opening_id), fact, app.now())
        view = (
            cards.doubted(notice, nonce)
            if isinstance(notice, Doubted)
            else cards.looks_like_scam(notice, nonce)
        )
        await gate.answer(press, view, replace=True)

    return {
        "jobs.wrong": wrong,
        "jobs.wrong.told": wrong_told,
        "jobs.scam": scam,
        "jobs.scam.told": scam_told,
        "jobs.doubt": decide,
        "jobs.doubt.words": words,
        "jobs.doubt.undo": undo,
        "jobs.suspect": suspect,
    }


# -- forms ---------------------------------------------------------------------------------------


def _which(asked: Asked) -> ui.Modal:
    form = ui.Modal(title="Wrong facts", custom_id=custom_id("jobs.wrong.told", asked.opening.id, fresh()))
    form.add_item(
        ui.Label(
            text="Which one is wrong?",
            description="A moderator looks; they don't see who told",
            component=_facts(asked.facts),
        )
    )
    form.add_item(_line("What is right?", "One line; may be left empty"))
    return form


def _facts(stated: Sequence[Doubtable]) -> ui.Select[Any]:
    menu: ui.Select[Any] = ui.Select(custom_id="fact", placeholder="Choose a fact")
    for one in stated:
        said = cut(tidy(one.said), gate.MAX_OPTION) or None
        menu.add_option(label=FACTS[one.fact], value=one.fact, description=said)
    return menu


def _why(asked: Asked) -> ui.Modal:
    form = ui.Modal(
        title="Looks like a scam", custom_id=custom_id("jobs.scam.told", asked.opening.id, fresh())
    )
    seen = " ".join(said for said, _ in asked.reasons)
    form.add_item(
        _line(
            "What looks wrong?",
            cut(f"I saw: {seen}" if seen else "I saw nothing myself; may be left empty", 100),
        )
    )
    return form


def _line(label: str, description: str) -> ui.Label[Any]:
    words: ui.TextInput[Any] = ui.TextInput(custom_id="words", required=False, max_length=MOST_WORDS)
    return ui.Label(text=label, description=description, component=words)
