"""Unpaid debts, night by night: reminder, notice, suspension, ending; and what a payment or a dispute undoes."""

from datetime import date, timedelta

import pytest

from billing.models import ArrearsStep, Invoice
from billing.services.close_dispute import close_dispute
from billing.services.open_dispute import open_dispute
from billing.services.run_arrears import run_arrears
from contracts.models import Contract, Suspension
from contracts.services.carry_out_endings import carry_out_endings
from notices.models import Notice
from notices.selectors import notices_about
from tests import factories
from tests.billing import things
from workflow.errors import WrongState

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
DUE = date(2025, 6, 27)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def after(days: int) -> date:
    return DUE + timedelta(days=days)


def unpaid(terms_code: str = "hikari-line", amount: int = 10000, **fields) -> Contract:
    contract = things.contract(terms_code, amount, **fields)
    things.bill(MAY)
    things.send_everything(date(2025, 6, 1))
    return contract


def night(day: int, *, send: bool = True) -> dict[str, int]:
    """The arrears of a day, ``day`` days after the due date; then the worker sends what was written."""
    counts = run_arrears(on=after(day))
    if send:
        things.send_everything(after(day))
    return counts


def nights(first: int, last: int) -> dict[int, dict[str, int]]:
    """Every night from one to another; those on which something happened."""
    return {day: counts for day in range(first, last + 1) if (counts := night(day))}


def kinds(of: Contract) -> list[str]:
    steps = ArrearsStep.objects.filter(invoice__account=things.account(of)).order_by("id")
    return list(steps.values_list("kind", flat=True))


SUSPENDING = [
    pytest.param("hikari-line", marks=pytest.mark.article("hikari-line", "34")),
    pytest.param("hikari-phone", marks=pytest.mark.article("hikari-phone", "27")),
    pytest.param("isp-access", marks=pytest.mark.article("isp-access", "23")),
]


@pytest.mark.parametrize("terms_code", SUSPENDING)
def test_a_debt_goes_from_the_reminder_to_the_ending_in_the_operators_days(terms_code):
    contract = unpaid(terms_code)
    assert nights(0, 70) == {
        5: {"reminder": 1},
        16: {"suspension_notice": 1},
        26: {"suspend": 1},
        56: {"ending_notice": 1},
    }
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDING
    assert contract.ends_on == after(70)
    carry_out_endings(on=after(71))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDED
    assert kinds(contract) == ["reminder", "suspension_notice", "suspension", "ending_notice"]


def test_each_step_keeps_its_proof_its_article_and_its_notice():
    contract = unpaid()
    nights(0, 26)
    reminder, notice, suspension = ArrearsStep.objects.order_by("id")
    assert (reminder.article, notice.article, suspension.article) == (
        "hikari-line 34",
        "hikari-line 34-2",
        "hikari-line 34-1(1)",
    )
    assert suspension.proof["owed"] == 11000
    assert suspension.suspension == contract.suspensions.get()
    assert notice.notice.facts["starts_on"] == after(26).isoformat()
    assert notice.notice.facts["until_paid"] is True
    assert notices_about(things.invoice(contract), "payment_reminder").get() == reminder.notice


@pytest.mark.article("business-network", "10")
def test_a_document_without_suspension_goes_from_the_reminder_to_a_demand_and_the_ending():
    contract = unpaid("business-network")
    assert nights(0, 60) == {
        5: {"reminder": 1},
        35: {"ending_notice": 1},
        49: {"ending": 1},
        # With the ground of the ending all debts fell due (10-2), those not billed yet too.
        50: {"unbilled_fell_due": 1},
    }
    assert kinds(contract) == ["reminder", "ending_notice", "ending"]
    assert not Suspension.objects.exists()
    demand = ArrearsStep.objects.get(kind=ArrearsStep.Kind.ENDING_NOTICE).notice
    assert (demand.occasion, demand.facts["perform_by"]) == ("performance_demanded", after(48).isoformat())
    # What is demanded is the payment, and not what is the matter.
    assert "求める内容　：2025年5月分の料金のお支払い（未払額" in demand.body
    ending = contract.endings.get()
    assert (ending.article, ending.ends_on) == ("business-network 10-1(7)", after(49))


def test_nothing_happens_twice_in_one_night():
    unpaid()
    nights(0, 15)
    assert night(16) == {"suspension_notice": 1}
    assert night(16) == {}


@pytest.mark.article("hikari-line", "34")
def test_a_line_is_not_cut_before_its_notice_was_dispatched():
    contract = unpaid()
    nights(0, 15)
    assert night(16, send=False) == {"suspension_notice": 1}
    assert [night(day, send=False) for day in range(17, 40)] == [{}] * 23
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    things.send_everything(after(40))
    night(41)
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE  # ten days must pass after the dispatch
    nights(42, 50)
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED


def test_who_has_paid_is_not_warned():
    contract = unpaid()
    things.pay(contract, 11000, after(3))
    assert nights(0, 60) == {}


def test_nobody_is_suspended_who_owes_nothing():
    contract = things.contract("hikari-line", 0)
    things.bill(MAY)
    assert nights(0, 60) == {}
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_a_small_debt_is_only_reminded_of():
    things.ArrearsPolicy.objects.update(minimum=500)
    unpaid(amount=400)
    assert nights(0, 60) == {5: {"reminder": 1}}


