"""What partners are paid of their charges, which of ours they are to ask for, and what they paid over."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from billing.admin.csv_form import csv_form, take_csv
from billing.importing.columns import COLLECTED
from billing.models import PartnerList, PartnerReceipt, PartnerRemittance
from billing.partner_files import list_lines, statement_lines
from billing.services.make_partner_list import make_partner_list
from billing.services.remit_to_partner import (
    REMIT,
    approve_remittance,
    note_remitted,
    propose_remittance,
    reject_remittance,
)
from billing.services.take_partner_receipt import take_partner_receipt
from contracts.models import Partner
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DayField, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.second_person import may_decide
from workflow.staff.staff_admin import FactsAdmin

_MAY = "billing.change_partnerremittance"


class _PartnerForm(ButtonForm):
    partner = forms.ModelChoiceField(
        label=_("partner"), queryset=Partner.objects.filter(role=Partner.Role.INTERCONNECTED_CARRIER)
    )


class RemittanceForm(_PartnerForm):
    """To whom, through which day, and what we keep for collecting."""

    through = DayField(label=_("through"), help_text=_("The last day of what it settles."))
    fee = forms.IntegerField(
        label=_("our fee"),
        min_value=0,
        initial=0,
        help_text=_("As agreed with the partner; yen without tax."),
    )


class RemittedForm(ButtonForm):
    """When the bank paid it."""

    remitted_on = DayField(label=_("remitted on"))


class ReceiptForm(_PartnerForm, csv_form(COLLECTED)):  # type: ignore[misc]  # a form that is made by its columns
    """The partner's answer and the sum that came with it."""

    received_on = DayField(label=_("received on"))
    fee = forms.IntegerField(
        label=_("the partner’s fee"), min_value=0, initial=0, help_text=_("What it kept back; yen with tax.")
    )

    field_order = ["partner", "content", "received_on", "fee"]


def _propose(press: Press) -> Done:
    remittance = propose_remittance(by=press.by, at=press.at, **press.data)
    return Done(message=_("A second person is asked."), go_to=remittance)


def _approve(press: Press) -> Done:
    approve_remittance(remittance=press.obj, by=press.by, at=press.at)
    return Done(message=_("Approved. Pay it, and send the partner its statement."))


