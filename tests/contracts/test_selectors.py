"""Questions that several rooms ask of contracts."""

from datetime import date
from typing import Any

import pytest

from contracts import selectors, tasks
from contracts.models import Agreement, Contract, Suspension, TermsVersion
from tests import factories

pytestmark = pytest.mark.django_db


def with_term(terms_code: str, **fields: Any) -> Contract:
    return factories.contract(
        terms_code, start=date(2025, 4, 1), term_start=date(2025, 4, 1), term_months=12, **fields
    )


@pytest.mark.article("business-network", "7")
def test_a_base_term_of_business_network_renews_by_a_year_again_and_again():
    contract = with_term("business-network")
    assert selectors.term_through(contract, date(2026, 3, 31)) == date(2026, 3, 31)
    assert selectors.term_through(contract, date(2026, 4, 1)) == date(2027, 3, 31)
    assert selectors.term_through(contract, date(2028, 5, 1)) == date(2029, 3, 31)


def test_a_minimum_term_elsewhere_is_over_when_it_is_over():
    contract = with_term("isp-access")
    assert selectors.term_through(contract, date(2028, 5, 1)) == date(2026, 3, 31)
    assert selectors.term_through(factories.contract(), date(2025, 8, 1)) is None


@pytest.mark.article("business-network", "9")
def test_a_renewed_term_is_no_base_term():
    contract = with_term("business-network")
    assert selectors.in_base_term(contract, date(2025, 4, 1))
    assert selectors.in_base_term(contract, date(2026, 3, 31))
    assert not selectors.in_base_term(contract, date(2026, 4, 1))
    assert not selectors.in_base_term(factories.contract(), date(2025, 8, 1))


def test_the_version_on_a_day_is_the_latest_agreement_by_then():
    contract = factories.contract(start=date(2025, 4, 1))
    newer = TermsVersion.objects.create(
        terms_code="isp-access", effective=date(2025, 7, 1), title="新約款", operator="当社", digest="0" * 64
    )
    Agreement.objects.create(contract=contract, version=newer, since=date(2025, 7, 1))
    assert selectors.agreement_on(contract, date(2025, 3, 31)) is None
    first, second = contract.agreements.order_by("since")
    assert selectors.agreement_on(contract, date(2025, 6, 30)) == first
    assert selectors.agreement_on(contract, date(2025, 7, 1)) == second
    assert (first.version.effective, second.version) == (date(2022, 7, 1), newer)


def test_suspensions_wait_for_a_person_from_their_first_day():
    suspension = Suspension.objects.create(
        contract=factories.contract(), ground="other_serious", article="isp-access 23-1(6)", reason="違反",
        state=Suspension.State.NOTICED, starts_on=date(2025, 8, 11), through=date(2025, 8, 31),
    )  # fmt: skip
    assert not selectors.suspensions_to_enforce(date(2025, 8, 10)).exists()
    assert selectors.suspensions_to_enforce(date(2025, 8, 11)).get() == suspension


def test_the_nightly_job_reads_the_clock_and_does_the_day():
    assert tasks.carry_out_day()["contracts ended"] == 0
