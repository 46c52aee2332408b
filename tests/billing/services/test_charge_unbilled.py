"""All debts due at once: what was delivered and not yet billed, too (business-network 10-2)."""

from datetime import date

import pytest

from billing.models import Charge, Invoice, Tariff, Usage
from billing.recompute import recompute_invoice
from billing.services import charge_unbilled as charging
from billing.services.run_arrears import run_arrears
from contracts.models import Acceleration, Contract, Product, Work
from contracts.services.accelerate_debts import accelerate_debts
from contracts.services.withdraw_acceleration import withdraw_acceleration
from notices.models import Notice
from tests import factories
from tests.billing import things
from tests.billing.rating import books
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = (date(2025, month, 1) for month in (5, 6, 7))
FELL = date(2025, 6, 10)
NIGHT = date(2025, 6, 11)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def accelerated(contract: Contract, since: date = FELL) -> Acceleration:
    return accelerate_debts(
        contract=contract,
        by=clock_user(),
        on=since,
        ground="insolvency",
        since=since,
        reason="破産手続開始の申立て",
    )


def by_days(contract: Contract, on: date = FELL) -> Acceleration:
    """As a document that charges by days would have it, if it knew an acceleration."""
    return Acceleration.objects.create(
        contract=contract, subscriber=contract.subscriber, terms_code=contract.terms_code, accelerated_on=on,
        ground="insolvency", ground_article="hikari-line 34-1(1)", article="hikari-line 34", reason="破産",
        recorded_on=on, by=factories.staff(),
    )  # fmt: skip


def periods(contract: Contract) -> list[tuple[date, date, int]]:
    found = Charge.objects.filter(contract=contract).order_by("period")
    return [(charge.period.lower, charge.period.upper, charge.amount) for charge in found]


@pytest.mark.article("business-network", "10")
def test_the_fee_that_had_begun_is_charged_that_night_and_told_with_its_tax():
    contract = things.contract("business-network", 100_000)
    things.bill(MAY)
    accelerated(contract)
    assert run_arrears(on=FELL).get("unbilled_fell_due") is None
    assert run_arrears(on=NIGHT)["unbilled_fell_due"] == 1
    charge = Charge.objects.get(invoice__isnull=True)
    assert (charge.amount, charge.period.lower, charge.article) == (100_000, JUNE, "business-network 8")
    assert charge.explanation
    notice = Notice.objects.get(occasion="unbilled_fell_due")
    assert (notice.facts["total"], notice.facts["tax"]) == (110_000, 10_000)
    assert notice.article == "business-network 10-2"
    assert "110,000円" in notice.body
    assert run_arrears(on=date(2025, 6, 12)).get("unbilled_fell_due") is None
    assert Notice.objects.filter(occasion="unbilled_fell_due").count() == 1


@pytest.mark.article("business-network", "10")
def test_what_was_used_is_charged_when_its_month_is_over_with_all_that_comes_in_by_then():
    contract = things.contract("business-network", 100_000)
    things.bill(MAY)
    used = Usage.objects.create(contract=contract, month=JUNE, amount=400)
    accelerated(contract)
    run_arrears(on=NIGHT)
    assert not contract.charges.filter(kind=Charge.Kind.USE)
    used.amount = 1000
    used.save()
    things.bill(JUNE)
    assert contract.charges.get(kind=Charge.Kind.USE).amount == 1000


def test_one_that_cannot_be_charged_leaves_the_others_theirs_and_is_tried_again(monkeypatch):
    bad, good = (things.contract("business-network", 100_000) for _ in range(2))
    things.bill(MAY)
    for contract in (bad, good):
        accelerated(contract)
    write = charging.charge_row

    def breaks(account, unbilled):
        if unbilled.contract.contract_id == bad.pk:
            raise RuntimeError("broken")
        return write(account, unbilled)

    with monkeypatch.context() as patch:
        patch.setattr(charging, "charge_row", breaks)
        assert run_arrears(on=NIGHT)["unbilled_fell_due"] == 1
    assert Charge.objects.get(invoice__isnull=True).contract == good
    assert run_arrears(on=date(2025, 6, 12))["unbilled_fell_due"] == 1
    assert Charge.objects.filter(invoice__isnull=True).count() == 2


@pytest.mark.article("business-network", "10")
def test_the_run_asks_for_it_once_on_an_invoice_that_is_due_on_its_day_of_issue():
    contract = things.contract("business-network", 100_000)
    things.bill(MAY)
    accelerated(contract)
    run_arrears(on=NIGHT)
    things.bill(JUNE)
    invoice = things.invoice(contract, JUNE)
    assert (invoice.total, invoice.due_on) == (110_000, JULY)
    assert periods(contract) == [(MAY, JUNE, 100_000), (JUNE, JULY, 100_000)]
    assert recompute_invoice(invoice).same
    things.bill(JULY)
    assert things.invoice(contract, JULY).total == 110_000


