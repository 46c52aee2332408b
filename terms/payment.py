"""The tables of a document on how charges are asked for and paid otherwise than month by month."""

from dataclasses import dataclass

from terms.article import ArticleRef


@dataclass(frozen=True, kw_only=True)
class LumpPayment:
    """料金の一括後払い: the charges of ``least_months`` or more paid together, where the subscriber consents."""

    article: ArticleRef
    least_months: int


@dataclass(frozen=True, kw_only=True)
class AdvancePayment:
    """前受金: taken at the subscriber's wish for what will be asked for later. It bears no interest."""

    article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class ChargingAtOnce:
    """随時計算: where the operator finds it needed, fees for use are computed without waiting for the end of their month."""

    article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class Underbilling:
    """過小請求: what was billed too low is still owed in full."""

    article: ArticleRef
