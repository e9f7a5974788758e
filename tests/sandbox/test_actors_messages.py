"""Writing, editing, reacting, pinning, threads and posts: what a person may, and what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox import Actor, CannotDo, Permission, Sandbox, Upload
from sandbox.model import ChannelKind, Message, Overwrite, Tag

THREADS = (
    Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS | Permission.SEND_MESSAGES_IN_THREADS
)


@pytest.fixture
def reviews(sandbox: Sandbox) -> Sandbox:
    """The community, where everybody may start threads, and mo may pin and manage them too."""
    everyone = sandbox.guild.roles[sandbox.guild.id]
    everyone.permissions |= THREADS
    moderators = next(role for role in sandbox.guild.roles.values() if role.name == "moderators")
    moderators.permissions |= Permission.PIN_MESSAGES | Permission.MANAGE_THREADS
    for name in ("ana", "bob", "mo"):
        sandbox.member(name).go("reviews")
    return sandbox


def people(sandbox: Sandbox) -> tuple[Actor, Actor, Actor]:
    return sandbox.member("ana"), sandbox.member("bob"), sandbox.member("mo")


# -- saying --------------------------------------------------------------------------------------


def test_what_is_said_calls_whom_it_names_and_may_be_silent(reviews: Sandbox) -> None:
    """A mention calls; everyone only by who may; a reply calls the author; the silent flag is kept."""
    ana, bob, _ = people(reviews)
    first = ana.say(f"@everyone <@{bob.user.id}>")
    assert first.pinged.users == (bob.user.id,) and not first.pinged.everyone
    answer = bob.say("Yes.", reply_to=first, silent=True)
    assert (answer.kind, answer.reference_id, answer.flags) == (19, first.id, 1 << 12)
    assert answer.pinged.users == (ana.user.id,)


def test_files_are_carried(reviews: Sandbox, tmp_path: Path) -> None:
    """Made up, as a name with bytes, or from the disk; a type is guessed, a name is cleaned as Discord does."""
    cv = tmp_path / "my cv.txt"
    cv.write_text("Python")
    sent = reviews.member("ana").say(files=[Upload("a.png", b"1", "image/x"), ("b.pdf", b"22"), cv])
    named = [(file.filename, file.content_type, file.data) for file in sent.attachments]
    assert named == [
        ("a.png", "image/x", b"1"),
        ("b.pdf", "application/pdf", b"22"),
        ("my_cv.txt", "text/plain", b"Python"),
    ]


Refused = Callable[[Actor, Message], object]


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda ana, theirs: ana.say("x" * 2001), "up to 2000 characters, not 2001"),
        (lambda ana, theirs: ana.say("  "), "Write something"),
        (lambda ana, theirs: ana.say("x", [("f", b"")] * 11), "up to 10 files, not 11"),
        (lambda ana, theirs: ana.say("x", [("f", bytes(10 * 1024 * 1024 + 1))]), "up to 10 MiB"),
        (lambda ana, theirs: ana.edit(theirs, "Mine now."), "only what they wrote"),
        (lambda ana, theirs: ana.remove(theirs), "may not delete"),
        (lambda ana, theirs: ana.pin(theirs), "may not pin"),
        (lambda ana, theirs: ana.react(theirs, "ok"), "'ok' is no emoji"),
        (lambda ana, theirs: ana.message(7), "does not see that message"),
        (lambda ana, theirs: ana.go("remote-python").say("x", reply_to=theirs), "same channel"),
        (lambda ana, theirs: ana.start_thread(""), "1 to 100 characters"),
        (lambda ana, theirs: ana.start_thread("t", theirs, private=True), "A thread from a message is open"),
        (lambda ana, theirs: ana.join("reviews"), "no thread"),
        (lambda ana, theirs: ana.post_in("reviews", "Title", "Text"), "no forum"),
        (lambda ana, theirs: ana.go("nowhere"), "offered no channel 'nowhere'"),
    ],
)
def test_what_the_client_would_not_allow(reviews: Sandbox, attempt: Refused, words: str) -> None:
    """Each is refused in words, and nothing happens."""
    ana, bob, _ = people(reviews)
    theirs = bob.say("His.")
    with pytest.raises(CannotDo, match=words):
        attempt(ana, theirs)
    assert [one.text for one in bob.sees("reviews")] == ["His."]
    assert not theirs.pinned_at and not theirs.reactions and not theirs.edits


def test_a_person_edits_and_deletes_their_own(reviews: Sandbox) -> None:
    """The edit shows its mark and calls nobody anew; a deleted message is out of sight."""
    ana, bob, _ = people(reviews)
    mine = ana.say("Helo")
    ana.edit(mine.id, f"Hello <@{bob.user.id}>")
    assert mine.edited_at is not None and mine.pinged.users == ()
    ana.remove(str(mine.id))
    assert bob.sees("reviews") == []


def test_slow_mode_keeps_people_quiet_but_not_who_may_pass(reviews: Sandbox) -> None:
    """The sandbox's clock decides; BYPASS_SLOWMODE passes."""
    ana, _, mo = people(reviews)
    reviews.channel("reviews").slowmode = 60
    ana.say("One.")
    with pytest.raises(CannotDo, match="slow mode: wait 60 seconds"):
        ana.say("Two.")
    reviews.clock.move(timedelta(seconds=61))
    ana.say("Two.")
    moderators = next(role for role in reviews.guild.roles.values() if role.name == "moderators")
    moderators.permissions |= Permission.BYPASS_SLOWMODE
    mo.say("One.")
    mo.say("Two.")


