"""An invoice that no run makes: it is numbered, taxed, due and told as those of a run are."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from billing.chunks.book import load_book
from billing.models import Charge, DuePolicy, ExtraBill, Invoice, TaxCategory
from billing.services.issue_alone import issue_alone
from contracts.models import Contract
from notices.models import Notice
from tests import factories
from tests.billing import things

JUNE, DAY = date(2025, 6, 1), date(2025, 6, 11)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def issued(contract: Contract, *amounts: int) -> Invoice | None:
    account = things.account(contract)
    charges = [
        Charge(
            account=account, contract=contract, terms_code=contract.terms_code, kind=Charge.Kind.HANDLING, name="手数料",
            source=f"try:{place}", period=(JUNE, DAY), unit_price=amount, amount=amount, tax_category=TaxCategory.STANDARD,
            tax_rate=Decimal("0.10"), article="hikari-line 40", explanation=[],
        )
        for place, amount in enumerate(amounts)
    ]  # fmt: skip
    bill = ExtraBill.objects.create(
        contract=contract, through=DAY, reason="長期不在", article="hikari-line 通則1"
    )
    invoice = Invoice(account=account, terms_code=contract.terms_code, month=JUNE, extra_bill=bill)
    return issue_alone(
        invoice=invoice, charges=charges, book=load_book(), by=things.people()[0], at=factories.at(DAY)
    )


def test_it_has_the_next_number_of_its_month_its_tax_its_due_day_and_its_notice():
    contract = things.contract("hikari-line", 6000)
    things.bill(JUNE)
    number = things.invoice(contract).number
    invoice = issued(contract, 1005, 1004)
    assert invoice is not None
    assert int(invoice.number.rpartition("-")[2]) == int(number.rpartition("-")[2]) + 1
    assert (invoice.state, invoice.issued_on) == (Invoice.State.ISSUED, DAY)
    assert [(tax.net, tax.tax) for tax in invoice.taxes.all()] == [(2009, 200)]
    assert (invoice.total, invoice.charges.count()) == (2209, 2)
    assert invoice.recipient == contract.subscriber.name
    assert invoice.due_on is not None
    assert invoice.due_on > DAY
    assert Notice.objects.filter(about_id=invoice.pk, occasion="invoice_issued").count() == 1


def test_what_was_paid_before_is_set_against_it():
    contract = things.contract("hikari-line", 6000)
    things.pay(contract, 1100, DAY)
    invoice = issued(contract, 1000)
    assert invoice is not None
    assert invoice.state == Invoice.State.SETTLED


@pytest.mark.parametrize("amounts", [[], [1000, -1001]])
def test_charges_that_leave_nothing_to_ask_for_make_no_invoice(amounts: list[int]):
    assert issued(things.contract("hikari-line", 6000), *amounts) is None
    assert not Invoice.objects.exists()
    assert not Charge.objects.exists()


def test_without_a_due_day_of_the_operator_nothing_is_issued():
    DuePolicy.objects.all().delete()
    with pytest.raises(ValidationError):
        issued(things.contract("hikari-line", 6000), 1000)
