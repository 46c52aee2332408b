"""Charges: every yen with its tariff, its price, its days, its rounding, its tax and its article."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.admin import tables
from billing.admin.explanation import explanation_panels
from billing.admin.supplement import supplement_button
from billing.models import Charge
from contracts.search import contract_keys
from workflow.staff import cells
from workflow.staff.filters import DocumentFilter, OnlyFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class WaitingFilter(OnlyFilter):
    """Charges that no invoice asks for yet."""

    title = _("invoice")
    parameter_name = "waiting"
    choice = _("Waiting for the next invoice")

    def only(self, request: HttpRequest, rows: QuerySet[Charge]) -> QuerySet[Charge]:
        return rows.filter(invoice__isnull=True)


@admin.register(Charge)
class ChargeAdmin(FactsAdmin):
    list_display = [
        "name",
        "kind",
        "contract_link",
        "period_text",
        "amount_yen",
        "tax_text",
        "article_link",
        "invoice_link",
    ]
    list_filter = [WaitingFilter, DocumentFilter, "kind"]
    list_select_related = ["contract", "invoice"]
    search_fields = ["contract__number"]
    search_help_text = _(
        "Contract number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    ordering = ["-id"]
    fields = [
        "name", "kind", "terms", "contract_link", "account_link", "invoice_link", "run_link", "tariff_link", "source", "period_text",
        "days_text", "unit_yen", "amount_yen", "tax_text", "article_link",
    ]  # fmt: skip
    buttons = [supplement_button]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Charge]:
        return (
            super()
            .get_queryset(request)
            .select_related("contract", "invoice", "tariff", "run", "account__subscriber")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Charge], search_term: str
    ) -> tuple[QuerySet[Charge], bool]:
        if not search_term:
            return queryset, False
        contracts = contract_keys(search_term)
        return queryset.filter(contract__in=contracts), False

    def panels(self, request: HttpRequest, obj: Charge) -> Iterable[Panel]:
        yield from explanation_panels(obj)
        if obj.tariff:
            yield panel(
                _("Prices of the tariff"),
                obj.tariff.prices.order_by("-valid_from"),
                [
                    (_("valid from"), lambda price: cells.day(price.valid_from)),
                    (_("Amount without tax"), lambda price: cells.yen(price.amount)),
                    (_("note"), lambda price: price.note or cells.EMPTY),
                ],
            )

    @admin.display(description=_("contract"))
    def contract_link(self, charge: Charge) -> str:
        return cells.link(charge.contract)

    @admin.display(description=_("billing account"))
    def account_link(self, charge: Charge) -> str:
        return cells.link(charge.account)

    @admin.display(description=_("invoice"))
    def invoice_link(self, charge: Charge) -> str:
        return cells.link(charge.invoice)

    @admin.display(description=_("billing run"))
    def run_link(self, charge: Charge) -> str:
        return cells.link(charge.run)

    @admin.display(description=_("tariff"))
    def tariff_link(self, charge: Charge) -> str:
        return cells.link(charge.tariff)

    @admin.display(description=_("period"))
    def period_text(self, charge: Charge) -> str:
        return tables.period(charge)

    @admin.display(description=_("days"))
    def days_text(self, charge: Charge) -> str:
        if charge.days is None:
            return cells.EMPTY
        return f"{charge.days} / {charge.of_days}" if charge.of_days else str(charge.days)

    @admin.display(description=_("unit price"))
    def unit_yen(self, charge: Charge) -> str:
        return cells.yen(charge.unit_price)

    @admin.display(description=_("Amount without tax"), ordering="amount")
    def amount_yen(self, charge: Charge) -> str:
        return cells.yen(charge.amount)

    @admin.display(description=_("tax"))
    def tax_text(self, charge: Charge) -> str:
        return f"{charge.tax_rate:.0%}" if charge.tax_rate else charge.get_tax_category_display()
