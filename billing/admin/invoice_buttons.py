"""What staff do with an invoice."""

from django.utils.translation import gettext_lazy as _

from billing.services.open_dispute import open_dispute
from billing.services.write_off import WRITE_OFF, approve_write_off, propose_write_off, reject_write_off
from workflow.staff.button_form import DatedReasonForm, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.second_person import is_pending, may_decide


def _dispute(press: Press) -> Done:
    dispute = open_dispute(invoice=press.obj, by=press.by, on=press.data["on"], reason=press.data["reason"])
    return Done(message=_("The dispute is on record; no step is taken meanwhile."), go_to=dispute)


def _propose_write_off(press: Press) -> Done:
    propose_write_off(invoice=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("A second person is asked."))


def _approve_write_off(press: Press) -> Done:
    approve_write_off(invoice=press.obj, by=press.by, at=press.at)
    return Done(message=_("The claim is written off."))


def _reject_write_off(press: Press) -> Done:
    reject_write_off(invoice=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The claim stands."))


write_off_buttons = [
    Button(
        name="propose-write-off",
        label=_("Propose to write it off"),
        permission="billing.add_receivableend",
        possible=lambda invoice: invoice.is_open and not is_pending(WRITE_OFF)(invoice),
        form=ReasonForm,
        run=_propose_write_off,
        menu=_("Claim"),
    ),
    Button(
        name="write-off",
        label=_("Write it off"),
        permission="billing.add_receivableend",
        transition="write_off",
        allowed=may_decide(WRITE_OFF),
        look="danger",
        run=_approve_write_off,
        effects=lambda invoice: [
            Effect(text=_("You agree, as the second person, that what is unpaid is given up.")),
            Effect(text=_("Suspensions and endings for debts that are gone are lifted or withdrawn.")),
        ],
    ),
    Button(
        name="keep-claim",
        label=_("Do not write it off"),
        permission="billing.add_receivableend",
        transition="write_off",
        allowed=may_decide(WRITE_OFF),
        form=ReasonForm,
        run=_reject_write_off,
    ),
]

invoice_buttons = [
    *write_off_buttons,
    Button(
        name="dispute",
        label=_("Record a dispute"),
        permission="billing.add_dispute",
        possible=lambda invoice: (
            invoice.is_open and not invoice.disputes.filter(closed_on__isnull=True).exists()
        ),
        form=DatedReasonForm,
        run=_dispute,
        effects=lambda invoice: [
            Effect(text=_("No reminder, suspension or ending comes of this invoice while it is in dispute.")),
            Effect(text=_("What was announced for it and has not come yet is withdrawn.")),
        ],
    ),
]
