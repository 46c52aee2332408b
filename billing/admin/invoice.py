"""Invoices: each line with its article, the tax once per rate, what was paid and what was done about the rest."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter, RangeNumericFilter

from billing.admin import tables
from billing.admin.explanation import charges_told, folded, language
from billing.admin.invoice_buttons import invoice_buttons
from billing.explain import explain_invoice
from billing.falling_due import acceleration_of, with_falling_due
from billing.models import Invoice
from billing.services.make_papers import paper_of
from billing.services.record_assignee_payment import assignee_of
from contracts.admin.notice_panels import notices_about_panel
from contracts.search import subscriber_keys
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.filters import DocumentFilter, OnlyFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class OverdueFilter(OnlyFilter):
    """Open invoices whose due day is over: a question of the date, not a state."""

    title = _("due")
    parameter_name = "due"
    word = "overdue"
    choice = _("Overdue")

    def only(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(state=Invoice.State.ISSUED, falls_due__lt=today())


@admin.register(Invoice)
class InvoiceAdmin(FactsAdmin):
    list_display = [
        "number_text",
        "subscriber_link",
        "state_badge",
        "terms",
        "month_text",
        "falls_due",
        "total_yen",
        "open_yen",
    ]
    list_filter = [
        "state",
        OverdueFilter,
        DocumentFilter,
        ("issued_on", RangeDateFilter),
        ("total", RangeNumericFilter),
    ]
    list_filter_submit = True
    list_select_related = ["account__subscriber"]
    search_fields = ["number"]
    search_help_text = _(
        "Invoice number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    buttons = invoice_buttons
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "number_text",
                    "terms",
                    "month_text",
                    "account_link",
                    "recipient",
                    "address",
                    "assignee_link",
                    "run_link",
                ]
            },
        ),
        (
            _("Amounts and days"),
            {
                "fields": [
                    "total_yen",
                    "paid_yen",
                    "open_yen",
                    "issued_on",
                    "due_on",
                    "falls_due",
                    "acceleration_link",
                    "registration_number",
                    "papers",
                ]
            },
        ),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Invoice | None = None) -> Any:
        """An invoice beside the runs names the extra bill that it came of; every other its run."""
        (title, first), *rest = super().get_fieldsets(request, obj)
        if obj is None or obj.extra_bill_id is None:
            return [(title, first), *rest]
        fields = ["extra_bill_link" if name == "run_link" else name for name in first["fields"]]
        return [(title, {**first, "fields": fields}), *rest]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        found = (
            super()
            .get_queryset(request)
            .select_related("account__subscriber", "run", "extra_bill__contract", "partner")
        )
        return with_falling_due(found)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Invoice], search_term: str
    ) -> tuple[QuerySet[Invoice], bool]:
        if not search_term:
            return queryset, False
        people = subscriber_keys(search_term)
        by_number = queryset.filter(number__startswith=search_term.strip())
        return by_number | queryset.filter(account__subscriber__in=people), False

    def get_urls(self) -> list[Any]:
        return [
            path(f"<path:object_id>/{name}", self.admin_site.admin_view(view), name=f"billing_invoice_{of}")
            for name, of, view in (
                ("invoice.pdf", "paper", self.paper_view),
                ("explain.json", "explained", self.explained_view),
            )
        ] + super().get_urls()

    def paper_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The PDF, for those who may see invoices."""
        invoice = self._issued(request, object_id)
        answer = HttpResponse(paper_of(invoice=invoice, at=timezone.now()), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{invoice.number}.pdf"'
        return answer

    def explained_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Every line with its price, its calculation, its tax and its article, as JSON."""
        told = explain_invoice(self._issued(request, object_id), language=language())
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})

    def _issued(self, request: HttpRequest, object_id: str) -> Invoice:
        invoice = self.get_object(request, object_id)
        if invoice is None or invoice.number is None or not self.has_view_permission(request, invoice):
            raise Http404
        return invoice  # type: ignore[no-any-return]  # unfold carries no types

    @admin.display(description=_("on paper"))
    def papers(self, invoice: Invoice) -> str:
        if invoice.number is None:
            return cells.EMPTY
        return format_html(
            '<a href="{}" class="cell-link">PDF</a> · <a href="{}" class="cell-link">{}</a>',
            reverse("admin:billing_invoice_paper", args=[invoice.pk]),
            reverse("admin:billing_invoice_explained", args=[invoice.pk]),
            _("Explanation (JSON)"),
        )

    def badges(self, obj: Invoice) -> list[Any]:
        found = [cells.state_badge(obj)]
        if obj.is_open and obj.falls_due < today():
            found.append(cells.badge(_("overdue"), "danger"))
        if obj.disputes.filter(closed_on__isnull=True).exists():
            found.append(cells.badge(_("in dispute"), "warning"))
        if any(promise.pay_by >= today() for promise in obj.promises.all()) and obj.is_open:
            found.append(cells.badge(_("promised"), "warning"))
        return found

    def button_facts(self, obj: Invoice) -> list[tuple[str, Any]]:
        return [
            (str(_("subscriber")), cells.link(obj.account.subscriber)),
            (str(_("total")), cells.yen(obj.total)),
            (str(_("still owed")), cells.yen(obj.open_amount)),
            (str(_("due on")), cells.day(obj.falls_due)),
        ]

    def panels(self, request: HttpRequest, obj: Invoice) -> Iterable[Panel]:
        yield _lines(obj)
        yield panel(
            _("Tax, once per rate"),
            obj.taxes.order_by("-rate", "tax_category"),
            [
                (_("rate"), lambda tax: f"{tax.rate:.0%}" if tax.rate else tax.get_tax_category_display()),
                (_("net"), lambda tax: cells.yen(tax.net)),
                (_("tax"), lambda tax: cells.yen(tax.tax)),
            ],
            note=cells.article("statute 消費税法57の4"),
        )
        yield panel(
            _("payments"),
            obj.allocations.select_related("payment").order_by("-id"),
            [
                (_("payments"), lambda row: cells.link(row.payment, cells.day(row.payment.paid_on))),
                (_("payment method"), lambda row: row.payment.get_method_display()),
                (_("amount"), lambda row: cells.yen(row.amount)),
                (_("Set against it on"), lambda row: cells.day(row.allocated_on)),
            ],
            shown=50,
            empty=_("Nothing so far."),
        )
        corrections = panel(
            _("credit notes"),
            obj.credit_notes.order_by("id"),
            [
                (_("credit note"), cells.link),
                (_("on"), lambda note: cells.day(note.issued_on)),
                (_("total"), lambda note: cells.yen(note.total)),
                (_("reason"), lambda note: note.reason),
            ],
            shown=50,
        )
        if corrections.rows:
            yield corrections
        steps = _steps(obj)
        disputes = _disputes(obj)
        promises = _promises(obj)
        yield from (found for found in (steps, disputes, promises) if found.rows)
        told = _assignee_payments(obj)
        if told.rows:
            yield told
        yield notices_about_panel(obj)

    @admin.display(description=_("invoice number"), ordering="number")
    def number_text(self, invoice: Invoice) -> str:
        return invoice.number or str(_("(draft)"))

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, invoice: Invoice) -> str:
        return cells.link(invoice.account.subscriber, invoice.account.subscriber.name)

    @admin.display(description=_("billing operator"))
    def assignee_link(self, invoice: Invoice) -> str:
        return cells.link(assignee_of(invoice) or invoice.partner)

    @admin.display(description=_("billing account"))
    def account_link(self, invoice: Invoice) -> str:
        return cells.link(invoice.account)

    @admin.display(description=_("billing run"))
    def run_link(self, invoice: Invoice) -> str:
        return cells.link(invoice.run)

    @admin.display(description=_("extra bill"))
    def extra_bill_link(self, invoice: Invoice) -> str:
        return cells.link(invoice.extra_bill)

    @admin.display(description=_("billing month"), ordering="month")
    def month_text(self, invoice: Invoice) -> str:
        return tables.month(invoice.month)

    @admin.display(description=_("due"), ordering="falls_due")
    def falls_due(self, invoice: Invoice) -> str:
        return cells.day(invoice.falls_due)

    @admin.display(description=_("Due before its day because of"))
    def acceleration_link(self, invoice: Invoice) -> str:
        found = acceleration_of(invoice)
        return (
            cells.link(found, f"{cells.day(found.accelerated_on)} {found.article}") if found else cells.EMPTY
        )

    @admin.display(description=_("total"), ordering="total")
    def total_yen(self, invoice: Invoice) -> str:
        return cells.yen(invoice.total)

    @admin.display(description=_("paid or credited"))
    def paid_yen(self, invoice: Invoice) -> str:
        return cells.yen(invoice.paid)

    @admin.display(description=_("still owed"))
    def open_yen(self, invoice: Invoice) -> str:
        return cells.yen(invoice.open_amount) if invoice.is_open else cells.EMPTY


def _lines(invoice: Invoice) -> Panel:
    charges = list(invoice.charges.select_related("contract", "tariff").order_by("contract_id", "id"))
    told = charges_told(invoice, charges)
    return panel(
        _("invoice lines"),
        charges,
        [
            (_("charge"), lambda charge: cells.link(charge, charge.name)),
            (_("contract"), lambda charge: cells.link(charge.contract)),
            (_("period"), tables.period),
            (_("unit price"), lambda charge: cells.yen(charge.unit_price)),
            (_("Amount without tax"), lambda charge: cells.yen(charge.amount)),
            (
                _("tax"),
                lambda charge: (
                    f"{charge.tax_rate:.0%}" if charge.tax_rate else charge.get_tax_category_display()
                ),
            ),
            (_("article"), lambda charge: cells.article(charge.article)),
            (_("How it was computed"), lambda charge: folded(told[charge.pk])),
        ],
        shown=300,
    )


def _steps(invoice: Invoice) -> Panel:
    return panel(
        _("Steps on the debt"),
        invoice.arrears_steps.select_related("contract", "notice", "suspension__contract").order_by("id"),
        [
            (_("step"), lambda step: cells.link(step, step.get_kind_display())),
            (_("on"), lambda step: cells.day(step.on)),
            (_("contract"), lambda step: cells.link(step.contract)),
            (_("article"), lambda step: cells.article(step.article)),
            (_("notice"), lambda step: cells.link(step.notice)),
        ],
        shown=50,
    )


def _disputes(invoice: Invoice) -> Panel:
    return panel(
        _("disputes"),
        invoice.disputes.order_by("-id"),
        [
            (_("dispute"), lambda row: cells.link(row, cells.day(row.opened_on))),
            (_("reason"), lambda row: row.reason),
            (_("closed on"), lambda row: cells.day(row.closed_on)),
            (_("outcome"), lambda row: row.outcome or cells.EMPTY),
        ],
    )


def _promises(invoice: Invoice) -> Panel:
    return panel(
        _("promises to pay"),
        invoice.promises.select_related("invoice").order_by("-id"),
        [
            (_("promise to pay"), lambda row: cells.link(row, cells.day(row.agreed_on))),
            (_("to be paid by"), lambda row: cells.day(row.pay_by)),
            (_("amount"), lambda row: cells.yen(row.amount)),
            (_("writing"), lambda row: row.writing),
        ],
    )


def _assignee_payments(invoice: Invoice) -> Panel:
    return panel(
        _("payments to assignees"),
        invoice.assignee_payments.select_related("partner", "disclosure"),
        [
            (_("billing operator"), lambda row: cells.link(row.partner)),
            (_("paid on"), lambda row: cells.day(row.paid_on)),
            (_("amount"), lambda row: cells.yen(row.amount)),
            (_("reference"), lambda row: row.reference),
            (_("disclosure"), lambda row: cells.link(row.disclosure)),
        ],
    )
