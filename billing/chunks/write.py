"""Rows out: charges, draft invoices and their taxes, by COPY into the tables themselves."""

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection

from billing.rating.charge import RatedCharge
from billing.rating.invoices import Draft

COPIES = {
    "billing_invoice": (
        "id, account_id, terms_code, partner_id, run_id, month, state, recipient, address, registration_number, total, paid"
    ),
    "billing_invoicetax": "invoice_id, tax_category, rate, net, tax",
    "billing_charge": (
        "account_id, contract_id, invoice_id, run_id, terms_code, tariff_id, kind, source, name, period, unit_price, days,"
        " of_days, amount, tax_category, tax_rate, article, explanation"
    ),
}
"""The tables that a run fills, in this order, and the columns that it fills in them."""

NULL = "\\N"
_JSON = json.JSONEncoder(ensure_ascii=False)


class ContractRow(NamedTuple):
    """The charges of a contract with those they belong to; ``invoice_id`` None where they wait for a later invoice."""

    account_id: int
    contract_id: int
    invoice_id: int | None
    terms_code: str
    charges: Sequence[RatedCharge]


class InvoiceRow(NamedTuple):
    """A draft invoice of an account."""

    invoice_id: int
    account_id: int
    draft: Draft


def new_invoice_ids(count: int) -> list[int]:
    """So many IDs for invoices, from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            # OFFSET 0: the name of the sequence is looked up once, not for each number.
            "SELECT array_agg(nextval(of.ids)) FROM generate_series(1, %s),"
            " (SELECT pg_get_serial_sequence('billing_invoice', 'id')::regclass AS ids OFFSET 0) of",
            [count],
        )
        return cursor.fetchone()[0] or []


def write_invoices(run_id: int, month: date, invoices: Sequence[InvoiceRow]) -> None:
    """Draft invoices and their taxes. Recipient, address and number come when they are issued."""
    # Many accounts share their draft, and many contracts each charge: that part of the text is made once.
    drafts: dict[int, tuple[str, list[str]]] = {}
    heads, taxes = [], []
    for invoice_id, account_id, draft in invoices:
        text = drafts.get(id(draft))
        if text is None:
            text = drafts[id(draft)] = _draft(run_id, month, draft)
        heads.append(f"{invoice_id}\t{account_id}\t{text[0]}")
        for tax in text[1]:
            taxes.append(f"{invoice_id}\t{tax}")
    _copy("billing_invoice", "".join(heads).encode())
    _copy("billing_invoicetax", "".join(taxes).encode())


def _draft(run_id: int, month: date, draft: Draft) -> tuple[str, list[str]]:
    return (
        f"{draft.terms_code}\t{_or_null(draft.partner_id)}\t{run_id}\t{month}\tdraft\t\t\t\t{draft.total}\t0\n",
        [f"{tax.tax_category}\t{tax.rate}\t{tax.net}\t{tax.tax}\n" for tax in draft.taxes],
    )


def write_charges(run_id: int, rows: Sequence[ContractRow]) -> int:
    """Charges of a run; how many there were."""
    # Bytes, so that what many contracts share is encoded once, too.
    tails: dict[int, bytes] = {}
    known: dict[int, list[bytes]] = {}
    texts, count = [], 0
    for account_id, contract_id, invoice_id, terms_code, charges in rows:
        alike = known.get(id(charges))
        if alike is None:
            for charge in charges:
                if id(charge) not in tails:
                    tails[id(charge)] = _tail(run_id, terms_code, charge).encode()
            alike = known[id(charges)] = [b"", *[tails[id(charge)] for charge in charges]]
        # The head between the tails, which begin with nothing: before each of them.
        head = f"{account_id}\t{contract_id}\t{NULL if invoice_id is None else invoice_id}\t"
        texts.append(head.encode().join(alike))
        count += len(charges)
    _copy("billing_charge", b"".join(texts))
    return count


def _tail(run_id: int, terms_code: str, charge: RatedCharge) -> str:
    explanation = _JSON.encode([line.as_dict() for line in charge.explanation])
    return (
        f"{run_id}\t{terms_code}\t{_or_null(charge.tariff_id)}\t{charge.kind}\t{escaped(charge.source)}\t{escaped(charge.name)}"
        f"\t[{charge.period_from},{charge.period_to})\t{charge.unit_price}\t{_or_null(charge.days)}\t{_or_null(charge.of_days)}"
        f"\t{charge.amount}\t{charge.tax_category}\t{charge.tax_rate}\t{escaped(charge.article)}\t{escaped(explanation)}\n"
    )


def _copy(table: str, rows: bytes) -> None:
    if rows:
        statement = f"COPY {table} ({COPIES[table]}) FROM STDIN"
        # Django wraps the errors of statements, but not those of COPY.
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(rows)


def _or_null(value: object) -> str:
    return NULL if value is None else str(value)


def escaped(text: str) -> str:
    """A text as the text format of COPY wants it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
