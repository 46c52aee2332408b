"""A new name or address holds from the day it is reported; until then notices go where they always went."""

import pghistory.models
import pytest
from django.core.exceptions import ValidationError

from contracts.models import Request
from contracts.services.tell import tell
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import DAY, PLACE, ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()


@pytest.mark.article("hikari-line", "別記3")
@pytest.mark.article("hikari-phone", "16")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access", "business-network"])
def test_a_report_holds_from_the_day_of_its_receipt(terms_code):
    contract = factories.contract(terms_code)
    contract.subscriber.channel = "letter"
    contract.subscriber.save()
    request = ask(contract, "name_change", name="株式会社新名", name_kana="ｼﾝﾒｲ", **PLACE)
    contract.refresh_from_db()
    assert (request.state, contract.subscriber.name) == (Request.State.CARRIED_OUT, "株式会社新名")
    assert contract.subscriber.name_kana == "シンメイ"
    told = Notice.objects.get(occasion="name_change_recorded")
    assert (told.recipient_name, told.address) == ("株式会社新名 御中", contract.subscriber.full_address)
    assert "みなとみらい1-1" in told.address
    assert "株式会社山田商事 → 株式会社新名" in told.body
    article = contract.pack(DAY).application.article
    later = tell(contract, "pause_ended", on=DAY, article=article, resumed_on=DAY)
    assert later.address == contract.subscriber.full_address


def test_the_database_keeps_the_name_that_stood_before():
    contract = factories.contract("hikari-line")
    ask(contract, "name_change", name="株式会社新名")
    names = [
        event.pgh_data["name"]
        for event in pghistory.models.Events.objects.tracks(contract.subscriber).order_by("pgh_created_at")
    ]
    assert names[0] == "株式会社山田商事"
    assert names[-1] == "株式会社新名"


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({}, "name"),
        ({"name": "株式会社山田商事"}, "name"),
        ({"name_kana": "漢字"}, "name_kana"),
        ({"postal_code": "12"}, "postal_code"),
    ],
)
def test_a_report_of_nothing_or_of_nonsense_changes_nothing(details, field):
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as error:
        ask(contract, "name_change", **details)
    assert set(error.value.message_dict) == {field}
    assert not Request.objects.exists()
