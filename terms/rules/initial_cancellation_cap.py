"""How much of works, or of the making of the contract, stays charged after an initial cancellation (初期契約解除)."""

from dataclasses import dataclass

from terms.article import ArticleRef
from terms.facts import not_negative
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class InitialCancellationCap:
    """Up to the sums that the minister publishes; the sums themselves are in no document and are entered as tariffs."""

    article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class InitialCancellationCapFacts:
    """Yen without tax: what was ``charged`` for one of the two, and the ``published`` sum for it, 0 while none is known."""

    charged: int
    published: int

    def __post_init__(self) -> None:
        not_negative(charged=self.charged, published=self.published)


@dataclass(frozen=True, kw_only=True)
class InitialCancellationCapResult(Result):
    """The yen that ``stays`` charged, and what is given ``back``."""

    stays: int
    back: int


def initial_cancellation_cap(
    rule: InitialCancellationCap, facts: InitialCancellationCapFacts
) -> InitialCancellationCapResult:
    """What was charged, no more than was published."""
    stays = min(facts.charged, facts.published)
    line = Line(text="initial_cancellation_capped", article=rule.article, amount=facts.published)
    return InitialCancellationCapResult(
        article=rule.article, lines=(line,), stays=stays, back=facts.charged - stays
    )
