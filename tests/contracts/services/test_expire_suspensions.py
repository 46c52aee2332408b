"""A suspension ends by itself after its last day."""

from datetime import date, timedelta

import pytest

from contracts.models import Contract, Suspension
from contracts.services.expire_suspensions import expire_suspensions
from tests import factories
from tests.contracts.suspensions import THROUGH, in_force
from workflow.selectors import state_on

pytestmark = pytest.mark.django_db


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-phone"])
def test_a_suspension_expires_after_its_last_day(terms_code):
    suspension = in_force(factories.contract(terms_code))
    assert expire_suspensions(on=THROUGH) == 0
    assert expire_suspensions(on=THROUGH + timedelta(days=1)) == 1
    suspension.refresh_from_db()
    assert (suspension.state, suspension.lifted_on) == (Suspension.State.EXPIRED, THROUGH + timedelta(days=1))
    assert Contract.objects.get().state == Contract.State.ACTIVE
    assert expire_suspensions(on=THROUGH + timedelta(days=1)) == 0


def test_a_night_that_was_missed_does_not_lengthen_a_suspension():
    suspension = in_force()
    expire_suspensions(on=THROUGH + timedelta(days=5))
    assert state_on(suspension.contract, THROUGH) == "suspended"
    assert state_on(suspension.contract, THROUGH + timedelta(days=1)) == "active"


@pytest.mark.article("isp-access", "23")
def test_a_suspension_for_a_debt_never_expires():
    in_force(ground="unpaid", through=None)
    assert expire_suspensions(on=date(2030, 1, 1)) == 0
    assert Contract.objects.get().state == Contract.State.SUSPENDED
