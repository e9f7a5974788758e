"""What Ana does with openings in private; and what moderators hear of, which another may do in her stead."""

from __future__ import annotations

from sandbox import Actor, Reply
from tests.end_to_end.days import Deed, fill
from tests.end_to_end.town import form, page

CARDS = "remote-python"
KNOWN = "Tamberley Works"  # where Eve works, and would put in a word
POSTING = """Senior Python Engineer
Corvenna Garden builds weather stations for vineyards.
You will own the pages that show them, from the first sketch to the day after release.
This position is remote, and open to residents of Portugal only.
Salary: 60,000 to 70,000 EUR a year."""


def newest_card(who: Actor, company: str = "") -> Reply:
    """The newest card that stands open in the channel for jobs; company: of this one."""
    who.go(CARDS)
    cards = [one for one in who.sees(CARDS) if not one.ephemeral and "Save" in one.buttons]
    return [one for one in cards if company in one.text][-1]


async def _more(who: Actor, company: str = "") -> Reply:
    return await page(newest_card(who, company).click("More"))


# -- alerts, search, check -----------------------------------------------------------------------


async def _follows_in_each_way(ana: Actor) -> None:
    """Her profile daily, a channel at once, a filter of her own weekly."""
    profile = await page((await page(ana.slash("jobs subscribe"))).click("My profile"))
    await page((await page(profile.choose("How often?", ["daily"]))).click("Save"))
    asked = await page(ana.slash("jobs subscribe"))
    channel = await page(asked.choose(0, [asked.options(0)[0]]))
    await page(channel.click("Save"))
    own = await page(ana.slash("jobs subscribe", filter="data OR engineer"))
    weekly = await page((await page(own.choose("How often?", ["weekly"]))).choose("On which day?", ["3"]))
    await page(weekly.click("Save"))


async def _looks_into_an_alert(ana: Actor) -> None:
    one = await page((await page(ana.slash("jobs alerts"))).click("Open", nth=2))
    for label in ("Try on last week", "Kept from you", "Preview"):
        await page(one.click(label))
    await fill(one.click("Why not?"), {"Link to an opening": "https://jobs.example/unknown"})
    edited = await page((await page(one.click("Edit"))).choose("How often?", ["now"]))
    await page(edited.click("Save"))


async def _searches_for_herself(ana: Actor) -> None:
    found = await page(ana.slash("jobs search", words="engineer", **{"for": "me"}))
    follow = await page(found.click("Follow this search"))
    await page(follow.click("Save"))
    every = await page(ana.slash("jobs search", words="engineer"))
    await page(every.choose("Save one of these", [every.options("Save one of these")[0]]))


async def _checks(ana: Actor) -> None:
    checked = await page(ana.slash("jobs check", link_or_text=POSTING))
    assert "Portugal" in checked.text, checked.text
    await page((await _more(ana)).click("Am I eligible?"))
    await page(ana.menu("Am I eligible?", newest_card(ana)))
    await page(ana.menu("Save this job", newest_card(ana)))
    await page((await _more(ana)).click("Why is it here?"))


async def _sees_the_market(ana: Actor) -> None:
    seen = await page(ana.slash("jobs market", filter="python OR engineer"))
    if seen.selects:
        await page(seen.choose(0, [seen.options(0)[0]]))


# -- her list ------------------------------------------------------------------------------------


async def _opened(ana: Actor) -> Reply:
    return await page((await page(ana.slash("jobs saved"))).click("Open"))


async def _applies(ana: Actor) -> None:
    await page((await page(newest_card(ana).click("Save"))).click("Applied"))
    one = await _opened(ana)
    await fill(one.click("Note"), {"Note": "They answer within a week."})
    await fill(
        (await _opened(ana)).click("Next step"), {"Next step": "Ask again", "On which day": "in 3 days"}
    )
    home = await page(ana.slash("jobs saved"))
    written = {"Link": "https://jobs.example/7", "Job": "Keeper of records", "Company": "Peplowe Garden"}
    await fill(home.click("Write one down"), written)
    await page((await page(ana.slash("jobs saved"))).click("As a table"))


