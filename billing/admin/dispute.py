"""Disputes about invoices."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import Dispute
from billing.services.close_dispute import close_dispute
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ComeDayField
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.staff_admin import FactsAdmin


class CloseForm(ButtonForm):
    """What came of it."""

    on = ComeDayField(label=_("closed on"))
    outcome = forms.CharField(label=_("outcome"), widget=forms.Textarea(attrs={"rows": 3}))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


def _close(press: Press) -> Done:
    close_dispute(dispute=press.obj, by=press.by, on=press.data["on"], outcome=press.data["outcome"])
    return Done(message=_("The dispute is closed."))


@admin.register(Dispute)
class DisputeAdmin(FactsAdmin):
    list_display = ["opened_on", "invoice_link", "reason", "closed_on", "outcome"]
    list_select_related = ["invoice"]
    fields = ["invoice_link", "reason", "opened_on", "opened_by", "closed_on", "outcome"]
    buttons = [
        Button(
            name="close", label=_("Close"), permission="billing.change_dispute", possible=lambda dispute: dispute.closed_on is None,
            look="primary", form=CloseForm, run=_close,
            effects=lambda dispute: [Effect(text=_("The steps on the debt go on from where its dates say."))],
        )
    ]  # fmt: skip

    @admin.display(description=_("invoice"))
    def invoice_link(self, dispute: Dispute) -> str:
        return cells.link(dispute.invoice)
