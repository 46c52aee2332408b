"""Individual agreements: in the form the document asks for, before the document, billed and cited."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from billing.models import Tariff
from contracts.models import Contract, IndividualAgreement
from contracts.services.record_individual_agreement import (
    end_individual_agreement,
    record_individual_agreement,
)
from terms.rules.late_interest import LateInterest
from tests import factories
from tests.billing import things
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 1)
RATE = {"late_interest": {"annual_rate": "0.05"}}


def agree(contract: Contract, **fields: Any) -> IndividualAgreement:
    values = {"on": DAY, "since": DAY, "form": "written", "evidence": "覚書 第1号", "tables": RATE}
    return record_individual_agreement(contract=contract, by=factories.staff(), **(values | fields))


@pytest.mark.parametrize(
    ("terms_code", "article"),
    [
        pytest.param("hikari-line", "hikari-line 1", marks=pytest.mark.article("hikari-line", "1")),
        pytest.param(
            "business-network", "business-network 4", marks=pytest.mark.article("business-network", "4")
        ),
        pytest.param("isp-access", "statute 民法521", marks=pytest.mark.article("statute", "民法521")),
    ],
)
def test_an_agreement_goes_before_the_document_from_its_day_on(terms_code: str, article: str):
    contract, other = factories.contract(terms_code), factories.contract(terms_code)
    agreement = agree(contract)
    assert agreement.article == article
    contract = Contract.objects.get(pk=contract.pk)
    rule = contract.pack(DAY).rule(LateInterest)
    assert (str(rule.annual_rate), rule.article.agreed) == ("0.05", "2025-06-01")
    assert not contract.pack(date(2025, 5, 31)).rule(LateInterest).article.agreed
    assert not other.pack(DAY).rule(LateInterest).article.agreed
    end_individual_agreement(agreement=agreement, by=factories.staff(), on=DAY, until=date(2025, 12, 31))
    contract = Contract.objects.get(pk=contract.pk)
    assert contract.pack(date(2025, 12, 31)).rule(LateInterest).article.agreed
    assert not contract.pack(date(2026, 1, 1)).rule(LateInterest).article.agreed
    with pytest.raises(DatabaseError), transaction.atomic():
        IndividualAgreement.objects.update(tables={})


@pytest.mark.article("business-network", "4")
def test_what_is_not_agreed_in_writing_has_no_effect():
    contract = factories.contract("business-network")
    with pytest.raises(Refused) as refused:
        agree(contract, form="phone")
    assert str(refused.value.refusal.article) == "business-network 4"
    contract.refresh_from_db()
    assert not contract.individual


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("tables", {"tables": {"late_interest": {"rate": "0.05"}}}),
        ("tables", {"tables": {}}),
        ("prices", {"prices": {"isp": -1}}),
        ("prices", {"prices": {"isp": "100"}}),
        ("prices", {"prices": {"no-such-tariff": 100}}),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_nothing_is_kept(field: str, fields: dict[str, Any]):
    contract = factories.contract("isp-access")
    with pytest.raises(ValidationError) as error:
        agree(contract, **fields)
    assert field in error.value.message_dict
    assert not IndividualAgreement.objects.exists()


@pytest.mark.article("hikari-line", "1")
def test_an_agreed_price_is_billed_cited_and_over_when_the_agreement_is():
    things.standing()
    contract, other = things.contract("hikari-line", 6000), things.contract("hikari-line", 6000)
    tariff = contract.product.tariffs.get()
    agree(contract, tables={}, prices={tariff.code: 4800}, until=date(2025, 6, 30))
    for month, expected in ((date(2025, 6, 1), 4800), (date(2025, 7, 1), 6000)):
        things.bill(month)
        charge = contract.charges.get(period__startswith=month)
        assert charge.amount == expected
        assert ("個別合意2025-06-01" in charge.article) == (expected == 4800)
        usual = other.charges.get(period__startswith=month)
        assert (usual.amount, "個別合意" in usual.article) == (6000, False)


@pytest.mark.article("hikari-line", "1")
def test_late_interest_is_charged_as_agreed():
    things.standing()
    contract, other = things.contract("hikari-line", 600_000), things.contract("hikari-line", 600_000)
    agree(contract)
    things.bill(date(2025, 6, 1))
    interest = []
    for one in (contract, other):
        invoice = things.invoice(one, date(2025, 6, 1))
        things.pay(one, invoice.total, date(2025, 12, 1))
        interest.append(one.subscriber.billing_account.charges.get(kind="late_interest"))
    assert 0 < interest[0].amount < interest[1].amount
    assert [("個別合意" in charge.article) for charge in interest] == [True, False]


def test_a_price_of_a_tariff_that_is_gone_parks_the_contract_and_not_the_run():
    things.standing()
    contract = things.contract("hikari-line", 6000)
    agreement = agree(contract, tables={}, prices={contract.product.tariffs.get().code: 1})
    Tariff.objects.filter(code__in=agreement.prices).update(code="renamed")
    run = things.bill(date(2025, 6, 1))
    assert next(iter(agreement.prices)) in run.parked.get().reason
