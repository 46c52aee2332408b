"""利用回線の移転: hikari-phone 37; isp-access 29 charges on."""

from typing import Any

import pytest

from terms.errors import FactsError
from tests.terms.apply import apply, day


def credit(code: str, unusable_from: str, usable_again: str, **more: Any) -> tuple[int, int]:
    result = apply(
        code,
        "relocation_credit",
        fee=6000,
        unusable_from=day(unusable_from),
        usable_again=day(usable_again),
        **more,
    )
    assert result.amount == sum(line.amount for line in result.lines)
    return result.days, result.amount


@pytest.mark.article("hikari-phone", "37")
def test_the_days_from_the_first_without_service_to_the_day_before_it_is_back_are_free():
    assert credit("hikari-phone", "2025-06-10", "2025-06-13") == (3, 600)
    assert credit("hikari-phone", "2025-06-10", "2025-06-10") == (0, 0)
    assert credit("hikari-phone", "2025-06-29", "2025-07-03") == (4, 787)  # 2/30 and 2/31, rounded once


@pytest.mark.article("hikari-phone", "37")
def test_a_move_at_the_subscribers_convenience_is_charged():
    assert credit("hikari-phone", "2025-06-10", "2025-06-13", by_customer=True) == (0, 0)


@pytest.mark.article("isp-access", "29")
def test_isp_access_charges_on_during_a_move():
    assert credit("isp-access", "2025-06-10", "2025-06-13") == (0, 0)


def test_service_that_is_back_before_it_went_is_refused():
    with pytest.raises(FactsError, match="lies before unusable_from"):
        credit("hikari-phone", "2025-06-10", "2025-06-09")
