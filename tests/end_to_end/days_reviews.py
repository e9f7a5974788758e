"""Reviews and meetings in the boss test: what Ana does in private, what Bob and the others do beside her.

Ana writes and speaks Portuguese here, Bob English. There are readers and company enough in both, so that nobody else
gets more or less because of her: with her each number of a round stays within the same step of five. Two things are
hers and Bob's alone, so that only she could fit him: mock interviews, and reading a pitch.

Whoever manages threads may read every private one: that is Discord's, and the page says so before a document is
handed in. Here the owner took that right from moderators where documents stand.
"""

from __future__ import annotations

from contextlib import suppress

from bot.meets.flow import joining
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key, Profile
from bot.reviews import answers
from bot.reviews.asking import Draft
from bot.reviews.flow import asking, documents, filling, giving, readings, results
from bot.reviews.flow.asking import Task
from sandbox import Actor, CannotDo, Permission, Reply
from sandbox.model import Channel, ChannelKind, Overwrite
from tests.end_to_end.days import Deed, fill
from tests.end_to_end.town import Town, form, page
from tests.reviews.document.papers import paper

CHANNEL = "reviews"
ENGLISH, PORTUGUESE = ("tom", "una", "vic"), ("eve", "wes")
READ_ONLY = ("mo", "owner")  # Portuguese, from the second round on: nobody reads for the same one twice
COFFEE = (*ENGLISH, "wes")
HER_LETTER = (
    "Since March I have kept the payments of four teams calm, and nobody here is to know of this letter."
)
POSTING = "Senior data engineer, remote in Portugal: SQL, Airflow, three years"
LETTER = "I have moved fourteen services to a new platform, and I write the notes by which four teams decide."
ADVICE = "Put the newest role first, then one number that shows what changed by your work, and for whom. " * 4
NOBODY = "nobody fits this week"
ASKED, ACCEPTED, SENT, RATED = (9, 16), (11, 18), (12, 19), (13,)


# -- what moderators set up ----------------------------------------------------------------------


async def prepares(town: Town) -> None:
    """The moderator: rounds on Wednesdays, published as they are drawn; meetings on Mondays."""
    world, channel = town.sandbox.world, town.sandbox.channel(CHANNEL)
    moderators = next(one for one in town.sandbox.guild.roles.values() if one.name == "moderators")
    allowed = Permission.MANAGE_THREADS | Permission.CREATE_PRIVATE_THREADS | Permission.ATTACH_FILES
    allowed |= Permission.SEND_MESSAGES_IN_THREADS
    world.set_overwrite(channel, Overwrite(world.bot.id, 1, allow=allowed))
    world.set_overwrite(channel, Overwrite(moderators.id, 0, deny=Permission.MANAGE_THREADS))
    home = await page(town.mo.slash("rounds settings"))
    home = await page(home.choose("Where do threads open?", [CHANNEL]))
    home = await page(home.choose("On which day?", "Wednesday"))
    meetings = await page(home.click("Meetings of two"))
    await page(meetings.choose("In which channel do threads open?", [CHANNEL]))
    await _looks_for(town.mo, 0)


async def _looks_for(mo: Actor, hours: int) -> None:
    """So long a round waits for a look."""
    rules = await page((await page(mo.slash("rounds settings"))).click("Rules"))
    await page(rules.choose("How long may you look?", [str(hours)]))


# -- those who do the same whatever Ana does -----------------------------------------------------


async def others(town: Town, day: int) -> None:
    """The afternoon of all but Ana and Bob: in two rounds each of them asks for one reader, and is one."""
    if day == 3:
        await _read(town, *ENGLISH, *PORTUGUESE)
        for name in COFFEE:
            await joining.join(town.bot.app, _key(town, name), "coffee", town.bot.app.now())
    if day == 12:  # as Ana does: were he alone without her, the next draw would have him first
        await joining.leave(town.bot.app, _key(town, "wes"), "coffee", town.bot.app.now())
    if day == 14:
        await _looks_for(town.mo, 48)
        await _read(town, *READ_ONLY)
    for name in (*ENGLISH, *PORTUGUESE):
        if day in ASKED:
            await _hands_in(town, name, f"{LETTER} {name}, day {day}")
    for name in (*ENGLISH, *PORTUGUESE, *READ_ONLY):
        for task in await _tasks(town, name):
            if day in ACCEPTED and task.reading.state == "proposed":
                await readings.accept(town.bot.app, _key(town, name), task.reading.id, town.bot.app.now())
            if day in SENT and task.reading.state == "accepted":
                await _sends(town, name, task)
    if day in RATED:
        for name in (*ENGLISH, *PORTUGUESE):
            await _rates(town, name)


