"""People, and what makes it hard: text nobody expects, two presses at once, erasing while something is under way."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.people.flow import privacy
from bot.people.members import Key
from bot.storage.tables import delivery
from sandbox import Actor, Reply, members
from tests.end_to_end.days import fill
from tests.end_to_end.town import Town, page

pytestmark = pytest.mark.wire

MARKS = "a" + "\u0301" * 100
ARABIC = "مهندسة برمجيات أحب الأنظمة الهادئة"
JAPANESE = "静かな決済システムを作るエンジニア"
ASK = "Ask for an introduction"
SOON = timedelta(minutes=2)
POST_MESSAGE = "/channels/{channel_id}/messages"


def promoted(town: Town, name: str) -> Actor:
    """This member, who holds the moderators' role from now on."""
    guild, actor = town.sandbox.guild, town.sandbox.member(name)
    moderators = next(role.id for role in guild.roles.values() if role.name == "moderators")
    guild.members[actor.user.id].roles.add(moderators)
    members.changed(town.sandbox.world, guild, guild.members[actor.user.id])
    return actor


@pytest.fixture(params=["member", "moderator", "phone"])
def somebody(request: pytest.FixtureRequest, town: Town) -> Actor:
    """Who meets it: a member, a moderator, a member on a phone, which shows an old form where its id repeats."""
    actor = promoted(town, "bob") if request.param == "moderator" else town.ana
    actor.phone = request.param == "phone"
    return actor


async def editing(actor: Actor) -> Reply:
    return await page((await page(actor.slash("me profile"))).click("Edit"))


# -- text ----------------------------------------------------------------------------------------


async def test_a_city_that_does_not_exist(somebody: Actor) -> None:
    """Both places that ask for one say so, name what to do, and give the text back in the form."""
    settings = await page(somebody.slash("me settings"))
    zone = await page(settings.click("Time zone"))
    refused = await fill(zone.click("Type a city"), {"City": "Xqzzyville"})
    assert "I know no city called “Xqzzyville”." in refused.text and refused.buttons == ["Fix it"]
    mended = await fill(refused.click("Fix it"), {"City": "Lisbon"})
    assert any("Lisbon" in option for option in mended.options(0))


async def test_a_name_of_a_hundred_combining_marks(somebody: Actor) -> None:
    """As a pen name it is refused or thinned out; as a headline and a company it never towers over its line."""
    pen = await page((await page(somebody.slash("me settings"))).click("Pen name"))
    named = await fill(pen.click("Choose one"), {"Pen name": MARKS[:32]})
    edit = await fill((await editing(somebody)).click("Headline, skills"), {"Headline": MARKS})
    blocks = await page(somebody.slash("me blocks"))
    guarded = await fill(blocks.click("A company"), {"Company": MARKS[:80]})
    for shown in (named, edit, guarded):
        assert shown.text and "\u0301" * 5 not in shown.text


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/",
        "https://localhost/me",
        "https://192.168.0.1/cv",
        "https://[::1]/",
        "https://2130706433/",
        "javascript:alert(1)",
        "https://ana@evil.example/",
    ],
)
async def test_a_link_to_a_private_address(town: Town, link: str) -> None:
    """It is refused in words that say what to give instead; what was typed comes back; nothing of it is kept."""
    refused = await fill((await editing(town.ana)).click("Links"), {"Links": link})
    assert refused.buttons == ["Fix it"] and "link" in refused.text.lower()
    assert "It is empty." in (await editing(town.ana)).text


@pytest.mark.parametrize("words", [ARABIC, JAPANESE, f"{ARABIC} · {JAPANESE}"])
async def test_a_profile_in_arabic_and_japanese(somebody: Actor, words: str) -> None:
    """It is shown as it was written, whole, and found in the file that takes it away."""
    told = {"Headline": words, "Skills": "日本語, العربية, Python"}
    edit = await fill((await editing(somebody)).click("Headline, skills"), told)
    shown = await page((await page(edit.click("Back"))).click("Only me"))
    for part in (words, "日本語", "العربية"):
        assert part in shown.text
    file = await page((await page(somebody.slash("me privacy"))).click("Take it away"))
    (attachment,) = file.message.attachments
    assert words in attachment.data.decode()


# -- two at once ---------------------------------------------------------------------------------


async def settles(town: Town, who: Actor) -> None:
    """They allow direct messages at every hour."""
    quiet = await page((await page(who.slash("me settings"))).click("Quiet hours"))
    settings = await page((await page(quiet.click("No quiet hours"))).click("Back"))
    await page((await page(settings.click("Direct messages"))).click("Let Outpost write to me"))
    await town.beat()
    await town.beat(SOON)


async def waiting(who: Actor) -> Reply:
    """The asks that wait for them."""
    return await page((await page(who.slash("meet find"))).click("Show"))


