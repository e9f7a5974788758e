"""A server's safety role, second contact and panel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app import App
from bot.deliveries.flow import send_due
from bot.deliveries.planned import decode
from bot.moderation import flow
from bot.moderation import panel as rules
from bot.moderation.messages import Panel
from bot.moderation.panel import THERE, Posted
from bot.moderation.rights import Person
from bot.moderation.server import Server, safety_role, second_contact
from bot.ports import Trouble
from bot.refusals import Refusal
from bot.storage import Store
from tests.deliveries.parts import NOON, SECOND, app_of, hasty_sender
from tests.fakes import Clock, FakeMessenger

GUILD, START, ELSEWHERE, OWNER = 1, 10, 11, 9
MO, ANA = Person(100, GUILD, manages=True), Person(101, GUILD, manages=False)
ROSA = Person(99, GUILD, manages=True, owner=True)


@pytest.mark.parametrize(
    ("role", "of_a_bot", "reason"), [(GUILD, False, "role_of_everybody"), (5, True, "role_of_a_bot")]
)
def test_roles_that_protect_nobody(role: int, of_a_bot: bool, reason: str) -> None:
    """Everybody's role would show cases to everybody; a bot's own role holds no person."""
    with pytest.raises(Refusal, match=reason):
        safety_role(GUILD, role, of_a_bot=of_a_bot)
    assert safety_role(GUILD, None, of_a_bot=False) is None


@pytest.mark.parametrize(
    ("user", "bot", "reason"), [(5, True, "contact_is_a_bot"), (9, False, "contact_is_the_owner")]
)
def test_contacts_that_help_nobody(user: int, bot: bool, reason: str) -> None:
    """A bot reads nothing, and the owner is the one such a report is about."""
    with pytest.raises(Refusal, match=reason):
        second_contact(user, OWNER, bot=bot)
    assert second_contact(None, OWNER, bot=False) is None


def test_the_panel_has_what_is_there() -> None:
    """Its buttons stand in the design's order; the last one is always there."""
    assert [name for name in rules.BUTTONS if name in THERE] == list(THERE) and "start" in THERE


stored = pytest.mark.store


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def discord(clock: Clock) -> FakeMessenger:
    return FakeMessenger(clock)


@pytest.fixture
def app(store: Store, discord: FakeMessenger, clock: Clock) -> App:
    return app_of(store, discord, clock)


async def say(app: App) -> None:
    """One beat: what is due is said, and what became of the panels is learned."""
    await send_due(app, hasty_sender())
    await flow.mind_panels(app, app.now())


@stored
async def test_each_choice_is_kept_alone(app: App) -> None:
    """One doesn't undo another; choosing nothing takes it away again."""
    await flow.choose_safety_role(app, ROSA, 5, NOON)
    await flow.choose_second_contact(app, ROSA, 6, OWNER, NOON)
    await flow.choose_moderators_channel(app, MO, 19, (), NOON)
    assert await flow.settings(app, GUILD) == Server(GUILD, 19, 5, 6)
    await flow.choose_safety_role(app, ROSA, None, NOON)
    await flow.choose_second_contact(app, ROSA, None, OWNER, NOON)
    assert await flow.settings(app, GUILD) == Server(GUILD, 19)
    assert await flow.settings(app, 2) == Server(2)


@stored
async def test_who_may_choose(app: App) -> None:
    """Each choice asks for the right itself; a moderator can't open reports to themselves."""
    with pytest.raises(Refusal, match="moderators_only"):
        await flow.post_panel(app, ANA, START, (), NOON)
    for who in (ANA, MO):
        for choice in (
            flow.choose_safety_role(app, who, 5, NOON),
            flow.choose_second_contact(app, who, 6, OWNER, NOON),
        ):
            with pytest.raises(Refusal, match="owner_only"):
                await choice


@stored
async def test_the_panel_is_promised_then_stands(app: App, discord: FakeMessenger) -> None:
    """First it is on its way, then its message is known; permissions are asked for before anything is promised."""
    with pytest.raises(Refusal, match="bot_may_not"):
        await flow.post_panel(app, MO, START, ("send_messages",), NOON)
    with pytest.raises(Refusal, match="channel_gone"):
        await flow.post_panel(app, MO, START, None, NOON)
    assert (await flow.settings(app, GUILD)).panel is None
    await flow.post_panel(app, MO, START, (), NOON)
    coming = (await flow.settings(app, GUILD)).panel
    assert coming is not None and coming.state == "coming"
    await say(app)
    (value,) = discord.said(START)
    assert decode(Panel, value).buttons == THERE
    stands = (await flow.settings(app, GUILD)).panel
    assert stands is not None and stands.state == "stands" and stands.message_id == 1


@stored
async def test_one_panel_a_server(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """Posted again, it moves; posted twice before the first was said, only the second is."""
    await flow.post_panel(app, MO, START, (), clock())
    await say(app)
    await flow.post_panel(app, MO, ELSEWHERE, (), clock.move(SECOND))
    assert discord.said(START) == []
    await flow.post_panel(app, MO, START, (), clock.move(SECOND))
    await say(app)
    assert len(discord.said(START)) == 1 and discord.said(ELSEWHERE) == []


async def outdated(app: App) -> Posted:
    """A panel that stands with fewer buttons than there are."""
    await flow.post_panel(app, MO, START, (), NOON)
    await say(app)
    panel = (await flow.settings(app, GUILD)).panel
    assert panel is not None and panel.nonce is not None
    async with app.store.begin() as tx:
        await flow.store.keep_panel(tx, panel.nonce, replace(panel, shown=("start",)))
    return panel


@stored
async def test_a_button_appears_when_its_subject_is_there(app: App) -> None:
    """The panel that stands is written anew, once."""
    panel = await outdated(app)
    assert await flow.mind_panels(app, NOON) == 1
    assert (await flow.settings(app, GUILD)).panel == panel
    assert await flow.mind_panels(app, NOON) == 0


@stored
async def test_a_panel_that_somebody_deleted(app: App, discord: FakeMessenger) -> None:
    """It is forgotten; nobody wanted it back."""
    await outdated(app)
    discord.channels[START][0].deleted = True
    await flow.mind_panels(app, NOON)
    assert (await flow.settings(app, GUILD)).panel is None and discord.said(START) == []


@stored
@pytest.mark.parametrize(("code", "state"), [("missing_access", "failed"), ("unclear", "stands")])
async def test_a_panel_that_cannot_be_changed(
    app: App, discord: FakeMessenger, code: str, state: str
) -> None:
    """What a moderator must mend is shown in /setup and not tried for ever; what passes is tried again."""
    await outdated(app)
    discord.refusing[START] = Trouble(code, "no")
    await flow.mind_panels(app, NOON)
    panel = (await flow.settings(app, GUILD)).panel
    assert panel is not None and panel.state == state
    del discord.refusing[START]
    assert await flow.mind_panels(app, NOON) == (state == "stands")


@stored
async def test_a_panel_that_could_not_be_said(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """It says so in /setup, and posting it again helps."""
    discord.refusing[START] = Trouble("missing_access", "no")
    await flow.post_panel(app, MO, START, (), NOON)
    await say(app)
    failed = (await flow.settings(app, GUILD)).panel
    assert failed is not None and failed.state == "failed"
    del discord.refusing[START]
    await flow.post_panel(app, MO, START, (), clock.move(SECOND))
    await say(app)
    assert len(discord.said(START)) == 1
