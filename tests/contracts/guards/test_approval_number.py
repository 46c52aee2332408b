"""The form of approval numbers, as the trade writes them."""

from datetime import date

import pytest

from contracts.guards.approval_number import first_letter, is_well_formed, stated_last_day

DAY = date(2025, 12, 28)


@pytest.mark.parametrize(
    ("kind", "prefecture", "letter"),
    [
        ("conversion", "長野県", "E"),
        ("conversion", "静岡県", "W"),
        ("provider_change", "東京都", "F"),
        ("provider_change", "大阪府", "T"),
    ],
)
def test_the_letter_tells_the_kind_of_move_and_the_side_of_the_country(kind, prefecture, letter):
    assert first_letter(kind, prefecture) == letter


@pytest.mark.parametrize(
    ("number", "kind", "good"),
    [
        ("E1234567890", "conversion", True),
        ("W1234567890", "conversion", True),
        ("F1234567890", "conversion", False),
        ("T0112123456", "provider_change", True),
        ("T011212345", "provider_change", False),
        ("T01121234567", "provider_change", False),
        ("t0112123456", "provider_change", False),
    ],
)
def test_a_number_is_a_letter_of_its_kind_and_ten_digits(number, kind, good):
    assert is_well_formed(number, kind) is good


@pytest.mark.parametrize(
    ("number", "last"),
    [
        ("F1228123456", DAY),
        ("F0111123456", date(2026, 1, 11)),  # The year turns meanwhile.
        ("F0112123456", None),  # The sixteenth day.
        ("F1227123456", None),  # Yesterday.
    ],
)
def test_the_last_good_day_is_the_one_stated_if_it_lies_within_the_days(number, last):
    assert stated_last_day(number, on=DAY, days=15) == last
