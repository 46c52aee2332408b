"""Tariffs with their dated prices."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.admin.csv_form import csv_form, take_csv
from billing.importing.columns import PRICES
from billing.models import Tariff, TariffPrice
from billing.services.import_prices import import_prices
from billing.services.set_price import set_price
from contracts.admin.terms_code import TermsCodeMixin
from contracts.guards.terms_change import terms_notice_of
from terms.document import TermsNotice
from terms.registry import pack_for, statute
from workflow.days import days_in_words
from workflow.models import StateChange
from workflow.selectors import state_changes_of
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DayField, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import StaffAdmin


class PriceForm(ButtonForm):
    """An amount from a day on."""

    amount = forms.IntegerField(label=_("amount"), min_value=0, help_text=_("Yen without tax."))
    valid_from = DayField(label=_("valid from"))
    note = forms.CharField(label=_("note"), max_length=200, required=False, help_text=_("What it rests on."))
    required_by_law = forms.BooleanField(
        label=_("required by law"),
        required=False,
        help_text=_("Where the document lets such a change take effect with its posting."),
    )

    def set_up(self) -> None:
        if not _notice_of(self.obj).harmless_at_once:
            del self.fields["required_by_law"]


def _notice_of(tariff: Tariff) -> TermsNotice:
    on = today()
    return terms_notice_of(pack_for(tariff.terms_code, on, earliest=True), statute(on, earliest=True))


def _import_prices(press: Press) -> Done:
    count = take_csv(press, lambda data: import_prices(data=data, by=press.by, at=press.at))
    return Done(message=_("%(count)s prices are set.") % {"count": count})


def _set_price(press: Press) -> Done:
    price = set_price(tariff=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("%(price)s is set.") % {"price": price})


@admin.register(Tariff)
class TariffAdmin(TermsCodeMixin, StaffAdmin):
    list_display = ["code", "name", "terms", "kind", "price_now", "tax_category", "source", "article_link"]
    list_display_links = ["code", "name"]
    list_filter = [DocumentFilter, "kind", "source"]
    search_fields = ["code", "name"]
    autocomplete_fields = ["product"]
    list_buttons = [
        Button(
            name="import-prices",
            label=_("Upload prices"),
            permission="billing.add_tariffprice",
            form=csv_form(PRICES),
            run=_import_prices,
            previews=False,
            effects=lambda obj: [
                Effect(text=_("Each amount applies from its day on; a day to come is planned ahead.")),
                Effect(text=_("A month that is billed already keeps the price at which it was charged.")),
            ],
        )
    ]
    buttons = [
        Button(
            name="set-price",
            label=_("Set a price"),
            permission="billing.add_tariffprice",
            look="primary",
            form=PriceForm,
            run=_set_price,
            fields={"effective_too_early": "valid_from", "not_at_once": "required_by_law"},
            effects=lambda tariff: [
                Effect(text=_("The amount applies from that day on, until another takes over.")),
                Effect(
                    text=_(
                        "Another amount than before is posted at once, and its day is no sooner than that allows."
                    ),
                    article=_notice_of(tariff).article,
                ),
                Effect(text=_("A month that is billed already keeps the price at which it was charged.")),
            ],
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tariff]:
        now = TariffPrice.objects.filter(tariff=OuterRef("pk"), valid_from__lte=today()).order_by(
            "-valid_from"
        )
        tariffs: QuerySet[Tariff] = super().get_queryset(request)
        return tariffs.annotate(now=Subquery(now.values("amount")[:1]))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code", "terms_code", "product", "kind"] if obj else []

    def panels(self, request: HttpRequest, obj: Tariff) -> Iterable[Panel]:
        on = today()
        prices = list(obj.prices.select_related("posting").order_by("-valid_from"))
        current = next((price for price in prices if price.valid_from <= on), None)
        yield panel(
            _("prices"),
            prices,
            [
                (_("valid from"), lambda price: cells.day(price.valid_from)),
                (_("Amount without tax"), lambda price: cells.yen(price.amount)),
                (_("Standing"), lambda price: _standing(price, current, on)),
                (_("source"), lambda price: price.get_source_display() or obj.get_source_display()),
                (_("note"), lambda price: price.note or cells.EMPTY),
                (_("posting"), lambda price: cells.link(price.posting)),
            ],
            shown=100,
        )
        yield panel(
            _("What was set"),
            state_changes_of(obj).order_by("-id"),
            [
                (_("recorded at"), lambda change: cells.moment(change.at)),
                (_("by"), lambda change: change.by),
                (_("What"), lambda change: days_in_words(change.reason)),
            ],
            more=cells.list_of(
                StateChange, subject_type=ContentType.objects.get_for_model(obj).pk, subject_id=obj.pk
            ),
            empty=_("None so far."),
        )

    @admin.display(description=_("Price today"), ordering="now")
    def price_now(self, tariff: Any) -> str:
        return cells.yen(tariff.now)


def _standing(price: TariffPrice, current: TariffPrice | None, on: Any) -> str:
    if price.valid_from > on:
        return cells.badge(_("planned"), "info")
    return cells.badge(_("applies now"), "success") if price is current else cells.badge(_("past"))
