"""Prices that staff set, and how subscribers pay."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from billing.models import BillingAccount, ParkedContract
from billing.recompute import recompute_invoice
from billing.services.open_account import open_account, open_missing_accounts
from billing.services.set_price import set_price
from contracts.models import Contract
from contracts.moments import japan_date
from tests import factories
from tests.billing import things
from workflow.selectors import state_changes_of

JUNE = date(2025, 6, 1)
BEFORE = factories.at(date(2025, 5, 20))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def test_a_price_set_for_a_coming_day_applies_from_that_day():
    contract = things.contract("hikari-line", 6000)
    tariff = contract.product.tariffs.get()
    set_price(
        tariff=tariff, amount=6300, valid_from=date(2025, 7, 1), by=factories.staff(), at=BEFORE, note="改定"
    )
    for month in (JUNE, date(2025, 7, 1)):
        things.bill(month)
    assert [things.invoice(contract, month).total for month in (JUNE, date(2025, 7, 1))] == [6600, 6930]


def test_who_set_a_price_is_on_record():
    tariff, person = things.contract().product.tariffs.get(), factories.staff()
    set_price(tariff=tariff, amount=6300, valid_from=date(2025, 7, 1), by=person, at=BEFORE, note="改定")
    change = state_changes_of(tariff).get()
    assert (change.by, change.transition, change.on) == (person, "set_price", japan_date(BEFORE))
    assert change.reason == "6,300円 2025-07-01 改定"


def test_a_price_of_the_same_day_is_changed():
    tariff = things.contract().product.tariffs.get()
    for amount in (6300, 6400):
        set_price(tariff=tariff, amount=amount, valid_from=date(2025, 7, 1), by=factories.staff(), at=BEFORE)
    assert list(tariff.prices.order_by("valid_from").values_list("amount", flat=True)) == [6000, 6400]


def test_a_price_in_a_month_that_is_billed_is_refused():
    tariff = things.contract().product.tariffs.get()
    things.bill(JUNE)
    with pytest.raises(ValidationError, match="2025-06 is billed already"):
        set_price(tariff=tariff, amount=6300, valid_from=date(2025, 6, 30), by=factories.staff(), at=BEFORE)
    assert tariff.prices.count() == 1


def test_days_that_had_no_price_get_one_though_their_month_is_billed():
    contract = things.contract()
    tariff = contract.product.tariffs.get()
    tariff.prices.update(valid_from=date(2025, 7, 1))
    things.bill(JUNE)
    assert ParkedContract.objects.get().contract == contract
    with pytest.raises(ValidationError, match="2025-05 is billed already"):  # nothing waits for it
        set_price(tariff=tariff, amount=5000, valid_from=date(2025, 5, 31), by=factories.staff(), at=BEFORE)
    set_price(tariff=tariff, amount=5000, valid_from=JUNE, by=factories.staff(), at=BEFORE)
    with pytest.raises(ValidationError, match="2025-06 is billed already"):
        set_price(tariff=tariff, amount=5500, valid_from=JUNE, by=factories.staff(), at=BEFORE)
    things.bill(date(2025, 7, 1))
    assert things.invoice(contract).total == (5000 + 6000) * 11 // 10
    assert recompute_invoice(things.invoice(contract)).same


def test_a_price_is_not_below_nothing():
    tariff = things.contract().product.tariffs.get()
    with pytest.raises(ValidationError, match="amount"):
        set_price(tariff=tariff, amount=-1, valid_from=date(2025, 7, 1), by=factories.staff(), at=BEFORE)


def test_account_transfer_needs_a_bank_account():
    subscriber = factories.subscriber()
    with pytest.raises(ValidationError, match="bank"):
        open_account(
            subscriber=subscriber, by=factories.staff(), method=BillingAccount.Method.ACCOUNT_TRANSFER
        )
    account = open_account(
        subscriber=subscriber,
        by=factories.staff(),
        method=BillingAccount.Method.ACCOUNT_TRANSFER,
        bank_code="0001",
        branch_code="001",
        account_number="1234567",
        holder_kana="ﾔﾏﾀﾞ ﾀﾛｳ",
    )
    assert account.subscriber == subscriber


def test_an_account_that_is_there_is_changed():
    subscriber = factories.subscriber()
    first = open_account(subscriber=subscriber, by=factories.staff())
    again = open_account(subscriber=subscriber, by=factories.staff(), method=BillingAccount.Method.CARD)
    assert (again.pk, BillingAccount.objects.get().method) == (first.pk, BillingAccount.Method.CARD)


def test_only_subscribers_with_a_contract_that_was_formed_get_an_account_by_themselves():
    formed = factories.contract()
    factories.contract(state=Contract.State.APPLIED)
    assert open_missing_accounts() == 1
    assert BillingAccount.objects.get().subscriber == formed.subscriber
    assert open_missing_accounts() == 0
