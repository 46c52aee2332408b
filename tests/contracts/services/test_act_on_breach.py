"""A sanction rests on a breach only on a ground that sanctions its duty, and while it is open."""

import pytest

from contracts.guards.violation import suspension_grounds
from contracts.models import Violation
from contracts.services.act_on_breach import act_on_breach
from contracts.services.close_violation import cure_violation
from tests.contracts.breaches import DAY, breach
from workflow.errors import Refused, WrongState
from workflow.selectors import clock_user, state_changes_of

pytestmark = pytest.mark.django_db


def act(violation: Violation, ground: str = "breach_of_duties") -> None:
    act_on_breach(
        breach=violation,
        pack=violation.contract.pack(DAY),
        grounds=suspension_grounds,
        ground=ground,
        by=clock_user(),
        on=DAY,
        reason="無断の改造",
    )


def test_it_is_acted_on_under_the_article_that_was_breached():
    violation = breach("hikari-line", "no_obstruction")
    act(violation)
    assert violation.state == Violation.State.ACTED_ON
    change = state_changes_of(violation).last()
    assert (change.transition, change.article, change.reason) == ("act_on", violation.article, "無断の改造")


def test_another_ground_or_a_closed_breach_is_refused():
    violation = breach("hikari-line", "no_obstruction")
    with pytest.raises(Refused) as refused:
        act(violation, "unpaid")
    assert refused.value.refusal.code == "no_such_ground"
    assert violation.state == Violation.State.OPEN
    cure_violation(violation=violation, by=clock_user(), on=DAY, reason="撤去")
    with pytest.raises(WrongState):
        act(violation)
