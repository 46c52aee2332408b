"""Whatever day a service starts and ends on, in leap years, on the 31st, over month ends: each day is charged for once."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from billing.rating.one_off import japan_day
from billing.rating.periodic import PeriodicRater
from terms.calendar import Month
from tests.billing.rating.books import book, contract, fee

STARTS = st.dates(date(2027, 10, 1), date(2029, 3, 31))  # with a 29 February
DAYS = st.integers(0, 500)


def periods(
    code: str, start: date, end: date | None, months: int, **fields: int
) -> list[tuple[date, date, int]]:
    """What the runs of so many months from that of the start on charge the fee for, one run after the other."""
    rater = PeriodicRater(book(fee(code, 6000)))
    found = []
    for place in range(months):
        facts = contract(code, start=start, end=end, months=(Month.of(start).plus(place).first,), **fields)
        found += [(each.period_from, each.period_to, each.amount) for each in rater.charges(facts)]
    return sorted(found)


def follow(spans: list[tuple[date, date, int]]) -> None:
    for (_, stop, _), (start, _, _) in pairwise(spans):
        assert stop == start


@given(st.sampled_from(["hikari-line", "hikari-phone"]), STARTS, DAYS)
def test_runs_by_days_charge_each_day_of_the_service_once(code, start, lasted):
    end = start + timedelta(lasted)
    found = periods(code, start, end, 20)
    follow(found)
    # hikari-phone 37-1 leaves the ending day out, but a service of one day counts one day.
    last = end if code == "hikari-line" or end == start else end - timedelta(1)
    assert (found[0][0], found[-1][1]) == (start, last + timedelta(1))
    whole = [(from_, to) for from_, to, amount in found if amount == 6000]
    assert all(from_.day == 1 and to == Month.of(from_).end for from_, to in whole)


@given(STARTS, st.one_of(st.none(), DAYS))
def test_runs_by_calendar_months_charge_each_month_once_from_the_next_one_on(start, lasted):
    end = None if lasted is None else start + timedelta(lasted)
    found = periods("isp-access", start, end, 20)
    follow(found)
    assert all(amount == 6000 for _, _, amount in found)
    if end is None or Month.of(end) > Month.of(start):
        assert found[0][0] == Month.of(start).end


@given(STARTS, st.integers(1, 31), st.one_of(st.none(), DAYS))
def test_runs_by_tariff_months_charge_each_of_them_once_on_whatever_day_it_begins(start, cycle_day, lasted):
    end = None if lasted is None else start + timedelta(lasted)
    found = periods("business-network", start, end, 20, cycle_day=cycle_day)
    follow(found)
    assert found[0][0] == start
    assert all(amount == 6000 for _, _, amount in found)
    for from_, to, _ in found[1:]:
        assert from_ == Month.of(from_).day(cycle_day)
        assert to == Month.of(from_).plus(1).day(cycle_day)
    if end is not None:
        assert found[-1][0] <= end < found[-1][1]


@given(st.integers(0, 5 * 24 * 3600))
def test_a_day_ends_at_midnight_in_japan(seconds):
    moment = datetime(2024, 2, 27, tzinfo=UTC) + timedelta(seconds=seconds)
    day = japan_day(moment)
    assert day == (moment + timedelta(hours=9)).date()
    assert (day.month == 3) == (moment >= datetime(2024, 2, 29, 15, tzinfo=UTC))
