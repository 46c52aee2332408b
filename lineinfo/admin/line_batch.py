"""Deliveries of line records: what came, what became of its rows, and which were put aside."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lineinfo.loading.formats import MEASUREMENT_COLUMNS, STATUS_COLUMNS
from lineinfo.models import BadRow, LineBatch
from lineinfo.services.receive_batch import receive_batch
from lineinfo.services.retry_batch import retry_batch
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

_LARGEST = 100_000_000
"""Bytes. Larger files are dropped into the folder."""


class UploadForm(ButtonForm):
    """A file as the network made it."""

    content = forms.FileField(
        label=_("file"),
        help_text=format_lazy(
            "{} {}<br>{}<br>{}",
            _("CSV or NDJSON, also packed with gzip. Larger ones go into the folder."),
            _("The heading tells what it is about:"),
            ",".join(MEASUREMENT_COLUMNS),
            ",".join(STATUS_COLUMNS),
        ),
    )

    def clean_content(self) -> object:
        file = self.cleaned_data["content"]
        if file.size > _LARGEST:
            raise forms.ValidationError(_("The file is larger than 100 MB: drop it into the folder."))
        return file


def _upload(press: Press) -> Done:
    file = press.data["content"]
    received = receive_batch(
        content=file, name=file.name, source=LineBatch.Source.UPLOAD, by=press.by, at=press.at
    )
    if not received.new:
        return Done(message=_("This file came before; nothing changes."), go_to=received.batch)
    return Done(message=_("The file is received and being loaded."), go_to=received.batch)


def _retry(press: Press) -> Done:
    retry_batch(batch=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("It is being loaded once more."))


@admin.register(LineBatch)
class LineBatchAdmin(FactsAdmin):
    """Each with its digest: the same bytes again change nothing."""

    list_display = [
        "id",
        "name",
        "state_badge",
        "kind",
        "source",
        "received_at",
        "new",
        "corrected",
        "put_aside",
    ]
    list_display_links = ["id", "name"]
    list_filter = ["state", "kind", "source"]
    search_fields = ["name__startswith", "sha256__startswith"]
    search_help_text = _("The name or the digest, from its beginning.")
    fields = [
        "name", "kind", "source", "received_at", "received_from", "key", "deliveries", "size", "sha256", "loaded_at", "failure",
        "lines_read", "new", "corrected", "repeated", "late", "bad", "unknown_lines", "beyond_retention",
    ]  # fmt: skip
    list_buttons = [
        Button(
            name="upload", label=_("Upload a file"), permission="lineinfo.add_linebatch", look="primary", form=UploadForm,
            run=_upload, previews=False,
            effects=lambda obj: [
                Effect(text=_("The good rows go in; each bad one is put aside with its line and the reason."))
            ],
        )
    ]  # fmt: skip
    buttons = [
        Button(
            name="retry", label=_("Load once more"), permission="lineinfo.change_linebatch", transition="retry",
            form=ReasonForm, run=_retry,
            effects=lambda obj: [Effect(text=_("It goes on from where it stopped."))],
        )
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: LineBatch) -> Iterable[Panel]:
        yield panel(
            _("rows put aside"),
            obj.bad_rows.order_by("line_number"),
            [
                (_("line of the file"), lambda row: cells.link(row, str(row.line_number))),
                (_("kind"), lambda row: row.get_kind_display()),
                (_("reason"), lambda row: row.reason),
                (_("as delivered"), lambda row: row.text),
            ],
            shown=50,
            more=cells.list_of(BadRow, batch__id__exact=obj.pk),
        )

    @admin.display(description=_("put aside"))
    def put_aside(self, batch: LineBatch) -> int:
        return batch.bad + batch.unknown_lines + batch.beyond_retention


@admin.register(BadRow)
class BadRowAdmin(FactsAdmin):
    """What did not go in, and why."""

    list_display = ["line_number", "batch_link", "kind", "reason"]
    list_filter = ["kind"]
    list_select_related = ["batch"]
    fields = ["batch_link", "line_number", "kind", "reason", "text"]

    @admin.display(description=_("batch"))
    def batch_link(self, row: BadRow) -> str:
        return cells.link(row.batch)
