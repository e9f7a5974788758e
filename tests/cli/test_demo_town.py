"""The demo's town: what its people did, what the terminal tells, what the guide sees, and who beats when."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest
import pytest_asyncio
from discord.gateway import DiscordWebSocket
from discord.http import Route
from rich.console import Console

from bot.app import system_now
from bot.cli.demo import guide, story, weeks
from bot.cli.demo.beating import STEP, Beating
from bot.cli.demo.news import BOARDS, News
from bot.cli.demo.script import Moment, Types, ago, moments, on
from bot.cli.demo.stage import Lived, lived
from bot.cli.demo.told import Told
from sandbox import CannotWalk, Modal, Reply, Sandbox
from sandbox.boards import Boards
from sandbox.model import ChannelKind, Message
from sandbox.page.doing import next_friday
from sandbox.town import FORUM, MODERATORS

HOUR = timedelta(hours=1)
LIMIT_S = 60
pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass
class Visit:
    """A town that has been lived in, and what its terminal tells from then on."""

    lived: Lived
    console: Console
    opened: datetime

    @property
    def sandbox(self) -> Sandbox:
        return self.lived.sandbox

    def public(self) -> list[Message]:
        return [one for one in self.sandbox.world.messages.values() if one.only_for is None]

    def done(self) -> list[str]:
        """The ids of the guide's tasks that are done."""
        tasks = guide.tasks(self.opened)
        return [task.id for task in tasks if task.done(self.sandbox, self.sandbox.member("ana").user.id)]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def visit() -> AsyncIterator[Visit]:
    """One town for all these tests, which look at it in order."""
    addresses = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    told = Told(Console(file=io.StringIO(), width=100))
    try:
        async with lived(told, 0, system_now()) as town:
            told.follow(town.sandbox)
            yield Visit(town, told.console, town.sandbox.clock.now())
            assert town.sandbox.gaps == []
            assert [str(one) for one in town.sandbox.spec.violations] == []
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = addresses


async def page(doing: Reply | Modal) -> Reply:
    assert isinstance(doing, Reply)
    return doing


def cards_of(visit: Visit, place: str) -> list[Reply]:
    """What the bot posted there for all."""
    bot_id = visit.sandbox.world.bot.id
    seen = visit.sandbox.member("mo").sees(place)
    return [one for one in seen if one.message.author_id == bot_id and not one.ephemeral]


# -- three weeks ---------------------------------------------------------------------------------


async def test_a_dozen_people_six_channels_and_a_forum(visit: Visit) -> None:
    """Two moderators, one whose direct messages are closed; moderators' talk is hidden from the others."""
    guild = visit.sandbox.guild
    people = [member.user for member in guild.members.values() if not member.user.bot]
    assert len(people) == 12
    assert {"mo", "ines"} == set(MODERATORS) <= {user.name for user in people}
    assert [user.name for user in people if not user.dms_open] == ["tariq"]
    kinds = [channel.kind for channel in guild.channels.values()]
    assert kinds.count(ChannelKind.TEXT) == 6
    assert kinds.count(ChannelKind.FORUM) == 1
    assert visit.sandbox.member("ana").sees("moderators") == []
    assert len(visit.sandbox.member("mo").sees("moderators")) > 3


async def test_its_history_reaches_from_three_weeks_ago_to_now(visit: Visit) -> None:
    """Everything bears the moment of the story, in order; the clock is the real one again."""
    sent = [message.sent_at for message in visit.public()]
    assert sent == sorted(sent)
    assert visit.opened - sent[0] > timedelta(days=20)
    assert abs(visit.opened - system_now()) < HOUR
    assert all(
        one.at < visit.opened for one in moments(story.BEFORE_THE_BOT + story.SINCE_THE_BOT, visit.opened)
    )


async def test_people_talked_replied_reacted_pinned_and_opened_threads(visit: Visit) -> None:
    """Each way of being in a community is to be seen, the forum's tags too."""
    said = visit.public()
    forum = visit.sandbox.channel(FORUM)
    threads = list(visit.sandbox.guild.threads.values())
    posts = [thread for thread in threads if thread.parent_id == forum.id]
    assert any(one.reference_id for one in said)
    assert any(one.pinned_at for one in said)
    assert any(one.attachments for one in said)
    assert sum(bool(one.reactions) for one in said) >= 6
    assert len(posts) >= 5
    assert len(threads) - len(posts) >= 3
    assert {tag for post in posts if post.thread for tag in post.thread.tags} == {
        tag.id for tag in forum.tags
    }


