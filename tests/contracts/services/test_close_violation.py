"""A breach is cured or dismissed, and what rests on it falls away."""

from datetime import timedelta

import pytest

from contracts.models import Suspension, Violation
from contracts.services.approve_suspension import approve_suspension
from contracts.services.close_violation import cure_violation, dismiss_violation
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from tests import factories
from tests.contracts.breaches import DAY, NOW, breach, suspend
from workflow.errors import WrongState

pytestmark = pytest.mark.django_db


@pytest.mark.article("hikari-line", "54")
def test_what_was_cured_is_withdrawn_before_it_comes_and_lifted_after():
    violation = breach("hikari-line", "no_obstruction")
    suspension = suspend(violation)
    cure_violation(violation=violation, by=factories.staff(), on=DAY, reason="装置を撤去した")
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.WITHDRAWN
    assert (violation.state, violation.closed_on, violation.outcome) == ("cured", DAY, "装置を撤去した")
    with pytest.raises(WrongState):
        suspend(violation)

    again = breach("hikari-line", "no_obstruction")
    suspension = suspend(again, starts_on=DAY + timedelta(days=1))
    approve_suspension(suspension=suspension, by=factories.staff(), at=NOW)
    give_suspension_notice(suspension=suspension, by=factories.staff(), at=NOW)
    factories.dispatched(suspension.notice, DAY)
    enforce_suspension(
        suspension=suspension, by=factories.staff(), on=DAY + timedelta(days=1), still_holds=True
    )
    again.refresh_from_db()
    cure_violation(violation=again, by=factories.staff(), on=DAY + timedelta(days=3), reason="撤去した")
    assert Suspension.objects.get(pk=suspension.pk).state == Suspension.State.LIFTED


def test_a_breach_that_proved_to_be_none_is_dismissed_while_nothing_rests_on_it():
    violation = breach("isp-access", "entry")
    dismiss_violation(violation=violation, by=factories.staff(), on=DAY, reason="別の回線だった")
    assert violation.state == Violation.State.DISMISSED
    acted = breach("isp-access", "entry")
    suspend(acted)
    with pytest.raises(WrongState):
        dismiss_violation(violation=acted, by=factories.staff(), on=DAY, reason="")
