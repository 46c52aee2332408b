"""How long data are kept, what is held, and what was erased."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contracts.models import LegalHold, Line, PurgeCertificate, RetentionPeriod, Subscriber
from contracts.retention.category import Category
from contracts.retention.periods import period_on, without_period
from contracts.retention.registry import categories, category, category_label
from contracts.services.hold_data import lift_hold, place_hold
from contracts.services.set_retention import set_retention
from workflow.staff import cells
from workflow.staff.button_form import DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


def category_words(code: str) -> str:
    """The name of a category on the screen; all of them where none is named."""
    return category_label(code) or str(_("all data"))


class PeriodForm(ReasonForm):
    """How long, from which day on, and why."""

    category = forms.ChoiceField(label=_("category of data"))
    days = forms.IntegerField(label=_("days kept"), min_value=1, max_value=36_500)
    starts_on = DayField(label=_("in force from"))

    field_order = ["category", "days", "starts_on", "reason"]

    def set_up(self) -> None:
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(found.code, found.label) for found in categories()]


class HoldForm(ReasonForm):
    """What is held, and why."""

    category = forms.ChoiceField(label=_("category of data"), required=False)
    line = forms.ModelChoiceField(
        label=_("line number"),
        queryset=Line.objects.all(),
        to_field_name="number",
        widget=forms.TextInput,
        required=False,
        help_text=_("Neither a line nor a subscriber: everything of the category is held."),
    )
    subscriber = forms.ModelChoiceField(
        label=_("subscriber number"),
        queryset=Subscriber.objects.all(),
        to_field_name="number",
        widget=forms.TextInput,
        required=False,
    )

    field_order = ["category", "line", "subscriber", "reason"]

    def set_up(self) -> None:
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all data")), *((found.code, found.label) for found in categories())]


def _set(press: Press) -> Done:
    data = {**press.data, "category": category(press.data["category"])}
    period = set_retention(by=press.by, at=press.at, **data)
    return Done(message=_("The period is set; those who must know it first are being told."), go_to=period)


def _place(press: Press) -> Done:
    hold = place_hold(by=press.by, at=press.at, **press.data)
    return Done(message=_("Nothing of this is erased until the hold is lifted."), go_to=hold)


def _lift(press: Press) -> Done:
    lift_hold(hold=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The hold is lifted."))


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(FactsAdmin):
    list_display = ["id", "category_text", "days", "starts_on", "decided_at", "decided_by"]
    list_display_links = ["id", "category_text"]
    list_select_related = ["decided_by"]
    fields = ["category_text", "days", "starts_on", "reason", "decided_at", "decided_by"]
    list_buttons = [
        Button(
            name="set", label=_("Set a period"), permission="contracts.add_retentionperiod", look="primary", form=PeriodForm,
            run=_set, previews=False, fields={"notice_first": "starts_on"},
            effects=lambda obj: [
                Effect(text=_("What is older is erased each night by whole days, with a certificate.")),
                Effect(
                    text=_("Line records: it is posted, each contractor is told, and nothing is erased before."),
                    article="line-info-api 14",
                ),
            ],
        )
    ]  # fmt: skip

    @admin.display(description=_("category of data"), ordering="category")
    def category_text(self, row: RetentionPeriod) -> str:
        return category_words(row.category)

    def panels(self, request: HttpRequest, obj: RetentionPeriod) -> Iterable[Panel]:
        yield categories_panel()


def categories_panel() -> Panel:
    """Every category, on what its period rests, and the period that applies today."""

    def days(found: Category) -> object:
        period = period_on(found.code, today())
        return period.days if period else cells.EMPTY

    return panel(
        _("All categories"),
        categories(),
        [
            (_("category of data"), lambda found: found.label),
            (_("counted from"), lambda found: found.counted_from),
            (_("article"), lambda found: cells.article(str(found.article))),
            (_("days at least"), lambda found: found.least_days),
            (_("days kept"), days),
            (_("erased by itself"), lambda found: _("yes") if found.pieces else _("no")),
        ],
        shown=50,
    )


def undecided_panel() -> Panel:
    """The categories of which nothing is erased because no period was ever set, each leading to where one is."""
    address = reverse("admin:contracts_retentionperiod_do", args=["set"])
    return panel(
        _("Data without a retention period"),
        without_period(),
        [
            (
                _("category of data"),
                lambda found: format_html('<a href="{}" class="cell-link">{}</a>', address, found.label),
            ),
            (_("counted from"), lambda found: found.counted_from),
            (_("article"), lambda found: cells.article(str(found.article))),
            (_("days at least"), lambda found: found.least_days),
        ],
        note=_("Nothing of these is erased until somebody sets how long they are kept."),
        shown=50,
    )


@admin.register(LegalHold)
class LegalHoldAdmin(FactsAdmin):
    list_display = ["id", "category_text", "line_link", "subscriber_link", "reason", "placed_at", "lifted_at"]
    list_display_links = ["id", "category_text"]
    list_select_related = ["line", "subscriber"]
    fields = [
        "category_text", "line_link", "subscriber_link", "reason", "placed_at", "placed_by", "lifted_at", "lifted_by",
        "lift_reason",
    ]  # fmt: skip
    list_buttons = [
        Button(
            name="place", label=_("Place a hold"), permission="contracts.add_legalhold", look="primary", form=HoldForm,
            run=_place, previews=False,
            effects=lambda obj: [Effect(text=_("Nothing of this is erased until the hold is lifted."))],
        )
    ]  # fmt: skip
    buttons = [
        Button(
            name="lift", label=_("Lift the hold"), permission="contracts.change_legalhold", look="danger", form=ReasonForm,
            run=_lift, possible=lambda hold: hold.is_open,
            effects=lambda obj: [Effect(text=_("What has outlived its period is erased the next night."))],
        )
    ]  # fmt: skip

    @admin.display(description=_("category of data"), ordering="category")
    def category_text(self, row: LegalHold) -> str:
        return category_words(row.category)

    @admin.display(description=_("line"))
    def line_link(self, row: LegalHold) -> str:
        return cells.link(row.line)

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, row: LegalHold) -> str:
        return cells.link(row.subscriber)


@admin.register(PurgeCertificate)
class PurgeCertificateAdmin(FactsAdmin):
    """``manage.py verify_certificates`` computes the chain anew."""

    list_display = ["id", "erased_at", "category_text", "what", "count", "held_back", "until", "article_link"]
    list_display_links = ["id", "what"]
    fields = [
        "category_text", "what", "count", "held_back", "until", "kept_days", "article_link", "erased_at", "erased_by", "before",
        "digest",
    ]  # fmt: skip

    @admin.display(description=_("category of data"), ordering="category")
    def category_text(self, row: PurgeCertificate) -> str:
        return category_words(row.category)
