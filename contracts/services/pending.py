"""Find the proposal on which somebody decides."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _

from workflow.errors import WrongState
from workflow.models import Approval


def pending(subject: Model, action: str) -> Approval:
    """The approval of ``action`` on ``subject`` that still waits. WrongState where none does."""
    found = Approval.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        action=action,
        decision=Approval.Decision.PENDING,
    ).first()
    if found is None:
        raise WrongState(_("Nothing waits for approval on %(object)s.") % {"object": subject})
    return found
