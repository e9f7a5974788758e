"""A group's weeks in the boss test: what Ana does in private, what Bob and the others do beside her.

Without her, seven members want a pod: two are drawn before she wants one, and she comes into the one that Bob is not
in. She leaves it before he may mix all pods anew. So no draw of others depends on her.

Whoever manages threads may read every private one: that is Discord's, and the page says so on which somebody chooses
a pod. Here the owner took that right from moderators in the group's channel.
"""

from __future__ import annotations

from collections.abc import Mapping

from sandbox import Actor, Permission, Reply
from sandbox.model import Channel, ChannelKind, Overwrite
from tests.end_to_end.days import Deed, fill
from tests.end_to_end.town import MINUTE, Town, form, page

GROUP, CHANNEL = "Weekly plan", "check-ins"
NEWCOMERS = ("una", "vic", "wes")  # beside the usual people, so that there are five who show their check-ins
SHOWN = {"tom": "group", "una": "group", "vic": "group", "wes": "group"}
IN_A_POD = {"eve": "pod", "mo": "pod", "owner": "pod"}  # and Bob, una, vic, wes, who want one as well
PEN_NAME = "Otter of Fridays"  # Ana's in this group
HER_PLAN = "Write to two teams that nobody here knows of"
HER_QUESTION = "How do I tell a recruiter that I am not free before May?"
FRIDAYS = (5, 12, 19, 26)
_CIRCLES = {"group": "My group", "pod": "My pod", "me": "Only me"}


# -- what everybody does -------------------------------------------------------------------------


async def _joins(who: Actor, circle: str, *, pod: bool = False) -> None:
    asked = await page((await page(who.slash("checkin join"))).click("Join"))
    if "Yes, it does" in asked.buttons:
        asked = await page(asked.click("Yes, it does"))
    if _CIRCLES[circle] in asked.buttons:
        await page(asked.click(_CIRCLES[circle]))
    settings = await page(who.slash("checkin settings"))
    if pod and "I'd like a pod" in settings.buttons:
        await page(settings.click("I'd like a pod"))


def opener(who: Actor) -> Reply:
    """The newest."""
    who.go(CHANNEL)
    return [one for one in who.sees(CHANNEL) if "When is that for me?" in one.buttons][-1]


async def _checks_in(who: Actor, *goals: str, going: str = "steady") -> Reply:
    """What they planned first is done; each week has goals of its own."""
    asked = await form(opener(who).click("Check in"))
    week = asked.title.partition(" ·")[0].lower()
    said = "\n".join(f"{goal} in {week}" for goal in goals)
    plan = {"learned": "Ask early.", "goals": said, "if_then": "if it is Tuesday at 9, then I write"}
    done = {"done": ["0"]} if "Which goals did you finish?" in asked.labels else {}
    return await page(asked.submit({**plan, **done, "going": going}))


async def _says_more(mine: Reply, label: str, text: str) -> None:
    """What stands under More: the page it opens has one field."""
    more = await page(mine.click("More…"))
    field = {"Ask for ideas": "What would help you?", "A win for the digest": "One line"}[label]
    await fill(more.click(label), {field: text})


async def _week(who: Actor) -> Reply:
    """Their own card."""
    return await page((await page(who.slash("checkin settings"))).click("My week"))


# -- the group, and those who do the same whatever Ana does --------------------------------------


async def prepares(town: Town) -> None:
    """The moderator makes the group, where the bot alone looks after threads, so that pods are their members'."""
    world, channel = town.sandbox.world, town.sandbox.channel(CHANNEL)
    moderators = next(one for one in town.sandbox.guild.roles.values() if one.name == "moderators")
    world.set_overwrite(channel, Overwrite(world.bot.id, 1, allow=Permission.MANAGE_THREADS))
    world.set_overwrite(channel, Overwrite(moderators.id, 0, deny=Permission.MANAGE_THREADS))
    asked = await form(town.mo.go(CHANNEL).slash("cohort create"))
    made = await page(asked.submit({"Name": GROUP, "Time zone": "Lisbon"}))
    assert f"{GROUP} is there" in made.text, made.text


