"""Finds that members offer: refused, put to moderators, posted or declined, told in private; on both databases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.planned import decode
from bot.jobs.flow import doubts, shares, unwanted
from bot.jobs.messages import Offered, SharedCard, ShareTold
from bot.jobs.shares import Typed
from bot.moderation.rights import Person
from bot.people.flow import members, privacy
from bot.people.members import Key
from bot.ports import Trouble
from bot.refusals import Refusal
from bot.storage import Store
from tests.jobs.listening import DAY, HOUR, beat, known, posted, subscribed
from tests.jobs.parts import ANA, CHANNEL, MO, MODERATORS, OTHER_CHANNEL, Town, town
from tests.jobs.values import entry

pytestmark = pytest.mark.store

URL = "https://elsewhere.example/jobs/9"
FIND = Typed(URL, "Keeper of lamps", "Lamps Ltd", "They answer within a day.")
BOB = replace(ANA, id=102)
ALL = frozenset({CHANNEL, OTHER_CHANNEL})


@pytest.fixture
async def it(store: Store) -> Town:
    it = await town(store)
    await it.choose_moderators_channel()
    return it


async def read(it: Town, *numbers: int, company: str = "Invented Ltd") -> list[str]:
    """A feed shows these; gives their links."""
    entries = [entry(number, published=it.clock(), company=company) for number in numbers]
    it.feeds.shows(entries, etag=str(numbers))
    await it.beat(2 * HOUR)
    return [one.url for one in entries]


async def offer(
    it: Town,
    who: Person = ANA,
    find: Typed = FIND,
    link: str | None = None,
    visible: Collection[int] = ALL,
) -> shares.Kept:
    """As the command and its form do; link: of an opening that we know."""
    begun = await shares.begin(it.app, who, link or find.url, visible, it.clock())
    number = begun.known.id if begun.known else None
    made = await shares.offer(it.app, who, replace(find, url=begun.url), number, visible, it.clock())
    await beat(it)
    return made


def offered(it: Town) -> list[Offered]:
    return [decode(Offered, value) for value in posted(it, MODERATORS, "share_offered")]


def shared(it: Town, channel: int = CHANNEL) -> list[SharedCard]:
    return [decode(SharedCard, value) for value in posted(it, channel, "share")]


def told(it: Town, member_id: int = ANA.id) -> list[ShareTold]:
    return [decode(ShareTold, value) for value in posted(it, member_id, "share_told")]


async def post(it: Town, channel: int = CHANNEL) -> Offered:
    notice = await shares.post(it.app, MO, offered(it)[-1].share_id, channel, (), it.clock())
    await beat(it)
    return notice


async def test_a_link_that_no_feed_has(it: Town) -> None:
    """What was typed, cleaned, goes to the moderators without a name, then to the channel that one chose."""
    made = await offer(it, find=replace(FIND, title="  Keeper\u200b of   lamps "))
    assert (made.title, made.became) == ("Keeper of lamps", "told")
    (notice,) = offered(it)
    assert (notice.title, notice.company, notice.url) == ("Keeper of lamps", "Lamps Ltd", URL)
    assert str(ANA.id) not in str(notice)
    after = await post(it)
    assert (after.decided, after.decided_by) == ("posted", MO.id) and offered(it) == [after]
    (card,) = shared(it)
    assert (card.title, card.words, card.by_id, card.opening) == (
        "Keeper of lamps",
        FIND.words,
        None,
        None,
    )
    (mine,) = await shares.mine(it.app, ANA)
    assert (mine.state, mine.channel_id) == ("posted", CHANNEL) and await shares.mine(it.app, BOB) == []


async def test_a_link_we_know(it: Town) -> None:
    """Title, company and facts are the opening's own, whatever the form says."""
    (url,) = await read(it, 1)
    await offer(it, link=f"{url}/?utm_source=friend")
    await post(it)
    (card,) = shared(it)
    assert (card.title, card.company, card.url) == ("Engineer 1", "Invented Ltd", url)
    assert card.opening is not None and card.opening.attribution == "via Board"


