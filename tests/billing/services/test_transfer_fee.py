"""口座振替手数料: borne by each invoice that is asked for by account transfer (hikari-line 39, 料金表 第2類)."""

from datetime import date

import pytest

from billing.explain import explain_invoice
from billing.forecast import forecast
from billing.models import Charge, InvoiceChoice, Tariff
from billing.recompute import recompute_invoice
from billing.selectors import invoice_fees
from billing.services.choose_letters import choose_letters
from billing.services.open_account import choose_method
from contracts.models import Contract
from tests.billing import things

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()
    things.tariff(
        None, 100, terms_code="hikari-line", kind=Tariff.Kind.HANDLING, occasion="account_transfer",
        name="口座振替手数料", article="hikari-line 39",
    )  # fmt: skip


def fees(contract: Contract, month: date) -> list[int]:
    found = things.invoice(contract, month).charges.filter(kind=Charge.Kind.HANDLING)
    return list(found.values_list("amount", flat=True))


def pay_by(contract: Contract, method: str) -> None:
    choose_method(subscriber=contract.subscriber, method=method, by=things.people()[0])


@pytest.mark.article("hikari-line", "39")
def test_each_invoice_by_account_transfer_bears_the_fee_and_no_other():
    chosen, other = things.contract("hikari-line", 6000), things.contract("hikari-line", 6000)
    things.by_transfer(chosen)
    things.bill(MAY)
    things.bill(JUNE)
    assert (fees(chosen, MAY), fees(chosen, JUNE), fees(other, JUNE)) == ([100], [100], [])
    assert things.invoice(chosen, JUNE).total == 6710


@pytest.mark.article("hikari-line", "39")
def test_the_fee_begins_and_ends_with_the_first_month_that_is_not_billed():
    contract = things.contract("hikari-line", 6000)
    things.bill(MAY)
    things.by_transfer(contract)
    things.bill(JUNE)
    pay_by(contract, "card")
    things.bill(JULY)
    assert [fees(contract, month) for month in (MAY, JUNE, JULY)] == [[], [100], []]
    for month in (MAY, JUNE, JULY):
        assert recompute_invoice(things.invoice(contract, month)).same


def test_a_bank_account_entered_anew_changes_nothing_about_the_fee():
    contract = things.contract("hikari-line", 6000)
    things.by_transfer(contract)
    things.by_transfer(contract, account_number="7654321")
    pay_by(contract, "card")
    pay_by(contract, "account_transfer")
    things.bill(MAY)
    assert fees(contract, MAY) == [100]
    assert InvoiceChoice.objects.filter(until__isnull=True).count() == 1


def test_a_letter_and_an_account_transfer_bear_a_fee_each():
    things.tariff(
        None, 200, terms_code="hikari-line", kind=Tariff.Kind.HANDLING, occasion="invoice_letter",
        name="請求書発行手数料", article="hikari-line 39",
    )  # fmt: skip
    contract = things.contract("hikari-line", 6000)
    account = things.by_transfer(contract)
    choose_letters(account=account, by=things.people()[0], on=MAY)
    things.bill(MAY)
    assert sorted(fees(contract, MAY)) == [100, 200]


@pytest.mark.article("hikari-line", "39")
def test_the_fee_explains_itself_and_is_foreseen():
    contract = things.contract("hikari-line", 6000)
    account = things.by_transfer(contract)
    assert invoice_fees(account, "transfer", on=JUNE) == [("口座振替手数料", 100)]
    assert invoice_fees(account, "letter", on=JUNE) == []
    assert [month.total for month in forecast(contract, first=MAY, months=2)] == [6100, 6100]
    things.bill(JUNE)
    line = next(
        line
        for line in explain_invoice(things.invoice(contract))["lines"]
        if line["name"] == "口座振替手数料"
    )
    assert (line["article"]["citation"], line["amount"]) == ("hikari-line 39", 100)


def test_a_document_whose_tariff_has_no_such_fee_charges_none():
    contract = things.contract("isp-access", 3000)
    things.by_transfer(contract)
    things.bill(JUNE)
    assert fees(contract, JUNE) == []
