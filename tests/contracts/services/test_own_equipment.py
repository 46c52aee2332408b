"""The subscriber's own equipment: asked for, inspected, removed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Inspection, OwnEquipment
from contracts.services import own_equipment as services
from contracts.services.propose_suspension import propose_suspension
from notices.models import Notice
from notices.selectors import notices_about
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

ON = date(2025, 8, 1)


def ask(code="hikari-line", **fields) -> OwnEquipment:
    values = {"kind": "terminal", "name": "電話機", "form": "written", "certification": "", "place": "1階"}
    return services.connect_own_equipment(
        contract=factories.contract(code), by=factories.staff(), on=ON, **(values | fields)
    )


def do(action, subject, **fields):
    name = "inspection" if isinstance(subject, Inspection) else "unit"
    return action(**{name: subject}, by=factories.staff(), on=ON, **fields)


def inspect(unit, *, passed, occasion="fault"):
    asked = do(services.ask_inspection, unit, occasion=occasion)
    return do(services.carry_out_inspection, asked, inspector="検査員", certificate="第12号", passed=passed)


def code_of(refused) -> tuple[str, str]:
    return refused.value.refusal.code, str(refused.value.refusal.article)


@pytest.mark.article("hikari-line", "別記5")
def test_a_terminal_without_certification_is_asked_for_in_writing_and_inspected_first():
    with pytest.raises(Refused) as refused:
        ask(form="phone")
    assert code_of(refused) == ("wrong_form", "hikari-line 別記5")
    unit = ask()
    with pytest.raises(Refused) as refused:
        do(services.accept_connection, unit)
    assert code_of(refused) == ("inspect_first", "hikari-line 別記5")
    inspect(unit, passed=True, occasion="connection")
    assert "inspection_asked" in notices_about(unit).values_list("occasion", flat=True)
    assert do(services.accept_connection, unit).state == "connected"
    do(services.report_removal, unit)
    assert (unit.state, unit.over_on) == ("removed", ON)


@pytest.mark.article("hikari-line", "別記5")
def test_a_certified_terminal_is_asked_for_in_any_form_and_not_inspected():
    assert do(services.accept_connection, ask(form="phone", certification="T01-0001")).state == "connected"


@pytest.mark.article("hikari-line", "別記5")
def test_it_is_refused_on_the_grounds_of_the_document_alone():
    unit = ask()
    with pytest.raises(ValidationError):
        do(services.refuse_connection, unit, ground="minister")
    do(services.refuse_connection, unit, ground="non_compliant")
    assert (unit.state, unit.article) == ("refused", "hikari-line 別記5")


@pytest.mark.article("hikari-line", "別記7")
def test_a_facility_is_always_asked_for_in_writing_with_its_place_and_inspected():
    with pytest.raises(Refused) as refused:
        ask(kind="facility", form="phone", certification="T01-0001")
    assert code_of(refused) == ("wrong_form", "hikari-line 別記7")
    with pytest.raises(ValidationError):
        ask(kind="facility", place=" ")
    with pytest.raises(Refused) as refused:
        do(services.accept_connection, ask(kind="facility", certification="T01-0001"))
    assert code_of(refused) == ("inspect_first", "hikari-line 別記7")
    do(services.refuse_connection, ask(kind="facility"), ground="minister")


@pytest.mark.article("hikari-line", "別記6")
@pytest.mark.article("hikari-line", "別記8")
@pytest.mark.article("isp-access", "44")
@pytest.mark.parametrize(
    ("code", "kind", "article"),
    [
        ("hikari-line", "terminal", "別記6"),
        ("hikari-line", "facility", "別記8"),
        ("isp-access", "terminal", "44-3"),
    ],
)
def test_what_fails_is_to_be_removed_and_a_refusal_may_lead_to_a_suspension(code, kind, article):
    unit = ask(code, kind=kind)
    if unit.state == "requested":
        inspect(unit, passed=True, occasion="connection")
        do(services.accept_connection, unit)
    assert services.suspension_ground(unit=unit, on=ON) == ""
    asked = do(services.ask_inspection, unit, occasion="fault")
    with pytest.raises(Refused) as refused:
        do(services.carry_out_inspection, asked, inspector="検査員", certificate="", passed=True)
    assert refused.value.refusal.code == "no_certificate"
    do(services.decline_inspection, asked, good_reason=True, reason="入院中")
    assert services.suspension_ground(unit=unit, on=ON) == ""
    inspect(unit, passed=False)
    assert (unit.state, unit.article) == ("failed", f"{code} {article}")
    assert "取りはずして" in Notice.objects.get(occasion="own_equipment_failed").body
    with pytest.raises(Refused):
        do(services.put_right, unit)
    ground = services.suspension_ground(unit=unit, on=ON)
    proposed = propose_suspension(
        contract=unit.contract, by=factories.staff(), at=factories.at(ON), ground=ground, reason="未撤去",
        starts_on=date(2025, 8, 20), through=date(2025, 9, 19),
    )  # fmt: skip
    assert (proposed.state, proposed.article.endswith("1(5)")) == ("proposed", True)
    do(services.report_removal, unit)
    assert services.suspension_ground(unit=unit, on=ON) == ""


@pytest.mark.article("isp-access", "44")
@pytest.mark.article("hikari-line", "別記6")
@pytest.mark.parametrize("code", ["hikari-line", "isp-access"])
def test_an_inspection_refused_without_good_reason_is_a_ground(code):
    unit = ask(code, certification="T01-0001")
    asked = do(services.ask_inspection, unit, occasion="hindrance")
    do(services.decline_inspection, asked, good_reason=False, reason="理由なし")
    assert services.suspension_ground(unit=unit, on=ON) == "inspection_refused"


@pytest.mark.article("business-network", "14")
def test_business_network_asks_for_correction_and_knows_no_suspension_for_it():
    unit = ask("business-network", form="phone")
    assert unit.state == "connected"
    inspect(unit, passed=False, occasion="connection")
    assert (unit.state, unit.article) == ("failed", "business-network 14-3")
    assert "是正して" in Notice.objects.get(occasion="own_equipment_failed").body
    assert services.suspension_ground(unit=unit, on=ON) == ""
    assert do(services.put_right, unit).state == "connected"


def test_an_eighth_document_inspects_at_connection_alone_and_wants_the_web(eighth):
    with pytest.raises(Refused):
        ask(eighth)
    unit = ask(eighth, form="web", certification="T01-0001")
    with pytest.raises(Refused):
        do(services.accept_connection, unit)
    with pytest.raises(Refused):
        do(services.ask_inspection, unit, occasion="fault")
    inspect(unit, passed=True, occasion="connection")
    assert do(services.accept_connection, unit).state == "connected"
