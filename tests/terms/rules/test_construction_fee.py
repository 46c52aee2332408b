"""工事費と割増工事費: hikari-line 41 and its tariff."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.errors import FactsError
from tests.terms.apply import apply, at


def net(when: str, base: int = 20000, **more: Any) -> int:
    amount: int = apply("hikari-line", "construction_fee", base=base, at=at(when), **more).net
    return amount


@pytest.mark.article("hikari-line", "41")
@pytest.mark.parametrize(
    ("time", "amount"),
    [
        ("08:29", 31400),
        ("08:30", 20000),
        ("16:59", 20000),
        ("17:00", 25700),
        ("21:59", 25700),
        ("22:00", 31400),
        ("23:59", 31400),
        ("00:00", 31400),
    ],
)
def test_evenings_cost_1_3_and_nights_1_6_times_what_exceeds_1000_yen(time, amount):
    assert net(f"2025-06-11T{time}") == amount


@pytest.mark.article("hikari-line", "41")
@pytest.mark.parametrize("day", ["12-29", "12-30", "12-31", "01-01", "01-02", "01-03"])
def test_at_the_years_end_the_evening_rate_begins_at_half_past_eight(day):
    assert net(f"2025-{day}T08:30") == 25700
    assert net(f"2025-{day}T08:29") == 31400
    assert net(f"2025-{day}T22:00") == 31400


@pytest.mark.article("hikari-line", "41")
def test_28_december_and_4_january_are_ordinary_days():
    assert net("2026-12-28T10:00", weekend_surcharge=3000) == 20000
    assert net("2027-01-04T10:00", weekend_surcharge=3000) == 20000


@pytest.mark.article("hikari-line", "41")
@pytest.mark.parametrize(
    ("day", "surcharged"),
    [
        ("2025-06-13", False),  # Friday
        ("2025-06-14", True),  # Saturday
        ("2025-06-15", True),  # Sunday
        ("2025-11-03", True),  # Culture Day, a Monday
        ("2025-11-24", True),  # substitute for the 23rd, a Sunday
        ("2026-09-22", True),  # a day between two holidays
        ("2025-11-25", False),
        ("2025-05-06", True),  # substitute for 4 May
    ],
)
def test_weekends_and_holidays_cost_the_surcharge_after_the_multiplier(day, surcharged):
    assert net(f"{day}T10:00", weekend_surcharge=3000) == (23000 if surcharged else 20000)
    assert net(f"{day}T18:00", weekend_surcharge=3000) == (28700 if surcharged else 25700)


@pytest.mark.article("hikari-line", "41")
def test_year_end_days_cost_the_surcharge_whatever_their_weekday():
    assert net("2025-12-30T10:00", weekend_surcharge=3000) == 28700


@pytest.mark.article("hikari-line", "41")
def test_basic_and_exchange_works_of_exactly_2000_yen_are_exempt_from_the_surcharge_only():
    assert net("2025-06-15T10:00", base=2000, weekend_surcharge=3000) == 2000
    assert net("2025-06-15T18:00", base=2000, weekend_surcharge=3000) == 2300
    assert net("2025-06-15T10:00", base=5000, basic_and_exchange=2000, weekend_surcharge=3000) == 5000
    assert net("2025-06-15T10:00", base=2000, basic_and_exchange=1000, weekend_surcharge=3000) == 5000
    assert net("2025-06-15T10:00", base=2001, weekend_surcharge=3000) == 5001


@pytest.mark.article("hikari-line", "41")
def test_the_appointed_time_fee_is_added_last_unless_the_operator_left_the_work_unfinished():
    appointed = {"weekend_surcharge": 3000, "appointed_time_fee": 11000}
    assert net("2025-06-14T18:00", **appointed) == 39700
    assert net("2025-06-14T18:00", **appointed, unfinished_by_operator=True) == 28700


@pytest.mark.article("hikari-line", "41")
@pytest.mark.article("hikari-line", "通則8")
def test_tax_is_added_to_the_whole():
    result = apply("hikari-line", "construction_fee", base=10600, at=at("2025-06-11T18:00"))
    assert (result.net, result.gross) == (13480, 14828)
    assert sum(line.amount for line in result.lines) == result.gross


@pytest.mark.article("hikari-line", "41")
def test_a_surcharge_for_the_hour_never_makes_small_works_cheaper():
    assert net("2025-06-11T18:00", base=500) == 500


def test_works_below_zero_are_refused():
    with pytest.raises(FactsError, match="base"):
        net("2025-06-11T18:00", base=-1)


@given(
    st.integers(0, 200000),
    st.datetimes(at("2024-01-01"), at("2027-12-31")),
    st.integers(0, 5000),
    st.integers(0, 20000),
)
def test_works_at_odd_hours_never_cost_less_than_by_day(base, when, surcharge, appointed):
    result = apply(
        "hikari-line",
        "construction_fee",
        base=base,
        at=when,
        weekend_surcharge=surcharge,
        appointed_time_fee=appointed,
    )
    assert base + appointed <= result.net <= result.gross
