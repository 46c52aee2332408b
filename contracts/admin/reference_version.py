"""Other documents that apply beside ours: their versions are recorded here and shown on the pages of contracts."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, ReferenceVersion
from contracts.references import applying
from contracts.services.record_reference_version import record_reference_version
from terms.document import find
from terms.registry import pack_for, registry
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DayField, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

RANKS = {
    "below": _("fills what ours leaves out"),
    "above": _("goes before ours"),
    "beside": _("applies beside ours"),
}


class VersionForm(ButtonForm):
    """Which document, from when, and where its text is kept."""

    reference = forms.ChoiceField(label=_("other document"))
    effective = DayField(label=_("effective"))
    title = forms.CharField(label=_("title"), max_length=200)
    kept_at = forms.CharField(
        label=_("where it is kept"),
        max_length=300,
        help_text=_("The address or the file of the text itself."),
    )

    def set_up(self) -> None:
        field = self.fields["reference"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (f"{code} {reference.code}", f"{reference.label} ({code})")
            for code in registry().codes()
            for reference in pack_for(code, self.on_day, earliest=True).references
        ]
        self.fields["effective"].initial = self.on_day


def _record(press: Press) -> Done:
    code, _space, reference = press.data.pop("reference").partition(" ")
    pack = pack_for(code, press.on, earliest=True)
    version = record_reference_version(pack=pack, reference=reference, by=press.by, **press.data)
    return Done(message=_("%(version)s is on record.") % {"version": version})


def references_panel(contract: Contract) -> Panel:
    """The other documents that apply to a contract today."""
    return panel(
        _("Other documents that apply"),
        applying(contract.pack(today()), today()),
        [
            (_("other document"), lambda row: row.reference.label),
            (_("order of application"), lambda row: RANKS[row.reference.ranks]),
            (_("Version"), lambda row: cells.link(row.version)),
            (_("article"), lambda row: cells.article(row.reference.article)),
        ],
    )


@admin.register(ReferenceVersion)
class ReferenceVersionAdmin(FactsAdmin):
    list_display = ["title", "terms", "other", "effective", "kept_at"]
    list_filter = [DocumentFilter]
    fields = ["title", "terms", "other", "effective", "kept_at", "recorded_by"]
    list_buttons = [
        Button(
            name="record",
            label=_("Record a version"),
            permission="contracts.add_referenceversion",
            look="primary",
            form=VersionForm,
            run=_record,
            effects=lambda obj: [
                Effect(text=_("From its day on it is shown as what applies, on contracts and to customers."))
            ],
        )
    ]

    @admin.display(description=_("other document"), ordering="reference")
    def other(self, version: ReferenceVersion) -> str:
        found = find(registry().latest(version.terms_code).references, version.reference)
        return found.label if found else version.reference
