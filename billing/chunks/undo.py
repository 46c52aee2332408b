"""Take back what a run made, as long as its invoices are drafts."""

from django.db import connection

from billing.models import BillingRun

_EVERY = (0, 2**63 - 1)


def undo_accounts(run: BillingRun, first_account: int = _EVERY[0], last_account: int = _EVERY[1]) -> None:
    """Delete the run's drafts and charges of the accounts; charges made before the run wait for an invoice again.

    The database refuses it for an invoice that was issued.
    """
    values = {"run": run.pk, "first": first_account, "last": last_account}
    with connection.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement, values)


_DRAFTS = """
SELECT id FROM billing_invoice WHERE run_id = %(run)s AND account_id BETWEEN %(first)s AND %(last)s
"""
_STATEMENTS = (
    f"DELETE FROM billing_heldinvoice WHERE invoice_id IN ({_DRAFTS})",
    f"UPDATE billing_charge SET invoice_id = NULL WHERE invoice_id IN ({_DRAFTS}) AND run_id IS DISTINCT FROM %(run)s",
    f"DELETE FROM billing_charge WHERE invoice_id IN ({_DRAFTS})",
    # What waits because credits exceeded the charges.
    """
    DELETE FROM billing_charge
     WHERE invoice_id IS NULL AND run_id = %(run)s AND account_id BETWEEN %(first)s AND %(last)s
    """,
    f"DELETE FROM billing_invoicetax WHERE invoice_id IN ({_DRAFTS})",
    "DELETE FROM billing_invoice WHERE run_id = %(run)s AND account_id BETWEEN %(first)s AND %(last)s",
)
