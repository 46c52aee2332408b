"""A suspension in force is lifted: its ground is gone."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Suspension
from contracts.services.lift_suspension import lift_suspension
from contracts.services.pause_contract import pause_contract
from notices.models import Notice
from tests import factories
from tests.contracts.suspensions import DAY, in_force

pytestmark = pytest.mark.django_db


def test_lifting_brings_the_line_back():
    suspension = in_force()
    lift_suspension(
        suspension=suspension, by=factories.staff(), on=date(2025, 8, 20), reason="改造の撤去を確認したため"
    )
    assert (suspension.state, suspension.lifted_on) == (Suspension.State.LIFTED, date(2025, 8, 20))
    assert Contract.objects.get().state == Contract.State.ACTIVE
    assert Notice.objects.get(occasion="suspension_lifted").facts["lifted_on"] == "2025-08-20"


def test_a_line_with_a_second_suspension_stays_cut_until_both_are_gone():
    contract = factories.contract()
    first, second = in_force(contract), in_force(contract, ground="unpaid", through=None)
    lift_suspension(suspension=first, by=factories.staff(), on=date(2025, 8, 20), reason="是正")
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    lift_suspension(suspension=second, by=factories.staff(), on=date(2025, 8, 21), reason="入金")
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_a_contract_suspended_in_its_pause_goes_back_to_being_paused():
    contract = factories.contract()
    pause_contract(contract=contract, by=factories.staff(), on=DAY)
    suspension = in_force(contract)
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    lift_suspension(suspension=suspension, by=factories.staff(), on=date(2025, 8, 20), reason="是正")
    contract.refresh_from_db()
    assert contract.state == Contract.State.PAUSED


def test_a_suspension_is_not_lifted_before_it_began():
    suspension = in_force()
    with pytest.raises(ValidationError, match="2025-08-11"):
        lift_suspension(suspension=suspension, by=factories.staff(), on=date(2025, 8, 10), reason="是正")