def _reject(press: Press) -> Done:
    reject_remittance(remittance=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected."))


def _remitted(press: Press) -> Done:
    note_remitted(remittance=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The books have it as remitted."))


def _list(press: Press) -> Done:
    made = make_partner_list(by=press.by, at=press.at, **press.data)
    return Done(message=_("The list is made; send it to the partner."), go_to=made)


def _receive(press: Press) -> Done:
    found: list[PartnerReceipt] = []

    def take(data: bytes) -> int:
        more: dict[str, Any] = {key: value for key, value in press.data.items() if key != "content"}
        found.append(take_partner_receipt(data=data, by=press.by, at=press.at, **more))
        return 1

    take_csv(press, take)
    return Done(message=_("The payments are recorded."), go_to=found[0])


class _WithFile(FactsAdmin):
    """Something that goes to a partner as a CSV file."""

    file_name = ""

    def lines(self, obj: Any) -> Iterator[str]:
        raise NotImplementedError

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.csv_view)
        name = f"billing_{self.opts.model_name}_csv"
        return [path("<int:object_id>/csv/", view, name=name), *super().get_urls()]

    def csv_view(self, request: HttpRequest, object_id: int) -> StreamingHttpResponse:
        """The file, for those who may see what it is about."""
        obj = self.get_object(request, str(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            raise Http404
        return StreamingHttpResponse(
            self.lines(obj),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{self.file_name}-{object_id}.csv"'},
        )

    @admin.display(description=_("file for the partner"))
    def file(self, obj: Any) -> str:
        url = reverse(f"{self.admin_site.name}:billing_{self.opts.model_name}_csv", args=[obj.pk])
        return format_html('<a href="{}">{}-{}.csv</a>', url, self.file_name, obj.pk)


@admin.register(PartnerRemittance)
class PartnerRemittanceAdmin(_WithFile):
    file_name = "remittance"
    list_display = [
        "id",
        "partner",
        "through",
        "collected_yen",
        "fee_yen",
        "yen",
        "state_badge",
        "remitted_on",
    ]
    list_display_links = ["id"]
    list_filter = ["state", "partner"]
    list_select_related = ["partner"]
    fields = ["partner", "through", "collected_yen", "fee_yen", "yen", "remitted_on", "file"]
    list_buttons = [
        Button(
            name="propose", label=_("Propose a remittance"), permission="billing.add_partnerremittance",
            form=RemittanceForm, run=_propose,
            effects=lambda obj: [
                Effect(text=_("All that the partner is owed by that day and was not remitted yet is counted.")),
                Effect(text=_("Nothing is paid yet: a second person decides on the proposal.")),
            ],
        ),
    ]  # fmt: skip
    buttons = [
        Button(
            name="approve", label=_("Approve"), permission=_MAY, transition="approve", allowed=may_decide(REMIT),
            look="primary", run=_approve,
            effects=lambda remittance: [
                Effect(text=_("You agree, as the second person, that the partner is paid.")),
                Effect(text=_("The register of disclosures shows what the partner is told.")),
            ],
        ),
        Button(
            name="reject", label=_("Reject"), permission=_MAY, transition="reject", allowed=may_decide(REMIT),
            look="danger", form=ReasonForm, run=_reject,
        ),
        Button(
            name="remitted", label=_("It was paid"), permission=_MAY, transition="remit", look="primary",
            form=RemittedForm, run=_remitted,
            effects=lambda remittance: [Effect(text=_("What is owed to the partner falls by it in the books."))],
        ),
    ]  # fmt: skip

    def lines(self, obj: PartnerRemittance) -> Iterator[str]:
        return statement_lines(obj)

    def panels(self, request: HttpRequest, obj: PartnerRemittance) -> Iterable[Panel]:
        yield panel(
            _("the partner’s charges"),
            obj.lines.select_related("claim__partner").order_by("claim_id"),
            [
                (_("partner’s claim"), lambda row: cells.link(row.claim)),
                (_("basis"), lambda row: row.claim.get_basis_display()),
                (_("amount"), lambda row: cells.yen(row.amount)),
            ],
        )

    @admin.display(description=_("the partner’s charges"), ordering="collected")
    def collected_yen(self, remittance: PartnerRemittance) -> str:
        return cells.yen(remittance.collected)

    @admin.display(description=_("our fee with tax"))
    def fee_yen(self, remittance: PartnerRemittance) -> str:
        return cells.yen(remittance.fee + remittance.fee_tax)

    @admin.display(description=_("amount"))
    def yen(self, remittance: PartnerRemittance) -> str:
        return cells.yen(remittance.amount)


@admin.register(PartnerList)
class PartnerListAdmin(_WithFile):
    file_name = "collect"
    list_display = ["id", "partner", "count", "yen", "made_at", "made_by"]
    list_display_links = ["id"]
    list_filter = ["partner"]
    list_select_related = ["partner", "made_by"]
    fields = ["partner", "count", "yen", "made_at", "made_by", "file"]
    list_buttons = [
        Button(
            name="make", label=_("List what a partner is to collect"), permission="billing.add_partnerlist",
            form=_PartnerForm, run=_list,
            effects=lambda obj: [
                Effect(text=_("Until the partner answers, nobody else asks for what stands on the list.")),
                Effect(text=_("The register of disclosures shows what the partner is told.")),
            ],
        ),
    ]  # fmt: skip

    def lines(self, obj: PartnerList) -> Iterator[str]:
        return list_lines(obj)

    def panels(self, request: HttpRequest, obj: PartnerList) -> Iterable[Panel]:
        yield _lines_panel(obj)

    @admin.display(description=_("amount"), ordering="amount")
    def yen(self, made: PartnerList) -> str:
        return cells.yen(made.amount)


@admin.register(PartnerReceipt)
class PartnerReceiptAdmin(FactsAdmin):
    list_display = ["id", "partner", "received_on", "collected_yen", "fee_yen", "yen"]
    list_display_links = ["id"]
    list_filter = ["partner"]
    list_select_related = ["partner"]
    fields = ["partner", "received_on", "collected_yen", "fee_yen", "yen", "recorded_by"]
    list_buttons = [
        Button(
            name="receive", label=_("Take what a partner collected"), permission="billing.add_partnerreceipt",
            form=ReceiptForm, run=_receive, previews=False,
        ),
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: PartnerReceipt) -> Iterable[Panel]:
        yield _lines_panel(obj)

    @admin.display(description=_("collected"), ordering="collected")
    def collected_yen(self, receipt: PartnerReceipt) -> str:
        return cells.yen(receipt.collected)

    @admin.display(description=_("the partner’s fee"), ordering="fee")
    def fee_yen(self, receipt: PartnerReceipt) -> str:
        return cells.yen(receipt.fee)

    @admin.display(description=_("amount"))
    def yen(self, receipt: PartnerReceipt) -> str:
        return cells.yen(receipt.amount)


def _lines_panel(of: PartnerList | PartnerReceipt) -> Panel:
    return panel(
        _("charges for partners to collect"),
        of.lines.select_related("invoice", "agency__contract").order_by("id"),
        [
            (_("contract"), lambda row: cells.link(row.agency.contract)),
            (_("invoice"), lambda row: cells.link(row.invoice)),
            (_("amount"), lambda row: cells.yen(row.amount)),
            (_("collected"), lambda row: "–" if row.collected is None else cells.yen(row.collected)),
        ],
    )
