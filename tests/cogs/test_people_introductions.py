"""/meet find and *Ask for an introduction*, over the wire."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest

from bot.moderation.rights import Person
from bot.people.flow import meeting, members
from bot.people.members import Key, Profile
from sandbox import Actor, Reply
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire

ASK = "Ask for an introduction"
WORDS = "We both moved from support to data."
OVER = timedelta(minutes=2)


def key(town: Town, who: Actor) -> Key:
    return Key(town.sandbox.guild.id, who.user.id)


async def settles(
    town: Town, who: Actor, *, messages: bool = True, found: bool = False, **changes: Any
) -> None:
    """They pressed something; no quiet hours; perhaps they allow messages and can be found."""
    app, mine, now = town.bot.app, key(town, who), town.bot.app.now()
    await page(who.slash("meet find"))
    await members.change(app, mine, now, quiet=(0, 0), **changes)
    if found:
        await members.set_door(app, mine, "found", True, now)
        profile = Profile(field="data", level="senior", open_to=("coffee",))
        await members.change_profile(app, mine, profile, now)
        for field in ("field", "level", "open_to"):
            await members.show_field(app, mine, field, "server", now)
    if messages:
        await members.consent(app, mine, now)
    await town.beat()
    await town.beat(OVER)


async def ask(who: Actor, whom: str, words: str = WORDS) -> Reply:
    return await page((await form(who.menu(ASK, whom))).submit(words=words))


async def test_found_asked_accepted(town: Town) -> None:
    """By what they opened, without a name; a discreet message; one press for yes; both have the other's name."""
    ana, bob = town.ana, town.sandbox.member("bob")
    await settles(town, ana)
    await settles(town, bob, found=True)
    listed = await page(ana.slash("meet find"))
    assert "**Data and machine learning · Senior**" in listed.text and "Open to: A coffee chat" in listed.text
    assert str(bob.user.id) not in str(listed.message.components)
    asked = await page((await form(listed.click(ASK))).submit(words=WORDS))
    assert "### Asked" in asked.text and asked.ephemeral
    await town.beat()
    letter = bob.sees_in_dm()[-1]
    assert "There is something for you in Remote together" in letter.text and letter.buttons == ["Show it"]
    assert "meet you" not in letter.text and WORDS not in letter.text
    shown = await page(letter.click("Show it"))
    assert WORDS in shown.text and str(ana.user.id) not in shown.text
    accepted = await page(shown.click("Accept"))
    assert f"This is <@{ana.user.id}>." in accepted.text
    await town.beat(OVER)
    assert "There is something for you" in ana.sees_in_dm()[-1].text
    assert f"You met <@{bob.user.id}>" in (await page(ana.slash("meet find"))).text
    channels = town.sandbox.guild.channels
    assert [one for one in town.public() if one.channel_id in channels] == []


async def test_who_opened_the_door_reads_it_in_the_message(town: Town) -> None:
    """With "Direct messages may say what they are about" both letters say it, and are answered in place."""
    ana, bob = town.ana, town.sandbox.member("bob")
    for one in (ana, bob):
        await settles(town, one, opened=frozenset({"dm_names"}))
    await ask(ana, "bob")
    await town.beat()
    letter = bob.sees_in_dm()[-1]
    assert "Somebody in Remote together would like to meet you" in letter.text and WORDS in letter.text
    await page(letter.click("Accept"))
    assert f"This is <@{ana.user.id}>." in bob.message(letter).text
    await town.beat(OVER)
    assert f"This is <@{bob.user.id}>." in ana.sees_in_dm()[-1].text


async def test_without_messages_it_waits_on_their_own_page(town: Town) -> None:
    """/meet find says that one person would like to meet them; *Not now* is told to nobody."""
    ana, bob = town.ana, town.sandbox.member("bob")
    await settles(town, ana)
    await settles(town, bob, messages=False)
    await ask(ana, "bob")
    await town.beat(OVER)
    heard = len(ana.sees_in_dm())
    assert bob.sees_in_dm() == []
    home = await page(bob.slash("meet find"))
    assert "**1 person would like to meet you.**" in home.text
    shown = await page(home.click("Show"))
    assert "They are not told" in (await page(shown.click("Not now"))).text
    assert "would like to meet you.**" not in (await page(bob.slash("meet find"))).text
    await town.beat(timedelta(days=8))
    assert len(ana.sees_in_dm()) == heard


