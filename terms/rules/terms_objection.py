"""Whether an objection to new terms ends the contract (約款の変更への異議)."""

from dataclasses import dataclass
from datetime import date, datetime

from terms.article import ArticleRef
from terms.calendar import japan_clock
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class TermsObjection:
    """``ends_contract``: an objection that arrives by the effective day ends the contract on that day; false where the
    document knows no objection."""

    article: ArticleRef
    ends_contract: bool


@dataclass(frozen=True, kw_only=True)
class TermsObjectionFacts:
    """The day on which the change is ``effective``, and when the written objection was ``received``."""

    effective: date
    received: datetime


@dataclass(frozen=True, kw_only=True)
class TermsObjectionResult(Result):
    """Whether the contract ``ends``, and its last day if so."""

    ends: bool
    ends_on: date | None


def terms_objection(rule: TermsObjection, facts: TermsObjectionFacts) -> TermsObjectionResult:
    """In time until the end of the effective day (Civil Code 141)."""
    ends = rule.ends_contract and japan_clock(facts.received).date() <= facts.effective
    line = Line(
        text="objection_in_time" if ends else "objection_without_effect",
        article=rule.article,
        to=facts.effective,
    )
    return TermsObjectionResult(
        article=rule.article, lines=(line,), ends=ends, ends_on=facts.effective if ends else None
    )
