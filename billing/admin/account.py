"""Billing accounts: how somebody pays, and where they stand."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.admin.account_buttons import account_buttons
from billing.admin.tables import charges_panel, invoices_panel, payments_panel
from billing.lumps import running_lumps
from billing.models import BillingAccount, Charge, Invoice, LumpPayment, Payment
from billing.selectors import balance_of
from contracts.search import subscriber_keys
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(BillingAccount)
class BillingAccountAdmin(FactsAdmin):
    list_display = ["id", "subscriber_link", "method", "bank_account"]
    list_display_links = ["id"]
    list_filter = ["method"]
    list_select_related = ["subscriber"]
    search_fields = ["subscriber__number"]
    search_help_text = _("The subscriber’s number, name, phone or e-mail, from its beginning.")
    fields = ["subscriber_link", "method", "bank_account", "holder_kana"]
    buttons = account_buttons

    def get_queryset(self, request: HttpRequest) -> QuerySet[BillingAccount]:
        return super().get_queryset(request).select_related("subscriber")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[BillingAccount], search_term: str
    ) -> tuple[QuerySet[BillingAccount], bool]:
        if not search_term:
            return queryset, False
        people = subscriber_keys(search_term)
        return queryset.filter(subscriber__in=people), False

    def panels(self, request: HttpRequest, obj: BillingAccount) -> Iterable[Panel]:
        balance = balance_of(obj, on=today())
        yield panel(
            _("Where the account stands"),
            [balance],
            [
                (_("Asked for and open"), lambda row: cells.yen(row.open)),
                (_("of which overdue"), lambda row: cells.yen(row.overdue)),
                (_("Paid and not used"), lambda row: cells.yen(row.credit)),
                (_("Charged, not invoiced yet (without tax)"), lambda row: cells.yen(row.waiting)),
            ],
        )
        if lumps := list(running_lumps(obj.subscriber)):
            yield panel(
                LumpPayment._meta.verbose_name_plural or "",
                lumps,
                [
                    (_("terms"), lambda row: cells.document(row.terms_code)),
                    (
                        _("months"),
                        lambda row: cells.link(row, f"{row.first_month:%Y-%m} – {row.last_month:%Y-%m}"),
                    ),
                    (_("consented on"), lambda row: cells.day(row.consented_on)),
                    (_("article"), lambda row: cells.article(row.article)),
                ],
            )
        yield invoices_panel(obj.invoices.all(), more=cells.list_of(Invoice, account__id__exact=obj.pk))
        yield payments_panel(obj.payments.all(), more=cells.list_of(Payment, account__id__exact=obj.pk))
        yield charges_panel(
            obj.charges.filter(invoice__isnull=True),
            title=_("Waiting for the next invoice"),
            more=cells.list_of(Charge, account__id__exact=obj.pk),
        )

    def button_facts(self, obj: BillingAccount) -> list[tuple[str, Any]]:
        balance = balance_of(obj, on=today())
        return [
            (str(_("subscriber")), cells.link(obj.subscriber)),
            (str(_("Asked for and open")), cells.yen(balance.open)),
            (str(_("of which overdue")), cells.yen(balance.overdue)),
            (str(_("Paid and not used")), cells.yen(balance.credit)),
        ]

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, account: BillingAccount) -> str:
        return cells.link(account.subscriber)

    @admin.display(description=_("Bank account"))
    def bank_account(self, account: BillingAccount) -> str:
        if not account.bank_code:
            return cells.EMPTY
        # The last digits are enough to tell one account from another.
        return f"{account.bank_code}-{account.branch_code} {account.get_account_type_display()} ***{account.account_number[-3:]}"
