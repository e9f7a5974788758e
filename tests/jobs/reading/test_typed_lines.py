"""Descriptions that are HTML in name only."""

from bot.jobs.reading import items


def test_lines_that_somebody_typed_stay_lines() -> None:
    """A text with a tag or two around it keeps its lines; one that is only wrapped is joined, and so is real HTML."""
    typed = "About\nWe bake.\nBenefits\nBread\nRequirements\n" + "ovens and dough " * 10 + "<br><br>Apply!"
    assert items.plain(typed).splitlines()[:4] == ["About", "We bake.", "Benefits", "Bread"]
    assert "\n" not in items.plain("<p>we bake\nbread and\ncakes and\nrolls for\nall who\nare hungry</p>")
    assert items.plain("<p>a\nb</p>\n<p>c</p>\n\n\n<p>d</p>") == items.plain("<p>a b</p><p>c</p><p>d</p>")
