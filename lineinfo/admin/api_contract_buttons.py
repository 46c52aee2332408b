"""What staff do with an API contract."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.admin.told import reached
from contracts.models import Line
from lineinfo.admin.api_contract_forms import (
    ApiUserForm,
    ApplyForm,
    ContractorEndForm,
    EndForm,
    RefuseForm,
    SuspendForm,
)
from lineinfo.guards import SUPPLY_CONSENT, VIEWING_CONSENT
from lineinfo.models import ApiContract, ApiSuspension
from lineinfo.services.accept_api_contract import accept_api_contract
from lineinfo.services.apply_api_contract import apply_api_contract
from lineinfo.services.end_api_contract import end_by_contractor, end_by_operator
from lineinfo.services.refuse_api_contract import refuse_api_contract
from lineinfo.services.register_api_user import register_api_user
from lineinfo.services.suspend_api_contract import suspend_api_contract
from lineinfo.services.withdraw_api_application import withdraw_api_application
from workflow.staff.button_form import ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press

_MAY = "lineinfo.change_apicontract"
_IN_USE = {ApiContract.State.ACTIVE, ApiContract.State.SUSPENDED}


def _tells(contract: ApiContract) -> Effect:
    return Effect(text=_("A notice goes to %(recipient)s.") % {"recipient": reached(contract.subscriber)})


def _apply(press: Press) -> Done:
    contract = apply_api_contract(subscriber=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("The application for the API is received."), go_to=contract)


def _accept(press: Press) -> Done:
    accept_api_contract(contract=press.obj, by=press.by, at=press.at)
    return Done(message=_("Accepted; the access data is notified."))


def _refuse(press: Press) -> Done:
    refuse_api_contract(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("Refused; the applicant is told the reason."))


def _withdraw(press: Press) -> Done:
    withdraw_api_application(contract=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("Withdrawn."))


def _suspend(press: Press) -> Done:
    suspension = suspend_api_contract(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=suspended_message(suspension), go_to=suspension)


def suspended_message(suspension: ApiSuspension) -> str:
    """What was done: announced for a day to come, or carried out at once for urgency."""
    if suspension.state == ApiSuspension.State.IN_FORCE:
        return gettext("Suspended at once; the subscriber is told.")
    return gettext("The suspension is announced.")


def _end(press: Press) -> Done:
    end_by_operator(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The ending is declared; the contractor is told."))


def _contractor_ends(press: Press) -> Done:
    end_by_contractor(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The contractor’s ending is recorded and confirmed."))


def _register(press: Press) -> Done:
    data = dict(press.data)
    chosen = data.pop("lines")
    lines = list(Line.objects.filter(pk__in=chosen)) if chosen else None
    user = register_api_user(contract=press.obj, by=press.by, on=press.on, lines=lines, **data)
    return Done(message=_("%(user)s is registered.") % {"user": user}, go_to=user)


def _on_suspending(contract: ApiContract) -> Iterable[Effect]:
    table = contract.pack(today()).suspension
    yield Effect(
        text=_("A notice with reason and period goes to %(recipient)s; access is closed on the first day.")
        % {"recipient": reached(contract.subscriber)},
        article=table.article if table else "",
    )


def _on_ending(contract: ApiContract) -> Iterable[Effect]:
    table = contract.pack(today()).operator_ending
    yield Effect(
        text=_(
            "A notice goes to %(recipient)s; the contract is over after its last day, on some grounds at once."
        )
        % {"recipient": reached(contract.subscriber)},
        article=table.article if table else "",
    )


apply_button = Button(
    name="apply-api",
    label=_("Receive an application for the API"),
    permission="lineinfo.add_apicontract",
    form=ApplyForm,
    run=_apply,
    effects=lambda subscriber: [Effect(text=_("Only for one who has a target contract in the same name."))],
)

api_contract_buttons = [
    Button(
        name="accept",
        label=_("Accept"),
        permission=_MAY,
        transition="accept",
        look="primary",
        run=_accept,
        effects=lambda contract: [
            Effect(text=_("The contract is formed now.")),
            Effect(text=_("The access data goes to %(recipient)s; secrets are not in it.") % {"recipient": reached(contract.subscriber)}),
        ],
    ),
    Button(
        name="refuse", label=_("Refuse"), permission=_MAY, transition="refuse", look="danger", form=RefuseForm, run=_refuse,
        effects=lambda contract: [_tells(contract)],
    ),
    Button(
        name="withdraw", label=_("The applicant takes it back"), permission=_MAY, transition="withdraw", form=ReasonForm, run=_withdraw,
    ),
    Button(
        name="register-user",
        label=_("Register an API user"),
        permission="lineinfo.add_apiuser",
        possible=lambda contract: contract.state in _IN_USE,
        form=ApiUserForm,
        run=_register,
        effects=lambda contract: [Effect(text=_("Both consents must be there: the contractor’s and the user’s own."))],
        fields={VIEWING_CONSENT: "viewing_consent_on", SUPPLY_CONSENT: "supply_consent_on"},
    ),
    Button(
        name="contractor-ends",
        label=_("The contractor ends it"),
        permission=_MAY,
        possible=lambda contract: contract.state in _IN_USE,
        form=ContractorEndForm,
        run=_contractor_ends,
        effects=lambda contract: [_tells(contract)],
    ),
    Button(
        name="suspend",
        label=_("Suspend"),
        permission=_MAY,
        transition="suspend",
        look="danger",
        form=SuspendForm,
        run=_suspend,
        effects=_on_suspending,
        fields={"no_such_ground": "ground", "notice_first": "starts_on", "no_urgent_exception": "urgent_reason"},
    ),
    Button(
        name="end",
        label=_("End"),
        permission=_MAY,
        possible=lambda contract: contract.state in _IN_USE,
        look="danger",
        form=EndForm,
        run=_end,
        effects=_on_ending,
        fields={"no_such_ground": "ground", "notice_first": "ends_on"},
    ),
]  # fmt: skip