def _key(town: Town, name: str) -> Key:
    return Key(town.sandbox.guild.id, town.sandbox.member(name).user.id)


def _language(name: str) -> str:
    return "en" if name in ENGLISH else "pt"


async def _read(town: Town, *names: str) -> None:
    """They read for others, one at a time, and have read the sample."""
    app, now = town.bot.app, town.bot.app.now()
    rubric = app.rubrics["resume"]
    sheet = answers.blank(rubric)
    for item in rubric.items:
        sheet = answers.marked(sheet, item.id, "yes", now)
    for name in names:
        key, tags = _key(town, name), (_language(name),)
        await members.change_profile(app, key, Profile(languages=tags), now, only=["languages"])
        kinds = ("resume", "letter") if name in ENGLISH else ("letter",)
        await giving.join(app, Person(key.user_id, key.guild_id, manages=False), 1, kinds, tags, now)
        await giving.sample_done(app, key, sheet, rubric, now)


async def _hands_in(town: Town, name: str, text: str) -> None:
    app, key = town.bot.app, _key(town, name)
    draft = Draft("letter", 1, _language(name), "open", "round", POSTING, "", text=text)
    who = Person(key.user_id, key.guild_id, manages=False)
    request = await asking.hand_in(app, who, draft, app.rubrics["letter"].needs, app.now())
    assert await documents.place(app, request.id, None, app.now()) is None


async def _tasks(town: Town, name: str) -> tuple[Task, ...]:
    return (await asking.mine(town.bot.app, _key(town, name), town.bot.app.now())).tasks


async def _sends(town: Town, name: str, task: Task) -> None:
    app, key, number, now = town.bot.app, _key(town, name), task.reading.id, town.bot.app.now()
    sheet = (await filling.sheet(app, app.rubrics, key, number, now)).sheet
    for item in sheet.labels:
        await filling.mark(app, key, number, item, "yes", now)
    for item in list(sheet.labels)[:2]:
        await filling.quote(app, key, number, item, LETTER[:40], ADVICE, now)
    await filling.first(app, key, number, ADVICE, "", now)
    await filling.submit(app, key, number, "Remote together", now)


async def _rates(town: Town, name: str) -> None:
    app, key, now = town.bot.app, _key(town, name), town.bot.app.now()
    (mine,) = (await asking.mine(app, key, now)).requests
    (review,) = (await results.result(app, key, mine.request.id)).reviews
    await results.rate(app, key, review.reading_id, True, True, True, now)


# -- what Ana and Bob do, each for themselves ----------------------------------------------------


async def _speaks(who: Actor, language: str) -> None:
    edit = await page((await page(who.slash("me profile"))).click("Edit"))
    await fill(edit.click("Languages, pay"), {"Languages you could work in": language})


async def _reads(who: Actor, language: str, kinds: list[str]) -> None:
    """One at a time; and the sample."""
    me = await page((await page(who.slash("review give"))).choose("How many at a time?", ["1"]))
    me = await page(me.choose("Which kinds?", kinds))
    me = await fill(me.click("Languages"), {"Languages": language})
    sample = await page(me.click("Read the sample"))
    for nth in range(len(sample.selects)):
        sample = await page(sample.choose(nth, "Yes"))
    await page(sample.click("Compare"))


async def _asks(who: Actor, kind: str, mode: str, **given: object) -> Reply:
    """For one reader, in the next round."""
    shown = await page(who.slash("review request"))
    shown = await page(shown.choose("What is to be read?", [kind]))
    shown = await page(shown.choose("With your name, or without?", [mode]))
    for label in ("One reader is enough", "Wait for the round"):
        shown = await page(shown.click(label))
    opened = await form(shown.click(next(one for one in shown.buttons if one.startswith("Hand in"))))
    done = await page(opened.submit({label: given[label] for label in opened.labels if label in given}))
    if "Send as it is" in done.buttons:
        done = await page(done.click("Send as it is"))
    assert "It is handed in" in done.text, done.text
    return done


async def _accepts(who: Actor) -> None:
    await page((await page(who.slash("review status"))).click("Accept"))


