"""Print batches: the files of letters."""

from typing import Any

from django.contrib import admin
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from notices.models import PrintBatch
from notices.services.print_letters import print_letters
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.staff_admin import FactsAdmin


def _print(press: Press) -> Done:
    batch = print_letters(at=press.at)
    if batch is None:
        return Done(message=_("No letter waits."))
    return Done(message=_("%(count)s letters are in the file.") % {"count": batch.letters}, go_to=batch)


@admin.register(PrintBatch)
class PrintBatchAdmin(FactsAdmin):
    list_display = ["id", "printed_at", "letters", "pdf"]
    fields = ["printed_at", "letters", "pdf", "sha256"]
    list_buttons = [
        Button(
            name="print",
            label=_("Print the waiting letters"),
            permission="notices.add_printbatch",
            look="primary",
            run=_print,
            effects=lambda obj: [
                Effect(text=_("One file is made of all letters in the queue; they count as dispatched now."))
            ],
            previews=False,
        )
    ]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<path:object_id>/file/", view, name="notices_printbatch_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, object_id: str) -> HttpResponse | FileResponse:
        """The PDF itself, for those who may see batches."""
        batch = self.get_object(request, object_id)
        if batch is None or not self.has_view_permission(request, batch):
            return HttpResponse(status=404)
        return FileResponse(
            batch.file.open("rb"), as_attachment=True, filename=batch.file.name.rpartition("/")[2]
        )

    @admin.display(description=_("file"))
    def pdf(self, batch: PrintBatch) -> str:
        address = reverse("admin:notices_printbatch_file", args=[batch.pk])
        return format_html('<a href="{}" class="cell-link">{}</a>', address, _("Download (PDF)"))
