"""The last day for cancelling a new contract in writing (初期契約解除)."""

from dataclasses import dataclass
from datetime import date, timedelta

from terms.article import ArticleRef
from terms.calendar import DAY
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class InitialCancellation:
    """``days``, the day on which the contract document was received being the first. Not for corporations, nor for contracts
    made before ``since``."""

    article: ArticleRef
    days: int
    since: date


@dataclass(frozen=True, kw_only=True)
class InitialCancellationFacts:
    """The day on which the contract document was ``received``."""

    received: date


@dataclass(frozen=True, kw_only=True)
class InitialCancellationResult(Result):
    """The last day on which the cancellation can be dispatched; it takes effect on dispatch."""

    last_day: date


def initial_cancellation(
    rule: InitialCancellation, facts: InitialCancellationFacts
) -> InitialCancellationResult:
    """The last day of dispatch."""
    last = facts.received + timedelta(rule.days - 1)
    line = Line(
        text="first_day_counts", article=rule.article, from_=facts.received, to=last + DAY, days=rule.days
    )
    return InitialCancellationResult(article=rule.article, lines=(line,), last_day=last)
