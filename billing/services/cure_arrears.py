"""Undo what was done about debts that are gone: lift suspensions, withdraw what had not come yet."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from billing.debts import Debt, connected, contracts_of, overdue
from billing.models import ArrearsStep, BillingAccount
from contracts.models import Contract, Ending, Suspension
from contracts.services.lift_suspension import lift_suspension
from contracts.services.withdraw_ending import withdraw_ending
from contracts.services.withdraw_suspension import withdraw_suspension
from workflow.models import User

UNPAID = "unpaid"
"""The ground of a suspension for a debt, in every document that has one."""

_BEFORE = (Suspension.State.PROPOSED, Suspension.State.APPROVED, Suspension.State.NOTICED)


def cure_arrears(*, account: BillingAccount, by: User, on: date) -> list[Contract]:
    """Lift and withdraw for each contract of the account that owes nothing overdue any more. The contracts cured.

    Contracts that passed to others together with what the account owed are among them. A debt that is contested, or
    promised for a later day, counts as none for what has not come into force, but does not lift what has.
    """
    accounts = connected([account.pk])
    debts = contracts_of(overdue(on=on, accounts=accounts))
    cured = []
    for contract in _under_sanction(accounts):
        owed = debts.get(contract.pk, [])
        if all(debt.held for debt in owed):
            with transaction.atomic():
                if _undo(contract, by, on, reason=_reason(owed), paid=not owed):
                    cured.append(contract)
    return cured


def _under_sanction(accounts: list[int]) -> Iterable[Contract]:
    suspended = Suspension.objects.filter(ground=UNPAID, state__in=[*_BEFORE, Suspension.State.IN_FORCE])
    ending = ArrearsStep.objects.filter(ending__withdrawn_on__isnull=True, ending__isnull=False)
    contracts = Contract.objects.filter(subscriber__billing_account__in=accounts).select_related(
        "subscriber", "product"
    )
    return contracts.filter(pk__in=suspended.values("contract")) | contracts.filter(
        pk__in=ending.values("contract"), state=Contract.State.ENDING
    )


def _reason(held: list[Debt]) -> str:
    """For the notice, in Japanese: paid where nothing is held."""
    if not held:
        return "料金のお支払いを確認したため"
    if any(debt.disputed for debt in held):
        return "請求について異議のお申出があったため"
    return "お支払いのお約束をいただいたため"


def _undo(contract: Contract, by: User, on: date, *, reason: str, paid: bool) -> bool:
    steps = ArrearsStep.objects.filter(contract=contract)
    done = False
    for ending in Ending.objects.filter(pk__in=steps.values("ending"), withdrawn_on__isnull=True):
        if contract.state == Contract.State.ENDING:
            withdraw_ending(ending=ending, by=by, on=on, reason=reason)
            done = True
    for suspension in contract.suspensions.filter(ground=UNPAID, state__in=_BEFORE):
        withdraw_suspension(suspension=suspension, by=by, on=on, reason=reason)
        done = True
    if paid:
        for suspension in contract.suspensions.filter(ground=UNPAID, state=Suspension.State.IN_FORCE):
            lift_suspension(suspension=suspension, by=by, on=on, reason=reason)
            _record(suspension, on)
            done = True
    return done


def _record(suspension: Suspension, on: date) -> None:
    step = ArrearsStep.objects.filter(suspension=suspension).order_by("id").first()
    if step:  # a suspension that a person proposed belongs to no step
        ArrearsStep.objects.get_or_create(
            invoice=step.invoice,
            contract_id=suspension.contract_id,
            kind=ArrearsStep.Kind.LIFT,
            suspension=suspension,
            ending=None,
            defaults={"on": on, "article": suspension.article},
        )
