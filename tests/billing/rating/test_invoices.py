"""Invoices of one account: one for each document, tax once for each rate, never below nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.rating.due import due_date
from billing.rating.invoices import Share, invoices_of
from billing.rating.late import bearing
from tests.billing.rating.books import book

TEN, EIGHT, NONE = Decimal("0.10"), Decimal("0.08"), Decimal(0)
RULES = book()
JUNE = date(2025, 6, 30)


def share(
    amount: int, rate: Decimal = TEN, terms_code: str = "hikari-line", partner: int | None = None
) -> Share:
    return Share(terms_code, partner, "standard" if rate else "outside", rate, amount)


@pytest.mark.article("hikari-line", "通則8")
@pytest.mark.article("statute", "消費税法57の4")
def test_tax_is_rounded_once_for_the_invoice_and_not_for_each_line():
    (draft,) = invoices_of(RULES, JUNE, [share(105), share(105), share(105)])
    assert [(line.net, line.tax) for line in draft.taxes] == [(315, 31)]
    assert draft.total == 346


@pytest.mark.article("business-network", "22")
def test_a_fraction_of_a_yen_of_tax_is_dropped():
    (draft,) = invoices_of(RULES, JUNE, [share(12345, terms_code="business-network")])
    assert draft.taxes[0].tax == 1234


def test_each_rate_has_its_own_tax_and_interest_has_none():
    (draft,) = invoices_of(RULES, JUNE, [share(1000), share(1000, EIGHT), share(59, NONE)])
    assert [(line.tax_category, line.rate, line.net, line.tax) for line in draft.taxes] == [
        ("outside", NONE, 59, 0),
        ("standard", EIGHT, 1000, 80),
        ("standard", TEN, 1000, 100),
    ]
    assert draft.total == 2239


def test_each_document_and_each_claimant_has_its_own_invoice():
    drafts = invoices_of(
        RULES,
        JUNE,
        [share(1000), share(500, terms_code="isp-access"), share(700, terms_code="isp-access", partner=3)],
    )
    assert [(draft.terms_code, draft.partner_id, draft.total) for draft in drafts] == [
        ("hikari-line", None, 1100),
        ("isp-access", None, 550),
        ("isp-access", 3, 770),
    ]


def test_credits_that_exceed_the_charges_wait_for_the_next_month():
    assert invoices_of(RULES, JUNE, [share(1000), share(-1500)]) == []


def test_charges_and_credits_that_cancel_out_make_an_invoice_of_nothing():
    (draft,) = invoices_of(RULES, JUNE, [share(1000), share(-1000)])
    assert draft.total == 0


@given(st.lists(st.tuples(st.integers(-10_000, 100_000), st.sampled_from([TEN, EIGHT, NONE])), max_size=12))
def test_a_total_is_its_charges_and_their_tax(parts):
    for draft in invoices_of(RULES, JUNE, [share(amount, rate) for amount, rate in parts]):
        assert draft.total == sum(amount for amount, _ in parts) + sum(line.tax for line in draft.taxes)
        assert all(line.tax == 0 for line in draft.taxes if not line.rate)


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        (date(2025, 7, 1), date(2025, 7, 28)),  # the 27th is a Sunday
        (date(2025, 8, 3), date(2025, 8, 27)),  # issued late: a month later
    ],
)
@pytest.mark.article("statute", "銀行法施行令5")
def test_a_due_day_is_one_on_which_banks_are_open_and_still_to_come(issued, due):
    assert due_date(month=date(2025, 6, 1), months_after=1, day=27, issued_on=issued) == due


def test_a_due_day_at_the_end_of_a_short_month_is_its_last_day():
    found = due_date(month=date(2025, 1, 1), months_after=1, day=31, issued_on=date(2025, 2, 3))
    assert found == date(2025, 2, 28)


@pytest.mark.article("hikari-line", "45")
def test_interest_on_an_invoice_bears_no_interest():
    assert bearing(total=11059, interest=59, cancellation=0, paid_before=0, amount=11059).charges == 11000
    assert bearing(total=11059, interest=59, cancellation=0, paid_before=0, amount=50).charges == 0
    assert bearing(total=11059, interest=59, cancellation=0, paid_before=50, amount=109).charges == 100


@given(
    st.integers(0, 5000),
    st.integers(0, 5000),
    st.integers(0, 5000),
    st.lists(st.integers(1, 4000), max_size=6),
)
def test_however_an_invoice_is_paid_each_yen_bears_interest_once(interest, charges, cancellation, payments):
    total, before, seen = interest + charges + cancellation, 0, [0, 0]
    for payment in payments:
        amount = min(payment, total - before)
        part = bearing(
            total=total, interest=interest, cancellation=cancellation, paid_before=before, amount=amount
        )
        seen = [seen[0] + part.charges, seen[1] + part.cancellation]
        before += amount
    assert seen[0] <= charges
    assert seen[1] <= cancellation
    assert before < total or seen == [charges, cancellation]