def test_who_is_timed_out_can_only_read(reviews: Sandbox) -> None:
    """No writing, reacting or threads; reading goes on; it ends by itself."""
    ana, bob, _ = people(reviews)
    theirs = bob.say("Hello.")
    reviews.guild.members[ana.user.id].timed_out_until = reviews.clock.now() + timedelta(hours=1)
    assert [one.text for one in ana.sees("reviews")] == ["Hello."]
    for attempt in (
        lambda: ana.say("x"),
        lambda: ana.react(theirs, "👍"),
        lambda: ana.start_thread("t"),
    ):
        with pytest.raises(CannotDo):
            attempt()
    with pytest.raises(CannotDo, match="timed out and can only read"):
        ana.say("x")
    reviews.clock.move(timedelta(hours=1, seconds=1))
    ana.say("Back.")


# -- reactions and pins --------------------------------------------------------------------------


def test_reactions_are_counted_once_a_person(reviews: Sandbox) -> None:
    """Joining a reaction needs no ADD_REACTIONS, starting one does; the last to go takes it away."""
    ana, bob, _ = people(reviews)
    message = ana.say("Good?")
    ana.react(message, "👍")
    ana.react(message, "👍")
    reviews.deny("reviews", Permission.ADD_REACTIONS, name="bob")
    bob.react(message, "👍")
    assert bob.message(message).reactions == {"👍": 2}
    with pytest.raises(CannotDo, match="may not react in #reviews"):
        bob.react(message, "🎉")
    ana.unreact(message, "👍")
    bob.unreact(message, "👍")
    assert bob.message(message).reactions == {}


def test_the_twenty_first_emoji_is_too_many(reviews: Sandbox) -> None:
    """Twenty different ones fit."""
    ana = reviews.member("ana")
    message = ana.say("Vote.")
    for number in range(20):
        ana.react(message, chr(0x1F600 + number))
    with pytest.raises(CannotDo, match="up to 20 different"):
        ana.react(message, "👍")


def test_a_pin_is_told_in_the_channel(reviews: Sandbox) -> None:
    """Who holds PIN_MESSAGES may; the channel reads who pinned; it can be taken away again."""
    ana, _, mo = people(reviews)
    message = ana.say("Read this first.")
    mo.pin(message)
    notice = reviews.messages("reviews")[-1]
    assert (notice.kind, notice.author_id, notice.reference_id) == (6, mo.user.id, message.id)
    assert message.pinned_at is not None
    mo.unpin(message)
    assert message.pinned_at is None


# -- threads, forums, DMs ------------------------------------------------------------------------


