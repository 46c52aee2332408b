"""A night over all open invoices, beside a plain sequential scan of them.

Of a hundred open invoices 94 are not due, six are overdue. Of these most were reminded of and wait; a few are to be
reminded of or get notice of a suspension tonight, and some contracts are suspended.
"""

import time
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Any

from django.contrib.contenttypes.models import ContentType

from bench.database import database, execute, insert, settle
from billing.arrears_facts import cases
from billing.due_tonight import accounts_due
from billing.models import ArrearsStep, BillingAccount, BillingRun, Charge, Invoice
from config.progress import step
from contracts.models import Contract, Product, Subscriber, Suspension
from notices.models import Notice
from workflow.models import User

TONIGHT = date(2025, 7, 10)
_TIMES = 5


def measure(sizes: Sequence[int], *, workers: int) -> list[dict[str, Any]]:
    """One row for each number of open invoices."""
    found = []
    for invoices in sizes:
        print(f"Arrears over {invoices:,} open invoices", flush=True)
        with database():
            with step("made-up debts"):
                fill(invoices)
            with step("nights and scans"):
                found.append(_compare(invoices))
    return found


def _compare(invoices: int) -> dict[str, Any]:
    scans, nights = [], []
    execute("SET max_parallel_workers_per_gather = 0")
    execute("SET enable_indexscan = off")
    execute("SET enable_bitmapscan = off")
    for _ in range(_TIMES):
        began = time.monotonic()
        execute("SELECT count(*) FROM billing_invoice WHERE state = 'issued' AND total > paid")
        scans.append(time.monotonic() - began)
    execute("RESET ALL")
    for _ in range(_TIMES):
        began = time.monotonic()
        batches = list(accounts_due(on=TONIGHT))
        nights.append(time.monotonic() - began)
    began = time.monotonic()
    steps = [
        case for batch in batches for case in cases(on=TONIGHT, accounts=batch) if case.step.kind != "nothing"
    ]
    decided = time.monotonic() - began
    return {
        "open_invoices": invoices,
        "overdue": invoices * 6 // 100,
        "candidates": sum(map(len, batches)),
        "steps": len(steps),
        "scan_ms": round(median(scans) * 1000, 1),
        "sweep_ms": round(median(nights) * 1000, 1),
        "ratio": round(median(nights) / median(scans), 2),
        "deciding_ms": round(decided * 1000, 1),
    }


def fill(invoices: int) -> None:
    """An account, a contract, an issued invoice and its charge for each."""
    product = Product.objects.get(code="menu1-1g-type1-1")
    run = BillingRun.objects.create(
        month=date(2025, 6, 1),
        prepared_at="2025-07-01T09:00+09:00",
        prepared_by=User.objects.create(username="one"),
    )
    everyone = f"FROM generate_series(1, {invoices}) n"
    insert(
        Subscriber,
        everyone,
        id="n",
        number="'S' || n",
        kind="'person'",
        name="'山田太郎' || n",
        email="n || '@example.jp'",
        registered_on="date '2024-01-01'",
    )
    insert(BillingAccount, everyone, id="n", subscriber_id="n")
    insert(
        Contract,
        everyone,
        id="n",
        number="'C' || n",
        subscriber_id="n",
        terms_code="'hikari-line'",
        product_id=str(product.pk),
        state="CASE WHEN n % 1000 = 7 THEN 'suspended' ELSE 'active' END",
        applied_on="date '2024-04-01'",
        formed_on="date '2024-04-01'",
        service_start="date '2024-04-01'",
        live="daterange('2024-04-01', NULL)",
    )
    insert(
        Invoice,
        everyone,
        id="n",
        number="'202506-' || n",
        account_id="n",
        terms_code="'hikari-line'",
        run_id=str(run.pk),
        month="date '2025-06-01'",
        state="'issued'",
        issued_on="date '2025-05-01'",
        # The oldest first, as they come.
        due_on=f"""CASE WHEN n > {invoices} * 6 / 100 THEN date '2025-07-28'
                        WHEN n % 1000 IN (7, 8) THEN date '2025-05-27' ELSE date '2025-06-27' END""",
        recipient="'山田太郎' || n",
        address="'〒100-0001 東京都千代田区千代田1-1'",
        registration_number="'T7010705000725'",
        total="5720",
    )
    insert(
        Charge,
        everyone,
        account_id="n",
        terms_code="'hikari-line'",
        contract_id="n",
        invoice_id="n",
        run_id=str(run.pk),
        kind="'base'",
        name="'基本料金'",
        period="daterange('2025-06-01', '2025-07-01')",
        unit_price="5200",
        amount="5200",
        tax_rate="0.1",
    )
    reminded = "FROM billing_invoice invoice WHERE invoice.due_on < '2025-07-01' AND invoice.id % 1000 <> 9"
    subject = str(ContentType.objects.get_for_model(Invoice).pk)
    insert(
        Notice,
        reminded,
        id="invoice.id",
        occasion="'payment_reminder'",
        recipient_type_id=str(ContentType.objects.get_for_model(Subscriber).pk),
        recipient_id="invoice.account_id",
        about_type_id=subject,
        about_id="invoice.id",
        article="'hikari-line 23'",
        channel="'email'",
        state="'dispatched'",
        written_at="invoice.due_on + 5",
        dispatched_at="invoice.due_on + 6",
    )
    insert(
        ArrearsStep,
        reminded,
        invoice_id="invoice.id",
        notice_id="invoice.id",
        kind="'reminder'",
        on="invoice.due_on + 5",
        article="'hikari-line 23'",
    )
    insert(
        Suspension,
        "FROM billing_invoice invoice WHERE invoice.due_on < '2025-07-01' AND invoice.id % 1000 = 7",
        contract_id="invoice.id",
        ground="'unpaid'",
        state="'in_force'",
        starts_on="date '2025-06-25'",
        article="'hikari-line 23'",
    )
    settle()
