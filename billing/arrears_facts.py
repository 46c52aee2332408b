"""What is known of each unpaid debt on a day, and what the document says to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from billing.debts import Debt, connected, contracts_of, overdue
from billing.models import ArrearsPolicy, ArrearsStep, BillingAccount
from contracts.models import Contract, Suspension
from notices.models import Notice
from notices.selectors import as_dispatched
from terms.errors import TermsError
from terms.pack import Pack
from terms.registry import pack_for
from terms.rules.arrears import Arrears, ArrearsFacts, Step, arrears
from terms.rules.arrears import ArrearsPolicy as Policy

_OPEN = (
    Suspension.State.PROPOSED,
    Suspension.State.APPROVED,
    Suspension.State.NOTICED,
    Suspension.State.IN_FORCE,
)


@dataclass(frozen=True)
class Case:
    """One contract with its overdue debts, or an invoice of contracts that are gone (``contract`` None), and its next step."""

    account_id: int
    terms_code: str
    contract: Contract | None
    debts: tuple[Debt, ...]
    step: Step
    policy: Policy
    suspension: Suspension | None = None
    steps: dict[str, ArrearsStep] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"arrears {self.step.kind} on {self.contract or f'invoice {self.debts[0].invoice_id}'}"

    @property
    def key(self) -> tuple[int | None, int]:
        """What makes it the same case tomorrow."""
        return (self.contract.pk if self.contract else None, 0 if self.contract else self.debts[0].invoice_id)

    @property
    def owed(self) -> int:
        """Overdue yen."""
        return sum(debt.open for debt in self.debts)

    def lock(self) -> None:
        """Payments of this account wait until the step is taken."""
        BillingAccount.objects.select_for_update(of=("self",)).get(pk=self.account_id)


def cases(*, on: date, accounts: Sequence[int] | None = None) -> Iterator[Case]:
    """Every contract with overdue debts or suspended for one, and every overdue invoice, with its next step on ``on``.

    A document without a rule on arrears, or without a policy of the operator in force, has no cases. ``accounts`` brings
    with it those to and from which contracts passed with their debts.
    """
    accounts = None if accounts is None else connected(accounts)
    debts = overdue(on=on, accounts=accounts)
    books = _Books(on)
    steps = _steps(debts)
    for debt in debts.values():
        yield from _reminders(books, debt, steps, on)
    by_contract = contracts_of(debts)
    suspended = _suspended(by_contract, accounts)
    contracts = Contract.objects.select_related("subscriber__billing_account", "product").in_bulk(
        [*by_contract, *(each for each in suspended if each not in by_contract)]
    )
    for contract in contracts.values():
        mine = tuple(by_contract.get(contract.pk, ()))
        yield from _sanctions(books, contract, mine, suspended.get(contract.pk), steps, on)


class _Books:
    """Packs and policies in force on a day."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._known: dict[str, tuple[Arrears, Policy] | None] = {}

    def of(self, terms_code: str) -> tuple[Arrears, Policy] | None:
        if terms_code not in self._known:
            self._known[terms_code] = self._find(terms_code)
        return self._known[terms_code]

    def _find(self, terms_code: str) -> tuple[Arrears, Policy] | None:
        try:
            pack: Pack = pack_for(terms_code, self.on)
        except TermsError:
            return None
        row = (
            ArrearsPolicy.objects.filter(terms_code=terms_code, valid_from__lte=self.on)
            .order_by("-valid_from")
            .first()
        )
        if row is None or not pack.has(Arrears):
            return None
        policy = Policy(
            reminder_after=row.reminder_after,
            suspension_notice_after=row.suspension_notice_after,
            suspension_notice_days=row.suspension_after,
            ending_notice_after=row.ending_notice_after,
            ending_notice_days=row.ending_after,
            minimum=row.minimum,
        )
        return pack.rule(Arrears), policy


Steps = dict[tuple[int, int | None, str], ArrearsStep]


def _steps(debts: dict[int, Debt]) -> Steps:
    """The latest step of each kind on each invoice and contract."""
    found = (
        ArrearsStep.objects.filter(invoice__in=debts)
        .select_related("notice", "ending__notice")
        .order_by("id")
    )
    return {(step.invoice_id, step.contract_id, step.kind): step for step in found}


