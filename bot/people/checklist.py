"""The checklist of the online identity: four things to show, each a yes or one next step. No score. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.people.members import Profile


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that whoever hires from afar looks for, and the one next step that gives it."""

    id: str
    words: str
    next_step: str


# The four that the project's sources name: they can't see you at work, so let them see this.
ITEMS = (
    Item(
        "communication",
        "My writing can be read",
        "Write one short post about something you solved, and put its link into your profile.",
    ),
    Item(
        "work",
        "My work can be seen",
        "Choose one piece of work, and describe problem, part and result in five sentences.",
    ),
    Item(
        "stack",
        "My tools are named",
        "Name the five tools you know best under skills, the strongest first.",
    ),
    Item(
        "trust",
        "Somebody speaks for me",
        "Ask one former colleague for two sentences about working with you.",
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One item for one member. seen: the profile itself shows it; done: so they said, or it is seen."""

    item: Item
    done: bool
    seen: bool


def checklist(profile: Profile) -> tuple[Line, ...]:
    """The four items for this profile. What the profile shows by itself needs no tick."""
    seen = {"work": bool(profile.links), "stack": len(profile.skills) >= 3}
    return tuple(
        Line(item, seen.get(item.id, False) or item.id in profile.done, seen.get(item.id, False))
        for item in ITEMS
    )
