"""A subscriber's claim for a damage beyond outages, with what is owed for it at most (isp-access 40)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from billing.models import DamageClaim
from tests import factories
from tests.billing import things
from tests.billing.damages import TODAY, person, received
from workflow.errors import Refused
from workflow.models import Approval

JUNE = date(2025, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


@pytest.mark.article("isp-access", "40")
def test_the_fee_is_that_charged_for_the_day_or_else_the_price_of_the_day():
    contract = person()
    things.bill(JUNE)
    contract.product.tariffs.get().prices.update(amount=9999)
    assert received(contract).fee == 6000
    assert received(contract, happened_on=date(2025, 7, 5)).fee == 9999


def test_a_service_whose_fee_nobody_set_has_no_limit_to_work_out_yet():
    with pytest.raises(ValidationError, match="料金|fee"):
        received(factories.contract("isp-access"))
    assert not DamageClaim.objects.exists()


@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "business-network"])
def test_a_document_without_such_a_clause_takes_no_claim(terms_code):
    with pytest.raises(Refused) as refused:
        received(things.contract(terms_code))
    assert refused.value.refusal.code == "no_damages"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"loss": 0}, "loss"),
        ({"happened_on": TODAY + timedelta(days=1)}, "happened_on"),
        ({"happened_on": date(2025, 3, 31)}, "happened_on"),
        ({"what": " "}, "what"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(fields, field):
    with pytest.raises(ValidationError) as error:
        received(person(), **fields)
    assert set(error.value.message_dict) == {field}
    assert (DamageClaim.objects.count(), Approval.objects.count()) == (0, 0)
