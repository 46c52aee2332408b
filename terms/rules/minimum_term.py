"""What the tariff asks for an ending within the minimum term of a course (最低利用期間, 解除料, 解約手数料)."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.calendar import DAY, period_end
from terms.facts import not_negative, require
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class MinimumTerm:
    """Length and sums are the course's. ``handling_fee_too``: the handling fee of an ending is owed besides, also later."""

    article: ArticleRef
    handling_fee_too: bool


@dataclass(frozen=True, kw_only=True)
class MinimumTermFacts:
    """Service from ``start``, a minimum of ``months``, the last day ``ends_on``; the tariff's ``fee`` for ending early and
    ``handling`` fee in yen."""

    start: date
    months: int
    ends_on: date
    fee: int
    handling: int = 0

    def __post_init__(self) -> None:
        not_negative(months=self.months, fee=self.fee, handling=self.handling)
        require(self.ends_on >= self.start, f"ends_on {self.ends_on} lies before start {self.start}")


@dataclass(frozen=True, kw_only=True)
class MinimumTermResult(Result):
    """Whether it ends ``within`` the minimum term, whose last day is ``term_ends``, and the ``amount`` in yen."""

    within: bool
    term_ends: date | None
    amount: int


def minimum_term(rule: MinimumTerm, facts: MinimumTermFacts) -> MinimumTermResult:
    """A contract that lasts through the last day of the term has fulfilled it."""
    term_ends = period_end(facts.start, facts.months) if facts.months else None
    within = term_ends is not None and facts.ends_on < term_ends
    lines = []
    if within and term_ends:
        lines.append(
            Line(
                text="minimum_term",
                article=rule.article,
                from_=facts.start,
                to=term_ends + DAY,
                amount=facts.fee,
            )
        )
    if rule.handling_fee_too and facts.handling:
        lines.append(Line(text="ending_handling_fee", article=rule.article, amount=facts.handling))
    return MinimumTermResult(
        article=rule.article,
        lines=tuple(lines),
        within=within,
        term_ends=term_ends,
        amount=sum(line.amount for line in lines),
    )
