"""Is it a job at all, and done from where."""

from __future__ import annotations

import pytest

from bot.jobs.facts import remote
from bot.jobs.facts.values import Posting

AD = (
    "About us\nWe build small tools for bakers.\nThe role\nYou will keep our ovens online. {}\n"
    "Requirements\n• Three years of running services\nHow to apply\nSend us a letter."
)


def test_a_board_of_remote_jobs_makes_a_silent_posting_remote_by_its_own_claim() -> None:
    """What the posting doesn't say follows from the board, whose claim is the evidence."""
    kind, evidence = remote.read(Posting("Oven Engineer", board="himalayas", place_claim="Portugal", text=AD))
    assert kind == "remote"
    assert [(one.source, one.quote, one.rule) for one in evidence] == [("place", "Portugal", "remote.board")]


def test_where_nothing_is_said_it_is_unknown() -> None:
    """An employer's own board has jobs of every kind, and "Remote" on Remote OK stands where no place is known."""
    assert remote.read(Posting("Oven Engineer", board="greenhouse", text=AD)) == ("unknown", ())
    assert remote.read(Posting("Oven Engineer", board="remoteok", place_claim="Remote", text=AD)) == (
        "unknown",
        (),
    )


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("This is a fully remote position.", "remote"),
        ("Work location: Remote", "remote"),
        ("You can work from anywhere.", "remote"),
        ("This role is hybrid.", "hybrid"),
        ("We expect 3 days a week in our Lisbon office.", "hybrid"),
        ("This position is on-site.", "onsite"),
        ("Work arrangement: In-office", "onsite"),
        ("This role is not remote.", "onsite"),
        ("About the role (On-site in our Porto office)", "onsite"),
        ("Our model is hybrid or remote, as you like. This is a remote role.", "remote"),
        ("You can work from anywhere two weeks a year.", "unknown"),
        ("Some teams are asked to be in the office.", "unknown"),
    ],
)
def test_a_sentence_about_the_role_says_where(sentence: str, kind: str) -> None:
    """Each sentence is proof by its own words, which stand in the text where the evidence says."""
    posting = Posting("Oven Engineer", board="greenhouse", text=AD.format(sentence))
    found, evidence = remote.read(posting)
    assert found == kind
    assert all(posting.text[one.start : one.end] == one.quote and one.quote in sentence for one in evidence)
    assert bool(evidence) == (kind != "unknown")


def test_an_office_in_the_text_beats_a_board_of_remote_jobs() -> None:
    """On-site in disguise: the board lists it as remote, the text asks for a desk."""
    posting = Posting("Oven Engineer", board="wwr", text=AD.format("This role is on-site in Porto."))
    assert remote.read(posting)[0] == "onsite"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Ovenly | Engineer | Porto or REMOTE | Full-time", "remote"),
        ("Ovenly | Engineer | Porto (ONSITE) | Full-time", "onsite"),
        ("Ovenly | Engineer | Porto, hybrid", "hybrid"),
        ("Ovenly | Engineer | Onsite or hybrid | Porto", "hybrid"),
        ("Ovenly | Engineer | Onsite (2 days remote) | Porto", "hybrid"),
        ("Ovenly | Engineer | REMOTE 100% | Full-time", "remote"),
        ("Ovenly | Engineer | Porto", "unknown"),
    ],
)
def test_the_cells_of_a_comment_say_where(line: str, kind: str) -> None:
    """On Hacker News the first line counts; REMOTE beside a city is a choice."""
    posting = Posting("Engineer", board="hn", text=f"{line}\n\nWe make ovens that bake by themselves.")
    assert remote.read(posting)[0] == kind


def test_what_one_works_on_is_not_how() -> None:
    """Remote sensing and hybrid clouds are subjects."""
    for title in ("Remote Sensing Scientist", "Hybrid Cloud Engineer"):
        assert remote.read(Posting(title, board="greenhouse", text=AD)) == ("unknown", ())


@pytest.mark.parametrize(
    "posting",
    [
        Posting("", board="remoteok"),
        Posting("Eight habits of happy bakers", board="remoteok", text="Bread rises in its own time. " * 20),
        Posting("", board="hn", text="Lovely ovens, congratulations!"),
        Posting(
            "", board="hn", text="> remote?\n\n" + "I asked them the same and nobody wrote back to me. " * 6
        ),
        Posting("Baker", board="hn", text="SEEKING WORK | Baker | Remote | Portugal"),
        Posting(
            "", board="hn", text="Location: Porto\nRemote: yes\nWilling to relocate: no\n" + "I bake. " * 40
        ),
    ],
)
def test_what_offers_no_job_is_none(posting: Posting) -> None:
    """Empty items, essays, comments under a posting and people who look for work are no openings."""
    assert not remote.is_job(posting)


@pytest.mark.parametrize(
    "posting",
    [
        Posting("Oven Jedi", board="wwr", text="Short."),
        Posting("Oven Jedi", board="remoteok", text=AD),
        Posting("Head Baker", board="remoteok", text=""),
        Posting("Engineer", board="hn", text="Ovenly | Engineer | REMOTE\n\nWe bake."),
        Posting(
            "",
            board="hn",
            text="Ovenly is hiring two engineers for our remote team. "
            + "We make ovens that bake by themselves, and sell them to cafés. " * 3
            + "Roles and pay: https://ovenly.example/careers",
        ),
    ],
)
def test_doubt_is_a_job(posting: Posting) -> None:
    """A strange title or a short text never makes a job into none."""
    assert remote.is_job(posting)


def test_an_import_without_a_word_of_remote_work_is_unknown() -> None:
    """We Work Remotely takes jobs over from employers' sites; an import's made-up URL tells them from its own."""
    made, own = "http://ovenly.com", "https://ovenly.example/jobs"
    line = "Headquarters: Helsinki URL: {} About Ovenly You keep the ovens online."
    kinds = [
        remote.read(Posting(title, board="wwr", place_claim="Anywhere in the World", text=line.format(url)))[
            0
        ]
        for title, url in (("Baker", made), ("Baker (Remote)", made), ("Baker", own))
    ]
    assert kinds == ["unknown", "remote", "remote"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        (
            "Candidates located near Leeds will be expected to work from a local office 2 days per week.",
            "unknown",
        ),
        ("We seek bakers who are based in Leeds for our hybrid working model.", "hybrid"),
        ("These positions are remote.", "remote"),
        ("This role can be performed remotely.", "remote"),
        ("WFH (Must reside in Kent)", "remote"),
    ],
)
def test_a_desk_for_those_who_live_near_is_a_choice(sentence: str, kind: str) -> None:
    """What is expected of those near an office doesn't make a hybrid job of everybody's."""
    assert remote.read(Posting("Baker", board="greenhouse", text=sentence))[0] == kind


def test_part_remote_beside_a_desk_is_hybrid() -> None:
    """In a cell "ONSITE+PART REMOTE" is no choice between the two."""
    text = "Ovenly | Leeds | ONSITE+PART REMOTE | Baker\n\nWe bake."
    assert remote.read(Posting("", board="hn", text=text))[0] == "hybrid"
