"""What a contract will be charged in coming months if nothing changes, by the very rating of the billing run."""

from dataclasses import dataclass
from datetime import date

from billing.chunks.book import load_book
from billing.chunks.gather import gather
from billing.chunks.rate import charges_or_reason
from billing.models import BillingAccount
from billing.rating.charge import RatedCharge
from billing.rating.periodic import PeriodicRater
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

    A charge that is made once stands in the first month that has it. No months for a contract without an account.
    """
    account = BillingAccount.objects.filter(subscriber=contract.subscriber_id).first()
    if account is None:
        return []
    book = load_book()
    periodic = PeriodicRater(book)
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
        found.append(MonthForecast(month=month, charges=tuple(charges), problem="".join(problems)))
    return found
