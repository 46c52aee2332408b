"""What is agreed and changed about lines: their numbers after notice, their ends, their exchanges, what the called side sees."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.guards.lines import number_shown
from contracts.models import Contract, NumberChange
from contracts.services.carry_out_day import carry_out_day
from contracts.services.change_line import agree_terminal_point, move_to_exchange, withhold_number
from contracts.services.change_number import announce_number_change
from contracts.services.open_contract import open_contract
from notices.models import Notice
from terms.registry import pack_for
from tests import factories
from workflow.errors import Refused
from workflow.models import StateChange

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
EFFECTIVE = date(2025, 9, 1)


@pytest.mark.article("hikari-line", "15")
@pytest.mark.article("hikari-phone", "12")
@pytest.mark.parametrize(
    ("terms_code", "column", "given"),
    [("hikari-line", "number", ""), ("hikari-phone", "phone_number", "03-9999-0000")],
)
def test_a_number_changes_on_its_day_once_the_subscriber_was_told(terms_code, column, given):
    contract = factories.contract(terms_code, line=factories.line(terms_code, phone_number="03-1111-2222"))
    line = contract.line
    old = getattr(line, column)
    change = announce_number_change(
        line=line, by=factories.staff(), on=DAY, effective_on=EFFECTIVE, reason="収容替えのため", number=given
    )
    notice = Notice.objects.get(occasion="number_changed")
    assert (notice.facts["old_number"], notice.facts["new_number"]) == (old, change.new)
    assert carry_out_day(on=EFFECTIVE)["numbers changed"] == 0
    factories.dispatched(notice, EFFECTIVE)
    assert carry_out_day(on=EFFECTIVE)["numbers changed"] == 0
    assert carry_out_day(on=EFFECTIVE + timedelta(days=1))["numbers changed"] == 1
    line.refresh_from_db()
    assert getattr(line, column) == change.new != old
    assert carry_out_day(on=EFFECTIVE + timedelta(days=1))["numbers changed"] == 0


@pytest.mark.article("hikari-line", "15")
def test_a_number_is_not_changed_without_notice_beforehand_nor_where_the_document_is_silent():
    line = factories.contract("hikari-line").line
    with pytest.raises(Refused) as refused:
        announce_number_change(line=line, by=factories.staff(), on=DAY, effective_on=DAY, reason="収容替え")
    assert str(refused.value.refusal.article) == "hikari-line 15"
    other = factories.contract("business-network").line
    with pytest.raises(Refused) as refused:
        announce_number_change(
            line=other, by=factories.staff(), on=DAY, effective_on=EFFECTIVE, reason="収容替え"
        )
    assert refused.value.refusal.code == "no_number_change"
    phone = factories.contract("hikari-phone").line
    for wrong in (phone, factories.line("hikari-phone")):
        with pytest.raises(ValidationError):
            announce_number_change(
                line=wrong, by=factories.staff(), on=DAY, effective_on=EFFECTIVE, reason="移転"
            )
    assert not NumberChange.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.article("hikari-line", "9")
def test_the_terminal_point_is_agreed_with_the_subscriber_and_recorded():
    line = factories.contract("hikari-line").line
    with pytest.raises(ValidationError) as error:
        agree_terminal_point(line=line, by=factories.staff(), on=DAY, point="1階配線盤", agreed_with="")
    assert "agreed_with" in error.value.message_dict
    agree_terminal_point(
        line=line, by=factories.staff(), on=DAY, point="1階配線盤", agreed_with="契約者本人、現地で"
    )
    line.refresh_from_db()
    assert (line.terminal_point, line.terminal_agreed_on) == ("1階配線盤", DAY)
    assert StateChange.objects.get(transition="agree_terminal_point").article == "hikari-line 9"


@pytest.mark.article("hikari-line", "11")
def test_the_exchange_that_houses_a_line_is_recorded_and_may_change_for_a_reason():
    line = factories.contract("hikari-line", line=factories.line("hikari-line", host_exchange="霞が関")).line
    move_to_exchange(line=line, by=factories.staff(), on=DAY, exchange="新橋", reason="設備の更新")
    line.refresh_from_db()
    assert line.host_exchange == "新橋"
    record = StateChange.objects.get(transition="move_to_exchange")
    assert (record.article, record.reason) == ("hikari-line 11", "霞が関 → 新橋：設備の更新")
    with pytest.raises(ValidationError):
        move_to_exchange(line=line, by=factories.staff(), on=DAY, exchange="新橋", reason="")


@pytest.mark.article("hikari-phone", "35")
def test_a_number_is_shown_unless_withheld_on_the_line_or_by_dialling_184():
    line, pack = factories.contract("hikari-phone").line, pack_for("hikari-phone", DAY)
    assert number_shown(pack, withheld=line.number_withheld, dialled="0312345678")
    assert not number_shown(pack, withheld=line.number_withheld, dialled="1840312345678")
    withhold_number(line=line, by=factories.staff(), on=DAY, withheld=True, reason="契約者の請求")
    line.refresh_from_db()
    assert not number_shown(pack, withheld=line.number_withheld, dialled="0312345678")
    withhold_number(line=line, by=factories.staff(), on=DAY, withheld=False, reason="契約者の請求")
    assert number_shown(pack, withheld=line.number_withheld)
    with pytest.raises(Refused):
        withhold_number(
            line=factories.line("isp-access"), by=factories.staff(), on=DAY, withheld=True, reason=""
        )


@pytest.mark.article("hikari-line", "4")
def test_the_only_type_of_service_is_the_one_with_a_line():
    contract = factories.contract(
        "hikari-line", state=Contract.State.ACCEPTED, line=None, formed_on=DAY, live=(DAY, None)
    )
    with pytest.raises(Refused) as refused:
        open_contract(contract=contract, by=factories.staff(), on=DAY)
    assert str(refused.value.refusal.article) == "hikari-line 4"
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACCEPTED
