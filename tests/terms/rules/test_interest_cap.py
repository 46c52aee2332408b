"""消費者契約法9 and 法定利率: how much interest is really owed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.registry import registry
from terms.rules.interest_cap import Claim, InterestCap, lawful_interest
from terms.rules.late_interest import LateInterest, LateInterestFacts, LateInterestResult
from tests.terms.apply import apply, day

LAW = registry().latest("statute")
LATE = LateInterestFacts(principal=1000000, due=day("2025-05-31"), paid=day("2025-08-31"))


def owed(
    document: LateInterest | None,
    facts: LateInterestFacts = LATE,
    *,
    consumer: bool = True,
    claim: Claim = "charge",
) -> LateInterestResult:
    law = LAW.rule(LateInterest)
    return lawful_interest(document, law, LAW.rule(InterestCap), facts, consumer=consumer, claim=claim)


def rule(annual_rate: str) -> LateInterest:
    article = registry().latest("isp-access").article("34")
    return LateInterest(
        article=article,
        annual_rate=Decimal(annual_rate),
        grace_days=0,
        payment_day_counts=False,
        year="365",
        rounding="down",
    )


@pytest.mark.article("statute", "消費者契約法9")
def test_the_cap_is_14_6_per_cent_through_the_payment_day():
    assert (
        apply(
            "statute", "interest_cap", principal=1000000, due=day("2025-05-31"), paid=day("2025-08-31")
        ).amount
        == 36800
    )


@pytest.mark.article("statute", "消費者契約法9")
@pytest.mark.article("isp-access", "34")
def test_what_the_documents_ask_for_stays_below_the_cap_and_a_higher_rate_is_cut():
    assert owed(registry().latest("isp-access").rule(LateInterest)).amount == 36150
    cut = owed(rule("0.20"))
    assert (cut.amount, str(cut.article), cut.days) == (36800, "statute 消費者契約法9", 92)
    assert owed(rule("0.20"), consumer=False).amount == 49863


@pytest.mark.article("statute", "施行規則22の2の13の2")
def test_what_is_claimed_for_a_consumers_cancellation_bears_the_laws_rate():
    document = registry().latest("isp-access").rule(LateInterest)
    assert owed(document, claim="cancellation_charge").amount == 7561
    assert owed(document, claim="cancellation_charge", consumer=False).amount == 36150


@pytest.mark.article("statute", "民法404")
@pytest.mark.article("business-network", "23")
def test_the_operator_owes_the_laws_rate_unless_the_document_binds_it_too():
    debt = LateInterestFacts(principal=LATE.principal, due=LATE.due, paid=LATE.paid, debtor="operator")
    assert owed(registry().latest("isp-access").rule(LateInterest), debt).amount == 7561
    assert (
        owed(registry().latest("business-network").rule(LateInterest), debt, consumer=False).amount == 36800
    )
    assert owed(None).amount == 7561


@given(
    st.sampled_from(["hikari-line", "hikari-phone", "isp-access"]),
    st.integers(0, 10**8),
    st.dates(day("2023-01-01"), day("2029-01-01")),
    st.integers(0, 1500),
)
def test_no_document_for_consumers_ever_exceeds_the_cap(code, principal, due, late):
    facts = LateInterestFacts(principal=principal, due=due, paid=due + timedelta(late))
    document = registry().latest(code).rule(LateInterest)
    assert owed(document, facts).article == document.article
