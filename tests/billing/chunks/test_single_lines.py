"""The last line of a group in a run: charged as one from its day, and its neighbours as ever."""

from datetime import date

import pytest

from billing.explain import explain_invoice
from billing.models import Charge
from contracts.models import LineGroup, Product
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db


@pytest.mark.article("hikari-line", "5")
@pytest.mark.article("hikari-line", "38")
def test_a_run_charges_the_last_line_of_a_group_as_one_and_others_of_the_item_as_ever():
    things.standing()
    product = factories.product("hikari-line", dwelling=Product.Dwelling.COLLECTIVE, maintenance="type1-2")
    things.tariff(product, 6000)
    tariff = things.tariff(
        None, 10100, kind="single_line", occasion="type1", terms_code="hikari-line", name="単独回線の利用料"
    )
    last, other = (things.contract(product=product) for _ in range(2))
    LineGroup.objects.create(
        terms_code="hikari-line",
        plan="mini",
        formed_on=date(2025, 2, 1),
        single=last,
        told_on=date(2025, 4, 30),
        **factories.ADDRESS,
    )
    for month in (7, 8):
        things.bill(date(2025, month, 1))
    charged = list(
        Charge.objects.filter(contract=last).order_by("id").values_list("kind", "amount", "tariff_id")
    )
    assert [(kind, amount) for kind, amount, _tariff in charged] == [
        ("base", 6000),
        ("single_line", 10100),
    ]
    assert charged[-1][-1] == tariff.pk
    assert list(Charge.objects.filter(contract=other).values_list("amount", flat=True)) == [6000, 6000]
    assert Charge.objects.get(kind="single_line").article == "hikari-line 38"
    (line,) = explain_invoice(things.invoice(last, date(2025, 8, 1)))["lines"]
    assert line["name"] == "単独回線の利用料"
