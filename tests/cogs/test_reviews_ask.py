"""`/review request`: what is said before, the form, a look before others see it, into its thread; over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.people.flow import members
from bot.reviews.document import intake
from bot.reviews.flow import giving, settings
from bot.storage.tables import review_request
from sandbox import Permission
from sandbox.model import Overwrite
from tests.cogs.reviews_town import (
    ASKS,
    FILE,
    MINUTE,
    POSTING,
    PRIVATE,
    TARGET,
    a_monday,
    asked,
    files_of,
    handed_in,
    key,
    known,
    mind,
    owes,
    parts,
    person,
    reads,
    resume,
    stands,
    threads,
    uploaded,
    works_at,
)
from tests.cogs.test_refusals import press
from tests.end_to_end.town import Town, form, page
from tests.reviews.document.papers import paper

pytestmark = pytest.mark.wire


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with a_monday(migrated_file, tmp_path, caplog) as running:
        yield running


async def test_who_can_see_it_is_said_before(town: Town) -> None:
    """Readers, the roles by name, the people who run the bot; how long it stays; that nobody reads it yet."""
    shown = await asked(town.ana)
    assert shown.ephemeral
    for said in ("two readers who accept", ": moderators", "the people who run this bot", "14 days"):
        assert said in shown.text
    assert "Nobody reads English here yet" in shown.text and "your first is free" in shown.text
    assert "a small server can give you away" in shown.text  # in private search it is proposed without names
    assert shown.buttons == ["Hand in", "One reader is enough", "Wait for the round"]


async def test_five_presses(town: Town) -> None:
    """From the command to a document that waits: at most five beside typing."""
    ana = town.ana
    await reads(town, "bob")
    said = await handed_in(ana)
    assert ana.presses <= 5
    assert said.ephemeral and "It stands in <#" in said.text
    (thread,) = threads(town)
    assert f"<#{thread.id}>" in said.text and said.buttons == ["My reviews", "Withdraw"]
    assert "Let me write to you in </me settings:" in said.text
    status = await page(said.click("My reviews"))
    assert "Readers: 0 of 2." in status.text and "I look for readers again <t:" in status.text


async def test_what_stands_in_the_thread(town: Town) -> None:
    """Only its author and who manages threads see it: the first words, and the file as it was given."""
    data = resume()
    looked = await uploaded(await asked(town.ana), data, **{ASKS: "The first third"})
    await page(looked.click("Send as it is"))
    await mind(town)
    (thread,) = threads(town)
    hello = next(one for one in town.ana.sees(thread.id) if "Resume, for two readers" in one.text)
    assert POSTING in hello.text and "**Please look at:** The first third" in hello.text
    assert "The owner and moderators can open this thread" in hello.text
    files = [file for one in town.ana.sees(thread.id) for file in one.message.attachments]
    assert [file.data for file in files] == [data]
    assert town.sandbox.member("bob").sees(thread.id) == []
    opened = await page(hello.click("My reviews"))
    assert opened.ephemeral and "My reviews" in opened.text


# -- choices -------------------------------------------------------------------------------------


async def test_choices_stay_with_each_other(town: Town) -> None:
    """Each press changes one of them; the kind says what it needs."""
    shown = await page((await asked(town.ana)).choose("What is to be read?", ["Interview answer"]))
    assert "the text, pasted or as a PDF and the question that it answers" in shown.text
    shown = await page(shown.click("One reader is enough"))
    shown = await page(shown.choose("With your name, or without?", ["With names"]))
    shown = await page(shown.click("Wait for the round"))
    assert "the reader who accepts" in shown.text and "in one private thread" in shown.text
    assert "in the next round, <t:" in shown.text
    assert shown.buttons == ["Hand in", "Two readers", "As soon as possible"]
    opened = await form(shown.click("Hand in"))
    assert opened.labels == ["The text", "Or as a PDF or text file", "The question that it answers", ASKS]


async def test_how_many_read_a_language(town: Town) -> None:
    """One reader is said before anything is handed in; their own reading counts for nothing."""
    await reads(town, "bob")
    assert "One member reads English here" in (await asked(town.ana)).text
    assert "Nobody reads English here yet" in (await asked(town.sandbox.member("bob"))).text


async def test_reviews_are_off(town: Town) -> None:
    """Without a channel nothing is taken, and who can change that is named."""
    app = town.bot.app
    await settings.choose_channel(app, person(town.mo, manages=True), None, (), app.now())
    refused = await page(town.ana.slash("review request"))
    assert "moderators have to choose a channel" in refused.text
    assert "Moderators have turned reviews off" in (await page(town.ana.slash("review status"))).text


# -- files that are not taken --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "resume.pdf", "is a picture. Save it as a PDF"),
        (b"Data engineer, plain words", "resume.pdf", "is plain text"),
        (b"%PDF-1.7\nbroken", "resume.pdf", "is damaged"),
        (b"", "resume.pdf", "is empty"),
        (b"%PDF-1.7\n" + bytes(5_000_000), "resume.pdf", "5.0 MB; 5 MB are the limit"),
        (paper(*[PRIVATE] * 5), "resume.pdf", "It has 5 pages; 4 are the limit"),
        (
            paper(PRIVATE, catalog=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
            "resume.pdf",
            "holds a script",
        ),
    ],
    ids=["picture", "text", "damaged", "empty", "large", "pages", "script"],
)
async def test_a_file_that_is_not_taken(town: Town, data: bytes, name: str, said: str) -> None:
    """A clear sentence, and [Fix it] opens the form with all that was typed; then it goes."""
    refused = await uploaded(await asked(town.ana), data, name, **{ASKS: "The layout"})
    assert refused.ephemeral and said in refused.text and refused.buttons == ["Fix it"]
    again = await form(refused.click("Fix it"))
    assert again.values[TARGET] == POSTING and again.values[ASKS] == "The layout"
    looked = await page(again.submit({FILE: ("resume.pdf", resume())}))
    assert "It is handed in" in (await page(looked.click("Send as it is"))).text


async def test_words_that_are_refused_keep_the_file(town: Town) -> None:
    """A posting of two words is too little; the form opens again, and the file need not be given anew."""
    refused = await uploaded(await asked(town.ana), resume(), **{TARGET: "A job"})
    assert "Readers need to know which job it is for" in refused.text and "A job" in refused.text
    again = await form(refused.click("Fix it"))
    looked = await page(again.submit({TARGET: POSTING}))
    assert "Before others see it" in looked.text


async def test_a_restart_before_it_is_sent(town: Town) -> None:
    """The file was kept in memory alone: hand it in again, says the answer; so does the form that was open."""
    looked = await uploaded(await asked(town.ana), resume(*PRIVATE))
    await town.restart()
    for label in ("Send as shown", "Send as it is", "Hide words …"):
        assert "Hand it in again with </review request:" in (await page(looked.click(label))).text
    assert threads(town) == []


async def test_a_restart_while_typing(town: Town) -> None:
    """The form's state is in its id: what was chosen is handed in."""
    shown = await page((await asked(town.ana)).click("One reader is enough"))
    opened = await form(shown.click("Hand in"))
    await town.restart()
    looked = await page(opened.submit({FILE: ("resume.pdf", resume()), TARGET: POSTING}))
    await page(looked.click("Send as it is"))
    assert "Readers: 0 of 1." in (await page(town.ana.slash("review status"))).text


