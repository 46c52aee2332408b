"""From which day a change of the terms can bind, counted from its posting (約款の変更)."""

from dataclasses import dataclass
from datetime import date, timedelta

from terms.article import ArticleRef
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class TermsChangeEffective:
    """``days`` after posting; 0: on posting. A document that asks for a reasonable period has no number, and no table."""

    article: ArticleRef
    days: int


@dataclass(frozen=True, kw_only=True)
class TermsChangeEffectiveFacts:
    """The day on which the change was ``posted``."""

    posted: date


@dataclass(frozen=True, kw_only=True)
class TermsChangeEffectiveResult(Result):
    """The earliest day on which the change is ``effective``. The law (民法548の4) asks that it be announced before."""

    effective: date


def terms_change_effective(
    rule: TermsChangeEffective, facts: TermsChangeEffectiveFacts
) -> TermsChangeEffectiveResult:
    """The day from which the new terms apply."""
    effective = facts.posted + timedelta(rule.days)
    line = Line(text="terms_posted", article=rule.article, from_=facts.posted, to=effective, days=rule.days)
    return TermsChangeEffectiveResult(article=rule.article, lines=(line,), effective=effective)
