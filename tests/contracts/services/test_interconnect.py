"""Another circuit is connected to a line, changed, taken away."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, InterconnectedLine, Request
from contracts.services.interconnect import interconnect
from notices.models import Notice
from tests import factories
from workflow.models import StateChange

pytestmark = pytest.mark.django_db

DAY, LATER = date(2025, 8, 1), date(2025, 10, 1)


@pytest.fixture
def contract() -> Contract:
    return factories.contract("hikari-line")


def connect(contract: Contract, action: str = "add", on: date = DAY, **fields: str) -> InterconnectedLine:
    asked = Request.objects.create(
        kind=Request.Kind.INTERCONNECTION,
        terms_code=contract.terms_code,
        contract=contract,
        subscriber=contract.subscriber,
    )
    values = {"circuit": "他社専用回線 1", "place": "1階 MDF", "equipment": "回線接続装置"}
    return interconnect(
        contract=contract, by=factories.staff(), on=on, action=action, request=asked, **(values | fields)
    )


def test_a_circuit_is_connected_changed_and_taken_away(contract):
    connect(contract)
    connect(contract, "change", place="2階 機械室")
    connect(contract, "drop", LATER)
    found = InterconnectedLine.objects.get()
    assert (found.since, found.until, found.place) == (DAY, LATER, "2階 機械室")
    assert found.article == str(contract.pack(DAY).interconnection.article)
    assert [change.transition for change in StateChange.objects.order_by("pk")] == [
        "interconnection_add",
        "interconnection_change",
        "interconnection_drop",
    ]
    details = [notice.facts["details"][0] for notice in Notice.objects.order_by("pk")]
    assert [text.partition("：")[0] for text in details] == [
        "相互接続の接続",
        "相互接続の変更",
        "相互接続の廃止",
    ]


@pytest.mark.parametrize("action", ["change", "drop"])
def test_what_is_not_connected_is_neither_changed_nor_taken_away(contract, action):
    with pytest.raises(ValidationError) as refused:
        connect(contract, action)
    assert set(refused.value.message_dict) == {"circuit"}
    assert not Notice.objects.exists()


def test_a_circuit_is_connected_once(contract):
    connect(contract)
    with pytest.raises(ValidationError):
        connect(contract)
    assert InterconnectedLine.objects.count() == 1
    assert Notice.objects.count() == 1