async def test_the_bot_posted_by_itself_and_told_of_the_channel_it_was_shut_out_of(visit: Visit) -> None:
    """Cards over hours, not all at once; one notice for the moderators, on which nobody has pressed yet."""
    cards = cards_of(visit, story.PYTHON)
    assert len(cards) >= 5
    assert cards[-1].message.sent_at - cards[0].message.sent_at > timedelta(hours=12)
    notices = [one for one in visit.sandbox.member("mo").sees("moderators") if "Go on" in one.buttons]
    assert len(notices) == 1


async def test_its_cards_show_what_becomes_of_openings(visit: Visit) -> None:
    """One is closed, one stands on two boards, one in four cities is one message, one gives reasons to look twice."""
    told = [card.text for card in cards_of(visit, story.PYTHON)]
    assert [text for text in told if "**Closed**" in text and "doesn't show it any more" in text]
    assert [text for text in told if "also on [Himalayas]" in text]
    assert len([text for text in told if "(Lisbon)" in text and "also: PL, ES, CZ" in text]) == 1
    assert [text for text in told if "Look twice: It speaks of money that you would have to pay." in text]
    assert [text for text in told if "Says anywhere, text names:" in text]


async def test_a_calm_channel_had_its_digest(visit: Visit) -> None:
    """Three cards on a day of five openings; the other two in the next morning's digest."""
    shown = cards_of(visit, story.DESIGN)
    assert len([one for one in shown if "More" in one.buttons]) == 3
    assert [
        one for one in shown if "### 2 openings" in one.text and "more than a day's cards came" in one.text
    ]


async def test_a_group_has_its_first_week_behind_it(visit: Visit) -> None:
    """An opener, a thread with the cards of those who show them, a digest; nobody was away for an hour."""
    said = [one.text for one in cards_of(visit, weeks.PLACE)]
    assert [text for text in said if "Open now." in text]
    assert [text for text in said if "A new week has begun." in text and "my first page?" in text]
    assert [text for text in said if "I was away" in text] == []
    thread = next(one for one in visit.sandbox.guild.threads.values() if weeks.GROUP in one.name)
    stand = [one for one in visit.sandbox.member("walt").sees(thread) if "· week" in one.text]
    assert len(stand) == 3


async def test_ana_has_a_list_and_a_weekly_alert(visit: Visit) -> None:
    """Both are hers alone: her direct messages say how many, and the list is a private answer."""
    ana = visit.sandbox.member("ana")
    ana.go_to_dm()
    assert [one for one in ana.sees(ana.place) if "new openings" in one.text and "Show" in one.buttons]
    kept = await page(await ana.go(story.PYTHON).slash("jobs saved"))
    assert "Applied 1" in kept.text and "Saved 1" in kept.text
    assert kept.ephemeral


# -- from now on ---------------------------------------------------------------------------------


async def test_each_task_of_the_guide_is_done_by_doing_it(visit: Visit) -> None:
    """None is done at first, and each only by what it asks for."""
    sandbox = visit.sandbox
    done: list[str] = []
    ana, mo = sandbox.member("ana"), sandbox.member("mo")
    assert visit.done() == done
    await ana.go(story.PYTHON).slash("jobs search", words="python")
    assert visit.done() == (done := ["find"])
    card = [one for one in ana.sees(story.PYTHON) if "Save" in one.buttons][-1]
    more = await page(await card.click("More"))
    assert visit.done() == done
    await more.click("Am I eligible?")
    assert visit.done() == (done := [*done, "eligible"])
    await card.click("Save")
    mine = await page(await ana.slash("jobs saved"))
    assert visit.done() == done
    await (await page(await mine.click("Open"))).choose("How far is it?", "Interview")
    assert visit.done() == (done := [*done, "save"])
    asked = await page(await ana.slash("jobs subscribe", filter="python -senior"))
    weekly = await page(await asked.choose("How often?", "Once a week"))
    assert visit.done() == done
    await weekly.click("Save")
    assert visit.done() == (done := [*done, "alert"])
    await ana.slash("jobs market")
    assert visit.done() == (done := [*done, "market"])
    await (await page(await card.click("More"))).click("Why is it here?")
    assert visit.done() == (done := [*done, "why"])
    asked = await page(await mo.slash("jobs subscribe", filter="support OR writer", channel="start-here"))
    await asked.click("Save")
    assert visit.done() == (done := [*done, "channel"])
    notice = next(one for one in mo.go("moderators").sees("moderators") if "Go on" in one.buttons)
    await notice.click("Go on")
    assert visit.done() == (done := [*done, "mend"])
    before = len(sandbox.messages(story.PYTHON))
    await sandbox.walk(sandbox.clock.now() + timedelta(days=1), "tomorrow")
    assert visit.done() == [*done, "clock"]
    assert len(sandbox.messages(story.PYTHON)) > before
    assert len([one for one in mo.sees("start-here") if "More" in one.buttons]) > 0


