"""Until when an approval number for moving a line is good (転用承諾番号, 事業者変更承諾番号)."""

from dataclasses import dataclass
from datetime import date, timedelta

from terms.article import ArticleRef
from terms.calendar import DAY
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class ApprovalNumber:
    """Good for ``days``, the day of issue being the first."""

    article: ArticleRef
    days: int


@dataclass(frozen=True, kw_only=True)
class ApprovalNumberFacts:
    """The day on which the number was ``issued``."""

    issued: date


@dataclass(frozen=True, kw_only=True)
class ApprovalNumberResult(Result):
    """The last day on which it is good."""

    valid_through: date


def approval_number(rule: ApprovalNumber, facts: ApprovalNumberFacts) -> ApprovalNumberResult:
    """The last good day."""
    last = facts.issued + timedelta(rule.days - 1)
    line = Line(
        text="first_day_counts", article=rule.article, from_=facts.issued, to=last + DAY, days=rule.days
    )
    return ApprovalNumberResult(article=rule.article, lines=(line,), valid_through=last)
