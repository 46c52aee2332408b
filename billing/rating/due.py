"""By which day an invoice is to be paid."""

from datetime import date

from terms.calendar import Month, bank_day_from


def due_date(*, month: date, months_after: int, day: int, issued_on: date) -> date:
    """The day of a later month, moved to the next day on which banks are open; a month later where it has passed already.

    ``month`` is the billing month by its first day.
    """
    later = Month.of(month).plus(months_after)
    due = bank_day_from(later.day(day))
    while due <= issued_on:
        later = later.plus(1)
        due = bank_day_from(later.day(day))
    return due
