"""Hold the drafts of a run that are odd by the operator's review policies."""

from django.db import connection

from billing.models import BillingRun
from terms.calendar import Month

_EVERY = (0, 2**63 - 1)


def hold_odd_invoices(run: BillingRun, first_account: int = _EVERY[0], last_account: int = _EVERY[1]) -> int:
    """Compare the drafts of the accounts with the policies of the last day of the month. How many are held anew.

    A document without a policy holds nothing. In the caller's transaction; safe to call again.
    """
    month = Month.of(run.month)
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLD,
            {
                "run": run.pk,
                "on": month.last,
                "before": month.plus(-1).first,
                "first": first_account,
                "last": last_account,
            },
        )
        return int(cursor.rowcount)


_HOLD = """
WITH policy AS MATERIALIZED (
    SELECT DISTINCT ON (terms_code) terms_code, ceiling, times, difference
      FROM billing_reviewpolicy WHERE valid_from <= %(on)s
     ORDER BY terms_code, valid_from DESC
)
INSERT INTO billing_heldinvoice (invoice_id, kind, total, before, reason)
SELECT invoice.id,
       CASE WHEN invoice.total > policy.ceiling THEN 'ceiling' WHEN invoice.total > past.total THEN 'risen' ELSE 'fallen' END,
       invoice.total, past.total, ''
  FROM billing_invoice invoice
  JOIN policy ON policy.terms_code = invoice.terms_code
  LEFT JOIN billing_invoice past
    ON past.account_id = invoice.account_id AND past.terms_code = invoice.terms_code AND past.month = %(before)s
       AND past.partner_id IS NOT DISTINCT FROM invoice.partner_id AND past.state <> 'void' AND past.extra_bill_id IS NULL
 WHERE invoice.run_id = %(run)s AND invoice.state = 'draft' AND invoice.account_id BETWEEN %(first)s AND %(last)s
   AND (invoice.total > policy.ceiling
        OR (abs(invoice.total - past.total) >= policy.difference
            AND greatest(invoice.total, past.total) >= policy.times * least(invoice.total, past.total)))
 ORDER BY invoice.id
    ON CONFLICT (invoice_id) DO NOTHING
"""