async def test_fifteen_minutes(town: Town) -> None:
    """Then it is forgotten."""
    looked = await uploaded(await asked(town.ana), resume())
    town.sandbox.clock.move(15 * MINUTE)
    assert "I keep a file for 15 minutes only" in (await page(looked.click("Send as it is"))).text


# -- a look before others see it -----------------------------------------------------------------


async def test_what_would_be_hidden(town: Town) -> None:
    """What tells who wrote it is named, drawn over, and gone from what is sent; the picture's alt text says so."""
    looked = await uploaded(await asked(town.ana), resume(*PRIVATE))
    assert "**Would be hidden**\n- E-mail: `ana@example.org`\n- Phone: `+351 912 345 678`" in looked.text
    assert looked.buttons == ["Send as shown", "Send as it is", "Hide words …", "Cancel"]
    (picture,) = looked.message.attachments
    assert picture.data.startswith(b"\x89PNG")
    await page(looked.click("Send as shown"))
    sent = stands(town)
    assert sent.startswith(b"%PDF") and b"ana@example.org" not in sent
    assert intake.examine(sent, "it.pdf").scanned  # pictures alone: no letter is left


async def test_each_kind_is_a_switch(town: Town) -> None:
    """What is not chosen any more would be seen; with nothing chosen it can only be sent as it is."""
    looked = await uploaded(await asked(town.ana), resume(*PRIVATE))
    looked = await page(looked.choose("Choose what to hide", ["Phone"]))
    assert "**Would be hidden**\n- Phone" in looked.text and "**Would be seen**\n- E-mail" in looked.text
    looked = await page(looked.choose("Choose what to hide", []))
    assert "Nothing would be hidden" in looked.text
    assert looked.buttons == ["Send as it is", "Hide words …", "Cancel"]


