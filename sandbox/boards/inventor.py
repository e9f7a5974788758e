"""Postings out of a seed: posting number 7 of a seed is the same on every machine, whatever was asked before it."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sandbox.boards.posting import Pay, Place, Posting

# Sounds of places that are on no map; checked by eye against companies that are known.
_FIRST = (
    *(
        "Bramblewick",
        "Ostermoor",
        "Quillhaven",
        "Thistlemere",
        "Vindelås",
        "Marrowgate",
        "Peplowe",
        "Zephyrine",
    ),
    *(
        "Larkspindle",
        "Corvenna",
        "Drummondle",
        "Eskerby",
        "Niño Pardal",
        "Hollowfen",
        "Ivernook",
        "Tamberley",
    ),
)
_SECOND = (
    "Labs",
    "Systems",
    "Works",
    "Analytics",
    "Studio",
    "Health",
    "Freight",
    "Ledger",
    "Garden",
    "Atlas",
)

_EUROPE = ("Portugal", "Spain", "Germany", "France", "Poland", "Netherlands", "Italy")
_EU = (
    *("Austria", "Belgium", "Bulgaria", "Croatia", "Cyprus", "Czechia", "Denmark", "Estonia", "Finland"),
    *("France", "Germany", "Greece", "Hungary", "Ireland", "Italy", "Latvia", "Lithuania", "Luxembourg"),
    *("Malta", "Netherlands", "Poland", "Portugal", "Romania", "Slovakia", "Slovenia", "Spain", "Sweden"),
)
_PLACES = (
    Place("Worldwide", (), "You may work from anywhere in the world, with no time zone required."),
    Place("Worldwide", (), "We hire in every country where we can legally pay you."),
    Place("USA", ("United States",), "You must be based in the United States.", (-8, -7, -6, -5)),
    Place(
        "USA",
        ("United States",),
        "This position is open to candidates who live in the US only.",
        (-8, -7, -6, -5),
    ),
    Place("Europe", _EUROPE, "You live in Europe and work mostly in European hours.", (0, 1, 2)),
    Place("Portugal, Spain", ("Portugal", "Spain"), "We can employ people in Portugal and Spain.", (0, 1)),
    Place("Germany", ("Germany",), "You have a permit to work in Germany.", (1,)),
    Place("UK", ("United Kingdom",), "Applicants need the right to work in the UK.", (0,)),
    Place(
        "LATAM",
        ("Brazil", "Argentina", "Colombia", "Mexico"),
        "We are looking in Latin America.",
        (-6, -5, -4, -3),
    ),
    Place("Canada", ("Canada",), "Open to residents of Canada, except Quebec.", (-8, -5, -4)),
    Place("European Union", _EU, "You live in a country of the European Union.", (0, 1, 2)),
    Place("Worldwide", (), "You may work from any country between UTC-5 and UTC+2.", (-5, -4, -3, 0, 1, 2)),
    Place("Worldwide", (), "Work from anywhere, with at least four hours of overlap with Berlin."),
)

# category, role, tags
_ROLES = (
    ("Programming", "Backend Engineer", ("python", "postgresql", "docker")),
    ("Programming", "Frontend Engineer", ("typescript", "react", "css")),
    ("Programming", "Full Stack Developer", ("ruby", "rails", "javascript")),
    ("Programming", "Go Developer", ("go", "kubernetes", "grpc")),
    ("Programming", "Laravel Developer", ("php", "laravel", "mysql")),
    ("Programming", "Data Engineer", ("python", "airflow", "sql")),
    ("DevOps and Sysadmin", "Site Reliability Engineer", ("terraform", "aws", "linux")),
    ("Design", "Product Designer", ("figma", "user research")),
    ("Product", "Product Manager", ("roadmaps", "analytics")),
    ("Customer Support", "Customer Support Specialist", ("support", "zendesk")),
    ("Sales and Marketing", "Content & SEO Writer", ("writing", "seo")),
    ("Management and Finance", "Bookkeeper", ("accounting", "excel")),
)
_LEVELS = (("Junior", 0.6), ("Mid-level", 0.8), ("Senior", 1.0), ("Senior", 1.1))
_CURRENCY = {
    **dict.fromkeys(("Europe", "European Union", "Portugal, Spain", "Germany"), "EUR"),
    "UK": "GBP",
    "Canada": "CAD",
}

_ABOUT = (
    "{company} makes software that small ferry lines use to plan their crossings.",
    "{company} keeps the books of some four hundred bakeries, and we like bread.",
    "At {company} we build weather stations for vineyards and the pages that show them.",
    "{company} helps libraries lend tools, tents and telescopes as easily as books.",
)
_WORK = (
    "You’ll join a team of six and own your part from the first sketch to the day after release.",
    "You’ll spend half of your week on new things and the other half on making old ones dependable.",
    "Your first month is for reading, asking and fixing three small things that annoy you.",
)
_NEED = (
    "We’d like you to know {tags} well, and to say so when you don’t.",
    "Experience with {tags} helps; curiosity helps more.",
)
_END = (
    "Write us a few lines about something you finished and are proud of.",
    "We answer everybody within ten working days.",
)


class Inventor:
    """Yields postings, each fully decided by (seed, its number)."""

    def __init__(self, seed: int | str, first_id: int = 1_000_001) -> None:
        self._seed = seed
        self._first_id = first_id
        self._made = 0

    def posting(self, posted_at: datetime) -> Posting:
        """The next posting, posted at that moment (aware UTC)."""
        number, self._made = self._made, self._made + 1
        return self._posting(number, posted_at)

    def backlog(self, count: int, now: datetime) -> list[Posting]:
        """`count` postings, newest first, hours apart; the last is three years old, as some of every board are."""
        dice = Random(f"{self._seed}:backlog")
        posted, postings = now, []
        for place in range(count):
            posted -= timedelta(minutes=dice.randint(40, 900))
            postings.append(self.posting(posted if place < count - 1 else now - timedelta(days=3 * 365)))
        return postings

    def _posting(self, number: int, posted_at: datetime) -> Posting:
        dice = Random(f"{self._seed}:{number}")
        company = f"{dice.choice(_FIRST)} {dice.choice(_SECOND)}"
        category, role, tags = dice.choice(_ROLES)
        level, worth = dice.choice(_LEVELS)
        place = dice.choice(_PLACES)
        pay = _pay(dice, place, worth) if dice.random() < 0.5 else None
        paragraphs = [dice.choice(kind) for kind in (_ABOUT, _WORK, _NEED)]
        paragraphs += [place.sentence, *([f"The pay is {pay}."] if pay else []), dice.choice(_END)]
        return Posting(
            id=self._first_id + number,
            company=company,
            role=role if level == "Mid-level" else f"{level} {role}",
            place=place,
            pay=pay,
            tags=tags,
            category=category,
            level=level,
            employment="Contract" if dice.random() < 0.2 else "Full-Time",
            headquarters=place.countries[0] if place.countries else "Tamberley",
            paragraphs=tuple(p.format(company=company, tags=", ".join(tags)) for p in paragraphs),
            posted_at=posted_at.replace(microsecond=0),
            imported=dice.random() < 0.4,
        )


def _pay(dice: Random, place: Place, worth: float) -> Pay:
    currency = _CURRENCY.get(place.words, "USD")
    if dice.random() < 0.15:
        low = dice.randint(18, 60)
        return Pay(low, low + dice.randint(4, 20), currency, "hour")
    low = round(dice.randint(60, 120) * worth) * 1000
    return Pay(low, low + dice.randint(10, 50) * 1000, currency)
