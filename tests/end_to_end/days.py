"""The days of Ana, who looks for another job in private, and of Bob, her boss. Later subjects append to the lists.

A new command joins both by itself (`boss_presses.Curious`); what has to be typed or chosen there is said here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from sandbox import Actor, Modal, Reply, Upload
from tests.end_to_end.boss_presses import Habits
from tests.end_to_end.town import form, page

EMPLOYER = "Quillhaven Labs"
PROMOTED = 15  # the day from which Bob is a moderator
LAST = 28


@dataclass(frozen=True)
class Deed:
    """What somebody does on one day; day: counts from 1."""

    day: int
    what: str
    do: Callable[[Actor], Awaitable[object]]


async def fill(opened: Awaitable[Reply | Modal], values: Mapping[str, object]) -> Reply:
    """Open a form and send it."""
    return await page((await form(opened)).submit(values))


# -- Ana -----------------------------------------------------------------------------------------


async def _starts(ana: Actor) -> None:
    wishes = await page(ana.slash("start"))
    place = await page(wishes.choose(0, ["jobs", "meet"]))
    zone = await page(place.press(f"start.place.choose/{ana.guild.id}", ["US"]))
    private = await page(zone.click("Yes")) if "Yes" in zone.buttons else zone
    await fill(private.click("Yes: name the company"), {"Company": EMPLOYER})


async def _tells_her_profile(ana: Actor) -> None:
    edit = await page((await page(ana.slash("me profile"))).click("Edit"))
    await fill(edit.click("Headline, skills"), {"Headline": "I keep payments calm", "Skills": "Python, SQL"})
    for name, values in (("field", ["data"]), ("level", ["senior"]), ("open_to", ["coffee", "referral"])):
        edit = await page(edit.press(f"me.edit.choose/{ana.guild.id}/{name}", values))
    shown = await page((await page(edit.click("Back"))).click("Who sees what"))
    for name in ("headline", "field", "level", "skills", "open_to"):
        shown = await page(shown.press(f"me.shown.choose/{ana.guild.id}/{name}", ["server"]))


async def _opens_two_doors(ana: Actor) -> None:
    private = await page((await page(ana.slash("me settings"))).click("Private search"))
    for door in ("card", "found"):
        private = await page(private.press(f"me.door/{ana.guild.id}/{door}/open"))


async def _allows_messages(ana: Actor) -> None:
    settings = await page(ana.slash("me settings"))
    quiet = await page((await page(settings.click("Quiet hours"))).click("No quiet hours"))
    letters = await page((await page(quiet.click("Back"))).click("Direct messages"))
    await page(letters.click("Let Outpost write to me"))


async def _chooses_a_pen_name(ana: Actor) -> None:
    pen = await page((await page(ana.slash("me settings"))).click("Pen name"))
    await fill(pen.click("Choose one"), {"Pen name": "Heron"})


async def _follows_jobs(ana: Actor) -> None:
    await page((await page(ana.slash("jobs subscribe", filter="python NOT junior"))).click("Save"))
    asked = await page((await page((await page(ana.slash("jobs alerts"))).click("Open"))).click("Pause"))
    await page(asked.click("Until I resume it"))


async def _guards_against_bob(ana: Actor) -> None:
    await page((await page(ana.slash("me blocks"))).choose("A member you must not meet here", ["bob"]))


async def _guards_more(ana: Actor) -> None:
    blocks = await page(ana.slash("me blocks"))
    await fill(blocks.click("A company"), {"Company": "Harbour & Sons"})
    await page(ana.menu("Block in Outpost", "tom"))


async def _asks_eve(ana: Actor) -> None:
    await fill(ana.menu("Ask for an introduction", "eve"), {"A line to them": "We both moved to data."})


async def _reports_tom(ana: Actor) -> None:
    await fill(ana.menu("Tell the moderators", "tom"), {"What happened?": "He keeps writing to me."})


async def _reports_bob(ana: Actor) -> None:
    tell = (await page(ana.slash("report"))).click("Tell them")
    answers = {"What happened?": "He asks who of us looks for a job.", "Who is it about?": ["bob"]}
    await fill(tell, {**answers, "Is this about a moderator?": "moderator"})


async def _takes_it_away(ana: Actor) -> None:
    kept = await page(ana.slash("me privacy"))
    assert kept.buttons, kept.text
    await page(kept.click("Take it away"))


async def _stops_an_alert(ana: Actor) -> None:
    asked = await page((await page((await page(ana.slash("jobs alerts"))).click("Open"))).click("Stop"))
    await page(asked.click("Stop it"))


async def erases(who: Actor) -> None:
    """Everything about them in this server."""
    asked = await page((await page(who.slash("me privacy"))).click("Erase it"))
    await page(asked.click("Yes, erase it"))


ANA: list[Deed] = [
    Deed(1, "sets herself up and names her employer", _starts),
    Deed(2, "tells her profile", _tells_her_profile),
    Deed(2, "lets herself be found", _opens_two_doors),
    Deed(3, "allows direct messages", _allows_messages),
    Deed(4, "chooses a pen name", _chooses_a_pen_name),
    Deed(4, "guards against Bob, whom his employer alone kept away so far", _guards_against_bob),
    Deed(5, "follows jobs of her own", _follows_jobs),
    Deed(6, "asks to meet Eve", _asks_eve),
    Deed(9, "guards against more, and blocks Tom", _guards_more),
    Deed(11, "reports Tom", _reports_tom),
    Deed(16, "reports Bob, who is a moderator by now", _reports_bob),
    Deed(19, "takes everything away", _takes_it_away),
    Deed(20, "stops an alert", _stops_an_alert),
]


_TYPED = {
    "jobs subscribe filter": "python",
    "resources need": "interview",
    "City": "Lisbon",
    "Company": EMPLOYER,
    "Where you live": "Portugal",
    "Where you may work": "Portugal, Germany",
    "The country I am in": "Portugal",
    "Other countries where I may work": "Germany",
    "Languages you could work in": "English, Portuguese",
    "The least pay a year": "60,000 EUR",
    "Links": "https://github.com/octocat",
    "Filter": "python",
    "What do you look for?": "python",
    "jobs search words": "python",
    "jobs search for": "me",
    "jobs check link_or_text": "https://jobs.example/42",
    "jobs market filter": "python",
    "feeds add address": "no address",
    "feeds import file": Upload("feeds.opml", b"no list of feeds"),
    "Link": "https://jobs.example/42",
    "Link to an opening": "https://jobs.example/42",
    "Text": "Python Engineer\nYou will write pages for vineyards. This job is remote, in Portugal only.",
    "On which day": "Friday",
    "What to count": "python",
    "Words or a filter": "python",
    "cohort edit group": "Weekly plan",
    "cohort stats group": "Weekly plan",
    "Name": "Weekly plan",  # which there is already: nobody makes a second group
    "Time zone": "Lisbon",
    "It opens": "Fri 09:00",
    "Digest on Monday at": "18:00",
    "Languages": "English",  # that he reads
    "City or time zone": "Lisbon",
    "City, country or zone": "Lisbon",
}
_CHOSEN = {
    "me.guard.member": ["tom"],
    "setup.channel": ["moderators"],
    "setup.safety": ["helpers"],
    "setup.contact": ["tom"],
    "setup.panel": ["start-here"],
    "jobs.notice.move": ["remote-design"],
    "jobs.copy": ["remote-design"],
    "jobs.role": ["helpers"],
    "jobs.share.post": ["remote-design"],
    "cohort.channel.set": ["check-ins"],
    "review.kinds": ["resume", "letter"],
    "rounds.channel": ["reviews"],
    "rounds.day": ["2"],  # as it is: Wednesday, at nine
    "rounds.hour": ["540"],
    "rounds.member": ["tom"],
    "meets.settings.channel": ["reviews"],
    "meets.settings.day": ["0"],
    "meets.settings.hour": ["540"],
}
# What is handed in, read, and drawn in which week is told in `days_reviews`, by presses, whoever does it; and a menu
# whose custom_id holds all answers so far has as many ways as there are answers.
_REVIEWS = frozenset(
    {
        *("review.fill", "review.again", "review.fix", "review.withdrawn", "review.accept", "review.decline"),
        *("review.return", "review.send", "review.rate", "review.left", "review.pause", "review.sample"),
        *("review.ask", "review.ask.kind", "review.ask.mode", "review.ask.language"),
        *(
            "meets.kinds",
            "meets.role",
            "meets.left",
            "meets.skip",
            "meets.pause",
            "meets.stopped",
            "meets.check",
        ),
    }
)

ANAS = Habits(
    {**_TYPED, "Pen name": "Heron"},
    _CHOSEN,
    people=("eve", "tom"),
    # Nothing that would show her or take her guards away: that is another story.
    never=frozenset(
        {
            *("me.erase.yes", "me.erase.all.yes", "me.private.off.yes", "start.private.off", "me.door"),
            *("me.unguard", "me.unblock", "me.block.undo", "me.guard.ask", "start.employer.ask"),
            *("me.edit.choose", "me.shown.choose"),
            # What others would read, by her own choice, and what moderators are told.
            *("jobs.hired.ask", "jobs.hired.post", "jobs.wrong", "jobs.scam"),
            # Who sees her check-ins, as whom, and in which weeks, is told in `days_checkins`.
            *("checkin.circle", "checkin.first", "checkin.who.choose", "checkin.seen", "checkin.pod"),
            *("checkin.pen.ask", "checkin.skipped", "checkin.paused", "checkin.ill", "checkin.left"),
            "jobs.knows.ask",  # once for a company: her own day comes
            *("review.join", "review.kinds", "review.languages"),
            *_REVIEWS,
        }
    ),
)

# -- Bob -----------------------------------------------------------------------------------------

BOBS = Habits(
    {**_TYPED, "Pen name": "Kingfisher", "jobs share link": "https://jobs.example/42"},
    _CHOSEN,
    people=("ana", "eve"),
    # Were Ana blocked by him, nothing would be left that a guard could hide.
    menus={"Block in Outpost": ("tom",), "Tell the moderators": ("tom",)},
    never=frozenset(
        {
            *("me.erase.yes", "me.erase.all.yes"),
            # The group lives on, and he in it; its weeks are not all off.
            *("checkin.left", "cohort.turn", "cohort.season", "cohort.season.choose"),
            *("cohort.weeks.turn", "cohort.weeks.menu"),
            # Reviews and meetings stay on, and their rounds come when they are due.
            *("rounds.off.yes", "rounds.weekly", "rounds.rule", "rounds.open", "rounds.cancelled"),
            "meets.settings.off.yes",
            *_REVIEWS,
        }
    ),
)


async def _says_where_he_works(bob: Actor) -> None:
    blocks = await page(bob.slash("me blocks"))
    await fill(blocks.click("Where I work"), {"Company": f"{EMPLOYER}, Inc."})


BOB: list[Deed] = [
    Deed(1, "says where he works", _says_where_he_works),
]

# -- the others, who do the same whatever Ana does -----------------------------------------------


async def prepares(mo: Actor, owner: Actor) -> None:
    """The owner: who looks after safety. The moderator: where moderators read, a channel for jobs, the panel."""
    await page((await page(owner.slash("setup"))).press("setup.safety", ["helpers"]))
    home = await page(mo.slash("setup"))
    for custom_id, chosen in (("setup.channel", "moderators"), ("setup.panel", "start-here")):
        home = await page(home.press(custom_id, [chosen]))
    asked = await page(mo.slash("jobs subscribe", filter="", channel="remote-python"))
    await page(asked.click("Save"))


async def is_there(eve: Actor) -> None:
    """Eve wants to be found, allows messages, looks after safety; so does nobody else."""
    await _allows_messages(eve)
    private = await page((await page(eve.slash("me settings"))).click("Private search"))
    await page(private.press(f"me.door/{eve.guild.id}/found/open"))
    edit = await page((await page(eve.slash("me profile"))).click("Edit"))
    for name, values in (("field", ["design"]), ("open_to", ["coffee"])):
        edit = await page(edit.press(f"me.edit.choose/{eve.guild.id}/{name}", values))
    shown = await page((await page(edit.click("Back"))).click("Who sees what"))
    for name in ("field", "open_to"):
        shown = await page(shown.press(f"me.shown.choose/{eve.guild.id}/{name}", ["server"]))
    await page(eve.slash("report"))


async def meets(eve: Actor) -> None:
    """Eve meets whoever asked."""
    while "Show" in (found := await page(eve.slash("meet find"))).buttons:
        await page((await page(found.click("Show"))).click("Accept"))


async def minds(eve: Actor) -> None:
    """Eve takes and closes every case."""
    while (waiting := await page(eve.slash("report"))).selects:
        case = await page(waiting.choose(0, [waiting.options(0)[0]]))
        await page((await page(case.click("Claim"))).click("Close"))


def on(day: int, deeds: Sequence[Deed]) -> list[Deed]:
    """What is done on this day, in order."""
    return [deed for deed in deeds if deed.day == day]
