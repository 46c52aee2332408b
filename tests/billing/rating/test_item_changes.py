"""An item that changes in mid-month: by days where the document charges days, otherwise by the first day charged."""

from datetime import date

import pytest

from billing.chunks.gather import spans
from tests.billing.rating.books import PRODUCT, contract, fee, months, rater

OTHER = 3
CHANGED = {"start": date(2025, 5, 10), "products": spans([(date(2025, 6, 16), PRODUCT, OTHER)])}


def charged(terms_code: str, **fields) -> list[tuple[int, int, int]]:
    """Month of the charge, product price, amount."""
    fees = (fee(terms_code), fee(terms_code, 9000, product_id=OTHER, tariff_id=2, code="other"))
    facts = contract(terms_code, **(CHANGED | {"months": months(date(2025, 5, 1), 3)} | fields))
    return [(c.period_from.month, c.unit_price, c.amount) for c in rater(*fees).charges(facts)]


@pytest.mark.article("hikari-line", "38")
@pytest.mark.article("hikari-phone", "37")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone"])
def test_by_days_each_item_is_charged_for_its_own_days(terms_code):
    # 22 of 31 days in May; 15 and 15 of 30 in June
    assert charged(terms_code) == [(5, 6000, 4258), (6, 6000, 3000), (6, 9000, 4500), (7, 9000, 9000)]


@pytest.mark.article("isp-access", "29")
def test_by_whole_months_the_item_of_the_first_day_is_charged_for_the_month():
    assert charged("isp-access") == [(6, 6000, 6000), (7, 9000, 9000)]


@pytest.mark.article("business-network", "8")
def test_by_tariff_months_the_fee_is_that_of_the_day_on_which_it_arises():
    assert charged("business-network", cycle_day=20) == [
        (5, 6000, 6000),
        (5, 6000, 6000),
        (6, 9000, 9000),
        (7, 9000, 9000),
    ]


@pytest.mark.article("hikari-phone", "37")
def test_the_last_month_still_leaves_the_ending_day_out():
    amounts = charged("hikari-phone", end=date(2025, 6, 20))
    assert amounts == [(5, 6000, 4258), (6, 6000, 3000), (6, 9000, 1200)]


def test_two_changes_in_one_month_leave_no_day_out():
    products = spans([(date(2025, 6, 11), PRODUCT, OTHER), (date(2025, 6, 21), OTHER, PRODUCT)])
    amounts = charged("hikari-line", products=products, months=months(date(2025, 6, 1), 1))
    assert amounts == [(6, 6000, 2000), (6, 9000, 3000), (6, 6000, 2000)]
