"""When an invoice is due: on the day printed on it, or before, because all debts of its subscriber fell due at once.

An invoice is never edited. Where an acceleration (期限の利益の喪失) stands, what is owed for the month of its day and those
before was due on that day; what is asked for only later is due on its day of issue (issue_chunk prints it so). The months
after it are due as printed.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest, Least

from billing.models import Invoice
from contracts.models import Acceleration

FALLS_DUE = """
least(invoice.due_on,
      (SELECT min(greatest(acceleration.accelerated_on, invoice.issued_on))
         FROM contracts_acceleration acceleration
         JOIN billing_billingaccount debtor ON debtor.subscriber_id = acceleration.subscriber_id
        WHERE debtor.id = invoice.account_id AND acceleration.terms_code = invoice.terms_code
          AND acceleration.withdrawn_on IS NULL AND acceleration.accelerated_on >= invoice.month))
"""
"""The same as SQL, on ``billing_invoice invoice``."""


def with_falling_due(invoices: QuerySet[Invoice]) -> QuerySet[Any]:
    """The invoices with ``falls_due``, the day on which each is due; to filter, order and sum by."""
    standing = (
        Acceleration.objects.filter(
            subscriber__billing_account=OuterRef("account_id"),
            terms_code=OuterRef("terms_code"),
            withdrawn_on__isnull=True,
            accelerated_on__gte=OuterRef("month"),
        )
        .order_by("accelerated_on")
        .values(day=Greatest(F("accelerated_on"), OuterRef("issued_on")))[:1]
    )
    column: dict[str, Any] = {"falls_due": Least("due_on", Subquery(standing))}
    return invoices.annotate(**column)


def falls_due(invoice: Invoice) -> date:
    """The day on which an issued invoice is due."""
    return due_of(invoice, acceleration_of(invoice))


def due_of(invoice: Invoice, acceleration: Acceleration | None) -> date:
    """The same, where what made it due before its day was read already."""
    assert invoice.due_on is not None, "an issued invoice has a due date"
    assert invoice.issued_on is not None, "an issued invoice has a day of issue"
    if acceleration is None:
        return invoice.due_on
    return max(acceleration.accelerated_on, invoice.issued_on)


def acceleration_of(invoice: Invoice) -> Acceleration | None:
    """What made an issued invoice due before the day printed on it; None where that day holds."""
    return accelerations_of([invoice]).get(invoice.pk)


def accelerations_of(invoices: Sequence[Invoice]) -> dict[int, Acceleration]:
    """What made issued invoices due before their day, by the ID of the invoice; one query for all of them."""
    standing: dict[tuple[int, str], list[Acceleration]] = {}
    accounts = {invoice.account_id for invoice in invoices}
    rows = Acceleration.objects.filter(
        subscriber__billing_account__in=accounts, withdrawn_on__isnull=True
    ).annotate(account=F("subscriber__billing_account"))
    for row in rows.order_by("accelerated_on"):
        standing.setdefault((row.account, row.terms_code), []).append(row)
    found: dict[int, Acceleration] = {}
    for invoice in invoices:
        for each in standing.get((invoice.account_id, invoice.terms_code), ()):
            if each.accelerated_on >= invoice.month:
                if invoice.due_on is not None and due_of(invoice, each) < invoice.due_on:
                    found[invoice.pk] = each
                break
    return found