async def test_a_name_by_choice_alone(it: Town) -> None:
    """With their own choice the name stands there; the moderators' notice doesn't show it before."""
    await offer(it, find=replace(FIND, named=True))
    await post(it)
    assert shared(it)[0].by_id == ANA.id


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("https://discord.gg/abc", "link_refused"),
        ("ftp://example.org/jobs", "link_refused"),
        ("javascript:alert(1)", "link_refused"),
        ("https://example.org:8443/x", "link_not_public"),
        ("http://127.0.0.1/x", "link_not_public"),
        ("", "link_refused"),
    ],
)
async def test_links_that_are_refused(it: Town, link: str, reason: str) -> None:
    """Invites, what is no http or https, and what not everybody can open; in the form as in the command."""
    with pytest.raises(Refusal, match=reason):
        await shares.begin(it.app, ANA, link, ALL, it.clock())
    with pytest.raises(Refusal, match=reason):
        await shares.offer(it.app, ANA, replace(FIND, url=link), None, ALL, it.clock())
    assert await shares.mine(it.app, ANA) == []


async def test_without_a_title(it: Town) -> None:
    """Spaces and signs nobody sees are no title."""
    with pytest.raises(Refusal, match="share_without_title"):
        await offer(it, find=replace(FIND, title=" \u200b "))


async def test_three_a_day(it: Town) -> None:
    """A fourth is refused, before the form too, until a day has gone."""
    for number in range(3):
        await offer(it, find=replace(FIND, url=f"{URL}{number}"))
    with pytest.raises(Refusal, match="too_many_shares"):
        await offer(it, find=replace(FIND, url=f"{URL}7"))
    await offer(it, BOB, find=replace(FIND, url=f"{URL}7"))
    it.clock.move(DAY + timedelta(minutes=1))
    await offer(it, find=replace(FIND, url=f"{URL}8"))


async def test_what_stands_here_already(it: Town) -> None:
    """A card or a find of the last 30 days: its link, for those who see its channel; later it may come again."""
    await subscribed(it, channel_id=CHANNEL)
    (url,) = await read(it, 1)
    with pytest.raises(Refusal, match="stands_here") as stands:
        await offer(it, link=url)
    assert str(stands.value.facts["link"]).startswith(f"https://discord.com/channels/1/{CHANNEL}/")
    await offer(it, link=url, visible={OTHER_CHANNEL})
    await offer(it)
    with pytest.raises(Refusal, match="share_waits"):
        await offer(it, BOB, find=replace(FIND, url=f"{URL}/"))
    await post(it, OTHER_CHANNEL)
    with pytest.raises(Refusal, match="stands_here"):
        await offer(it, BOB)
    it.clock.move(31 * DAY)
    await offer(it, BOB)


async def test_what_this_server_does_not_show(it: Town) -> None:
    """A blocked company by its link or as typed, an opening that was taken down; blocked meanwhile, too."""
    (url, other) = await read(it, 1, 2, company="Lamps Ltd")
    await offer(it)
    await doubts.scam(it.app, ANA, (await find(it, other)), "", it.clock())
    await doubts.take_down(it.app, MO, await find(it, other), it.clock())
    with pytest.raises(Refusal, match="opening_taken_down"):
        await offer(it, link=other)
    await unwanted.block(it.app, MO, "lamps", it.clock())
    with pytest.raises(Refusal, match="company_unwanted"):
        await offer(it, link=url)
    with pytest.raises(Refusal, match="company_unwanted"):
        await offer(it, find=replace(FIND, url=f"{URL}7"))
    with pytest.raises(Refusal, match="company_unwanted"):
        await post(it)


async def find(it: Town, url: str) -> int:
    begun = await shares.begin(it.app, BOB, url, (), it.clock())
    assert begun.known is not None
    return begun.known.id


async def test_taken_down_where_it_was_shared(it: Town) -> None:
    """The find's own card says so, like every other card of the opening here."""
    (url,) = await read(it, 1)
    number = await find(it, url)
    await offer(it, link=url)
    await post(it)
    await doubts.scam(it.app, BOB, number, "", it.clock())
    await doubts.take_down(it.app, MO, number, it.clock())
    await beat(it)
    (card,) = shared(it)
    assert card.opening is not None and card.opening.taken_down


async def test_closed_where_it_was_shared(it: Town) -> None:
    """An opening that is over says so in the find's own post too."""
    it.feeds.shows([entry(1, published=it.clock(), expires=it.clock() + DAY)])
    await it.beat(2 * HOUR)
    await offer(it, link=entry(1).url)
    await post(it)
    await it.beat(2 * DAY)
    (card,) = shared(it)
    assert card.opening is not None and card.opening.closed_why == "expired"


