"""On which accounts a step on an unpaid debt may be due: found by the database, so that a night costs what it does."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import connection

from billing.debts import KEPT

_A_BATCH = 1000


def accounts_due(*, on: date) -> Iterator[Sequence[int]]:
    """The accounts with a case whose step may have come by ``on``, in batches; in order.

    Each condition is one of terms.rules.arrears, only wider: which step it is, and whether it is due at all, the rule
    decides on the facts of these accounts. No account on which it would decide on a step is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, {"on": on})
        found = [row[0] for row in cursor.fetchall()]
    for start in range(0, len(found), _A_BATCH):
        yield found[start : start + _A_BATCH]


_ACCOUNTS = f"""
WITH policy AS MATERIALIZED (
    SELECT DISTINCT ON (terms_code) terms_code, reminder_after, suspension_notice_after, ending_notice_after
      FROM billing_arrearspolicy WHERE valid_from <= %(on)s
     ORDER BY terms_code, valid_from DESC
), due AS MATERIALIZED (
    SELECT id, account_id, terms_code, due_on
      FROM billing_invoice WHERE state = 'issued' AND due_on < %(on)s AND total > paid
     UNION ALL
    -- What fell due before the day printed on it (billing.falling_due).
    SELECT invoice.id, invoice.account_id, invoice.terms_code, greatest(acceleration.accelerated_on, invoice.issued_on)
      FROM contracts_acceleration acceleration
      JOIN billing_billingaccount account ON account.subscriber_id = acceleration.subscriber_id
      JOIN billing_invoice invoice ON invoice.account_id = account.id AND invoice.terms_code = acceleration.terms_code
     WHERE acceleration.withdrawn_on IS NULL AND acceleration.accelerated_on >= invoice.month
       AND invoice.state = 'issued' AND invoice.total > invoice.paid
       AND greatest(acceleration.accelerated_on, invoice.issued_on) < %(on)s
), overdue AS MATERIALIZED (
    SELECT invoice.id, invoice.account_id, invoice.due_on, policy.reminder_after,
           least(policy.suspension_notice_after, policy.ending_notice_after) AS sanction_after,
           EXISTS (SELECT FROM billing_arrearsstep step
                    WHERE step.invoice_id = invoice.id AND step.contract_id IS NULL AND step.kind = 'reminder') AS reminded
      FROM due invoice JOIN policy ON policy.terms_code = invoice.terms_code
), suspension AS MATERIALIZED (
    SELECT suspension.contract_id, suspension.starts_on, suspension.state, contract.subscriber_id, contract.terms_code,
           contract.state IN ('active', 'paused', 'suspended', 'ending') AS running
      FROM contracts_suspension suspension JOIN contracts_contract contract ON contract.id = suspension.contract_id
     WHERE suspension.ground = 'unpaid' AND suspension.state IN ('proposed', 'approved', 'noticed', 'in_force')
)
-- To be reminded of.
SELECT overdue.account_id FROM overdue
 WHERE NOT overdue.reminded AND overdue.due_on + overdue.reminder_after <= %(on)s
UNION
-- To be given notice of a suspension or, where the document has none, of the ending; and endings then announced.
SELECT overdue.account_id FROM overdue
 WHERE overdue.reminded AND overdue.due_on + overdue.sanction_after <= %(on)s
   AND EXISTS (SELECT FROM billing_charge charge JOIN contracts_contract contract ON contract.id = charge.contract_id
                WHERE charge.invoice_id = overdue.id AND contract.state IN ('active', 'paused', 'suspended', 'ending')
                  AND NOT EXISTS (SELECT FROM suspension WHERE suspension.contract_id = contract.id))
UNION
-- To be suspended; to be lifted, because nothing is overdue any more; to be ended.
SELECT account.id
  FROM suspension
  JOIN billing_billingaccount account ON account.subscriber_id = suspension.subscriber_id
  JOIN policy ON policy.terms_code = suspension.terms_code
 WHERE CASE WHEN suspension.state <> 'in_force' THEN suspension.starts_on <= %(on)s
            ELSE suspension.starts_on + policy.ending_notice_after <= %(on)s OR NOT suspension.running
                 OR NOT EXISTS (SELECT FROM billing_charge charge JOIN billing_invoice invoice ON invoice.id = charge.invoice_id
                                  JOIN billing_billingaccount account ON account.id = invoice.account_id
                                  JOIN contracts_contract contract ON contract.id = charge.contract_id
                                 WHERE charge.contract_id = suspension.contract_id AND invoice.state = 'issued'
                                   AND invoice.due_on < %(on)s AND invoice.total > invoice.paid
                                   AND (contract.subscriber_id = account.subscriber_id OR NOT {KEPT}))
       END
 ORDER BY 1
"""
