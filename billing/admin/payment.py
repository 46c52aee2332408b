"""Payments: what arrived, and what it was set against."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter, RangeNumericFilter

from billing.models import Payment, PaymentReturn
from contracts.search import subscriber_keys
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(Payment)
class PaymentAdmin(FactsAdmin):
    """Recorded from the page of a billing account."""

    list_display = [
        "id",
        "paid_on",
        "subscriber_link",
        "method",
        "amount_yen",
        "left_yen",
        "reference",
        "recorded_at",
    ]
    list_display_links = ["id", "paid_on"]
    list_filter = ["method", ("paid_on", RangeDateFilter), ("amount", RangeNumericFilter)]
    list_filter_submit = True
    list_select_related = ["account__subscriber"]
    search_fields = ["reference"]
    search_help_text = _("Reference, or the subscriber’s number, name, phone or e-mail, from its beginning.")
    fields = [
        "account_link",
        "paid_on",
        "method",
        "amount_yen",
        "allocated_yen",
        "left_yen",
        "reference",
        "advance_link",
        "recorded_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        return super().get_queryset(request).select_related("account__subscriber")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Payment], search_term: str
    ) -> tuple[QuerySet[Payment], bool]:
        if not search_term:
            return queryset, False
        people = subscriber_keys(search_term)
        by_reference = queryset.filter(reference__startswith=search_term.strip())
        return by_reference | queryset.filter(account__subscriber__in=people), False

    def panels(self, request: HttpRequest, obj: Payment) -> Iterable[Panel]:
        yield panel(
            _("Set against"),
            obj.allocations.select_related("invoice").order_by("id"),
            [
                (_("invoice"), lambda row: cells.link(row.invoice)),
                (_("due on"), lambda row: cells.day(row.invoice.due_on)),
                (_("amount"), lambda row: cells.yen(row.amount)),
                (_("on"), lambda row: cells.day(row.allocated_on)),
            ],
            shown=100,
            empty=_("Nothing: it stays on the account as credit.") if obj.unallocated else _("Nothing."),
        )
        if returned := list(obj.returns.all()):
            yield panel(
                PaymentReturn._meta.verbose_name_plural or "",
                returned,
                [
                    (_("returned on"), lambda row: cells.day(row.returned_on)),
                    (_("kind"), lambda row: row.get_kind_display()),
                    (_("amount"), lambda row: cells.yen(row.amount)),
                    (_("reason"), lambda row: row.reason),
                ],
                shown=100,
            )

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, payment: Payment) -> str:
        return cells.link(payment.account.subscriber, payment.account.subscriber.name)

    @admin.display(description=_("billing account"))
    def account_link(self, payment: Payment) -> str:
        return cells.link(payment.account)

    @admin.display(description=_("taken in advance under"))
    def advance_link(self, payment: Payment) -> str:
        return cells.article(payment.advance_under) if payment.advance_under else cells.EMPTY

    @admin.display(description=_("amount"), ordering="amount")
    def amount_yen(self, payment: Payment) -> str:
        return cells.yen(payment.amount)

    @admin.display(description=_("allocated"))
    def allocated_yen(self, payment: Payment) -> str:
        return cells.yen(payment.allocated)

    @admin.display(description=_("Not used"))
    def left_yen(self, payment: Payment) -> str:
        return cells.yen(payment.unallocated) if payment.unallocated else cells.EMPTY
