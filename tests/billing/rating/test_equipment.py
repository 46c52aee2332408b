"""What lost equipment costs."""

from datetime import date

import pytest

from billing.rating.equipment import equipment_charges
from billing.rating.errors import RatingError
from billing.rating.facts import EquipmentFacts
from tests.billing.rating.books import book, contract, fee

LINE = "hikari-line"
DAMAGES = fee(
    LINE, 9000, product_id=None, kind="equipment_damages", code="damages-onu", occasion="onu",
    name="機器損害金", tax_category="outside",
)  # fmt: skip


def charges(terms_code, *fees, cost=None, article="hikari-line 42"):
    unit = EquipmentFacts("equipment:7", "onu", "回線終端装置", date(2025, 6, 20), cost, article)
    return list(equipment_charges(book(*fees), contract(terms_code, equipment=(unit,))))


@pytest.mark.article(LINE, "42")
def test_damages_are_those_of_the_tariff_for_the_product():
    (charge,) = charges(LINE, DAMAGES)
    assert (charge.kind, charge.amount, charge.source) == ("equipment", 9000, "equipment:7")
    assert (charge.article, charge.tax_rate) == ("hikari-line 42", 0)


def test_a_product_without_a_tariff_parks_the_contract():
    with pytest.raises(RatingError):
        charges(LINE)


@pytest.mark.article(LINE, "54")
@pytest.mark.article("isp-access", "42")
@pytest.mark.parametrize("code", [LINE, "isp-access"])
def test_the_cost_of_making_good_is_charged_as_it_is(code):
    (charge,) = charges(code, cost=4300, article=f"{code} 42-7")
    assert (charge.amount, charge.article) == (4300, f"{code} 42-7")
