"""A month whose workers are killed wherever they stand ends as one that nobody disturbed, byte for byte."""

import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from difflib import ndiff
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from celery import Celery
from django.db import connection, transaction
from django.utils import translation

from billing import tasks
from billing.models import BillingRun, Charge, Invoice, InvoicePaper, ParkedContract
from billing.pdf.sheet import invoice_sheets, typeset_sheet
from billing.services.approve_run import approve_run
from billing.services.issue_run import issue_run
from billing.services.prepare_run import prepare_run
from billing.services.rate_run import rate_run
from billing.services.run_month import run_month
from config import addresses
from config.celery import app
from config.embedded import paths, valkey
from contracts.models import Contract, Product
from tests import factories
from tests.at_once import at_once
from tests.billing import things

JUNE = date(2025, 6, 1)
AT = factories.at(date(2025, 7, 1), 9)
ACCOUNTS = 24
DISTURBANCES = ["child", "child", "child", "worker", "broker"]
"""While the run is rated, and once more while it is issued."""

pytestmark = pytest.mark.django_db(transaction=True)


class Workers:
    """A broker and two Celery workers as in the Procfile, which can be killed and come back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._broker = valkey.start(folder)
        self._environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "RUN_FOLDER": str(folder),
            "DATABASE_URL": _database_url(),
            "REDIS_URL": paths.redis_url(folder),
            "PYTHONWARNINGS": "ignore",
        }
        self._log = (folder / "worker.log").open("w")
        self._workers = [self._start(), self._start()]

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            f"{sys.executable} -m celery --quiet --app config worker --concurrency 1 --loglevel INFO"
            " --without-gossip --without-mingle".split(),
            cwd=paths.ROOT,
            env=self._environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def disturb(self, what: str) -> None:
        """SIGKILL for the process that works ("child") or for one worker as a whole; or the broker is started anew."""
        if what == "broker":
            self._broker.stop()
            self._broker = valkey.start(self.folder)
            return
        worker = self._workers.pop(0)
        if what == "child":
            for child in psutil.Process(worker.pid).children():
                child.kill()
        else:
            _kill(worker)
            worker = self._start()
        self._workers.append(worker)

    def stop(self) -> None:
        for worker in self._workers:
            _kill(worker)
        self._broker.stop()
        self._log.close()


def _kill(worker: subprocess.Popen[bytes]) -> None:
    children = psutil.Process(worker.pid).children()
    worker.kill()
    worker.wait()
    for child in children:
        child.kill()
    psutil.wait_procs(children)


def _database_url() -> str:
    """That of the test's own database."""
    url = os.environ.get("DATABASE_URL") or paths.database_url(paths.run_folder())
    return urlsplit(url)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@pytest.fixture
def workers(transactional_db) -> Iterator[Callable[[], Workers]]:
    """Starts workers; the tasks of the test go to them."""
    started = []
    with tempfile.TemporaryDirectory(prefix="backoffice-test-", dir=paths.short_temporary_folder()) as folder:
        here = Path(folder) / "run"
        Path(folder).chmod(0o711)

        def start() -> Workers:
            started.append(Workers(paths.make_private(here)))
            ours = Celery("ours", set_as_current=False)
            ours.config_from_object("django.conf:settings", namespace="CELERY")
            ours.conf.broker_url = addresses.broker(paths.redis_url(here))
            ours.set_current()
            return started[0]

        yield start
        app.set_current()
        for each in started:
            each.stop()


def a_mixed_month() -> None:
    """Contracts under four documents, some begun, ended, with options, credit or late interest; one without a price."""
    things.standing()
    things.people()
    contracts = [things.contract(things.CODES[n % 4], 3000 + n) for n in range(ACCOUNTS - 3)]
    for contract in contracts[::5]:
        things.contract("hikari-phone", 1300, subscriber=contract.subscriber)
    for contract in contracts[::4]:
        option = factories.product(contract.terms_code, kind=Product.Kind.OPTION)
        things.tariff(option, 300)
        factories.option(contract, product=option)
    for contract in contracts[::7]:
        things.pay(contract, 1000, date(2025, 6, 20))
    for contract in contracts[1::8]:
        Charge.objects.create(
            account=things.account(contract),
            terms_code=contract.terms_code,
            contract=contract,
            kind=Charge.Kind.LATE_INTEREST,
            source=f"allocation:{contract.pk}",
            name="延滞利息",
            period=(date(2025, 5, 28), date(2025, 6, 10)),
            unit_price=6000,
            amount=31,
            tax_category="outside",
        )
    things.contract(start=date(2025, 6, 12))
    things.contract(start=date(2025, 4, 1), ends_on=date(2025, 6, 12), state=Contract.State.ENDED)
    things.contract(product=factories.product("hikari-line"))


