"""契約の解除に伴い請求できる額の上限: 施行規則22の2の13の2."""

from typing import Any

import pytest

from terms.errors import FactsError
from tests.terms.apply import apply, day


def claim(amount: int, *, contracted: str = "2025-04-01", **more: Any) -> tuple[int, int | None]:
    result = apply(
        "statute", "cancellation_cap", claim=amount, monthly_fee=5000, contracted=day(contracted), **more
    )
    return result.amount, result.limit


@pytest.mark.article("statute", "施行規則22の2の13の2")
def test_a_consumer_owes_no_more_than_one_months_fee():
    assert claim(9500) == (5000, 5000)
    assert claim(3000) == (3000, 5000)


@pytest.mark.article("statute", "施行規則22の2の13の2")
@pytest.mark.parametrize(("month", "limit"), [(1, 29000), (10, 20000), (24, 6000), (25, 5000), (40, 5000)])
def test_installation_declines_month_by_month(month, limit):
    assert claim(99999, works_cost=24000, works_months=24, month_of_use=month) == (limit, limit)


@pytest.mark.article("statute", "施行規則22の2の13の2")
def test_corporations_and_contracts_before_july_2022_are_outside():
    assert claim(9500, corporation=True) == (9500, None)
    assert claim(9500, contracted="2022-06-30") == (9500, None)
    assert claim(9500, contracted="2022-07-01") == (5000, 5000)


def test_months_are_counted_from_one():
    with pytest.raises(FactsError, match="1 or more"):
        claim(1, month_of_use=0)
    with pytest.raises(FactsError, match="1 or more"):
        claim(1, works_months=0)
