"""Endings by the operator that one person proposed and a second decides on."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.ending import ground_in_words
from contracts.admin.told import told
from contracts.models import EndingProposal
from contracts.models.ending_proposal import END
from contracts.services.approve_ending import approve_ending
from contracts.services.reject_ending import reject_ending
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.second_person import is_pending, may_decide, pending_approval
from workflow.staff.staff_admin import FactsAdmin


def _approve(press: Press) -> Done:
    ending = approve_ending(proposal=press.obj, by=press.by, at=press.at)
    return Done(message=_("The ending is declared; the subscriber is told."), go_to=ending)


def _reject(press: Press) -> Done:
    reject_ending(proposal=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected. The contract goes on."))


@admin.register(EndingProposal)
class EndingProposalAdmin(FactsAdmin):
    list_display = [
        "id",
        "contract_link",
        "subscriber",
        "ground_text",
        "article_link",
        "ends_on",
        "urgent",
        "ending_link",
    ]
    list_select_related = ["contract__subscriber", "ending"]
    fields = [
        "contract_link",
        "subscriber",
        "ground_text",
        "article_link",
        "reason",
        "ends_on",
        "urgent",
        "ending_link",
    ]
    buttons = [
        Button(
            name="approve",
            label=_("Approve"),
            permission="contracts.change_endingproposal",
            possible=is_pending(END),
            allowed=may_decide(END),
            look="danger",
            run=_approve,
            effects=lambda proposal: [
                Effect(
                    text=_("You agree, as the second person, that the contract ends."),
                    article=proposal.article,
                ),
                Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(proposal.contract)}),
                Effect(
                    text=_("After its last day the contract is over, and those that stand beside it with it.")
                ),
            ],
        ),
        Button(
            name="reject",
            label=_("Reject"),
            permission="contracts.change_endingproposal",
            possible=is_pending(END),
            allowed=may_decide(END),
            form=ReasonForm,
            run=_reject,
            effects=lambda proposal: [
                Effect(text=_("The proposal ends here. The subscriber hears nothing of it."))
            ],
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EndingProposal]:
        return super().get_queryset(request).select_related("contract__subscriber", "ending__contract")

    def badges(self, obj: EndingProposal) -> list[Any]:
        if obj.ending_id:
            return [cells.badge(_("declared"), "success")]
        waits = pending_approval(obj, END)
        return [cells.badge(_("waits for a second person"), "info") if waits else cells.badge(_("rejected"))]

    def button_facts(self, obj: EndingProposal) -> list[tuple[str, Any]]:
        return [
            (str(_("contract")), cells.link(obj.contract)),
            (str(_("subscriber")), obj.contract.subscriber.name),
            (str(_("ground")), ground_in_words(obj.contract, obj.ground)),
            (str(_("reason")), obj.reason),
            (str(_("last day")), cells.day(obj.ends_on)),
        ]

    @admin.display(description=_("contract"))
    def contract_link(self, proposal: EndingProposal) -> str:
        return cells.link(proposal.contract)

    @admin.display(description=_("subscriber"))
    def subscriber(self, proposal: EndingProposal) -> str:
        return cells.link(proposal.contract.subscriber, proposal.contract.subscriber.name)

    @admin.display(description=_("ground"))
    def ground_text(self, proposal: EndingProposal) -> str:
        return ground_in_words(proposal.contract, proposal.ground)

    @admin.display(description=_("endings"))
    def ending_link(self, proposal: EndingProposal) -> str:
        return (
            cells.link(proposal.ending, cells.day(proposal.ending.ends_on))
            if proposal.ending
            else cells.EMPTY
        )
