"""Whether a discount on the first works is owed back (初期費用割引の解約金)."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.calendar import Month
from terms.facts import require
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class DiscountClawback:
    """Owed when cancelled within ``months``, the month in which the service started being the first."""

    article: ArticleRef
    months: int


@dataclass(frozen=True, kw_only=True)
class DiscountClawbackFacts:
    """The month the discounted service started (``start_month``), and the day it was ``cancelled``."""

    start_month: Month
    cancelled: date


@dataclass(frozen=True, kw_only=True)
class DiscountClawbackResult(Result):
    """Whether it is ``due``, and the ``last_day`` on which a cancellation makes it due."""

    due: bool
    last_day: date


def discount_clawback(rule: DiscountClawback, facts: DiscountClawbackFacts) -> DiscountClawbackResult:
    """Whether the discount is owed back. FactsError for a cancellation before the start month."""
    require(
        facts.cancelled >= facts.start_month.first,
        f"cancelled {facts.cancelled} lies before start_month {facts.start_month}",
    )
    end = facts.start_month.plus(rule.months)
    last_day = end.plus(-1).last
    line = Line(
        text="clawback_period",
        article=rule.article,
        from_=facts.start_month.first,
        to=end.first,
        rate=str(rule.months),
    )
    return DiscountClawbackResult(
        article=rule.article, lines=(line,), due=facts.cancelled <= last_day, last_day=last_day
    )
