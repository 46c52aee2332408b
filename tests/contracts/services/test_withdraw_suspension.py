"""A suspension is taken back before it begins."""

from datetime import date

import pytest

from contracts.models import Suspension
from contracts.services.withdraw_suspension import withdraw_suspension
from notices.models import Notice
from tests import factories
from tests.contracts.suspensions import DAY, STARTS, in_force, noticed, propose
from workflow.errors import WrongState
from workflow.models import Approval

pytestmark = pytest.mark.django_db


def test_a_cured_ground_ends_it_before_it_begins_and_one_who_was_told_is_told():
    suspension = noticed()
    withdraw_suspension(
        suspension=suspension, by=factories.staff(), on=date(2025, 8, 5), reason="是正を確認したため"
    )
    assert suspension.state == Suspension.State.WITHDRAWN
    assert Notice.objects.get(occasion="suspension_withdrawn").facts["withdrawn_on"] == "2025-08-05"


def test_one_who_was_told_nothing_is_told_nothing():
    suspension = propose()
    withdraw_suspension(suspension=suspension, by=factories.staff(), on=DAY, reason="誤認のため")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("own", [True, False])
def test_a_proposal_taken_back_waits_on_nobodys_desk(own):
    by = factories.staff()
    suspension = propose(by=by)
    withdraw_suspension(
        suspension=suspension, by=by if own else factories.staff(), on=DAY, reason="誤認のため"
    )
    approval = Approval.objects.get()
    assert (approval.decision, approval.decision_reason) == (Approval.Decision.REJECTED, "誤認のため")
    assert approval.decided_by != by


def test_a_suspension_in_force_is_lifted_and_not_withdrawn():
    suspension = in_force()
    with pytest.raises(WrongState):
        withdraw_suspension(suspension=suspension, by=factories.staff(), on=STARTS, reason="是正")
