"""Who pays what after a contract passed to somebody else: as the document says of its debts, and of the fee."""

from datetime import date, timedelta

import pytest

from billing.models import Charge, ParkedContract, Tariff
from billing.services.run_arrears import run_arrears
from billing.services.run_month import run_month
from contracts.models import Contract, Product, Request, Subscriber, SubscriberChange, Suspension
from contracts.services.succeed_contract import succeed_contract
from contracts.services.transfer_contract import transfer_contract
from notices.models import Notice
from tests import factories
from tests.billing import things

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def corporation() -> Subscriber:
    return factories.subscriber(kind=Subscriber.Kind.CORPORATION)


def transfer(contract: Contract, day: date, request: Request | None = None) -> tuple[Subscriber, Subscriber]:
    """From whom to whom it passed on the day."""
    old, new = contract.subscriber, corporation()
    transfer_contract(
        contract=contract, transferee=new, by=factories.staff(), on=day, effective_on=day, request=request
    )
    contract.refresh_from_db()
    return old, new


def bases(of: Subscriber) -> list[tuple[date, date, int]]:
    """The base fees of a subscriber: from, to, yen."""
    found = Charge.objects.filter(account__subscriber=of, kind=Charge.Kind.BASE).order_by("period")
    return [(charge.period.lower, charge.period.upper, charge.amount) for charge in found]


@pytest.mark.article("hikari-line", "22")
def test_the_transferee_owes_what_is_charged_after_the_transfer_for_the_time_before_it():
    contract = things.contract("hikari-line", 6000)
    old, new = transfer(contract, JUNE)
    things.bill(MAY)
    things.bill(JUNE)
    assert bases(old) == []
    assert bases(new) == [(MAY, JUNE, 6000), (JUNE, JULY, 6000)]


@pytest.mark.article("hikari-phone", "18")
def test_without_the_debts_each_pays_for_the_days_they_had_the_contract():
    contract = things.contract("hikari-phone", 3000)
    old, new = transfer(contract, date(2025, 6, 11))
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    assert bases(old) == [(MAY, JUNE, 3000), (JUNE, date(2025, 6, 11), 1000)]
    assert bases(new) == [(date(2025, 6, 11), JULY, 2000), (JULY, date(2025, 8, 1), 3000)]


@pytest.mark.parametrize(
    ("terms_code", "day"),
    [
        pytest.param("isp-access", JUNE, marks=pytest.mark.article("isp-access", "14")),
        pytest.param("business-network", JUNE, marks=pytest.mark.article("business-network", "11")),
    ],
)
def test_a_fee_that_falls_due_whole_is_owed_by_whoever_has_the_contract_on_its_first_day(terms_code, day):
    contract = things.contract(terms_code, 5000, cycle_day=1)
    old, new = transfer(contract, date(2025, 6, 11))
    things.bill(JUNE)
    things.bill(JULY)
    assert [row[0] for row in bases(old)] == [JUNE]
    assert [row[0] for row in bases(new)] == [JULY]


def test_options_are_parted_as_the_service_is():
    contract = things.contract("hikari-phone", 3000)
    option = factories.product("hikari-phone", kind=Product.Kind.OPTION)
    things.tariff(option, 300)
    contract.options.create(product=option, starts_on=date(2025, 4, 1))
    old, new = transfer(contract, date(2025, 6, 11))
    things.bill(JUNE)
    of_option = Charge.objects.filter(kind=Charge.Kind.OPTION, contract=contract)
    assert set(of_option.values_list("account__subscriber", "amount")) == {(old.pk, 100), (new.pk, 200)}


@pytest.mark.article("hikari-line", "22")
def test_the_fee_of_a_transfer_falls_on_the_transferor_though_the_debts_pass():
    contract = things.contract("hikari-line")
    fee = {"code": "transfer", "kind": Tariff.Kind.HANDLING, "occasion": "transfer"}
    things.tariff(
        None, 880, terms_code="hikari-line", article="hikari-line 22-5", name="変更事務手数料", **fee
    )
    request = Request.objects.create(
        contract=contract,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        kind=Request.Kind.TRANSFER,
        state=Request.State.CARRIED_OUT,
        decided_on=date(2025, 5, 10),
    )
    old, new = transfer(contract, JUNE, request)
    things.bill(MAY)
    things.bill(JUNE)
    fees = Charge.objects.filter(kind=Charge.Kind.HANDLING)
    assert list(fees.values_list("account__subscriber", "amount")) == [(old.pk, 880)]
    assert new.billing_account.invoices.count() == 2


def test_a_month_that_could_not_be_rated_is_shared_out_when_it_can():
    product = factories.product("hikari-phone")
    contract = things.contract("hikari-phone", product=product)
    old, new = transfer(contract, date(2025, 6, 11))
    preparer, approver = things.people()
    things.bill(JUNE)
    assert ParkedContract.objects.get().contract == contract
    things.tariff(product, 3000)
    run = run_month(month=JULY, by=preparer, approver=approver, at=factories.at(date(2025, 8, 1), 9))
    assert bases(old) == [(JUNE, date(2025, 6, 11), 1000)]
    assert [row[2] for row in bases(new)] == [2000, 3000]
    assert not ParkedContract.objects.filter(resolved_in=None).exists()
    assert run.parked.count() == 0


def unpaid_then_passed(terms_code: str) -> tuple[Contract, Subscriber, Subscriber]:
    """May is unpaid; the contract passes on 2 June."""
    contract = things.contract(terms_code, 10000)
    things.bill(MAY)
    things.send_everything(JUNE)
    return contract, *transfer(contract, date(2025, 6, 2))


def nights(first: int, last: int) -> None:
    for day in range(first, last + 1):
        on = date(2025, 6, 27) + timedelta(days=day)
        run_arrears(on=on)
        things.send_everything(on)


@pytest.mark.article("hikari-line", "22")
def test_debts_that_passed_are_asked_of_the_transferee_and_suspend_the_line():
    contract, old, new = unpaid_then_passed("hikari-line")
    nights(0, 26)
    assert {notice.recipient for notice in Notice.objects.filter(occasion="payment_reminder")} == {new}
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    debt = old.billing_account.invoices.get()
    things.bill(JUNE)
    payment = things.record_payment(
        account=old.billing_account,
        amount=debt.total,
        paid_on=date(2025, 7, 24),
        method="bank_deposit",
        reference="by the transferee",
        by=things.people()[0],
        at=factories.at(date(2025, 7, 24), 15),
    )
    assert payment.allocated == debt.total
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


@pytest.mark.article("hikari-phone", "18")
def test_debts_that_stayed_behind_do_not_suspend_the_transferee_s_line():
    contract, old, _new = unpaid_then_passed("hikari-phone")
    nights(0, 40)
    assert {notice.recipient for notice in Notice.objects.filter(occasion="payment_reminder")} == {old}
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    assert not Suspension.objects.exists()


@pytest.mark.article("hikari-line", "別記2")
def test_a_successor_is_reminded_of_what_the_predecessor_owed():
    contract = things.contract("hikari-line", 10000)
    heir = corporation()
    things.bill(MAY)
    things.send_everything(JUNE)
    succeed_contract(
        contract=contract,
        successors=[heir],
        by=factories.staff(),
        on=date(2025, 6, 10),
        since=date(2025, 6, 3),
        cause=SubscriberChange.Cause.MERGER,
    )
    nights(0, 5)
    assert {notice.recipient for notice in Notice.objects.filter(occasion="payment_reminder")} == {heir}
