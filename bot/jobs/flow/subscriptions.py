"""Subscribing: propose (tried on last week), arrange, save, change later; what there is, and why a card is there.

What is made, and what is changed later, is a draft until *Save*: a saved one goes on as it was meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict, Unpack

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import decode
from bot.jobs import routes, store
from bot.jobs.flow import alerts_out, trying
from bot.jobs.flow.audience import filters_of
from bot.jobs.flow.checks import boards_for, kept_in, not_twice, of_target, parsed
from bot.jobs.flow.hearing import passes_no_more, scene_of
from bot.jobs.messages import OpeningCard
from bot.jobs.query import Filter, parse
from bot.jobs.query.choices import read
from bot.jobs.query.mirror import variants
from bot.jobs.subscriptions import (
    NOTHING_TRIED,
    Follows,
    Preset,
    Rhythm,
    Subscription,
    Target,
    Tried,
    fitting,
    may_add,
    may_change,
    may_turn,
    the_same,
)
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Member
from bot.refusals import Refusal
from bot.storage import Tx

AT_ONCE = 100  # pauses that end in one beat


class Chosen(TypedDict, total=False):
    """What a maker chooses beside the filter; what is left out stays."""

    target: Target
    preset: Preset
    rhythm: Rhythm
    weekday: int
    at_minute: int
    zone: str | None
    silent: bool
    publish: bool
    role_id: int | None
    role_filter: str
    role_cap: int
    fallback_tag: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A subscription as its maker sees it before saving; `words` reads its own filter in plain language.

    mirror: what it would find without one of its parts, as (how to say that, how many). editing: the saved one that
    this draft would change. member: of a member's own, their clock and consent, as far as we know them. says_nothing:
    it follows a profile or channel from which nobody can tell what to hear. in_form: the filter is one of choices.
    """

    subscription: Subscription
    words: str
    tried: Tried
    hints: tuple[str, ...] = ()  # what they may have meant, such as upper-case AND
    mirror: tuple[tuple[str, int], ...] = ()
    editing: Subscription | None = None
    member: Member | None = None
    says_nothing: bool = False
    in_form: bool = True


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, and whose it is. edited: it was there before. testing: a test message goes to its member."""

    subscription: Subscription
    member: Member | None = None
    edited: bool = False
    testing: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A subscription in `/jobs alerts`. waiting: cards it still has to say; later: openings that wait to be told."""

    subscription: Subscription
    words: str
    waiting: int
    later: int = 0


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All that a proposal needs of the database, so that the trying happens outside a unit of work."""

    draft: Subscription
    existing: Sequence[Subscription]
    week: trying.Week
    followed: Filter | None
    member: Member | None
    editing: Subscription | None


# -- before it is saved --------------------------------------------------------------------------


async def propose(
    app: App,
    person: Person,
    text: str,
    channel_id: int | None,
    missing: Sequence[str] | None,
    now: datetime,
    *,
    target: Target = "text",
    follows: Follows = "filter",
    follows_channel_id: int | None = None,
) -> Proposal:
    """Check a wish, keep it as a draft, and try it on last week. Refuses with words that tell what to do.

    missing: as in `bot_must_speak`. target: what kind of channel it is.
    """
    boards = await boards_for(app, text, person.guild_id)
    member_id = person.id if channel_id is None else None
    like = Subscription(0, person.guild_id, channel_id, member_id, text.strip(), "draft", None, now)
    like = replace(like, target=target if member_id is None else "member", follows=follows)
    like = replace(like, follows_channel_id=follows_channel_id)
    async with app.store.begin() as tx:
        existing = await of_target(tx, person, channel_id)
        may_add(person, channel_id, missing, existing)
        draft_id = await store.subscriptions.draft(tx, like, person.id, now)
        gathered = await _gathered(tx, app, await kept_in(tx, draft_id), existing, 0, now)
    return await _proposal(app, gathered, boards)


async def retype(
    app: App, person: Person, draft_id: int, text: str, now: datetime, *, editing_id: int = 0
) -> Proposal:
    """The maker changed a draft's filter. Even one with a mistake is kept, so that it can be mended."""
    boards = await boards_for(app, text, person.guild_id)
    async with app.store.begin() as tx:
        await _draft(tx, person, draft_id)
        await store.subscriptions.arrange(tx, draft_id, now, filter=text.strip())
        gathered = await _shown(tx, app, person, await kept_in(tx, draft_id), editing_id, now)
    return await _proposal(app, gathered, boards)


