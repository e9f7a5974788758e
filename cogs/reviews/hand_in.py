"""Handing something in: the form, a look at what others would see, and into its thread. Also a second version.

A file is fetched once, looked at in workers, and kept in memory alone till its author has decided (`held`).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.app import App
from bot.people.flow import members
from bot.people.letters import reachable
from bot.people.members import Key, Member
from bot.ports import Trouble
from bot.refusals import Refusal
from bot.reviews import asking as rules
from bot.reviews.asking import NO_DOCUMENT, Document, Draft
from bot.reviews.document.values import MAX_BYTES
from bot.reviews.flow import asking, documents, results
from bot.reviews.rubric import Need
from bot.reviews.values import Request
from cogs import files as uploads
from cogs import refusals
from cogs.people import again, here
from cogs.people.staff import person_in
from cogs.presses import chosen, typed
from cogs.reviews import ask_pages, looking, own, pledging
from cogs.reviews import hand_in_form as form
from cogs.reviews import redaction_pages as pages
from cogs.reviews.ask_pages import Choice, read_choice
from cogs.reviews.hand_in_form import Filled
from cogs.reviews.held import Group, Held, Paper
from cogs.reviews.own import Press
from cogs.reviews.words import ask as words
from cogs.router import Handler, custom_id, fresh

AGAIN = "v2"  # of what a custom_id says of a second version: "v2.REQUEST"
NO_PAPER = "-"
MOST_WORDS = 10


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these forms and pages, and the function that answers it."""
    forms = Forms(app)
    return {
        "review.fill": forms.fill,
        "review.again": forms.again,
        "review.fix": forms.fix,
        "review.handed": forms.handed,
        "review.hide": forms.hide,
        "review.words": forms.ask_words,
        "review.worded": forms.worded,
        "review.hand": forms.hand,
        "review.drop": forms.drop,
    }


