"""中途解約料金: business-network 9, 10, 28, 29."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.errors import FactsError
from tests.terms.apply import apply, day


def fee(
    payment: str, ends_on: str, *, start: Any = "2024-04-01", months: Any = 24, **more: Any
) -> tuple[int, int]:
    result = apply(
        "business-network",
        "early_termination_fee",
        payment=payment,
        term_start=day(start),
        term_months=months,
        ends_on=day(ends_on),
        **more,
    )
    return result.remaining, result.amount


@pytest.mark.article("business-network", "9")
@pytest.mark.parametrize(
    ("ends_on", "remaining"),
    [
        ("2024-04-01", 23),
        ("2025-09-01", 6),
        ("2025-09-15", 6),
        ("2025-09-30", 6),
        ("2025-10-01", 5),
        ("2026-03-31", 0),
    ],
)
def test_the_monthly_fee_of_each_whole_tariff_month_after_the_ending_months_is_owed(ends_on, remaining):
    assert fee("monthly", ends_on, fee=50000) == (remaining, remaining * 50000)


@pytest.mark.article("business-network", "9")
def test_tariff_months_are_counted_from_the_terms_start():
    assert fee("monthly", "2025-09-09", start="2024-04-10", fee=50000) == (7, 350000)
    assert fee("monthly", "2025-09-10", start="2024-04-10", fee=50000) == (6, 300000)
    # a term from the 31st: its second month begins on the last day of February
    assert fee("monthly", "2025-02-27", start="2025-01-31", months=12, fee=1) == (11, 11)
    assert fee("monthly", "2025-02-28", start="2025-01-31", months=12, fee=1) == (10, 10)


@pytest.mark.article("business-network", "9")
@pytest.mark.article("business-network", "2")
def test_tariff_months_of_another_day_count_where_they_lie_wholly_in_the_term():
    # the term runs to 9 April 2026; after September 2025 the months October to March are whole
    assert fee("monthly", "2025-09-05", start="2024-04-10", fee=50000, cycle_day=1) == (6, 300000)
    assert fee("monthly", "2026-03-31", start="2024-04-10", fee=50000, cycle_day=1) == (0, 0)
    # the day of the term's start given as cycle day changes nothing
    assert fee("monthly", "2025-09-09", start="2024-04-10", fee=50000, cycle_day=10) == (7, 350000)
    with pytest.raises(FactsError, match="cycle_day"):
        fee("monthly", "2025-09-09", fee=50000, cycle_day=0)


@pytest.mark.article("business-network", "9")
def test_a_yearly_term_from_a_leap_day_has_its_anniversary_at_the_end_of_february():
    leap = {"start": "2024-02-29", "months": 36, "fee": 600000}
    assert fee("annual", "2025-02-27", **leap) == (2, 1200000)
    assert fee("annual", "2025-02-28", **leap) == (1, 600000)


@pytest.mark.article("business-network", "9")
def test_nothing_is_owed_after_the_base_term():
    assert fee("monthly", "2026-04-01", fee=50000) == (0, 0)
    assert fee("annual", "2030-04-01", fee=50000) == (0, 0)
    assert fee("metered", "2030-04-01") == (0, 0)


@pytest.mark.article("business-network", "9")
@pytest.mark.parametrize(
    ("ends_on", "remaining"), [("2025-03-31", 2), ("2025-04-01", 1), ("2025-09-30", 1), ("2026-04-01", 0)]
)
def test_the_yearly_fee_of_each_whole_year_left_is_owed(ends_on, remaining):
    assert fee("annual", ends_on, months=36, fee=600000) == (remaining, remaining * 600000)


@pytest.mark.article("business-network", "9")
def test_metered_use_counts_the_average_of_the_months_before():
    metered = {"start": "2025-04-01", "months": 12}
    assert fee("metered", "2025-07-20", **metered, usage=(30000, 40000, 50000)) == (8, 320000)
    assert fee("metered", "2025-07-20", **metered, usage=(10000, 10000, 10001)) == (
        8,
        80002,
    )  # rounded once, at the end


@pytest.mark.article("business-network", "9")
def test_less_than_a_month_of_metered_use_counts_thirty_average_days():
    metered = {"start": "2025-04-01", "months": 12}
    assert fee("metered", "2025-04-20", **metered, charged_so_far=20000, days_so_far=20) == (11, 330000)
    assert fee("metered", "2025-04-07", **metered, charged_so_far=10000, days_so_far=7) == (11, 471428)


@pytest.mark.article("business-network", "9")
def test_figures_that_the_fee_needs_are_asked_for():
    with pytest.raises(FactsError, match="needs usage"):
        fee("metered", "2025-04-20")
    with pytest.raises(FactsError, match="needs fee"):
        fee("monthly", "2025-04-20")


@pytest.mark.article("business-network", "9")
@pytest.mark.article("business-network", "28")
@pytest.mark.article("business-network", "29")
@pytest.mark.parametrize(
    ("cause", "article"),
    [("operator_default", "9-3"), ("discontinuation", "28-2"), ("anti_social_operator", "29-3")],
)
def test_no_fee_is_owed_for_what_the_operator_answers_for(cause, article):
    result = apply(
        "business-network",
        "early_termination_fee",
        payment="monthly",
        fee=50000,
        term_start=day("2024-04-01"),
        term_months=24,
        ends_on=day("2025-09-30"),
        cause=cause,
    )
    assert (result.amount, result.lines[0].article.number) == (0, article)


@pytest.mark.article("business-network", "10")
@pytest.mark.article("business-network", "29")
@pytest.mark.parametrize(
    ("cause", "article"), [("operator_ending", "10-1"), ("anti_social_subscriber", "29-3")]
)
def test_the_fee_falls_due_at_once_when_the_operator_ends_for_cause(cause, article):
    term = {"payment": "monthly", "fee": 50000, "term_start": day("2024-04-01"), "term_months": 24}
    ended = apply("business-network", "early_termination_fee", **term, ends_on=day("2025-09-30"), cause=cause)
    assert (ended.amount, ended.due) == (300000, "at_once")
    assert ended.lines[0].article.number == article
    assert (
        apply("business-network", "early_termination_fee", **term, ends_on=day("2025-09-30")).due
        == "ending_day"
    )


def test_an_ending_before_the_term_and_a_term_of_no_months_are_refused():
    with pytest.raises(FactsError, match="lies before term_start"):
        fee("monthly", "2024-03-31", fee=1)
    with pytest.raises(FactsError, match="term_months is 0"):
        fee("monthly", "2024-04-30", months=0, fee=1)


@given(
    st.dates(day("2023-01-01"), day("2026-12-31")),
    st.integers(1, 60),
    st.integers(0, 2000),
    st.integers(0, 500),
)
def test_a_later_ending_never_costs_more(start, months, lasted, more):
    def owed(days: int) -> tuple[int, int]:
        return fee(
            "monthly",
            (start.fromordinal(start.toordinal() + days)).isoformat(),
            start=start.isoformat(),
            months=months,
            fee=7,
        )

    assert owed(lasted + more)[1] <= owed(lasted)[1] <= 7 * months


@pytest.mark.article("business-network", "9")
def test_half_a_year_left_is_no_whole_year():
    assert fee("annual", "2025-03-31", months=30, fee=600000) == (1, 600000)
    assert fee("annual", "2025-03-31", months=35, fee=600000) == (1, 600000)
    assert fee("annual", "2025-04-01", months=30, fee=600000) == (0, 0)


@pytest.mark.parametrize(
    "so_far", [{"charged_so_far": 100}, {"charged_so_far": 100, "days_so_far": -1}, {"days_so_far": 5}]
)
def test_charges_so_far_need_their_days(so_far):
    with pytest.raises(FactsError, match="needs usage"):
        fee("metered", "2024-04-20", **so_far)


@pytest.mark.article("business-network", "9")
def test_a_month_of_use_without_charges_owes_nothing():
    assert fee("metered", "2024-04-20", charged_so_far=0, days_so_far=20) == (23, 0)
    assert fee("metered", "2024-04-01", months=1, charged_so_far=0, days_so_far=1) == (0, 0)