async def test_my_employer_is_a_switch(town: Town) -> None:
    """Where I work now is offered as soon as it was told; hidden at once without names, with names only if chosen."""
    await known(town, "ana", private=True)
    await works_at(town, town.ana, "Northwind GmbH")
    looked = await uploaded(await asked(town.ana), resume(*PRIVATE))
    assert "- My current employer: `Northwind`" in looked.text.split("**Would be seen**")[0]
    shown = await page((await asked(town.ana)).choose("With your name, or without?", ["With names"]))
    looked = await uploaded(shown, resume(*PRIVATE))
    assert "- My current employer: `Northwind`" in looked.text.split("**Would be seen**")[1]


async def test_more_words_to_hide(town: Town) -> None:
    """Their author writes them; they are looked for at once, and what is not there is said to be missing."""
    looked = await uploaded(await asked(town.ana), resume(*PRIVATE))
    asks = await form(looked.click("Hide words …"))
    looked = await page(asks.submit({"Which words?": "Northwind\nNowhere"}))
    assert "- Words that I wrote: `Northwind`" in looked.text
    asks = await form(looked.click("Hide words …"))
    assert asks.values["Which words?"] == "Northwind\nNowhere"
    looked = await page(asks.submit({"Which words?": ""}))
    assert "Words that I wrote" not in looked.text


async def test_text_instead_of_pictures(town: Town) -> None:
    """Who chose that gets the list alone; what is hidden is the same."""
    await known(town, "ana")
    await members.change(town.bot.app, key(town.ana), town.bot.app.now(), plain=True)
    looked = await uploaded(await asked(town.ana), resume(*PRIVATE))
    assert looked.message.attachments == [] and "- E-mail: `ana@example.org`" in looked.text


async def test_cancel(town: Town) -> None:
    """Nothing stands anywhere, and the file is forgotten."""
    looked = await uploaded(await asked(town.ana), resume())
    assert "Nothing was handed in" in (await page(looked.click("Cancel"))).text
    assert threads(town) == []


async def test_words_instead_of_a_file(town: Town) -> None:
    """A letter is pasted, or comes as a file; what tells who wrote it is offered to be hidden in its words."""
    shown = await page((await asked(town.ana)).choose("What is to be read?", ["Cover letter"]))
    opened = await form(shown.click("Hand in"))
    text = "Dear team, I build pipelines that nobody has to watch at night. Write to ana@example.org, please."
    looked = await page(opened.submit({"The text": text, TARGET: POSTING}))
    assert "- E-mail: `ana@example.org`" in looked.text
    assert "can be selected" not in looked.text  # it stays text
    await page(looked.click("Send as shown"))
    await mind(town)
    (thread,) = threads(town)
    hello = town.ana.sees(thread.id)[-1].text
    assert "that nobody has to watch at night. Write to ▇▇▇, please." in hello


async def test_words_from_a_file(town: Town) -> None:
    """The text of a PDF is taken where none was pasted."""
    shown = await page((await asked(town.ana)).choose("What is to be read?", ["60-second pitch"]))
    opened = await form(shown.click("Hand in"))
    lines = ("I move data for people who", "would rather sleep at night,", "and I write down how it is done.")
    said = await page(opened.submit({"Or as a PDF or text file": ("pitch.pdf", resume(*lines))}))
    assert "It is handed in" in said.text
    await mind(town)
    assert "would rather sleep at night" in town.ana.sees(threads(town)[0].id)[-1].text


async def test_a_link_is_handed_in_at_once(town: Town) -> None:
    """There is nothing to look at; a link that is none is refused with [Fix it]."""
    shown = await page((await asked(town.ana)).choose("What is to be read?", ["Portfolio"]))
    opened = await form(shown.click("Hand in"))
    refused = await page(opened.submit({"The link": "http://10.0.0.1/"}))
    assert "That link leads to an address that is not public" in refused.text
    again = await form(refused.click("Fix it"))
    assert again.values["The link"] == "http://10.0.0.1/"
    said = await page(again.submit({"The link": "https://example.org/ana"}))
    assert "It is handed in" in said.text
    await mind(town)
    (hello,) = [one for one in town.ana.sees(threads(town)[0].id) if one.buttons]
    assert hello.links == {"Open the page ↗": "https://example.org/ana"}