async def others(town: Town, day: int) -> None:
    """The afternoon of all but Ana and Bob. Each card is said before the next: those of one moment have no order."""
    people: Mapping[str, str] = {**SHOWN, **IN_A_POD}
    for name, circle in people.items():
        who = town.sandbox.member(name)
        if day == 2:
            await _joins(who, circle, pod=name != "tom")  # whom Ana blocks
        if day in FRIDAYS:
            mine = await _checks_in(who, f"{name} writes to two teams", "A walk each day")
            if name == "tom":
                await _says_more(mine, "Ask for ideas", "Who knows a calm team?")
                await _says_more(await _week(who), "A win for the digest", "One answer, a friendly one.")
            await town.beat(MINUTE)


# -- Ana -----------------------------------------------------------------------------------------


async def _joins_in_private(ana: Actor) -> None:
    await _joins(ana, "me")
    pen = await page((await page(ana.slash("checkin settings"))).click("Pen name"))
    await fill(pen.click("Choose one"), {"Pen name": PEN_NAME})


async def _checks_in_alone(ana: Actor) -> None:
    mine = await _checks_in(ana, HER_PLAN, going="stuck")
    assert "Only you see this:" in mine.text, mine.text


def thread(who: Actor) -> Channel:
    """The group's newest, where its cards stand."""
    channel = next(one for one in who.guild.channels.values() if one.name == CHANNEL)
    threads = [one for one in who.guild.threads.values() if one.parent_id == channel.id]
    return [one for one in threads if one.kind is not ChannelKind.PRIVATE_THREAD][-1]


def _cards(who: Actor) -> list[Reply]:
    return [one for one in who.sees(thread(who)) if "Thank" in one.buttons]


async def _thanks_and_helps(ana: Actor) -> None:
    """Tom hears of her offer; Bob, whom she must not meet, does not, and the answer is the same."""
    cards = _cards(ana)
    assert len(cards) == 5
    asking = [one for one in cards if "I can help" in one.buttons]
    said = [(await page(one.click("I can help"))).text for one in asking]
    assert len(said) == 2 and len(set(said)) == 1
    await page(next(one for one in cards if one in asking).click("Thank"))
    digest_or_opener = opener(ana)
    await page(digest_or_opener.click("When is that for me?"))


async def _wants_a_pod(ana: Actor) -> None:
    settings = await page(ana.slash("checkin settings"))
    await page((await page(settings.click("Who sees it"))).click("My pod"))
    reminder = await page((await page(ana.slash("checkin settings"))).click("Reminder"))
    await page(reminder.choose("On which day?", "Saturday"))
    settings = await page(ana.slash("checkin settings"))
    if "Write after silent weeks" in settings.buttons:
        await page(settings.click("Write after silent weeks"))


async def _takes_her_weeks_away(ana: Actor) -> None:
    """The picture, every file, and a result for her resume."""
    shown = await page(ana.slash("checkin history"))
    assert shown.message.attachments
    for label in ("CSV", "JSON", "Calendar"):
        await page(shown.click(label))
    results = await page(shown.click("My results"))
    await fill(results.click("Write one down"), {"What did you achieve?": "Moved payments to one system."})


def her_pod(who: Actor) -> Channel:
    """The private thread in the group's channel that they are in."""
    channel = next(one for one in who.guild.channels.values() if one.name == CHANNEL)
    threads = [one for one in who.guild.threads.values() if one.parent_id == channel.id]
    (own,) = [one for one in threads if one.kind is ChannelKind.PRIVATE_THREAD and _is_in(one, who)]
    return own


def _is_in(thread: Channel, who: Actor) -> bool:
    return thread.thread is not None and who.user.id in thread.thread.members


async def _asks_her_pod(ana: Actor) -> None:
    bob = next(one.user.id for one in ana.guild.members.values() if one.user.name == "bob")
    pod = her_pod(ana).thread
    assert pod is not None and bob not in pod.members
    await _says_more(await _checks_in(ana, HER_PLAN, going="stretched"), "Ask for ideas", HER_QUESTION)


async def _is_helped(ana: Actor) -> None:
    """Somebody of her pod thanks and offers help; she edits, ticks and keeps."""
    pod = her_pod(ana)
    assert pod.thread is not None
    mates = [one.user for one in ana.guild.members.values() if one.user.id in pod.thread.members]
    mate = Actor(ana.world, ana.guild, next(one for one in mates if one.id != ana.user.id and not one.bot))
    (card,) = [one for one in mate.sees(pod) if HER_QUESTION in one.text]
    assert PEN_NAME in card.text
    for label in ("Thank", "I can help"):
        await page(card.click(label))
    mine = await _week(ana)
    assert "1 person thanked you." in mine.text
    await fill(mine.click("Edit"), {})
    tick = await page((await _week(ana)).click("Tick goals"))
    await page(tick.choose("Finished goals", tick.options("Finished goals")[:1]))


