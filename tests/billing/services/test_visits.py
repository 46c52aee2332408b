"""From a visit in vain to the line on the invoice."""

from datetime import date, timedelta

import pytest

from billing.models import Tariff
from contracts.services.close_ticket import close_ticket
from contracts.services.dispatch_repair import dispatch_repair
from contracts.services.report_fault import report_fault
from contracts.services.run_line_test import run_line_test
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


@pytest.mark.article("hikari-line", "49")
def test_the_dispatch_fee_stands_on_the_next_invoice_once_and_bears_tax():
    things.standing()
    contract = things.contract("hikari-line", 6000)
    things.tariff(amount=8000, kind=Tariff.Kind.DISPATCH, article="hikari-line 49-3")
    by, at = factories.staff(), factories.at(date(2025, 5, 20))
    for cause in ("own_equipment", "operator"):
        ticket = report_fault(contract=contract, by=by, at=at, symptom="不通", own_check="確認済み")
        run_line_test(ticket=ticket, by=by, at=at, clear=True)
        dispatch_repair(ticket=ticket, by=by, at=at, requested=True)
        close_ticket(ticket=ticket, by=by, at=at + timedelta(hours=1), cause=cause, findings="")
    things.bill(MAY)
    invoice = things.invoice(contract, MAY)
    charge = invoice.charges.get(kind="dispatch")
    assert (charge.amount, str(charge.tax_rate), charge.article) == (8000, "0.100", "hikari-line 49-3")
    assert invoice.total == 15400
    things.bill(JUNE)
    assert not things.invoice(contract, JUNE).charges.filter(kind="dispatch").exists()
