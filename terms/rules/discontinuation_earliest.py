"""The earliest day on which a service may be discontinued after notice (サービスの廃止)."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.calendar import DAY, period_end_after
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class DiscontinuationEarliest:
    """``months`` of notice in full. ``with_upstream``: what depends on another operator's service may end together with it."""

    article: ArticleRef
    months: int
    with_upstream: bool = False


@dataclass(frozen=True, kw_only=True)
class DiscontinuationEarliestFacts:
    """The day the subscribers were ``notified``; the day ``upstream_ends`` where the service hangs on another operator's."""

    notified: date
    upstream_ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class DiscontinuationEarliestResult(Result):
    """``earliest`` day on which it may be gone."""

    earliest: date


def discontinuation_earliest(
    rule: DiscontinuationEarliest, facts: DiscontinuationEarliestFacts
) -> DiscontinuationEarliestResult:
    """The day after the full period of notice, or the day the upstream service ends if that is earlier."""
    earliest = period_end_after(facts.notified, rule.months) + DAY
    upstream = facts.upstream_ends
    if rule.with_upstream and upstream is not None and upstream < earliest:
        line = Line(text="discontinuation_upstream", article=rule.article, to=upstream)
        return DiscontinuationEarliestResult(article=rule.article, lines=(line,), earliest=upstream)
    line = Line(
        text="notice_period",
        article=rule.article,
        from_=facts.notified + DAY,
        to=earliest,
        rate=str(rule.months),
    )
    return DiscontinuationEarliestResult(article=rule.article, lines=(line,), earliest=earliest)
