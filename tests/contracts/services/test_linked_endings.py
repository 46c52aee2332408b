"""What ends because something else ends: the phone with its line, works never done, halts, objections to new terms."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Ending, TermsVersion, Work
from contracts.services.announce_halt import announce_halt
from contracts.services.carry_out_day import carry_out_day
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.declare_ending import declare_ending
from contracts.services.end_overdue_works import end_overdue_works
from contracts.services.halt_contract import halt_contract
from contracts.services.open_contract import open_contract
from contracts.services.record_objection import record_objection
from contracts.services.withdraw_ending import withdraw_ending
from notices.models import Notice
from tests import factories
from workflow.errors import Refused, WrongState

pytestmark = pytest.mark.django_db

DAY, LAST_DAY = date(2025, 8, 1), date(2025, 8, 31)


def line_and_phone(**phone: Any) -> tuple[Contract, Contract]:
    line = factories.contract("hikari-line")
    return line, factories.contract("hikari-phone", subscriber=line.subscriber, parent=line, **phone)


def end(contract: Contract, ends_on: date = LAST_DAY) -> Ending:
    return declare_ending(
        contract=contract,
        by=factories.staff(),
        on=DAY,
        ended_by=Ending.By.SUBSCRIBER,
        reason="移転",
        ends_on=ends_on,
    )


@pytest.mark.article("hikari-phone", "20")
def test_a_phone_ends_with_its_line_after_its_own_notice():
    line, phone = line_and_phone()
    ending = end(line)
    followed = Ending.objects.get(contract=phone)
    assert (followed.follows, followed.ends_on, followed.article) == (
        ending,
        LAST_DAY,
        "hikari-phone 20-4(1)",
    )
    assert followed.notice is not None
    assert followed.notice.recipient == phone.subscriber
    assert carry_out_endings(on=LAST_DAY + timedelta(days=1)).held == 1  # its notice is not out yet
    factories.dispatched(followed.notice, LAST_DAY)
    carry_out_endings(on=LAST_DAY + timedelta(days=1))
    line.refresh_from_db()
    phone.refresh_from_db()
    assert (line.state, phone.state) == (Contract.State.ENDED, Contract.State.ENDED)
    assert phone.ends_on == LAST_DAY


@pytest.mark.article("hikari-phone", "20")
def test_a_line_that_ends_today_leaves_the_phone_until_tomorrow_because_it_is_told_first():
    line, phone = line_and_phone()
    end(line, ends_on=DAY)
    assert Ending.objects.get(contract=phone).ends_on == DAY + timedelta(days=1)


def test_a_phone_that_ends_earlier_by_itself_is_left_alone():
    line, phone = line_and_phone()
    earlier = end(phone, ends_on=date(2025, 8, 10))
    end(line)
    assert list(phone.endings.all()) == [earlier]


def test_a_line_that_goes_on_after_all_keeps_its_phone():
    line, phone = line_and_phone()
    withdraw_ending(ending=end(line), by=factories.staff(), on=DAY, reason="取りやめ")
    line.refresh_from_db()
    phone.refresh_from_db()
    assert (line.state, phone.state) == (Contract.State.ACTIVE, Contract.State.ACTIVE)
    assert not Ending.objects.filter(withdrawn_on=None).exists()


def test_a_phone_not_opened_yet_is_cancelled_with_its_line():
    line, phone = line_and_phone(state=Contract.State.ACCEPTED)
    end(line)
    factories.dispatched(Ending.objects.get(contract=phone).notice, DAY)
    carry_out_endings(on=LAST_DAY + timedelta(days=1))
    phone.refresh_from_db()
    assert phone.state == Contract.State.CANCELLED


def test_a_contract_whose_document_is_silent_goes_on_without_the_other():
    line = factories.contract("hikari-line")
    isp = factories.contract("isp-access", subscriber=line.subscriber, parent=line)
    end(line)
    isp.refresh_from_db()
    assert isp.state == Contract.State.ACTIVE


# --- Works never done --------------------------------------------------------------------------


def waiting_for_work(terms_code: str, *, due_on: date) -> Contract:
    contract = factories.contract(terms_code, state=Contract.State.ACCEPTED)
    Work.objects.create(
        contract=contract, kind=Work.Kind.OPENING, planned_at=factories.at(due_on), due_on=due_on
    )
    return contract


@pytest.mark.article("hikari-phone", "20")
def test_a_phone_whose_work_is_not_done_by_the_set_day_must_be_ended():
    contract = waiting_for_work("hikari-phone", due_on=DAY)
    assert end_overdue_works(on=DAY) == 0
    assert end_overdue_works(on=DAY + timedelta(days=1)) == 1
    ending = Ending.objects.get()
    assert (ending.article, ending.ends_on) == ("hikari-phone 20-5", DAY + timedelta(days=2))
    assert end_overdue_works(on=DAY + timedelta(days=1)) == 0
    factories.dispatched(ending.notice, DAY + timedelta(days=1))
    carry_out_endings(on=DAY + timedelta(days=3))
    contract.refresh_from_db()
    assert contract.state == Contract.State.CANCELLED


def test_a_document_that_leaves_the_choice_ends_nothing_by_itself():
    waiting_for_work("hikari-line", due_on=DAY)
    assert end_overdue_works(on=DAY + timedelta(days=1)) == 0


def test_a_contract_whose_ending_was_declared_does_not_open():
    factories.publish_all()
    contract = waiting_for_work("hikari-phone", due_on=DAY)
    end_overdue_works(on=DAY + timedelta(days=1))
    contract.works.update(state=Work.State.DONE)
    with pytest.raises(ValidationError, match="2025-08-03"):
        open_contract(contract=contract, by=factories.staff(), on=DAY + timedelta(days=1))


# --- Halts -------------------------------------------------------------------------------------


def announce(contract: Contract, **fields: Any) -> Notice:
    values: dict[str, Any] = {
        "reason": "相互接続の停止",
        "starts_on": date(2025, 8, 11),
        "ends_on": date(2025, 11, 10),
    }
    return announce_halt(contract=contract, by=factories.staff(), at=factories.at(DAY), **(values | fields))


@pytest.mark.article("isp-access", "24")
def test_a_halted_contract_ends_by_itself_when_the_set_period_is_over():
    contract = factories.contract()
    factories.dispatched(announce(contract), DAY)
    ending = halt_contract(contract=contract, by=factories.staff(), on=date(2025, 8, 11))
    assert (contract.state, ending.by, ending.article) == (
        Contract.State.HALTED,
        "automatic",
        "isp-access 24",
    )
    assert carry_out_endings(on=date(2025, 11, 10)).ended == 0
    assert carry_out_endings(on=date(2025, 11, 11)).ended == 1
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ENDED, date(2025, 11, 10))
    assert Notice.objects.filter(occasion="halt_ended").exists()


def test_a_subscriber_may_end_a_halted_contract_sooner():
    contract = factories.contract()
    factories.dispatched(announce(contract), DAY)
    halt = halt_contract(contract=contract, by=factories.staff(), on=date(2025, 8, 11))
    declare_ending(
        contract=contract,
        by=factories.staff(),
        on=date(2025, 8, 20),
        ended_by="subscriber",
        reason="移転",
        ends_on=LAST_DAY,
    )
    contract.refresh_from_db()
    halt.refresh_from_db()
    assert (contract.ends_on, halt.withdrawn_on) == (LAST_DAY, date(2025, 8, 20))
    carry_out_endings(on=LAST_DAY + timedelta(days=1))
    assert Notice.objects.filter(occasion="contract_ended").exists()
    assert not Notice.objects.filter(occasion="halt_ended").exists()


def test_the_ending_of_a_halt_is_not_withdrawn():
    contract = factories.contract()
    factories.dispatched(announce(contract), DAY)
    halt = halt_contract(contract=contract, by=factories.staff(), on=date(2025, 8, 11))
    with pytest.raises(WrongState):
        withdraw_ending(ending=halt, by=factories.staff(), on=date(2025, 8, 12), reason="復旧")
    assert carry_out_endings(on=date(2025, 11, 11)).ended == 1


@pytest.mark.article("isp-access", "24")
def test_a_line_is_not_halted_without_its_notice():
    contract = factories.contract()
    with pytest.raises(Refused):
        halt_contract(contract=contract, by=factories.staff(), on=date(2025, 8, 11))
    notice = announce(contract)
    with pytest.raises(Refused):
        halt_contract(contract=contract, by=factories.staff(), on=date(2025, 8, 11))
    factories.dispatched(notice, DAY)
    with pytest.raises(Refused) as refused:
        halt_contract(contract=contract, by=factories.staff(), on=date(2025, 8, 10))
    assert refused.value.refusal.code == "too_early"


def test_a_document_that_knows_no_halt_refuses_one():
    contract = factories.contract("hikari-line")
    with pytest.raises(Refused):
        announce(contract)
    with pytest.raises(Refused):
        halt_contract(contract=contract, by=factories.staff(), on=DAY)


def test_the_days_of_a_halt_follow_each_other():
    with pytest.raises(ValidationError):
        announce(factories.contract(), ends_on=date(2025, 8, 10))


# --- Objections to new terms -------------------------------------------------------------------


def version(terms_code: str, effective: date) -> Any:
    """A published version; here the one in force stands in for a new one."""
    factories.publish_all()
    return TermsVersion.objects.get(terms_code=terms_code, effective=effective)


@pytest.mark.article("isp-access", "2")
def test_a_written_objection_in_time_ends_the_contract_on_the_effective_day():
    terms = version("isp-access", date(2022, 7, 1))
    contract = factories.contract(start=date(2022, 7, 1))
    ending = record_objection(
        contract=contract,
        version=terms,
        by=factories.staff(),
        received_at=factories.at(date(2022, 7, 1), 23, 59),
        form="written",
    )
    assert (ending.by, ending.ends_on, ending.article) == ("automatic", date(2022, 7, 1), "isp-access 2")
    assert carry_out_day(on=date(2022, 7, 2))["contracts ended"] == 1


@pytest.mark.article("isp-access", "2")
@pytest.mark.parametrize(
    ("received", "form", "code"),
    [
        (factories.at(date(2022, 7, 2), 0), "written", "objection_too_late"),
        (factories.at(date(2022, 7, 1)), "web", "wrong_form"),
    ],
)
def test_a_late_or_unwritten_objection_has_no_effect(received, form, code):
    terms = version("isp-access", date(2022, 7, 1))
    contract = factories.contract(start=date(2022, 7, 1))
    with pytest.raises(Refused) as refused:
        record_objection(
            contract=contract, version=terms, by=factories.staff(), received_at=received, form=form
        )
    assert refused.value.refusal.code == code
    assert not Ending.objects.exists()


@pytest.mark.article("hikari-line", "2")
@pytest.mark.article("hikari-phone", "3")
@pytest.mark.article("business-network", "4")
@pytest.mark.parametrize(
    ("terms_code", "effective"),
    [
        ("hikari-line", date(2024, 3, 1)),
        ("hikari-phone", date(2024, 4, 1)),
        ("business-network", date(2023, 9, 10)),
    ],
)
def test_elsewhere_an_objection_ends_nothing(terms_code, effective):
    terms = version(terms_code, effective)
    contract = factories.contract(terms_code, start=effective)
    with pytest.raises(Refused) as refused:
        record_objection(
            contract=contract,
            version=terms,
            by=factories.staff(),
            received_at=factories.at(effective),
            form="written",
        )
    assert refused.value.refusal.code == "no_objection"
