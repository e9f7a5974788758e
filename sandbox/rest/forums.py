"""Forums: their own fields, and the posts in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox import drafts, errors, limits, thread_rules, threads, wire, wire_messages
from sandbox.limits_common import at, check_length
from sandbox.model import Channel, ChannelKind, MessageFlag, Tag
from sandbox.permissions import Permission
from sandbox.rest.call import Answer, Call

TAGS = 20  # docs: Modify Channel, available_tags
TAG_CHARACTERS = 20  # docs: Forum Tag Structure; 50 in the description


def post(call: Call, forum: Channel) -> Answer:
    """A new thread with its first message, which has the thread's id. Needs SEND_MESSAGES alone."""
    world, body = call.world, call.body
    private = body.get("type") == ChannelKind.PRIVATE_THREAD
    thread_rules.check_start(world, world.bot.id, forum, private=private)
    if not isinstance(body.get("message"), dict):
        raise errors.required("message")
    limits.check_channel(body)
    message = {**body["message"], "flags": (body["message"].get("flags") or 0) & ~MessageFlag.EPHEMERAL}
    limits.check_message(message, files=len(call.files), under="message")
    if message.get("embeds"):
        call.channel(Permission.EMBED_LINKS)
    if call.files:
        call.channel(Permission.ATTACH_FILES)
    tags = tuple(map(int, body.get("applied_tags") or ()))
    thread_rules.check_tags(world, world.bot.id, forum, tags)
    thread_rules.check_has_tag(world, world.bot.id, forum, tags)
    thread = threads.start(
        world,
        forum,
        world.bot.id,
        body["name"],
        auto_archive=body.get("auto_archive_duration"),
        slowmode=body.get("rate_limit_per_user"),
        tags=tags,
        first=drafts.new(message, call.files, call.author(forum), world.ids.next),
    )
    first = wire_messages.message(world, world.messages[thread.id])
    return 201, {**wire.joined_thread(world, thread), "message": first}


def check_fields(body: Mapping[str, Any]) -> None:
    """A forum's tags: at most 20, 1 to 20 characters each, no name twice (40061)."""
    tags = body.get("available_tags") or ()
    if len(tags) > TAGS:
        raise errors.too_long("available_tags", TAGS)
    for index, tag in enumerate(tags):
        here = at("available_tags", index)
        check_length(tag.get("name"), at(here, "name"), 1, TAG_CHARACTERS)
        if tag.get("emoji_id") and tag.get("emoji_name"):
            message = "At most one of emoji_id and emoji_name may be set"
            raise errors.form_error({here: ("CHANNEL_TAG_EMOJI_EXCLUSIVE", message)})
        if tag.get("emoji_id"):
            raise errors.unknown_emoji()  # guilds of the sandbox have no emoji of their own
    names = [tag["name"] for tag in tags]
    if len(set(names)) < len(names):
        raise errors.tag_names_repeat()


def set_fields(call: Call, forum: Channel) -> None:
    """Copy what a request gives; absent keys stay as they are. A tag without a known id is a new one."""
    body = call.body
    if body.get("available_tags") is not None:
        known = {tag.id for tag in forum.tags}
        forum.tags = tuple(_tag(call, one, known) for one in body["available_tags"])
        _take_off(call, forum)
    if body.get("flags") is not None:
        forum.require_tag = bool(body["flags"] & wire.REQUIRE_TAG)
    if "default_reaction_emoji" in body:
        forum.default_reaction = (body["default_reaction_emoji"] or {}).get("emoji_name")
    if "default_sort_order" in body:
        forum.default_sort = body["default_sort_order"]
    if body.get("default_forum_layout") is not None:
        forum.default_layout = body["default_forum_layout"]


def _tag(call: Call, sent: Mapping[str, Any], known: set[int]) -> Tag:
    given = int(sent.get("id") or 0)
    tag_id = given if given in known else call.world.ids.next()
    return Tag(tag_id, sent["name"], bool(sent.get("moderated")), sent.get("emoji_name"))


def _take_off(call: Call, forum: Channel) -> None:
    """Tags that the forum no longer has are on no post any more."""
    known = {tag.id for tag in forum.tags}
    for thread in threads.in_parent(call.world, forum):
        about = thread_rules.of(thread)
        about.tags = tuple(tag for tag in about.tags if tag in known)
