"""What is owed and overdue, by contract: the facts from which every step on an unpaid debt is decided.

A debt is owed by the account that was asked for it. Where a contract passed to somebody else together with what was owed
(by succession; by transfer where the document says so, hikari-line 22-4), the one who has the contract owes it. It is
overdue from the day on which it was due, printed on its invoice or before (billing.falling_due).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from billing.falling_due import FALLS_DUE


@dataclass(frozen=True)
class Debt:
    """An overdue invoice, as far as it is unpaid. ``promised_until``: the last day up to which the operator agreed to wait,
    while that day is not over."""

    invoice_id: int
    account_id: int
    terms_code: str
    due: date
    open: int
    disputed: bool
    promised_until: date | None = None

    @property
    def held(self) -> bool:
        """Whether no step is taken on it for now: contested, or promised for a later day."""
        return self.disputed or self.promised_until is not None


def overdue(*, on: date, accounts: Sequence[int] | None = None) -> dict[int, Debt]:
    """The invoices whose due date is over and that are not paid in full, by ID, the earliest first."""
    return {row[0]: Debt(*row) for row in _rows(_OVERDUE, {"on": on, "accounts": _array(accounts)})}


def contracts_of(debts: dict[int, Debt]) -> dict[int, list[Debt]]:
    """The debts of each running contract that is charged for on them, the earliest first.

    Not what somebody else owes who had the contract before and kept the debts.
    """
    found: dict[int, list[Debt]] = {}
    for contract_id, invoice_id in _rows(_CONTRACTS, {"invoices": list(debts)}):
        found.setdefault(contract_id, []).append(debts[invoice_id])
    for mine in found.values():
        mine.sort(key=lambda debt: (debt.due, debt.invoice_id))
    return found


def connected(accounts: Sequence[int]) -> list[int]:
    """The accounts, and those to or from which a contract of theirs passed with its debts."""
    return sorted({*accounts, *(row[0] for row in _rows(_CONNECTED, {"accounts": list(accounts)}))})


def debtors_of(invoice_id: int) -> list[int]:
    """The subscribers who owe an invoice now: those to whom its contracts passed with the debts, or who was asked."""
    return [row[0] for row in _rows(_DEBTORS, {"invoice": invoice_id})]


def passed_to(subscriber_id: int) -> list[int]:
    """The invoices of others that are the subscriber's to pay, because a contract passed to them with its debts."""
    return [row[0] for row in _rows(_PASSED, {"subscriber": subscriber_id})]


def passed_on(subscriber_id: int) -> list[int]:
    """The subscriber's own open invoices that others owe now: all contracts on them went away with their debts."""
    return [row[0] for row in _rows(_PASSED_ON, {"subscriber": subscriber_id})]


_OVERDUE = f"""
SELECT invoice.id, invoice.account_id, invoice.terms_code, {FALLS_DUE} AS due, invoice.total - invoice.paid,
       EXISTS (SELECT FROM billing_dispute dispute WHERE dispute.invoice_id = invoice.id AND dispute.closed_on IS NULL),
       (SELECT max(promise.pay_by) FROM billing_paymentpromise promise WHERE promise.invoice_id = invoice.id AND promise.pay_by >= %(on)s)
  FROM billing_invoice invoice
 WHERE invoice.state = 'issued' AND invoice.total > invoice.paid
   AND (invoice.due_on < %(on)s OR {FALLS_DUE} < %(on)s)
   AND (%(accounts)s::bigint[] IS NULL OR invoice.account_id = ANY(%(accounts)s::bigint[]))
 ORDER BY due, invoice.id
"""

# What the ``account`` that was asked owes though it has the ``contract`` no longer: it gave it away without the debts.
KEPT = """
EXISTS (SELECT FROM contracts_subscriberchange change
         WHERE change.contract_id = contract.id AND change.old_id <> change.new_id AND NOT change.debts
           AND change.id >= (SELECT max(own.id) FROM contracts_subscriberchange own
                              WHERE own.contract_id = contract.id AND own.old_id = account.subscriber_id))
"""

_CONTRACTS = f"""
SELECT DISTINCT charge.contract_id, charge.invoice_id
  FROM billing_charge charge JOIN contracts_contract contract ON contract.id = charge.contract_id
  JOIN billing_billingaccount account ON account.id = charge.account_id
 WHERE charge.invoice_id = ANY(%(invoices)s::bigint[])
   AND contract.state IN ('active', 'paused', 'suspended', 'ending')
   AND (contract.subscriber_id = account.subscriber_id OR NOT {KEPT})
"""

_CONNECTED = """
SELECT other.id
  FROM billing_billingaccount one
  JOIN contracts_subscriberchange mine ON one.subscriber_id IN (mine.old_id, mine.new_id)
  JOIN contracts_subscriberchange change ON change.contract_id = mine.contract_id AND change.debts
  JOIN billing_billingaccount other ON other.subscriber_id IN (change.old_id, change.new_id)
 WHERE one.id = ANY(%(accounts)s::bigint[])
"""

_DEBTORS = f"""
SELECT DISTINCT CASE WHEN contract.id IS NULL OR contract.subscriber_id = account.subscriber_id OR {KEPT}
                     THEN account.subscriber_id ELSE contract.subscriber_id END
  FROM billing_invoice invoice
  JOIN billing_billingaccount account ON account.id = invoice.account_id
  LEFT JOIN billing_charge charge ON charge.invoice_id = invoice.id
  LEFT JOIN contracts_contract contract ON contract.id = charge.contract_id
 WHERE invoice.id = %(invoice)s
 ORDER BY 1
"""


_PASSED = f"""
SELECT DISTINCT invoice.id
  FROM contracts_contract contract
  JOIN contracts_subscriberchange passed ON passed.contract_id = contract.id AND passed.debts
  JOIN billing_billingaccount account ON account.subscriber_id = passed.old_id
  JOIN billing_charge charge ON charge.contract_id = contract.id AND charge.account_id = account.id
  JOIN billing_invoice invoice ON invoice.id = charge.invoice_id
 WHERE contract.subscriber_id = %(subscriber)s AND account.subscriber_id <> contract.subscriber_id
   AND invoice.state IN ('issued', 'settled') AND NOT {KEPT}
 ORDER BY 1
"""


_PASSED_ON = f"""
SELECT invoice.id
  FROM billing_billingaccount account
  JOIN billing_invoice invoice ON invoice.account_id = account.id
 WHERE account.subscriber_id = %(subscriber)s AND invoice.state = 'issued' AND invoice.total > invoice.paid
   AND EXISTS (SELECT FROM contracts_subscriberchange change WHERE change.old_id = account.subscriber_id AND change.debts)
   AND NOT EXISTS (SELECT FROM billing_charge charge
                     LEFT JOIN contracts_contract contract ON contract.id = charge.contract_id
                    WHERE charge.invoice_id = invoice.id
                      AND (contract.id IS NULL OR contract.subscriber_id = account.subscriber_id OR {KEPT}))
 ORDER BY 1
"""


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _array(ids: Sequence[int] | None) -> list[int] | None:
    return None if ids is None else list(ids)
