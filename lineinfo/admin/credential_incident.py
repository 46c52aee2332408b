"""Reports of theft and misuse, and what was instructed."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lineinfo.models import CredentialIncident
from lineinfo.services.instruct_incident import instruct_incident
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.staff_admin import FactsAdmin


class InstructForm(ButtonForm):
    """What the contractor has to do."""

    instruction = forms.CharField(
        label=_("Instruction"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In Japanese, as the contractor will read it."),
    )


def _instruct(press: Press) -> Done:
    instruct_incident(incident=press.obj, by=press.by, at=press.at, instruction=press.data["instruction"])
    return Done(message=_("The instruction is on its way to the contractor."))


@admin.register(CredentialIncident)
class CredentialIncidentAdmin(FactsAdmin):
    list_display = [
        "reported_at",
        "credential_link",
        "reported_by",
        "happened",
        "article_link",
        "instructed_at",
    ]
    list_select_related = ["credential", "reported_by"]
    fields = [
        "credential_link", "reported_at", "reported_by", "reported_through", "happened", "article_link",
        "instruction", "instructed_at", "instructed_by",
    ]  # fmt: skip
    buttons = [
        Button(
            name="instruct", label=_("Instruct the contractor"), permission="lineinfo.change_credential",
            possible=lambda incident: not incident.instruction, look="primary", form=InstructForm, run=_instruct,
            effects=lambda incident: [Effect(text=_("The contractor must follow it."), article=incident.article)],
        )
    ]  # fmt: skip

    @admin.display(description=_("credential"))
    def credential_link(self, incident: CredentialIncident) -> str:
        return cells.link(incident.credential)
