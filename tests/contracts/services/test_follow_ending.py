"""Contracts that stand beside another end with it where their document says so."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.models import Contract, Ending
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.declare_ending import declare_ending
from contracts.services.withdraw_ending import withdraw_ending
from tests import factories

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
