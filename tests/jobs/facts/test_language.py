"""The language of a posting."""

from __future__ import annotations

import pytest

from bot.jobs.facts import language
from bot.jobs.facts.values import Posting


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "We are looking for an engineer to join our team and to keep the ovens of our bakers online."),
        (
            "de",
            "Wir suchen eine Person für die Öfen. Du bist gern im Team und hast Freude an Brot, das ist uns wichtig.",
        ),
        (
            "fr",
            "Nous cherchons une personne pour les fours de notre équipe. Vous aimez le pain avec nous.",
        ),
        (
            "es",
            "Buscamos una persona para los hornos de nuestro equipo. Tu trabajo es cuidar el pan con nosotros.",
        ),
        (
            "pt",
            "Buscamos uma pessoa para os fornos do nosso time. Você vai cuidar do pão com a gente, não é?",
        ),
        (
            "it",
            "Cerchiamo una persona per i forni del nostro gruppo. Il tuo lavoro è il pane della nostra sede.",
        ),
        (
            "nl",
            "Wij zoeken een persoon voor de ovens van ons team. Jij bent graag met brood bezig en het werk is leuk.",
        ),
        ("ja", "オーブンのエンジニアを募集しています。私たちと一緒にパンを焼きましょう。"),
        ("zh", "我们正在招聘烤箱工程师。请和我们一起做面包。"),
    ],
)
def test_a_text_is_known_by_its_little_words_or_its_letters(code: str, text: str) -> None:
    """The usual languages are told without a model."""
    assert language.read(Posting("Engineer", text=text)) == code


def test_the_model_tells_what_the_little_words_dont() -> None:
    """A language that is not among the usual ones is asked of the model."""
    text = (
        "Etsimme uuniinsinööriä tiimiimme. Työskentelet etänä, huolehdit uuneistamme ja kehität niiden ohjelmistoja "
        "yhdessä muiden kanssa. Tarjoamme joustavat työajat, hyvän palkan sekä tuoretta leipää joka aamu."
    )
    assert language.read(Posting("Insinööri", text=text)) == "fi"


@pytest.mark.parametrize("text", ["", "Apply now!", "1 2 3 4 5 6 7 8 9 10 11 12 13 14"])
def test_too_little_text_has_no_language(text: str) -> None:
    """Nobody can tell from two words."""
    assert language.read(Posting("Engineer", text=text)) == ""
