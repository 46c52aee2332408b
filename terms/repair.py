"""The tables of a document on faults: who looks first, who pays for a visit in vain, in which order repairs are done."""

from dataclasses import dataclass

from terms.article import ArticleRef


@dataclass(frozen=True, kw_only=True)
class Repair:
    """故障. ``own_check_article``: the subscriber looks at own equipment first (切分責任); ``test_article``: on request the
    operator tests and tells the result; ``dispatch_article``: a visit after a clear test costs the subscriber whose own
    equipment was at fault. ``maintained_exempt``: not for equipment that the operator maintains under a contract.
    ``order_article``: the order in which repairs are done.
    """

    article: ArticleRef
    own_check_article: ArticleRef | None = None
    test_article: ArticleRef | None = None
    dispatch_article: ArticleRef | None = None
    maintained_exempt: bool = False
    order_article: ArticleRef | None = None


@dataclass(frozen=True, kw_only=True)
class RepairRank:
    """One rank of the order in which equipment is repaired; 1 goes first."""

    rank: int
    article: ArticleRef
    label: str
    label_en: str
