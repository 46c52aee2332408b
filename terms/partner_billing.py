"""Claims between the operator and other carriers: bought ones, and those that one collects as the other's agent."""

from dataclasses import dataclass

from terms.article import ArticleRef


@dataclass(frozen=True, kw_only=True)
class PurchasedClaims:
    """A carrier's claims are bought and billed here, without telling the subscriber of each.

    ``consent``: the consent that it rests on. ``deemed_own``: by which article they count as the operator's own charges.
    ``with_contract``: only of a carrier with which the subscriber has the contract of [partner_contracts].
    """

    article: ArticleRef
    consent: str
    deemed_own: ArticleRef | None = None
    with_contract: bool = False


@dataclass(frozen=True, kw_only=True)
class Collection:
    """At the subscriber's wish one company asks for the other's charges as its agent.

    Each condition and the abolition on the first overdue sum with the article that gives it.
    """

    article: ArticleRef
    no_arrears: ArticleRef
    partner_agrees: ArticleRef
    no_hindrance: ArticleRef
    abolition: ArticleRef
