"""What billing lets staff do on the pages of contracts."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.admin.account_buttons import MeansForm
from billing.debts import contracts_of, overdue
from billing.models import BillingAccount, InstalmentPlan, Tariff
from billing.selectors import balance_of
from billing.services.agree_instalments import agree_instalments
from billing.services.open_account import open_account
from contracts.admin.told import told
from contracts.models import Subscriber, Suspension, Work
from contracts.services.enforce_suspension import enforce_suspension
from workflow.staff.button_form import ButtonForm, ComeDayField, DayField, MonthField, today
from workflow.staff.buttons import Button, Done, Effect, Press


def items_of(terms_code: str) -> Iterable[tuple[str, str]]:
    """The parts of works that have a price under a document."""
    tariffs = Tariff.objects.filter(terms_code=terms_code, kind=Tariff.Kind.CONSTRUCTION).order_by("code")
    return [(tariff.code, f"{tariff.name} ({tariff.code})") for tariff in tariffs]


def overdue_of(subscriber: Subscriber) -> int:
    """Yen overdue of a subscriber; nothing for one without an account."""
    account = BillingAccount.objects.filter(subscriber=subscriber).first()
    return balance_of(account, on=today()).overdue if account else 0


def _open(press: Press) -> Done:
    account = open_account(subscriber=press.obj, by=press.by, **press.data)
    return Done(message=_("The billing account is open."), go_to=account)


account_button = Button(
    name="open-account",
    label=_("Open a billing account"),
    permission="billing.change_billingaccount",
    possible=lambda subscriber: not BillingAccount.objects.filter(subscriber=subscriber).exists(),
    form=MeansForm,
    run=_open,
)


class EnforceForm(ButtonForm):
    """The day."""

    on = ComeDayField(label=_("from"))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


def _enforce(press: Press) -> Done:
    suspension: Suspension = press.obj
    on = press.data["on"]
    account = BillingAccount.objects.select_for_update(of=("self",)).get(
        subscriber=suspension.contract.subscriber
    )
    debts = contracts_of(overdue(on=on, accounts=[account.pk])).get(suspension.contract_id, [])
    unpaid = bool(debts) and not any(debt.held for debt in debts)
    enforce_suspension(suspension=suspension, by=press.by, on=on, still_holds=unpaid)
    return Done(message=_("The line is suspended; the subscriber is told."))


enforce_unpaid_button = Button(
    name="enforce-unpaid",
    label=_("Suspend the line"),
    permission="contracts.change_suspension",
    transition="enforce",
    possible=lambda suspension: (
        suspension.until_paid and (suspension.state == Suspension.State.NOTICED or suspension.urgent)
    ),
    look="danger",
    form=EnforceForm,
    run=_enforce,
    effects=lambda suspension: [
        Effect(
            text=_("The line is out of use from the first moment of that day."), article=suspension.article
        ),
        Effect(
            text=_(
                "The debt, disputes about it and the notice are looked at once more; if the proof is not there, nothing happens."
            )
        ),
        Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": told(suspension.contract)}),
    ],
    fields={"ground_gone": "on", "too_early": "on", "notice_too_late": "on"},
)


class InstalmentsForm(ButtonForm):
    """When it was asked for, in what kind of house, and from which month."""

    requested = DayField(label=_("Asked for on"))
    dwelling = forms.ChoiceField(
        label=_("dwelling"),
        choices=[("detached", _("detached house")), ("collective", _("collective housing"))],
        widget=forms.RadioSelect,
    )
    first_month = MonthField(label=_("first month"))

    def set_up(self) -> None:
        self.fields["requested"].initial = self.on_day
        self.fields["first_month"].initial = self.on_day


def _agree(press: Press) -> Done:
    agree_instalments(work=press.obj, by=press.by, **press.data)
    return Done(message=_("The work is paid in instalments."))


def _has_no_plan(work: Work) -> bool:
    return work.state == Work.State.DONE and not InstalmentPlan.objects.filter(work=work).exists()


instalments_button = Button(
    name="instalments",
    label=_("Agree on instalments"),
    permission="billing.add_charge",
    possible=lambda work: work.instalments and _has_no_plan(work),
    form=InstalmentsForm,
    run=_agree,
    effects=lambda work: [
        Effect(
            text=_(
                "The plan is the one that the document prints; each instalment comes with a monthly invoice."
            )
        )
    ],
)
