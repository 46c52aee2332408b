"""Claims for damages under the API terms, either way."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.moments import japan_date
from lineinfo.admin.api_breach_forms import AnswerClaimForm
from lineinfo.models import ApiDamageClaim
from lineinfo.services.answer_api_claim import answer_api_claim
from lineinfo.services.close_api_claim import settle_api_claim, withdraw_api_claim
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin

_MAY = "lineinfo.change_apidamageclaim"


def _answer(press: Press) -> Done:
    answer_api_claim(claim=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("Answered; the contractor is told."))


def _settle(press: Press) -> Done:
    settle_api_claim(claim=press.obj, by=press.by, on=japan_date(press.at), reason=press.data["reason"])
    return Done(message=_("Settled."))


def _withdraw(press: Press) -> Done:
    withdraw_api_claim(claim=press.obj, by=press.by, on=japan_date(press.at), reason=press.data["reason"])
    return Done(message=_("Withdrawn."))


def _to_answer(claim: ApiDamageClaim) -> bool:
    return claim.state == ApiDamageClaim.State.OPEN and claim.claimant == ApiDamageClaim.Claimant.CONTRACTOR


def _to_settle(claim: ApiDamageClaim) -> bool:
    return claim.state == ApiDamageClaim.State.GRANTED or (
        claim.state == ApiDamageClaim.State.OPEN and not _to_answer(claim)
    )


@admin.register(ApiDamageClaim)
class ApiDamageClaimAdmin(FactsAdmin):
    list_display = [
        "id",
        "contract_link",
        "claimant",
        "state_badge",
        "amount_text",
        "fault",
        "claimed_on",
        "pay_by",
    ]
    list_filter = ["state", "claimant"]
    list_select_related = ["api_contract"]
    fields = [
        "contract_link", "claimant", "breach_link", "happened", "amount_text", "fault", "article_link", "claimed_on", "pay_by",
        "recorded_by", "closed_on", "outcome",
    ]  # fmt: skip
    buttons = [
        Button(
            name="answer", label=_("Answer"), permission=_MAY, possible=_to_answer, look="primary", form=AnswerClaimForm,
            run=_answer,
            effects=lambda row: [
                Effect(text=_("Granted for intent and gross negligence, else refused; the contractor is told."), article=row.article)
            ],
        ),
        Button(
            name="settle", label=_("Paid, or agreed"), permission=_MAY, possible=_to_settle, look="primary", form=ReasonForm,
            run=_settle,
        ),
        Button(
            name="withdraw", label=_("Withdraw"), permission=_MAY, transition="withdraw", form=ReasonForm, run=_withdraw,
        ),
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: ApiDamageClaim) -> list[Panel]:
        return [notices_about_panel(obj)]

    @admin.display(description=_("API contract"))
    def contract_link(self, row: ApiDamageClaim) -> str:
        return cells.link(row.api_contract)

    @admin.display(description=_("breach"))
    def breach_link(self, row: ApiDamageClaim) -> str:
        return cells.link(row.breach) if row.breach else cells.EMPTY

    @admin.display(description=_("amount in yen"))
    def amount_text(self, row: ApiDamageClaim) -> str:
        return cells.yen(row.amount)
