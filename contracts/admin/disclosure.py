"""The log of disclosures, and the form by which data are given, refused or received."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contracts.guards.disclosure import disclosure_ground, disclosure_grounds
from contracts.models import Contract, Disclosure, Partner
from contracts.services.record_disclosure import record_disclosure
from terms.errors import TermsError
from terms.registry import statute
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, GroundField, ground_label, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class DisclosureForm(ButtonForm):
    """The ground, the other side, what passes, and the answer."""

    ground = GroundField()
    answer = forms.ChoiceField(
        label=_("answer"),
        choices=Disclosure.Answer.choices,
        widget=forms.RadioSelect,
        initial=Disclosure.Answer.GIVEN,
    )
    partner = forms.ModelChoiceField(
        label=_("partner"), queryset=Partner.objects.order_by("code"), required=False, empty_label="—"
    )
    recipient = forms.ChoiceField(
        label=_("If no partner: kind"), choices=[("", "—"), *Disclosure.Recipient.choices], required=False
    )
    name = forms.CharField(label=_("If no partner: name"), max_length=120, required=False)
    items = forms.MultipleChoiceField(
        label=_("data"), choices=Disclosure.Item.choices, widget=forms.CheckboxSelectMultiple
    )
    reference = forms.CharField(
        label=_("document number"),
        max_length=120,
        required=False,
        help_text=_("Number of the warrant or of the letter of inquiry."),
    )
    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    overdue = forms.BooleanField(label=_("A debt in question is overdue"), required=False)

    def set_up(self) -> None:
        field = self.fields["ground"]
        assert isinstance(field, GroundField)
        field.offer(disclosure_grounds(self.obj.pack(self.on_day), statute(self.on_day, earliest=True)))


def _disclose(press: Press) -> Done:
    entry = record_disclosure(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("It is in the log of disclosures."), go_to=entry)


disclosure_button = Button(
    name="disclose",
    label=_("Record a disclosure"),
    permission="contracts.add_disclosure",
    menu=_("More"),
    possible=lambda contract: contract.formed_on is not None,
    form=DisclosureForm,
    run=_disclose,
    effects=lambda contract: [
        Effect(text=_("Without a ground and the consent that it rests on nothing may be given.")),
        Effect(text=_("The entry is final.")),
    ],
    fields={
        "wrong_direction": "answer",
        "must_be_answered": "answer",
        "wrong_recipient": "recipient",
        "not_a_partner": "partner",
        "beyond_ground": "items",
        "no_reference": "reference",
        "no_reason": "reason",
        "nothing_overdue": "overdue",
        "no_consent": "ground",
    },
)


def disclosures_panel(contract: Contract) -> Panel:
    """What was given, refused and received about this contract."""
    return panel(
        _("disclosures"),
        contract.disclosures.order_by("-id"),
        [
            (_("disclosure"), lambda entry: cells.link(entry, entry.name)),
            (_("answer"), lambda entry: entry.get_answer_display()),
            (_("data"), lambda entry: entry.items_text),
            (_("article"), lambda entry: cells.article(entry.article)),
            (_("at"), lambda entry: cells.moment(entry.at)),
        ],
        more=cells.list_of(Disclosure, contract__id__exact=contract.pk),
    )


@admin.register(Disclosure)
class DisclosureAdmin(FactsAdmin):
    list_display = ["name", "contract_link", "answer", "ground_text", "article_link", "data", "at", "by"]
    list_display_links = ["name"]
    list_filter = ["answer", "recipient", "ground"]
    list_select_related = ["contract", "by"]
    search_fields = ["contract__number__startswith", "reference__startswith"]
    search_help_text = _("Contract number or reference, from its beginning.")
    fields = [
        "contract_link", "answer", "ground_text", "article_link", "consent_link", "data", "recipient", "partner", "name",
        "reference", "reason", "at", "by",
    ]  # fmt: skip

    @admin.display(description=_("contract"))
    def contract_link(self, entry: Disclosure) -> str:
        return cells.link(entry.contract)

    @admin.display(description=_("consent"))
    def consent_link(self, entry: Disclosure) -> str:
        return cells.link(entry.consent)

    @admin.display(description=_("ground"))
    def ground_text(self, entry: Disclosure) -> Any:
        try:
            pack = entry.contract.pack(today())
            found = disclosure_ground(pack, statute(today(), earliest=True), entry.ground)
        except TermsError:
            found = None
        return ground_label(found) if found else entry.ground

    @admin.display(description=_("data"))
    def data(self, entry: Disclosure) -> str:
        return entry.items_text
