"""Any past invoice comes to the same yen when it is computed again, whatever happened after it."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from billing.models import Charge, InstalmentPlan, Invoice, TariffPrice, Usage
from billing.recompute import recompute_invoice
from billing.services.agree_lump_payment import agree_lump_payment
from billing.services.issue_credit_note import issue_credit_note
from billing.services.propose_relief import approve_relief, propose_relief
from billing.services.propose_supplement import approve_supplement, propose_supplement
from billing.services.void_invoice import void_invoice
from contracts.models import Contract, Ending, Outage, Product, Request, Work
from contracts.services.cancel_contract import cancel_contract
from contracts.services.change_product import change_product
from tests import factories
from tests.billing import things
from tests.billing.services.test_passed_contracts import transfer

pytestmark = pytest.mark.django_db

MONTHS = [date(2025, month, 1) for month in (4, 5, 6, 7, 8)]
APRIL, MAY, JUNE, JULY, AUGUST = MONTHS


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def options_and_starts() -> None:
    for terms_code in ("hikari-line", "hikari-phone", "isp-access"):
        contract = things.contract(terms_code, 6001, start=date(2025, 4, 10))
        item = factories.product(terms_code, kind=Product.Kind.OPTION)
        things.tariff(item, 301)
        factories.option(contract, product=item, starts_on=date(2025, 5, 20), ends_on=date(2025, 7, 3))


def used_and_dearer() -> Contract:
    """Metered use; the price rises in June."""
    contract = things.contract("hikari-phone", 500)
    for month in MONTHS:
        Usage.objects.create(contract=contract, month=month, amount=1000 + month.month)
    TariffPrice.objects.create(tariff=contract.product.tariffs.get(), valid_from=JUNE, amount=700)
    return contract


def in_instalments() -> None:
    contract = things.contract("hikari-line", 4000, state=Contract.State.ENDED, ends_on=date(2025, 7, 15))
    done = factories.at(date(2025, 4, 5), 12)
    work = Work.objects.create(
        contract=contract, kind="installation", items=[], planned_at=done, started_at=done, done_at=done, state="done"
    )  # fmt: skip
    InstalmentPlan.objects.create(
        work=work, first_month=MAY, first_amount=1240, amount=600, count=31, article="hikari-line 41"
    )


def ended_in_its_term() -> None:
    contract = things.contract(
        "business-network", 50000, start=date(2024, 4, 1), term_start=date(2024, 4, 1), term_months=24,
        ends_on=date(2025, 6, 30), state=Contract.State.ENDED,
    )  # fmt: skip
    Ending.objects.create(
        contract=contract, by=Ending.By.SUBSCRIBER, article="business-network 9", reason="移転",
        declared_on=date(2025, 5, 20), ends_on=date(2025, 6, 30),
    )  # fmt: skip


def out_of_order() -> None:
    contract = things.contract("isp-access", 6000)
    down = factories.at(date(2025, 5, 31), 20)
    Outage.objects.create(line=contract.line, down=down, known=down, restored=down + timedelta(hours=60))


def relieved() -> None:
    things.contract("hikari-line", 5555)
    first, second = things.people()
    at = factories.at(date(2025, 4, 20))
    relief = propose_relief(
        terms_code="hikari-line", when="disaster", covers=["charges"], percent=33, since=date(2025, 5, 10),
        through=date(2025, 6, 9), reason="豪雨", by=first, at=at,
    )  # fmt: skip
    approve_relief(relief=relief, by=second, at=at)


def paid_together() -> None:
    contract = things.contract("hikari-line", 6000)
    agree_lump_payment(
        account=things.account(contract), terms_code="hikari-line", first_month=MAY, months=2, consented_on=APRIL,
        evidence="同意書", reason="移行", by=things.people()[0], on=APRIL,
    )  # fmt: skip


def test_every_invoice_of_a_varied_world_comes_to_the_same_yen():
    options_and_starts()
    used = used_and_dearer()
    in_instalments()
    ended_in_its_term()
    out_of_order()
    relieved()
    paid_together()
    priceless = things.contract("hikari-line", product=factories.product("hikari-line"))
    changing = things.contract("hikari-line", 4000)
    dearer = factories.product("hikari-line")
    things.tariff(dearer, 9000)
    late = things.contract("isp-access", 700_000, start=date(2025, 3, 1))
    credited, voided, short = (things.contract("isp-access", 3000, start=date(2025, 3, 1)) for _ in range(3))
    first, second = things.people()
    for month in MONTHS:
        things.bill(month)
        at = factories.at(month.replace(day=28) + timedelta(days=20), 12)
        if month == APRIL:
            things.tariff(priceless.product, 4321)
            change_product(contract=changing, product=dearer, by=first, on=date(2025, 6, 11))
            charge = things.invoice(short, APRIL).charges.get()
            approve_supplement(
                supplement=propose_supplement(charge=charge, amount=77, reason="誤り", by=first, at=at),
                by=second,
                at=at,
            )
        if month == MAY:
            invoice = things.invoice(credited, MAY)
            issue_credit_note(
                invoice=invoice, amounts={invoice.charges.get().pk: 100}, by=first, at=at, reason="お詫び"
            )
            void_invoice(invoice=things.invoice(voided, MAY), by=first, at=at, reason="宛名", reissue=True)
            things.pay(late, things.invoice(late, APRIL).total, date(2025, 7, 20))
    kinds = set(Charge.objects.values_list("kind", flat=True))
    assert kinds >= {
        "base", "option", "use", "instalment", "outage_credit", "early_termination", "late_interest", "relief",
        "adjustment",
    }  # fmt: skip
    invoices = Invoice.objects.order_by("pk")
    assert len(invoices) > 60
    different = {
        str(invoice): (invoice.terms_code, found.total, found.differences)
        for invoice in invoices
        if not (found := recompute_invoice(invoice)).same
    }
    assert different == {}
    assert things.invoice(used, JUNE).total == (1006 + 700) * 11 // 10


def accepted(terms_code: str) -> Contract:
    """A contract that was accepted in May and has no service yet."""
    things.tariff(
        terms_code=terms_code, kind="handling", occasion="new", amount=800, article=f"{terms_code} 30"
    )
    contract = things.contract(terms_code, 3000, state=Contract.State.ACCEPTED)
    Request.objects.create(
        contract=contract, subscriber=contract.subscriber, kind=Request.Kind.NEW, terms_code=terms_code, form="web",
        state=Request.State.CARRIED_OUT, received_at=factories.at(date(2025, 5, 20)), decided_on=date(2025, 5, 21),
    )  # fmt: skip
    return contract


@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone"])
def test_who_has_a_contract_by_now_and_when_it_was_opened_changes_nothing_of_what_was_asked_for(terms_code):
    opened, passed = accepted("isp-access"), things.contract(terms_code, 3100)
    things.bill(MAY)
    assert things.invoice(opened).total == 880
    Contract.objects.filter(pk=opened.pk).update(service_start=date(2025, 7, 8), state=Contract.State.ACTIVE)
    transfer(passed, date(2025, 5, 22))
    transfer(passed, date(2025, 6, 11))
    for month in (JUNE, JULY):
        things.bill(month)
    different = {
        str(invoice): found.differences
        for invoice in Invoice.objects.order_by("pk")
        if not (found := recompute_invoice(invoice)).same
    }
    assert different == {}


def test_what_no_longer_comes_out_is_named_and_nothing_is_written():
    contract = things.contract("hikari-line", 6000)
    things.bill(MAY)
    before = list(Charge.objects.values())
    TariffPrice.objects.filter(tariff=contract.product.tariffs.get()).update(amount=6500)
    invoice = things.invoice(contract, MAY)
    found = recompute_invoice(invoice)
    assert not found.same
    assert (invoice.total, found.total) == (6600, 7150)
    assert [(line.charged, line.computed) for line in found.differences] == [(6000, 6500)]
    assert list(Charge.objects.values()) == before
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("recompute_invoices", "2025-05", stdout=out)
    assert "6,600 → 7,150" in out.getvalue()
    TariffPrice.objects.update(amount=6000)
    out = StringIO()
    call_command("recompute_invoices", "2025-05", "--invoice", invoice.number, stdout=out)
    assert "1 invoices computed again; 0 do not" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("recompute_invoices", "May", stdout=out)


@pytest.mark.article("isp-access", "29")
def test_an_outage_is_credited_by_the_course_that_the_contract_had_then():
    course = factories.product("isp-access", partner=factories.partner())
    things.tariff(course, 5200)
    own = factories.product("isp-access")
    things.tariff(own, 6000)
    contract = things.contract("isp-access", product=course)
    back = things.contract("isp-access", product=own)
    down = factories.at(date(2025, 5, 10), 9)
    for each in (contract, back):
        Outage.objects.create(line=each.line, down=down, known=down, restored=down + timedelta(hours=60))
    by = things.people()[0]
    change_product(contract=contract, product=own, by=by, on=date(2025, 6, 1))
    change_product(contract=back, product=course, by=by, on=date(2025, 6, 1))
    things.bill(MAY)
    assert not contract.charges.filter(kind="outage_credit").exists(), (
        "the partner's terms say what it gives back"
    )
    assert back.charges.get(kind="outage_credit").amount < 0
    for invoice in Invoice.objects.filter(number__isnull=False):
        assert recompute_invoice(invoice).same


@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone"])
def test_a_fee_that_went_back_in_a_later_month_comes_out_again_in_its_own(terms_code):
    things.tariff(
        None,
        1000,
        terms_code=terms_code,
        kind="handling",
        occasion="new",
        name="契約料",
        article=f"{terms_code} 37",
    )
    contract = things.contract(
        terms_code, state=Contract.State.ACCEPTED, applied_on=date(2025, 5, 8), service_start=None
    )
    Request.objects.create(
        contract=contract, subscriber=contract.subscriber, terms_code=terms_code, kind=Request.Kind.NEW,
        state=Request.State.ACCEPTED, received_at=factories.at(date(2025, 5, 8)), decided_on=date(2025, 5, 9),
        details={}, form="written",
    )  # fmt: skip
    things.bill(MAY)
    assert things.invoice(contract).charges.get().amount == 1000
    cancel_contract(contract=contract, by=things.people()[0], on=date(2025, 6, 12))
    things.bill(JUNE)
    for invoice in Invoice.objects.filter(number__isnull=False):
        assert recompute_invoice(invoice).same