async def _leaves_her_pod(ana: Actor) -> None:
    """And takes her card back."""
    sees = await page((await _week(ana)).click("Who sees it"))
    await page(sees.click("Only me"))
    who = await page((await page(ana.slash("checkin settings"))).click("Who sees it"))
    await page((await page(who.click("Only me"))).click("No pod for me"))


async def _pauses(ana: Actor) -> None:
    off = await page((await page(ana.slash("checkin pause"))).choose("How many weeks off?", "2 weeks"))
    await page(off.click("I'm back"))


async def _takes_it_back(ana: Actor) -> None:
    await _checks_in_alone(ana)
    asked = await page((await _week(ana)).click("Delete"))
    await page(asked.click("Take it back"))


async def _leaves(ana: Actor) -> None:
    asked = await page((await page(ana.slash("checkin settings"))).click("Leave"))
    await page(asked.click("Leave"))


async def _comes_back(ana: Actor) -> None:
    groups = await page(ana.slash("checkin join"))
    if "Join" in groups.buttons:
        await page(groups.click("Join"))


ANA_WITH_CHECKINS: list[Deed] = [
    Deed(3, "joins, under a pen name, for herself alone", _joins_in_private),
    Deed(5, "checks in for herself alone", _checks_in_alone),
    Deed(6, "thanks a card and offers help", _thanks_and_helps),
    Deed(8, "would like a pod, and a reminder", _wants_a_pod),
    Deed(10, "takes her weeks away", _takes_her_weeks_away),
    Deed(12, "asks her pod for ideas", _asks_her_pod),
    Deed(13, "is thanked and helped", _is_helped),
    Deed(14, "leaves her pod", _leaves_her_pod),
    Deed(17, "pauses, and is back", _pauses),
    Deed(19, "checks in and takes it back", _takes_it_back),
    Deed(20, "leaves the group", _leaves),
    Deed(25, "comes back", _comes_back),
    Deed(26, "checks in for herself alone", _checks_in_alone),
]

# -- Bob -----------------------------------------------------------------------------------------


async def _bob_joins(bob: Actor) -> None:
    await _joins(bob, "group", pod=True)


async def _bob_checks_in(bob: Actor) -> None:
    """For the group to see, whatever he pressed meanwhile."""
    who = await page((await page(bob.slash("checkin settings"))).click("Who sees it"))
    if "My group" in who.buttons:
        await page(who.click("My group"))
    mine = await _checks_in(bob, "Plan the talks", "Talk to each of the team")
    await _says_more(mine, "A win for the digest", "The quarter is planned.")
    await _says_more(await _week(bob), "Ask for ideas", "How do you hold on to people?")


async def _bob_reads_the_week(bob: Actor) -> None:
    """What the channel holds, and the cards in its thread; then his own weeks."""
    bob.go(CHANNEL)
    for message in [one for one in bob.sees(CHANNEL) if not one.ephemeral]:
        if "When is that for me?" in message.buttons:
            await page(message.click("When is that for me?"))
    cards = _cards(bob)
    assert not any(PEN_NAME in one.text or HER_PLAN in one.text for one in cards)
    for card in cards:
        if f"<@{bob.user.id}>" not in card.text:
            await page(card.click("Thank"))
    await page(bob.slash("checkin history"))
    await page(bob.slash("checkin settings"))


async def _bob_counts(bob: Actor) -> None:
    """As a moderator: every number and file that there is of the group, and its digest as it would be now."""
    stats = await page(bob.slash("cohort stats", group=GROUP))
    assert stats.message.attachments
    home = await page(bob.slash("cohort edit", group=GROUP))
    rest = await page(home.click("More"))
    for label in ("Export csv", "Export json"):
        await page(rest.click(label))
    for way in ("Pods", "Digest", "Hide a card", "Weeks off"):
        await page((await page(bob.slash("cohort edit", group=GROUP))).click(way))


BOB_WITH_CHECKINS: list[Deed] = [
    Deed(2, "joins", _bob_joins),
    *(Deed(day, "checks in", _bob_checks_in) for day in FRIDAYS),
    *(Deed(day, "reads the week", _bob_reads_the_week) for day in (6, 9, 13, 23)),
    *(Deed(day, "counts", _bob_counts) for day in (18, 23, 27)),
]
