"""What makes up the charges of a document: each fee by the tariff, paid in the way that was chosen."""

from datetime import UTC, date, datetime

import pytest

from billing.services.open_account import choose_method
from contracts.models import Product, Request, Work
from notices.selectors import notices_about
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

METHOD = "card"
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def work(contract, done_at: datetime) -> Work:
    return Work.objects.create(
        contract=contract, kind="installation", items=["part"], planned_at=done_at, started_at=done_at,
        done_at=done_at, state="done",
    )  # fmt: skip


@pytest.mark.article("isp-access", "28")
def test_use_options_procedures_and_works_are_charged_by_the_tariff_and_paid_as_chosen_on_the_web():
    things.standing()
    contract = things.contract("isp-access", 5200)
    item = factories.product("isp-access", kind=Product.Kind.OPTION)
    things.tariff(item, 330)
    factories.option(contract, product=item)
    for kind, code, amount, occasion in (
        ("handling", "handling", 800, "item_change"),
        ("construction", "part", 9000, ""),
    ):
        things.tariff(
            None, amount, kind=kind, code=code, occasion=occasion, terms_code="isp-access", article="isp-access 28"
        )  # fmt: skip
    work(contract, factories.at(date(2025, 5, 20), 12))
    Request.objects.create(
        kind="item_change", terms_code="isp-access", subscriber=contract.subscriber, contract=contract,
        state="accepted", decided_on=date(2025, 5, 12),
    )  # fmt: skip
    choose_method(subscriber=contract.subscriber, method=METHOD, by=factories.staff())
    things.bill(MAY)
    invoice = things.invoice(contract, MAY)
    found = {charge.kind: charge.amount for charge in invoice.charges.all()}
    assert found == {"base": 5200, "option": 330, "handling": 800, "construction": 9000}
    assert all(charge.tariff_id for charge in invoice.charges.all())
    assert notices_about(invoice).get().facts["method"] == METHOD


def test_a_work_belongs_to_the_month_in_which_it_was_done_in_japan():
    things.standing()
    things.tariff(
        None, 9000, kind="construction", code="part", terms_code="hikari-line", article="hikari-line 41"
    )
    before, after = things.contract("hikari-line"), things.contract("hikari-line")
    work(before, datetime(2025, 5, 31, 14, 59, 59, tzinfo=UTC))
    work(after, datetime(2025, 5, 31, 15, 0, tzinfo=UTC))
    things.bill(MAY)
    things.bill(JUNE)
    months = [contract.charges.get(kind="construction").invoice.month for contract in (before, after)]
    assert months == [MAY, JUNE]
