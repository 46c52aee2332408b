"""Files exchanged with banks, and the operator's own accounts."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from billing.admin.bank_file_buttons import bank_file_buttons
from billing.models import BankFile, CollectionAccount, Deposit, TransferLine
from workflow.staff import cells
from workflow.staff.panels import Panel, Text, panel
from workflow.staff.staff_admin import FactsAdmin, StaffAdmin


@admin.register(CollectionAccount)
class CollectionAccountAdmin(StaffAdmin):
    list_display = ["collector_code", "name_kana", "bank_code", "branch_code", "account_number", "line_ends"]


@admin.register(BankFile)
class BankFileAdmin(FactsAdmin):
    """Kept as they were, each with its digest."""

    list_display = ["id", "kind", "name", "debit_on", "count", "yen", "made_at", "made_by"]
    list_display_links = ["id", "name"]
    list_filter = ["kind"]
    list_select_related = ["made_by"]
    search_fields = ["name", "sha256__startswith"]
    fields = [
        "kind",
        "download",
        "account",
        "debit_on",
        "answers_link",
        "count",
        "yen",
        "made_at",
        "made_by",
        "sha256",
        "left_out_list",
    ]
    list_buttons = bank_file_buttons

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankFile]:
        # The bytes themselves are read only where they are sent.
        return super().get_queryset(request).defer("content")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:object_id>/file/", view, name="billing_bankfile_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The file itself, byte by byte, for those who may see it."""
        file = self.get_object(request, str(object_id))
        if file is None or not self.has_view_permission(request, file):
            raise Http404
        return HttpResponse(
            bytes(file.content),
            content_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="bank-file-{file.pk}.txt"'},
        )

    def panels(self, request: HttpRequest, obj: BankFile) -> Iterable[Panel]:
        if obj.kind == BankFile.Kind.TRANSFER_REQUEST:
            yield transfers_panel(
                obj.lines.order_by("number"), more=cells.list_of(TransferLine, file__id__exact=obj.pk)
            )
        if obj.kind == BankFile.Kind.TRANSFER_RESULT:
            answered = TransferLine.objects.filter(result_file=obj)
            failed = answered.exclude(result=TransferLine.Result.PAID)
            yield transfers_panel(
                failed.order_by("number"), title=_("Not debited"), empty=_("All of them were debited.")
            )
        if obj.kind == BankFile.Kind.DEPOSITS:
            yield panel(
                _("bank deposits"),
                obj.deposits.order_by("id"),
                [
                    (_("bank deposit"), lambda row: cells.link(row, row.payer or "?")),
                    (_("state"), cells.state_badge),
                    (_("booked on"), lambda row: cells.day(row.booked_on)),
                    (_("amount"), lambda row: cells.yen(row.amount)),
                    (_("why it did not match"), lambda row: row.get_why_open_display() or cells.EMPTY),
                ],
                shown=100,
                more=cells.list_of(Deposit, file__id__exact=obj.pk),
            )

    @admin.display(description=_("yen"))
    def yen(self, file: BankFile) -> str:
        return cells.yen(file.amount)

    @admin.display(description=_("file"))
    def download(self, file: BankFile) -> str:
        url = reverse("admin:billing_bankfile_file", args=[file.pk])
        return format_html('<a href="{}">{}</a>', url, file.name)

    @admin.display(description=_("answers the request"))
    def answers_link(self, file: BankFile) -> str:
        return cells.link(file.answers)

    @admin.display(description=_("left out"))
    def left_out_list(self, file: BankFile) -> Any:
        if not file.left_out:
            return cells.EMPTY
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((row,) for row in file.left_out))
        )


def transfers_panel(
    transfers: QuerySet[TransferLine],
    *,
    title: Text = "",
    more: str = "",
    empty: Text = "",
) -> Panel:
    """Account transfers with what the bank answered."""
    return panel(
        title or _("account transfers"),
        transfers.select_related("invoice", "payment"),
        [
            (_("invoice"), lambda row: cells.link(row.invoice)),
            (_("account transfer"), lambda row: cells.link(row, row.customer_number)),
            (_("amount"), lambda row: cells.yen(row.amount)),
            (_("new account"), lambda row: row.new_code),
            (_("result"), lambda row: row.get_result_display()),
            (_("payment"), lambda row: cells.link(row.payment)),
        ],
        shown=100,
        more=more,
        empty=empty,
    )


@admin.register(TransferLine)
class TransferLineAdmin(FactsAdmin):
    """What banks were asked to debit."""

    list_display = ["id", "debit_on", "invoice_link", "yen", "result"]
    list_display_links = ["id"]
    list_filter = ["result"]
    list_select_related = ["invoice", "file", "result_file", "payment"]
    search_fields = ["invoice__number__startswith", "customer_number__startswith"]
    fields = [
        "file_link",
        "debit_on",
        "number",
        "invoice_link",
        "yen",
        "new_code",
        "customer_number",
        "result",
        "result_link",
        "payment_link",
    ]

    @admin.display(description=_("debit day"))
    def debit_on(self, line: TransferLine) -> str:
        return cells.day(line.file.debit_on)

    @admin.display(description=_("bank file"))
    def file_link(self, line: TransferLine) -> str:
        return cells.link(line.file)

    @admin.display(description=_("result file"))
    def result_link(self, line: TransferLine) -> str:
        return cells.link(line.result_file)

    @admin.display(description=_("payment"))
    def payment_link(self, line: TransferLine) -> str:
        return cells.link(line.payment)

    @admin.display(description=_("invoice"))
    def invoice_link(self, line: TransferLine) -> str:
        return cells.link(line.invoice)

    @admin.display(description=_("amount"))
    def yen(self, line: TransferLine) -> str:
        return cells.yen(line.amount)
