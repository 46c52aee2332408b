"""Four eyes."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from terms.article import ArticleRef
from tests.workflow.conftest import AT, at_once, person
from workflow.errors import NotPermitted, WrongState
from workflow.models import Approval
from workflow.selectors import approved
from workflow.services.approve import decide, propose


@pytest.fixture
def second(db):
    return person("second")


@pytest.fixture
def proposal(notice, clerk):
    return propose(
        notice, "write_off", by=clerk, reason="bankrupt", article=ArticleRef("isp-access", "16"), at=AT
    )


def test_what_one_person_proposes_another_approves(notice, clerk, second, proposal):
    assert approved(notice, "write_off") is None

    decide(proposal, by=second, at=AT, approved=True, reason="seen")

    found = approved(notice, "write_off")
    assert found == proposal
    assert (found.proposed_by, found.decided_by, found.decided_at, found.decision_reason) == (
        clerk,
        second,
        AT,
        "seen",
    )
    assert (found.article, found.reason, found.proposed_at) == ("isp-access 16", "bankrupt", AT)


def test_nobody_approves_what_they_proposed(notice, clerk, proposal):
    with pytest.raises(NotPermitted):
        decide(proposal, by=clerk, at=AT, approved=True)

    assert Approval.objects.get().decision == "pending"
    assert approved(notice, "write_off") is None


def test_nobody_rejects_what_they_proposed_either(clerk, proposal):
    with pytest.raises(NotPermitted):
        decide(proposal, by=clerk, at=AT, approved=False)


def test_the_database_itself_refuses_the_same_person_twice(clerk, proposal):
    with pytest.raises(IntegrityError, match="approval_by_a_second_person"), transaction.atomic():
        Approval.objects.filter(pk=proposal.pk).update(decision="approved", decided_by=clerk, decided_at=AT)


def test_the_database_itself_refuses_a_decision_by_nobody(proposal):
    with pytest.raises(IntegrityError, match="approval_decided_by_someone"), transaction.atomic():
        Approval.objects.filter(pk=proposal.pk).update(decision="approved")


def test_who_is_no_longer_active_decides_nothing(proposal):
    with pytest.raises(NotPermitted, match="gone"):
        decide(proposal, by=person("gone", is_active=False), at=AT, approved=True)


def test_a_proposal_is_decided_once(second, proposal):
    decide(proposal, by=second, at=AT, approved=False)

    with pytest.raises(WrongState):
        decide(proposal, by=person("third"), at=AT, approved=True)
    assert Approval.objects.get().decision == "rejected"


def test_the_same_action_is_not_proposed_twice_at_a_time(notice, second, proposal):
    with pytest.raises(WrongState):
        propose(notice, "write_off", by=second, reason="again", at=AT)

    propose(notice, "void", by=second, reason="another action", at=AT)
    assert Approval.objects.count() == 2


def test_an_earlier_approval_does_not_count_for_a_later_proposal(notice, clerk, second, proposal):
    decide(proposal, by=second, at=AT, approved=True)

    again = propose(notice, "write_off", by=clerk, reason="again", at=AT)
    assert approved(notice, "write_off") is None

    decide(again, by=second, at=AT, approved=False)
    assert approved(notice, "write_off") is None


@pytest.mark.parametrize(
    "change", [{"reason": "another"}, {"action": "void"}, {"decision_reason": "another"}]
)
def test_a_decided_proposal_stays_as_it_is(second, proposal, change):
    decide(proposal, by=second, at=AT, approved=True)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Approval.objects.update(**change)


def test_who_proposed_cannot_be_exchanged_before_the_decision(second, proposal):
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Approval.objects.update(proposed_by=second)


def test_a_proposal_cannot_be_deleted(proposal):
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        proposal.delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_is_too_late():
    subject, clerk = person(), person("clerk")
    proposal = propose(subject, "write_off", by=clerk, reason="bankrupt", at=AT)
    people = [person("second"), person("third")]

    def deciding(by) -> str:
        return decide(Approval.objects.get(pk=proposal.pk), by=by, at=AT, approved=True).decision

    answers = at_once(proposal, *[partial(deciding, by) for by in people])

    assert answers == ["WrongState", "approved"]
