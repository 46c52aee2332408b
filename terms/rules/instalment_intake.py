"""Whether works may still be put on instalments (割賦の新規受付)."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.calendar import DAY
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class InstalmentIntake:
    """Closed with the end of ``last_day``; absent while it is open."""

    article: ArticleRef
    last_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class InstalmentIntakeFacts:
    """The day on which instalments were ``requested``."""

    requested: date


@dataclass(frozen=True, kw_only=True)
class InstalmentIntakeResult(Result):
    """Whether the request can be ``accepted``."""

    accepted: bool


def instalment_intake(rule: InstalmentIntake, facts: InstalmentIntakeFacts) -> InstalmentIntakeResult:
    """Whether intake was open on that day."""
    accepted = rule.last_day is None or facts.requested <= rule.last_day
    line = Line(
        text="intake_open" if accepted else "intake_closed",
        article=rule.article,
        to=rule.last_day + DAY if rule.last_day else None,
    )
    return InstalmentIntakeResult(article=rule.article, lines=(line,), accepted=accepted)
