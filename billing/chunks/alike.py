"""Contracts to which nothing happened in a month differ in nothing that is charged for it: they share their facts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from billing.rating.facts import ContractFacts, OptionFacts
from terms.calendar import Month


class Alike:
    """The facts of plain contracts in one month, one object for all that are alike, so that each kind is rated once.

    A start before the month is as good as any other, so is an end after it; only a yearly fee asks for the days themselves,
    and where tariff months were ``moved``, a start in the calendar month before counts too. What only an ending asks for is
    left out. Not for a contract with anything but options.
    """

    def __init__(self, month: Month, *, moved: bool = False) -> None:
        self._months = (month.first,)
        self._first, self._end = (month.plus(-1) if moved else month).first, month.end
        self._before = self._first - timedelta(days=1)
        self._known: dict[tuple[Any, ...], ContractFacts] = {}

    def facts(
        self,
        terms_code: str,
        product_id: int,
        payment: str,
        cycle_day: int,
        start: date | None,
        end: date | None,
        *,
        partner_priced: bool,
        options: Sequence[tuple[int, date, date | None]] = (),
    ) -> ContractFacts:
        """The facts of a contract, as of billing.rating.facts; ``options``: product, first and last day of each."""
        if payment != "year":
            start, end = self._start(start), self._last(end)
        chosen = tuple([(item, self._start(from_), self._last(to)) for item, from_, to in options])
        key = (product_id, start, end, cycle_day, partner_priced, payment, terms_code, chosen)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = ContractFacts(
                terms_code=terms_code,
                product_id=product_id,
                payment=payment,
                cycle_day=cycle_day,
                months=self._months,
                start=start,
                end=end,
                partner_priced=partner_priced,
                options=tuple(OptionFacts(*option) for option in chosen),  # type: ignore[arg-type]  # an option has a start
            )
        return found

    def _start(self, day: date | None) -> date | None:
        return self._before if day is not None and day < self._first else day

    def _last(self, day: date | None) -> date | None:
        return None if day is not None and day >= self._end else day
