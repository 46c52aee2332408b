"""What is owed and overdue, by contract: the facts from which every step on an unpaid debt is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Debt:
    """An overdue invoice, as far as it is unpaid."""

    invoice_id: int
    account_id: int
    terms_code: str
    due: date
    open: int
    disputed: bool


def overdue(*, on: date, accounts: Sequence[int] | None = None) -> dict[int, Debt]:
    """The invoices whose due date is over and that are not paid in full, by ID, the earliest first."""
    return {row[0]: Debt(*row) for row in _rows(_OVERDUE, {"on": on, "accounts": _array(accounts)})}


def contracts_of(debts: dict[int, Debt]) -> dict[int, list[Debt]]:
    """The debts of each running contract that is charged for on them, the earliest first."""
    found: dict[int, list[Debt]] = {}
    for contract_id, invoice_id in _rows(_CONTRACTS, {"invoices": list(debts)}):
        found.setdefault(contract_id, []).append(debts[invoice_id])
    for mine in found.values():
        mine.sort(key=lambda debt: (debt.due, debt.invoice_id))
    return found


_OVERDUE = """
SELECT invoice.id, invoice.account_id, invoice.terms_code, invoice.due_on, invoice.total - invoice.paid,
       EXISTS (SELECT FROM billing_dispute dispute WHERE dispute.invoice_id = invoice.id AND dispute.closed_on IS NULL)
  FROM billing_invoice invoice
 WHERE invoice.state = 'issued' AND invoice.due_on < %(on)s AND invoice.total > invoice.paid
   AND (%(accounts)s::bigint[] IS NULL OR invoice.account_id = ANY(%(accounts)s::bigint[]))
 ORDER BY invoice.due_on, invoice.id
"""

_CONTRACTS = """
SELECT DISTINCT charge.contract_id, charge.invoice_id
  FROM billing_charge charge JOIN contracts_contract contract ON contract.id = charge.contract_id
 WHERE charge.invoice_id = ANY(%(invoices)s::bigint[])
   AND contract.state IN ('active', 'paused', 'suspended', 'ending')
"""


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _array(ids: Sequence[int] | None) -> list[int] | None:
    return None if ids is None else list(ids)
