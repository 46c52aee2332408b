"""Transfers and successions that are entered after their days were billed: each pays for the days they had the contract."""

from datetime import date, timedelta

import pytest

from billing.books.journal import unbalanced
from billing.explain import explain_charge
from billing.models import Charge, CreditNote, Invoice, Relief
from billing.services.bill_at_once import approve_bill, propose_bill
from billing.services.settle_late_changes import settle_late_changes
from billing.services.void_invoice import void_invoice
from contracts.models import Contract, Outage, Product, Subscriber, SubscriberChange
from contracts.services.succeed_contract import succeed_contract
from contracts.services.transfer_contract import transfer_contract
from tests import factories
from tests.billing import things
from tests.billing.chunks.test_gather import moment
from tests.billing.services.test_passed_contracts import bases, corporation, transfer

MAY, JUNE, JULY, AUGUST = (date(2025, month, 1) for month in (5, 6, 7, 8))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def settle() -> int:
    return settle_late_changes(by=things.people()[0], at=factories.at(date(2025, 7, 5)))


def credited(contract: Contract) -> list[int]:
    """Net yen given back on invoices on which the contract stands."""
    notes = CreditNote.objects.filter(invoice__charges__contract=contract).distinct().order_by("pk")
    return [sum(line.amount for line in note.lines.all()) for note in notes]


