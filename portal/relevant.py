"""The articles that a subscriber should know before asking for something."""

from datetime import date
from typing import Protocol

from contracts.kinds import articles_of
from contracts.models import Request
from terms.article import ArticleRef
from terms.document import Article
from terms.errors import TermsError
from terms.pack import Pack
from terms.registry import pack_for, statute
from terms.rules.construction_cancelled import ConstructionCancelled
from terms.rules.early_termination_fee import EarlyTerminationFee
from terms.rules.instalment_balance import InstalmentBalance
from terms.rules.minimum_term import MinimumTerm
from terms.rules.periodic_charge import PeriodicCharge
from terms.rules.termination_notice_deadline import TerminationNoticeDeadline


class _Cited(Protocol):
    """The parameters of a rule: they stand under the article that gives them."""

    @property
    def article(self) -> ArticleRef: ...


_ENDING_RULES: tuple[type[_Cited], ...] = (
    TerminationNoticeDeadline,
    EarlyTerminationFee,
    MinimumTerm,
    PeriodicCharge,
    InstalmentBalance,
)


def relevant_articles(terms_code: str, kind: str, on: date) -> list[tuple[str, Article]]:
    """Citation and article, of the version in force on a day, on a request of that kind."""
    try:
        pack = pack_for(terms_code, on, earliest=True)
    except TermsError:
        return []
    refs = [ref for ref in _cited(pack, kind, on) if ref is not None]
    return [(str(ref), article) for ref in dict.fromkeys(refs) if (article := _text(pack, ref, on))]


def _cited(pack: Pack, kind: str, on: date) -> list[ArticleRef | None]:
    match kind:
        case Request.Kind.PAUSE | Request.Kind.RESUME:
            return [pack.pause.article if pack.pause else None]
        case Request.Kind.CANCELLATION:
            return [*articles_of(pack, kind, on), _article(pack, ConstructionCancelled)]
        case Request.Kind.ENDING:
            return [
                pack.subscriber_ending.article if pack.subscriber_ending else None,
                *(_article(pack, rule) for rule in _ENDING_RULES),
            ]
        case _:
            return list(articles_of(pack, kind, on))


def _text(pack: Pack, ref: ArticleRef, on: date) -> Article | None:
    """The article itself, of the document or of the law."""
    source = pack if ref.pack == pack.code else statute(on, earliest=True)
    return source.articles.get(ref.head)


def _article(pack: Pack, rule: type[_Cited]) -> ArticleRef | None:
    return pack.rule(rule).article if pack.has(rule) else None
