"""Promises to pay: they hold the steps on a debt, and once broken the steps go on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from billing.models import PaymentPromise
from billing.services.record_promise import record_promise
from billing.services.run_arrears import run_arrears
from contracts.models import Contract, Suspension
from notices.selectors import notices_about
from tests.billing import things

MAY = date(2025, 5, 1)
DUE = date(2025, 6, 27)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def after(days: int) -> date:
    return DUE + timedelta(days=days)


def unpaid(terms_code: str = "hikari-line") -> Contract:
    contract = things.contract(terms_code, 10000)
    things.bill(MAY)
    things.send_everything(date(2025, 6, 1))
    return contract


def nights(first: int, last: int) -> dict[int, dict[str, int]]:
    """Every night from one to another; those on which something happened."""
    found = {}
    for day in range(first, last + 1):
        if counts := run_arrears(on=after(day)):
            found[day] = counts
        things.send_everything(after(day))
    return found


def promise(contract: Contract, *, on: int, pay_by: int, **values) -> PaymentPromise:
    fields = {"writing": "7月10日付の書面"} | values
    return record_promise(
        invoice=things.invoice(contract), pay_by=after(pay_by), by=things.people()[0], on=after(on), **fields
    )


@pytest.mark.article("hikari-line", "34")
def test_a_promise_holds_every_step_up_to_its_day_and_a_broken_one_lets_them_go_on():
    contract = unpaid()
    promise(contract, on=3, pay_by=40)
    # The debt is reminded of first, then the notice of suspension, then ten days, as if the debt were that old already.
    assert nights(0, 60) == {41: {"reminder": 1}, 42: {"suspension_notice": 1}, 52: {"suspend": 1}}


def test_what_was_announced_is_withdrawn_and_announced_anew_when_the_promise_is_broken():
    contract = unpaid()
    nights(0, 20)
    promise(contract, on=20, pay_by=30)
    assert contract.suspensions.get().state == Suspension.State.WITHDRAWN
    assert nights(20, 50) == {31: {"suspension_notice": 1}, 41: {"suspend": 1}}


def test_a_promise_does_not_lift_a_suspension_and_holds_the_ending():
    contract = unpaid()
    nights(0, 26)
    promise(contract, on=30, pay_by=70)
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    assert nights(30, 75) == {71: {"ending_notice": 1}}


def test_a_promise_on_one_invoice_holds_no_step_on_another():
    contract = unpaid()
    record_promise(
        invoice=things.invoice(contract),
        pay_by=after(100),
        writing="書面",
        by=things.people()[0],
        on=after(1),
    )
    things.bill(date(2025, 6, 1))
    things.send_everything(after(5))
    # June falls due on 28 July (27 is a Sunday), thirty-one days after May did.
    assert list(nights(5, 60)) == [36, 47, 57]


def test_a_kept_promise_ends_it_all():
    contract = unpaid()
    made = promise(contract, on=3, pay_by=20)
    things.pay(contract, 11000, after(19))
    assert nights(0, 60) == {}
    made.refresh_from_db()
    made.invoice.refresh_from_db()
    assert (made.stands(after(19)), made.is_broken(after(60))) == (False, False)


def test_the_subscriber_is_told_what_was_agreed():
    contract = unpaid()
    made = promise(contract, on=3, pay_by=20)
    notice = notices_about(things.invoice(contract), "payment_promised").get()
    assert made.notice == notice
    assert (notice.facts["amount_due"], notice.facts["pay_by"]) == (11000, after(20).isoformat())
    assert (made.amount, made.is_broken(after(20)), made.is_broken(after(21))) == (11000, False, True)


@pytest.mark.parametrize(
    ("field", "values"),
    [("pay_by", {"pay_by": 3}), ("pay_by", {"pay_by": -5}), ("writing", {"writing": "  "})],
)
def test_bad_input_is_refused_at_its_field_and_changes_nothing(field, values):
    contract = unpaid()
    with pytest.raises(ValidationError) as refused:
        promise(contract, on=3, **({"pay_by": 20} | values))
    assert list(refused.value.message_dict) == [field]
    assert not PaymentPromise.objects.exists()


def test_what_is_paid_needs_no_promise():
    contract = unpaid()
    things.pay(contract, 11000, after(1))
    with pytest.raises(ValidationError, match="Nothing is owed"):
        promise(contract, on=3, pay_by=20)
