"""What was sold: revenue by document and service."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from terms.calendar import Month


@dataclass(frozen=True)
class Revenue:
    """Yen without tax that were invoiced for a product, or for what belongs to none, under a document."""

    terms_code: str
    product: str
    net: int
    charges: int


def revenue_by_service(month: date) -> list[Revenue]:
    """Of the invoices issued in a month, the largest first."""
    whole = Month.of(month)
    with connection.cursor() as cursor:
        cursor.execute(_REVENUE, {"since": whole.first, "until": whole.end})
        return [Revenue(*row) for row in cursor.fetchall()]


def revenue_by_month(*, until: date, months: int = 12) -> list[tuple[date, int]]:
    """Yen without tax invoiced in each of the months up to that of ``until``, the earliest first: what revenue_by_service adds
    up to."""
    last = Month.of(until)
    first = last.plus(1 - months)
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, {"since": first.first, "until": last.end})
        found = {row[0]: int(row[1]) for row in cursor.fetchall()}
    days = [first.plus(number).first for number in range(months)]
    return [(day, found.get(day, 0)) for day in days]


# What a contract had before its item changed is revenue of the item that it had.
_REVENUE = """
WITH earlier AS (
     SELECT change.contract_id, change.old_id,
            daterange(lag(change."on") OVER (PARTITION BY change.contract_id ORDER BY change."on"), change."on") AS days
       FROM contracts_productchange change
)
SELECT charge.terms_code, COALESCE(product.name, ''), sum(charge.amount)::bigint, count(*)
  FROM billing_invoice invoice
  JOIN billing_charge charge ON charge.invoice_id = invoice.id
  LEFT JOIN contracts_contract contract ON contract.id = charge.contract_id
  LEFT JOIN earlier ON earlier.contract_id = charge.contract_id AND earlier.days @> lower(charge.period)
  LEFT JOIN contracts_product product ON product.id = COALESCE(earlier.old_id, contract.product_id)
 WHERE invoice.state <> 'draft' AND invoice.issued_on >= %(since)s AND invoice.issued_on < %(until)s
   AND charge.kind NOT IN ('late_interest', 'partner')
 GROUP BY charge.terms_code, product.name
 ORDER BY 3 DESC, 1, 2
"""

_BY_MONTH = """
SELECT date_trunc('month', invoice.issued_on)::date,
       -- Late interest and what is a partner's are no sales; both stand outside of the tax.
       sum(tax.net - COALESCE((SELECT sum(charge.amount) FROM billing_charge charge
                                WHERE tax.tax_category = 'outside' AND charge.invoice_id = invoice.id
                                  AND charge.kind IN ('late_interest', 'partner')), 0))
  FROM billing_invoice invoice JOIN billing_invoicetax tax ON tax.invoice_id = invoice.id
 WHERE invoice.state <> 'draft' AND invoice.issued_on >= %(since)s AND invoice.issued_on < %(until)s
 GROUP BY 1
"""