async def test_two_answers_at_once(town: Town) -> None:
    """Accept pressed twice and in two windows: one introduction, one letter each."""
    ana, bob = town.ana, town.sandbox.member("bob")
    await settles(town, ana)
    await settles(town, bob)
    await ask(ana, "bob")
    await town.beat(OVER)
    home = await page(bob.slash("meet find"))
    shown = [await page(home.click("Show")) for _ in range(2)]
    answers = await asyncio.gather(*(page(one.click("Accept")) for one in shown))
    assert sorted("You are introduced" in one.text for one in answers) == [False, True]
    assert sum("This is over" in one.text for one in answers) == 1
    for _ in range(4):
        await town.beat(OVER)
    for one in (ana, bob):
        letters = [seen for seen in one.sees_in_dm() if "There is something" in seen.text]
        assert len(letters) == (1 if one is ana else 2)  # bob was asked, too


async def frames_of_asker(town: Town, whom: str, fate: str) -> list[str]:
    """Every answer that Ana gets while she asks this one, day by day, ids and moments of messages left out."""
    ana, other = town.ana, town.sandbox.member(whom)
    seen: list[str] = []
    for day in range(9):
        opened = await ana.menu(ASK, whom)
        if not isinstance(opened, Reply):
            opened = await page(opened.submit(words=f"{WORDS} {day}"))
        seen.append(str(opened.message.components))
        if day == 0 and fate == "declined":
            shown = await page((await page(other.slash("meet find"))).click("Show"))
            await page(shown.click("Not now"))
        if day == 0 and fate == "blocked":
            await meeting.block(town.bot.app, key(town, other), ana.user.id, town.bot.app.now())
        home = await page(ana.slash("meet find"))
        seen += [str(home.message.components), str([one.text for one in ana.sees_in_dm()])]
        await town.beat(timedelta(days=1))
    return _by_day(seen)


def _by_day(seen: list[str]) -> list[str]:
    """Moments as days since the first: the town's clock runs on while people press."""
    first = min(int(moment) for moment in re.findall(r"<t:(\d+):", "".join(seen)))
    day = 86_400

    def since(found: re.Match[str]) -> str:
        return f"<t:day {(int(found[1]) - first + day // 2) // day}:"

    return [re.sub(r"<t:(\d+):", since, one) for one in seen]


async def test_the_asker_sees_the_same(town: Town) -> None:
    """Ignored, declined, blocked, one who never pressed anything: all frames that reach Ana are the same.

    Each story has a month of its own, so that none counts in another's limits.
    """
    await settles(town, town.ana)
    for name in ("bob", "eve"):
        await settles(town, town.sandbox.member(name), messages=False)
    stories = []
    for whom, fate in (("bob", "ignored"), ("eve", "blocked"), ("tom", "ignored"), ("bob", "declined")):
        stories.append(await frames_of_asker(town, whom, fate))
        await town.beat(timedelta(days=40))
    assert len(stories[0]) == 27
    for story in stories[1:]:
        assert story == stories[0]


async def test_asking_a_bot_or_oneself(town: Town) -> None:
    """Refused in words before a form opens."""
    assert "That is a bot." in (await page(town.ana.menu(ASK, "outpost"))).text
    assert "That is you." in (await page(town.ana.menu(ASK, "ana"))).text


async def test_the_filters(town: Town) -> None:
    """Field and open to, each a menu that keeps the other's choice."""
    await settles(town, town.sandbox.member("bob"), messages=False, found=True)
    home = await page(town.ana.slash("meet find"))
    design = await page(home.choose("Field", ["design"]))
    assert ASK not in design.buttons
    data = await page(design.choose("Field", ["data"]))
    both = await page(data.choose("Open to", ["coffee"]))
    assert ASK in both.buttons and "Data and machine learning" in both.text
    assert ASK not in (await page(both.choose("Open to", ["referral"]))).buttons


async def test_more_than_a_page(town: Town) -> None:
    """Five a page; nobody is counted."""
    app, guild, now = town.bot.app, town.sandbox.guild, town.bot.app.now()
    for number in range(7):
        mine = Key(guild.id, 9_000 + number)
        await members.met(app, Person(mine.user_id, guild.id, manages=False), now)
        await members.change(app, mine, now, wishes=("meet",), opened=frozenset({"found"}))
    first = await page(town.ana.slash("meet find"))
    assert first.buttons.count(ASK) == 5 and "7" not in re.sub(r"\d{6,}", "", first.text)
    second = await page(first.click("More"))
    assert second.buttons.count(ASK) == 2 and "Earlier" in second.buttons and "More" not in second.buttons


async def test_hostile_words(town: Town) -> None:
    """A mention, a link and an invite in the line are plain words to whoever reads it."""
    ana, bob = town.ana, town.sandbox.member("bob")
    await settles(town, bob, opened=frozenset({"dm_names"}))
    await ask(ana, "bob", "@everyone [free](https://evil.example) discord.gg/abc **now** مرحبا")
    await town.beat()
    text = bob.sees_in_dm()[-1].text
    assert "@\u200beveryone" in text and "\\[free\\](https\\://evil.example)" in text
    assert "discord.gg" not in text and "مرحبا" in text
