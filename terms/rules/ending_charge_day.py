"""Until which day a contract is charged that ends on a given day. Follows from ``periodic_charge``; it has no table of its own."""

from datetime import date

from terms.calendar import DAY, Month, tariff_month_end
from terms.facts import require
from terms.rules.periodic_charge import PeriodicCharge


def ending_charge_day(
    rule: PeriodicCharge, start: date, end: date, *, option: bool = False, cycle_day: int | None = None
) -> date | None:
    """The last day charged, ``end`` being the day of ending: itself, the day before, or the last of its month or tariff month.

    None where nothing is charged at all (charging starts the month after, and it ends before). FactsError for an end before
    the start.
    """
    require(end >= start, f"end {end} lies before start {start}")
    if rule.basis == "day":
        return end if rule.end_day_charged or end == start else end - DAY
    if rule.basis == "tariff_month":
        return tariff_month_end(end, start.day if cycle_day is None else cycle_day) - DAY
    late = (rule.option_first_month if option else rule.first_month) == "next"
    return None if late and Month.of(end) == Month.of(start) else Month.of(end).last
