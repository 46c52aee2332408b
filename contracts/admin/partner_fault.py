"""Failures of partners' services: which lines they took down, and what the partners paid."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.admin.line_numbers import LineNumbersField
from contracts.models import Line, Outage, Partner, PartnerFault
from contracts.services.record_partner_fault import record_partner_damages, record_partner_fault
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ComeMomentField, DayField
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class FaultForm(ButtonForm):
    """Whose service failed, when, and which lines it took down."""

    partner = forms.ModelChoiceField(label=_("partner"), queryset=Partner.objects.order_by("code"))
    began = ComeMomentField(label=_("began at"))
    known = ComeMomentField(
        label=_("Known to us since"), help_text=_("Credits run from here where the document says so.")
    )
    restored = ComeMomentField(
        label=_("restored at"), required=False, help_text=_("Leave it empty while the lines are down.")
    )
    what = forms.CharField(label=_("what failed"), widget=forms.Textarea(attrs={"rows": 2}))
    lines = LineNumbersField(
        label=_("Lines that it took down"),
        help_text=_(
            "Line numbers, a line each. An outage is recorded for each; more can be put down to it later."
        ),
    )

    def set_up(self) -> None:
        self.fields["began"].initial = self.fields["known"].initial = timezone.now()


class DamagesForm(ButtonForm):
    """What the partner paid."""

    received = forms.IntegerField(
        label=_("damages received from the partner"),
        min_value=0,
        help_text=_("Yen; 0 where it pays nothing."),
    )
    received_on = DayField(label=_("known on"))
    reason = forms.CharField(label=_("reference"), max_length=200, required=False)

    def set_up(self) -> None:
        self.fields["received_on"].initial = self.on_day


def _record(press: Press) -> Done:
    lines = Line.objects.filter(number__in=press.data["lines"]).order_by("number")
    fault = record_partner_fault(by=press.by, at=press.at, **{**press.data, "lines": lines})
    return Done(message=_("The partner’s fault is recorded."), go_to=fault)


def _paid(press: Press) -> Done:
    record_partner_damages(fault=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("What the partner paid is recorded."))


@admin.register(PartnerFault)
class PartnerFaultAdmin(FactsAdmin):
    list_display = ["id", "partner_link", "began", "what", "received_yen", "received_on"]
    list_display_links = ["id", "began"]
    list_filter = ["partner", ("received", admin.EmptyFieldListFilter)]
    list_select_related = ["partner"]
    fields = ["partner_link", "began", "what", "received_yen", "received_on", "recorded_by"]
    buttons = [
        Button(
            name="partner-paid", label=_("Record what the partner paid"), permission="contracts.change_partnerfault",
            look="primary", form=DamagesForm, run=_paid,
            effects=lambda fault: [
                Effect(
                    text=_("Where a document says so, all its subscribers together are owed no more than this for the outages.")
                )
            ],
        ),
    ]  # fmt: skip
    list_buttons = [
        Button(
            name="record", label=_("Record a partner’s fault"), permission="contracts.add_partnerfault", form=FaultForm,
            run=_record,
        ),
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: PartnerFault) -> Iterable[Panel]:
        yield panel(
            _("outages"),
            obj.outages.select_related("line").order_by("line__number", "down"),
            [
                (_("line"), lambda outage: cells.link(outage.line)),
                (_("outage"), lambda outage: cells.link(outage, cells.moment(outage.down))),
                (_("Known"), lambda outage: cells.moment(outage.known)),
                (_("Restored"), lambda outage: cells.moment(outage.restored)),
            ],
            shown=50,
            more=cells.list_of(Outage, partner_fault__id__exact=obj.pk),
        )

    @admin.display(description=_("partner"))
    def partner_link(self, fault: PartnerFault) -> str:
        return cells.link(fault.partner)

    @admin.display(description=_("damages received from the partner"))
    def received_yen(self, fault: PartnerFault) -> str:
        return cells.yen(fault.received)
