"""From which day a transfer of the contract takes effect (利用権の譲渡)."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.calendar import Month
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class TransferEffective:
    """The first of the month ``months_by_cut_off`` on for what is received by day ``cut_off_day``, else ``months_after``."""

    article: ArticleRef
    cut_off_day: int
    months_by_cut_off: int
    months_after: int


@dataclass(frozen=True, kw_only=True)
class TransferEffectiveFacts:
    """The day on which the request was ``received``."""

    received: date


@dataclass(frozen=True, kw_only=True)
class TransferEffectiveResult(Result):
    """The day from which the transferee holds all rights and debts."""

    effective: date


def transfer_effective(rule: TransferEffective, facts: TransferEffectiveFacts) -> TransferEffectiveResult:
    """The effective day of a transfer that the operator approves."""
    in_time = facts.received.day <= rule.cut_off_day
    effective = Month.of(facts.received).plus(rule.months_by_cut_off if in_time else rule.months_after).first
    line = Line(
        text="transfer_by_cut_off" if in_time else "transfer_after_cut_off",
        article=rule.article,
        from_=facts.received,
        to=effective,
    )
    return TransferEffectiveResult(article=rule.article, lines=(line,), effective=effective)
