"""Whether a base term renews by itself (サービス実施期間の自動継続)."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.calendar import DAY, latest_day_leaving, period_end
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """By ``renewal_months``, again and again, unless one side says otherwise ``notice_months`` before the term is over."""

    article: ArticleRef
    renewal_months: int
    notice_months: int


@dataclass(frozen=True, kw_only=True)
class RenewalFacts:
    """``term_ends`` is the last day of the term; ``declared`` the day either side declared that it shall not go on."""

    term_ends: date
    declared: date | None = None


@dataclass(frozen=True, kw_only=True)
class RenewalResult(Result):
    """Whether it ``renews``, the ``next_end`` if so, and the ``latest`` day for declaring otherwise."""

    renews: bool
    next_end: date | None
    latest: date


def renewal(rule: Renewal, facts: RenewalFacts) -> RenewalResult:
    """The next term, or none."""
    latest = latest_day_leaving(rule.notice_months, facts.term_ends)
    renews = facts.declared is None or facts.declared > latest
    start = facts.term_ends + DAY
    next_end = period_end(start, rule.renewal_months) if renews else None
    line = Line(
        text="renewal" if renews else "renewal_declined",
        article=rule.article,
        from_=start if next_end else None,
        to=next_end + DAY if next_end else None,
    )
    return RenewalResult(article=rule.article, lines=(line,), renews=renews, next_end=next_end, latest=latest)
