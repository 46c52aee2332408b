"""Breaches of duties, and what became of them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.violation_buttons import violation_buttons
from contracts.models import Breach, Violation
from terms.document import find
from terms.pack import Pack
from workflow.staff import cells
from workflow.staff.button_form import ground_label
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


def duty_in_words(breach: Breach, pack: Pack) -> str:
    """The duty as ``pack``, the document of that day, has it."""
    found = find(pack.duties, breach.duty)
    return ground_label(found) if found else breach.duty


def _duty(violation: Violation) -> str:
    return duty_in_words(violation, violation.contract.pack(violation.reported_on))


@admin.register(Violation)
class ViolationAdmin(FactsAdmin):
    list_display = [
        "id",
        "contract_link",
        "state_badge",
        "duty_text",
        "article_link",
        "reported_on",
        "claimant",
    ]
    list_filter = ["state"]
    list_select_related = ["contract"]
    search_fields = ["contract__number__startswith"]
    search_help_text = _("Contract number, from its beginning.")
    fields = [
        "contract_link", "duty_text", "article_link", "happened_on", "reported_on", "reported_by", "evidence",
        "other_user", "answers_link", "claimant", "recorded_by", "suspension_link", "ending_link", "cost_text", "pay_by",
        "closed_on", "outcome",
    ]  # fmt: skip
    buttons = violation_buttons

    def get_queryset(self, request: HttpRequest) -> QuerySet[Violation]:
        related = ["contract__subscriber", "suspension__contract", "ending_proposal__contract", "recorded_by"]
        return (
            super()
            .get_queryset(request)
            .select_related(*related)
            .prefetch_related("contract__individual_agreements", "contract__kept_versions__version")
        )

    def button_facts(self, obj: Violation) -> list[tuple[str, Any]]:
        return [
            (str(_("contract")), cells.link(obj.contract)),
            (str(_("duty")), _duty(obj)),
            (str(_("what happened, and the evidence")), obj.evidence),
        ]

    def panels(self, request: HttpRequest, obj: Violation) -> Iterable[Panel]:
        yield panel(
            _("measures against content"),
            obj.measures.select_related("taken_by").order_by("-id"),
            [
                (_("measure"), lambda measure: measure.get_kind_display()),
                (_("content"), lambda measure: measure.content),
                (_("article"), lambda measure: cells.article(measure.article)),
                (_("taken at"), lambda measure: cells.moment(measure.taken_at)),
                (_("decided by"), lambda measure: measure.taken_by),
            ],
        )
        yield notices_about_panel(obj)

    @admin.display(description=_("contract"))
    def contract_link(self, violation: Violation) -> str:
        return cells.link(violation.contract)

    @admin.display(description=_("duty"))
    def duty_text(self, violation: Violation) -> str:
        return _duty(violation)

    @admin.display(description=_("the subscriber answers under"))
    def answers_link(self, violation: Violation) -> str:
        return cells.article(violation.answers_article)

    @admin.display(description=_("suspension"))
    def suspension_link(self, violation: Violation) -> str:
        if violation.suspension is None:
            return cells.EMPTY
        return cells.link(violation.suspension, violation.suspension.get_state_display())

    @admin.display(description=_("proposed ending"))
    def ending_link(self, violation: Violation) -> str:
        return cells.link(violation.ending_proposal)

    @admin.display(description=_("cost of what was lost or damaged"))
    def cost_text(self, violation: Violation) -> str:
        return cells.yen(violation.cost)
