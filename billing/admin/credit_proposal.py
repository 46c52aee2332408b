"""Credits and voids that one person proposed and a second decides on."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from billing.models import Charge, CreditProposal
from billing.models.credit_note import CREDIT
from billing.services.propose_credit import approve_credit, reject_credit
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.second_person import is_pending, may_decide, pending_approval
from workflow.staff.staff_admin import FactsAdmin


def _approve(press: Press) -> Done:
    note = approve_credit(proposal=press.obj, by=press.by, at=press.at)
    return Done(message=_("The credit note is issued."), go_to=note)


def _reject(press: Press) -> Done:
    reject_credit(proposal=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected. The invoice stays as it is."))


@admin.register(CreditProposal)
class CreditProposalAdmin(FactsAdmin):
    """Proposed from the page of an invoice."""

    list_display = ["id", "invoice_link", "void", "reissue", "reason", "note_link"]
    list_select_related = ["invoice", "note"]
    list_filter = ["void"]
    fields = ["invoice_link", "void", "reissue", "reason", "lines", "note_link"]
    buttons = [
        Button(
            name="approve",
            label=_("Approve"),
            permission="billing.change_creditproposal",
            possible=is_pending(CREDIT),
            allowed=may_decide(CREDIT),
            look="danger",
            run=_approve,
            effects=lambda proposal: [
                Effect(text=_("You agree, as the second person, that this is given back.")),
                Effect(
                    text=_(
                        "What is owed falls by it; what was paid for it is set against other invoices or stays as credit."
                    )
                ),
            ],
        ),
        Button(
            name="reject",
            label=_("Reject"),
            permission="billing.change_creditproposal",
            possible=is_pending(CREDIT),
            allowed=may_decide(CREDIT),
            form=ReasonForm,
            run=_reject,
            effects=lambda proposal: [Effect(text=_("The proposal ends here; nothing is given back."))],
        ),
    ]

    def badges(self, obj: CreditProposal) -> list[Any]:
        if obj.note_id:
            return [cells.badge(_("carried out"), "success")]
        waits = pending_approval(obj, CREDIT)
        return [cells.badge(_("waits for a second person"), "info") if waits else cells.badge(_("rejected"))]

    def button_facts(self, obj: CreditProposal) -> list[tuple[str, Any]]:
        return [
            (str(_("invoice")), cells.link(obj.invoice)),
            (str(_("reason")), obj.reason),
            (str(_("total")), cells.yen(obj.invoice.total)),
            (str(_("Amount without tax")), self.lines(obj)),
        ]

    @admin.display(description=_("invoice"))
    def invoice_link(self, proposal: CreditProposal) -> str:
        return cells.link(proposal.invoice)

    @admin.display(description=_("credit note"))
    def note_link(self, proposal: CreditProposal) -> str:
        return cells.link(proposal.note)

    @admin.display(description=_("Amount without tax"))
    def lines(self, proposal: CreditProposal) -> Any:
        if proposal.void:
            return _("All that is left of the invoice")
        names = Charge.objects.in_bulk([charge for charge, _amount in proposal.amounts])
        return format_html_join(
            " · ", "{} {}", ((names[charge].name, cells.yen(amount)) for charge, amount in proposal.amounts)
        )
