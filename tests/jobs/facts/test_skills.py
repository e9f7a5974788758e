"""What somebody is asked to know."""

from __future__ import annotations

import pytest

from bot.jobs.facts import skills
from bot.jobs.facts.values import Posting


def ids(text: str, title: str = "Specialist") -> list[str]:
    return [one.id for one in skills.read(Posting(title, text=text))]


def test_the_list_is_long_and_each_name_finds_its_own_skill() -> None:
    """Every id is its label in small letters, and whoever types a label gets that skill."""
    assert len(skills.SKILLS) >= 400
    assert all(label.lower() == one and skills.say(one) == label for one, label in skills.SKILLS.items())
    assert [label for one, label in skills.SKILLS.items() if one not in skills.find(label)] == []
    assert skills.say("bread") == "bread"


def test_what_a_person_types_is_forgiven_its_case() -> None:
    """In a profile "go" and "excel" are skills; a word that is none is left out, a double counts once."""
    assert skills.find("go, React.js, excel, k8s, kubernetes, bread") == [
        "go",
        "react",
        "excel",
        "kubernetes",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We write Python, Go and Rust.", ["python", "go", "rust"]),
        ("You are a Go developer.", ["go"]),
        ("C, C++ or C# all day.", ["c", "c++", "c#"]),
        ("You know Python, R, and SQL.", ["python", "r", "sql"]),
        ("A REST API in Node.js with ASP.NET beside it.", ["rest", "node.js", ".net"]),
        ("Spring Boot, Swift and Excel skills.", ["spring", "swift", "excel"]),
        ("We test with A/B testing and ship with CI/CD.", ["a/b testing", "ci/cd"]),
        ("Ends with Kafka.Go on.", ["kafka"]),
    ],
)
def test_a_name_among_its_kind_counts(text: str, expected: list[str]) -> None:
    """Names with signs in them, and words that count because other skills stand beside them."""
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "You own our go to market in the rest of the world.",
        "Go beyond, go live, and be on the go.",
        "Excel in a swift and fast team.",
        "React to what guests say, and express yourself.",
        "Series C, vitamin C, a C-level sponsor and R&D.",
        "In spring you make bread, with access to flour.",
        "A rusty oven is a lean one; the word is bread.",
    ],
)
def test_ordinary_words_are_no_skills(text: str) -> None:
    """ "Go", "rest", "excel", "react" and "spring" are English first."""
    assert not {"go", "rest", "excel", "react", "spring", "swift", "c", "r", "express", "rust"} & set(
        ids(text)
    )


def test_the_title_comes_first_and_names_what_roles_do() -> None:
    """A project manager manages projects; the same words in the text are only somebody's boss."""
    posting = Posting("Project Manager, Salesforce", text="You report to the account manager.")
    assert [(one.id, one.evidence.source, one.asked) for one in skills.read(posting)] == [
        ("project management", "title", "must"),
        ("salesforce", "title", "must"),
    ]


def test_tags_count_where_people_write_them_and_not_where_machines_do() -> None:
    """Remotive tagged office help with PHP; its tags prove nothing."""
    assert [one.id for one in skills.read(Posting("Clerk", board="workingnomads", tags=("php", "go")))] == [
        "php",
        "go",
    ]
    assert skills.read(Posting("Clerk", board="remotive", tags=("php", "go"))) == ()


def test_headings_and_sentences_say_how_much_a_skill_is_asked_for() -> None:
    """Under "Requirements" it is a must, under "Nice to have" it is nice, and a sentence's own word comes first."""
    posting = Posting(
        "Oven Engineer",
        text=(
            "What we offer\n• Bread, Slack and a PostgreSQL mug\nRequirements\n• Python\n• Terraform is a plus\n"
            "Nice to have\n• Kafka\nAbout us\nWe run Django. You must love MongoDB."
        ),
    )
    asked = {one.id: one.asked for one in skills.read(posting)}
    assert asked == {
        "slack": "named",
        "postgresql": "named",
        "python": "must",
        "terraform": "nice",
        "kafka": "nice",
        "django": "named",
        "mongodb": "must",
    }


def test_a_broad_field_named_in_passing_is_no_skill() -> None:
    """A company's market becomes a skill when it is asked for, or named twice."""
    assert ids("We serve healthcare.") == []
    assert ids("Experience in healthcare is required.") == ["healthcare"]
    assert ids("We serve healthcare. Healthcare is hard.") == ["healthcare"]


def test_each_skill_stands_where_its_evidence_says() -> None:
    """The quote is cut from the source, also behind a letter that grows when it is made small."""
    posting = Posting("Ingénieur Python", text="İstanbul'da Kubernetes ve Django deneyimi.")
    for one in skills.read(posting):
        assert (
            posting.source(one.evidence.source)[one.evidence.start : one.evidence.end] == one.evidence.quote
        )
    assert [one.evidence.quote for one in skills.read(posting)] == ["Python", "Kubernetes", "Django"]
