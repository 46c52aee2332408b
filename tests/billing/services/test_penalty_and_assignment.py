"""What somebody owes who evaded a charge, and claims that go to a billing operator."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from billing.books.journal import unbalanced
from billing.debts import overdue
from billing.models import Charge, Invoice, ReceivableEnd
from billing.services.assign_receivable import assign_receivable
from billing.services.charge_penalty import charge_penalty
from contracts.models import Partner, Request
from contracts.services.record_consents import record_consents
from notices.models import Notice
from tests import factories
from tests.billing import things
from workflow.selectors import state_changes_of

MAY = date(2025, 5, 1)
ON = date(2025, 5, 20)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def agree(contract) -> None:
    record_consents(contract=contract, by=factories.staff(), at=factories.at(ON), form=Request.Form.WRITTEN)


def punish(contract, evaded: int = 10000, *, taxable: bool = True, reference: str = "1"):
    return charge_penalty(
        contract=contract,
        evaded=evaded,
        taxable=taxable,
        reference=reference,
        reason="メーターの改造",
        by=things.people()[0],
        at=factories.at(ON),
    )


@pytest.mark.parametrize(
    ("terms_code", "taxable", "asked"),
    [
        # 10,000 evaded and 20,000 of penalty, both with tax; or neither; or the penalty alone.
        pytest.param("hikari-line", True, 33000, marks=pytest.mark.article("hikari-line", "44")),
        pytest.param("hikari-line", False, 30000, marks=pytest.mark.article("hikari-line", "44")),
        pytest.param("hikari-phone", True, 33000, marks=pytest.mark.article("hikari-phone", "42")),
        pytest.param("hikari-phone", False, 30000, marks=pytest.mark.article("hikari-phone", "42")),
        pytest.param("isp-access", True, 33000, marks=pytest.mark.article("isp-access", "33")),
        pytest.param("isp-access", False, 32000, marks=pytest.mark.article("isp-access", "33")),
    ],
)
def test_twice_the_evaded_sum_is_asked_for_besides_it_with_the_tax_of_the_document(
    terms_code, taxable, asked
):
    contract = things.contract(terms_code, 1000)
    punish(contract, taxable=taxable)
    things.bill(MAY)
    assert things.invoice(contract).total == asked + 1100
    assert Charge.objects.get(kind=Charge.Kind.PENALTY).amount == 20000
    assert state_changes_of(contract).last().transition == "penalty"


def test_a_document_without_a_penalty_has_none_and_the_same_evasion_is_charged_once():
    with pytest.raises(ValidationError, match="has no penalty"):
        punish(things.contract("business-network"))
    contract = things.contract("hikari-line")
    punish(contract)
    with pytest.raises(ValidationError, match="charged already"):
        punish(contract)
    punish(contract, reference="2")


@pytest.mark.parametrize(
    ("terms_code", "article", "told"),
    [
        pytest.param(
            "hikari-line",
            "hikari-line 47の2",
            False,
            marks=pytest.mark.article("hikari-line", "47の2"),
        ),
        # Its article speaks of courses that a partner prices only; this one is ours.
        pytest.param("isp-access", "statute 民法467", True, marks=pytest.mark.article("isp-access", "32")),
    ],
)
def test_a_claim_is_assigned_without_individual_notice_only_where_the_document_says_so(
    terms_code, article, told
):
    contract = things.contract(terms_code)
    agree(contract)
    things.bill(MAY)
    things.pay(contract, 600, ON.replace(month=6))
    invoice = things.invoice(contract)
    ended = assign_receivable(
        invoice=invoice, partner=factories.partner(), by=things.people()[0], on=date(2025, 7, 10)
    )
    assert (ended.kind, ended.amount) == (ReceivableEnd.Kind.ASSIGNED, 6000)
    assert ended.article == article
    assert things.invoice(contract).state == Invoice.State.ASSIGNED
    assert Notice.objects.filter(occasion="claim_assigned").exists() is told
    assert overdue(on=date(2025, 8, 1)) == {}
    assert unbalanced() == []


def test_a_claim_goes_to_a_billing_operator_only():
    contract = things.contract("hikari-line")
    things.bill(MAY)
    wholesaler = factories.partner(code="w", role=Partner.Role.WHOLESALER)
    with pytest.raises(ValidationError, match="is no billing operator"):
        assign_receivable(
            invoice=things.invoice(contract), partner=wholesaler, by=things.people()[0], on=date(2025, 7, 10)
        )