async def _is_invited(ana: Actor) -> None:
    await page((await _opened(ana)).choose("How far is it?", ["interview"]))


async def _has_an_offer(ana: Actor) -> None:
    await page((await _opened(ana)).choose("How far is it?", ["offer"]))


async def _is_hired(ana: Actor) -> None:
    """She tells nobody."""
    hired = await page((await _opened(ana)).choose("How far is it?", ["hired"]))
    hired = await page(hired.click("Tell nobody"))
    await page(hired.click("My last page"))
    await page((await page(hired.click("Stay as a reader"))).click("Keep alerts"))


# -- companies -----------------------------------------------------------------------------------


async def _asks_who_knows(ana: Actor) -> None:
    knows = await page((await _more(ana, KNOWN)).click("Who knows this company?"))
    asked = await fill(knows.click("Ask one of them"), {"A line to them": "Is the team as calm as it says?"})
    assert "Asked." in asked.text


async def _hides(ana: Actor) -> None:
    await page((await _more(ana)).click("Not for me"))
    await page((await _more(ana)).click("Hide company"))


ANA_WITH_JOBS: list[Deed] = [
    Deed(5, "follows her profile, a channel and a filter", _follows_in_each_way),
    Deed(7, "looks into an alert, and changes it", _looks_into_an_alert),
    Deed(8, "searches for herself", _searches_for_herself),
    Deed(8, "asks whether she may apply", _checks),
    Deed(10, "applies", _applies),
    Deed(10, "asks who knows a company, and Eve does", _asks_who_knows),
    Deed(12, "is invited", _is_invited),
    Deed(13, "hides an opening, and a company", _hides),
    Deed(14, "sees the market beside her skills", _sees_the_market),
    Deed(22, "has an offer", _has_an_offer),
    Deed(23, "is hired, and tells nobody", _is_hired),
]

# -- what moderators hear of ---------------------------------------------------------------------


async def _doubts_a_fact(who: Actor) -> None:
    asked = await form((await _more(who)).click("Wrong facts"))
    told = await page(asked.submit({"Which one is wrong?": ["place"], "What is right?": "They hire here."}))
    assert "they don't see who told" in told.text


async def _suspects_a_scam(who: Actor) -> None:
    asked = await form((await _more(who)).click("Looks like a scam"))
    await page(asked.submit({"What looks wrong?": "They asked me for money."}))


async def _offers_a_find(who: Actor) -> None:
    """Without a name."""
    asked = await form(who.slash("jobs share", link="https://jobs.example/77"))
    find = {"Title": "Archivist", "Company": "Hollowfen Ledger", "Why share it?": "It is calm there."}
    offered = await page(asked.submit(find))
    assert "they don't see who offers it" in offered.text
    await page(who.slash("jobs share"))


#: A notice says that somebody told something, so it can't look as if nobody had. It must not say who it was.
HEARD: list[Deed] = [
    Deed(17, "doubts a fact", _doubts_a_fact),
    Deed(17, "suspects a scam", _suspects_a_scam),
    Deed(18, "offers a find", _offers_a_find),
]

# -- Bob -----------------------------------------------------------------------------------------


async def _minds_notices(bob: Actor) -> None:
    """He reads what was written along, then lets all of it stand."""
    bob.go("moderators")
    for label in ("What they wrote", "It is right", "It is fine", "Decline"):
        for notice in [one for one in bob.sees("moderators") if not one.ephemeral]:
            if label in notice.refresh().buttons:
                await page(notice.click(label))


BOB_WITH_JOBS: list[Deed] = [Deed(18, "reads and decides what moderators were told", _minds_notices)]


async def would_put_in_a_word(eve: Actor) -> None:
    """She works at a company that hires, and says so to everybody here."""
    blocks = await page(eve.slash("me blocks"))
    await fill(blocks.click("Where I work"), {"Company": KNOWN})
    edit = await page((await page(eve.slash("me profile"))).click("Edit"))
    await page(edit.press(f"me.edit.choose/{eve.guild.id}/open_to", ["coffee", "referral"]))