@pytest.mark.article("hikari-phone", "18")
def test_days_after_a_late_transfer_go_back_to_the_one_and_are_charged_to_the_other():
    contract = things.contract("hikari-phone", 3000)
    things.bill(MAY)
    things.bill(JUNE)
    old, new = transfer(contract, date(2025, 5, 22))
    things.bill(JULY)
    # May: 21 days of 31 stay; 10 days and all of June are the other's.
    stay = 3000 * 21 // 31
    assert sorted(credited(contract)) == sorted([3000 - stay, 3000])
    assert bases(new) == [
        (date(2025, 5, 22), JUNE, 3000 * 10 // 31),
        (JUNE, JULY, 3000),
        (JULY, AUGUST, 3000),
    ]
    assert things.invoice(contract, JULY).charges.count() == 3
    assert Invoice.objects.get(account=old.billing_account, month=MAY).open_amount == stay + stay // 10
    assert unbalanced() == []
    moved = Charge.objects.get(account=new.billing_account, period__startswith=date(2025, 5, 22))
    told = explain_charge(moved)
    assert (moved.days, moved.of_days) == (10, 31)
    assert "10" in str(told["steps"])


@pytest.mark.article("hikari-line", "22")
def test_where_the_debts_pass_the_days_before_stay_asked_of_the_one_who_had_them():
    contract = things.contract("hikari-line", 3100)
    things.bill(MAY)
    old, new = transfer(contract, date(2025, 5, 11))
    assert settle() == 1
    assert credited(contract) == [3100 - 1000]
    things.bill(JUNE)
    assert bases(new) == [(date(2025, 5, 11), JUNE, 2100), (JUNE, JULY, 3100)]
    assert bases(old) == [(MAY, JUNE, 3100)]


@pytest.mark.parametrize(
    "terms_code",
    [
        pytest.param("isp-access", marks=pytest.mark.article("isp-access", "14")),
        pytest.param("business-network", marks=pytest.mark.article("business-network", "11")),
    ],
)
def test_fees_that_fall_due_whole_are_moved_from_the_first_that_begins_after_the_change(terms_code):
    contract = things.contract(terms_code, 5000, cycle_day=1)
    things.bill(MAY)
    things.bill(JUNE)
    _old, new = transfer(contract, date(2025, 5, 22))
    assert settle() == 1
    assert credited(contract) == [5000]
    assert bases(new) == [(JUNE, JULY, 5000)]


def test_a_succession_that_is_reported_late_is_settled_alike_with_its_options():
    contract = things.contract("hikari-phone", 3000)
    option = factories.product("hikari-phone", kind=Product.Kind.OPTION)
    things.tariff(option, 310)
    contract.options.create(product=option, starts_on=date(2025, 4, 1))
    things.bill(MAY)
    heir = corporation()
    succeed_contract(
        contract=contract, successors=[heir], by=factories.staff(), on=date(2025, 6, 10), since=date(2025, 5, 22),
        cause=SubscriberChange.Cause.MERGER,
    )  # fmt: skip
    assert settle() == 2
    found = Charge.objects.filter(account__subscriber=heir).values_list("kind", "amount")
    assert set(found) == {("base", 3000 * 10 // 31), ("option", 100)}


def test_what_was_paid_too_much_stays_on_the_account_of_who_paid_it():
    contract = things.contract("hikari-phone", 3000)
    account = things.account(contract)
    things.bill(MAY)
    things.pay(contract, 3300, date(2025, 6, 20))
    transfer(contract, MAY)
    assert settle() == 1
    assert sum(payment.unallocated for payment in account.payments.all()) == 3300
    assert Invoice.objects.get(month=MAY).open_amount == 0


def test_it_is_settled_once_and_a_change_that_came_in_time_moves_nothing():
    in_time, late = things.contract("hikari-phone", 3000), things.contract("hikari-phone", 3000)
    transfer(in_time, date(2025, 5, 11))
    whole = things.contract("isp-access", 5000)
    transfer(whole, date(2025, 5, 11))
    things.bill(MAY)
    transfer(late, date(2025, 5, 22))
    assert [settle(), settle()] == [1, 0]
    assert (credited(in_time), credited(whole), len(credited(late))) == ([], [], 1)


def test_two_late_changes_share_the_days_among_three():
    contract = things.contract("hikari-phone", 3100)
    things.bill(MAY)
    first, second = transfer(contract, date(2025, 5, 11))
    _second, third = transfer(contract, date(2025, 5, 21))
    assert settle() == 2
    assert credited(contract) == [2100]
    assert bases(first) == [(MAY, JUNE, 3100)]
    assert bases(second) == [(date(2025, 5, 11), date(2025, 5, 21), 1000)]
    assert bases(third) == [(date(2025, 5, 21), JUNE, 1100)]


def test_what_was_moved_is_divided_again_by_a_change_that_comes_later_still():
    contract = things.contract("hikari-phone", 3100)
    things.bill(MAY)
    transfer(contract, date(2025, 5, 11))
    assert settle() == 1
    second, third = transfer(contract, date(2025, 5, 21))
    assert [settle(), settle()] == [1, 0]
    assert bases(second) == [(date(2025, 5, 11), JUNE, 2100)]
    assert bases(third) == [(date(2025, 5, 21), JUNE, 1100)]
    back = second.billing_account.charges.get(kind=Charge.Kind.ADJUSTMENT)
    assert back.amount == -1100
    things.bill(JUNE)
    assert Invoice.objects.get(account=third.billing_account).total == (1100 + 3100) * 11 // 10
    assert unbalanced() == []


@pytest.mark.article("hikari-line", "通則1,2")
def test_days_that_were_billed_at_once_are_divided_as_those_of_a_run():
    contract = things.contract("hikari-line", 3000)
    things.bill(MAY)
    proposer, approver = things.people()
    at = factories.at(date(2025, 6, 11))
    bill = propose_bill(contract=contract, through=date(2025, 6, 10), reason="長期不在", by=proposer, at=at)
    approve_bill(bill=bill, by=approver, at=at)
    _old, new = transfer(contract, date(2025, 6, 6))
    assert [settle(), settle()] == [1, 0]
    assert credited(contract) == [500]
    assert bases(new) == [(date(2025, 6, 6), date(2025, 6, 11), 500)]
    things.bill(JUNE)
    assert bases(new) == [
        (date(2025, 6, 6), date(2025, 6, 11), 500),
        (date(2025, 6, 11), JULY, 2000),
    ]


def test_days_on_an_invoice_in_place_of_a_void_one_are_divided_too():
    contract = things.contract("hikari-phone", 3100)
    things.bill(MAY)
    by, _approver = things.people()
    at = factories.at(date(2025, 6, 5))
    void_invoice(invoice=things.invoice(contract), by=by, at=at, reason="宛名の誤り", reissue=True)
    _old, new = transfer(contract, date(2025, 5, 11))
    assert settle() == 1
    assert credited(contract) == [3100, 2100]
    assert bases(new) == [(date(2025, 5, 11), JUNE, 2100)]


def test_one_who_got_it_back_keeps_what_is_charged_for_their_own_days():
    contract = things.contract("hikari-phone", 3000)
    owner = contract.subscriber
    _owner, other = transfer(contract, date(2025, 4, 10))
    transfer_contract(
        contract=contract, transferee=owner, by=factories.staff(), on=MAY, effective_on=date(2025, 4, 20)
    )
    things.bill(MAY)
    assert settle() == 0
    assert [row[:2] for row in bases(owner)] == [(MAY, JUNE)]
    assert bases(other) == []


def outage(contract: Contract, first: date, days: int) -> None:
    down = moment(first)
    Outage.objects.create(line=contract.line, down=down, known=down, restored=down + timedelta(days=days))


def given_back(of: Subscriber) -> list[int]:
    found = Charge.objects.filter(account__subscriber=of, kind=Charge.Kind.OUTAGE_CREDIT)
    return [charge.amount for charge in found.order_by("period")]


@pytest.mark.article("hikari-phone", "18")
@pytest.mark.article("hikari-phone", "37")
def test_what_an_outage_gave_back_after_the_transfer_goes_to_who_had_the_contract_then():
    contract = things.contract("hikari-phone", 3100)
    outage(contract, date(2025, 5, 3), 1)
    outage(contract, date(2025, 5, 20), 2)
    things.bill(MAY)
    old, new = transfer(contract, date(2025, 5, 11))
    assert settle() == 2
    # Ten days stay, with the day of outage in them; of what is given back, two days were given already.
    assert credited(contract) == [2100 - 200]
    assert given_back(old) == [-100, -200]
    assert given_back(new) == [-200]
    moved = Charge.objects.get(account=new.billing_account, kind=Charge.Kind.OUTAGE_CREDIT)
    assert (moved.period.lower, moved.article) == (date(2025, 5, 20), "hikari-phone 37")
    assert explain_charge(moved)["steps"]
    assert Invoice.objects.get(account=old.billing_account).open_amount == 900 + 90
    things.bill(JUNE)
    assert Invoice.objects.get(account=new.billing_account).total == (2100 - 200 + 3100) * 11 // 10
    assert settle() == 0
    assert unbalanced() == []


def test_an_invoice_that_an_outage_made_smaller_gives_back_no_more_than_it_asked_for():
    contract = things.contract("hikari-phone", 3100)
    outage(contract, date(2025, 5, 20), 2)
    things.bill(MAY)
    old, new = transfer(contract, MAY)
    assert settle() == 2
    assert credited(contract) == [2900]
    assert Invoice.objects.get(account=old.billing_account).open_amount == 0
    things.bill(JUNE)
    assert not old.billing_account.charges.filter(kind=Charge.Kind.ADJUSTMENT).exists()
    assert Invoice.objects.get(account=new.billing_account).total == (3100 - 200 + 3100) * 11 // 10


@pytest.mark.article("isp-access", "14")
@pytest.mark.article("isp-access", "29")
def test_a_credit_that_came_without_its_fee_is_owed_back_with_the_next_invoice():
    contract = things.contract("isp-access", 6200, cycle_day=1)
    outage(contract, date(2025, 5, 20), 2)
    things.bill(MAY)
    old, new = transfer(contract, date(2025, 5, 11))
    assert settle() == 1
    assert credited(contract) == []
    assert (given_back(old), given_back(new)) == ([-400], [-400])
    things.bill(JUNE)
    owed = Charge.objects.get(account=old.billing_account, kind=Charge.Kind.ADJUSTMENT)
    assert owed.invoice is not None
    assert (owed.amount, owed.article, owed.invoice.total) == (400, "isp-access 29", 440)
    assert Invoice.objects.get(account=new.billing_account).total == (6200 - 400) * 11 // 10
    assert (settle(), unbalanced()) == (0, [])


@pytest.mark.article("hikari-phone", "18")
@pytest.mark.article("hikari-phone", "37")
def test_what_waits_for_an_invoice_because_more_was_given_back_is_put_right_too():
    contract = things.contract("hikari-phone", 3100)
    things.bill(MAY)
    outage(contract, date(2025, 5, 20), 41)
    things.bill(JUNE)
    waiting = things.account(contract).charges.filter(invoice__isnull=True)
    (credit, fee) = waiting.order_by("amount").values_list("amount", flat=True)
    assert -4200 < credit < -fee
    old, new = transfer(contract, date(2025, 5, 11))
    settle()
    assert sum(old.billing_account.charges.filter(invoice__isnull=True).values_list("amount", flat=True)) == 0
    assert given_back(new) == [credit]
    assert bases(new) == [(date(2025, 5, 11), JUNE, 2100), (JUNE, JULY, fee)]
    assert credited(contract) == [2100]
    corrections = old.billing_account.charges.filter(kind=Charge.Kind.ADJUSTMENT).order_by("amount")
    assert [(row.amount, row.article) for row in corrections] == [
        (-fee, "hikari-phone 37"),
        (-credit, "hikari-phone 37"),
    ]
    assert settle() == 0


@pytest.mark.article("hikari-line", "22")
def test_a_relief_goes_with_the_days_it_was_for():
    contract = things.contract("hikari-line", 3100)
    Relief.objects.create(
        terms_code="hikari-line", when="disaster", covers=["charges"], percent=50, since=MAY, through=date(2025, 5, 31),
        reason="地震", article="hikari-line 44", granted_on=MAY,
    )  # fmt: skip
    things.bill(MAY)
    old, new = transfer(contract, date(2025, 5, 11))
    assert settle() == 2
    assert credited(contract) == [2100 - 1050]
    charged = Charge.objects.filter(account=new.billing_account).values_list("kind", "amount")
    assert sorted(charged) == [("base", 2100), ("relief", -1050)]
    assert bases(old) == [(MAY, JUNE, 3100)]
