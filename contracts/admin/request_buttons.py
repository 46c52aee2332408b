"""Receiving requests, and answering them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from contracts.admin.answer_forms import AcceptForm, RefuseForm
from contracts.admin.known_arrears import known_arrears
from contracts.admin.request_costs import costs_of
from contracts.admin.request_form import request_form
from contracts.admin.told import reached
from contracts.kinds import KINDS, asked_by
from contracts.models import Contract, Request, Subscriber
from contracts.services.accept_request import accept_request
from contracts.services.defer_request import defer_request
from contracts.services.receive_request import receive_request
from contracts.services.refuse_request import refuse_request
from contracts.services.review_request import review_request
from contracts.services.withdraw_request import withdraw_request
from terms.document import Application
from terms.errors import TermsError
from terms.pack import Pack
from terms.registry import pack_for, registry
from workflow.staff.button_form import ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel

_MAY_RECEIVE = "contracts.add_request"
_MAY_ANSWER = "contracts.change_request"
# Where a form of a request shows what speaks against it, if it has that field; else above all fields.
_FIELDS = {"no_group": "group"}


def _table(terms_code: str) -> Application | None:
    try:
        return pack_for(terms_code, today(), earliest=True).application
    except TermsError:
        return None


# --- Receiving ---------------------------------------------------------------------------------


def _asked(press: Press) -> dict[str, Any]:
    """The arguments of receive_request, from the page of a contract or, for a new one, of a subscriber."""
    contract = press.obj if isinstance(press.obj, Contract) else None
    return {
        "by": press.by,
        "at": press.at,
        "kind": press.form.kind,
        "subscriber": contract.subscriber if contract else press.obj,
        "terms_code": press.form.terms_code,
        "form": press.data["form"],
        "details": press.form.details(),
        "contract": contract,
    }


def _foresee(press: Press) -> list[Panel]:
    return costs_of(**_asked(press))


def _apply(press: Press) -> Done:
    request = receive_request(**_asked(press))
    return Done(message=_("Application %(request)s is received.") % {"request": request}, go_to=request)


def apply_buttons() -> list[Button]:
    """One for each document under which lines are contracted. Those about contracts of the same holder (the API) are not."""
    latest = [registry().latest(code) for code in registry().codes()]
    return [
        _apply_button(pack)
        for pack in latest
        if pack.application and not pack.application.same_holder_article
    ]


def _apply_button(pack: Pack) -> Button:
    table = pack.application
    assert table is not None
    return Button(
        name=f"apply-{pack.code}",
        label=pack.title,
        permission=_MAY_RECEIVE,
        menu=_("Receive an application"),
        menu_says_it=True,
        form=request_form(Request.Kind.NEW, terms_code=pack.code),
        run=_apply,
        foresees=_foresee,
        fields=_FIELDS,
        effects=lambda subscriber: [
            Effect(
                text=_("The application gets its place in the order of arrival of its document."),
                article=table.article,
            ),
            Effect(text=_("The applicant is told that it was received.")),
        ],
    )


def _receive(kind: str) -> Button:
    asked = KINDS[kind]

    def run(press: Press) -> Done:
        request = receive_request(**_asked(press))
        return Done(message=_("Request %(request)s is received.") % {"request": request}, go_to=request)

    def effects(contract: Contract) -> Iterable[Effect]:
        if asked.one_sided:
            yield Effect(
                text=_(
                    "It takes effect on its own: nothing is left to answer, and it is carried out at once."
                )
            )
            return
        terms = asked.terms(contract.pack(today()))
        table = _table(contract.terms_code)
        yield Effect(
            text=_("The request gets its place in the order of arrival of its document."),
            article=terms.article if terms else table.article if table else "",
        )
        if asked.works:
            yield Effect(
                text=_("Once it is granted, a work is planned; it is carried out when that is done.")
            )
        yield Effect(text=_("The subscriber is told that it was received."))

    def possible(contract: Contract) -> bool:
        known = asked.terms(contract.pack(today())) is not None or not asked.must_be_known
        return asked.possible(contract) and known

    return Button(
        name=f"receive-{kind.replace('_', '-')}",
        label=Request.Kind(kind).label,
        permission=_MAY_RECEIVE,
        menu=_("Receive a request"),
        menu_says_it=True,
        form=request_form(kind),
        run=run,
        foresees=_foresee,
        fields=_FIELDS,
        possible=possible,
        effects=effects,
    )


receive_buttons = [_receive(kind) for kind, asked in KINDS.items() if not asked.new]

# --- Answering ---------------------------------------------------------------------------------


def _looked_at(request: Request) -> Subscriber:
    """Whose debts count: the applicant’s, or those of the one who is to take the contract over."""
    kind = KINDS[request.kind]
    return request.subscriber if kind.new else kind.looked_at(asked_by(request))


def _review(press: Press) -> Done:
    arrears = known_arrears(_looked_at(press.obj))
    found = review_request(request=press.obj, by=press.by, on=press.on, arrears=arrears)
    if not found:
        return Done(message=_("In review. By rule nothing speaks against it."))
    return Done(
        message=_("In review. Against it speaks: %(reasons)s") % {"reasons": "; ".join(map(str, found))}
    )


def _accept(press: Press) -> Done:
    accept_request(request=press.obj, by=press.by, on=press.on, order_reason=press.data["order_reason"])
    return Done(message=_("Accepted; the subscriber is told."))


def _refuse(press: Press) -> Done:
    refuse_request(
        request=press.obj,
        by=press.by,
        on=press.on,
        ground=press.data["ground"],
        reason=press.data["reason"],
        order_reason=press.data["order_reason"],
    )
    return Done(message=_("Refused; the subscriber is told the reason."))


def _may_be_deferred(request: Request) -> bool:
    table = _table(request.terms_code)
    return (
        table is not None
        and table.may_defer
        and request.state in {Request.State.RECEIVED, Request.State.IN_REVIEW}
    )


def _defer(press: Press) -> Done:
    defer_request(request=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("Deferred; the subscriber is told."))


def _withdraw(press: Press) -> Done:
    withdraw_request(request=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("Withdrawn."))


def _on_accepting(request: Request) -> Iterable[Effect]:
    table = _table(request.terms_code)
    if request.kind != Request.Kind.NEW:
        yield Effect(
            text=_("What was asked for from a day that has come is carried out at once, the rest on its day.")
        )
    elif table and table.formed_at == "acceptance":
        yield Effect(text=_("The contract is formed today."), article=table.article)
    elif table:
        yield Effect(
            text=_("The contract is formed later, when the line is registered."), article=table.article
        )
    yield Effect(
        text=_("A notice of the acceptance goes to %(recipient)s.")
        % {"recipient": reached(request.subscriber)}
    )


def _on_refusing(request: Request) -> Iterable[Effect]:
    table = _table(request.terms_code)
    yield Effect(
        text=_("A notice with the reason goes to %(recipient)s.")
        % {"recipient": reached(request.subscriber)},
        article=(table.refusal_reason_article or table.article) if table else "",
    )
    if request.kind == Request.Kind.NEW:
        yield Effect(text=_("The contract that was applied for does not come about."))


answer_buttons = [
    Button(
        name="review",
        label=_("Take into review"),
        permission=_MAY_ANSWER,
        transition="review",
        run=_review,
        effects=lambda request: [
            Effect(text=_("The conditions of the document are looked at; what speaks against it is shown."))
        ],
    ),
    Button(
        name="accept",
        label=_("Accept"),
        permission=_MAY_ANSWER,
        possible=lambda request: (
            request.state in {Request.State.RECEIVED, Request.State.IN_REVIEW, Request.State.DEFERRED}
        ),
        look="primary",
        form=AcceptForm,
        run=_accept,
        effects=_on_accepting,
        fields={"out_of_order": "order_reason"},
    ),
    Button(
        name="refuse",
        label=_("Refuse"),
        permission=_MAY_ANSWER,
        possible=lambda request: (
            request.state in {Request.State.RECEIVED, Request.State.IN_REVIEW, Request.State.DEFERRED}
        ),
        look="danger",
        form=RefuseForm,
        run=_refuse,
        effects=_on_refusing,
        fields={"out_of_order": "order_reason"},
    ),
    Button(
        name="defer",
        label=_("Defer the answer"),
        permission=_MAY_ANSWER,
        possible=_may_be_deferred,
        form=ReasonForm,
        run=_defer,
        effects=lambda request: [
            Effect(
                text=_("A notice with the reason goes to %(recipient)s.")
                % {"recipient": reached(request.subscriber)}
            )
        ],
    ),
    Button(
        name="withdraw",
        label=_("The subscriber takes it back"),
        permission=_MAY_ANSWER,
        transition="withdraw",
        form=ReasonForm,
        run=_withdraw,
        effects=lambda request: [
            Effect(text=_("The request ends here; an application takes its contract with it."))
        ],
    ),
]