async def test_the_terminal_tells_each_thing_once_and_calmly(visit: Visit) -> None:
    """Who pressed what, what was posted where, and that a new day began."""
    file = visit.console.file
    assert isinstance(file, io.StringIO)
    told = [line[5:].strip() for line in file.getvalue().splitlines()]
    assert told.count("ana pressed Am I eligible?") == 1
    assert "ana typed /jobs subscribe filter: python -senior" in told
    assert "ana chose in “How often?”" in told
    assert any(line.startswith("Outpost posted “") and line.endswith(f"in #{story.PYTHON}") for line in told)
    assert any("changed “A subscription is paused”" in line for line in told)
    # Just after midnight nothing has been said on the new day yet.
    await visit.sandbox.walk(visit.sandbox.clock.now() + timedelta(hours=4), "a little later")
    assert f"{visit.opened + timedelta(days=1):%A, %d %B}" in file.getvalue()


async def test_days_are_walked_without_an_outage(visit: Visit) -> None:
    """No feed looks new at once, no card is left behind: nor in the week of `test_demo_checkins.py`."""
    await visit.sandbox.walk(visit.sandbox.clock.now() + timedelta(days=1), "later this week")
    notices = [one.text for one in visit.sandbox.member("mo").sees("moderators")]
    assert [text for text in notices if "suddenly looks new" in text or "can't be read" in text] == []
    assert visit.sandbox.walking is None


# -- who beats when ------------------------------------------------------------------------------


@dataclass
class Drum:
    """Beats that take a while. Notes the moment of each and whether another one was under way."""

    sandbox: Sandbox
    due: list[datetime] = field(default_factory=list)
    at: list[datetime] = field(default_factory=list)
    overlapped: bool = False
    _busy: bool = False
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def heard(self, beats: int) -> None:
        """Wait for so many beats."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.at) >= beats)

    async def beat(self) -> None:
        self.overlapped |= self._busy
        self._busy = True
        self.at.append(self.sandbox.clock.now())
        async with self._changed:
            self._changed.notify_all()
        for _ in range(5):
            await asyncio.sleep(0)
        self._busy = False

    async def next_due(self, now: datetime) -> datetime | None:
        return min((moment for moment in self.due if moment > now), default=None)


def drummed() -> tuple[Sandbox, Drum, Beating]:
    sandbox = Sandbox(spec=None)
    drum = Drum(sandbox)
    return sandbox, drum, Beating(sandbox, News(Boards(sandbox.clock.now), 1), drum.beat, drum.next_due)


async def test_a_walk_beats_each_hour_once_and_stops_at_what_is_promised() -> None:
    """Six hours and one promise between them: seven beats. Steps are shorter than an hour, which is an outage."""
    sandbox, drum, beating = drummed()
    start = sandbox.clock.now()
    drum.due = [start + 2.5 * HOUR]
    async with beating:
        await sandbox.walk(start + 6 * HOUR)
    reached = [round((moment - start) / HOUR, 2) for moment in drum.at]
    assert timedelta(minutes=59) == STEP
    assert reached == [0.98, 1.97, 2.5, 3.48, 4.47, 5.45, 6.0]


async def test_seconds_and_a_walk_never_beat_at_the_same_time() -> None:
    """The seconds rest while a walk is under way, and go on after it."""
    sandbox, drum, beating = drummed()
    start = sandbox.clock.now()
    async with beating:
        seconds = asyncio.create_task(beating.by_itself())
        await asyncio.sleep(0)
        await sandbox.walk(start + 12 * HOUR)
        async with asyncio.timeout(LIMIT_S):
            await drum.heard(15)
        seconds.cancel()
    assert not drum.overlapped
    steps = [round((moment - start) / STEP, 1) for moment in drum.at[:15]]
    assert steps == [0, *range(1, 13), 12.2, 12.2]


async def test_a_walk_goes_no_further_when_the_demo_ends() -> None:
    """It is refused in words, and nothing beats after the end."""
    sandbox, drum, beating = drummed()
    async with beating:
        await sandbox.walk(sandbox.clock.now() + HOUR)
    beats = len(drum.at)
    with pytest.raises(CannotWalk, match="The demo is ending"):
        await sandbox.walk(sandbox.clock.now() + HOUR)
    assert len(drum.at) == beats


# -- pure parts ----------------------------------------------------------------------------------


async def test_a_story_is_told_in_the_order_of_its_moments() -> None:
    """Days count back from today, weekdays from this week's Monday; the time is UTC."""
    now = datetime(2026, 3, 11, 8, tzinfo=UTC)  # a Wednesday
    late, early = Types("a", "late"), Types("a", "early")
    assert moments([ago(1, ("09:30", "mo", late)), on(1, "Friday", ("22:00", "ana", early))], now) == [
        Moment(datetime(2026, 3, 6, 22, tzinfo=UTC), "ana", early),
        Moment(datetime(2026, 3, 10, 9, 30, tzinfo=UTC), "mo", late),
    ]


