"""Credit notes: what was given back of which invoice, with its tax and its reason."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter, RangeNumericFilter

from billing.models import CreditNote
from billing.pdf.credit_note import credit_note_pdf
from contracts.search import subscriber_keys
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(CreditNote)
class CreditNoteAdmin(FactsAdmin):
    """Proposed from the page of an invoice."""

    list_display = ["number", "issued_on", "recipient", "invoice_link", "total_yen", "reason", "voids"]
    list_filter = [("issued_on", RangeDateFilter), ("total", RangeNumericFilter), "voids"]
    list_filter_submit = True
    list_select_related = ["invoice"]
    search_fields = ["number"]
    search_help_text = _("Number, or the subscriber’s number, name, phone or e-mail, from its beginning.")
    fields = [
        "number",
        "invoice_link",
        "issued_on",
        "issued_by",
        "recipient",
        "address",
        "registration_number",
        "total_yen",
        "reason",
        "article_link",
        "voids",
        "not_sent",
        "pdf",
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[CreditNote], search_term: str
    ) -> tuple[QuerySet[CreditNote], bool]:
        if not search_term:
            return queryset, False
        people = subscriber_keys(search_term)
        by_number = queryset.filter(number__startswith=search_term.strip())
        return by_number | queryset.filter(invoice__account__subscriber__in=people), False

    def panels(self, request: HttpRequest, obj: CreditNote) -> Iterable[Panel]:
        yield panel(
            _("What is given back"),
            obj.lines.select_related("charge").order_by("id"),
            [
                (_("charge"), lambda line: cells.link(line.charge, line.charge.name)),
                (_("Amount without tax"), lambda line: cells.yen(line.amount)),
            ],
            shown=300,
        )
        yield panel(
            _("Tax, once per rate"),
            obj.taxes.order_by("-rate", "tax_category"),
            [
                (_("rate"), lambda tax: f"{tax.rate:.0%}" if tax.rate else tax.get_tax_category_display()),
                (_("net"), lambda tax: cells.yen(tax.net)),
                (_("tax"), lambda tax: cells.yen(tax.tax)),
            ],
            note=cells.article(obj.article),
        )

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.paper_view)
        return [path("<path:object_id>/note.pdf", view, name="billing_creditnote_paper"), *super().get_urls()]

    def paper_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The PDF, for those who may see credit notes."""
        note = self.get_object(request, object_id)
        if note is None or not self.has_view_permission(request, note):
            raise Http404
        answer = HttpResponse(credit_note_pdf(note), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{note.number}.pdf"'
        return answer

    @admin.display(description=_("invoice"))
    def invoice_link(self, note: CreditNote) -> str:
        return cells.link(note.invoice)

    @admin.display(description=_("total"), ordering="total")
    def total_yen(self, note: CreditNote) -> str:
        return cells.yen(note.total)

    @admin.display(description=_("on paper"))
    def pdf(self, note: CreditNote) -> str:
        address = reverse("admin:billing_creditnote_paper", args=[note.pk])
        return format_html('<a href="{}" class="cell-link">PDF</a>', address)
