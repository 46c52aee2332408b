"""A subscriber who does not agree to another fee ends the contract by an objection in writing (isp-access 2-4)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing.fee_changes import fees_to_object_to
from billing.models import TariffPrice
from billing.services.record_fee_objection import record_fee_objection
from billing.services.set_price import set_price
from contracts.models import Contract, Ending, Product
from contracts.services.carry_out_endings import carry_out_endings
from tests import factories
from tests.billing import things
from workflow.errors import Refused

TODAY, FROM = date(2025, 6, 10), date(2025, 8, 1)
NOW = factories.at(TODAY)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def dearer(of: Contract, day: date = FROM) -> TariffPrice:
    tariff = of.product.tariffs.get()
    return set_price(tariff=tariff, amount=6500, valid_from=day, by=factories.staff(), at=NOW)


def objected(contract: Contract, price: TariffPrice, **fields: Any) -> Ending:
    values = {"received_at": NOW + timedelta(days=3), "form": "written"} | fields
    return record_fee_objection(contract=contract, price=price, by=factories.staff(), **values)


@pytest.mark.article("isp-access", "2")
def test_an_objection_to_a_dearer_fee_ends_the_contract_on_the_day_of_the_change():
    contract = things.contract("isp-access", 6000)
    price = dearer(contract)
    ending = objected(contract, price, received_at=factories.at(FROM, 23, 59))
    assert (ending.by, ending.ends_on, ending.article) == ("automatic", FROM, "isp-access 2")
    assert "8月1日から" in ending.reason
    assert carry_out_endings(on=FROM).ended == 0
    assert carry_out_endings(on=FROM + timedelta(days=1)).ended == 1
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ENDED, FROM)


@pytest.mark.article("isp-access", "2")
@pytest.mark.parametrize(
    ("fields", "code"),
    [({"received_at": factories.at(FROM + timedelta(days=1), 0)}, "objection_too_late"), ({"form": "web"}, "wrong_form")],
)  # fmt: skip
def test_a_late_or_unwritten_objection_to_a_fee_has_no_effect(fields, code):
    contract = things.contract("isp-access", 6000)
    price = dearer(contract)
    with pytest.raises(Refused) as refused:
        objected(contract, price, **fields)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (code, "isp-access 2")
    assert not Ending.objects.exists()


@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "business-network"])
def test_where_the_document_knows_no_objection_a_dearer_fee_ends_nothing(terms_code):
    contract = things.contract(terms_code, 6000)
    price = dearer(contract)
    assert not fees_to_object_to(contract, on=TODAY).exists()
    with pytest.raises(Refused) as refused:
        objected(contract, price)
    assert refused.value.refusal.code == "no_objection"


def test_one_objects_only_to_an_announced_change_of_ones_own_fees():
    contract, other = things.contract("isp-access", 6000), things.contract("isp-access", 6000)
    price, never_announced = dearer(other), contract.product.tariffs.get().prices.get()
    for wrong in (price, never_announced):
        with pytest.raises(ValidationError) as error:
            objected(contract, wrong)
        assert set(error.value.message_dict) == {"price"}
    with pytest.raises(ValidationError) as error:
        objected(other, price, received_at=NOW - timedelta(seconds=1))
    assert set(error.value.message_dict) == {"received_at"}
    assert not Ending.objects.exists()


def test_the_fee_of_an_option_counts_while_the_contract_carries_it():
    contract = things.contract("isp-access", 6000)
    option = factories.product(kind=Product.Kind.OPTION)
    dear = things.tariff(option, 300)
    set_price(tariff=dear, amount=400, valid_from=FROM, by=factories.staff(), at=NOW)
    assert not fees_to_object_to(contract, on=TODAY).exists()
    carried = factories.option(contract, product=option)
    assert [price.amount for price in fees_to_object_to(contract, on=TODAY)] == [400]
    carried.ends_on = TODAY - timedelta(days=1)
    carried.save()
    assert not fees_to_object_to(contract, on=TODAY).exists()
    assert not fees_to_object_to(contract, on=FROM + timedelta(days=1)).exists()
