"""What a contract will be charged in coming months if nothing changes, by the very rating of the billing run."""

from dataclasses import dataclass
from datetime import date

from billing.chunks.book import load_book
from billing.chunks.gather import gather
from billing.chunks.known import key_of, known_charges
from billing.chunks.rate import charges_or_reason
from billing.models import BillingAccount
from billing.rating.charge import RatedCharge
from billing.rating.periodic import PeriodicRater
from billing.selectors import unbilled_since
from contracts.models import Contract
from terms.calendar import Month


@dataclass(frozen=True, kw_only=True)
class MonthForecast:
    """One month, by its first day: its charges, or ``problem``, the reason for which a run would park the contract."""

    month: date
    charges: tuple[RatedCharge, ...] = ()
    problem: str = ""

    @property
    def total(self) -> int:
        """Yen without tax."""
        return sum(charge.amount for charge in self.charges)


def forecast(contract: Contract, *, first: date, months: int) -> list[MonthForecast]:
    """The months from that of ``first`` on, as prices, options, works and endings stand now. Writes nothing.

    A charge that is made once stands in the first month that has it, what waits for the next invoice in the month that is
    billed next. What is charged already stands in no month to come. No months for a contract without an account.
    """
    account = BillingAccount.objects.filter(subscriber=contract.subscriber_id).first()
    if account is None:
        return []
    book = load_book()
    periodic = PeriodicRater(book)
    unbilled = unbilled_since()
    known = known_charges([contract.pk])
    once: set[RatedCharge] = set()
    found = []
    for place in range(months):
        month = Month.of(first).plus(place).first
        mine = [each for each in gather(month, account.pk, account.pk) if each.contract_id == contract.pk]
        rated = [charges_or_reason(book, periodic, each) for each in mine]
        problems = [each for each in rated if isinstance(each, str)]
        charges = [
            charge for each in rated if not isinstance(each, str) for charge in each if charge not in once
        ]
        # What happened late in a month is found by the run after it, too, which then sees that it is charged already.
        once.update(charge for charge in charges if charge.source)
        if unbilled and month >= unbilled:
            charges = [charge for charge in charges if key_of(contract.pk, charge) not in known]
        if month == (unbilled or Month.of(first).first):
            charges += _waiting(contract)
        found.append(MonthForecast(month=month, charges=tuple(charges), problem="".join(problems)))
    return found


def _waiting(contract: Contract) -> list[RatedCharge]:
    """What was charged to the contract out of turn and stands on no invoice yet."""
    return [
        RatedCharge(
            kind=charge.kind,
            name=charge.name,
            period_from=charge.period.lower,
            period_to=charge.period.upper,
            unit_price=charge.unit_price,
            amount=charge.amount,
            article=charge.article,
            source=charge.source,
        )
        for charge in contract.charges.filter(invoice__isnull=True).order_by("pk")
    ]
