"""How long invoices and books are kept. Nothing of them is erased by itself: the law wants them for their time."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice
from contracts.retention.category import Category
from contracts.retention.own import BOOKS_DAYS
from terms.article import ArticleRef


def debtors() -> QuerySet[Invoice, Any]:
    """The keys of subscribers with a claim that is open or not asked for yet, or that another collects."""
    open_ = (Invoice.State.DRAFT, Invoice.State.ISSUED, Invoice.State.ASSIGNED)
    return Invoice.objects.filter(state__in=open_).values("account__subscriber")


CATEGORIES = (
    Category(
        code="invoices",
        label=_("invoices and books"),
        counted_from=_("the closing of the books of the year"),
        article=ArticleRef("statute", "会社法432"),
        least_days=BOOKS_DAYS,
    ),
)
