"""Civil Code 140 and 143, tariff months, holidays, bank days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.calendar import (
    DAY,
    Month,
    add_bank_days,
    add_months,
    bank_day_from,
    is_bank_holiday,
    is_holiday,
    japan_clock,
    period_end,
    period_end_after,
    tariff_month_end,
    tariff_month_start,
)
from tests.terms.apply import day

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def test_a_month_is_read_and_written_as_in_files():
    assert str(Month.parse("2025-09")) == "2025-09"
    assert (Month(2025, 12).plus(1), Month(2025, 1).plus(-1), Month(2025, 6).plus(-18)) == (
        Month(2026, 1),
        Month(2024, 12),
        Month(2023, 12),
    )
    assert Month(2024, 2).days == 29
    assert Month(2025, 11).until(Month(2026, 2)) == 3


@pytest.mark.parametrize(
    "text", ["2025-13", "2025-00", "2025-9", "25-09", "2025/09", "2025-09-01", "", "２０２５-09x"]
)
def test_anything_else_is_no_month(text):
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


@pytest.mark.article("statute", "民法143")
@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2025-04-10", 6, "2025-10-09"),
        ("2025-04-01", 1, "2025-04-30"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-01-30", 1, "2025-02-28"),
        ("2025-01-29", 1, "2025-02-28"),
        ("2025-01-28", 1, "2025-02-27"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-03-31", 1, "2025-04-30"),
    ],
)
def test_a_period_ends_the_day_before_the_corresponding_day_or_with_a_month_that_has_none(
    first, months, last
):
    assert period_end(day(first), months) == day(last)


@pytest.mark.article("statute", "民法140")
def test_the_day_of_an_event_is_not_counted():
    assert period_end_after(day("2025-04-09"), 6) == day("2025-10-09")


@given(DAYS, st.integers(1, 40))
def test_periods_follow_one_another_without_gap_where_days_correspond(first, months):
    assert period_end(first, months) <= add_months(first, months)
    assert period_end(first, months) < period_end(first, months + 1)


@pytest.mark.article("business-network", "2")
@pytest.mark.parametrize(
    ("on", "cycle_day", "start", "end"),
    [
        ("2025-06-10", 10, "2025-06-10", "2025-07-10"),
        ("2025-06-09", 10, "2025-05-10", "2025-06-10"),
        ("2025-02-28", 31, "2025-02-28", "2025-03-31"),
        ("2025-03-30", 31, "2025-02-28", "2025-03-31"),
        ("2025-03-31", 31, "2025-03-31", "2025-04-30"),
        ("2025-01-15", 31, "2024-12-31", "2025-01-31"),
        ("2025-06-30", 1, "2025-06-01", "2025-07-01"),
    ],
)
def test_a_tariff_month_runs_from_its_day_or_the_last_of_shorter_months(on, cycle_day, start, end):
    assert tariff_month_start(day(on), cycle_day) == day(start)
    assert tariff_month_end(day(on), cycle_day) == day(end)


@given(DAYS, st.integers(1, 31))
def test_every_day_lies_in_one_tariff_month_and_they_follow_without_gap(on, cycle_day):
    start, end = tariff_month_start(on, cycle_day), tariff_month_end(on, cycle_day)
    assert start <= on < end
    assert tariff_month_start(end, cycle_day) == end
    assert tariff_month_end(end - DAY, cycle_day) == end


@pytest.mark.article("statute", "祝日法3")
@pytest.mark.parametrize(
    ("on", "holiday"),
    [
        ("2025-11-03", True),
        ("2025-11-24", True),
        ("2026-09-22", True),
        ("2025-11-25", False),
        ("2025-12-31", False),
        ("2025-06-14", False),
    ],
)
def test_holidays_move_from_sundays_and_fill_the_day_between_two(on, holiday):
    assert is_holiday(day(on)) is holiday


@pytest.mark.article("statute", "銀行法施行令5")
def test_banks_rest_on_weekends_holidays_and_around_the_new_year():
    assert [is_bank_holiday(day("2025-12-29") + timedelta(n)) for n in range(8)] == [
        False,
        False,
        True,
        True,
        True,
        True,
        True,
        False,
    ]
    assert bank_day_from(day("2025-12-31")) == day("2026-01-05")
    assert bank_day_from(day("2025-06-27")) == day("2025-06-27")
    assert add_bank_days(day("2025-12-30"), 1) == day("2026-01-05")
    assert add_bank_days(day("2026-01-05"), -2) == day("2025-12-29")
    assert add_bank_days(day("2025-06-28"), 0) == day("2025-06-28")


def test_an_aware_moment_is_put_on_the_japanese_clock_and_a_naive_one_stays():
    assert japan_clock(datetime(2025, 6, 30, 15, tzinfo=UTC)) == datetime.fromisoformat("2025-07-01T00:00")
    assert japan_clock(datetime.fromisoformat("2025-06-30T15:00")) == datetime.fromisoformat(
        "2025-06-30T15:00"
    )
