"""A billing month from end to end, on PostgreSQL."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from billing.models import BillingRun, Charge, Invoice, InvoiceTax, ParkedContract, RunChunk
from billing.services.abandon_run import abandon_run
from billing.services.approve_run import approve_run
from billing.services.issue_run import issue_run
from billing.services.prepare_run import prepare_run
from billing.services.rate_chunk import rate_chunk
from billing.services.rate_run import rate_run
from billing.services.retry_parked import retry_parked
from contracts.models import Contract, Partner, Product
from notices.models import Notice
from notices.selectors import notices_about
from terms.calendar import Month
from tests import factories
from tests.billing import things
from workflow.errors import NotPermitted, WrongState
from workflow.models import StateChange
from workflow.selectors import state_changes_of

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def at(month: date):
    return factories.at(Month.of(month).end, 9)


def prepared(month: date = JUNE) -> BillingRun:
    return prepare_run(month=month, by=things.people()[0], at=at(month))


def in_review(month: date = JUNE) -> BillingRun:
    run = prepared(month)
    return rate_run(run=run, by=things.people()[0], at=at(month), here=True)


def test_a_month_becomes_an_issued_invoice_with_its_charges_and_tax():
    contract = things.contract("hikari-line", 6000)
    run = things.bill(JUNE)
    invoice = things.invoice(contract)
    assert (run.state, run.invoices_count, run.net, run.tax) == (BillingRun.State.ISSUED, 1, 6000, 600)
    assert (invoice.state, invoice.number, invoice.total) == (Invoice.State.ISSUED, "202506-000001", 6600)
    assert (invoice.issued_on, invoice.due_on) == (date(2025, 7, 1), date(2025, 7, 28))
    assert (invoice.recipient, invoice.registration_number) == (contract.subscriber.name, "T7123456789012")
    assert invoice.address == contract.subscriber.full_address
    charge = invoice.charges.get()
    assert (charge.contract, charge.amount, charge.article, charge.run) == (
        contract,
        6000,
        "hikari-line 38",
        run,
    )
    assert (charge.period.lower, charge.period.upper, charge.days) == (JUNE, JULY, 30)
    assert charge.explanation == [
        {
            "text": "charge_whole",
            "article": "hikari-line 38",
            "amount": 6000,
            "from": "2025-06-01",
            "to": "2025-07-01",
            "days": 30,
        }
    ]


@pytest.mark.parametrize(
    ("terms_code", "nets"),
    [
        pytest.param("hikari-line", [4200, 6000, 6000, 4000], marks=pytest.mark.article("hikari-line", "38")),
        pytest.param(
            "hikari-phone", [4200, 6000, 6000, 3800], marks=pytest.mark.article("hikari-phone", "37")
        ),
        pytest.param("isp-access", [6000, 6000, 6000], marks=pytest.mark.article("isp-access", "29")),
        pytest.param(
            "business-network", [6000, 6000, 6000, 6000], marks=pytest.mark.article("business-network", "8")
        ),
    ],
)
def test_a_summer_of_service_is_invoiced_as_the_document_says(terms_code, nets):
    contract = things.contract(
        terms_code, start=date(2025, 6, 10), ends_on=date(2025, 9, 20), state=Contract.State.ENDED
    )
    for month in (6, 7, 8, 9):
        things.bill(date(2025, month, 1))
    found = Charge.objects.filter(contract=contract).order_by("period").values_list("amount", flat=True)
    assert list(found) == nets


def test_a_second_run_of_the_same_month_adds_nothing():
    things.contract()
    first = things.bill(JUNE)
    counts = Charge.objects.count(), Invoice.objects.count(), Notice.objects.count()
    assert things.bill(JUNE) == first
    assert (Charge.objects.count(), Invoice.objects.count(), Notice.objects.count()) == counts
    with pytest.raises(ValidationError, match="already"):
        prepared(JUNE)


def test_a_chunk_that_is_rated_twice_adds_nothing():
    things.contract()
    run = prepared()
    rate_run(run=run, by=things.people()[0], at=at(JUNE))
    chunk = run.chunks.get()
    assert rate_chunk(chunk_id=chunk.pk, at=at(JUNE)) is True
    assert rate_chunk(chunk_id=chunk.pk, at=at(JUNE)) is False
    assert Charge.objects.count() == 1


def test_a_chunk_that_lost_its_mark_still_adds_nothing():
    """As if somebody had mended the table by hand: the constraints hold, and what is there is left alone."""
    contract = things.contract()
    run = in_review()
    BillingRun.objects.filter(pk=run.pk).update(state=BillingRun.State.RATING)
    RunChunk.objects.update(done_at=None)
    assert rate_chunk(chunk_id=run.chunks.get().pk, at=at(JUNE)) is True
    assert Charge.objects.get().invoice == things.invoice(contract)
    assert InvoiceTax.objects.get().net == 6000


def test_what_is_new_when_a_chunk_is_rated_again_waits_where_the_month_has_its_invoice():
    contract = things.contract()
    run = in_review()
    item = factories.product("hikari-line", kind=Product.Kind.OPTION)
    things.tariff(item, 300)
    factories.option(contract, product=item)
    BillingRun.objects.filter(pk=run.pk).update(state=BillingRun.State.RATING)
    RunChunk.objects.update(done_at=None)
    rate_chunk(chunk_id=run.chunks.get().pk, at=at(JUNE))
    assert things.invoice(contract).charges.get().amount == 6000
    assert Charge.objects.get(invoice__isnull=True).amount == 300


def test_numbers_run_without_gaps_over_chunks_and_a_crash(monkeypatch):
    monkeypatch.setattr("billing.services.prepare_run.ACCOUNTS_A_CHUNK", 2)
    for _ in range(5):
        things.contract()
    run = in_review()
    approve_run(run=run, by=things.people()[1], at=at(JUNE))
    # The second chunk fails in the middle of being issued; the first stays issued.
    real, calls = things.Invoice.objects.filter, []

    def crash(*, invoices, at):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the machine went down")

    with monkeypatch.context() as patch:
        patch.setattr("billing.services.issue_chunk.tell_of_invoices", crash)
        with pytest.raises(RuntimeError):
            issue_run(run=run, by=things.people()[1], at=at(JUNE), here=True)
    assert real(state=Invoice.State.ISSUED).count() == 2
    issue_run(run=run, by=things.people()[1], at=at(JUNE), here=True)
    numbers = Invoice.objects.order_by("account_id").values_list("number", flat=True)
    assert list(numbers) == [f"202506-{place:06d}" for place in range(1, 6)]


@pytest.mark.article("statute", "消費税法57の4")
def test_tax_is_computed_once_for_the_invoice():
    contract = things.contract("hikari-line", 105)
    for _ in range(2):
        item = factories.product("hikari-line", kind=Product.Kind.OPTION)
        things.tariff(item, 105)
        factories.option(contract, product=item)
    things.bill(JUNE)
    tax = things.invoice(contract).taxes.get()
    assert (tax.net, tax.tax, things.invoice(contract).total) == (315, 31, 346)


def test_two_documents_of_one_subscriber_are_two_invoices():
    line = things.contract("hikari-line")
    phone = things.contract("hikari-phone", 1300, subscriber=line.subscriber)
    things.bill(JUNE)
    assert [things.invoice(each).total for each in (line, phone)] == [6600, 1430]
    assert [things.invoice(each).number for each in (line, phone)] == ["202506-000001", "202506-000002"]


@pytest.mark.article("isp-access", "32")
def test_the_course_that_a_billing_operator_prices_is_assigned_to_it_and_nobody_is_told():
    course = factories.product("isp-access", partner=factories.partner())
    things.tariff(course, 5200)
    contract = things.contract("isp-access", product=course)
    own = things.contract("isp-access", 5000, subscriber=contract.subscriber)
    things.bill(JUNE)
    assigned = Invoice.objects.get(partner__isnull=False)
    assert (assigned.state, assigned.partner, assigned.total) == (
        Invoice.State.ASSIGNED,
        Partner.objects.get(),
        5720,
    )
    assert assigned.charges.get().contract == contract
    change = state_changes_of(assigned).get()
    assert (change.source, change.target, change.transition) == ("issued", "assigned", "assign")
    assert Invoice.objects.get(state=Invoice.State.ISSUED).charges.get().contract == own
    assert not notices_about(assigned).exists()


def test_the_notice_of_an_invoice_says_what_is_asked_for():
    contract = things.contract()
    things.bill(JUNE)
    notice = notices_about(things.invoice(contract)).get()
    assert notice.facts["invoice_number"] == "202506-000001"
    assert notice.facts["total"] == 6600
    assert notice.facts["due_on"] == "2025-07-28"
    assert "消費税（10%対象 6,000円）" in notice.body


def test_a_contract_that_fails_is_parked_with_its_reason_and_the_run_goes_on():
    good = things.contract()
    without_price = factories.product("hikari-line", name="料金のない商品")
    bad = things.contract(product=without_price)
    run = things.bill(JUNE)
    parked = ParkedContract.objects.get()
    assert (parked.run, parked.contract) == (run, bad)
    assert parked.reason == f"“{without_price.name}” has no tariff. Enter one with its price."
    assert things.invoice(good).total == 6600


def test_the_reason_for_parking_is_said_in_the_language_of_the_staff():
    things.contract(product=factories.product("hikari-line"))
    with translation.override("ja"):
        run = things.bill(JUNE)
    assert "料金がありません" in run.parked.get().reason


def test_a_parked_contract_is_caught_up_by_the_next_run():
    item = factories.product("hikari-line")
    contract = things.contract(product=item)
    first = things.bill(JUNE)
    things.tariff(item, 6000)
    second = things.bill(JULY)
    amounts = Charge.objects.filter(contract=contract).order_by("period").values_list("amount", flat=True)
    assert list(amounts) == [6000, 6000]
    assert things.invoice(contract).month == JULY
    assert first.parked.get().resolved_in == second


def test_a_parked_contract_is_rated_again_in_review():
    item = factories.product("hikari-line")
    contract = things.contract(product=item)
    run = in_review()
    assert run.invoices_count == 0
    things.tariff(item, 6000)
    assert retry_parked(run=run, by=things.people()[0], at=factories.at(date(2025, 7, 2))) == 0
    run.refresh_from_db()
    assert (run.invoices_count, run.net, run.tax) == (1, 6000, 600)
    approve_run(run=run, by=things.people()[1], at=at(JUNE))
    assert things.invoice(contract).state == Invoice.State.DRAFT


def test_nobody_approves_a_run_they_prepared():
    things.contract()
    run = in_review()
    with pytest.raises(NotPermitted):
        approve_run(run=run, by=things.people()[0], at=at(JUNE))
    run.refresh_from_db()
    assert run.state == BillingRun.State.IN_REVIEW


def test_a_run_that_nobody_approved_is_not_issued():
    things.contract()
    run = in_review()
    with pytest.raises(WrongState):
        issue_run(run=run, by=things.people()[1], at=at(JUNE))
    assert not Invoice.objects.exclude(state=Invoice.State.DRAFT).exists()


def test_an_abandoned_run_leaves_nothing_and_its_month_can_be_run_again():
    contract = things.contract()
    waiting = Charge.objects.create(
        account=things.account(contract),
        terms_code="hikari-line",
        kind=Charge.Kind.LATE_INTEREST,
        source="allocation:1",
        name="延滞利息",
        period=(MAY, JUNE),
        unit_price=0,
        amount=59,
        tax_category="outside",
        article="hikari-line 45",
    )
    run = in_review()
    abandon_run(run=run, by=things.people()[1], at=at(JUNE), reason="料金の誤り")
    assert list(Charge.objects.all()) == [waiting]
    waiting.refresh_from_db()
    assert waiting.invoice is None
    assert not Invoice.objects.exists()
    things.bill(JUNE)
    assert things.invoice(contract).total == 6659


def test_a_run_can_be_abandoned_by_who_prepared_it():
    things.contract()
    run = in_review()
    abandon_run(run=run, by=things.people()[0], at=at(JUNE), reason="料金の誤り")
    assert run.state == BillingRun.State.ABANDONED


def test_a_month_that_is_not_over_is_not_billed():
    with pytest.raises(ValidationError, match="2025-06"):
        prepare_run(month=JUNE, by=things.people()[0], at=factories.at(date(2025, 6, 30), 23, 59))


def test_midnight_in_japan_is_when_a_month_is_over():
    assert prepare_run(month=JUNE, by=things.people()[0], at=factories.at(date(2025, 7, 1), 0)).month == JUNE


def test_one_run_is_finished_before_the_next_begins():
    things.contract()
    prepared(MAY)
    with pytest.raises(ValidationError, match="2025-05"):
        prepared(JUNE)


def credit(contract, yen: int) -> None:
    """Waits for the next invoice."""
    Charge.objects.create(
        account=things.account(contract),
        terms_code="hikari-line",
        contract=contract,
        kind=Charge.Kind.ADJUSTMENT,
        source="by hand",
        name="お詫び",
        period=(MAY, JUNE),
        unit_price=-yen,
        amount=-yen,
        tax_rate="0.10",
        article="hikari-line 38",
    )


def test_credits_above_the_charges_wait_and_make_the_next_invoice_smaller():
    contract = things.contract(amount=1000)
    credit(contract, 1500)
    things.bill(JUNE)
    assert not Invoice.objects.exists()
    things.bill(JULY)
    assert things.invoice(contract).total == 550
    assert things.invoice(contract).charges.count() == 3


def test_an_invoice_of_nothing_is_settled_at_once():
    contract = things.contract(amount=1000)
    credit(contract, 1000)
    things.bill(JUNE)
    invoice = things.invoice(contract)
    assert (invoice.total, invoice.state) == (0, Invoice.State.SETTLED)
    assert StateChange.objects.filter(subject_id=invoice.pk, transition="settle").exists()


def test_a_subscriber_without_an_account_gets_one_when_a_run_is_prepared():
    contract = things.contract()
    things.account(contract).delete()
    things.bill(JUNE)
    contract.subscriber.refresh_from_db()
    assert things.invoice(contract).total == 6600


@pytest.mark.article("line-info-api", "19")
def test_a_document_free_of_charge_is_never_invoiced():
    things.contract("line-info-api", start=date(2025, 7, 1))
    things.bill(date(2025, 8, 1))
    assert not Charge.objects.exists()
    assert not ParkedContract.objects.exists()


def test_without_a_due_date_policy_nothing_is_issued():
    things.contract()
    things.DuePolicy.objects.all().delete()
    with pytest.raises(ValidationError, match="hikari-line"):
        things.bill(JUNE)
    assert not Invoice.objects.exclude(state=Invoice.State.DRAFT).exists()


def test_without_a_valid_registration_number_nothing_is_issued(settings):
    settings.OPERATOR_REGISTRATION_NUMBER = "T7123456789013"
    things.contract()
    with pytest.raises(ValidationError, match="T7123456789013"):
        things.bill(JUNE)
    assert not Invoice.objects.exclude(state=Invoice.State.DRAFT).exists()