@dataclass(frozen=True, slots=True)
class Aim:
    """What is being handed in. before: the request whose second version it is."""

    choice: Choice
    needs: tuple[Need, ...]
    before: Request | None = None

    def draft(self, filled: Filled) -> Draft:
        new = form.draft(self.choice, filled)
        if self.before is None:
            return new
        return replace(new, target=self.before.target, asks=self.before.asks)


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._held = Held()

    # -- the form --------------------------------------------------------------------------------

    async def fill(self, press: Press, guild: str, state: str) -> None:
        await self._open(press, guild, state, NO_PAPER, Filled())

    async def again(self, press: Press, guild: str, request: str) -> None:
        """The form of a second version."""
        await self._open(press, guild, f"{AGAIN}.{request}", NO_PAPER, Filled())

    async def fix(self, press: Press, guild: str, state: str, token: str) -> None:
        """The form again, with its texts, and with the file where we have it still."""
        kept = self._held.find(here.key_of(press, guild), token, self._app.now())
        filled = form.typed_again(press)
        if kept is not None:
            filled = Filled(kept.draft.link, kept.draft.text, kept.draft.target, kept.draft.asks)
        await self._open(press, guild, state, token, filled)

    async def _open(self, press: Press, guild: str, state: str, token: str, filled: Filled) -> None:
        key = await self._key(press, guild)
        aim = await self._aim(key, state)
        kept = self._held.find(key, token, self._app.now())
        has_file = kept is not None and bool(kept.data)
        form_id = custom_id("review.handed", guild, state, token, fresh())
        twice = aim.before is not None
        await form.ask(press, form.form(form_id, aim.needs, filled, kept=has_file, again=twice))

    async def _aim(self, key: Key, state: str) -> Aim:
        """What a custom_id means. Refuses "request_gone", and "review_kind" for a kind without questions."""
        before = None
        if state.startswith(f"{AGAIN}."):
            number = state.removeprefix(f"{AGAIN}.")
            before = (await results.result(self._app, key, int(number))).request
            choice = Choice(before.kind, before.mode, before.needs, before.when, before.language)
        else:
            choice = read_choice(state)
        rubric = self._app.rubrics.get(choice.kind)
        if rubric is None:
            raise Refusal("review_kind")
        return Aim(choice, rubric.needs, before)

    async def handed(self, press: Press, guild: str, state: str, token: str, _fresh: str) -> None:
        """What came back: refused with [Fix it], shown as others would see it, or handed in at once."""
        await own.working(press)
        member = await self._known(press, guild)
        aim, filled = await self._aim(member.key, state), form.read(press)
        kept = self._held.find(member.key, token, self._app.now())
        paper = _paper(member.key, aim, filled, kept)
        wrong = ""
        if (file := form.upload(press)) is not None:
            paper, wrong = await self._taken(press, paper, file)
        try:
            paper = replace(paper, draft=_checked(paper, aim))
        except Refusal as refusal:
            wrong = wrong or refusals.words(refusal)
        if wrong:
            self._held.put(paper, self._app.now())
            said = form.texts(aim.needs, filled)
            await own.answer(press, again.mistake(wrong, said, "review.fix", guild, state, paper.token))
        else:
            await self._look_first(press, member, paper, aim)

    async def _taken(self, press: Press, paper: Paper, file: Mapping[str, Any]) -> tuple[Paper, str]:
        """The uploaded file in place of an earlier one; and what is wrong with it, "" nothing."""
        bare, name = replace(paper, data=b"", pages=0, sha256="", scanned=False), str(file["filename"])
        if file["size"] > MAX_BYTES:
            return bare, words.not_taken("too_large", bytes=file["size"], most=MAX_BYTES)
        data = await uploads.take(press.client.http, file, MAX_BYTES)
        if isinstance(data, Trouble):
            return bare, refusals.words(Refusal("review_upload_lost"))
        seen = await looking.examine(self._app, data, name)
        if not seen.ok:
            return bare, words.not_taken(seen.reason, **seen.facts)
        whole = replace(bare, data=data, name=seen.name, pages=seen.pages, sha256=seen.sha256)
        return replace(whole, scanned=seen.scanned, text=seen.text), ""

    # -- a look before others see it -------------------------------------------------------------

    async def _look_first(self, press: Press, member: Member, paper: Paper, aim: Aim) -> None:
        """A link has nothing to look at, and neither have words in which nothing was found."""
        app, key = self._app, member.key
        if "file" not in aim.needs:
            paper = replace(paper, data=b"", pages=0, sha256="")
        names = (press.user.display_name, press.user.global_name or press.user.name)
        hide = await looking.hidden_words(app, key, paper.draft.mode or "open", names)
        paper = await looking.looked(app, paper, hide)
        self._held.put(paper, app.now())
        if paper.data or any(paper.found.values()):
            await self._show(press, member, paper, pages.proposed(paper))
        else:
            await self._send(press, key, paper.token, ())

    async def _show(self, press: Press, member: Member, paper: Paper, hide: Sequence[Group]) -> None:
        png = None
        if paper.data and not member.plain:
            png = await looking.preview(self._app, paper.data, looking.boxes(paper.found, hide))
        view = pages.look(member.key.guild_id, paper, hide, png is not None)
        picture = [discord.File(io.BytesIO(png), pages.PICTURE)] if png else []
        await own.answer(press, view, picture)

    async def hide(self, press: Press, guild: str, token: str) -> None:
        """What is chosen is hidden, all else is seen."""
        await own.working(press)
        member = await self._known(press, guild)
        paper = self._held.get(member.key, token, self._app.now())
        hide = [group for group in paper.found if group in chosen(press)]
        await self._show(press, member, paper, hide)

    async def ask_words(self, press: Press, guild: str, token: str, hidden: str) -> None:
        paper = self._held.get(here.key_of(press, guild), token, self._app.now())
        form_id = custom_id("review.worded", guild, token, hidden, fresh())
        await form.ask(press, form.hide(form_id, "\n".join(paper.typed)))

    async def worded(self, press: Press, guild: str, token: str, hidden: str, _fresh: str) -> None:
        """These words are looked for, and hidden."""
        await own.working(press)
        member = await self._known(press, guild)
        paper = self._held.get(member.key, token, self._app.now())
        lines = [line.strip() for line in typed(press, "words").splitlines() if line.strip()]
        paper = await looking.with_words(self._app, paper, tuple(dict.fromkeys(lines))[:MOST_WORDS])
        self._held.change(paper)
        hide = [*pages.read_hidden(hidden), "words"]
        await self._show(press, member, paper, [group for group in paper.found if group in hide])

    async def drop(self, press: Press, guild: str, token: str) -> None:
        """Forget it."""
        self._held.end(self._held.get(here.key_of(press, guild), token, self._app.now()).token, done=True)
        await own.answer(press, pages.cancelled(int(guild)))

    # -- handing it in ---------------------------------------------------------------------------

    async def hand(self, press: Press, guild: str, token: str, hidden: str) -> None:
        """As shown, or as it is."""
        await own.working(press)
        key = await self._key(press, guild)
        await self._send(press, key, token, pages.read_hidden(hidden))

    async def _send(self, press: Press, key: Key, token: str, hide: Sequence[Group]) -> None:
        """Into its thread. Where Discord does not take it, the same press tries again."""
        paper, done = self._held.begin(key, token, self._app.now()), False
        try:
            paper = await looking.covered(self._app, paper, hide)
            request, said = await self._handed_in(press, paper)
            way = await documents.may_place(self._app, key.guild_id, self._app.now())
            who = own.keepers(press, key.guild_id, way.channel_id)
            now = self._app.now()
            done = await documents.place(self._app, request.id, paper.data or None, now, who) is None
        finally:
            self._held.end(token, done=done)
        if not done:
            view = ask_pages.bad_moment(key.guild_id, "review.hand", token, pages.written(hide))
            await own.answer(press, view)
        else:
            await self._say(press, key, request.id, said)

    async def _handed_in(self, press: Press, paper: Paper) -> tuple[Request, str]:
        """The request, and what else was done."""
        app, draft, now = self._app, paper.draft, self._app.now()
        rubric = app.rubrics.get(draft.kind)
        if rubric is None:
            raise Refusal("review_kind")
        document = _document(paper)
        if paper.request_id:
            return await results.revise(
                *(app, paper.key, paper.request_id, rubric.needs, now),
                document=document,
                text=draft.text,
                link=draft.link,
            ), ""
        who = await person_in(press, paper.key.guild_id)
        async with pledging.promised(app, who, draft.needs) as joined:
            request = await asking.hand_in(app, who, draft, rubric.needs, now, document)
        return request, pledging.said(joined)

    async def _say(self, press: Press, key: Key, request_id: int, said: str) -> None:
        mine = await asking.mine(self._app, key, self._app.now())
        one = next((each.request for each in mine.requests if each.request.id == request_id), None)
        if one is None:
            raise Refusal("request_gone")
        writes = reachable(await members.member(self._app, key))
        await own.answer(press, ask_pages.handed_in(key.guild_id, one, mine.settings, said, writes))


def _paper(key: Key, aim: Aim, filled: Filled, kept: Paper | None) -> Paper:
    """What the form says, with the file of an earlier one that was refused for its words."""
    number = aim.before.id if aim.before else 0
    new = Paper(fresh(), key, aim.draft(filled), b"", "", 0, "", number)
    if kept is None:
        return new
    file = {name: getattr(kept, name) for name in ("data", "name", "pages", "sha256", "scanned", "text")}
    return replace(new, **file)


def _document(paper: Paper) -> Document:
    return Document(paper.sha256, paper.pages) if paper.data else NO_DOCUMENT


def _checked(paper: Paper, aim: Aim) -> Draft:
    """Its texts, tidied; words that came as a file are words. Refuses as `rules.checked`."""
    draft = paper.draft
    if "text" in aim.needs and paper.data and not draft.text.strip():
        draft = replace(draft, text=paper.text)
    if aim.before is not None and not draft.link:
        draft = replace(draft, link=aim.before.link)
    return rules.checked(draft, aim.needs, _document(paper))
