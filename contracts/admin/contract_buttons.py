"""What staff start from the page of a contract."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from contracts.admin.contract_forms import (
    AccelerateForm,
    EndForm,
    OpenForm,
    PlanWorkForm,
    SuspendForm,
    SwitchForm,
    contract_of,
)
from contracts.admin.lent_equipment_buttons import lend_button
from contracts.admin.own_equipment_buttons import record_button
from contracts.admin.repair_ticket_buttons import report_button
from contracts.admin.told import told
from contracts.admin.work_items import costs_of_work
from contracts.models import ApprovalNumber, Contract, Request, Work
from contracts.services.accelerate_debts import accelerate_debts
from contracts.services.open_contract import open_contract
from contracts.services.plan_work import plan_work
from contracts.services.propose_ending import propose_ending
from contracts.services.propose_suspension import propose_suspension
from contracts.services.switch_provider import switch_provider
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel

_RUNNING = {Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED, Contract.State.ENDING}


def _open(press: Press) -> Done:
    open_contract(contract=press.obj, by=press.by, on=press.data["on"])
    return Done(message=_("The service has started; the subscriber is told."))


def _on_opening(contract: Contract) -> Iterable[Effect]:
    table = contract.pack(today()).application
    if contract.formed_on is None and table:
        yield Effect(text=_("The contract is formed, because the line is registered."), article=table.article)
    yield Effect(text=_("Charging starts on the day that the document names, reckoned from this day."))
    yield Effect(text=_("A notice of the start goes to %(recipient)s.") % {"recipient": told(contract)})


def plan(press: Press) -> Done:
    """Plan a work for the contract, or for the request, on whose page the button is pressed."""
    return Done(message=_("The work is planned; the subscriber is told."), go_to=_planned(press))


def foresee_work(press: Press) -> list[Panel]:
    """What the work costs."""
    return costs_of_work(lambda: _planned(press))


def _planned(press: Press) -> Work:
    request = press.obj if isinstance(press.obj, Request) else None
    return plan_work(contract=contract_of(press.obj), request=request, by=press.by, on=press.on, **press.data)


def _suspend(press: Press) -> Done:
    suspension = propose_suspension(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The suspension is proposed. A second person decides."), go_to=suspension)


def _on_suspending(contract: Contract) -> Iterable[Effect]:
    table = contract.pack(today()).suspension
    yield Effect(text=_("Nothing is cut now: a second person decides on the proposal."))
    if table is None:
        return
    yield Effect(
        text=_(
            "Then a notice with reason, day and period goes to %(recipient)s, and only after it the line can be cut."
        )
        % {"recipient": told(contract)},
        article=table.article,
    )
    if table.max_months:
        yield Effect(
            text=_("At most %(months)s months.") % {"months": table.max_months}, article=table.article
        )
    if table.urgent_exception:
        yield Effect(
            text=_("In an urgent case the notice may be left out."),
            article=table.urgent_article or table.article,
        )


def _end(press: Press) -> Done:
    proposal = propose_ending(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The ending is proposed. A second person decides."), go_to=proposal)


def _on_ending(contract: Contract) -> Iterable[Effect]:
    table = contract.pack(today()).operator_ending
    yield Effect(text=_("The contract goes on for now: a second person decides on the proposal."))
    if table and table.prior_notice:
        yield Effect(
            text=_("Once approved, a notice goes to %(recipient)s; the contract ends after it.")
            % {"recipient": told(contract)},
            article=table.article,
        )
    acceleration = contract.pack(today()).acceleration
    if acceleration:
        yield Effect(
            text=_(
                "With its declaration, all that the subscriber owes under the document falls due at once, save on"
                " grounds that the document leaves out."
            ),
            article=acceleration.article,
        )


def _accelerate(press: Press) -> Done:
    acceleration = accelerate_debts(contract=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("All debts are due; the subscriber is told."), go_to=acceleration)


def _on_accelerating(contract: Contract) -> Iterable[Effect]:
    table = contract.pack(today()).acceleration
    yield Effect(
        text=_(
            "All that the subscriber owes under the document falls due on that day, under every contract."
        ),
        article=table.article if table else "",
    )
    yield Effect(text=_("Late interest runs from the day after; what is invoiced later is due at once."))
    yield Effect(text=_("A notice with the reason goes to %(recipient)s.") % {"recipient": told(contract)})
    yield Effect(text=_("The contract itself goes on; end it apart from this."))


def contract_facts(contract: Contract) -> list[tuple[str, object]]:
    """What one should see of a contract while deciding about it."""
    return [
        (str(_("state")), cells.state_badge(contract)),
        (str(_("subscriber")), cells.link(contract.subscriber)),
        (str(_("terms")), cells.document(contract.terms_code)),
        (str(_("product")), contract.product),
    ]


def _good_number(contract: Contract) -> ApprovalNumber | None:
    return contract.approval_numbers.filter(voided_on__isnull=True, used_on__isnull=True).first()


def _switch(press: Press) -> Done:
    number = _good_number(press.obj)
    assert number is not None
    ending = switch_provider(number=number, by=press.by, on=press.data["on"])
    if ending is None:
        return Done(message=_("Recorded; the contract goes on for what it carries beside the line."))
    return Done(message=_("Recorded; the contract ends, and the subscriber is told."))


def _on_switching(contract: Contract) -> Iterable[Effect]:
    terms = contract.pack(today()).provider_change
    yield Effect(
        text=_("It counts as ended by notice, unless it goes on for what it carries beside the line."),
        article=terms.article if terms else "",
    )


contract_buttons = [
    Button(
        name="switch-provider",
        label=_("The line moved to another provider"),
        permission="contracts.add_ending",
        possible=lambda contract: _good_number(contract) is not None,
        form=SwitchForm,
        run=_switch,
        effects=_on_switching,
    ),
    Button(
        name="open",
        label=_("Start the service"),
        permission="contracts.change_work",
        transition="open",
        look="primary",
        form=OpenForm,
        run=_open,
        effects=_on_opening,
    ),
    Button(
        name="plan-work",
        label=_("Plan a work"),
        permission="contracts.add_work",
        possible=lambda contract: contract.state in _RUNNING | {Contract.State.ACCEPTED},
        form=PlanWorkForm,
        run=plan,
        foresees=foresee_work,
        effects=lambda contract: [
            Effect(
                text=_("A notice of the appointment goes to %(recipient)s.") % {"recipient": told(contract)}
            )
        ],
    ),
    lend_button,
    record_button,
    report_button,
    Button(
        name="suspend",
        label=_("Propose a suspension"),
        permission="contracts.add_suspension",
        possible=lambda contract: (
            contract.state in _RUNNING and contract.pack(today()).suspension is not None
        ),
        look="danger",
        form=SuspendForm,
        run=_suspend,
        effects=_on_suspending,
        fields={"no_such_ground": "ground", "no_urgent_exception": "urgent", "too_long": "through"},
    ),
    Button(
        name="accelerate",
        label=_("Record that all debts fall due"),
        permission="contracts.add_acceleration",
        possible=lambda contract: (
            contract.state in _RUNNING | {Contract.State.ENDED}
            and contract.pack(today()).acceleration is not None
        ),
        look="danger",
        form=AccelerateForm,
        run=_accelerate,
        effects=_on_accelerating,
        fields={
            "no_such_ground": "ground",
            "no_demand": "ground",
            "demand_still_runs": "since",
            "not_met_yet": "since",
        },
    ),
    Button(
        name="end",
        label=_("Propose an ending"),
        permission="contracts.add_endingproposal",
        possible=lambda contract: contract.state in _RUNNING - {Contract.State.ENDING},
        look="danger",
        form=EndForm,
        run=_end,
        effects=_on_ending,
        fields={
            "no_such_ground": "ground",
            "not_suspended": "ground",
            "no_demand": "ground",
            "demand_still_runs": "ends_on",
            "no_urgent_exception": "urgent",
            "not_in_advance": "ends_on",
            "notice_first": "ends_on",
        },
    ),
]
