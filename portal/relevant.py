"""The articles that a subscriber should know before asking for something."""

from datetime import date

from contracts.models import Contract, Request
from terms.article import ArticleRef
from terms.document import Article
from terms.errors import TermsError
from terms.pack import Pack
from terms.registry import pack_for
from terms.rules.construction_cancelled import ConstructionCancelled
from terms.rules.early_termination_fee import EarlyTerminationFee
from terms.rules.instalment_balance import InstalmentBalance
from terms.rules.minimum_term import MinimumTerm
from terms.rules.periodic_charge import PeriodicCharge
from terms.rules.termination_notice_deadline import TerminationNoticeDeadline


def relevant_articles(contract: Contract, kind: str, on: date) -> list[tuple[str, Article]]:
    """Citation and article, of the version in force on a day, on a request of that kind."""
    try:
        pack = pack_for(contract.terms_code, on)
    except TermsError:
        return []
    refs = [ref for ref in _cited(pack, kind) if ref is not None]
    return [(str(ref), pack.articles[ref.head]) for ref in dict.fromkeys(refs)]


def _cited(pack: Pack, kind: str) -> list[ArticleRef | None]:
    match kind:
        case Request.Kind.PAUSE | Request.Kind.RESUME:
            return [pack.pause.article if pack.pause else None]
        case Request.Kind.CANCELLATION:
            return [pack.rule(ConstructionCancelled).article if pack.has(ConstructionCancelled) else None]
        case Request.Kind.ENDING:
            rules = (TerminationNoticeDeadline, EarlyTerminationFee, MinimumTerm, PeriodicCharge, InstalmentBalance)
            known = [pack.rule(rule).article for rule in rules if pack.has(rule)]
            return [pack.subscriber_ending.article if pack.subscriber_ending else None, *known]
        case _:
            return []