async def arrange(
    app: App, person: Person, draft_id: int, now: datetime, **chosen: Unpack[Chosen]
) -> Subscription:
    """The maker chose how a draft is told."""
    if text := chosen.get("role_filter"):
        parsed(text, draft_id)
    async with app.store.begin() as tx:
        await _draft(tx, person, draft_id)
        await store.subscriptions.arrange(tx, draft_id, now, **chosen)
        return await kept_in(tx, draft_id)


async def shown(app: App, person: Person, draft_id: int, editing_id: int, now: datetime) -> Proposal:
    """A draft as it is now. editing_id: the saved one that it changes; 0: it is a new one."""
    async with app.store.read() as tx:
        draft = await _draft(tx, person, draft_id)
        gathered = await _shown(tx, app, person, draft, editing_id, now)
    return await _proposal(app, gathered)


async def rewrite(app: App, person: Person, subscription_id: int, now: datetime) -> Proposal:
    """A draft like this saved one, which takes its place when it is saved."""
    async with app.store.begin() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
        draft_id = await store.subscriptions.draft(tx, kept, person.id, now)
        gathered = await _shown(tx, app, person, await kept_in(tx, draft_id), kept.id, now)
    return await _proposal(app, gathered)


async def copy(
    app: App,
    person: Person,
    subscription_id: int,
    channel_id: int,
    missing: Sequence[str] | None,
    now: datetime,
    *,
    target: Target = "text",
) -> Proposal:
    """A draft like this one, in another channel."""
    async with app.store.begin() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
        may_add(person, channel_id, missing, await of_target(tx, person, channel_id))
        like = fitting(replace(kept, channel_id=channel_id), target)
        draft_id = await store.subscriptions.draft(tx, like, person.id, now)
        gathered = await _shown(tx, app, person, await kept_in(tx, draft_id), 0, now)
    return await _proposal(app, gathered)


async def save(
    app: App,
    person: Person,
    draft_id: int,
    missing: Sequence[str] | None,
    now: datetime,
    *,
    editing_id: int = 0,
    tag_required: bool = False,
) -> Saved:
    """The maker pressed *Save*. Pressing it twice saves it once. A member's first alert is tried by a test message.

    editing_id: the saved one that takes what the draft says; it stays active or paused as it was.
    tag_required: its forum wants a tag on each post.
    """
    if (await _whose(app, draft_id)) == person.id:
        await members.met(app, person, now)
    async with app.store.begin() as tx:
        found = await store.subscriptions.one(tx, draft_id)
        if found is None and editing_id:  # a second press: the draft is part of the other one already
            return await _saved(tx, may_turn(await store.subscriptions.one(tx, editing_id), person), True)
        draft = may_change(found, person)
        if draft.state != "draft":
            return await _saved(tx, draft, False)
        editing = None
        if editing_id:
            editing = may_turn(await store.subscriptions.one(tx, editing_id), person)
            if not the_same(editing, draft):
                raise Refusal("subscription_gone")
        existing = [
            one
            for one in await of_target(tx, person, draft.channel_id)
            if one.id not in (draft_id, editing_id)
        ]
        may_add(person, draft.channel_id, missing, existing)
        not_twice(parsed(draft.filter, draft_id), draft, existing)
        if tag_required and not draft.fallback_tag:
            raise Refusal("tag_needed", channel_id=draft.channel_id)
        if editing is not None:
            await store.subscriptions.adopt(tx, editing.id, draft, person.id, now)
            kept = await kept_in(tx, editing.id)
            await _let_go(tx, kept, now)
            return await _saved(tx, kept, True)
        await store.subscriptions.change(tx, draft_id, person.id, now, state="active")
        kept = await kept_in(tx, draft_id)
        new_to_them = kept.member_id is not None and not any(one.tested_at for one in existing)
        testing = new_to_them and await alerts_out.send_test(tx, kept, now)
        return replace(await _saved(tx, kept, False), testing=testing)


async def _let_go(tx: Tx, kept: Subscription, now: datetime) -> None:
    """It hears something else now: what waits and passes by none of its reader's filters is told no more."""
    waits = [row.opening_id for row in await store.waiting.of(tx, kept.id)]
    scene = await scene_of(tx, await store.openings.by_ids(tx, waits, text=False), [[kept]])
    gone = await passes_no_more(tx, kept, waits, scene, now)
    await store.waiting.done(tx, [kept.id], gone)


async def _saved(tx: Tx, kept: Subscription, edited: bool) -> Saved:
    return Saved(kept, await _member(tx, kept), edited)


async def discard(app: App, person: Person, draft_id: int, now: datetime) -> None:
    """The maker decided against a draft."""
    async with app.store.begin() as tx:
        await _draft(tx, person, draft_id)
        await store.subscriptions.change(tx, draft_id, person.id, now, state="stopped")


