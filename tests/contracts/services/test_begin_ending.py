"""Where an ending can begin, and which of two stands."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Ending
from contracts.services.begin_ending import begin_ending
from tests import factories

pytestmark = pytest.mark.django_db

DAY, LAST = date(2025, 8, 1), date(2025, 8, 31)


def begin(
    contract: Contract, *, ends_on: date = LAST, by: str = Ending.By.SUBSCRIBER, **fields: Any
) -> Ending:
    ending = Ending(
        contract=contract, by=by, article="isp-access 15", reason="転居のため", declared_on=DAY, ends_on=ends_on,
        form="written", **fields,
    )  # fmt: skip
    return begin_ending(contract=contract, by=factories.staff(), on=DAY, ending=ending)


def standing(contract: Contract) -> list[date]:
    return list(contract.endings.filter(withdrawn_on=None).values_list("ends_on", flat=True))


@pytest.mark.parametrize("state", ["active", "paused", "suspended"])
def test_a_contract_that_runs_is_ending_from_then_on(state: str):
    contract = factories.contract(state=state)
    begin(contract)
    assert (contract.state, contract.ends_on) == (Contract.State.ENDING, LAST)


def test_an_ending_for_a_later_day_gives_way_to_an_earlier_one_and_not_the_other_way_round():
    contract = factories.contract()
    begin(contract)
    for day in (LAST, LAST + timedelta(days=1)):
        with pytest.raises(ValidationError) as error:
            begin(contract, ends_on=day)
        assert list(error.value.message_dict) == ["ends_on"]
    begin(contract, ends_on=LAST - timedelta(days=1))
    assert standing(contract) == [LAST - timedelta(days=1)]
    assert contract.ends_on == LAST - timedelta(days=1)


def test_a_halted_contract_keeps_its_state_until_the_day():
    contract = factories.contract(state=Contract.State.HALTED)
    begin(contract)
    assert (contract.state, contract.ends_on) == (Contract.State.HALTED, LAST)


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        ("applied", {}),
        ("ended", {"ends_on": date(2025, 7, 1)}),
        ("accepted", {}),
        ("active", {"formed_on": LAST + timedelta(days=1)}),
    ],
)
def test_what_is_not_there_yet_or_over_does_not_end(state: str, fields: dict[str, date]):
    contract = factories.contract(state=state)
    Contract.objects.filter(pk=contract.pk).update(**fields)
    with pytest.raises(ValidationError):
        begin(contract)
    assert standing(contract) == []
    contract.refresh_from_db()
    assert contract.state == state


def test_the_operator_may_end_a_contract_that_was_only_accepted():
    contract = factories.contract(state=Contract.State.ACCEPTED)
    begin(contract, by=Ending.By.OPERATOR, ground="unpaid")
    assert standing(contract) == [LAST]
    assert contract.state == Contract.State.ACCEPTED
