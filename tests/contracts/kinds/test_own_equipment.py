"""Own equipment is asked for as the document has it, inspected before the answer, and goes with its request."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import OwnEquipment, Request
from contracts.services.own_equipment import ask_inspection, carry_out_inspection
from contracts.services.refuse_request import refuse_request
from contracts.services.withdraw_request import withdraw_request
from notices.models import Notice
from tests import factories
from tests.contracts.kinds.asking import DAY, ask, grant
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

LINE = "hikari-line"


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()


def asked(kind: str = "own_equipment", *, form: str = "written", **details) -> Request:
    return ask(factories.contract(LINE), kind, form=form, **({"equipment": "IP電話機"} | details))


@pytest.mark.article(LINE, "別記5")
def test_a_certified_terminal_is_connected_when_the_request_is_granted():
    request = grant(asked(form="web", certification="T01-0001"))
    unit = OwnEquipment.objects.get()
    assert (request.state, unit.request, unit.state) == (Request.State.CARRIED_OUT, request, "connected")
    assert Notice.objects.filter(occasion="request_accepted").exists()


@pytest.mark.article(LINE, "別記5")
def test_a_terminal_without_certification_is_asked_for_in_writing_and_inspected_before_the_answer():
    with pytest.raises(Refused) as refused:
        asked(form="web")
    assert refused.value.refusal.code == "wrong_form"
    assert not Request.objects.exists()
    request = asked()
    with pytest.raises(Refused) as refused:
        grant(request)
    assert str(refused.value.refusal.article) == f"{LINE} 別記5"
    by = factories.staff()
    inspection = ask_inspection(unit=request.own_equipment, by=by, on=DAY, occasion="connection")
    carry_out_inspection(
        inspection=inspection, by=by, on=DAY, inspector="検査員", certificate="第12号", passed=True
    )
    request = Request.objects.get()
    grant(request)
    assert OwnEquipment.objects.get().state == "connected"


@pytest.mark.article(LINE, "別記7")
def test_a_facility_is_asked_for_with_its_place_always_in_writing():
    with pytest.raises(ValidationError) as error:
        asked("own_facility")
    assert set(error.value.message_dict) == {"place"}
    with pytest.raises(Refused):
        asked("own_facility", form="web", place="2階", certification="T01-0001")
    assert asked("own_facility", place="2階").own_equipment.kind == "facility"


@pytest.mark.article(LINE, "別記5")
@pytest.mark.article(LINE, "53")
def test_what_does_not_meet_the_standards_is_refused_and_the_reason_told():
    request = asked()
    refuse_request(
        request=request, by=factories.staff(), on=DAY, ground="non_compliant", reason="技術基準に適合しない"
    )
    unit = OwnEquipment.objects.get()
    assert (unit.state, unit.article) == ("refused", f"{LINE} 別記5")
    assert "技術基準に適合しない" in Notice.objects.get(occasion="request_refused").body
    with pytest.raises(ValidationError):
        refuse_request(request=asked(), by=factories.staff(), on=DAY, ground="minister", reason="経営上困難")


def test_a_request_taken_back_takes_the_unit_with_it():
    request = asked()
    withdraw_request(request=request, by=factories.staff(), on=date(2025, 8, 2))
    assert OwnEquipment.objects.get().state == "withdrawn"


@pytest.mark.article("isp-access", "44")
@pytest.mark.article("business-network", "14")
@pytest.mark.parametrize("terms_code", ["isp-access", "business-network"])
def test_a_document_without_such_a_request_takes_none(terms_code):
    with pytest.raises(Refused):
        ask(factories.contract(terms_code), "own_equipment", equipment="ルータ")


def test_an_eighth_document_wants_the_web_and_inspects_what_is_certified_too(eighth):
    contract = factories.contract(eighth)
    with pytest.raises(Refused):
        ask(contract, "own_equipment", equipment="IP電話機", certification="T01-0001")
    request = ask(contract, "own_equipment", form="web", equipment="IP電話機", certification="T01-0001")
    with pytest.raises(Refused) as refused:
        grant(request)
    assert refused.value.refusal.code == "inspect_first"
    by = factories.staff()
    inspection = ask_inspection(unit=request.own_equipment, by=by, on=DAY, occasion="connection")
    carry_out_inspection(
        inspection=inspection, by=by, on=DAY, inspector="検査員", certificate="第12号", passed=True
    )
    grant(Request.objects.get())
    assert OwnEquipment.objects.get().state == "connected"
