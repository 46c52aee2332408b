"""Contract documents: what was handed over, how, and when it counts as received."""

from typing import Any

from django.contrib import admin
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contracts.contract_documents import initial_cancellation_until
from contracts.models import Contract, ContractDocument
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


def documents_panel(contract: Contract) -> Panel:
    """The documents on a contract, and until when a consumer may cancel on the first."""
    until = initial_cancellation_until(contract, today())
    return panel(
        _("contract documents"),
        contract.documents.select_related("notice", "request").order_by("-id"),
        [
            (_("issued at"), lambda document: cells.link(document, cells.moment(document.issued_at))),
            (_("request"), lambda document: cells.link(document.request)),
            (_("handed over"), lambda document: document.get_delivery_display()),
            (_("received on"), lambda document: cells.day(document.received_on)),
        ],
        note=_("Initial cancellation is open through %(day)s.") % {"day": cells.day_text(until)}
        if until
        else "",
    )


@admin.register(ContractDocument)
class ContractDocumentAdmin(FactsAdmin):
    list_display = ["issued_at", "contract_link", "request_link", "delivery", "received", "pdf"]
    list_filter = ["delivery", DocumentFilter]
    list_select_related = ["contract", "request", "notice"]
    search_fields = ["contract__number__startswith"]
    search_help_text = _("Contract number, from its beginning.")
    fields = [
        "contract_link", "request_link", "terms", "effective", "issued_at", "issued_by", "delivery", "consent_link", "notice_link",
        "received", "pdf", "sha256",
    ]  # fmt: skip

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file_view)
        return [
            path("<path:object_id>/file/", view, name="contracts_contractdocument_file"),
            *super().get_urls(),
        ]

    def file_view(self, request: HttpRequest, object_id: str) -> HttpResponse | FileResponse:
        """The PDF itself, for those who may see documents."""
        document = self.get_object(request, object_id)
        if document is None or not self.has_view_permission(request, document):
            return HttpResponse(status=404)
        return FileResponse(
            document.file.open("rb"), as_attachment=True, filename=document.file.name.rpartition("/")[2]
        )

    @admin.display(description=_("file"))
    def pdf(self, document: ContractDocument) -> str:
        address = reverse("admin:contracts_contractdocument_file", args=[document.pk])
        return format_html('<a href="{}" class="cell-link">{}</a>', address, _("Download (PDF)"))

    @admin.display(description=_("received on"))
    def received(self, document: ContractDocument) -> str:
        return cells.day(document.received_on)

    @admin.display(description=_("contract"))
    def contract_link(self, document: ContractDocument) -> str:
        return cells.link(document.contract)

    @admin.display(description=_("request"))
    def request_link(self, document: ContractDocument) -> str:
        return cells.link(document.request)

    @admin.display(description=_("consent"))
    def consent_link(self, document: ContractDocument) -> str:
        return cells.link(document.consent)

    @admin.display(description=_("notice"))
    def notice_link(self, document: ContractDocument) -> str:
        return cells.link(document.notice)
