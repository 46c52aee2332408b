"""Consents: what stands, what was withdrawn; recording and withdrawing."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.consents import clause_behind, missing_consents, standing_consents
from contracts.models import Consent, Contract, Request
from contracts.services.record_consents import record_consents
from contracts.services.withdraw_consent import withdraw_consent
from terms.registry import registry, statute
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ComeMomentField, ReasonForm, ground_label, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


def consent_label(consent: Consent) -> str:
    """What was agreed to, in the language of the reader."""
    clause = clause_behind(consent)
    return ground_label(clause) if clause else consent.code


class ConsentFilter(admin.SimpleListFilter):
    """By what was agreed to, as the documents and the law word it."""

    title = _("consent")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        packs = [registry().latest(code) for code in registry().all_codes()]
        return sorted(
            {clause.code: ground_label(clause) for pack in packs for clause in pack.consents}.items()
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Consent]) -> QuerySet[Consent]:
        return queryset.filter(code=self.value()) if self.value() else queryset


class ConsentForm(ButtonForm):
    """Which consents, by whom, in which form and when."""

    codes = forms.MultipleChoiceField(label=_("consents"), widget=forms.CheckboxSelectMultiple)
    given_by = forms.CharField(
        label=_("given by"), max_length=100, required=False, help_text=_("Empty: the subscriber.")
    )
    form = forms.ChoiceField(label=_("given"), choices=Request.Form.choices, widget=forms.RadioSelect)
    at = ComeMomentField(label=_("given at"))

    def set_up(self) -> None:
        contract: Contract = self.obj
        law = statute(self.on_day, earliest=True)
        given = set(standing_consents(contract).values_list("code", flat=True))
        field = self.fields["codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        clauses = [*contract.pack(self.on_day).consents, *law.consents]
        field.choices = [
            (clause.code, f"{ground_label(clause)} ({clause.article})")
            for clause in clauses
            if clause.code not in given
        ]
        field.initial = [clause.code for clause in missing_consents(contract, self.on_day)]
        self.fields["form"].initial = Request.Form.WRITTEN


def _record(press: Press) -> Done:
    made = record_consents(contract=press.obj, by=press.by, **press.data)
    return Done(message=_("%(count)s consents are on record.") % {"count": len(made)})


consent_button = Button(
    name="consent",
    label=_("Record consents"),
    permission="contracts.add_consent",
    menu=_("More"),
    possible=lambda contract: contract.state not in (Contract.State.REFUSED, Contract.State.WITHDRAWN),
    form=ConsentForm,
    run=_record,
    effects=lambda contract: [
        Effect(text=_("They are kept with the version of the document that words them; nothing is sent."))
    ],
    fields={"codes": "codes"},
)


def consents_panel(contract: Contract) -> Panel:
    """What the subscriber agreed to for this contract, and what is missing."""
    missing = missing_consents(contract, today()) if contract.is_live else []
    return panel(
        _("consents"),
        contract.consents.order_by("-id"),
        [
            (_("consent"), lambda consent: cells.link(consent, consent_label(consent))),
            (_("article"), lambda consent: cells.article(consent.article)),
            (_("given"), lambda consent: consent.get_form_display()),
            (_("given at"), lambda consent: cells.moment(consent.given_at)),
            (_("withdrawn at"), lambda consent: cells.moment(consent.withdrawn_at)),
        ],
        more=cells.list_of(Consent, contract__id__exact=contract.pk),
        empty="" if missing else _("None so far."),
        note=_("Missing: %(consents)s") % {"consents": "、".join(ground_label(clause) for clause in missing)}
        if missing
        else "",
    )


def _withdraw(press: Press) -> Done:
    withdraw_consent(consent=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The consent is withdrawn."))


def _is_separate(consent: Consent) -> bool:
    clause = clause_behind(consent)
    return consent.withdrawn_at is None and clause is not None and clause.separate


@admin.register(Consent)
class ConsentAdmin(FactsAdmin):
    list_display = [
        "what",
        "contract_link",
        "subscriber_link",
        "article_link",
        "form",
        "given_at",
        "withdrawn_at",
    ]
    list_display_links = ["what"]
    list_filter = [DocumentFilter, ConsentFilter, "form"]
    list_select_related = ["contract", "subscriber"]
    search_fields = ["contract__number__startswith"]
    search_help_text = _("Contract number, from its beginning.")
    fields = [
        "what", "contract_link", "subscriber_link", "article_link", "terms", "effective", "form", "given_by", "given_at",
        "recorded_by", "withdrawn_at", "withdrawn_by", "withdrawal_reason",
    ]  # fmt: skip
    buttons = [
        Button(
            name="withdraw",
            label=_("Withdraw the consent"),
            permission="contracts.change_consent",
            possible=_is_separate,
            form=ReasonForm,
            run=_withdraw,
            effects=lambda consent: [
                Effect(
                    text=_("From now on nothing rests on it; what was done before stays."),
                    article=consent.article,
                )
            ],
        )
    ]

    def panels(self, request: object, obj: Consent) -> Iterable[Panel]:
        yield panel(
            _("disclosures"),
            obj.disclosures.order_by("-id"),
            [
                (_("disclosure"), cells.link),
                (_("data"), lambda entry: entry.items_text),
                (_("at"), lambda entry: cells.moment(entry.at)),
            ],
            empty=_("None so far."),
        )

    @admin.display(description=_("consent"))
    def what(self, consent: Consent) -> str:
        return consent_label(consent)

    @admin.display(description=_("contract"))
    def contract_link(self, consent: Consent) -> str:
        return cells.link(consent.contract)

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, consent: Consent) -> str:
        return cells.link(consent.subscriber)
