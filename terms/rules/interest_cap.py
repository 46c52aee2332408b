"""How much late interest the law lets stand (消費者契約法9, 法定利率)."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from terms.article import ArticleRef
from terms.facts import not_negative
from terms.result import Result
from terms.rounding import ChargeRounding
from terms.rules.late_interest import LateInterest, LateInterestFacts, LateInterestResult, late_interest

Claim = Literal["charge", "cancellation_charge"]


@dataclass(frozen=True, kw_only=True)
class InterestCap:
    """Above ``annual_rate``, for the days from the day after the due date through the payment day, a consumer owes nothing.

    A day of a leap year is 1/366: counting 1/365 would exceed the yearly rate over the whole of it.
    """

    article: ArticleRef
    annual_rate: Decimal
    rounding: ChargeRounding


@dataclass(frozen=True, kw_only=True)
class InterestCapFacts:
    """A debt in yen, its due date and the day it was paid."""

    principal: int
    due: date
    paid: date

    def __post_init__(self) -> None:
        not_negative(principal=self.principal)


@dataclass(frozen=True, kw_only=True)
class InterestCapResult(Result):
    """The highest ``amount`` in yen that the law lets stand."""

    amount: int


def interest_cap(rule: InterestCap, facts: InterestCapFacts) -> InterestCapResult:
    """The cap in yen for one payment."""
    at_cap = LateInterest(
        article=rule.article,
        annual_rate=rule.annual_rate,
        grace_days=0,
        payment_day_counts=True,
        year="actual",
        rounding=rule.rounding,
    )
    found = late_interest(
        at_cap, LateInterestFacts(principal=facts.principal, due=facts.due, paid=facts.paid)
    )
    lines = tuple(replace(line, text="interest_cap") for line in found.lines)
    return InterestCapResult(article=rule.article, lines=lines, amount=found.amount)


def lawful_interest(
    document: LateInterest | None,
    law: LateInterest,
    cap: InterestCap,
    facts: LateInterestFacts,
    *,
    consumer: bool,
    claim: Claim = "charge",
) -> LateInterestResult:
    """The interest that is really owed: the document's where it binds the debtor, else the law's; for a consumer no more
    than the cap, and on what is claimed for a cancellation the law's rate only (施行規則22の2の13の2)."""
    bound = document is not None and (facts.debtor == "subscriber" or document.both_parties)
    if document is None or not bound or (consumer and claim == "cancellation_charge"):
        return late_interest(law, facts)
    found = late_interest(document, facts)
    limit = interest_cap(cap, InterestCapFacts(principal=facts.principal, due=facts.due, paid=facts.paid))
    if not consumer or found.amount <= limit.amount:
        return found
    days = sum(line.days or 0 for line in limit.lines)
    return LateInterestResult(article=limit.article, lines=limit.lines, days=days, amount=limit.amount)
