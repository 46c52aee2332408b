"""To whole yen."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.rounding import Rounding, shares, yen

MODES: list[Rounding] = ["down", "half_up", "up"]


@pytest.mark.parametrize(
    ("exact", "down", "half_up", "up"),
    [
        ("10", 10, 10, 10),
        ("10.01", 10, 10, 11),
        ("10.49", 10, 10, 11),
        ("10.5", 10, 11, 11),
        ("10.99", 10, 11, 11),
        ("-10.5", -10, -11, -11),
        ("0", 0, 0, 0),
    ],
)
def test_each_rounding_has_its_figures(exact, down, half_up, up):
    assert [yen(Decimal(exact), mode) for mode in MODES] == [down, half_up, up]


@given(st.lists(st.fractions(min_value=-1000, max_value=1000)), st.sampled_from(MODES))
def test_shares_add_up_to_the_sum_rounded_once(parts, mode):
    assert sum(shares(parts, mode)) == yen(sum(parts, Fraction(0)), mode)
