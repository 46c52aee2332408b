"""Collections for partners and by them, and the partners' charges on our invoices."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.admin.tables import invoices_panel
from billing.models import CollectionAgency, PartnerClaim
from billing.services.abolish_collection import abolish_collection, collected
from billing.services.agree_collection import agree_collection, collection_table
from billing.services.enter_partner_charge import enter_partner_charge
from billing.services.tell_unpaid_claim import tell_unpaid_claim
from contracts.models import Contract, Partner
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


class _CarrierForm(ButtonForm):
    """Which carrier."""

    partner = forms.ModelChoiceField(
        label=_("partner"), queryset=Partner.objects.filter(role=Partner.Role.INTERCONNECTED_CARRIER)
    )


class AgreeForm(_CarrierForm):
    """Who collects for whom, and what the document asks to be judged."""

    direction = forms.ChoiceField(
        label=_("who collects"), choices=CollectionAgency.Direction.choices, widget=forms.RadioSelect
    )
    requested_on = DayField(label=_("requested on"), help_text=_("The subscriber’s own wish."))
    partner_agrees = forms.BooleanField(label=_("The partner has agreed"), required=False)
    doubtful = forms.BooleanField(label=_("Arrears are likely"), required=False)
    hindrance = forms.BooleanField(label=_("It would hinder our business"), required=False)

    field_order = ["direction", "partner", "requested_on", "partner_agrees", "doubtful", "hindrance"]


class ChargeForm(_CarrierForm):
    """A charge as the carrier told it."""

    basis = forms.ChoiceField(label=_("basis"), choices=PartnerClaim.Basis.choices, widget=forms.RadioSelect)
    reference = forms.CharField(label=_("reference"), max_length=40)
    name = forms.CharField(label=_("fee name"), max_length=60)
    amount = forms.IntegerField(label=_("amount"), min_value=1, help_text=_("Yen with tax."))
    since = DayField(label=_("first day"))
    until = DayField(label=_("up to"), help_text=_("The day after the last."))


def _agree(press: Press) -> Done:
    agency = agree_collection(contract=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The collection is agreed; the subscriber and the partner are told."), go_to=agency)


def _enter(press: Press) -> Done:
    claim = enter_partner_charge(contract=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The partner’s charge waits for the next invoice."), go_to=claim)


def _has_collection(contract: Contract) -> bool:
    pack = contract.pack(today())
    return bool(
        contract.formed_on
        and any(collection_table(pack, direction) for direction in CollectionAgency.Direction.values)
    )


def _has_partner_charges(contract: Contract) -> bool:
    pack = contract.pack(today())
    return bool(contract.formed_on and (pack.purchased_claims or pack.collection_for_partner))


def _ways(contract: Contract) -> list[Effect]:
    """Who can collect for whom under the document, each with its article."""
    pack = contract.pack(today())
    tables = ((direction, collection_table(pack, direction)) for direction in CollectionAgency.Direction)
    return [Effect(text=direction.label, article=table.article) for direction, table in tables if table]


agree_collection_button = Button(
    name="agree-collection",
    label=_("Agree on a collection"),
    permission="billing.add_collectionagency",
    possible=_has_collection,
    form=AgreeForm,
    run=_agree,
    menu=_("Partners"),
    effects=lambda contract: [
        Effect(text=_("One company asks for the other’s charges as its agent, until a sum is overdue.")),
        *_ways(contract),
    ],
    fields={
        "arrears": "direction",
        "doubtful": "doubtful",
        "partner": "partner_agrees",
        "hindrance": "hindrance",
    },
)
partner_charge_button = Button(
    name="partner-charge",
    label=_("Enter a partner’s charge"),
    permission="billing.add_partnerclaim",
    possible=_has_partner_charges,
    form=ChargeForm,
    run=_enter,
    menu=_("Partners"),
    fields={
        "no_collection": "basis",
        "no_purchase": "basis",
        "no_consent": "basis",
        "no_contract": "partner",
    },
    effects=lambda contract: [
        Effect(
            text=_(
                "It stands on the next invoice, is owed to the partner in the books, and is told nobody apart."
            )
        ),
    ],
)


def _abolish(press: Press) -> Done:
    abolish_collection(agency=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("The collection is abolished; the subscriber and the partner are told."))


@admin.register(CollectionAgency)
class CollectionAgencyAdmin(FactsAdmin):
    list_display = ["agreed_on", "contract_link", "partner", "direction", "state_badge", "abolished_on"]
    list_filter = ["direction", "state"]
    list_select_related = ["contract", "partner"]
    fields = [
        "contract_link",
        "partner",
        "direction",
        "requested_on",
        "agreed_on",
        "abolished_on",
        "article_link",
    ]
    buttons = [
        Button(
            name="abolish", label=_("Abolish"), permission="billing.change_collectionagency", transition="abolish",
            look="danger", form=ReasonForm, run=_abolish,
            effects=lambda agency: [
                Effect(text=_("What is unpaid of the partner’s charges is handed back to it by a credit note.")),
            ],
        )
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: CollectionAgency) -> Iterable[Panel]:
        yield invoices_panel(collected(obj))

    @admin.display(description=_("contract"))
    def contract_link(self, agency: CollectionAgency) -> str:
        return cells.link(agency.contract)

    @admin.display(description=_("article"))
    def article_link(self, agency: CollectionAgency) -> str:
        return cells.article(agency.article)


def _tell(press: Press) -> Done:
    entry = tell_unpaid_claim(claim=press.obj, by=press.by, at=press.at)
    return Done(message=_("The partner is told, and the disclosure is logged."), go_to=entry)


@admin.register(PartnerClaim)
class PartnerClaimAdmin(FactsAdmin):
    list_display = ["reference", "partner", "basis", "charge_link", "yen", "returned_on"]
    list_filter = ["basis", "partner"]
    list_select_related = ["partner", "charge"]
    search_fields = ["reference__startswith"]
    fields = ["reference", "partner", "basis", "charge_link", "yen", "told_link", "returned_on"]
    buttons = [
        Button(
            name="tell", label=_("Tell the partner that it is unpaid"), permission="billing.change_partnerclaim",
            possible=lambda claim: claim.told is None and claim.returned_on is None, run=_tell,
        )
    ]  # fmt: skip

    @admin.display(description=_("charge"))
    def charge_link(self, claim: PartnerClaim) -> str:
        return cells.link(claim.charge)

    @admin.display(description=_("amount"))
    def yen(self, claim: PartnerClaim) -> str:
        return cells.yen(claim.charge.amount)

    @admin.display(description=_("non-payment told"))
    def told_link(self, claim: PartnerClaim) -> str:
        return cells.link(claim.told)
