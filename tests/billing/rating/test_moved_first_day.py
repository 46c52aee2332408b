"""What runs charge around the day on which the operator moved the tariff months of a document (hikari-line 通則1, 2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.rating.facts import OptionFacts, ProductSpan
from billing.rating.periodic import PeriodicRater
from billing.rating.prices import Price
from terms.calendar import Month
from tests.billing.rating.books import OPTION, book, contract, fee, months

pytestmark = pytest.mark.article("hikari-line", "通則1,2")

MOVED = {"hikari-line": (date(2025, 3, 11),)}


def charged(*fees, moved=MOVED, **facts):
    rater = PeriodicRater(book(*(fees or (fee("hikari-line", 6200),)), moved=moved))
    values = {"start": date(2024, 6, 1), "months": months(date(2025, 2, 1), 4)} | facts
    return [
        (str(each.period_from), str(each.period_to), each.amount)
        for each in rater.charges(contract("hikari-line", **values))
    ]


def test_the_month_of_the_move_is_charged_up_to_it_and_the_next_ones_from_its_day():
    assert charged() == [
        ("2025-02-01", "2025-03-01", 6200),
        ("2025-03-01", "2025-03-11", 2000),
        ("2025-03-11", "2025-04-11", 6200),
        ("2025-04-11", "2025-05-11", 6200),
    ]


def test_the_charge_of_the_short_month_explains_itself_with_both_articles():
    rater = PeriodicRater(book(fee("hikari-line", 6200), moved=MOVED))
    facts = contract("hikari-line", start=date(2024, 6, 1), months=(date(2025, 3, 1),))
    (short,) = rater.charges(facts)
    assert [(line.text, str(line.article), line.days, line.amount) for line in short.explanation] == [
        ("tariff_month_cut", "hikari-line 通則1,2", 31, 0),
        ("charge_days", "hikari-line 38", 10, 2000),
    ]
    assert (short.days, short.of_days) == (10, 31)


def test_an_ending_in_the_days_before_is_still_charged_by_the_run_of_the_month_in_which_they_end():
    assert charged(end=date(2025, 4, 20), months=months(date(2025, 4, 1), 2)) == [
        ("2025-03-11", "2025-04-11", 6200),
        ("2025-04-11", "2025-04-21", 6200 * 10 // 30),
    ]


def test_an_item_that_changed_is_charged_by_the_days_of_each_in_the_tariff_month():
    fees = fee("hikari-line", 6200), fee("hikari-line", 3100, product_id=9, tariff_id=2, code="other")
    spans = (ProductSpan(9, date.min, date(2025, 3, 21)), ProductSpan(1, date(2025, 3, 21), None))
    assert charged(*fees, products=spans, months=(date(2025, 4, 1),)) == [
        ("2025-03-11", "2025-03-21", 1000),
        ("2025-03-21", "2025-04-11", 6200 * 21 // 31),
    ]


def test_options_follow_and_a_price_is_that_of_the_first_day_charged():
    dear = (Price(date(2025, 4, 1), 9300), Price(date(2010, 1, 1), 6200))
    option = fee("hikari-line", 310, product_id=OPTION, kind="option", code="option", tariff_id=2)
    assert charged(
        fee("hikari-line", prices=dear),
        option,
        options=(OptionFacts(OPTION, date(2025, 4, 1), None),),
        months=months(date(2025, 4, 1), 2),
    ) == [
        ("2025-03-11", "2025-04-11", 6200),
        ("2025-04-01", "2025-04-11", 100),
        ("2025-04-11", "2025-05-11", 9300),
        ("2025-04-11", "2025-05-11", 310),
    ]


@pytest.mark.parametrize("code", ["hikari-phone", "isp-access", "business-network"])
def test_other_documents_are_not_moved_by_it(code):
    facts = contract(code, start=date(2024, 6, 1), months=months(date(2025, 2, 1), 4))
    assert list(PeriodicRater(book(fee(code), moved=MOVED)).charges(facts)) == list(
        PeriodicRater(book(fee(code))).charges(facts)
    )


@given(
    st.lists(st.dates(date(2027, 10, 1), date(2029, 3, 31)), min_size=1, max_size=3, unique=True).map(sorted),
    st.dates(date(2027, 10, 1), date(2029, 3, 31)),
    st.integers(0, 400),
)
def test_each_day_of_the_service_is_charged_once_however_the_tariff_months_were_moved(moved, start, lasted):
    end = start + timedelta(lasted)
    rater = PeriodicRater(book(fee("hikari-line"), moved={"hikari-line": tuple(moved)}))
    days = []
    for place in range(18):
        facts = contract("hikari-line", start=start, end=end, months=(Month.of(start).plus(place).first,))
        for each in rater.charges(facts):
            days += [each.period_from + timedelta(n) for n in range((each.period_to - each.period_from).days)]
    assert days == [start + timedelta(n) for n in range(lasted + 1)]


def test_the_fee_of_a_day_is_found_though_the_run_of_the_next_month_charges_it():
    prices = book(fee("hikari-line", 6200), moved=MOVED)
    facts = contract("hikari-line", start=date(2024, 6, 1), months=(date(2025, 4, 1),))
    for day in (date(2025, 3, 5), date(2025, 3, 11), date(2025, 3, 31), date(2025, 4, 10), date(2025, 4, 11)):
        assert PeriodicRater(prices).fees_on(facts, day) == (6200, 0)
