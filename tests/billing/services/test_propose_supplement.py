"""What was billed too low: still owed, and raised only by two people."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from billing.services.propose_supplement import approve_supplement, propose_supplement, reject_supplement
from billing.services.void_invoice import void_invoice
from tests import factories
from tests.billing import things
from workflow.errors import NotPermitted
from workflow.models import Approval

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
AT = factories.at(date(2025, 7, 20))


def propose(charge, **fields):
    values = {"amount": 1000, "reason": "料金コードの登録誤り", "by": things.people()[0], "at": AT}
    return propose_supplement(charge=charge, **(values | fields))


@pytest.mark.article("hikari-line", "43")
@pytest.mark.article("hikari-line", "別記9の2")
@pytest.mark.parametrize(
    ("terms_code", "article"), [("hikari-line", "hikari-line 別記9の2"), ("isp-access", "isp-access 29")]
)
def test_the_difference_stays_owed_and_comes_with_the_next_invoice_without_interest(terms_code, article):
    things.standing()
    contract = things.contract(terms_code, 6000)
    things.bill(MAY)
    short = things.invoice(contract, MAY).charges.get()
    supplement = propose(short)
    assert Approval.objects.latest("id").proposed_at == AT
    with pytest.raises(NotPermitted):
        approve_supplement(supplement=supplement, by=things.people()[0], at=AT)
    assert not contract.charges.filter(source__startswith="supplement").exists()
    charge = approve_supplement(supplement=supplement, by=things.people()[1], at=AT)
    assert (charge.amount, charge.article, charge.period) == (1000, article, short.period)
    things.bill(JUNE)
    invoice = things.invoice(contract, JUNE)
    assert invoice.total == (6000 + 1000) * 11 // 10
    things.pay(contract, things.invoice(contract, MAY).total, date(2025, 6, 20))
    things.pay(contract, invoice.total, invoice.due_on)
    things.bill(JULY)
    assert things.invoice(contract, JULY).total == 6600
    assert not contract.subscriber.billing_account.charges.filter(kind="late_interest").exists()


def test_nothing_is_charged_that_a_second_person_rejected():
    things.standing()
    contract = things.contract("hikari-line", 6000)
    things.bill(MAY)
    supplement = propose(contract.charges.get())
    reject_supplement(supplement=supplement, by=things.people()[1], at=AT, reason="請求は正しい")
    things.bill(JUNE)
    assert things.invoice(contract, JUNE).total == 6600


def test_a_charge_that_no_invoice_asks_for_and_nothing_missing_are_refused():
    things.standing()
    contract = things.contract("hikari-line", 6000)
    things.bill(MAY)
    charge = contract.charges.get()
    for fields in ({"amount": 0}, {"reason": " "}):
        with pytest.raises(ValidationError) as error:
            propose(charge, **fields)
        assert set(error.value.message_dict) == set(fields)
    void_invoice(invoice=charge.invoice, by=things.people()[0], at=AT, reason="誤り")
    charge.refresh_from_db()
    with pytest.raises(ValidationError):
        propose(charge)
