"""Credentials of the operator's own systems that deliver line records."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lineinfo.admin.api_user import IssueForm
from lineinfo.models import SystemCredential
from lineinfo.services.issue_system_credential import issue_system_credential
from lineinfo.services.revoke_system_credential import revoke_system_credential
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.staff_admin import FactsAdmin


class IssueToSystemForm(IssueForm):
    """To which system, and how long it works."""

    system = forms.CharField(
        label=_("system"),
        max_length=40,
        help_text=_(
            "Small letters, digits and “-”, such as nms-tokyo-1. A system may have several credentials."
        ),
    )
    reason = forms.CharField(label=_("reason"), max_length=200, required=False)

    field_order = ["system", "expires_at", "reason"]


def _issue(press: Press) -> Done:
    issued = issue_system_credential(by=press.by, at=press.at, **press.data)
    return Done(
        message=_("The credential of %(user)s") % {"user": issued.credential.account},
        go_to=issued.credential,
        secret=issued.token,
    )


def _revoke(press: Press) -> Done:
    revoke_system_credential(credential=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The credential opens nothing any more."))


@admin.register(SystemCredential)
class SystemCredentialAdmin(FactsAdmin):
    """The secret itself is nowhere: only its digest is kept."""

    list_display = ["prefix", "account", "state_badge", "issued_at", "expires_at", "last_used_at"]
    list_filter = ["state"]
    list_select_related = ["account"]
    search_fields = ["prefix__startswith", "account__last_name__startswith"]
    search_help_text = _("The prefix or the name of the system, from its beginning.")
    fields = ["prefix", "account_name", "issued_at", "expires_at", "last_used_at", "stopped_at"]
    list_buttons = [
        Button(
            name="issue", label=_("Issue a credential"), permission="lineinfo.add_systemcredential", look="primary", form=IssueToSystemForm,
            run=_issue, previews=False,
            effects=lambda obj: [Effect(text=_("The secret is shown once on the next page, and never again."))],
        )
    ]  # fmt: skip
    buttons = [
        Button(
            name="revoke", label=_("Revoke"), permission="lineinfo.change_systemcredential", transition="revoke", look="danger",
            form=ReasonForm, run=_revoke, effects=lambda row: [Effect(text=_("From this moment it opens nothing."))],
        )
    ]  # fmt: skip

    @admin.display(description=_("system"))
    def account_name(self, row: SystemCredential) -> str:
        return str(row.account) or cells.EMPTY
