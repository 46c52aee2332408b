"""What staff do with an invoice."""

from django.utils.translation import gettext_lazy as _

from billing.services.open_dispute import open_dispute
from workflow.staff.button_form import DatedReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press


def _dispute(press: Press) -> Done:
    dispute = open_dispute(invoice=press.obj, by=press.by, on=press.data["on"], reason=press.data["reason"])
    return Done(message=_("The dispute is on record; no step is taken meanwhile."), go_to=dispute)


invoice_buttons = [
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
    )
]
