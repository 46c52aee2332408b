"""Breaches of the API terms, and what rests on them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.violation import duty_in_words
from contracts.guards.violation import suspension_grounds
from lineinfo.admin.api_breach_forms import ClaimForm, SuspendForBreachForm
from lineinfo.admin.api_contract_buttons import suspended_message
from lineinfo.models import ApiBreach, ApiContract
from lineinfo.services.claim_api_damage import claim_api_damage
from lineinfo.services.close_api_breach import cure_api_breach, dismiss_api_breach
from lineinfo.services.suspend_for_breach import suspend_for_breach
from terms.article import ArticleRef
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

_OPEN = {ApiBreach.State.OPEN, ApiBreach.State.ACTED_ON}


def _duty(breach: ApiBreach) -> str:
    return duty_in_words(breach, breach.api_contract.pack(breach.reported_on))


def _can_suspend(breach: ApiBreach) -> bool:
    contract = breach.api_contract
    grounds = suspension_grounds(contract.pack(today()), ArticleRef.parse(breach.article))
    return breach.state in _OPEN and contract.state == ApiContract.State.ACTIVE and bool(grounds)


def _suspend(press: Press) -> Done:
    suspension = suspend_for_breach(breach=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=suspended_message(suspension), go_to=suspension)


def _claim(press: Press) -> Done:
    claim = claim_api_damage(
        contract=press.obj.api_contract, breach=press.obj, by=press.by, at=press.at, **press.data
    )
    return Done(message=_("The damage is claimed; the contractor is told."), go_to=claim)


def _cure(press: Press) -> Done:
    cure_api_breach(breach=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The breach is cured; what rested on it falls away."))


def _dismiss(press: Press) -> Done:
    dismiss_api_breach(breach=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Dismissed."))


@admin.register(ApiBreach)
class ApiBreachAdmin(FactsAdmin):
    list_display = ["id", "contract_link", "state_badge", "duty_text", "article_link", "reported_on"]
    list_filter = ["state"]
    list_select_related = ["api_contract"]
    fields = [
        "contract_link", "duty_text", "article_link", "happened_on", "reported_on", "evidence", "api_user", "subcontractor",
        "answers_link", "recorded_by", "suspension_link", "closed_on", "outcome",
    ]  # fmt: skip
    buttons = [
        Button(
            name="suspend", label=_("Suspend"), permission="lineinfo.change_apicontract", look="danger", possible=_can_suspend,
            form=SuspendForBreachForm, run=_suspend,
            fields={"no_such_ground": "ground", "notice_first": "starts_on", "no_urgent_exception": "urgent_reason"},
            effects=lambda row: [Effect(text=_("Reason, day and period are told first, unless it is urgent."), article=row.article)],
        ),
        Button(
            name="claim", label=_("Claim damages"), permission="lineinfo.add_apidamageclaim",
            possible=lambda row: row.state in _OPEN, form=ClaimForm, run=_claim, fields={"no_fault": "fault"},
            effects=lambda row: [Effect(text=_("The contractor is told. It is no charge and stands on no invoice."))],
        ),
        Button(
            name="cure", label=_("Cured"), permission="lineinfo.change_apibreach", transition="cure", look="primary",
            form=ReasonForm, run=_cure,
            effects=lambda row: [Effect(text=_("A suspension that rests on it is withdrawn or lifted."))],
        ),
        Button(
            name="dismiss", label=_("Dismiss"), permission="lineinfo.change_apibreach", transition="dismiss", form=ReasonForm,
            run=_dismiss,
        ),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiBreach]:
        """With the versions that decide which terms name the duty."""
        found: QuerySet[ApiBreach] = super().get_queryset(request)
        return found.prefetch_related("api_contract__kept_versions__version")

    def button_facts(self, obj: ApiBreach) -> list[tuple[str, Any]]:
        return [
            (str(_("API contract")), cells.link(obj.api_contract)),
            (str(_("duty")), _duty(obj)),
            (str(_("what happened, and the evidence")), obj.evidence),
        ]

    def panels(self, request: HttpRequest, obj: ApiBreach) -> list[Panel]:
        claims = panel(
            _("claims for damages under the API terms"),
            obj.claims.order_by("-id"),
            [(_("claim"), cells.link), (_("state"), cells.state_badge)],
        )
        return [claims, notices_about_panel(obj)]

    @admin.display(description=_("API contract"))
    def contract_link(self, row: ApiBreach) -> str:
        return cells.link(row.api_contract)

    @admin.display(description=_("duty"))
    def duty_text(self, row: ApiBreach) -> str:
        return _duty(row)

    @admin.display(description=_("the contractor answers under"))
    def answers_link(self, row: ApiBreach) -> str:
        return cells.article(row.answers_article)

    @admin.display(description=_("suspension"))
    def suspension_link(self, row: ApiBreach) -> str:
        return cells.link(row.suspension) if row.suspension else cells.EMPTY
