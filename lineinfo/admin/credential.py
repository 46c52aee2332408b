"""Credentials: rotated, revoked, reported as stolen."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lineinfo.models import Credential
from lineinfo.services.report_theft import report_theft
from lineinfo.services.revoke_credential import revoke_credential
from lineinfo.services.rotate_credential import rotate_credential
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

_MAY = "lineinfo.change_credential"


class TheftForm(ButtonForm):
    """What happened, as it was reported."""

    happened = forms.CharField(label=_("what happened"), widget=forms.Textarea(attrs={"rows": 3}))


def _rotate(press: Press) -> Done:
    issued = rotate_credential(credential=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(
        message=_("The successor of %(prefix)s") % {"prefix": press.obj},
        go_to=issued.credential,
        secret=issued.token,
    )


def _revoke(press: Press) -> Done:
    revoke_credential(credential=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The credential opens nothing any more."))


def _theft(press: Press) -> Done:
    incident = report_theft(credential=press.obj, by=press.by, at=press.at, happened=press.data["happened"])
    return Done(message=_("Blocked, recorded, and the contractor is told."), go_to=incident)


@admin.register(Credential)
class CredentialAdmin(FactsAdmin):
    """The secret itself is nowhere: only its digest is kept."""

    list_display = ["prefix", "user_link", "state_badge", "issued_at", "works_until", "last_used_at"]
    list_filter = ["state"]
    list_select_related = ["api_user__api_contract"]
    search_fields = ["prefix__startswith"]
    search_help_text = _("The prefix, which is the first part of the token.")
    fields = ["prefix", "user_link", "issued_at", "expires_at", "works_until", "last_used_at", "stopped_at"]
    buttons = [
        Button(
            name="rotate", label=_("Replace"), permission=_MAY, transition="rotate", look="primary", form=ReasonForm, run=_rotate,
            previews=False,
            effects=lambda row: [
                Effect(text=_("The secret of the successor is shown once on the next page.")),
                Effect(text=_("The old one works on for a while beside it.")),
            ],
        ),
        Button(
            name="revoke", label=_("Revoke"), permission=_MAY, transition="revoke", look="danger", form=ReasonForm, run=_revoke,
            effects=lambda row: [Effect(text=_("From this moment it opens nothing."))],
        ),
        Button(
            name="theft", label=_("Report theft or misuse"), permission=_MAY, look="danger", form=TheftForm, run=_theft,
            effects=lambda row: [
                Effect(text=_("The credential is blocked first, then recorded; the contractor is told what to do."))
            ],
        ),
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: Credential) -> Iterable[Panel]:
        yield panel(
            _("Incidents"),
            obj.incidents.select_related("reported_by").order_by("-id"),
            [
                (_("reported at"), lambda row: cells.link(row, cells.moment(row.reported_at))),
                (_("reported by"), lambda row: row.reported_by),
                (_("what happened"), lambda row: row.happened),
                (_("Instruction"), lambda row: row.instruction or cells.EMPTY),
            ],
        )

    @admin.display(description=_("API user"))
    def user_link(self, row: Credential) -> str:
        return cells.link(row.api_user)

    @admin.display(description=_("Works until"))
    def works_until(self, row: Credential) -> str:
        return cells.moment(row.works_until)
