"""The last day of a suspension (利用停止) that is not for a debt."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.calendar import DAY, period_end
from terms.facts import require
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class SuspensionEnd:
    """At most ``max_months``; absent where the document sets no cap and the operator's notice names the period."""

    article: ArticleRef
    max_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class SuspensionEndFacts:
    """``from_`` is the first day of the suspension; it is counted (Civil Code 140: the period starts at midnight)."""

    from_: date


@dataclass(frozen=True, kw_only=True)
class SuspensionEndResult(Result):
    """``last_day`` on which it may still be in force; None without a cap."""

    last_day: date | None


def suspension_end(rule: SuspensionEnd, facts: SuspensionEndFacts) -> SuspensionEndResult:
    """The longest suspension from that day. A suspension for a debt has no last day: it lasts until the debt is paid."""
    if rule.max_months is None:
        return SuspensionEndResult(article=rule.article, last_day=None)
    require(rule.max_months > 0, f"max_months is {rule.max_months}; it must be 1 or more")
    last = period_end(facts.from_, rule.max_months)
    line = Line(
        text="suspension_period",
        article=rule.article,
        from_=facts.from_,
        to=last + DAY,
        days=(last - facts.from_).days + 1,
    )
    return SuspensionEndResult(article=rule.article, lines=(line,), last_day=last)
