"""充当の順序: hikari-line 通則5, Civil Code 488."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.errors import FactsError
from terms.rules.payment_allocation import Debt
from tests.terms.apply import apply, day


def allocated(payment: int, *debts: tuple[str, int], code: str = "hikari-line") -> tuple[list[int], int]:
    result = apply(
        code,
        "payment_allocation",
        payment=payment,
        debts=tuple(Debt(due=day(due), amount=amount) for due, amount in debts),
    )
    return list(result.allocated), result.rest


@pytest.mark.article("hikari-line", "通則4,5")
def test_the_debt_that_fell_due_first_is_paid_first():
    assert allocated(5000, ("2025-04-30", 3000), ("2025-05-31", 4000)) == ([3000, 2000], 0)
    assert allocated(5000, ("2025-05-31", 4000), ("2025-04-30", 3000)) == ([2000, 3000], 0)


@pytest.mark.article("hikari-line", "通則4,5")
def test_debts_of_one_due_date_are_paid_in_the_order_given():
    assert allocated(3500, ("2025-05-31", 3000), ("2025-05-31", 4000), ("2025-04-30", 100)) == (
        [3000, 400, 100],
        0,
    )


@pytest.mark.article("hikari-line", "通則4,5")
def test_what_no_debt_takes_is_left_over():
    assert allocated(10000, ("2025-04-30", 3000)) == ([3000], 7000)
    assert allocated(10000) == ([], 10000)
    assert allocated(0, ("2025-04-30", 3000)) == ([0], 0)


@pytest.mark.article("statute", "民法488")
@pytest.mark.parametrize("code", ["hikari-phone", "isp-access", "business-network"])
def test_a_silent_document_follows_the_civil_code(code):
    assert allocated(5000, ("2025-05-31", 4000), ("2025-04-30", 3000), code=code) == ([2000, 3000], 0)


def test_amounts_below_zero_are_refused():
    with pytest.raises(FactsError, match="payment"):
        allocated(-1, ("2025-04-30", 3000))
    with pytest.raises(FactsError, match="amount"):
        allocated(1, ("2025-04-30", -3000))


@given(
    st.integers(0, 10**7),
    st.lists(st.tuples(st.dates(day("2024-01-01"), day("2026-01-01")), st.integers(0, 10**6))),
)
def test_nothing_is_allocated_beyond_payment_or_debt_and_nothing_is_lost(payment, debts):
    found, rest = allocated(payment, *((due.isoformat(), amount) for due, amount in debts))
    assert sum(found) + rest == payment
    assert all(0 <= part <= amount for part, (_, amount) in zip(found, debts, strict=True))
    assert rest == max(0, payment - sum(amount for _, amount in debts))
