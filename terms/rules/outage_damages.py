"""Damages for an outage that is the operator's fault (責任の制限)."""

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Literal

from terms.article import ArticleRef
from terms.calendar import Month, japan_clock
from terms.errors import FactsError
from terms.facts import not_negative, require
from terms.result import Line, Result
from terms.rounding import CreditRounding, Exact, shares
from terms.rules.outage_credit import units


@dataclass(frozen=True, kw_only=True)
class OutageDamages:
    """For each full 24 hours since the operator knew of the outage, at ``basis``:

    "fee": the day's share of the fee; "fee_and_calls": and the average daily call charge of the months before;
    "previous_month": 1/``previous_month_base`` of the tariff month before, or this month's daily average where there is none.
    "elsewhere": terms that are not part of the document say how much; here are only the days. Not for intent or gross
    negligence: then the documents set no limit. ``partner_faults``: what another operator's service brought about counts as
    the operator's "own" fault; or likewise, but for all subscribers together no more than what that operator paid for it,
    "received"; or not at all. ``partner_courses``: the article that leaves to a partner's terms how much is owed for a course that
    the partner prices; without it such a course is as any other.
    """

    article: ArticleRef
    basis: Literal["fee", "fee_and_calls", "previous_month", "elsewhere"]
    calls_months: int | None = None
    previous_month_base: int = 30
    partner_faults: Literal["", "own", "received"] = ""
    partner_courses: ArticleRef | None = None
    rounding: CreditRounding


@dataclass(frozen=True, kw_only=True)
class OutageDamagesFacts:
    """When the operator ``known`` of the outage and when it was ``restored``; amounts in yen.

    ``calls_total`` and ``calls_days``: the call charges and days of the tariff months before the outage's, or of the time known.
    ``received``: what another operator paid for the failure of its service that brought the outage about, and ``all_limits`` what
    would be owed to all subscribers whom it concerns; both or neither. ``partner_priced``: a partner sets the price of the course.
    """

    known: datetime
    restored: datetime
    fee: int | None = None
    calls_total: int | None = None
    calls_days: int | None = None
    previous_month_total: int | None = None
    charged_so_far: int | None = None
    days_so_far: int | None = None
    received: int | None = None
    all_limits: int | None = None
    partner_priced: bool = False

    def __post_init__(self) -> None:
        not_negative(
            fee=self.fee,
            calls_total=self.calls_total,
            previous_month_total=self.previous_month_total,
            charged_so_far=self.charged_so_far,
            received=self.received,
            all_limits=self.all_limits,
        )
        require(
            (self.received is None) == (self.all_limits is None),
            "give both received and all_limits, or neither",
        )


@dataclass(frozen=True, kw_only=True)
class OutageDamagesResult(Result):
    """``amount`` in yen to which damages are limited, or that counts as the damage; for so many ``days`` of 24 hours. 0 where
    other terms say how much."""

    days: int
    amount: int


def outage_damages(rule: OutageDamages, facts: OutageDamagesFacts) -> OutageDamagesResult:
    """The sum for one outage. FactsError where the figures that the document's basis needs are missing."""
    rule = for_course(rule, partner_priced=facts.partner_priced)
    start, end = japan_clock(facts.known), japan_clock(facts.restored)
    pieces = list(units(start, end))
    if not pieces:
        line = Line(text="damages_too_short", article=rule.article, from_=start, to=max(start, end))
        return OutageDamagesResult(article=rule.article, lines=(line,), days=0, amount=0)
    if rule.basis == "elsewhere":
        line = Line(text="damages_elsewhere", article=rule.article, from_=start, to=end, days=len(pieces))
        return OutageDamagesResult(article=rule.article, lines=(line,), days=len(pieces), amount=0)
    text = (
        "damages_this_month"
        if rule.basis == "previous_month" and not used_before(facts)
        else f"damages_{rule.basis}"
    )
    exact = [daily(rule, facts, start) for start, _ in pieces]
    lines = tuple(
        Line(text=text, article=rule.article, from_=start, to=end, days=1, amount=amount)
        for (start, end), amount in zip(pieces, shares(exact, rule.rounding), strict=True)
    )
    lines += within_received(rule, facts, sum(line.amount for line in lines))
    return OutageDamagesResult(
        article=rule.article, lines=lines, days=len(pieces), amount=sum(line.amount for line in lines)
    )


def for_course(rule: OutageDamages, *, partner_priced: bool) -> OutageDamages:
    """The rule as it stands for a course: the partner's terms say how much, where a partner prices it and the document says so."""
    if not partner_priced or rule.partner_courses is None:
        return rule
    return replace(rule, article=rule.partner_courses, basis="elsewhere")


def within_received(rule: OutageDamages, facts: OutageDamagesFacts, amount: int) -> tuple[Line, ...]:
    """What comes off ``amount`` because all together are owed no more than what the other operator paid.

    The documents do not say how the sum is divided: here each gets the same part of what they would be owed, rounded down.
    """
    received, together = facts.received, facts.all_limits
    if rule.partner_faults != "received" or received is None or together is None or together <= received:
        return ()
    require(amount <= together, f"all_limits is {together}, but this one alone is {amount}")
    off = amount * received // together - amount
    return (Line(text="damages_received", article=rule.article, rate=f"{received}/{together}", amount=off),)


def daily(rule: OutageDamages, facts: OutageDamagesFacts, day: datetime) -> Fraction:
    """What one day that began on ``day`` counts."""
    if rule.basis == "previous_month":
        return previous_month(rule, facts)
    if facts.fee is None:
        raise FactsError(f"{rule.article} counts the fee of the days; give fee")
    share = Fraction(facts.fee, Month.of(day).days)
    if rule.basis == "fee":
        return share
    return share + average(rule, "calls_total", facts.calls_total, "calls_days", facts.calls_days)


def used_before(facts: OutageDamagesFacts) -> bool:
    """Whether the month before counts. One without any charge is one without use, if this month's figures are there to go by."""
    return facts.previous_month_total is not None and (
        facts.previous_month_total > 0 or facts.charged_so_far is None
    )


def previous_month(rule: OutageDamages, facts: OutageDamagesFacts) -> Fraction:
    """A day at the rate of the tariff month before, or of this one where there was no use before."""
    if facts.previous_month_total is not None and used_before(facts):
        return Fraction(facts.previous_month_total, rule.previous_month_base)
    return average(rule, "charged_so_far", facts.charged_so_far, "days_so_far", facts.days_so_far)


def average(
    rule: OutageDamages, total_name: str, total: Exact | None, days_name: str, days: int | None
) -> Fraction:
    """Total by days; 0 where nothing was charged in no time."""
    if total is None or days is None:
        raise FactsError(f"{rule.article} counts a daily average; give {total_name} and {days_name}")
    require(days > 0 or total == 0 == days, f"{days_name} is {days}, but {total_name} is {total}")
    return Fraction(total) / days if days else Fraction(0)
