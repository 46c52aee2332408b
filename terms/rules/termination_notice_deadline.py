"""How long before the ending a subscriber must give notice (契約者が行う解除・甲の中途解約)."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.calendar import DAY, latest_day_leaving, period_end_after
from terms.refusal import Refusal
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class TerminationNoticeDeadline:
    """``months`` that must remain in full after the day of notice; 0: in advance, without a minimum."""

    article: ArticleRef
    months: int


@dataclass(frozen=True, kw_only=True)
class TerminationNoticeDeadlineFacts:
    """``ends_on`` is the last day of the contract."""

    ends_on: date


@dataclass(frozen=True, kw_only=True)
class TerminationNoticeDeadlineResult(Result):
    """``latest`` day on which notice is still in time."""

    latest: date


def termination_notice_deadline(
    rule: TerminationNoticeDeadline, facts: TerminationNoticeDeadlineFacts
) -> TerminationNoticeDeadlineResult:
    """The latest day of notice for an ending on that day."""
    if not rule.months:
        line = Line(text="notice_in_advance", article=rule.article, to=facts.ends_on)
        return TerminationNoticeDeadlineResult(article=rule.article, lines=(line,), latest=facts.ends_on)
    latest = latest_day_leaving(rule.months, facts.ends_on)
    line = Line(
        text="notice_period",
        article=rule.article,
        from_=latest + DAY,
        to=facts.ends_on + DAY,
        rate=str(rule.months),
    )
    return TerminationNoticeDeadlineResult(article=rule.article, lines=(line,), latest=latest)


def earliest_ending(rule: TerminationNoticeDeadline, notified: date) -> date:
    """The first day on which a contract may end after notice on a day: the same question from the other side."""
    return period_end_after(notified, rule.months) if rule.months else notified


def notice_period(rule: TerminationNoticeDeadline, notified: date, ends_on: date) -> Refusal | None:
    """A guard: None where notice on that day is in time for the ending wished for, otherwise why not and from when."""
    earliest = earliest_ending(rule, notified)
    if ends_on >= earliest:
        return None
    return Refusal(
        rule.article,
        "notice_too_late",
        f"notice on {notified.isoformat()} is too late for an ending on {ends_on.isoformat()}; "
        f"the earliest possible day is {earliest.isoformat()}",
    )
