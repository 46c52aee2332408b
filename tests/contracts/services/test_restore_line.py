"""When a suspended line works again."""

from datetime import date

import pytest

from contracts.models import Contract, Pause, Suspension
from contracts.services.restore_line import restore_line
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 20)


def restored(contract: Contract) -> tuple[bool, str]:
    answer = restore_line(
        contract=contract, by=factories.staff(), on=DAY, reason="入金のため", article=contract.pack(DAY).article("23")
    )  # fmt: skip
    contract.refresh_from_db()
    return answer, contract.state


def test_it_is_active_again():
    assert restored(factories.contract(state=Contract.State.SUSPENDED)) == (True, "active")


def test_it_stays_paused_where_it_was_paused_before():
    contract = factories.contract(state=Contract.State.SUSPENDED)
    pause = Pause.objects.create(contract=contract, article="isp-access 12", starts_on=date(2025, 7, 1))
    assert restored(contract) == (True, "paused")
    Contract.objects.filter(pk=contract.pk).update(state=Contract.State.SUSPENDED)
    Pause.objects.filter(pk=pause.pk).update(ends_on=date(2025, 7, 31))
    assert restored(contract) == (True, "active")


def test_it_stays_suspended_while_there_is_another_suspension():
    contract = factories.contract(state=Contract.State.SUSPENDED)
    Suspension.objects.create(
        contract=contract, ground="unpaid", article="isp-access 23-1(1)", reason="未払い",
        state=Suspension.State.IN_FORCE, starts_on=date(2025, 8, 1), until_paid=True,
    )  # fmt: skip
    assert restored(contract) == (False, "suspended")


@pytest.mark.parametrize("state", ["active", "ending"])
def test_what_is_not_suspended_stays_as_it_is(state: str):
    assert restored(factories.contract(state=state)) == (False, state)
