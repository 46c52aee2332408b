"""Which invoices ask for several months together (料金の一括後払い)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from billing.models import Invoice, LumpPayment
from billing.selectors import unbilled_since
from contracts.models import Subscriber


def lumps_of(invoices: Sequence[Invoice]) -> dict[int, LumpPayment]:
    """What made invoices of runs ask for several months at once, by the ID of the invoice; one query for all of them."""
    rows = LumpPayment.objects.filter(
        account__in={invoice.account_id for invoice in invoices},
        last_month__in={invoice.month for invoice in invoices},
    )
    found: dict[Any, LumpPayment] = {(row.account_id, row.terms_code, row.last_month): row for row in rows}
    keys = {
        invoice.pk: (invoice.account_id, invoice.terms_code, invoice.month)
        for invoice in invoices
        if invoice.run_id is not None
    }
    return {pk: found[key] for pk, key in keys.items() if key in found}


def running_lumps(subscriber: Subscriber) -> QuerySet[LumpPayment]:
    """The months that a subscriber pays together and that are not billed yet, the nearest first."""
    found = LumpPayment.objects.filter(account__subscriber=subscriber).order_by("last_month", "id")
    unbilled = unbilled_since()
    return found.filter(last_month__gte=unbilled) if unbilled else found
