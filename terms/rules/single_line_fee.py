"""The fee of the last line left in a group (契約者グループの契約者回線が1となった場合)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from terms.article import ArticleRef
from terms.calendar import DAY, period_end_after
from terms.result import Line, Result

Maintenance = Literal["type1", "type2"]


@dataclass(frozen=True, kw_only=True)
class SingleLineFee:
    """Once ``months`` have passed, counted from the day after the notice, the monthly fee is ``type1`` or ``type2`` yen."""

    article: ArticleRef
    months: int
    type1: int
    type2: int


@dataclass(frozen=True, kw_only=True)
class SingleLineFeeFacts:
    """The day the subscriber was ``notified``, and the ``maintenance`` type of the line."""

    notified: date
    maintenance: Maintenance


@dataclass(frozen=True, kw_only=True)
class SingleLineFeeResult(Result):
    """The ``fee`` in yen a month without tax, and the first day to which it ``applies_from``."""

    applies_from: date
    fee: int


def maintenance_of(subdivision: str) -> Maintenance:
    """The maintenance type of a subdivision such as "type1-2"; only what is named type 2 is of type 2."""
    return "type2" if subdivision.startswith("type2") else "type1"


def single_line_fee(rule: SingleLineFee, facts: SingleLineFeeFacts) -> SingleLineFeeResult:
    """From when, and how much."""
    applies_from = period_end_after(facts.notified, rule.months) + DAY
    fee = rule.type1 if facts.maintenance == "type1" else rule.type2
    line = Line(
        text="single_line",
        article=rule.article,
        from_=facts.notified + DAY,
        to=applies_from,
        rate=str(rule.months),
        amount=fee,
    )
    return SingleLineFeeResult(article=rule.article, lines=(line,), applies_from=applies_from, fee=fee)
