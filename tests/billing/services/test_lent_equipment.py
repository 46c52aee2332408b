"""From the loss of a unit to the line on the invoice."""

from datetime import date

import pytest

from billing.models import Tariff
from contracts.models import Contract, LentEquipment, Product
from contracts.services.report_equipment_loss import report_equipment_loss
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def lose(contract: Contract, on: date, **fields) -> LentEquipment:
    router = factories.product(contract.terms_code, kind=Product.Kind.EQUIPMENT)
    if "duty" not in fields:
        things.tariff(
            amount=9000, kind=Tariff.Kind.EQUIPMENT_DAMAGES, occasion=router.code,
            terms_code=contract.terms_code, tax_category="outside", article=f"{contract.terms_code} 42",
        )  # fmt: skip
    unit = LentEquipment.objects.create(
        contract=contract, product=router, serial_number="SN-1", lent_on=date(2025, 4, 1)
    )
    return report_equipment_loss(
        unit=unit, by=factories.staff(), on=on, event="lost", reason="紛失", **fields
    )


@pytest.mark.article("hikari-line", "42")
def test_damages_of_the_tariff_stand_on_the_next_invoice_once_with_its_due_day():
    contract = things.contract("hikari-line", 6000)
    unit = lose(contract, date(2025, 5, 20))
    things.bill(MAY)
    charge = things.invoice(contract, MAY).charges.get(kind="equipment")
    assert (charge.amount, charge.tax_rate, charge.article) == (9000, 0, "hikari-line 42")
    assert charge.source == f"equipment:{unit.pk}"
    assert things.invoice(contract, MAY).due_on > unit.claimed_on
    things.bill(JUNE)
    assert not things.invoice(contract, JUNE).charges.filter(kind="equipment").exists()


@pytest.mark.article("isp-access", "42")
def test_the_cost_of_making_good_stands_on_the_next_invoice():
    contract = things.contract("isp-access", 4000)
    lose(contract, date(2025, 5, 20), duty="due_care", cost=4300)
    things.bill(MAY)
    charge = things.invoice(contract, MAY).charges.get(kind="equipment")
    assert (charge.amount, charge.article) == (4300, "isp-access 42-7")


def test_what_is_given_up_long_after_the_contract_is_still_charged():
    contract = things.contract("hikari-line", 6000, start=date(2024, 4, 1))
    Contract.objects.filter(pk=contract.pk).update(ends_on=date(2025, 1, 31))
    lose(contract, date(2025, 5, 20))
    things.bill(MAY)
    (charge,) = things.invoice(contract, MAY).charges.all()
    assert (charge.kind, charge.amount) == ("equipment", 9000)
