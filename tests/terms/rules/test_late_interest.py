"""延滞利息: hikari-line 45, hikari-phone 43, isp-access 34, business-network 23, Civil Code 404."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.errors import FactsError
from tests.terms.apply import apply, day


@pytest.mark.article("isp-access", "34")
def test_payment_on_the_due_date_bears_no_interest():
    assert (
        apply(
            "isp-access", "late_interest", principal=10000, due=day("2025-05-31"), paid=day("2025-05-31")
        ).amount
        == 0
    )


@pytest.mark.article("isp-access", "34")
@pytest.mark.parametrize(("paid", "days", "amount"), [("2025-06-10", 0, 0), ("2025-06-11", 10, 39)])
def test_payment_on_the_tenth_day_is_free_and_on_the_eleventh_interest_runs_from_the_first(
    paid, days, amount
):
    result = apply("isp-access", "late_interest", principal=10000, due=day("2025-05-31"), paid=day(paid))
    assert (result.days, result.amount) == (days, amount)


@pytest.mark.article("hikari-line", "45")
@pytest.mark.article("hikari-phone", "43")
@pytest.mark.parametrize("code", ["hikari-line", "hikari-phone"])
@pytest.mark.parametrize(("paid", "days", "amount"), [("2025-06-15", 0, 0), ("2025-06-16", 15, 59)])
def test_payment_on_the_fifteenth_day_bears_no_interest(code, paid, days, amount):
    result = apply(code, "late_interest", principal=10000, due=day("2025-05-31"), paid=day(paid))
    assert (result.days, result.amount) == (days, amount)


@pytest.mark.article("business-network", "23")
@pytest.mark.parametrize(
    ("paid", "days", "amount"), [("2025-05-31", 0, 0), ("2025-06-01", 1, 4), ("2025-06-16", 16, 64)]
)
def test_business_network_counts_the_payment_day_and_gives_no_grace(paid, days, amount):
    result = apply(
        "business-network", "late_interest", principal=10000, due=day("2025-05-31"), paid=day(paid)
    )
    assert (result.days, result.amount) == (days, amount)


@pytest.mark.article("business-network", "23")
def test_business_network_owes_the_same_interest_itself():
    given_ = {"principal": 10000, "due": day("2025-05-31"), "paid": day("2025-06-16")}
    assert apply("business-network", "late_interest", **given_, debtor="operator").amount == 64


@pytest.mark.article("isp-access", "34")
def test_a_clause_that_binds_subscribers_alone_is_refused_for_a_debt_of_the_operator():
    with pytest.raises(FactsError, match="民法404"):
        apply(
            "isp-access",
            "late_interest",
            principal=1,
            due=day("2025-05-31"),
            paid=day("2025-07-01"),
            debtor="operator",
        )


@pytest.mark.article("hikari-line", "45")
@pytest.mark.article("hikari-line", "47の2")
def test_a_leap_year_has_365_days_unless_the_claim_was_assigned():
    late = {"principal": 100000, "due": day("2024-01-31"), "paid": day("2024-03-01")}
    assert apply("hikari-line", "late_interest", **late).amount == 1152
    assert apply("hikari-line", "late_interest", **late, assigned=True).amount == 1148


@pytest.mark.article("hikari-phone", "43")
def test_hikari_phone_counts_365_days_also_for_assigned_claims():
    late = {"principal": 100000, "due": day("2024-01-31"), "paid": day("2024-03-01")}
    assert apply("hikari-phone", "late_interest", **late).amount == 1152
    assert apply("hikari-phone", "late_interest", **late, assigned=True).amount == 1152


@pytest.mark.article("isp-access", "34")
def test_days_of_a_leap_year_count_a_366th_and_others_a_365th():
    result = apply(
        "isp-access", "late_interest", principal=1000000, due=day("2023-12-25"), paid=day("2024-01-31")
    )
    assert (result.days, result.amount) == (36, 14268)
    assert [(str(line.from_), str(line.to), line.days, line.rate) for line in result.lines] == [
        ("2023-12-26", "2024-01-01", 6, "0.145/365"),
        ("2024-01-01", "2024-01-31", 30, "0.145/366"),
    ]


@pytest.mark.article("statute", "民法404")
@pytest.mark.article("line-info-api", "20")
def test_a_document_without_a_rate_bears_three_per_cent_by_law():
    result = apply(
        "line-info-api", "late_interest", principal=1000000, due=day("2025-01-31"), paid=day("2025-02-01")
    )
    assert (result.days, result.amount, str(result.article)) == (1, 82, "statute 民法404")


def test_a_negative_debt_is_refused():
    with pytest.raises(FactsError, match="principal is -1"):
        apply("isp-access", "late_interest", principal=-1, due=day("2025-05-31"), paid=day("2025-06-11"))


CODES = st.sampled_from(["hikari-line", "hikari-phone", "isp-access", "business-network", "line-info-api"])
DAYS = st.dates(min_value=day("2019-01-01"), max_value=day("2032-12-31"))


@given(CODES, st.integers(0, 10**9), DAYS, st.integers(0, 2000), st.integers(0, 400))
def test_interest_never_falls_when_payment_comes_later_or_the_debt_is_larger(
    code, principal, due, late, more
):
    def amount(principal: int, late: int) -> Any:
        return apply(code, "late_interest", principal=principal, due=due, paid=due + timedelta(late)).amount

    assert amount(principal, late) <= amount(principal, late + more)
    assert amount(principal, late) <= amount(principal + more, late)


@given(CODES, st.integers(0, 10**9), DAYS, st.integers(0, 2000))
def test_the_lines_add_up_to_the_interest_and_its_days(code, principal, due, late):
    result = apply(code, "late_interest", principal=principal, due=due, paid=due + timedelta(late))
    assert sum(line.amount for line in result.lines) == result.amount
    assert sum(line.days for line in result.lines) == result.days
