"""請求書の郵送: chosen by the subscriber, sent as letters, each with the operator's fee (hikari-line 39, 料金表 第2類)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from billing.explain import explain_invoice
from billing.forecast import forecast
from billing.models import Charge, Tariff
from billing.recompute import recompute_invoice
from billing.selectors import invoice_fees
from billing.services.choose_letters import choose_letters, comes_by_post, stop_letters
from billing.services.open_account import open_account
from contracts.models import Contract
from notices.models import Notice
from tests import factories
from tests.billing import things
from tests.billing.services.test_passed_contracts import transfer

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()
    things.tariff(
        None, 200, terms_code="hikari-line", kind=Tariff.Kind.HANDLING, occasion="invoice_letter",
        name="請求書発行手数料", article="hikari-line 39",
    )  # fmt: skip


def by_post(contract: Contract, on: date = date(2025, 6, 20)) -> Contract:
    choose_letters(account=things.account(contract), by=things.people()[0], on=on)
    return contract


def fees(contract: Contract, month: date) -> list[int]:
    found = things.invoice(contract, month).charges.filter(kind=Charge.Kind.HANDLING)
    return list(found.values_list("amount", flat=True))


def told(contract: Contract, month: date) -> str:
    number = things.invoice(contract, month).number
    return Notice.objects.get(occasion="invoice_issued", facts__invoice_number=number).channel


@pytest.mark.article("hikari-line", "39")
def test_from_the_month_of_the_choice_on_the_invoice_is_a_letter_and_bears_the_fee():
    chosen, other = by_post(things.contract("hikari-line", 6000)), things.contract("hikari-line", 6000)
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    assert [fees(chosen, month) for month in (MAY, JUNE, JULY)] == [[], [200], [200]]
    assert [told(chosen, month) for month in (MAY, JUNE, JULY)] == ["email", "letter", "letter"]
    assert things.invoice(chosen, JUNE).total == 6820
    assert (fees(other, JUNE), told(other, JUNE)) == ([], "email")


def test_the_fee_comes_out_again_when_the_contract_that_bore_it_is_anothers():
    contract = by_post(things.contract("hikari-line", 6000))
    things.contract("hikari-line", 5000, subscriber=contract.subscriber)
    things.bill(JUNE)
    invoice = things.invoice(contract)
    assert fees(contract, JUNE) == [200]
    transfer(contract, date(2025, 7, 10))
    open_account(subscriber=contract.subscriber, by=things.people()[0])
    assert recompute_invoice(invoice).same


@pytest.mark.article("hikari-line", "39")
def test_the_fee_explains_itself_is_foreseen_and_computed_again():
    contract = by_post(things.contract("hikari-line", 6000))
    assert [month.total for month in forecast(contract, first=MAY, months=3)] == [6000, 6200, 6200]
    things.bill(JUNE)
    invoice = things.invoice(contract)
    assert recompute_invoice(invoice).same
    line = next(line for line in explain_invoice(invoice)["lines"] if line["name"] == "請求書発行手数料")
    assert line["article"]["citation"] == "hikari-line 39"
    assert line["steps"]
    assert line["amount"] == 200
    charge = invoice.charges.get(kind="handling")
    assert (charge.article, charge.period.lower) == ("hikari-line 39", date(2025, 6, 30))


def test_the_fee_stands_once_on_each_invoice_whatever_contracts_it_holds():
    first = things.contract("hikari-line", 6000)
    for code in ("hikari-line", "isp-access"):
        things.contract(code, 3000, subscriber=first.subscriber)
    by_post(first)
    things.bill(JUNE)
    assert fees(first, JUNE) == [200]
    # The other document's tariff has no such fee; its invoice is a letter all the same.
    assert Charge.objects.filter(kind="handling").count() == 1
    assert set(Notice.objects.filter(occasion="invoice_issued").values_list("channel", flat=True)) == {
        "letter"
    }


def test_an_invoice_that_asks_for_nothing_bears_no_fee():
    contract = by_post(things.contract("hikari-line", 0))
    things.bill(JUNE)
    assert not Charge.objects.filter(contract=contract, kind="handling").exists()


def test_when_the_first_contract_has_ended_the_next_one_bears_it():
    gone = things.contract("hikari-line", 6000, ends_on=date(2025, 5, 20), state="ended")
    things.contract("hikari-line", 3000, subscriber=gone.subscriber)
    by_post(gone)
    things.bill(MAY)
    things.bill(JUNE)
    assert (fees(gone, MAY), fees(gone, JUNE)) == ([], [200])


def test_whoever_has_the_contract_when_the_invoice_is_made_bears_it():
    contract = things.contract("hikari-line", 6000)
    old, new = transfer(contract, date(2025, 6, 11))
    things.open_account(subscriber=new, by=factories.staff())
    by_post(contract)
    things.bill(JUNE)
    assert old != new
    assert Charge.objects.get(kind="handling").account.subscriber == new


def test_by_e_mail_again_there_is_no_fee_from_the_month_of_the_wish_on():
    contract = by_post(things.contract("hikari-line", 6000), on=date(2025, 5, 20))
    things.bill(MAY)
    stop_letters(account=things.account(contract), by=things.people()[0], on=date(2025, 6, 30))
    assert not comes_by_post(things.account(contract))
    things.bill(JUNE)
    assert (fees(contract, MAY), fees(contract, JUNE), told(contract, JUNE)) == ([200], [], "email")
    by_post(contract, on=date(2025, 6, 30))
    things.bill(JULY)
    assert (fees(contract, JUNE), fees(contract, JULY)) == ([], [200])


def test_a_month_that_is_billed_stays_as_it_is():
    contract = things.contract("hikari-line", 6000)
    things.bill(JUNE)
    choice = choose_letters(account=things.account(contract), by=things.people()[0], on=date(2025, 6, 25))
    assert choice.since == JULY
    assert recompute_invoice(things.invoice(contract, JUNE)).same


def test_it_is_chosen_once_and_only_where_there_is_an_address_for_it():
    contract = by_post(things.contract("hikari-line", 6000))
    with pytest.raises(ValidationError, match="by post already"):
        by_post(contract)
    homeless = things.contract("hikari-line", 6000)
    with pytest.raises(ValidationError, match="do not come by post"):
        stop_letters(account=things.account(homeless), by=things.people()[0], on=JUNE)


def test_the_fees_that_letters_would_bear_are_known_beforehand():
    contract = things.contract("hikari-line", 6000)
    account = things.account(contract)
    assert invoice_fees(account, "letter", on=JUNE) == [("請求書発行手数料", 200)]
    assert invoice_fees(things.account(things.contract("isp-access")), "letter", on=JUNE) == []
