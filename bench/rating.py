"""How long does a billing month of many contracts take, from the first row read to the last draft invoice?

    python -m bench.rating [--contracts 1000000] [--workers 2] [--issue]

Makes a database of its own beside the project's, fills it with contracts of four documents (a third of them with an
option, one in fifty begun or ended in the month), rates June 2025 on so many processes, and drops the database.
``--issue`` also issues the invoices, with their notices.
"""

import argparse
import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 - Django must be set up first

from billing.models import BillingRun, Charge, Invoice  # noqa: E402
from billing.services.approve_run import approve_run  # noqa: E402
from billing.services.issue_chunk import finish_issuing, issue_chunk  # noqa: E402
from billing.services.issue_run import issue_run  # noqa: E402
from billing.services.load_tariffs import load_tariffs  # noqa: E402
from billing.services.prepare_run import prepare_run  # noqa: E402
from billing.services.rate_chunk import rate_chunk  # noqa: E402
from billing.services.rate_run import rate_run  # noqa: E402
from contracts.services.load_catalogue import load_catalogue  # noqa: E402
from terms.calendar import JAPAN  # noqa: E402
from workflow.models import User  # noqa: E402

MONTH = date(2025, 6, 1)
AT = datetime(2025, 7, 1, 9, tzinfo=JAPAN)
PRODUCTS = ["menu1-1g-type1-1", "phone-basic", "isp-flets-1g", "network-fixed-100m"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--contracts", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--issue", action="store_true")
    arguments = parser.parse_args()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measure(arguments.contracts, arguments.workers, issue=arguments.issue)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def measure(contracts: int, workers: int, *, issue: bool) -> None:
    with step("filling the database"):
        load_catalogue()
        load_tariffs()
        fill(contracts)
    preparer, approver = (
        User.objects.create(username=name, is_staff=True) for name in ("preparer", "approver")
    )
    began = time.monotonic()
    with step("preparing"):
        run = prepare_run(month=MONTH, by=preparer, at=AT)
        BillingRun.objects.filter(pk=run.pk).update(state=BillingRun.State.RATING)
        chunks = list(run.chunks.values_list("pk", flat=True))
    with step(f"rating {len(chunks)} chunks on {workers} processes"):
        connection.close()
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            pool.map(rate_one, chunks, chunksize=1)
    with step("adding up"):
        rate_run(run=run, by=preparer, at=AT, here=True)
    took = time.monotonic() - began
    print(
        f"{run.rated:,} contracts, {Charge.objects.count():,} charges, {run.invoices_count:,} invoices, "
        f"{run.parked.count()} parked, in {took:.1f} s: {run.rated / took * 60:,.0f} contracts a minute"
    )
    if issue:
        approve_run(run=run, by=approver, at=AT)
        began = time.monotonic()
        with step(f"issuing on {workers} processes"):
            with transaction.atomic():
                issue_run(run=run, by=approver, at=AT, here=False)
                transaction.get_connection().run_on_commit.clear()  # no worker but those below
            connection.close()
            with multiprocessing.get_context("fork").Pool(workers) as pool:
                pool.map(issue_one, chunks, chunksize=1)
            finish_issuing(run=run)
        took = time.monotonic() - began
        count = Invoice.objects.exclude(state=Invoice.State.DRAFT).count()
        print(f"{count:,} invoices issued, with their notices: {count / took * 60:,.0f} a minute")


def rate_one(chunk: int) -> None:
    """In a process of its own."""
    rate_chunk(chunk_id=chunk, at=AT)


def issue_one(chunk: int) -> None:
    """In a process of its own."""
    with transaction.atomic():
        issue_chunk(chunk_id=chunk)
        connection.run_on_commit.clear()  # the notices stay queued


@contextmanager
def step(name: str) -> Iterator[None]:
    print(f"{name} … ", end="", flush=True)
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def fill(contracts: int) -> None:
    """So many subscribers with a contract each, by statements on whole tables."""
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, {"count": contracts, "products": PRODUCTS})


FILL = (
    # Without triggers: the history of a million made-up rows is not what is measured.
    "SET session_replication_role = replica",
    """
    INSERT INTO contracts_subscriber (id, number, kind, name, name_kana, corporate_number, contact_person, email, phone,
                                      channel, registered_on, postal_code, prefecture, city, town, building)
    SELECT n, 'S' || to_char(n, 'FM00000000'), 'corporation', '株式会社' || n, 'カブシキガイシャ', '', '', n || '@example.jp',
           '03-1234-5678', 'email', '2024-01-01', '1000001', '東京都', '千代田区', '千代田1-1', ''
      FROM generate_series(1, %(count)s) n
    """,
    """
    INSERT INTO billing_billingaccount (id, subscriber_id, method, bank_code, branch_code, account_type, account_number, holder_kana)
    SELECT n, n, 'bank_deposit', '', '', '1', '', '' FROM generate_series(1, %(count)s) n
    """,
    """
    INSERT INTO contracts_contract (number, subscriber_id, terms_code, product_id, state, applied_on, formed_on, service_start,
                                    cycle_day, term_start, term_months, ends_on, live)
    SELECT 'C' || to_char(n, 'FM00000000'), n, product.terms_code, product.id,
           CASE WHEN n %% 100 = 1 THEN 'ended' ELSE 'active' END, begun, begun, begun, 1,
           CASE WHEN product.term_months > 0 THEN begun END, product.term_months,
           CASE WHEN n %% 100 = 1 THEN date '2025-06-01' + n %% 30 END,
           daterange(begun, CASE WHEN n %% 100 = 1 THEN date '2025-06-02' + n %% 30 END)
      FROM generate_series(1, %(count)s) n
      JOIN contracts_product product ON product.code = (%(products)s::text[])[n %% 4 + 1]
     CROSS JOIN LATERAL (SELECT CASE WHEN n %% 100 = 0 THEN date '2025-06-01' + n %% 30 ELSE date '2024-04-01' + n %% 365 END) b (begun)
    """,
    """
    INSERT INTO contracts_contractoption (contract_id, product_id, starts_on, ends_on)
    SELECT contract.id, option.id, contract.service_start, contract.ends_on
      FROM contracts_contract contract
      JOIN contracts_product option ON option.terms_code = contract.terms_code AND option.kind = 'equipment'
       AND option.code IN ('wireless-lan-router', 'phone-gateway', 'isp-router', 'network-router')
     WHERE contract.id %% 3 = 0
    """,
    "SET session_replication_role = origin",
    "SELECT setval(pg_get_serial_sequence('contracts_subscriber', 'id'), %(count)s)",
    "SELECT setval(pg_get_serial_sequence('billing_billingaccount', 'id'), %(count)s)",
    "ANALYZE",
)

if __name__ == "__main__":
    main()
