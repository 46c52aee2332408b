"""接続休止 of a whole contract: after its notice, and it ends by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract
from contracts.services.announce_halt import announce_halt
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.declare_ending import declare_ending
from contracts.services.halt_contract import halt_contract
from contracts.services.withdraw_ending import withdraw_ending
from notices.models import Notice
from tests import factories
from workflow.errors import Refused, WrongState

pytestmark = pytest.mark.django_db

DAY, LAST_DAY = date(2025, 8, 1), date(2025, 8, 31)


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
