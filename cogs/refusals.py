"""Refusals as words: the one place where an expected "no" becomes a sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from math import ceil
from typing import Any

from bot.jobs.query import FilterError
from bot.moderation import permissions
from bot.refusals import Refusal
from cogs import gate


def _bot_may_not(channel_id: int, missing: tuple[str, ...]) -> str:
    lacking = f"I lack **{permissions.named(missing)}** in <#{channel_id}>."
    return f"{lacking} Grant it under {permissions.WHERE}, then try again."


def _filter_wrong(error: FilterError, draft_id: int) -> str:
    words, shown = error.pointing().split("\n", 1)
    return f"{gate.escape(words, 400)}\n{gate.code_block(shown, 400)}"


def _subscribed_already(channel_id: int | None) -> str:
    whose = f"<#{channel_id}> has" if channel_id else "You have"
    return f"{whose} this filter already. See it with /jobs alerts."


def _unknown(what: str, otherwise: str) -> Callable[..., str]:
    """Words for a name that nothing here has; with up to three that are near."""

    def sentence(text: str, near: tuple[str, ...]) -> str:
        said = f"I know no {what} called “{gate.escape(text, 60)}”."
        if not near:
            return f"{said} {otherwise}"
        return f"{said} Did you mean {' or '.join(gate.escape(one, 100) for one in near)}?"

    return sentence


def _link_not_public(link: str, why: str) -> str:
    return f"“{gate.escape(link, 80)}” {why}. Give a link that everybody can open."


WORDS: dict[str, Callable[..., str]] = {
    "moderators_only": lambda: (
        "Only moderators can do this here: it needs the Manage Server permission. Ask one of them."
    ),
    "owner_only": lambda: (
        "Only the server's owner can choose this: it decides who reads what members report. Ask them."
    ),
    "channel_is_moderators": lambda: (
        "Only moderators can do this here: it needs the Manage Server permission. "
        "You can subscribe for yourself: leave `channel:` out."
    ),
    "bot_may_not": _bot_may_not,
    "channel_gone": lambda: "That channel is gone. Choose another one, or stop what was posted there.",
    "filter_wrong": _filter_wrong,
    "subscribed_already": _subscribed_already,
    "subscription_gone": lambda: "That subscription is gone. See what there is with /jobs alerts.",
    "too_many_subscriptions": lambda limit: (
        f"{limit} subscriptions are the limit. Stop one in /jobs alerts first."
    ),
    "card_forgotten": lambda: "I no longer keep the reasons for this card. They are kept for 30 days.",
    "saved_gone": lambda: "That is not on your list any more. See what is with /jobs saved.",
    "too_many_saved": lambda limit: (
        f"{limit} openings are the limit of your list. Remove old ones in /jobs saved first."
    ),
    "step_without_words": lambda: "A day alone says nothing later. Write what you do on it.",
    "day_unclear": lambda text: (
        f"I can't read “{gate.escape(text, 60)}” as a day. Write 2026-12-01, Friday, or in 3 days."
    ),
    "day_past": lambda day: f"{day} is over. Write a day from today on.",
    "not_yours_to_write": lambda: (
        "You may not write in this channel, so I don't either. Go to one where you may."
    ),
    "opening_forgotten": lambda: (
        "I no longer keep that opening. Ask /jobs check with its link or its text instead."
    ),
    "search_forgotten": lambda: "I kept that search for a day. Begin again with /jobs search.",
    "profile_no_country": lambda: "I don't know where you may work. Tell me, then search again.",
    "too_many_hidden": lambda limit: (
        f"{limit} things are hidden from you, which is the limit. Nothing was hidden."
    ),
    "check_empty": lambda: "There is nothing to check. Give the posting's link, or paste its text.",
    "check_too_long": lambda limit: (
        f"{limit:,} characters are the limit. Leave out what is about the company."
    ),
    "check_unreadable": lambda: "I could not read that text. Paste the posting alone, from its title on.",
    "tag_needed": lambda channel_id: (
        f"Every post in <#{channel_id}> needs a tag. Choose the one for posts that no other fits, then save."
    ),
    "role_not_mentionable": lambda role_id, channel_id: (
        f"I may not mention <@&{role_id}> in <#{channel_id}>. Let all mention it under Server Settings → Roles. "
        f"Or grant me Mention @everyone, @here and All Roles under {permissions.WHERE}."
    ),
    "role_gone": lambda: "That role is gone. Choose another one.",
    "opening_unnamed": lambda: "I need an opening to look at. Paste its link, or choose one of the newest.",
    # jobs: what members tell and offer
    "nothing_to_doubt": lambda: "Nothing is stated here that could be wrong. Read it again under More.",
    "too_many_doubts": lambda limit: f"{limit} a day are the limit. Tell the rest tomorrow.",
    "too_many_unwanted": lambda limit: f"{limit} blocked companies are the limit. Remove one first.",
    "company_unwanted": lambda: "This server doesn't show that company's openings. Share another find.",
    "opening_taken_down": lambda: "Moderators here took that opening down. Share another find.",
    "opening_closed": lambda: "That opening is closed. Share one that is open.",
    "stands_here": lambda link: f"It stands here already: {link}",
    "share_waits": lambda: "It was offered here already. Moderators look at it; nothing is left to do.",
    "share_without_title": lambda: "A find needs a title. Type /jobs share again and write which job it is.",
    "too_many_shares": lambda limit: f"{limit} finds a day are the limit. Share the next one tomorrow.",
    "company_not_named": lambda: "That opening names no company. Ask about another one.",
    "nobody_knows": lambda: "Nobody here said so. Look again in some weeks.",
    "inquiry_there": lambda: "You asked about this company already. Press *Who knows this company?* to see.",
    "saved_already": lambda: "That was saved already. Pause or stop it in /jobs alerts.",
    "feed_read_just_now": lambda at: (
        f"I read it just now. You can ask for it again <t:{ceil(at.timestamp())}:R>."
    ),
    "feed_same_address": lambda: "That is the address it has already. Give another one.",
    "feed_test_forgotten": lambda: "I no longer know what I tested there. Begin again with /feeds add.",
    "too_many_feeds_here": lambda limit: (
        f"{limit} added feeds are the limit of a server. Remove one in /feeds list first."
    ),
    "too_many_feeds": lambda limit: (
        f"All servers together have added {limit} feeds, and I can read no more. Tell the people who run me."
    ),
    "list_wrong": lambda why: f"That file {why}. Give an OPML file, as feed readers export it.",
    "feed_gone": lambda: "That feed is no longer in the list. Nothing is left to do.",
    "decided_already": lambda: "This was decided already. Nothing is left to do.",
    "server_only": lambda: (
        "This works in a server where I am: type it there, only you see the answer. /help says what works here."
    ),
    "role_of_everybody": lambda: "That role is everybody's. Choose one that only trusted people hold.",
    "role_of_a_bot": lambda: "That role belongs to a bot. Choose one that people hold.",
    "contact_is_a_bot": lambda: "A bot can't look after people. Choose a member.",
    "contact_is_the_owner": lambda: "The owner hears of these reports already. Choose somebody else.",
    # resources
    "need_unknown": lambda text: (
        f"I have no list for “{gate.escape(text, 60)}”. Choose a need from the menu of /resources."
    ),
    "resource_without_name": lambda: "It needs a name. Write what its people call it.",
    "resource_there": lambda url: "That link is in this server's list already. See /resources.",
    "too_many_resources": lambda limit: f"{limit} of a server's own are the limit. Remove one first.",
    # people: what somebody writes about themselves
    "member_unknown": lambda: "I know nothing of you here any more. Begin again with /start.",
    "place_unknown": _unknown("city", "Name a bigger one nearby, or a zone such as Europe/Berlin."),
    "country_unknown": _unknown("country", "Write its English name, such as Portugal."),
    "language_unknown": _unknown("language", "Write its English name, such as Portuguese."),
    "too_many_countries": lambda limit: f"{limit} countries are the limit. Leave some out.",
    "too_many_languages": lambda limit: f"{limit} languages are the limit. Name those you could work in.",
    "too_many_skills": lambda limit: f"{limit} skills are the limit. Name those you want to be hired for.",
    "too_many_links": lambda limit: f"{limit} links are the limit. Choose the best ones.",
    "link_refused": lambda link: (
        f"I can't show “{gate.escape(link, 80)}”. Give an https:// link to a page, not an invite."
    ),
    "link_not_public": _link_not_public,
    "pay_unclear": lambda text: (
        f"I can't read “{gate.escape(text, 60)}” as pay. Write a year's amount and its currency: 60,000 EUR."
    ),
    "quiet_unclear": lambda: "Those hours are on no clock. Choose both from the menus.",
    # people: whom they must not meet
    "that_is_a_bot": lambda: "That is a bot. I bring nobody together with one; nothing is left to do.",
    "that_is_you": lambda: "That is you. Choose somebody else.",
    "company_without_name": lambda: "A company needs a name with letters or digits. Write it again.",
    "too_many_guards": lambda limit: f"{limit} guards are the limit. Remove one in /me blocks first.",
    "pen_name_length": lambda shortest, longest: (
        f"A pen name has {shortest} to {longest} characters, with letters or digits. Write another one."
    ),
    "members_unasked": lambda: "Discord did not tell me who is here. Try again in a minute.",
    "pen_name_taken": lambda: "That name is taken here, or too much like one. Choose another one.",
    # people: cases and introductions
    "report_empty": lambda: "I need a few words about what happened. Press it again and write them.",
    "report_too_soon": lambda at: (
        f"You told something just now. The next one can go <t:{ceil(at.timestamp())}:R>."
    ),
    "too_many_cases": lambda limit: (
        f"{limit} of your cases are still open. Wait until one is closed: see /report."
    ),
    "case_not_yours": lambda: (
        "Only those who read this case can open it. Ask the server's owner who that is."
    ),
    "case_claimed": lambda number: f"Somebody took case {number} already. Open it again to see who.",
    "case_closed": lambda number: f"Case {number} is closed. Open it again to go on with it.",
    "case_open_already": lambda number: f"Case {number} is open already. Claim it to look after it.",
    "case_about_nobody": lambda: "This case names nobody. Read its words, or write a note.",
    "note_empty": lambda: "A note needs words. Press Note again and write them.",
    "pen_name_unknown": lambda: "Nobody has that pen name in that group. Check how both are written.",
    "not_a_member": lambda: "You are no member of that server any more. Join it again first.",
    "words_empty": lambda: "They need a line from you. Press it again and write one.",
    "too_many_asks": lambda limit: (
        f"{limit} of your asks still wait. The oldest ends within a week; then ask again."
    ),
    "too_many_asks_a_month": lambda limit: f"{limit} asks in 30 days are the limit. Ask again later.",
    "introduction_over": lambda: "This is over: it was answered, or its time ran out. See /meet find.",
}


@cache
def every() -> Mapping[str, Callable[..., str]]:
    """Reason → its sentence. Those of some subjects stand in their own catalogues."""
    # Not above: those subjects' pages import us.
    from cogs.checkins.words.refusals import REFUSALS as CHECKINS
    from cogs.meets.words.refusals import REFUSALS as MEETS
    from cogs.reviews.words.refusals import REFUSALS as REVIEWS

    return {**WORDS, **CHECKINS, **MEETS, **REVIEWS}


def words(refusal: Refusal) -> str:
    """The sentence for a refusal; an unknown reason is a bug and raises KeyError."""
    facts: dict[str, Any] = refusal.facts
    return every()[refusal.reason](**facts)
