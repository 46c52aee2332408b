"""Four eyes on the screen: the one who proposed has no button to approve."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from workflow.models import Approval, User
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press


def decision_buttons(
    action: str,
    *,
    permission: str,
    approve: Callable[[Press], Done],
    reject: Callable[[Press], Done],
    effects: Callable[[Any], Iterable[Effect]],
) -> list[Button]:
    """Approve, with its effects, and reject with a reason: on the page of what is proposed, while it waits."""
    button = partial(Button, permission=permission, possible=is_pending(action), allowed=may_decide(action))
    return [
        button(name="approve", label=_("Approve"), look="primary", run=approve, effects=effects),
        button(name="reject", label=_("Reject"), look="danger", form=ReasonForm, run=reject),
    ]


def pending_approval(subject: Model, action: str) -> Approval | None:
    """The proposal of ``action`` on ``subject`` that still waits for a second person."""
    return (
        Approval.objects.filter(
            subject_type=ContentType.objects.get_for_model(subject),
            subject_id=subject.pk,
            action=action,
            decision=Approval.Decision.PENDING,
        )
        .select_related("proposed_by")
        .first()
    )


def may_decide(action: str) -> Callable[[Any, User], bool]:
    """For ``Button.allowed``: a proposal waits, and somebody else made it."""

    def allowed(subject: Any, user: User) -> bool:
        approval = pending_approval(subject, action)
        return approval is not None and approval.proposed_by_id != user.pk

    return allowed


def is_pending(action: str) -> Callable[[Any], bool]:
    """For ``Button.possible``: a proposal waits."""
    return lambda subject: pending_approval(subject, action) is not None