async def test_two_people_ask_each_other_at_once(town: Town) -> None:
    """The second ask is a yes to the first: one introduction, both learn the name, and each is told of it once."""
    ana, eve = town.ana, town.sandbox.member("eve")
    for who in (ana, eve):
        await settles(town, who)
    said = await asyncio.gather(
        fill(ana.menu(ASK, "eve"), {"A line to them": "From me to you."}),
        fill(eve.menu(ASK, "ana"), {"A line to them": "And from me."}),
    )
    assert sorted("You are introduced" in one.text for one in said) == [False, True]
    for who, other in ((ana, eve), (eve, ana)):
        found = await page(who.slash("meet find"))
        assert found.text.count(f"You met <@{other.user.id}>") == 1 and "You asked" not in found.text
        assert "Show" not in found.buttons
    for _ in range(6):
        await town.beat(SOON)
    heard = []
    for who, other in ((ana, eve), (eve, ana)):
        letters = [one.text for one in who.sees_in_dm() if not one.ephemeral]
        heard.append(len(letters))
        assert not any(
            str(other.user.id) in one for one in letters
        )  # discreet: the name is behind the command
    assert sorted(heard) == [2, 3]  # to both the test message and the introduction, to one the ask


async def test_one_answer_in_two_windows(town: Town) -> None:
    """Accept and Not now, pressed at once: one counts, the other is told that it is over."""
    ana, eve = town.ana, town.sandbox.member("eve")
    await page(eve.slash("meet find"))
    await fill(ana.menu(ASK, "eve"), {"A line to them": "Coffee?"})
    one, other = await waiting(eve), await waiting(eve)
    no = next(label for label in other.buttons if label != "Accept")
    said = await asyncio.gather(page(one.click("Accept")), page(other.click(no)))
    was_yes = f"<@{ana.user.id}>" in said[0].text
    hers = (await page(ana.slash("meet find"))).text
    assert (f"<@{eve.user.id}>" in hers) is was_yes
    assert sum("over" in shown.text or "answered" in shown.text for shown in said) >= 1


# -- erasing while something is under way --------------------------------------------------------


async def erased(who: Actor) -> Reply:
    asked = await page((await page(who.slash("me privacy"))).click("Erase it"))
    return await page(asked.click("Yes, erase it"))


async def test_erased_while_a_message_is_on_its_way(town: Town) -> None:
    """Discord has the message and holds its answer; the erasure doesn't wait, and the answer brings no row back."""
    ana = town.ana
    settings = await page(ana.slash("me settings"))
    await page((await page(settings.click("Direct messages"))).click("Let Outpost write to me"))
    town.sandbox.faults.add(when="after", method="POST", route=POST_MESSAGE, delay_s=2.0)
    beat = asyncio.create_task(town.beat(SOON))
    await town.sandbox.until(lambda: ana.sees_in_dm() or None)
    assert "Everything about you is gone." in (await erased(ana)).text
    await beat
    await town.beat(SOON)
    async with town.bot.app.store.read() as tx:
        mine = await tx.execute(select(delivery.c.id).where(delivery.c.channel_id == ana.user.id))
        assert mine.all() == []
    assert await privacy.servers_of(town.bot.app, ana.user.id) == []


async def test_taken_away_while_it_is_erased(town: Town) -> None:
    """The file holds all of it or nothing, never a part; afterwards nothing is there."""
    ana = town.ana
    await fill((await editing(ana)).click("Headline, skills"), {"Headline": "I keep payments calm"})
    await fill((await page(ana.slash("me blocks"))).click("A company"), {"Company": "Quillhaven"})
    whole = await privacy.held(town.bot.app, Key(town.sandbox.guild.id, ana.user.id))
    file, sure = await page(ana.slash("me privacy")), await page(ana.slash("me privacy"))
    sure = await page(sure.click("Erase it"))
    taken, done = await asyncio.gather(page(file.click("Take it away")), page(sure.click("Yes, erase it")))
    assert "Everything about you is gone." in done.text
    (attachment,) = taken.message.attachments
    servers = json.loads(attachment.data)["servers"]
    tables = {table for server in servers for table in server["tables"]}
    assert tables in (set(), set(whole))
    assert "I keep nothing about you" in (await page(ana.slash("me privacy"))).text


async def test_pressed_after_being_erased(town: Town) -> None:
    """Every page that was open says how to begin again; none of them brings a row back by itself in the DM."""
    ana = town.ana
    await page(ana.slash("me settings"))
    ana.go_to_dm()
    old = [await page(ana.slash(f"me {name}")) for name in ("settings", "profile", "blocks")]
    await erased(ana)
    for shown, label in zip(old, ("Language", "Edit", "Settings"), strict=True):
        assert "I know nothing of you here any more." in (await page(shown.click(label))).text
    assert await privacy.servers_of(town.bot.app, ana.user.id) == []
