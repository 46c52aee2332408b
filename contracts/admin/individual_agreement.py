"""Individual agreements: recorded from the page of a contract, ended from their own."""

import re
import tomllib
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.guards.individual_agreement import agreement_clause
from contracts.models import Contract, IndividualAgreement, Request
from contracts.models.contract import LIVE_STATES
from contracts.services.record_individual_agreement import (
    end_individual_agreement,
    record_individual_agreement,
)
from terms.registry import statute
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DayField, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

_AT_LINE = re.compile(r"\(at line (\d+),")


class TomlField(forms.CharField):
    """Keys and values as they stand in the file of the document."""

    widget = forms.Textarea(attrs={"rows": 5, "class": "font-mono"})

    def clean(self, value: Any) -> dict[str, Any]:
        """The tables as a dictionary. ValidationError where it cannot be read."""
        text = super().clean(value)
        try:
            return tomllib.loads(text or "")
        except tomllib.TOMLDecodeError as error:
            place = _AT_LINE.search(str(error))
            lines = text.splitlines()
            line = min(int(place[1]), len(lines)) if place else len(lines)
            raise ValidationError(
                gettext(
                    "Line %(line)s cannot be read: “%(text)s”. Write a name, an equals sign and a value, and text in quotation marks."
                )
                % {"line": line, "text": lines[line - 1].strip()}
            ) from error


class AgreeForm(ButtonForm):
    """From when to when, by which paper, and what."""

    since = DayField(label=_("since"))
    until = DayField(label=_("last day"), required=False)
    form = forms.ChoiceField(label=_("form"), choices=Request.Form.choices, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("written evidence"),
        max_length=200,
        help_text=_("The document in which it was agreed: its name and number."),
    )
    tables = TomlField(
        label=_("parameters"),
        required=False,
        help_text=_(
            'As in the file of the document, such as: [late_interest] and below it annual_rate = "0.05"'
        ),
    )
    prices = TomlField(
        label=_("agreed prices"),
        required=False,
        help_text=_(
            "Yen without tax by the code of the tariff, one a line, such as: monthly-isp-flets-1g = 4800"
        ),
    )

    def set_up(self) -> None:
        self.fields["since"].initial = self.on_day
        self.fields["form"].initial = Request.Form.WRITTEN


def _agree(press: Press) -> Done:
    agreement = record_individual_agreement(contract=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The agreement is on record and goes before the document."), go_to=agreement)


agree_button = Button(
    name="agree",
    label=_("Record an individual agreement"),
    permission="contracts.add_individualagreement",
    menu=_("More"),
    possible=lambda contract: contract.state in LIVE_STATES,
    form=AgreeForm,
    run=_agree,
    effects=lambda contract: [
        Effect(
            text=_("Every result that uses these parameters cites the agreement beside the article."),
            article=agreement_clause(contract.pack(today()), statute(today(), earliest=True)).article,
        )
    ],
    fields={"ends_before_start": "until"},
)


def individual_agreements_panel(contract: Contract) -> Panel:
    """What was agreed otherwise, the latest first."""
    return panel(
        _("individual agreements"),
        contract.individual_agreements.order_by("-since", "-id"),
        [
            (_("written evidence"), lambda agreement: cells.link(agreement, agreement.evidence)),
            (_("since"), lambda agreement: cells.day(agreement.since)),
            (_("last day"), lambda agreement: cells.day(agreement.until)),
            (_("What was agreed"), what_was_agreed),
            (_("article"), lambda agreement: cells.article(agreement.article)),
        ],
    )


def what_was_agreed(agreement: IndividualAgreement) -> str:
    """Parameters and prices, one after the other."""
    parameters = [
        f"{table}.{key} = {value}" for table, keys in agreement.tables.items() for key, value in keys.items()
    ]
    return ", ".join([*parameters, *(f"{code} = ¥{amount:,}" for code, amount in agreement.prices.items())])


class UntilForm(ButtonForm):
    """The last day."""

    until = DayField(label=_("last day"))

    def set_up(self) -> None:
        self.fields["until"].initial = self.on_day


def _end(press: Press) -> Done:
    end_individual_agreement(agreement=press.obj, by=press.by, on=press.on, until=press.data["until"])
    return Done(message=_("From the next day on the document applies as it stands."))


@admin.register(IndividualAgreement)
class IndividualAgreementAdmin(FactsAdmin):
    list_display = ["evidence", "contract_link", "article_link", "since", "until", "what"]
    list_select_related = ["contract"]
    search_fields = ["contract__number__startswith"]
    search_help_text = _("Contract number, from its beginning.")
    fields = [
        "contract_link",
        "article_link",
        "agreed_on",
        "since",
        "until",
        "form",
        "evidence",
        "what",
        "by",
    ]
    buttons = [
        Button(
            name="end",
            label=_("End the agreement"),
            permission="contracts.change_individualagreement",
            possible=lambda agreement: agreement.until is None or agreement.until >= today(),
            form=UntilForm,
            run=_end,
        )
    ]

    @admin.display(description=_("contract"))
    def contract_link(self, agreement: IndividualAgreement) -> str:
        return cells.link(agreement.contract)

    @admin.display(description=_("What was agreed"))
    def what(self, agreement: IndividualAgreement) -> str:
        return what_was_agreed(agreement)
