"""Refunds, write-offs and the books on the screen: two people, each with the button that is theirs."""

import json
from datetime import date

import pytest

from billing.models import BookMonth, Invoice, Refund
from contracts.models import Contract
from tests import factories
from tests.admin.pressing import buttons, done, errors, press
from tests.admin.world import TERMS, TODAY, member
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def billed(clock: object) -> Contract:
    """A contract whose August was invoiced and is unpaid."""
    things.standing()
    contract = things.contract(TERMS)
    things.bill(date(2025, 8, 1))
    return contract


@pytest.fixture
def two(roles, signed_in):
    """Two people of billing."""
    other = factories.staff()
    other.groups.set(member("billing").groups.all())
    return [signed_in(member("billing")), signed_in(other)]


def test_a_refund_is_proposed_by_one_and_paid_back_by_another(two, billed):
    first, second = two
    things.pay(billed, 50000, TODAY)
    account = things.account(billed)
    assert "amount" in first.get(f"/staff/billing/billingaccount/{account.pk}/do/refund/").content.decode()
    assert errors(press(first, account, "refund", amount=60000, reason="過払い"), "amount")
    assert done(press(first, account, "refund", amount=1000, reason="過払い"))
    refund = Refund.objects.get()
    assert buttons(first, refund) == []
    assert buttons(second, refund) == ["approve", "reject"]
    assert done(press(second, refund, "approve"))
    refund.refresh_from_db()
    assert refund.state == Refund.State.PAID


def test_a_claim_is_written_off_by_two(two, billed):
    first, second = two
    invoice = things.invoice(billed)
    assert done(press(first, invoice, "propose-write-off", reason="所在不明"))
    assert "write-off" not in buttons(first, invoice)
    assert done(press(second, invoice, "write-off"))
    assert things.invoice(billed).state == Invoice.State.WRITTEN_OFF


def test_a_month_is_looked_at_closed_exported_and_opened_again_by_two(two, billed):
    first, second = two
    assert done(press(first, BookMonth, "look", month="2025-09"))
    book = BookMonth.objects.get()
    response = first.get(f"/staff/billing/bookmonth/{book.pk}/change/")
    page = response.content.decode()
    assert "売掛金" in page
    assert 'class="chart"' in page
    assert "−¥" in page  # the minus sign stands before the currency
    assert json.loads(response.context["ageing_chart"])["datasets"][0]["suffixYAxis"] == "千円"
    exported = b"".join(first.get(f"/staff/billing/bookmonth/{book.pk}/csv/").streaming_content).decode()
    assert "売掛金" in exported
    assert done(press(first, book, "close"))
    assert buttons(first, book) == ["propose-reopening"]
    assert done(press(first, book, "propose-reopening", reason="記録漏れ"))
    assert buttons(first, book) == []
    assert buttons(second, book) == ["reopen", "keep-closed"]
    assert done(press(second, book, "reopen"))
    book.refresh_from_db()
    assert book.state == BookMonth.State.OPEN


def test_reception_closes_no_month(with_role):
    assert press(with_role("reception"), BookMonth, "look", month="2025-09").status_code == 403
