"""What waits for a second person."""

from datetime import date

import pytest

from contracts.services.pending import drop_pending, pending
from tests import factories
from workflow.errors import WrongState
from workflow.models import Approval, User
from workflow.selectors import clock_user
from workflow.services.approve import propose

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def proposed(by: User) -> Approval:
    return propose(factories.contract(), "suspend", by=by, reason="滞納のため", at=factories.at(DAY))


def test_it_is_found_by_what_it_is_about_and_what_is_to_be_done():
    approval = proposed(factories.staff())
    assert pending(approval.subject, "suspend") == approval
    for subject, action in ((approval.subject, "end"), (factories.contract(), "suspend")):
        with pytest.raises(WrongState):
            pending(subject, action)


@pytest.mark.parametrize("own", [True, False])
def test_what_is_no_longer_wanted_is_rejected_by_another_or_by_the_clock(own: bool):
    proposer = factories.staff()
    approval, by = proposed(proposer), proposer if own else factories.staff()
    drop_pending(approval.subject, "suspend", by=by, on=DAY, reason="入金のため")
    approval.refresh_from_db()
    assert approval.decision == Approval.Decision.REJECTED
    assert approval.decided_by == (clock_user() if own else by)
    with pytest.raises(WrongState):
        pending(approval.subject, "suspend")
    drop_pending(approval.subject, "suspend", by=by, on=DAY, reason="もう一度")
    assert Approval.objects.count() == 1
