"""One charge as the pure rating gives it, before it belongs to anybody."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from terms.result import Line

NO_TAX = Decimal(0)


class RatedCharge(NamedTuple):
    """What a row of billing.Charge says, without account, contract, run and invoice.

    ``amount`` in yen without tax, negative for a credit. Equal for all contracts with the same service in the same days,
    so that a run computes it once and writes it many times. ``course_on``: the day whose course says who asks for it, where
    that is not the first of its own days.
    """

    kind: str
    name: str
    period_from: date
    period_to: date
    unit_price: int
    amount: int
    article: str
    tariff_id: int | None = None
    source: str = ""
    days: int | None = None
    of_days: int | None = None
    tax_category: str = "standard"
    tax_rate: Decimal = NO_TAX
    explanation: tuple[Line, ...] = ()
    course_on: date | None = None

    @property
    def asked_by_course_of(self) -> date:
        """The day whose course says who asks for it."""
        return self.course_on or self.period_from