async def test_a_post_that_is_refused_is_told_and_may_be_tried_again(it: Town) -> None:
    """A new notice names the channel and why; where it works in the end it stands once, and the letter says so."""
    await known(it, ANA.id, quiet=(0, 0))
    await members.set_door(it.app, Key(1, ANA.id), "dm_names", True, it.clock())
    await offer(it)
    for attempt in (1, 2):
        it.discord.refusing[CHANNEL] = Trouble("missing_permission", "Missing Permissions")
        await post(it)
        await it.beat()
        assert (shared(it), len(offered(it))) == ([], attempt + 1)
        again = offered(it)[-1]
        assert (again.trouble, again.tried, again.decided) == ("missing_permission", CHANNEL, "")
        assert [one.state for one in await shares.mine(it.app, ANA)] == ["waiting"]
        it.clock.move(HOUR)
    after = await post(it, OTHER_CHANNEL)
    assert (after.decided, after.trouble) == ("posted", "")
    assert [card.title for card in shared(it, OTHER_CHANNEL)] == [FIND.title]
    await beat(it, HOUR)
    assert [letter.channel_id for letter in told(it)] == [OTHER_CHANNEL]


async def test_declined(it: Town) -> None:
    """Nothing is posted; the member sees it on their page; it may be offered again."""
    await offer(it)
    await shares.decline(it.app, MO, offered(it)[0].share_id, it.clock())
    assert [one.state for one in await shares.mine(it.app, ANA)] == ["declined"]
    with pytest.raises(Refusal, match="decided_already"):
        await post(it)
    assert shared(it) == []
    await offer(it)


async def test_told_by_message_only_with_consent(it: Town) -> None:
    """Who allowed messages gets one, discreet unless they opened that door; nobody else gets any."""
    await known(it, ANA.id, quiet=(0, 0))
    await known(it, BOB.id, consents=False)
    await offer(it)
    await post(it)
    await offer(it, BOB, find=replace(FIND, url=f"{URL}7"))
    await post(it)
    await beat(it, timedelta(minutes=2))
    assert [(one.channel_id, one.discreet) for one in told(it)] == [(CHANNEL, True)] and told(
        it, BOB.id
    ) == []
    await members.set_door(it.app, Key(1, ANA.id), "dm_names", True, it.clock())
    await offer(it, find=replace(FIND, url=f"{URL}8"))
    await shares.decline(it.app, MO, offered(it)[-1].share_id, it.clock())
    await beat(it, timedelta(minutes=2))
    assert [(one.channel_id, one.discreet) for one in told(it)[1:]] == [(None, False)]


async def test_only_moderators_decide(it: Town) -> None:
    """A member, another server's moderator, and a channel in which the bot may not speak."""
    await offer(it)
    number = offered(it)[0].share_id
    other = Person(id=900, guild_id=2, manages=True)
    with pytest.raises(Refusal, match="moderators_only"):
        await shares.post(it.app, ANA, number, CHANNEL, (), it.clock())
    with pytest.raises(Refusal, match="moderators_only"):
        await shares.decline(it.app, ANA, number, it.clock())
    with pytest.raises(Refusal, match="decided_already"):
        await shares.post(it.app, other, number, CHANNEL, (), it.clock())
    with pytest.raises(Refusal, match="bot_may_not"):
        await shares.post(it.app, MO, number, CHANNEL, ("send_messages",), it.clock())
    assert shared(it) == [] and offered(it)[0].decided == ""


async def test_without_a_moderators_channel(store: Store) -> None:
    """It is kept and says so, and is put to them once they chose one."""
    it = await town(store)
    assert (await offer(it)).became == "kept"
    await it.choose_moderators_channel()
    await beat(it)
    assert [one.title for one in offered(it)] == [FIND.title]


async def test_erased(it: Town) -> None:
    """Whoever erases themselves takes words and notice along; a late press of a moderator has neither."""
    await offer(it, find=replace(FIND, named=True))
    number = offered(it)[0].share_id
    await privacy.erase(it.app, Key(1, ANA.id), it.clock())
    notice = await shares.post(it.app, MO, number, CHANNEL, (), it.clock())
    await beat(it)
    (card,) = shared(it)
    assert (notice.words, card.words, card.by_id) == ("", "", None)
