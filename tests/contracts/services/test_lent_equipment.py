"""Lent equipment from the day it is lent to the day it is back or paid for."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, LentEquipment, Product, ReturnPolicy
from contracts.services.ask_equipment_back import ask_equipment_back
from contracts.services.carry_out_day import carry_out_day
from contracts.services.chase_equipment import ChaseCounts, chase_equipment
from contracts.services.declare_ending import declare_ending
from contracts.services.drop_option import drop_option
from contracts.services.lend_equipment import lend_equipment
from contracts.services.move_equipment import move_equipment
from contracts.services.report_equipment_loss import report_equipment_loss
from contracts.services.take_equipment_back import take_equipment_back
from notices.models import Notice
from tests import factories
from workflow.errors import Refused, WrongState
from workflow.models import StateChange

pytestmark = pytest.mark.django_db

LENT, ASKED = date(2025, 5, 1), date(2025, 8, 1)


def lent(terms_code="hikari-phone", *, policy=True, **fields) -> LentEquipment:
    contract = factories.contract(terms_code)
    router = factories.product(terms_code, kind=Product.Kind.EQUIPMENT, name="光電話ルーター")
    factories.option(contract, product=router)
    if policy:
        ReturnPolicy.objects.create(
            terms_code=terms_code, valid_from=date(2022, 1, 1), place="返却センター", return_days=14,
            remind_every=10, give_up_after=40, demonstration=True,
        )  # fmt: skip
    values = {"serial_number": "SN-0001", "by": factories.staff(), "on": LENT, "place": "1階"}
    return lend_equipment(contract=contract, product=router, **(values | fields))


def asked(terms_code="hikari-phone", **fields) -> LentEquipment:
    unit = lent(terms_code, **fields)
    ending(unit)
    return ask_equipment_back(unit=unit, by=factories.staff(), on=ASKED, why=LentEquipment.Why.ENDING)


def ending(unit: LentEquipment) -> None:
    """The contract of the unit ends."""
    Contract.objects.filter(pk=unit.contract_id).update(state=Contract.State.ENDING, ends_on=ASKED)
    unit.contract = Contract.objects.get(pk=unit.contract_id)


def notices(unit: LentEquipment) -> list[str]:
    return list(
        Notice.objects.filter(recipient_id=unit.contract.subscriber_id)
        .order_by("id")
        .values_list("occasion", flat=True)
    )


def test_a_unit_is_lent_once_and_only_with_a_contract_that_carries_it():
    unit = lent()
    with pytest.raises(ValidationError):
        lend_equipment(
            contract=unit.contract, product=unit.product, serial_number=" SN-0001 ", by=factories.staff(), on=LENT
        )  # fmt: skip
    other = factories.product("hikari-phone", kind=Product.Kind.EQUIPMENT)
    with pytest.raises(ValidationError) as error:
        lend_equipment(
            contract=unit.contract, product=other, serial_number="X", by=factories.staff(), on=LENT
        )
    assert "product" in error.value.message_dict
    ended = factories.contract("hikari-phone", state=Contract.State.ENDED)
    with pytest.raises(ValidationError):
        lend_equipment(contract=ended, product=unit.product, serial_number="X", by=factories.staff(), on=LENT)
    assert LentEquipment.objects.count() == 1


@pytest.mark.article("hikari-phone", "25")
def test_equipment_is_asked_back_to_the_place_the_operator_names():
    unit = asked(owner=LentEquipment.Owner.WHOLESALER)
    assert (unit.state, unit.return_by) == ("to_return", date(2025, 8, 15))
    notice = Notice.objects.get(occasion="equipment_return_asked")
    assert notice.article == "hikari-phone 25"
    for words in ("速やかに", "返却センター", "SN-0001", "光電話ルーター", "2025年8月15日"):
        assert words in notice.body
    take_equipment_back(unit=unit, by=factories.staff(), on=date(2025, 8, 10))
    assert unit.state == "returned"
    assert chase_equipment(on=date(2025, 12, 1)) == ChaseCounts()


@pytest.mark.article("hikari-phone", "25")
def test_nothing_is_asked_back_for_the_ending_of_a_contract_that_goes_on():
    unit = lent()
    with pytest.raises(ValidationError) as refused:
        ask_equipment_back(unit=unit, by=factories.staff(), on=ASKED, why="ending")
    assert list(refused.value.message_dict) == ["why"]
    unit.refresh_from_db()
    assert unit.state == "lent"
    assert not Notice.objects.filter(occasion="equipment_return_asked").exists()


@pytest.mark.article("hikari-phone", "25")
def test_without_days_of_the_operator_it_is_due_back_promptly_and_no_clock_runs():
    unit = asked(policy=False)
    assert unit.return_by is None
    assert "速やかに" in Notice.objects.get(occasion="equipment_return_asked").body
    assert chase_equipment(on=date(2026, 8, 1)) == ChaseCounts()


@pytest.mark.article("hikari-phone", "25")
def test_the_clock_asks_for_what_is_no_longer_used():
    unit = lent()
    assert chase_equipment(on=date(2025, 7, 31)).asked == 0
    drop_option(contract=unit.contract, product=unit.product, by=factories.staff(), on=date(2025, 7, 31))
    assert chase_equipment(on=date(2025, 7, 31)).asked == 0
    assert chase_equipment(on=ASKED).asked == 1
    assert chase_equipment(on=ASKED).asked == 0
    unit.refresh_from_db()
    assert (unit.state, unit.why) == ("to_return", "disuse")


@pytest.mark.article("hikari-line", "42")
def test_the_ending_of_the_contract_makes_equipment_due_back_in_the_same_night():
    unit = lent("hikari-line")
    declare_ending(
        contract=unit.contract, by=factories.staff(), on=date(2025, 7, 1), ended_by="subscriber", reason="",
        ends_on=date(2025, 7, 31),
    )  # fmt: skip
    assert carry_out_day(on=ASKED)["equipment asked"] == 1
    unit.refresh_from_db()
    assert (unit.why, unit.article) == ("ending", "hikari-line 42")


def test_where_the_document_does_not_say_so_nobody_is_asked():
    unit = lent("isp-access")
    drop_option(contract=unit.contract, product=unit.product, by=factories.staff(), on=date(2025, 7, 31))
    assert chase_equipment(on=ASKED).asked == 0
    with pytest.raises(Refused):
        ask_equipment_back(unit=unit, by=factories.staff(), on=ASKED, why="disuse")
    unit.refresh_from_db()
    assert unit.state == "lent"


@pytest.mark.article("hikari-line", "42")
def test_overdue_equipment_is_reminded_of_and_then_owed():
    unit = asked("hikari-line")
    due = unit.return_by
    assert chase_equipment(on=due).reminded == 0
    assert chase_equipment(on=due + timedelta(1)).reminded == 1
    assert chase_equipment(on=due + timedelta(1)).reminded == 0
    assert chase_equipment(on=due + timedelta(10)).reminded == 0
    assert chase_equipment(on=due + timedelta(11)).reminded == 1
    assert "機器損害金" in Notice.objects.filter(occasion="equipment_return_reminder").latest("id").body
    assert chase_equipment(on=ASKED + timedelta(40)).given_up == 0
    assert chase_equipment(on=ASKED + timedelta(41)) == ChaseCounts(given_up=1)
    unit.refresh_from_db()
    assert (unit.state, unit.claim, unit.claimed_on) == (
        "not_returned",
        "damages",
        ASKED + timedelta(41),
    )
    assert unit.article == "hikari-line 42"
    assert notices(unit)[-1] == "equipment_claimed"


@pytest.mark.article("hikari-line", "54")
@pytest.mark.article("isp-access", "42")
@pytest.mark.parametrize(("code", "article"), [("hikari-line", "54-2"), ("isp-access", "42-7")])
def test_damage_in_breach_of_a_duty_is_owed_at_its_cost(code, article):
    unit = lent(code)
    report_equipment_loss(
        unit=unit, by=factories.staff(), on=ASKED, event="damaged", reason="水没", duty="due_care", cost=4300
    )
    unit.refresh_from_db()
    assert (unit.state, unit.claim, unit.cost, unit.article) == (
        "damaged",
        "reparation",
        4300,
        f"{code} {article}",
    )
    assert "4,300円" in Notice.objects.get(occasion="equipment_claimed").body
    assert StateChange.objects.filter(transition="damage", article=f"{code} {article}").exists()


def test_a_loss_for_which_the_document_has_no_clause_is_recorded_and_costs_nothing():
    unit = lent("isp-access")
    report_equipment_loss(unit=unit, by=factories.staff(), on=ASKED, event="lost", reason="盗難")
    assert (unit.state, unit.claim, unit.claimed_on) == ("lost", "", None)
    assert "equipment_claimed" not in notices(unit)
    with pytest.raises(WrongState):
        report_equipment_loss(unit=unit, by=factories.staff(), on=ASKED, event="lost", reason="盗難")


def test_a_wrong_report_changes_nothing():
    unit = lent("isp-access")
    with pytest.raises(Refused):
        report_equipment_loss(
            unit=unit, by=factories.staff(), on=ASKED, event="lost", reason="", duty="entry"
        )
    with pytest.raises(ValidationError):
        report_equipment_loss(
            unit=unit, by=factories.staff(), on=LENT - timedelta(1), event="lost", reason=""
        )
    unit.refresh_from_db()
    assert unit.state == "lent"


@pytest.mark.article("hikari-phone", "24")
def test_equipment_is_moved_on_request():
    unit = lent(owner=LentEquipment.Owner.WHOLESALER)
    by = factories.staff()
    move_equipment(unit=unit, by=by, on=ASKED, place="2階")
    unit.refresh_from_db()
    assert unit.place == "2階"
    notice = Notice.objects.get(occasion="change_done")
    assert "2階" in notice.body
    assert notice.article == "hikari-phone 24"
    with pytest.raises(ValidationError):
        move_equipment(unit=unit, by=by, on=ASKED, place="2階")
    with pytest.raises(Refused):
        move_equipment(unit=lent("hikari-line"), by=by, on=ASKED, place="2階")


def test_an_eighth_document_decides_by_its_file_alone(eighth):
    unit = lent(eighth)
    with pytest.raises(Refused):
        ask_equipment_back(unit=unit, by=factories.staff(), on=ASKED, why="ending")
    drop_option(contract=unit.contract, product=unit.product, by=factories.staff(), on=date(2025, 7, 31))
    assert chase_equipment(on=ASKED).asked == 1
    # It makes nothing due for what is not returned: the reminders go on.
    assert chase_equipment(on=date(2026, 8, 1)) == ChaseCounts(reminded=1)
    unit.refresh_from_db()
    move = lent(eighth, policy=False, serial_number="SN-0002")
    move_equipment(unit=move, by=factories.staff(), on=ASKED, place="地下")
    report_equipment_loss(
        unit=move, by=factories.staff(), on=ASKED, event="damaged", reason="", duty="keep_dry", cost=1
    )
    assert (move.claim, move.article) == ("reparation", "eighth 3-2")
    report_equipment_loss(unit=unit, by=factories.staff(), on=date(2026, 8, 1), event="lost", reason="")
    assert (unit.claim, unit.article) == ("damages", "eighth 4-3")
