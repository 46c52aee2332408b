"""The books: whatever happens, the journal balances, agrees with invoices and payments, and a closed month stays closed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.db.utils import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.books.journal import Balance, csv_lines, entries, trial_balance, unbalanced
from billing.books.revenue import revenue_by_month, revenue_by_service
from billing.models import Charge, CreditNote, CreditNoteLine, Invoice, Payment, ReceivableEnd, Refund
from billing.selectors import balance_of
from billing.services.close_month import close_month, decide_reopening, propose_reopening
from billing.services.issue_credit_note import issue_credit_note
from billing.services.propose_supplement import approve_supplement, propose_supplement
from billing.services.refund_credit import approve_refund, propose_refund, reject_refund
from billing.services.undo_payment import undo_payment
from billing.services.write_off import approve_write_off, propose_write_off, reject_write_off
from contracts.services.change_product import change_product
from tests import factories
from tests.billing import things
from workflow.errors import NotPermitted, WrongState

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
ALWAYS = {"since": date(2000, 1, 1), "until": date(2100, 1, 1)}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def balances(**span) -> dict[str, int]:
    return {row.account: row.balance for row in trial_balance(**(ALWAYS | span))}


def billed(amount: int = 10000, terms_code: str = "hikari-line"):
    contract = things.contract(terms_code, amount)
    things.bill(MAY)
    return contract


def write_off(of, on: date) -> ReceivableEnd:
    proposer, approver = things.people()
    invoice = things.invoice(of)
    propose_write_off(invoice=invoice, by=proposer, at=factories.at(on), reason="所在不明")
    return approve_write_off(invoice=invoice, by=approver, at=factories.at(on))


def test_an_invoice_is_entered_with_its_revenue_and_its_tax():
    billed()
    assert balances() == {"receivable": 11000, "sales": -10000, "tax": -1000}


def test_a_payment_is_entered_when_it_is_recorded_and_stands_against_the_invoice():
    contract = billed()
    things.pay(contract, 12000, date(2025, 6, 27))
    assert balances() == {
        "bank": 12000,
        "received": -1000,
        "receivable": 0,
        "sales": -10000,
        "tax": -1000,
    }
    assert balances(until=date(2025, 6, 27)) == {"receivable": 11000, "sales": -10000, "tax": -1000}


def test_a_write_off_needs_a_second_person_and_ends_the_claim():
    contract = billed()
    proposer, approver = things.people()
    invoice = things.invoice(contract)
    at = factories.at(date(2025, 12, 1))
    propose_write_off(invoice=invoice, by=proposer, at=at, reason="所在不明")
    with pytest.raises(NotPermitted):
        approve_write_off(invoice=invoice, by=proposer, at=at)
    reject_write_off(invoice=invoice, by=approver, at=at, reason="まだ早い")
    with pytest.raises(WrongState):
        approve_write_off(invoice=invoice, by=approver, at=at)
    things.pay(contract, 1000, date(2025, 12, 1))
    ended = write_off(contract, date(2025, 12, 2))
    assert (ended.amount, things.invoice(contract).state) == (10000, Invoice.State.WRITTEN_OFF)
    assert balances()["bad_debt"] == 10000
    assert balances()["receivable"] == 0
    with pytest.raises(ValidationError, match="Nothing is owed"):
        propose_write_off(invoice=things.invoice(contract), by=proposer, at=at, reason="x")


def test_a_refund_needs_a_second_person_and_goes_no_further_than_the_credit():
    contract = billed()
    account = things.account(contract)
    proposer, approver = things.people()
    at = factories.at(date(2025, 7, 1))
    things.pay(contract, 15000, date(2025, 6, 27))
    with pytest.raises(ValidationError, match="4,000 yen can be paid back"):
        propose_refund(account=account, amount=4001, reason="過払い", by=proposer, at=at)
    refund = propose_refund(account=account, amount=4000, reason="過払い", by=proposer, at=at)
    with pytest.raises(NotPermitted):
        approve_refund(refund=refund, by=proposer, at=at)
    approve_refund(refund=refund, by=approver, at=at)
    assert (refund.state, refund.paid_on) == (Refund.State.PAID, date(2025, 7, 1))
    assert balance_of(account, on=date(2025, 7, 1)).credit == 0
    with pytest.raises(ValidationError, match="Nothing is left"):
        propose_refund(account=account, amount=1, reason="過払い", by=proposer, at=at)
    assert balances() == {"bank": 11000, "received": 0, "receivable": 0, "sales": -10000, "tax": -1000}


def test_credit_that_was_used_meanwhile_is_not_paid_back():
    contract = billed(3000)
    proposer, approver = things.people()
    at = factories.at(date(2025, 6, 27))
    things.pay(contract, 5000, date(2025, 6, 27))
    refund = propose_refund(account=things.account(contract), amount=1700, reason="x", by=proposer, at=at)
    things.bill(JUNE)  # its invoice takes the credit
    with pytest.raises(ValidationError, match="1,700 yen are missing"), transaction.atomic():
        approve_refund(refund=refund, by=approver, at=at)
    refund.refresh_from_db()
    assert refund.state == Refund.State.PROPOSED
    reject_refund(refund=refund, by=approver, at=at, reason="x")
    assert not Payment.objects.get().returns.exists()


def test_nothing_is_entered_into_a_closed_month():
    contract = billed()
    other = things.contract("hikari-line", 500)
    preparer, _approver = things.people()
    with pytest.raises(ValidationError, match="2025-06 is not over"):
        close_month(month=JUNE, by=preparer, at=factories.at(date(2025, 6, 30)))
    book = close_month(month=JUNE, by=preparer, at=factories.at(date(2025, 7, 1)))
    assert book.totals == {"receivable": [11000, 0], "sales": [0, 10000], "tax": [0, 1000]}
    with pytest.raises(IntegrityError, match="the books of 2025-06 are closed"), transaction.atomic():
        things.pay(contract, 11000, date(2025, 6, 30))
    with pytest.raises(IntegrityError, match="the books of that month are closed"), transaction.atomic():
        issue_in_june(other)
    things.pay(contract, 11000, date(2025, 7, 1))
    things.bill(JUNE)


def issue_in_june(contract):
    """An invoice that is issued with a day of the closed month."""
    run = Invoice.objects.first().run
    invoice = Invoice.objects.create(
        account=things.account(contract),
        terms_code=contract.terms_code,
        run=run,
        month=date(2025, 4, 1),
        recipient="x",
        address="x",
        registration_number="T1",
        total=0,
    )
    Invoice.objects.filter(pk=invoice.pk).update(
        state="issued", number="x", issued_on=date(2025, 6, 20), due_on=date(2025, 7, 20)
    )


def test_a_closed_month_is_opened_again_only_by_two_people():
    contract = billed()
    first, second = things.people()
    at = factories.at(date(2025, 7, 1))
    book = close_month(month=JUNE, by=first, at=at)
    propose_reopening(book=book, by=first, at=at, reason="入金の記録漏れ")
    with pytest.raises(NotPermitted):
        decide_reopening(book=book, by=first, at=at, approved=True)
    decide_reopening(book=book, by=second, at=at, approved=False, reason="不要")
    assert book.state == "closed"
    propose_reopening(book=book, by=first, at=at, reason="入金の記録漏れ")
    decide_reopening(book=book, by=second, at=at, approved=True)
    assert book.state == "open"
    things.pay(contract, 11000, date(2025, 6, 30))
    with pytest.raises(WrongState):
        propose_reopening(book=book, by=first, at=at, reason="x")


def test_the_export_has_every_side_of_every_entry_and_no_formula():
    contract = billed()
    payment = things.pay(contract, 11000, date(2025, 6, 27))
    undo_payment(payment=payment, by=things.people()[0], at=factories.at(date(2025, 6, 28)), reason="=1+1")
    lines = list(csv_lines(JUNE))
    assert lines[0].startswith("\ufeff")
    assert len(lines) == 1 + len(list(entries(since=JUNE, until=date(2025, 7, 1)))) == 1 + 3 + 2 + 2 + 2 + 2
    assert sum("'=1+1" in line for line in lines) == 2
    # Who and which invoice, by the numbers that stand on paper.
    asked, *_rest = [line.split(",") for line in lines if "売掛金" in line or "receivable" in line.lower()]
    assert asked[5:7] == [contract.subscriber.number, things.invoice(contract).number]


def test_revenue_is_shown_by_service_and_by_month():
    billed(10000)
    billed_isp = things.contract("isp-access", 2000)
    things.bill(JUNE)
    rows = {row.terms_code: row.net for row in revenue_by_service(date(2025, 7, 1))}
    assert rows == {"hikari-line": 10000, "isp-access": 2000}
    assert revenue_by_service(date(2025, 7, 1))[1].product == billed_isp.product.name
    assert revenue_by_month(until=date(2025, 7, 1), months=2) == [(JUNE, 10000), (date(2025, 7, 1), 12000)]


def test_revenue_is_of_the_product_that_a_contract_had_on_the_days_of_the_charge():
    contract = billed(10000)
    before, after = contract.product, factories.product("hikari-line")
    things.tariff(after, 4000)
    change_product(contract=contract, product=after, by=things.people()[0], on=date(2025, 8, 1))
    things.bill(JUNE)
    things.bill(date(2025, 8, 1))
    sold = {
        month: [(row.product, row.net) for row in revenue_by_service(month)]
        for month in (date(2025, 7, 1), date(2025, 9, 1))
    }
    assert sold == {date(2025, 7, 1): [(before.name, 10000)], date(2025, 9, 1): [(after.name, 4000)]}


def test_late_interest_and_what_is_a_partners_are_no_revenue_in_the_chart_either():
    contract = billed(10000)
    things.pay(contract, 11000, date(2025, 8, 20))
    things.bill(date(2025, 8, 1))
    charges = things.invoice(contract, date(2025, 8, 1)).charges
    assert charges.filter(kind="late_interest").exists()
    by_service = sum(row.net for row in revenue_by_service(date(2025, 9, 1)))
    assert revenue_by_month(until=date(2025, 9, 1), months=1) == [(date(2025, 9, 1), by_service)]
    assert by_service == charges.exclude(kind="late_interest").get().amount


# --- No yen lost or made -------------------------------------------------------------------------

EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), st.integers(1, 30000)),
        st.tuples(st.just("undo"), st.integers(0, 5)),
        st.tuples(st.just("refund"), st.integers(1, 30000)),
        st.tuples(st.just("write_off"), st.just(0)),
        st.tuples(st.just("credit"), st.integers(1, 30000)),
        st.tuples(st.just("supplement"), st.integers(1, 30000)),
        st.tuples(st.just("bill"), st.just(0)),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(amounts=st.lists(st.integers(1, 20000), min_size=1, max_size=2), events=EVENTS)
def test_no_yen_is_lost_or_made_whatever_happens(amounts, events):
    with transaction.atomic():
        _happen(amounts, events)
        _check()
        transaction.set_rollback(True)


def _happen(amounts, events):
    contracts = [things.contract("business-network", amount) for amount in amounts]
    things.bill(MAY)
    proposer, approver = things.people()
    day, month = date(2025, 6, 20), JUNE
    for number, (kind, value) in enumerate(events):
        contract = contracts[number % len(contracts)]
        account, at = things.account(contract), factories.at(day, 15)
        try:
            with transaction.atomic():
                if kind == "pay":
                    things.pay(contract, value, day)
                elif kind == "undo":
                    payments = list(account.payments.filter(returned=0))
                    if payments:
                        undo_payment(payment=payments[value % len(payments)], by=proposer, at=at, reason="x")
                elif kind == "refund":
                    refund = propose_refund(account=account, amount=value, reason="x", by=proposer, at=at)
                    approve_refund(refund=refund, by=approver, at=at)
                elif kind == "write_off":
                    invoice = account.invoices.filter(state="issued").first()
                    if invoice:
                        propose_write_off(invoice=invoice, by=proposer, at=at, reason="x")
                        approve_write_off(invoice=invoice, by=approver, at=at)
                elif kind in ("credit", "supplement"):
                    line = (
                        Charge.objects.filter(invoice__account=account).exclude(invoice__state="draft").last()
                    )
                    assert line is not None
                    if kind == "credit":
                        issue_credit_note(
                            invoice=line.invoice, amounts={line.pk: value}, by=proposer, at=at, reason="x"
                        )
                    else:
                        supplement = propose_supplement(
                            charge=line, amount=value, by=proposer, at=at, reason="x"
                        )
                        approve_supplement(supplement=supplement, by=approver, at=at)
                else:
                    things.bill(month)
                    day, month = (
                        max(day, date(month.year, month.month + 1, 2)),
                        date(month.year, month.month + 1, 1),
                    )
        except ValidationError:
            pass  # what is refused changes nothing
        day += timedelta(9)


def _check():
    assert unbalanced() == []
    found: dict[str, int] = balances()
    assert sum(found.values()) == 0
    invoices = Invoice.objects.exclude(state="draft")
    # The ledger's receivables are what is open on invoices.
    owed = invoices.filter(state="issued").aggregate(sum=Sum(F("total") - F("paid")))["sum"] or 0
    assert found.get("receivable", 0) == owed
    # Payments received and not used are the credit of the accounts.
    left = Payment.objects.aggregate(sum=Sum(F("amount") - F("allocated") - F("returned")))["sum"] or 0
    assert -found.get("received", 0) == left
    # Revenue and tax are what the invoices ask for.
    asked = invoices.aggregate(sum=Sum("total"))["sum"] or 0
    asked -= CreditNote.objects.aggregate(sum=Sum("total"))["sum"] or 0
    assert -sum(found.get(name, 0) for name in ("sales", "interest", "tax")) == asked
    charged = Charge.objects.filter(invoice__in=invoices).aggregate(sum=Sum("amount"))["sum"] or 0
    charged -= CreditNoteLine.objects.aggregate(sum=Sum("amount"))["sum"] or 0
    assert -(found.get("sales", 0) + found.get("interest", 0)) == charged


def test_a_balance_is_debit_above_credit():
    assert Balance("bank", 10, 4).balance == 6
