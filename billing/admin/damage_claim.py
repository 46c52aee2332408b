"""Claims of subscribers for damages beyond outages: taken on the page of the contract, answered by a second person."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.admin.explanation import language
from billing.models import DamageClaim
from billing.models.damage_claim import ANSWER
from billing.services.answer_damage_claim import answer_damage_claim, pay_damage_claim, refuse_damage_claim
from billing.services.receive_damage_claim import receive_damage_claim
from contracts.admin.notice_panels import notices_about_panel
from contracts.models import Contract, Subscriber
from terms.rules.consumer_liability import ConsumerLiability
from terms.texts import describe
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.second_person import decision_buttons
from workflow.staff.staff_admin import FactsAdmin


class DamageClaimForm(ButtonForm):
    """What happened, and what it cost the subscriber."""

    happened_on = DayField(label=_("happened on"))
    what = forms.CharField(
        label=_("what happened, and the damage"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("In Japanese: the answer repeats it. Outages stand on their own page."),
    )
    loss = forms.IntegerField(
        label=_("direct and ordinary loss"), min_value=1, help_text=_("Yen, as proved; without lost profits.")
    )
    gross_negligence = forms.BooleanField(
        label=_("intent or gross negligence of the operator"), required=False
    )


def _receive(press: Press) -> Done:
    claim = receive_damage_claim(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The claim is on record; a second person is asked."), go_to=claim)


def _answer(press: Press) -> Done:
    answer_damage_claim(claim=press.obj, by=press.by, at=press.at)
    return Done(message=_("Answered; the subscriber is told."))


def _refuse(press: Press) -> Done:
    refuse_damage_claim(claim=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Answered; the subscriber is told."))


def _pay(press: Press) -> Done:
    pay_damage_claim(claim=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("The payment is on record."))


def _on_receiving(contract: Contract) -> Iterable[Effect]:
    article = contract.pack(today()).rule(ConsumerLiability).article
    if contract.subscriber.kind == Subscriber.Kind.PERSON:
        text = _(
            "To a consumer the loss is owed up to the document’s limit, and without limit for intent or gross negligence."
        )
    else:
        text = _("Only to a consumer is anything owed beyond outages.")
    yield Effect(text=text, article=article)
    yield Effect(text=_("A second person answers; then the subscriber is told."))


def _on_answering(claim: DamageClaim) -> Iterable[Effect]:
    yield Effect(
        text=_("%(amount)s yen are owed; the subscriber is told.") % {"amount": f"{claim.amount:,}"},
        article=claim.article,
    )


damage_claim_button = Button(
    name="damage-claim",
    label=_("Take a claim for damages"),
    permission="billing.add_damageclaim",
    menu=_("More"),
    possible=lambda contract: (
        contract.formed_on is not None and contract.pack(today()).has(ConsumerLiability)
    ),
    form=DamageClaimForm,
    run=_receive,
    effects=_on_receiving,
)


@admin.register(DamageClaim)
class DamageClaimAdmin(FactsAdmin):
    list_display = [
        "id",
        "contract_link",
        "state_badge",
        "happened_on",
        "loss_yen",
        "amount_yen",
        "received_on",
    ]
    list_display_links = ["id"]
    list_filter = ["state", "consumer"]
    list_select_related = ["contract"]
    search_fields = ["contract__number__startswith"]
    search_help_text = _("Contract number, from its beginning.")
    fields = [
        "contract_link", "happened_on", "what", "loss_yen", "gross_negligence", "consumer", "fee_yen", "amount_yen",
        "article_link", "received_on", "recorded_by", "closed_on", "outcome",
    ]  # fmt: skip
    buttons = [
        *decision_buttons(
            ANSWER,
            permission="billing.change_damageclaim",
            approve=_answer,
            reject=_refuse,
            effects=_on_answering,
        ),
        Button(
            name="paid", label=_("Paid out"), permission="billing.change_damageclaim", transition="pay", look="primary",
            form=ReasonForm, run=_pay,
        ),
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: DamageClaim) -> Iterable[Panel]:
        owed = obj.worked_out
        yield panel(
            _("How it was computed"),
            owed.lines if owed else (),
            [
                (_("calculation"), lambda line: describe(line, language())),
                (_("article"), lambda line: cells.article(line.article)),
            ],
            empty=_("Only to a consumer is anything owed beyond outages."),
        )
        yield notices_about_panel(obj)

    @admin.display(description=_("contract"))
    def contract_link(self, claim: DamageClaim) -> str:
        return cells.link(claim.contract)

    @admin.display(description=_("direct and ordinary loss"), ordering="loss")
    def loss_yen(self, claim: DamageClaim) -> str:
        return cells.yen(claim.loss)

    @admin.display(description=_("monthly fee"))
    def fee_yen(self, claim: DamageClaim) -> str:
        return cells.yen(claim.fee)

    @admin.display(description=_("owed at most"), ordering="amount")
    def amount_yen(self, claim: DamageClaim) -> str:
        return cells.yen(claim.amount)
