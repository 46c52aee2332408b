"""A change of subscriber that was recorded after its days were billed: what each pays is put right."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, Subquery

from billing.models import BillingAccount, Charge, Invoice
from billing.services.give_back import PASSED_ON, by_days, give_all_back, named_by, rated_again, settle_each
from billing.services.open_account import open_missing_accounts
from billing.services.settle_billed_at_once import GIVEN_BACK
from billing.services.settle_late_items import CHANGED
from billing.services.void_invoice import REISSUED
from contracts.models import Contract, SubscriberChange
from terms.calendar import Month
from workflow.models import User

_MOVED = (
    Charge.Kind.BASE,
    Charge.Kind.SINGLE_LINE,
    Charge.Kind.USE,
    Charge.Kind.OPTION,
    Charge.Kind.NUMBER_LEVY,
    Charge.Kind.OUTAGE_CREDIT,
    Charge.Kind.RELIEF,
)
"""What is charged or given back for days, and so belongs to whoever has the contract on them."""


_MOVED_FROM = "passed"
"""The source of a charge that was moved names the one that it comes from."""


class Piece(NamedTuple):
    """Yen for the days [from_, to) of a charge, with what explains them."""

    from_: date
    to: date
    amount: int
    days: int | None
    of_days: int | None
    explanation: list[dict[str, object]]


def settle_late_changes(*, by: User, at: datetime) -> int:
    """Give back to who gave a contract away what they were billed for days after that, and charge it to who has it then.

    The one gets a credit note, the other charges that wait for the next invoice. Credits of those days (outages, relief) go the
    other way: the note gives back less by them. Where no note can say that, since more was credited than is left of the
    invoice, or no invoice asked yet, both stand on the next invoice of the one as well. Safe to run twice. A contract for
    which it cannot be done is left for the next time, and logged. How many charges were moved.
    """
    open_missing_accounts()
    return settle_each(_billed_too_long(), partial(_settle, by=by, at=at), of="change of subscriber")


def _billed_too_long() -> Iterator[Charge]:
    """Charges and credits of somebody for days on which the contract was another's, that were not moved yet.

    Fees that fall due whole are owed by whoever has the contract on the first day that they are for, and what an outage gives
    back belongs to whoever had it when that began: they are among them only where that day is after the change.
    """
    found = (
        Charge.objects.filter(
            Q(invoice__isnull=True)
            | Q(
                invoice__state__in=[Invoice.State.ISSUED, Invoice.State.SETTLED],
                invoice__partner__isnull=True,
            ),
            contract__subscriber_changes__old=F("account__subscriber"),
            contract__subscriber_changes__on__lt=F("period__endswith"),
            kind__in=_MOVED,
        )
        .filter(~Exists(named_by(_MOVED_FROM)), ~GIVEN_BACK)
        .annotate(passed_on=Subquery(_PASSED_ON))
        .select_related("account", "invoice")
        .order_by("id")
        .distinct()
    )
    for charge in found:
        if charge.period.lower >= charge.passed_on or _is_divided(charge):
            yield charge


# The day on which the contract went away from who was asked for a charge, the last of those before its end.
_PASSED_ON = (
    SubscriberChange.objects.filter(
        contract=OuterRef("contract"),
        old=OuterRef("account__subscriber"),
        on__lt=OuterRef("period__endswith"),
    )
    .order_by("-on")
    .values("on")[:1]
)


def _is_divided(charge: Charge) -> bool:
    """Whether a part of its days makes a part of its yen."""
    return charge.kind != Charge.Kind.OUTAGE_CREDIT and by_days(charge)


def _settle(contract: Contract, charges: Sequence[Charge], by: User, at: datetime) -> int:
    holders = _holders(contract)
    back: dict[Invoice | None, dict[Charge, int]] = {}
    made: list[Charge] = []
    for charge in charges:
        pieces = _pieces(contract, charge, [since for since, _ in holders])
        others = [
            (piece, owner)
            for piece in pieces
            if (owner := _owner(holders, piece.from_)) is not None and owner != charge.account.subscriber_id
        ]
        if not others:
            continue
        theirs = sum(piece.amount for piece in pieces) - sum(piece.amount for piece, _ in others)
        back.setdefault(charge.invoice, {})[charge] = charge.amount - theirs
        accounts = BillingAccount.objects.filter(subscriber__in=[owner for _, owner in others])
        place = {account.subscriber_id: account for account in accounts}
        made += [_moved(charge, piece, place[owner]) for piece, owner in others if piece.amount]
    give_all_back(back, why=PASSED_ON, by=by, at=at)
    Charge.objects.bulk_create(made)
    return len(made)


def _holders(contract: Contract) -> list[tuple[date, int]]:
    """From which day on who has the contract, for each change of hands."""
    changes = contract.subscriber_changes.exclude(old=F("new")).order_by("on", "pk")
    return [(change.on, change.new_id) for change in changes]


def _owner(holders: Sequence[tuple[date, int]], on: date) -> int | None:
    """Who had the contract on a day after a change of hands; None before the first one."""
    return next((owner for since, owner in reversed(holders) if since <= on), None)


def _pieces(contract: Contract, charge: Charge, days: Sequence[date]) -> list[Piece]:
    """The charge in the pieces in which a run would make it now that the days of the changes are known."""
    period = charge.period
    if any(period.lower < day < period.upper for day in days) and _is_divided(charge):
        first, month = _repeated(charge), Month.of(period.lower)
        source = "" if first.source.startswith(f"{CHANGED}:") else first.source
        for of in (month, month.plus(1)):  # a tariff month is charged in the calendar month in which it ends
            pieces = [
                Piece(
                    each.period_from,
                    each.period_to,
                    each.amount,
                    each.days,
                    each.of_days,
                    [line.as_dict() for line in each.explanation],
                )
                for each in rated_again(contract, of.first, tuple(days))
                if (each.kind, each.tariff_id, each.source) == (first.kind, first.tariff_id, source)
                and period.lower <= each.period_from
                and each.period_to <= period.upper
            ]
            if sum((piece.to - piece.from_).days for piece in pieces) == (period.upper - period.lower).days:
                return pieces
    return [Piece(period.lower, period.upper, charge.amount, charge.days, charge.of_days, charge.explanation)]


def _repeated(charge: Charge) -> Charge:
    """The charge as it was first made, of one that was moved from another account or issued again."""
    word, _colon, number = charge.source.partition(":")
    if word not in (_MOVED_FROM, REISSUED):
        return charge
    return _repeated(Charge.objects.get(pk=int(number)))


def _moved(charge: Charge, piece: Piece, account: BillingAccount) -> Charge:
    return Charge(
        account=account,
        terms_code=charge.terms_code,
        contract_id=charge.contract_id,
        tariff_id=charge.tariff_id,
        kind=charge.kind,
        source=f"{_MOVED_FROM}:{charge.pk}",
        name=charge.name,
        period=(piece.from_, piece.to),
        unit_price=charge.unit_price,
        days=piece.days,
        of_days=piece.of_days,
        amount=piece.amount,
        tax_category=charge.tax_category,
        tax_rate=charge.tax_rate,
        article=charge.article,
        explanation=piece.explanation,
    )