def test_a_payment_after_the_notice_withdraws_the_suspension():
    contract = unpaid()
    nights(0, 20)
    things.pay(contract, 11000, after(20))
    suspension = contract.suspensions.get()
    assert suspension.state == Suspension.State.WITHDRAWN
    assert notices_about(suspension, "suspension_withdrawn").exists()
    assert nights(21, 60) == {}


@pytest.mark.parametrize("terms_code", SUSPENDING)
def test_a_payment_lifts_the_suspension_at_once(terms_code):
    contract = unpaid(terms_code)
    nights(0, 30)
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    things.pay(contract, 11000, after(31))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    suspension = contract.suspensions.get()
    assert (suspension.state, suspension.lifted_on) == (Suspension.State.LIFTED, after(31))
    assert kinds(contract)[-1] == "lift"
    assert nights(32, 60) == {}


def test_a_part_of_the_debt_does_not_lift_the_suspension():
    contract = unpaid()
    nights(0, 30)
    things.pay(contract, 10999, after(31))
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    things.pay(contract, 1, after(32))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_a_payment_before_the_last_day_takes_the_ending_back():
    contract = unpaid()
    nights(0, 60)
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDING
    things.pay(contract, 11000, after(60))
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ACTIVE, None)
    carry_out_endings(on=after(80))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_a_disputed_debt_is_left_alone_and_what_was_announced_is_withdrawn():
    contract = unpaid()
    nights(0, 20)
    dispute = open_dispute(
        invoice=things.invoice(contract), by=things.people()[0], on=after(20), reason="料金が違う"
    )
    assert contract.suspensions.get().state == Suspension.State.WITHDRAWN
    assert nights(21, 60) == {}
    close_dispute(dispute=dispute, by=things.people()[0], on=after(61), outcome="料金は正しい")
    assert night(62) == {"suspension_notice": 1}
    with pytest.raises(WrongState):
        close_dispute(dispute=dispute, by=things.people()[0], on=after(63), outcome="もう一度")


def test_a_payment_in_the_same_moment_stops_the_step(monkeypatch):
    """The facts are read again, under lock, right before a step is carried out."""
    contract = unpaid()
    nights(0, 25)
    import billing.services.run_arrears as module

    real, paid = module.cases, []

    def cases(*, on, accounts=None):
        found = list(real(on=on, accounts=accounts))
        if not paid:
            paid.append(things.pay(contract, 11000, after(26)))
        return found

    monkeypatch.setattr(module, "cases", cases)
    assert night(26) == {}
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_a_dispute_in_the_same_moment_stops_the_step(monkeypatch):
    contract = unpaid()
    nights(0, 25)
    import billing.services.run_arrears as module

    real, opened = module.cases, []

    def cases(*, on, accounts=None):
        found = list(real(on=on, accounts=accounts))
        if not opened:
            invoice = things.invoice(contract)
            opened.append(open_dispute(invoice=invoice, by=things.people()[0], on=on, reason="料金が違う"))
        return found

    monkeypatch.setattr(module, "cases", cases)
    assert night(26) == {}
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_a_dispute_does_not_lift_a_suspension_that_is_in_force():
    contract = unpaid()
    nights(0, 30)
    open_dispute(invoice=things.invoice(contract), by=things.people()[0], on=after(31), reason="料金が違う")
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    assert nights(32, 60) == {}  # nor does it go on to the ending


def test_one_bad_case_does_not_stop_the_others(monkeypatch):
    bad, good = things.contract(), things.contract()
    things.bill(MAY)
    import billing.services.run_arrears as module

    real = module.take_arrears_step

    def step(*, case, on):
        if case.account_id == things.account(bad).pk:
            raise RuntimeError("broken")
        return real(case=case, on=on)

    monkeypatch.setattr(module, "take_arrears_step", step)
    assert night(5) == {"held": 1, "reminder": 1}
    assert kinds(good) == ["reminder"]


def test_a_contract_that_has_ended_is_only_reminded_of_its_debt():
    contract = things.contract(ends_on=date(2025, 5, 20), state=Contract.State.ENDED)
    things.bill(MAY)
    assert nights(0, 60) == {5: {"reminder": 1}}
    assert things.invoice(contract).state == Invoice.State.ISSUED


def test_only_the_contracts_of_the_unpaid_document_are_suspended():
    line = unpaid("hikari-line")
    phone = things.contract("hikari-phone", 1300, subscriber=line.subscriber)
    nights(0, 30)
    line.refresh_from_db()
    phone.refresh_from_db()
    assert (line.state, phone.state) == (Contract.State.SUSPENDED, Contract.State.ACTIVE)


@pytest.mark.article("hikari-line", "38")
def test_a_suspended_month_is_charged_because_the_document_says_so():
    contract = unpaid()
    nights(0, 30)
    things.bill(date(2025, 7, 1)) if things.bill(JUNE) else None
    assert things.invoice(contract, date(2025, 7, 1)).charges.filter(kind="base").get().amount == 10000


def test_the_reminder_of_a_letter_waits_for_the_print_before_anything_follows():
    contract = unpaid(subscriber=factories.subscriber(channel="letter"))
    for day in range(40):
        night(day, send=False)
    assert kinds(contract) == ["reminder"]
    assert Notice.objects.get(occasion="payment_reminder").state == Notice.State.QUEUED
