"""Names of deliveries."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.nonce import delivery_id, nonce

NUMBERS = st.integers(0, 2**63 - 1)


@given(st.text(), st.integers(0, 10_000))
def test_an_id_fits_a_bigint_and_never_changes(key: str, version: int) -> None:
    """The same key and version give the same 63 bits."""
    assert delivery_id(key, version) == delivery_id(key, version)
    assert 0 <= delivery_id(key, version) < 2**63


@given(st.text(min_size=1), NUMBERS, st.integers(1, 99))
def test_discord_takes_every_nonce(kind: str, number: int, version: int) -> None:
    """A nonce is at most 25 characters of 0-9, A-Z, a-z."""
    assert re.fullmatch(r"[0-9A-Za-z]{22}", nonce(kind, number, version))


def test_names_do_not_move() -> None:
    """A row written by one version of the program is recognised by the next: these are frozen."""
    assert delivery_id("opening/17/channel/4", 1) == 2547610975548588191
    assert nonce("opening", 2547610975548588191, 1) == "Il5RgTxDrLFWLN0LmoMDbD"


@given(
    st.sets(
        st.tuples(st.sampled_from(["opening", "notice"]), NUMBERS, st.integers(1, 3)), min_size=2, max_size=20
    )
)
def test_two_deliveries_never_share_a_nonce(deliveries: set[tuple[str, int, int]]) -> None:
    """Another kind, delivery or version is another nonce; Discord swallows a second text under one nonce."""
    assert len({nonce(*delivery) for delivery in deliveries}) == len(deliveries)
