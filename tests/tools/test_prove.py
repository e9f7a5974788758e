"""docs/promises.md shows only what was proved."""

from __future__ import annotations

from tools.prove import Proof, page, read_proofs

REPORT = """<testsuites><testsuite>
<testcase classname="tests.deliveries.test_kills" name="test_kills"><properties>
  <property name="promise" value="A card is posted once, whatever ends the sender"/>
  <property name="figure" value="200 kills: 0 lost"/><property name="figure" value="0 doubled"/>
</properties></testcase>
<testcase classname="a" name="test_plain"/>
<testcase classname="a" name="test_wrong"><failure message="no"/></testcase>
<testcase classname="a" name="test_left"><skipped message="Docker absent"/></testcase>
</testsuite></testsuites>"""


def test_only_passed_proofs_are_read() -> None:
    """A proof that failed or was skipped is no proof; one that states no promise backs another."""
    assert read_proofs(REPORT) == (
        Proof(
            "A card is posted once, whatever ends the sender",
            ("200 kills: 0 lost", "0 doubled"),
            "tests.deliveries.test_kills::test_kills",
        ),
        Proof("", (), "a::test_plain"),
    )


def test_the_page_names_machine_promise_and_figures() -> None:
    """The page says where its figures come from and which test made them."""
    text = page(read_proofs(REPORT), "Python 3.11.7, 2 cores")
    assert "on Python 3.11.7, 2 cores" in text
    assert "| A card is posted once, whatever ends the sender | 200 kills: 0 lost<br>0 doubled |" in text
    assert "test_plain" not in text and "\n1 more proofs, which only back these, held as well.\n" in text