# -- credit --------------------------------------------------------------------------------------


async def test_who_owes_promises_with_the_same_press(town: Town) -> None:
    """After the free one it costs as much as it gives: handing it in makes them a reader."""
    await known(town, "ana")
    await owes(town, town.ana, 2)
    shown = await asked(town.ana)
    assert "you promise to read 2 documents for others" in shown.text
    assert shown.buttons[0] == "Hand in, and read 2 for others"
    looked = await uploaded(shown, resume())
    said = await page(looked.click("Send as it is"))
    assert "You read for others now, 2 documents at a time" in said.text
    reader = await giving.giving(town.bot.app, key(town.ana), town.bot.app.now())
    assert reader is not None and reader.reader.capacity == 2


async def test_a_refusal_undoes_the_promise(town: Town) -> None:
    """The same document again: nothing is handed in, and nobody became a reader by it."""
    await known(town, "ana")
    said = await handed_in(town.ana)
    await page((await page(said.click("Withdraw"))).click("Yes, withdraw it"))
    async with town.bot.app.store.begin() as tx:
        await tx.execute(update(review_request).values(state="closed", sha256=sha256(resume()).hexdigest()))
    await owes(town, town.ana, 2)
    looked = await uploaded(await asked(town.ana), resume())
    assert "You handed this in on <t:" in (await page(looked.click("Send as it is"))).text
    assert await giving.giving(town.bot.app, key(town.ana), town.bot.app.now()) is None


# -- when Discord has a bad moment ---------------------------------------------------------------


async def test_discord_does_not_take_it(town: Town) -> None:
    """The file is kept, and the same press tries again; in the end there is one thread with one file."""
    looked = await uploaded(await asked(town.ana), resume())
    town.sandbox.faults.add(method="POST", route="/channels/{channel_id}/threads", status=400)
    said = await page(looked.click("Send as it is"))
    assert "Discord did not take it just now" in said.text and said.buttons == ["Try again"]
    town.sandbox.faults.clear()
    assert "It is handed in" in (await page(said.click("Try again"))).text
    await mind(town, times=3)
    open_now = [one for one in threads(town) if one.thread and not one.thread.archived]
    assert len(open_now) == 1 and len(files_of(town)) == 1


async def test_no_room_for_threads(town: Town) -> None:
    """The answer says so, and the page says so the next time before anything is uploaded."""
    looked = await uploaded(await asked(town.ana), resume())
    world = town.sandbox.world
    channel = next(one for one in town.sandbox.guild.channels.values() if one.name == "reviews")
    world.set_overwrite(channel, Overwrite(world.bot.id, 1, deny=Permission.CREATE_PRIVATE_THREADS))
    refused = await page(looked.click("Send as it is"))
    assert f"I can't open a private thread in <#{channel.id}> now" in refused.text
    assert "I can't open a private thread" in (await page(town.ana.slash("review request"))).text


async def test_one_at_a_time(town: Town) -> None:
    """While something is being read the page leads there."""
    await handed_in(town.ana)
    shown = await page(town.ana.slash("review request"))
    assert "One at a time" in shown.text and shown.buttons == ["My reviews"]


async def test_from_the_panel(town: Town) -> None:
    """Its button answers with the same page, in private."""
    seen = await page(town.ana.slash("review status"))
    shown = await press(town.ana, seen, "panel.review/nonce")
    assert shown.ephemeral and "Have something read" in shown.text


async def test_in_direct_messages(town: Town) -> None:
    """The same form works there; whose server it is stands in each button."""
    await known(town, "ana")
    shown = await page(town.ana.go_to_dm().slash("review request"))
    looked = await uploaded(shown, resume())
    assert "It is handed in" in (await page(looked.click("Send as it is"))).text
    assert len(threads(town)) == 1


async def test_somebody_elses_file(town: Town) -> None:
    """A button of another member's page finds nothing."""
    looked = await uploaded(await asked(town.ana), resume(*PRIVATE))
    token = next(one["custom_id"] for one in parts(looked) if one.get("label") == "Send as it is")
    shown = await asked(town.sandbox.member("bob"))
    refused = await press(town.sandbox.member("bob"), shown, token)
    assert "I keep a file for 15 minutes only" in refused.text and threads(town) == []