def test_a_thread_is_started_joined_written_in_and_closed(reviews: Sandbox) -> None:
    """From a message; by name or id; a closed one opens when somebody writes; a locked one does not."""
    ana, bob, mo = people(reviews)
    thread = ana.start_thread("Portfolio", on=bob.say("Look at mine?"))
    bob.go("Portfolio").say("Here.")
    assert [one.text for one in ana.sees(thread.id)][-1:] == ["Here."]
    mo.join(thread)
    mo.leave(str(thread.id))
    assert thread.thread is not None and sorted(thread.thread.members) == sorted([ana.user.id, bob.user.id])
    with pytest.raises(CannotDo, match="may not close"):
        bob.archive(thread)
    ana.archive(thread)
    with pytest.raises(CannotDo, match="is archived"):
        bob.react(bob.sees(thread)[-1], "👍")
    bob.say("One more.")
    assert not thread.thread.archived
    thread.thread.locked = True
    with pytest.raises(CannotDo, match="is locked"):
        bob.say("And another.")


def test_a_private_thread_is_there_for_its_members(reviews: Sandbox) -> None:
    """Others cannot go there until they are named in it."""
    ana, bob, _ = people(reviews)
    thread = ana.start_thread("Pair", private=True)
    assert bob.sees(thread) == []
    with pytest.raises(CannotDo, match="offered no channel"):
        bob.go(thread)
    ana.go(thread).say(f"<@{bob.user.id}>, come in.")
    assert [one.text for one in bob.go("Pair").sees("Pair")][-1:] == [f"<@{bob.user.id}>, come in."]


def test_a_post_has_tags_and_files(reviews: Sandbox) -> None:
    """Tags by name or id; a required one must be there, a moderators' one is theirs alone; no plain messages."""
    ana, _, mo = people(reviews)
    forum = reviews.world.add_channel(reviews.guild, "help", ChannelKind.FORUM)
    forum.tags = (Tag(1, "cv"), Tag(2, "solved", moderated=True))
    forum.require_tag = True
    with pytest.raises(CannotDo, match="is a forum"):
        ana.go("help").say("Hello?")
    with pytest.raises(CannotDo, match="asks for a tag"):
        ana.post_in("help", "My CV", "Please look.")
    with pytest.raises(CannotDo, match="Only moderators give the tag 'solved'"):
        ana.post_in("help", "My CV", "Please look.", tags=["solved"])
    with pytest.raises(CannotDo, match="no tag 'job'"):
        ana.post_in("help", "My CV", "Please look.", tags=["job"])
    post = ana.post_in(forum, "My CV", "Please look.", tags=["cv"], files=[("cv.pdf", b"%PDF")])
    assert post.thread is not None and post.thread.tags == (1,)
    [first] = mo.go(post).sees(post)
    assert (first.text, first.message.attachments[0].filename) == ("Please look.", "cv.pdf")
    assert mo.post_in(forum, "Done", "It is.", tags=["2"]).name == "Done"


def test_direct_messages_can_be_closed_and_written(reviews: Sandbox) -> None:
    """The switch of the client; the DM is a place like others, by id too."""
    ana, bob, _ = people(reviews)
    ana.go_to_dm().say("Hello, bot.")
    dm = ana.place
    ana.go("reviews").go(dm.id)
    assert (
        [one.text for one in ana.sees(str(dm.id))]
        == ["Hello, bot."]
        == [one.text for one in ana.sees_in_dm()]
    )
    with pytest.raises(CannotDo, match="offered no channel"):
        bob.go(dm.id)
    ana.dms(False)
    assert not ana.user.dms_open


def test_an_actor_can_sit_anywhere_from_the_start(reviews: Sandbox) -> None:
    """A second window of the same person, in its own place; a place that is hidden shows nothing."""
    ana = reviews.member("ana")
    private = reviews.channel("moderators")
    window = Actor(reviews.world, reviews.guild, ana.user, place=private)
    assert window.place is private and window.sees(private) == []
    reviews.world.set_overwrite(private, Overwrite(ana.user.id, 1, allow=Permission.VIEW_CHANNEL))
    reviews.member("mo").go("moderators").say("Welcome.")
    assert [one.text for one in window.sees(private.id)] == ["Welcome."]