def _suspended(by_contract: dict[int, list[Debt]], accounts: Sequence[int] | None) -> dict[int, Suspension]:
    """The suspensions for a debt that are under way or in force, by contract."""
    found = Suspension.objects.filter(ground="unpaid", state__in=_OPEN).select_related("notice")
    if accounts is not None:
        found = found.filter(contract__subscriber__billing_account__in=accounts)
    else:
        found = found.filter(contract__in=by_contract) | found.filter(state=Suspension.State.IN_FORCE)
    return {suspension.contract_id: suspension for suspension in found}


def _reminders(books: _Books, debt: Debt, steps: Steps, on: date) -> Iterator[Case]:
    book = books.of(debt.terms_code)
    if book is None or (debt.invoice_id, None, ArrearsStep.Kind.REMINDER) in steps:
        return
    rule, policy = book
    step = arrears(
        rule,
        ArrearsFacts(
            on=on,
            owed=debt.open,
            due=debt.due,
            disputed=debt.disputed,
            promised_until=debt.promised_until,
            policy=policy,
        ),
    )
    if step.kind == "reminder":
        yield Case(debt.account_id, debt.terms_code, None, (debt,), step, policy)


def _sanctions(
    books: _Books,
    contract: Contract,
    debts: tuple[Debt, ...],
    suspension: Suspension | None,
    steps: Steps,
    on: date,
) -> Iterator[Case]:
    book = books.of(contract.terms_code)
    if book is None:
        return
    rule, policy = book
    # A promise on one debt holds no step on another.
    debts = tuple(debt for debt in debts if not debt.promised_until) or debts
    first = debts[0].invoice_id if debts else None
    mine = {
        kind: steps[key]
        for kind in ArrearsStep.Kind.values
        if (key := (first or 0, contract.pk, kind)) in steps
    }
    reminder = steps.get((first or 0, None, ArrearsStep.Kind.REMINDER))
    announced = _announced(mine.get(ArrearsStep.Kind.ENDING_NOTICE))
    in_force = suspension is not None and suspension.state == Suspension.State.IN_FORCE
    facts = ArrearsFacts(
        on=on,
        owed=sum(debt.open for debt in debts),
        policy=policy,
        due=debts[0].due if debts else None,
        disputed=any(debt.disputed for debt in debts),
        promised_until=max((debt.promised_until for debt in debts if debt.promised_until), default=None),
        reminded_on=_dispatched(reminder.notice) if reminder else None,
        suspension_notice_on=_dispatched(suspension.notice) if suspension else None,
        suspends_on=suspension.starts_on if suspension else None,
        suspended_since=suspension.starts_on if suspension and in_force else None,
        ending_notice_on=_dispatched(announced.notice) if announced else None,
        ends_on=date.fromisoformat(announced.proof["ends_on"]) if announced else None,
    )
    step = arrears(rule, facts)
    if step.kind == "reminder" or _under_way(step, suspension, announced, contract):
        return
    account = contract.subscriber.billing_account.pk
    yield Case(account, contract.terms_code, contract, debts, step, policy, suspension, mine)


def _announced(step: ArrearsStep | None) -> ArrearsStep | None:
    """The notice of an ending, unless that ending was taken back."""
    if step is None or (step.ending is not None and step.ending.withdrawn_on is not None):
        return None
    return step


def _under_way(
    step: Step, suspension: Suspension | None, announced: ArrearsStep | None, contract: Contract
) -> bool:
    """Whether the step was taken already and only waits: for a dispatch, for its day, or for somebody's decision."""
    ending = bool(contract.state == Contract.State.ENDING)
    if step.kind == "suspension_notice":
        return suspension is not None
    if step.kind == "ending_notice":
        return announced is not None or ending
    return step.kind == "ending" and ending


def _dispatched(notice: Notice | None) -> date | None:
    """The day in Japan on which a notice left; None while it has not."""
    left = as_dispatched(notice)
    return timezone.localdate(left.dispatched_at) if left and left.dispatched_at else None
