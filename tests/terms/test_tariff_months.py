"""料金月の起算日の変更: hikari-line 通則1, 2."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.calendar import Month
from terms.errors import FactsError
from terms.registry import pack_for
from terms.rules.periodic_charge import PeriodicCharge
from terms.tariff_months import tariff_months_ending
from tests.terms.apply import day
from tests.terms.rules.test_periodic_charge import charge

pytestmark = pytest.mark.article("hikari-line", "通則1,2")


def ending(month: str, *moved: str) -> list[tuple[str, str, int]]:
    found = tariff_months_ending(Month.parse(month), tuple(day(each) for each in moved))
    return [(str(each.from_), str(each.to), each.of_days) for each in found]


def test_tariff_months_are_calendar_months_until_the_operator_moves_them():
    assert ending("2025-02", "2025-03-11") == [("2025-02-01", "2025-03-01", 28)]
    assert ending("2025-03", "2025-03-11") == [("2025-03-01", "2025-03-11", 31)]
    assert ending("2025-04", "2025-03-11") == [("2025-03-11", "2025-04-11", 31)]
    assert ending("2025-05", "2025-03-11") == [("2025-04-11", "2025-05-11", 30)]


def test_moved_back_a_calendar_month_has_the_end_of_one_tariff_month_and_all_of_a_short_one():
    assert ending("2025-06", "2025-03-11", "2025-07-01") == [
        ("2025-05-11", "2025-06-11", 31),
        ("2025-06-11", "2025-07-01", 30),
    ]
    assert ending("2025-07", "2025-03-11", "2025-07-01") == [("2025-07-01", "2025-08-01", 31)]


def test_a_month_without_the_day_begins_its_tariff_month_on_its_last_day():
    assert ending("2025-02", "2025-01-31") == [("2025-01-31", "2025-02-28", 28)]
    assert ending("2025-03", "2025-01-31") == [("2025-02-28", "2025-03-31", 31)]


@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=4, unique=True).map(sorted))
def test_however_often_it_is_moved_each_day_lies_in_one_tariff_month(moved):
    found = [
        each
        for place in range(48)
        for each in tariff_months_ending(Month(2023, 12).plus(place), tuple(moved))
    ]
    assert all(one.to == next_.from_ for one, next_ in pairwise(found))
    assert {each.from_ for each in found} >= set(moved)
    assert all(timedelta(0) < each.to - each.from_ <= timedelta(each.of_days) for each in found)
    assert all(each.cut == (each.to in moved) for each in found if (each.to - each.from_).days < 28)


def test_the_tariff_month_before_a_move_is_charged_by_its_days_and_those_after_it_in_full():
    assert charge("hikari-line", "2025-02-01", None, "2025-05", moved=(date(2025, 3, 11),)) == {
        "2025-02": 6000,
        "2025-03": 6000 * 10 // 31,
        "2025-04": 6000,
        "2025-05": 6000,
    }


def test_a_service_starts_and_ends_by_the_days_of_the_moved_tariff_month():
    assert charge("hikari-line", "2025-03-20", "2025-05-25", "2025-09", moved=(date(2025, 3, 11),)) == {
        "2025-04": 6000 * 22 // 31,  # 20 March to 10 April
        "2025-05": 6000,
        "2025-06": 6000 * 15 // 31,  # 11 to 25 May
    }


def test_moved_to_the_first_again_one_calendar_month_is_charged_a_month_and_the_rest_of_it():
    moved = (date(2025, 3, 11), date(2025, 7, 1))
    assert charge("hikari-line", "2025-05-11", None, "2025-07", moved=moved) == {
        "2025-06": 6000 + 6000 * 20 // 30,
        "2025-07": 6000,
    }


def test_a_document_that_does_not_let_them_be_moved_charges_as_before():
    moved = (date(2025, 3, 11),)
    for code in ("hikari-phone", "isp-access", "business-network"):
        assert charge(code, "2025-02-01", None, "2025-05", moved=moved) == charge(
            code, "2025-02-01", None, "2025-05"
        )


def test_moves_are_given_in_order():
    with pytest.raises(FactsError, match="order"):
        charge("hikari-line", "2025-02-01", None, "2025-05", moved=(date(2025, 7, 1), date(2025, 3, 11)))


def test_only_a_document_that_charges_days_can_have_its_tariff_months_moved():
    rule = pack_for("hikari-line", date(2025, 1, 1)).rule(PeriodicCharge)
    assert str(rule.first_day_article) == "hikari-line 通則1,2"
    with pytest.raises(FactsError, match="first_day_article"):
        PeriodicCharge(
            article=rule.article, basis="calendar_month", pause_charged=True, suspension_charged=True,
            first_day_article=rule.article, rounding="down",
        )  # fmt: skip
