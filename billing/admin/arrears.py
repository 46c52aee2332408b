"""The steps taken on unpaid debts, and the operator's own days between them."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from billing.models import ArrearsPolicy, ArrearsStep
from contracts.admin.terms_code import TermsCodeMixin
from workflow.staff import cells
from workflow.staff.filters import DocumentFilter
from workflow.staff.staff_admin import FactsAdmin, StaffAdmin


@admin.register(ArrearsPolicy)
class ArrearsPolicyAdmin(TermsCodeMixin, StaffAdmin):
    """The documents give the grounds, the operator the days. A change is a new policy from a day on."""

    list_display = [
        "terms", "valid_from", "reminder_after", "suspension_notice_after", "suspension_after", "ending_notice_after", "ending_after",
        "minimum",
    ]  # fmt: skip
    list_display_links = ["valid_from"]
    list_filter = [DocumentFilter]


@admin.register(ArrearsStep)
class ArrearsStepAdmin(FactsAdmin):
    """Each with the proof that was looked at right before."""

    list_display = ["id", "on", "kind", "invoice_link", "contract_link", "article_link", "notice_link"]
    list_display_links = ["id", "on", "kind"]
    list_filter = ["kind"]
    list_select_related = ["invoice", "contract", "notice"]
    search_fields = ["invoice__number__startswith", "contract__number__startswith"]
    search_help_text = _("Invoice number or contract number, from its beginning.")
    ordering = ["-id"]
    fields = [
        "kind",
        "on",
        "invoice_link",
        "contract_link",
        "article_link",
        "notice_link",
        "suspension_link",
        "ending_link",
        "proof_list",
    ]

    @admin.display(description=_("invoice"))
    def invoice_link(self, step: ArrearsStep) -> str:
        return cells.link(step.invoice)

    @admin.display(description=_("contract"))
    def contract_link(self, step: ArrearsStep) -> str:
        return cells.link(step.contract)

    @admin.display(description=_("notice"))
    def notice_link(self, step: ArrearsStep) -> str:
        return cells.link(step.notice)

    @admin.display(description=_("suspension"))
    def suspension_link(self, step: ArrearsStep) -> str:
        return cells.link(step.suspension)

    @admin.display(description=_("declared ending"))
    def ending_link(self, step: ArrearsStep) -> str:
        return cells.link(step.ending)

    @admin.display(description=_("proof"))
    def proof_list(self, step: ArrearsStep) -> Any:
        if not step.proof:
            return cells.EMPTY
        return format_html(
            '<dl class="staff-facts">{}</dl>',
            format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", step.proof.items()),
        )
