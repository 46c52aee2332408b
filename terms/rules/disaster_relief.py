"""What a disaster takes off charges for a time (料金等の臨時減免)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from terms.article import ArticleRef
from terms.facts import not_negative, require
from terms.result import Line, Result
from terms.rounding import CreditRounding, yen


@dataclass(frozen=True, kw_only=True)
class DisasterRelief:
    """``when``: in a disaster, or already where one threatens. ``covers``: charges for use and handling, costs of works.

    ``announced``: it is made known by e-mail or on the web page.
    """

    article: ArticleRef
    when: tuple[Literal["disaster", "threat"], ...]
    covers: tuple[Literal["charges", "works"], ...]
    announced: bool
    rounding: CreditRounding


@dataclass(frozen=True, kw_only=True)
class DisasterReliefFacts:
    """A charge of ``amount`` yen without tax for the days [from_, to), and ``percent`` off in [since, until)."""

    amount: int
    from_: date
    to: date
    since: date
    until: date
    percent: int

    def __post_init__(self) -> None:
        not_negative(amount=self.amount)
        require(self.from_ < self.to, f"to {self.to} does not lie after from {self.from_}")
        require(self.since < self.until, f"until {self.until} does not lie after since {self.since}")
        require(0 < self.percent <= 100, f"{self.percent} percent is not between 1 and 100")


@dataclass(frozen=True, kw_only=True)
class DisasterReliefResult(Result):
    """``amount`` in yen that is not asked for."""

    amount: int


def disaster_relief(rule: DisasterRelief, facts: DisasterReliefFacts) -> DisasterReliefResult:
    """The share of the days that both have in common, rounded once."""
    from_, to = max(facts.from_, facts.since), min(facts.to, facts.until)
    days = max((to - from_).days, 0)
    if not days:
        return DisasterReliefResult(article=rule.article, lines=(), amount=0)
    share = Fraction(days * facts.percent, (facts.to - facts.from_).days * 100)
    amount = yen(facts.amount * share, rule.rounding)
    line = Line(
        text="disaster_relief",
        article=rule.article,
        from_=from_,
        to=to,
        days=days,
        rate=f"{facts.percent}%",
        amount=amount,
    )
    return DisasterReliefResult(article=rule.article, lines=(line,), amount=amount)
