"""The steps of a suspension."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.admin.told import told
from contracts.models import Suspension
from contracts.services.approve_suspension import approve_suspension
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.lift_suspension import lift_suspension
from contracts.services.propose_suspension import SUSPEND
from contracts.services.reject_suspension import reject_suspension
from contracts.services.withdraw_suspension import withdraw_suspension
from workflow.staff.button_form import ButtonForm, ComeDayField, DatedReasonForm, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.second_person import is_pending, may_decide

_MAY = "contracts.change_suspension"


class EnforceForm(ButtonForm):
    """The day, and that somebody looked again."""

    on = ComeDayField(label=_("from"))
    still_holds = forms.BooleanField(
        label=_("I looked again: the ground is still there, and nothing is in dispute."), required=False
    )

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


def _approve(press: Press) -> Done:
    approve_suspension(suspension=press.obj, by=press.by, at=press.at)
    return Done(message=_("Approved. The notice can go out."))


def _reject(press: Press) -> Done:
    reject_suspension(suspension=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected."))


def _tell(press: Press) -> Done:
    give_suspension_notice(suspension=press.obj, by=press.by, at=press.at)
    return Done(message=_("The notice is written and will be sent."))


def _enforce(press: Press) -> Done:
    data = press.data
    enforce_suspension(suspension=press.obj, by=press.by, on=data["on"], still_holds=data["still_holds"])
    return Done(message=_("The line is suspended; the subscriber is told."))


def _lift(press: Press) -> Done:
    lift_suspension(suspension=press.obj, by=press.by, on=press.data["on"], reason=press.data["reason"])
    return Done(message=_("The suspension is lifted; the subscriber is told."))


def _withdraw(press: Press) -> Done:
    withdraw_suspension(suspension=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("The suspension is withdrawn."))


def _on_telling(suspension: Suspension) -> Iterable[Effect]:
    yield Effect(
        text=_("A notice with reason, day and period goes to %(recipient)s.")
        % {"recipient": told(suspension.contract)},
        article=suspension.article,
    )
    yield Effect(text=_("The line can be suspended from the day after the notice has left."))


def _on_enforcing(suspension: Suspension) -> Iterable[Effect]:
    yield Effect(
        text=_("The line is out of use from the first moment of that day."), article=suspension.article
    )
    yield Effect(text=_("Whether the notice left in time is looked at once more; if not, nothing happens."))
    yield Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(suspension.contract)})


suspension_buttons = [
    Button(
        name="approve",
        label=_("Approve"),
        permission=_MAY,
        transition="approve",
        allowed=may_decide(SUSPEND),
        look="primary",
        run=_approve,
        effects=lambda suspension: [
            Effect(
                text=_("You agree, as the second person, to the suspension as proposed."),
                article=suspension.article,
            )
        ],
    ),
    Button(
        name="reject",
        label=_("Reject"),
        permission=_MAY,
        transition="withdraw",
        possible=is_pending(SUSPEND),
        allowed=may_decide(SUSPEND),
        look="danger",
        form=ReasonForm,
        run=_reject,
        effects=lambda suspension: [
            Effect(text=_("The proposal ends here. The subscriber hears nothing of it."))
        ],
    ),
    Button(
        name="tell",
        label=_("Give notice"),
        permission=_MAY,
        transition="give_notice",
        look="primary",
        run=_tell,
        effects=_on_telling,
    ),
    Button(
        name="enforce",
        label=_("Suspend the line"),
        permission=_MAY,
        transition="enforce",
        # From “approved” only what is urgent. Whether a debt is still there is billing’s to look at: it has a button of its own.
        possible=lambda suspension: (
            not suspension.until_paid and (suspension.state == Suspension.State.NOTICED or suspension.urgent)
        ),
        look="danger",
        form=EnforceForm,
        run=_enforce,
        effects=_on_enforcing,
        fields={"ground_gone": "still_holds", "too_early": "on", "notice_too_late": "on"},
    ),
    Button(
        name="lift",
        label=_("Lift"),
        permission=_MAY,
        transition="lift",
        look="primary",
        form=DatedReasonForm,
        run=_lift,
        effects=lambda suspension: [
            Effect(text=_("The line works again, unless another suspension of it is in force.")),
            Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(suspension.contract)}),
        ],
    ),
    Button(
        name="withdraw",
        label=_("Withdraw"),
        permission=_MAY,
        transition="withdraw",
        possible=lambda suspension: suspension.state != Suspension.State.PROPOSED,
        form=ReasonForm,
        run=_withdraw,
        effects=lambda suspension: [
            Effect(text=_("The suspension does not come; who had notice of it is told so."))
        ],
    ),
]