@pytest.mark.parametrize("day", range(9, 16))
async def test_the_story_can_be_told_on_any_day(day: int) -> None:
    """People are among themselves for weeks, then the bot comes, and it is all over before today begins."""
    midnight = datetime(2026, 3, day, tzinfo=UTC)
    before = [one.at for one in moments(story.BEFORE_THE_BOT, midnight)]
    since = [one.at for one in moments(story.SINCE_THE_BOT, midnight)]
    assert midnight - before[0] > timedelta(days=20)
    assert before[-1] < since[0] < since[-1] < midnight


@pytest.mark.parametrize("day", range(9, 16))
async def test_a_digest_lies_behind_and_weeks_ahead_on_any_day(day: int) -> None:
    """The bot comes for the group first, and reads boards later; the next Friday's people are still to come."""
    midnight = datetime(2026, 3, day, tzinfo=UTC)
    check_ins = moments(weeks.CHECKINS, midnight)
    assert check_ins[0].at < moments(story.SINCE_THE_BOT, midnight)[0].at
    over = datetime.combine(check_ins[0].at.date() + timedelta(days=3), time(18), UTC)
    assert timedelta(hours=6) <= midnight - over < timedelta(days=7)
    coming = [one.at for one in check_ins if one.at > next_friday(midnight)]
    assert len(coming) > 20
    assert {one.who for one in check_ins if one.at >= midnight} == {"priya", "yuki", "lena", "mateo"}


async def test_news_come_by_the_hour_when_walked_and_by_the_second_when_not() -> None:
    """A board's turn for two hours of a walk; else the first at once and the next within 45 seconds."""
    now = datetime(2026, 3, 10, 8, tzinfo=UTC)
    boards = Boards(lambda: now)
    known = {posting.id for board in BOARDS for posting in boards.postings(board)}
    news, moments_seen = News(boards, 1), set[datetime]()

    def turns() -> int:
        """So far. A turn may publish several postings, all of its moment, and take off earlier ones."""
        shown = [one for board in BOARDS for one in boards.postings(board) if one.id not in known]
        moments_seen.update(one.posted_at for one in shown)
        return len(moments_seen)

    for hour in range(12):
        news.pass_by(HOUR, now + hour * HOUR)
        turns()
    walked = turns()
    news.up_to(now)
    news.up_to(now + timedelta(seconds=20))
    first = turns()
    news.up_to(now + timedelta(seconds=46))
    assert (walked, first - walked, turns() - first) == (6, 1, 1)


async def test_what_the_boards_show_in_a_round() -> None:
    """Five at once, one on two boards, one in four cities; what was filled is gone after some turns."""
    now = datetime(2026, 3, 10, 8, tzinfo=UTC)
    boards = Boards(lambda: now)
    known = {posting.id for board in BOARDS for posting in boards.postings(board)}
    news = News(boards, 1)

    def shown(board: str) -> list[str]:
        return [one.role for one in boards.postings(board) if one.id not in known]

    for _ in BOARDS[:2]:
        news.publish(now)
    assert len(shown("remotive")) == 1
    for _ in BOARDS[2:]:
        news.publish(now)
    assert [len(shown(board)) for board in BOARDS[:4]] == [1, 0, 5, 1]
    assert shown("jobicy")[0] in shown("himalayas")
    assert len(shown("himalayas")) == 5
    assert [role for role in shown("himalayas") if role.endswith("(Lisbon)")]
