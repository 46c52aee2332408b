"""Late interest (延滞利息, 支払遅延)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from terms.article import ArticleRef
from terms.facts import not_negative, require
from terms.result import Line, Result
from terms.rounding import ChargeRounding, shares

Year = Literal["actual", "365"]


@dataclass(frozen=True, kw_only=True)
class LateInterest:
    """``annual_rate`` a year from the day after the due date.

    ``grace_days``: none at all where it is paid within so many days counted from the day after the due date; past them it
    runs from the due date, not from their end. ``payment_day_counts``: through the payment day, else to the day before.
    ``year``: a day is 1/365 always, or 1/366 in leap years ("actual"); ``assigned_year`` the same for claims assigned to a
    billing operator. ``both_parties``: the operator owes it too.
    """

    article: ArticleRef
    annual_rate: Decimal
    grace_days: int
    payment_day_counts: bool
    year: Year
    assigned_year: Year | None = None
    both_parties: bool = False
    rounding: ChargeRounding


@dataclass(frozen=True, kw_only=True)
class LateInterestFacts:
    """A debt in yen, its due date and the day it was paid; ``assigned`` to a billing operator or not; owed by whom."""

    principal: int
    due: date
    paid: date
    assigned: bool = False
    debtor: Literal["subscriber", "operator"] = "subscriber"

    def __post_init__(self) -> None:
        not_negative(principal=self.principal)


@dataclass(frozen=True, kw_only=True)
class LateInterestResult(Result):
    """``days`` that bear interest and its ``amount`` in yen; a line for each calendar year."""

    days: int
    amount: int


def late_interest(rule: LateInterest, facts: LateInterestFacts) -> LateInterestResult:
    """Interest on one payment. FactsError where the clause does not bind the debtor (the law's rate applies then)."""
    require(
        facts.debtor == "subscriber" or rule.both_parties,
        f"{rule.article} binds subscribers alone; what the operator owes bears the law's rate (民法404)",
    )
    first = facts.due + timedelta(1)
    end = facts.paid + timedelta(1) if rule.payment_day_counts else facts.paid
    days = (end - first).days
    if days <= 0 or (facts.paid - facts.due).days <= rule.grace_days:
        why = "late_interest_in_time" if facts.paid <= facts.due else "late_interest_grace"
        line = Line(text=why, article=rule.article, to=facts.paid, days=0, rate=str(rule.grace_days))
        return LateInterestResult(article=rule.article, lines=(line,), days=0, amount=0)
    year = rule.assigned_year if facts.assigned and rule.assigned_year else rule.year
    stretches = list(by_year(first, end, year))
    exact = [Fraction(rule.annual_rate) * facts.principal * count / base for _, _, count, base in stretches]
    lines = tuple(
        Line(
            text="late_interest",
            article=rule.article,
            from_=start,
            to=stop,
            days=count,
            rate=f"{rule.annual_rate}/{base}",
            amount=amount,
        )
        for (start, stop, count, base), amount in zip(stretches, shares(exact, rule.rounding), strict=True)
    )
    return LateInterestResult(
        article=rule.article, lines=lines, days=days, amount=sum(line.amount for line in lines)
    )


def by_year(first: date, end: date, year: Year) -> Iterator[tuple[date, date, int, int]]:
    """Cut [first, end) at new years: start, end, days, and of how many days that year has for this purpose."""
    while first < end:
        stop = min(end, date(first.year + 1, 1, 1))
        length = (date(first.year + 1, 1, 1) - date(first.year, 1, 1)).days
        yield first, stop, (stop - first).days, length if year == "actual" else 365
        first = stop