async def _accepts_if_asked(who: Actor) -> None:
    if "Accept" in (await page(who.slash("review status"))).buttons:
        await _accepts(who)


async def _fills_in_if_accepted(who: Actor) -> None:
    if "Go on" in (await page(who.slash("review status"))).buttons:
        await _fills_in(who)


async def _fills_in(who: Actor) -> None:
    """All items, two quotes, and what to change first."""
    shown = await page((await page(who.slash("review status"))).click("Go on"))
    while True:
        for nth in range(len(shown.selects)):
            shown = await page(shown.choose(nth, "Yes"))
        if "Next items" not in shown.buttons:
            break
        shown = await page(shown.click("Next items"))
    for _ in range(2):
        quote = await form(shown.click("Quote"))
        shown = await page(quote.submit(dict(zip(quote.labels, (LETTER[:40], ADVICE), strict=True))))
    shown = await fill(shown.click("Change this first"), {"What would you change first?": ADVICE})
    sent = await page(shown.click("Send"))
    assert "Send" not in sent.buttons, sent.text


async def _rates_theirs(who: Actor) -> None:
    read = await page((await page(who.slash("review status"))).click("Read it"))
    rating = await form(read.click(next(one for one in read.buttons if one.startswith("Rate"))))
    await page(rating.submit({label: ["yes"] for label in rating.labels}))


async def _wants_coffee(who: Actor) -> None:
    await page((await page(who.slash("meet join"))).choose("What would you like?", ["Coffee chat"]))


async def _wants_interviews(who: Actor) -> None:
    """And no coffee any more: two letters of one draw have no order."""
    await _leaves_meetings(who)
    await page((await page(who.slash("meet join"))).choose("What would you like?", ["Mock interview"]))


async def _met(who: Actor) -> None:
    """And looks back on it in private."""
    met = await page((await page((await page(who.slash("meet status"))).click("Open"))).click("We met"))
    asked = await page(met.click("Six questions for me"))
    while "Yes" in asked.buttons:
        asked = await page(asked.click("Yes"))
    assert "Your next step" in asked.text


async def _leaves_meetings(who: Actor) -> None:
    while "Change" in (home := await page(who.slash("meet status"))).buttons:
        await page((await page((await page(home.click("Change"))).click("Leave"))).click("Leave"))


# -- Ana -----------------------------------------------------------------------------------------


async def _speaks_portuguese(ana: Actor) -> None:
    await _speaks(ana, "Portuguese")


async def _reads_in_portuguese(ana: Actor) -> None:
    await _reads(ana, "Portuguese", ["letter", "pitch"])


async def _asks_without_a_name(ana: Actor) -> None:
    """Another letter each time: the same one is not taken twice a month."""
    status = await page(ana.slash("review status"))
    text = f"{HER_LETTER} It is {'another' if 'Read it' in status.buttons else 'the first'} one."
    await _asks(ana, "letter", "blind", **{"The text": text, "The posting that it is for": POSTING})


ANA_WITH_REVIEWS: list[Deed] = [
    Deed(3, "speaks Portuguese", _speaks_portuguese),
    Deed(3, "reads for others", _reads_in_portuguese),
    Deed(4, "wants to meet somebody", _wants_coffee),
    Deed(12, "wants mock interviews instead", _wants_interviews),
    *(Deed(day, "has a letter read without her name", _asks_without_a_name) for day in ASKED),
    Deed(9, "met somebody", _met),
    Deed(18, "leaves meetings", _leaves_meetings),
    Deed(11, "accepts", _accepts),
    Deed(12, "fills in and sends a review", _fills_in),
    Deed(18, "accepts, when she is asked", _accepts_if_asked),
    Deed(19, "fills in and sends a review", _fills_in_if_accepted),
    Deed(13, "reads her review, and rates it", _rates_theirs),
]

# -- Bob -----------------------------------------------------------------------------------------


async def _speaks_english(bob: Actor) -> None:
    await _speaks(bob, "English")


async def _hears(bob: Actor) -> None:
    """Whatever is said to him by letter, in full."""
    letters = await page((await page(bob.slash("me settings"))).click("Direct messages"))
    if "Let Outpost write to me" in letters.buttons:
        await page(letters.click("Let Outpost write to me"))
    private = await page((await page(bob.slash("me settings"))).click("Private search"))
    await page(private.press(f"me.door/{bob.guild.id}/dm_names/open"))


