"""What was billed too low: proposed on the page of the charge, decided by a second person."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import Charge, Supplement
from billing.models.supplement import SUPPLEMENT
from billing.services.propose_supplement import approve_supplement, propose_supplement, reject_supplement
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.proposals import ProposalAdmin
from workflow.staff.second_person import decision_buttons


class SupplementForm(ReasonForm):
    """How much is missing."""

    amount = forms.IntegerField(label=_("missing amount"), min_value=1, help_text=_("Yen without tax."))
    name = forms.CharField(
        label=_("fee name"), max_length=120, required=False, help_text=_("Empty: that of the charge.")
    )

    field_order = ["amount", "name", "reason"]


def _propose(press: Press) -> Done:
    supplement = propose_supplement(charge=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("A second person is asked."), go_to=supplement)


def _approve(press: Press) -> Done:
    charge = approve_supplement(supplement=press.obj, by=press.by, at=press.at)
    return Done(message=_("The difference waits for the next invoice."), go_to=charge)


def _reject(press: Press) -> Done:
    reject_supplement(supplement=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected."))


def _invoiced(charge: Charge) -> bool:
    return charge.invoice is not None and charge.invoice.state not in ("draft", "void")


supplement_button = Button(
    name="supplement",
    label=_("Charge what is missing"),
    permission="billing.add_supplement",
    possible=_invoiced,
    form=SupplementForm,
    run=_propose,
    effects=lambda charge: [
        Effect(
            text=_(
                "Once a second person agrees, the difference comes with the next invoice and is due with it."
            )
        ),
        Effect(text=_("The invoice that asked for too little stays as it is.")),
    ],
)


@admin.register(Supplement)
class SupplementAdmin(ProposalAdmin):
    list_display = ["id", "decision_badge", "of_link", "yen", "reason", "charge_link"]
    list_display_links = ["id"]
    list_select_related = ["of", "charge"]
    fields = ["of_link", "name", "yen", "reason", "article_link", "charge_link"]
    buttons = decision_buttons(
        SUPPLEMENT,
        permission="billing.change_supplement",
        approve=_approve,
        reject=_reject,
        effects=lambda supplement: [
            Effect(text=_("The difference waits for the next invoice."), article=supplement.article)
        ],
    )

    @admin.display(description=_("charge"))
    def of_link(self, supplement: Supplement) -> str:
        return cells.link(supplement.of)

    @admin.display(description=_("supplementary charge"))
    def charge_link(self, supplement: Supplement) -> str:
        return cells.link(supplement.charge)

    @admin.display(description=_("missing amount"), ordering="amount")
    def yen(self, supplement: Supplement) -> str:
        return cells.yen(supplement.amount)
