"""Find the proposal on which somebody decides, or take it off the desk."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _

from contracts.moments import start_of
from workflow.errors import WrongState
from workflow.models import Approval, User
from workflow.selectors import clock_user
from workflow.services.approve import decide


def pending(subject: Model, action: str) -> Approval:
    """The approval of ``action`` on ``subject`` that still waits. WrongState where none does."""
    found = _waiting(subject, action)
    if found is None:
        raise WrongState(_("Nothing waits for approval on %(object)s.") % {"object": subject})
    return found


def drop_pending(subject: Model, action: str, *, by: User, on: date, reason: str) -> None:
    """Reject what still waits on ``subject``, if anything, because it is no longer wanted.

    Nobody decides on what they proposed; one who takes their own proposal back has the clock reject it.
    """
    found = _waiting(subject, action)
    if found is not None:
        decider = clock_user() if found.proposed_by_id == by.pk else by
        decide(found, by=decider, at=start_of(on), approved=False, reason=reason)


def _waiting(subject: Model, action: str) -> Approval | None:
    return Approval.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        action=action,
        decision=Approval.Decision.PENDING,
    ).first()
