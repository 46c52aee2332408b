"""Odd drafts are held by rule: nobody approves the run before somebody has decided on each."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from billing.models import BillingRun, Charge, HeldInvoice, Invoice, ParkedContract, ReviewPolicy
from billing.services.approve_run import approve_run
from billing.services.decide_held import leave_out, release_held
from billing.services.prepare_run import prepare_run
from billing.services.rate_run import rate_run
from billing.services.retry_parked import retry_parked
from billing.services.set_price import set_price
from terms.calendar import Month
from tests import factories
from tests.billing import things
from workflow.errors import WrongState

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()
    ReviewPolicy.objects.create(
        terms_code="hikari-line", valid_from=date(2022, 1, 1), ceiling=50_000, times=3, difference=10_000
    )


def at(month: date):
    return factories.at(Month.of(month).end, 9)


def in_review(month: date) -> BillingRun:
    run = prepare_run(month=month, by=things.people()[0], at=at(month))
    return rate_run(run=run, by=things.people()[0], at=at(month), here=True)


def after(may: int, june: int, terms_code: str = "hikari-line") -> BillingRun:
    """June in review, for a contract whose fee without tax changed."""
    contract = things.contract(terms_code, may)
    things.bill(MAY)
    tariff = contract.product.tariffs.get()
    set_price(tariff=tariff, amount=june, valid_from=JUNE, by=things.people()[0], at=factories.at(MAY))
    return in_review(JUNE)


@pytest.mark.parametrize(
    ("may", "june", "kind"),
    [
        (5000, 15_000, "risen"),
        (20_000, 6000, "fallen"),
        (40_000, 46_000, "ceiling"),
        (5000, 14_000, None),  # less than three times
        (2000, 6000, None),  # three times, but 4,400 yen
        (40_000, 45_000, None),
    ],
)
def test_what_is_held_is_what_the_policy_says(may, june, kind):
    run = after(may, june)
    assert list(HeldInvoice.objects.values_list("kind", flat=True)) == ([kind] if kind else [])
    if kind:
        held = HeldInvoice.objects.get()
        assert (held.total, held.before) == (june * 11 // 10, may * 11 // 10)
        assert held.invoice.run == run


def test_a_first_invoice_is_held_only_above_the_ceiling():
    things.contract(amount=45_000)
    things.contract(amount=46_000)
    in_review(JUNE)
    held = HeldInvoice.objects.get()
    assert (held.kind, held.before, held.total) == ("ceiling", None, 50_600)


def test_a_document_without_a_policy_holds_nothing():
    after(5000, 500_000, "hikari-phone")
    assert not HeldInvoice.objects.exists()


def test_the_policy_is_that_of_the_month():
    ReviewPolicy.objects.create(
        terms_code="hikari-line", valid_from=JUNE, ceiling=900_000, times=9, difference=10_000
    )
    after(5000, 40_000)
    assert not HeldInvoice.objects.exists()


def test_the_run_is_approved_once_each_is_released_with_a_reason():
    run = after(5000, 15_000)
    preparer, approver = things.people()
    held = HeldInvoice.objects.get()
    with pytest.raises(WrongState, match="held"):
        approve_run(run=run, by=approver, at=at(JUNE))
    with pytest.raises(ValidationError):
        release_held(held=held, by=preparer, at=at(JUNE), reason=" ")
    release_held(held=held, by=preparer, at=at(JUNE), reason="料金改定のため")
    with pytest.raises(WrongState):
        release_held(held=held, by=preparer, at=at(JUNE), reason="もう一度")
    approve_run(run=run, by=approver, at=at(JUNE))
    held.refresh_from_db()
    assert (held.released_by, held.reason, run.state) == (
        preparer,
        "料金改定のため",
        BillingRun.State.APPROVED,
    )


def test_what_is_left_out_waits_for_the_next_run_and_the_others_go_out():
    fine = things.contract(amount=4000)
    run = after(5000, 15_000)
    preparer, _approver = things.people()
    (parked,) = leave_out(held=HeldInvoice.objects.get(), by=preparer, at=at(JUNE), reason="単価の誤り")
    run.refresh_from_db()
    assert (run.invoices_count, run.net) == (1, 4000)
    assert not HeldInvoice.objects.exists()
    things.bill(JUNE)
    assert set(Invoice.objects.filter(run=run).values_list("account", flat=True)) == {things.account(fine).pk}
    assert ParkedContract.objects.get().reason == "単価の誤り"
    tariff = parked.contract.product.tariffs.get()
    tariff.prices.filter(valid_from=JUNE).update(amount=5500)
    things.bill(date(2025, 7, 1))
    caught_up = Charge.objects.filter(contract=parked.contract, run__month=date(2025, 7, 1)).order_by(
        "period"
    )
    assert list(caught_up.values_list("amount", flat=True)) == [5500, 5500]


def test_rated_again_a_draft_is_held_again():
    run = after(5000, 15_000)
    leave_out(held=HeldInvoice.objects.get(), by=things.people()[0], at=at(JUNE), reason="調べる")
    retry_parked(run=run, by=things.people()[0], at=at(JUNE))
    assert HeldInvoice.objects.get().released_at is None


@pytest.mark.parametrize(("price", "stays"), [(None, True), (900, False)])
def test_what_was_released_stays_so_as_long_as_it_comes_to_the_same(price, stays):
    """A second contract of the same account is parked until its product has a price, or the first one's is right."""
    things.contract("hikari-line", 1000)
    other = things.contract("isp-access", 500)
    dear = things.contract("hikari-line", 60_000, subscriber=other.subscriber)
    other.product.tariffs.get().prices.update(valid_from=date(2030, 1, 1))
    run = in_review(JUNE)
    by, _approver = things.people()
    release_held(held=HeldInvoice.objects.get(), by=by, at=at(JUNE), reason="確認した")
    other.product.tariffs.get().prices.update(valid_from=JUNE)
    if price:
        things.tariff(dear.product, price)
    assert retry_parked(run=run, by=by, at=at(JUNE)) == 0
    held = HeldInvoice.objects.get()
    assert (held.released_by, held.reason) == ((by, "確認した") if stays else (None, ""))
