"""The people who use the API under a contract."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models import Line
from lineinfo.admin.api_contract_forms import ChangeApiUserForm
from lineinfo.limits import credential_lifetime
from lineinfo.models import ApiUser
from lineinfo.services.change_api_user import change_api_user
from lineinfo.services.delete_api_user import delete_api_user
from lineinfo.services.issue_credential import issue_credential
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, MomentField, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


class IssueForm(ButtonForm):
    """How long the credential works."""

    expires_at = MomentField(label=_("Works until"))

    def set_up(self) -> None:
        self.fields["expires_at"].initial = timezone.now() + credential_lifetime()


def _issue(press: Press) -> Done:
    issued = issue_credential(
        api_user=press.obj, by=press.by, at=press.at, expires_at=press.data["expires_at"]
    )
    return Done(
        message=_("The credential of %(user)s") % {"user": press.obj},
        go_to=issued.credential,
        secret=issued.token,
    )


def _change(press: Press) -> Done:
    data = dict(press.data)
    chosen = data.pop("lines")
    lines = list(Line.objects.filter(pk__in=chosen)) if chosen else None
    change_api_user(api_user=press.obj, on=press.on, lines=lines, **data)
    return Done(message=_("Changed."))


def _delete(press: Press) -> Done:
    delete_api_user(api_user=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The API user is deleted; the credentials open nothing any more."))


def _lives(user: ApiUser) -> bool:
    return user.deleted_on is None


@admin.register(ApiUser)
class ApiUserAdmin(FactsAdmin):
    list_display = [
        "name",
        "organisation",
        "contract_link",
        "email",
        "all_lines",
        "registered_on",
        "deleted_on",
    ]
    list_select_related = ["api_contract__subscriber"]
    search_fields = ["name__startswith", "email__startswith", "api_contract__api_id__startswith"]
    search_help_text = _("Name, e-mail or API ID, from its beginning.")
    fields = [
        "name", "organisation", "email", "contract_link", "subcontractor_link", "viewing_consent_on", "supply_consent_on", "all_lines",
        "some_lines", "whole_log",
        "registered_on", "deleted_on",
    ]  # fmt: skip
    buttons = [
        Button(
            name="issue", label=_("Issue a credential"), permission="lineinfo.add_credential", possible=_lives, look="primary",
            form=IssueForm, run=_issue, previews=False,
            effects=lambda user: [Effect(text=_("The secret is shown once on the next page, and never again."))],
        ),
        Button(
            name="change", label=_("Change"), permission="lineinfo.change_apiuser", possible=_lives, form=ChangeApiUserForm, run=_change,
        ),
        Button(
            name="delete", label=_("Delete"), permission="lineinfo.change_apiuser", possible=_lives, look="danger", form=ReasonForm,
            run=_delete, effects=lambda user: [Effect(text=_("Every credential of this user is revoked at once."))],
        ),
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: ApiUser) -> Iterable[Panel]:
        yield panel(
            _("credentials"),
            obj.credentials.order_by("-id"),
            [
                (_("prefix"), cells.link),
                (_("state"), cells.state_badge),
                (_("issued at"), lambda row: cells.moment(row.issued_at)),
                (_("Works until"), lambda row: cells.moment(row.works_until)),
                (_("last used at"), lambda row: cells.moment(row.last_used_at)),
            ],
        )

    @admin.display(description=_("API contract"))
    def contract_link(self, user: ApiUser) -> str:
        return cells.link(user.api_contract, f"{user.api_contract} {user.api_contract.subscriber.name}")

    @admin.display(description=_("staff of the subcontractor"))
    def subcontractor_link(self, user: ApiUser) -> str:
        return cells.link(user.subcontractor) if user.subcontractor else cells.EMPTY

    @admin.display(description=_("Only these lines"))
    def some_lines(self, user: ApiUser) -> str:
        if user.all_lines:
            return cells.EMPTY
        return ", ".join(user.lines.order_by("number").values_list("number", flat=True)[:50])
