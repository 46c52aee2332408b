"""Carry out one step on an unpaid debt, and write down on what proof."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from billing.arrears_facts import Case
from billing.debts import debtors_of
from billing.models import ArrearsStep, Invoice
from billing.services.cure_arrears import UNPAID, cure_arrears
from contracts.models import Ending, Subscriber
from contracts.moments import start_of
from contracts.services.declare_ending import declare_ending
from contracts.services.ending_checks import DEMAND
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.propose_suspension import propose_suspension
from notices.services.send_notice import send_notice
from terms.document import EndingGround
from workflow.selectors import clock_user


def take_arrears_step(*, case: Case, on: date) -> str:
    """Do what ``case.step`` says, as the clock, on the facts of ``case``. The kind of the step.

    Refused where a proof is missing (the notice was not dispatched in time, the suspension is gone).
    """
    _ACTIONS[case.step.kind](case, on)
    return case.step.kind


def _remind(case: Case, on: date) -> None:
    invoice = _invoice(case)
    notices = [
        send_notice(
            occasion="payment_reminder",
            recipient=debtor,
            about=invoice,
            article=case.step.article,
            facts={
                "invoice_number": invoice.number,
                "month": invoice.month,
                "amount_due": case.owed,
                "due_on": case.debts[0].due,
            },
            at=start_of(on),
        )
        for debtor in Subscriber.objects.filter(pk__in=debtors_of(invoice.pk)).order_by("pk")
    ]
    _record(case, ArrearsStep.Kind.REMINDER, on, notice=notices[0])


def _announce_suspension(case: Case, on: date) -> None:
    assert case.contract
    assert case.step.on
    clock, invoice = clock_user(), _invoice(case)
    suspension = propose_suspension(
        contract=case.contract,
        by=clock,
        at=start_of(on),
        ground=UNPAID,
        reason=_reason(case, invoice),
        starts_on=case.step.on,
    )
    give_suspension_notice(
        suspension=suspension,
        by=clock,
        at=start_of(on),
        invoice_number=invoice.number or "",
        amount_due=case.owed,
    )
    _record(case, ArrearsStep.Kind.SUSPENSION_NOTICE, on, suspension=suspension, notice=suspension.notice)


def _suspend(case: Case, on: date) -> None:
    assert case.suspension
    # Still unpaid, nothing in dispute: the case was decided anew under lock.
    enforce_suspension(suspension=case.suspension, by=clock_user(), on=on, still_holds=True)
    _record(case, ArrearsStep.Kind.SUSPENSION, on, suspension=case.suspension, notice=case.suspension.notice)


def _lift(case: Case, on: date) -> None:
    assert case.contract
    cure_arrears(account=case.contract.subscriber.billing_account, by=clock_user(), on=on)


def _announce_ending(case: Case, on: date) -> None:
    assert case.contract
    assert case.step.on
    ground = _ground(case, on)
    if ground.demand_first:
        notice = send_notice(
            occasion=DEMAND,
            recipient=case.contract.subscriber,
            about=case.contract,
            article=case.step.article,
            facts={
                "contract_number": case.contract.number,
                "product": case.contract.product.name,
                "reason": f"{_asked(case, _invoice(case))}（未払額 {case.owed:,}円）",
                "perform_by": case.step.on - timedelta(days=1),
            },
            at=start_of(on),
        )
        _record(case, ArrearsStep.Kind.ENDING_NOTICE, on, notice=notice, ends_on=case.step.on)
        return
    ending = _declare(case, on, ground, case.step.on)
    _record(
        case, ArrearsStep.Kind.ENDING_NOTICE, on, ending=ending, notice=ending.notice, ends_on=ending.ends_on
    )


def _end(case: Case, on: date) -> None:
    ending = _declare(case, on, _ground(case, on), on)
    _record(case, ArrearsStep.Kind.ENDING, on, ending=ending, notice=ending.notice, ends_on=ending.ends_on)


def _declare(case: Case, on: date, ground: EndingGround, ends_on: date) -> Ending:
    assert case.contract
    announced = case.steps.get(ArrearsStep.Kind.ENDING_NOTICE)
    return declare_ending(
        contract=case.contract,
        by=clock_user(),
        on=on,
        ended_by=Ending.By.OPERATOR,
        ground=ground.code,
        reason=_reason(case, _invoice(case)),
        ends_on=ends_on,
        demand=announced.notice if announced and ground.demand_first else None,
    )


def _ground(case: Case, on: date) -> EndingGround:
    """The document's ground of ending for a debt: the one after a suspension, or the one after a demand."""
    assert case.contract
    table = case.contract.pack(on).operator_ending
    found = None
    if table:
        found = next((ground for ground in table.grounds if ground.after_suspension), None) or table.ground(
            UNPAID
        )
    if found is None:
        raise LookupError(
            f"{case.terms_code} has a rule on arrears, but no ground on which a debt ends a contract"
        )
    return found


def _invoice(case: Case) -> Invoice:
    """The earliest debt's invoice."""
    return Invoice.objects.select_related("account__subscriber").get(pk=case.debts[0].invoice_id)


def _reason(case: Case, invoice: Invoice) -> str:
    """For the notice, in Japanese."""
    return f"{_asked(case, invoice)}がないため（未払額 {case.owed:,}円）"


def _asked(case: Case, invoice: Invoice) -> str:
    """What the subscriber is asked for, in Japanese: the earliest month, and whether there are others."""
    others = "ほか" if len(case.debts) > 1 else ""
    return f"{invoice.month.year}年{invoice.month.month}月分{others}の料金のお支払い"


def _record(case: Case, kind: str, on: date, *, ends_on: date | None = None, **links: Any) -> ArrearsStep:
    proof: dict[str, Any] = {
        "owed": case.owed,
        "due": case.debts[0].due.isoformat(),
        "invoices": [debt.invoice_id for debt in case.debts],
        "disputed": False,
        "reason": case.step.reason,
    }
    if ends_on:
        proof["ends_on"] = ends_on.isoformat()
    return ArrearsStep.objects.create(
        invoice_id=case.debts[0].invoice_id,
        contract=case.contract,
        kind=kind,
        on=on,
        article=str(case.step.article),
        proof=proof,
        **links,
    )


_ACTIONS: dict[str, Callable[[Case, date], None]] = {
    "reminder": _remind,
    "suspension_notice": _announce_suspension,
    "suspend": _suspend,
    "lift": _lift,
    "ending_notice": _announce_ending,
    "ending": _end,
}