@pytest.mark.article("business-network", "10")
def test_what_is_paid_on_the_notice_settles_the_invoice_when_it_comes():
    contract = things.contract("business-network", 100_000)
    things.bill(MAY)
    accelerated(contract)
    things.pay(contract, 110_000, FELL)
    run_arrears(on=NIGHT)
    things.pay(contract, 110_000, NIGHT)
    things.bill(JUNE)
    assert things.invoice(contract, JUNE).state == Invoice.State.SETTLED


@pytest.mark.article("business-network", "10")
def test_a_month_that_is_over_and_not_billed_yet_falls_due_too_and_other_documents_do_not():
    contract = things.contract("business-network", 100_000)
    product = factories.product("business-network", per=Product.Per.MONTH)
    things.tariff(product, 7000)
    second = things.contract("business-network", product=product, subscriber=contract.subscriber)
    other = things.contract("hikari-line", 3000, subscriber=contract.subscriber)
    things.bill(date(2025, 4, 1))
    accelerated(contract)
    run_arrears(on=NIGHT)
    waiting = Charge.objects.filter(invoice__isnull=True)
    assert {(charge.contract_id, charge.period.lower) for charge in waiting} == {
        (contract.pk, MAY), (contract.pk, JUNE), (second.pk, MAY), (second.pk, JUNE),
    }  # fmt: skip
    assert not waiting.filter(contract=other).exists()
    things.bill(MAY)
    things.bill(JUNE)
    assert len(periods(contract)) == 3


@pytest.mark.article("business-network", "10")
def test_what_was_done_once_is_charged_once_though_two_months_find_it():
    contract = things.contract("business-network", 100_000)
    things.tariff(
        None, 30_000, terms_code="business-network", kind=Tariff.Kind.CONSTRUCTION, occasion="", code="opening",
        name="開通工事費", article="business-network 8-2(1)",
    )  # fmt: skip
    things.bill(MAY)
    done = factories.at(date(2025, 6, 5))
    Work.objects.create(
        contract=contract, kind="installation", items=["opening"], planned_at=done, started_at=done, done_at=done,
        state="done",
    )  # fmt: skip
    accelerated(contract)
    run_arrears(on=NIGHT)
    kinds = Charge.objects.filter(invoice__isnull=True).values_list("kind", "amount")
    assert sorted(kinds) == [("base", 100_000), ("construction", 30_000)]
    things.bill(JUNE)
    assert things.invoice(contract, JUNE).total == 143_000


def test_where_nothing_is_unbilled_nobody_is_told_and_a_withdrawn_one_charges_nothing():
    contract, pardoned = (things.contract("business-network", 0), things.contract("business-network", 5000))
    things.bill(MAY)
    accelerated(contract)
    withdraw_acceleration(acceleration=accelerated(pardoned), by=clock_user(), on=FELL, reason="支払いの合意")
    assert run_arrears(on=NIGHT).get("unbilled_fell_due") is None
    assert not Charge.objects.filter(invoice__isnull=True).exists()
    assert not Notice.objects.filter(occasion="unbilled_fell_due").exists()


def test_a_document_that_charges_days_is_charged_through_the_day_and_the_rest_by_the_run():
    contract = things.contract("hikari-line", 6100)
    things.bill(MAY)
    by_days(contract)
    assert run_arrears(on=NIGHT)["unbilled_fell_due"] == 1
    assert periods(contract)[1:] == [(JUNE, NIGHT, 6100 * 10 // 30)]
    things.bill(JUNE)
    # 2,033 and 4,067: cutting the month loses no yen of it.
    assert periods(contract)[1:] == [(JUNE, NIGHT, 2033), (NIGHT, JULY, 4067)]
    invoice = things.invoice(contract, JUNE)
    assert invoice.total == 6710
    assert recompute_invoice(invoice).same


def test_pieces_of_a_month_add_up_to_what_it_is_charged_uncut():
    rater = books.rater(books.fee("hikari-line", 6100))
    facts = {"start": date(2025, 6, 3), "end": date(2025, 6, 28)}
    (whole,) = rater.charges(books.contract("hikari-line", **facts))
    cuts = (date(2025, 6, 1), date(2025, 6, 3), date(2025, 6, 9), date(2025, 6, 20), date(2025, 7, 1))
    pieces = list(rater.charges(books.contract("hikari-line", cuts=cuts, **facts)))
    assert [piece.days for piece in pieces] == [6, 11, 9]
    assert sum(piece.amount for piece in pieces) == whole.amount
    for code in ("isp-access", "business-network"):
        rater = books.rater(books.fee(code))
        assert list(rater.charges(books.contract(code, cuts=cuts, **facts))) == list(
            rater.charges(books.contract(code, **facts))
        )