async def _whose(app: App, draft_id: int) -> int | None:
    async with app.store.read() as tx:
        kept = await store.subscriptions.one(tx, draft_id)
    return kept.member_id if kept else None


async def _draft(tx: Tx, person: Person, draft_id: int) -> Subscription:
    kept = may_change(await store.subscriptions.one(tx, draft_id), person)
    if kept.state != "draft":
        raise Refusal("saved_already")
    return kept


async def _shown(
    tx: Tx, app: App, person: Person, draft: Subscription, editing_id: int, now: datetime
) -> _Gathered:
    existing = await of_target(tx, person, draft.channel_id)
    return await _gathered(tx, app, draft, existing, editing_id, now)


async def _gathered(
    tx: Tx,
    app: App,
    draft: Subscription,
    existing: Sequence[Subscription],
    editing_id: int,
    now: datetime,
) -> _Gathered:
    editing = next((one for one in existing if one.id == editing_id), None)
    followed = None
    if draft.follows != "filter":
        followed = trying.any_of(await filters_of(tx, replace(draft, filter="")))
    others = [one for one in existing if one.id not in (draft.id, editing_id)]
    week = await trying.week(tx, app, draft, now)
    return _Gathered(draft, others, week, followed, await _member(tx, draft), editing)


async def _proposal(app: App, of: _Gathered, boards: Sequence[str] | None = None) -> Proposal:
    own = parsed(of.draft.filter, of.draft.id, boards)
    not_twice(own, of.draft, of.existing)
    heard = trying.heard(own, of.draft.follows, of.followed)
    tried = NOTHING_TRIED if heard is None else await trying.tried(app, heard, of.week)
    labels = [] if heard is None else [label for label, _ in variants(heard)]
    return Proposal(
        subscription=of.draft,
        words=own.words(),
        tried=tried,
        hints=own.hints,
        mirror=tuple(zip(labels, tried.without, strict=False)) if of.draft.follows == "filter" else (),
        editing=of.editing,
        member=of.member,
        says_nothing=heard is None,
        in_form=read(of.draft.filter) is not None,
    )


# -- when it is saved ----------------------------------------------------------------------------


async def channel_of(app: App, person: Person, draft_id: int, editing_id: int) -> int | None:
    """The channel that a draft, or the saved one it became part of, is for; None: it is a member's own."""
    async with app.store.read() as tx:
        found = await store.subscriptions.one(tx, draft_id)
        if found is None and editing_id:
            found = await store.subscriptions.one(tx, editing_id)
        return may_change(found, person).channel_id


async def kept(app: App, person: Person, subscription_id: int) -> Subscription:
    """A subscription that this person may change, as it is kept."""
    async with app.store.read() as tx:
        return may_change(await store.subscriptions.one(tx, subscription_id), person)


async def alerts(app: App, person: Person) -> list[Listed]:
    """What this person may see: their own, and the channels' too for a moderator."""
    async with app.store.read() as tx:
        listed = await store.subscriptions.seen_by(tx, person.guild_id, person.id, channels=person.manages)
        waiting = await outbox.waiting(tx, [one.id for one in listed])
        later = await store.waiting.counts(tx, [one.id for one in listed])
    return [
        Listed(one, parse(one.filter).words(), waiting.get(one.id, 0), later.get(one.id, 0)) for one in listed
    ]


async def tried(app: App, person: Person, subscription_id: int, now: datetime) -> Proposal:
    """Try a subscription on the last days again."""
    async with app.store.read() as tx:
        kept = may_change(await store.subscriptions.one(tx, subscription_id), person)
        gathered = await _shown(tx, app, person, kept, kept.id, now)
    return await _proposal(app, gathered)


async def card_of(app: App, guild_id: int, nonce: str) -> OpeningCard:
    """What a card of this server is about, by its marker."""
    async with app.store.read() as tx:
        row = await outbox.by_nonce(tx, nonce)
    if row is None or row.guild_id != guild_id or row.kind != routes.CARD:
        raise Refusal("card_forgotten")
    return decode(OpeningCard, row.value)


async def followable(app: App, person: Person) -> list[int]:
    """The channels here that an active subscription posts in, the oldest first."""
    async with app.store.read() as tx:
        heard = await store.subscriptions.heard(tx, person.guild_id)
    return list(dict.fromkeys(one.channel_id for one in heard if one.channel_id is not None))


async def _member(tx: Tx, kept: Subscription) -> Member | None:
    """Whose own it is, as far as we know them."""
    if kept.member_id is None:
        return None
    return (await members.members_in(tx, kept.guild_id, [kept.member_id])).get(kept.member_id)