ROWS = {
    "invoices": "SELECT to_jsonb(invoice) - 'id' - 'run_id' FROM billing_invoice invoice",
    "taxes": """SELECT to_jsonb(part) - 'id' - 'invoice_id' || jsonb_build_object('number', invoice.number)
                  FROM billing_invoicetax part JOIN billing_invoice invoice ON invoice.id = part.invoice_id""",
    "charges": """SELECT to_jsonb(charge) - 'id' - 'invoice_id' || jsonb_build_object('number', invoice.number, 'run_id', run.month)
                    FROM billing_charge charge LEFT JOIN billing_invoice invoice ON invoice.id = charge.invoice_id
                    LEFT JOIN billing_billingrun run ON run.id = charge.run_id""",
    "allocations": """SELECT to_jsonb(allocation) - 'id' - 'invoice_id' || jsonb_build_object('number', invoice.number)
                    FROM billing_allocation allocation JOIN billing_invoice invoice ON invoice.id = allocation.invoice_id""",
    "notices": """SELECT jsonb_build_array(notice.recipient_id, notice.occasion, notice.subject, notice.body, invoice.number)
                    FROM notices_notice notice JOIN billing_invoice invoice ON invoice.id = notice.about_id
                    JOIN django_content_type type ON type.id = notice.about_type_id AND type.model = 'invoice'""",
    "parked": "SELECT jsonb_build_array(contract_id, reason) FROM billing_parkedcontract",
}


def books() -> dict[str, list[str]]:
    """All that a month leaves behind, as text without the numbers that only the database sees."""
    found = {}
    with connection.cursor() as cursor:
        for name, statement in ROWS.items():
            cursor.execute(f"SELECT row::text FROM ({statement}) AS found (row) ORDER BY 1")
            found[name] = [row[0] for row in cursor.fetchall()]
    return found


def difference(found: dict[str, list[str]], expected: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is only in the one, and what is only in the other."""
    return {
        name: [line for line in ndiff(expected[name], found[name]) if line[0] != " "]
        for name in ROWS
        if found[name] != expected[name]
    }


def typeset() -> dict[str, bytes]:
    """The PDF of each invoice."""
    invoices = list(Invoice.objects.select_related("account__subscriber", "partner").order_by("number"))
    return {
        str(invoice.number): typeset_sheet(sheet, on=date(2025, 7, 1))
        for invoice, sheet in zip(invoices, invoice_sheets(invoices), strict=True)
    }


def undisturbed() -> tuple[dict[str, list[str]], dict[str, bytes]]:
    """What the month becomes in peace, here; and then it never was."""
    preparer, approver = things.people()
    # The workers speak Japanese.
    with translation.override("ja"), transaction.atomic():
        run_month(month=JUNE, by=preparer, approver=approver, at=AT)
        papers = typeset()
        found = books()
        transaction.set_rollback(True)
    return found, papers


DWELL = """CREATE FUNCTION dwell() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(0.1 + 0.1 * random()); RETURN NEW; END $$"""


@pytest.fixture
def unhurried(transactional_db) -> Iterator[None]:
    """Each chunk dwells before its mark, with all its rows written: a kill meets work under way on a machine of any speed."""
    with connection.cursor() as cursor:
        cursor.execute(DWELL)
        cursor.execute(
            "CREATE TRIGGER dwell BEFORE UPDATE ON billing_runchunk FOR EACH ROW EXECUTE FUNCTION dwell()"
        )
        yield
        cursor.execute("DROP TRIGGER dwell ON billing_runchunk")
        cursor.execute("DROP FUNCTION dwell()")


def through(workers: Workers, chance: random.Random, left: Callable[[], int]) -> None:
    """Disturb the workers in the middle of their work, in any order, until nothing is left; the sweep comes by at times."""
    plan = chance.sample(DISTURBANCES, len(DISTURBANCES))
    ends = time.monotonic() + 90
    known, swept = left(), time.monotonic()
    while now := left():
        assert time.monotonic() < ends, (workers.folder / "worker.log").read_text()[-4000:]
        if plan and now < known:
            time.sleep(chance.uniform(0, 0.1))
            workers.disturb(plan.pop())
            known = left()
        if time.monotonic() > swept + 2:
            tasks.continue_runs()
            swept = time.monotonic()
        time.sleep(0.01)
    assert not plan, "the work was over before everything was disturbed"


def test_killed_workers_a_broker_restarted_and_two_runs_at_once_change_no_byte(
    workers, unhurried, monkeypatch
):
    monkeypatch.setattr("billing.services.prepare_run.ACCOUNTS_A_CHUNK", 1)
    a_mixed_month()
    before = books()
    expected, papers = undisturbed()
    assert books() == before
    assert not BillingRun.objects.exists()

    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    preparer, approver = things.people()
    celery = workers()
    started = at_once(*[lambda: prepare_run(month=JUNE, by=preparer, at=AT)] * 2)
    assert sorted(type(each).__name__ for each in started) == ["BillingRun", "ValidationError"]
    run = BillingRun.objects.get()
    at_once(*[lambda: rate_run(run=BillingRun.objects.get(), by=preparer, at=AT)] * 2)
    through(celery, chance, lambda: unfinished(run, "done_at", BillingRun.State.RATING))
    assert ParkedContract.objects.count() == 1

    run.refresh_from_db()
    approve_run(run=run, by=approver, at=AT)
    at_once(*[lambda: issue_run(run=BillingRun.objects.get(), by=approver, at=AT)] * 2)
    through(celery, chance, lambda: unfinished(run, "issued_at", BillingRun.State.APPROVED))
    assert difference(books(), expected) == {}

    assert typeset() == papers
    kept = {paper.invoice.number: paper.sha256 for paper in InvoicePaper.objects.select_related("invoice")}
    assert kept.items() <= {number: hashlib.sha256(pdf).hexdigest() for number, pdf in papers.items()}.items()


def unfinished(run: BillingRun, mark: str, state: BillingRun.State) -> int:
    """How many chunks are without the mark, and one for the run while it is in the state."""
    return run.chunks.filter(**{mark: None}).count() + BillingRun.objects.filter(state=state).count()
