"""From the cost of what a breach harmed to the line on the invoice."""

from datetime import date

import pytest

from contracts.services.claim_damage import claim_damage
from contracts.services.close_violation import dismiss_violation
from contracts.services.record_violation import record_violation
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)


def claim(contract, duty="no_obstruction"):
    violation = record_violation(
        contract=contract,
        by=factories.staff(),
        on=date(2025, 5, 20),
        duty=duty,
        happened_on=date(2025, 5, 18),
        reported_by="監視担当",
        evidence="引込線の切断",
    )
    return claim_damage(
        violation=violation,
        by=factories.staff(),
        on=date(2025, 5, 20),
        amount=12000,
        pay_by=date(2025, 6, 19),
    )


@pytest.mark.article("hikari-line", "54")
@pytest.mark.article("hikari-phone", "52")
@pytest.mark.article("isp-access", "42")
@pytest.mark.parametrize(
    ("terms_code", "article"),
    [("hikari-line", "54-2"), ("hikari-phone", "52-2"), ("isp-access", "42-7")],
)
def test_the_cost_stands_once_on_the_invoice_of_the_month_set_and_bears_no_tax(terms_code, article):
    things.standing()
    contract = things.contract(terms_code, 6000)
    violation = claim(contract)
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    charge = contract.charges.get(source=f"violation:{violation.pk}")
    assert (charge.kind, charge.amount, charge.tax_rate) == ("equipment", 12000, 0)
    assert charge.article == f"{terms_code} {article}"
    invoice = things.invoice(contract, JUNE)
    assert charge.invoice == invoice
    assert invoice.total == 6600 + 12000
    assert invoice.due_on >= violation.pay_by


def test_the_cost_is_charged_after_the_contract_ended_too_and_never_where_the_breach_was_none():
    things.standing()
    live = (date(2025, 4, 1), date(2025, 4, 21))
    ended = things.contract("hikari-line", state="ended", ends_on=date(2025, 4, 20), live=live)
    violation = claim(things.contract("hikari-line"))
    violation.contract = ended
    violation.save()
    dismissed = claim(things.contract("hikari-line"))
    dismiss_violation(violation=dismissed, by=factories.staff(), on=date(2025, 6, 1), reason="別の回線だった")
    things.bill(JUNE)
    assert ended.charges.get().source == f"violation:{violation.pk}"
    assert not dismissed.contract.charges.filter(kind="equipment").exists()