async def _hears_again(bob: Actor) -> None:
    """A door that is open already can't be opened: then nothing was pressed since."""
    with suppress(CannotDo):
        await _hears(bob)


async def _reads_in_english(bob: Actor) -> None:
    await _reads(bob, "English", ["resume", "letter"])


async def _hands_in_his_resume(bob: Actor) -> None:
    file = ("resume.pdf", paper(("Head of data", "Built a team of nine", "Wrote the plans of two years")))
    await _asks(bob, "resume", "open", **{"The file, as a PDF": file, "The posting that it is for": POSTING})


async def _hands_in_his_pitch(bob: Actor) -> None:
    """Only Ana would read it."""
    await _asks(bob, "pitch", "open", **{"The text": LETTER})


async def _opens_every_page(bob: Actor) -> None:
    """What stands in his own threads too."""
    for line in ("review request", "review give", "review status", "meet join"):
        await page(bob.slash(line))
    meetings = await page(bob.slash("meet status"))
    if "Whom I met" in meetings.buttons:
        await page(meetings.click("Whom I met"))
    for own in threads(bob):
        for message in [one for one in bob.sees(own) if not one.ephemeral]:
            if "My reviews" in message.buttons:
                await page(message.click("My reviews"))


def threads(who: Actor) -> list[Channel]:
    """The private ones of documents and meetings that they are in, oldest first."""
    channel = next(one for one in who.guild.channels.values() if one.name == CHANNEL)
    private = [one for one in who.guild.threads.values() if one.kind is ChannelKind.PRIVATE_THREAD]
    mine = [one for one in private if one.thread is not None and who.user.id in one.thread.members]
    return sorted((one for one in mine if one.parent_id == channel.id), key=lambda one: one.id)


async def _opens_a_round(bob: Actor) -> None:
    """As a moderator."""
    dry = await page((await page(bob.slash("rounds preview"))).click("Dry run"))
    assert "nothing of it is kept" in dry.text and HER_LETTER not in dry.text
    await page(bob.slash("rounds open"))
    await page(bob.slash("rounds stats"))


async def _publishes_it(bob: Actor) -> None:
    """From the notice, after a look at all of it."""
    bob.go("moderators")
    notice = [one for one in bob.sees("moderators") if "Publish" in one.buttons][-1]
    seen = await page(notice.click("Preview"))
    ana = next(one.user.id for one in bob.guild.members.values() if one.user.name == "ana")
    every = await page(seen.click("All pairs"))
    assert f"<@{ana}>" not in seen.text + every.text
    await page(notice.click("Publish"))
    for line in ("rounds preview", "rounds settings", "rounds stats"):
        await page(bob.slash(line))


async def _hears_that_nobody_fits(bob: Actor) -> None:
    """Where only Ana would: for an interview, and for his pitch, whose letter may be a discreet one by now."""
    told = [one.text.lower() for one in bob.sees_in_dm()]
    assert any(f"mock interview: {NOBODY}" in one for one in told)
    mine = await page(bob.slash("review status"))
    assert "Readers: 0 of 1." in mine.text, mine.text


BOB_WITH_REVIEWS: list[Deed] = [
    Deed(3, "speaks English", _speaks_english),
    Deed(3, "allows direct messages", _hears),
    Deed(3, "reads for others", _reads_in_english),
    Deed(4, "wants to meet somebody", _wants_coffee),
    Deed(12, "wants mock interviews instead", _wants_interviews),
    Deed(14, "allows direct messages, whatever he pressed since", _hears_again),
    Deed(9, "has his resume read", _hands_in_his_resume),
    Deed(9, "met somebody", _met),
    *(Deed(day, "opens every page", _opens_every_page) for day in (8, 10, 13, 15)),
    Deed(11, "accepts", _accepts),
    Deed(12, "fills in and sends a review", _fills_in),
    Deed(18, "accepts, when he is asked", _accepts_if_asked),
    Deed(19, "fills in and sends a review", _fills_in_if_accepted),
    Deed(13, "reads his review, and rates it", _rates_theirs),
    Deed(16, "has his pitch read", _hands_in_his_pitch),
    Deed(16, "opens a round", _opens_a_round),
    Deed(17, "looks at it, and publishes it", _publishes_it),
    Deed(18, "has heard that nobody fits", _hears_that_nobody_fits),
]
