"""Whether a credit needs a 適格返還請求書 (qualified return invoice)."""

from dataclasses import dataclass

from terms.article import ArticleRef
from terms.facts import not_negative
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class ReturnInvoice:
    """A refund below ``least`` yen with tax needs none; judged for each refund."""

    article: ArticleRef
    least: int


@dataclass(frozen=True, kw_only=True)
class ReturnInvoiceFacts:
    """What is given back at once, in yen with tax."""

    total: int

    def __post_init__(self) -> None:
        not_negative(total=self.total)


@dataclass(frozen=True, kw_only=True)
class ReturnInvoiceResult(Result):
    """Whether one is ``needed``."""

    needed: bool


def return_invoice(rule: ReturnInvoice, facts: ReturnInvoiceFacts) -> ReturnInvoiceResult:
    """Needed from the least amount on."""
    needed = facts.total >= rule.least
    text = "return_invoice_needed" if needed else "return_invoice_not_needed"
    return ReturnInvoiceResult(
        article=rule.article,
        lines=(Line(text=text, article=rule.article, amount=facts.total),),
        needed=needed,
    )
