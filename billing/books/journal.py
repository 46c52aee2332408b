"""Reading the journal: entries of a month, the balance of each account, and the same as CSV.

The journal is the view billing_journal: one row for each side of an entry (see its migration). It balances because each
source is entered with both sides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.csv_file import written
from terms.calendar import Month

ACCOUNTS: dict[str, Promise] = {
    "bank": _("Bank"),
    "cash": _("Cash"),
    "card": _("Card company"),
    "convenience_store": _("Convenience-store collector"),
    "collecting_partners": _("Claims on collecting partners"),
    "suspense": _("Suspense (deposits not matched)"),
    "received": _("Payments received, not used"),
    "receivable": _("Accounts receivable"),
    "assigned": _("Claims on billing operators"),
    "partners": _("Owed to partners"),
    "sales": _("Sales"),
    "interest": _("Late interest earned"),
    "tax": _("Consumption tax received"),
    "bad_debt": _("Bad debts"),
    "collection_fees": _("Fees of collecting partners"),
}
"""The chart of accounts, in the order of a trial balance."""


@dataclass(frozen=True)
class Balance:
    """Debit and credit of one account in a span of days, in yen."""

    account: str
    debit: int
    credit: int

    @property
    def label(self) -> Promise | str:
        """Its name."""
        return ACCOUNTS.get(self.account, self.account)

    @property
    def balance(self) -> int:
        """Debit above credit."""
        return self.debit - self.credit


class Entry(NamedTuple):
    """One side of an entry. ``subscriber``, ``invoice``: their numbers, empty where it is about none."""

    day: date
    source: str
    source_id: int
    account: str
    debit: int
    credit: int
    account_id: int | None
    invoice_id: int | None
    detail: str
    subscriber: str
    invoice: str


def trial_balance(*, since: date, until: date) -> list[Balance]:
    """Each account's debit and credit in [since, until), in the order of the chart."""
    rows = _rows(
        "SELECT account, sum(debit), sum(credit) FROM billing_journal"
        " WHERE day >= %(since)s AND day < %(until)s GROUP BY account",
        {"since": since, "until": until},
    )
    order = list(ACCOUNTS)
    found = [Balance(account, int(debit), int(credit)) for account, debit, credit in rows]
    return sorted(found, key=lambda balance: order.index(balance.account))


def entries(*, since: date, until: date) -> Iterator[Entry]:
    """Every side of every entry in [since, until), day by day: read in batches, however many there are."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            """
            SELECT entry.day, entry.source, entry.source_id, entry.account, entry.debit, entry.credit, entry.account_id,
                   entry.invoice_id, entry.detail, COALESCE(subscriber.number, ''), COALESCE(invoice.number, '')
              FROM billing_journal entry
              LEFT JOIN billing_billingaccount holder ON holder.id = entry.account_id
              LEFT JOIN contracts_subscriber subscriber ON subscriber.id = holder.subscriber_id
              LEFT JOIN billing_invoice invoice ON invoice.id = entry.invoice_id
             WHERE entry.day >= %(since)s AND entry.day < %(until)s
             ORDER BY entry.day, entry.source, entry.source_id, entry.credit, entry.account
            """,
            {"since": since, "until": until},
        )
        while rows := cursor.fetchmany(5000):
            yield from (Entry(*row) for row in rows)


def unbalanced() -> list[tuple[str, int, int]]:
    """Sources whose entry does not balance, with debit and credit: none, whatever happens."""
    return [
        (f"{source}:{source_id}", int(debit), int(credit))
        for source, source_id, debit, credit in _rows(
            "SELECT source, source_id, sum(debit), sum(credit) FROM billing_journal"
            " GROUP BY source, source_id HAVING sum(debit) <> sum(credit)",
            {},
        )
    ]


HEADINGS = (
    _("day"),
    _("entry"),
    _("ledger account"),
    _("debit"),
    _("credit"),
    _("subscriber number"),
    _("invoice number"),
    _("detail"),
)


def csv_lines(month: date) -> Iterator[str]:
    """The entries of a month as CSV for an accounting program."""
    whole = Month.of(month)

    def rows() -> Iterator[Sequence[object]]:
        yield [str(heading) for heading in HEADINGS]
        for entry in entries(since=whole.first, until=whole.end):
            yield (
                entry.day.isoformat(),
                f"{entry.source}:{entry.source_id}",
                str(ACCOUNTS.get(entry.account, entry.account)),
                entry.debit or "",
                entry.credit or "",
                entry.subscriber,
                entry.invoice,
                entry.detail,
            )

    return written(rows())


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
