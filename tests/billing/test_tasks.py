"""Real workers and real concurrency: two at once, a crash in the middle, a broker that is down."""

import socket
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.core.exceptions import ValidationError
from django.db import transaction

from billing import tasks
from billing.models import BillingRun, Charge, Invoice, Payment, RunChunk
from billing.pace import pace_of
from billing.services.approve_run import approve_run
from billing.services.issue_run import issue_run
from billing.services.prepare_run import prepare_run
from billing.services.rate_chunk import rate_chunk
from billing.services.rate_run import rate_run
from config.celery import app
from tests import factories
from tests.at_once import at_once
from tests.billing import things
from workflow.errors import WrongState
from workflow.selectors import state_changes_of

JUNE = date(2025, 6, 1)
AT = factories.at(date(2025, 7, 1), 9)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _standing(transactional_db):
    things.standing()


@pytest.fixture
def worker(valkey, transactional_db) -> Iterator[None]:
    """A worker beside the test."""
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="WARNING"):
        yield


@pytest.fixture
def dead_broker() -> Iterator[None]:
    """Tasks go to a broker at which nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    dead = Celery("dead", set_as_current=False)
    dead.config_from_object("django.conf:settings", namespace="CELERY")
    dead.conf.broker_url = f"redis://127.0.0.1:{port}/0"
    dead.set_current()
    yield
    app.set_current()


def soon(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("nothing happened within ten seconds")


def test_workers_rate_a_run_and_put_it_into_review(worker, monkeypatch):
    monkeypatch.setattr("billing.services.prepare_run.ACCOUNTS_A_CHUNK", 2)
    for _ in range(5):
        things.contract()
    run = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    rate_run(run=run, by=things.people()[0], at=AT)
    soon(lambda: BillingRun.objects.get().state == BillingRun.State.IN_REVIEW)
    run.refresh_from_db()
    pace = pace_of(run, at=AT)
    assert (run.rated, run.invoices_count, run.net) == (5, 5, 30000)
    assert (pace.chunks_done, pace.chunks, pace.contracts_done) == (3, 3, 5)


def test_two_people_who_prepare_the_same_month_make_one_run():
    things.contract()
    preparer, other = things.people()
    results = at_once(*(lambda by=by: prepare_run(month=JUNE, by=by, at=AT) for by in (preparer, other)))
    assert BillingRun.objects.count() == 1
    assert [type(result) for result in results].count(ValidationError) == 1


def test_two_workers_on_one_chunk_rate_it_once():
    for _ in range(3):
        things.contract()
    run = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    BillingRun.objects.update(state=BillingRun.State.RATING)
    chunk = run.chunks.get().pk
    results = at_once(*[lambda: rate_chunk(chunk_id=chunk, at=AT)] * 2)
    assert sorted(results) == [False, True]
    assert (Charge.objects.count(), Invoice.objects.count()) == (3, 3)


def test_two_people_who_issue_the_same_run_number_each_invoice_once():
    for _ in range(4):
        things.contract()
    run = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    rate_run(run=run, by=things.people()[0], at=AT, here=True)
    approve_run(run=run, by=things.people()[1], at=AT)
    by = things.people()[1]
    results = at_once(*[lambda: issue_run(run=BillingRun.objects.get(), by=by, at=AT)] * 2)
    assert all(isinstance(result, BillingRun | WrongState) for result in results)
    numbers = Invoice.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"202506-{place:06d}" for place in range(1, 5)]
    assert BillingRun.objects.get().state == BillingRun.State.ISSUED


def test_two_payments_at_once_pay_an_invoice_no_more_than_once():
    contract = things.contract(amount=10000)
    things.bill(JUNE)
    day = date(2025, 7, 28)
    results = at_once(
        *(lambda name=name: things.pay(contract, 8000, day, reference=name) for name in ("a", "b"))
    )
    assert all(isinstance(result, Payment) for result in results)
    invoice = things.invoice(contract)
    assert (invoice.state, invoice.paid) == (Invoice.State.SETTLED, 11000)
    assert sum(payment.unallocated for payment in Payment.objects.all()) == 5000


def test_a_crash_in_the_middle_of_a_chunk_leaves_nothing_behind(monkeypatch):
    things.contract()
    run = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    BillingRun.objects.update(state=BillingRun.State.RATING)

    def crash(*args):
        raise RuntimeError("the worker was killed")

    with monkeypatch.context() as patch:
        patch.setattr("billing.chunks.rate.write_charges", crash)
        with pytest.raises(RuntimeError):
            rate_chunk(chunk_id=run.chunks.get().pk, at=AT)
    assert not Invoice.objects.exists()
    assert run.chunks.get().done_at is None
    rate_run(run=run, by=things.people()[0], at=AT, here=True)
    assert Charge.objects.count() == 1


def test_a_chunk_that_no_worker_took_is_swept_up(worker):
    things.contract()
    run = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    BillingRun.objects.update(state=BillingRun.State.RATING)
    assert tasks.continue_runs() == 1
    soon(lambda: BillingRun.objects.get().state == BillingRun.State.IN_REVIEW)
    assert RunChunk.objects.get().run == run


def test_a_broker_that_is_down_fails_nobody_and_loses_no_chunk(dead_broker, caplog):
    things.contract()
    run = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    rate_run(run=run, by=things.people()[0], at=AT)
    assert "the scheduled sweep will send chunk" in caplog.text
    assert BillingRun.objects.get().state == BillingRun.State.RATING
    assert run.chunks.filter(done_at__isnull=True).count() == 1


def test_the_nightly_task_takes_the_steps_of_today(time_machine):
    things.contract(amount=10000)
    with transaction.atomic():
        things.bill(JUNE)
    time_machine.move_to(factories.at(date(2025, 8, 2), 3))
    assert tasks.run_arrears() == {"reminder": 1}


def test_workers_issue_a_run_in_several_chunks_and_number_it_without_gaps(worker, monkeypatch):
    monkeypatch.setattr("billing.services.prepare_run.ACCOUNTS_A_CHUNK", 2)
    for _ in range(5):
        things.contract()
    run = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    rate_run(run=run, by=things.people()[0], at=AT, here=True)
    approve_run(run=run, by=things.people()[1], at=AT)
    issue_run(run=run, by=things.people()[1], at=AT)
    soon(lambda: BillingRun.objects.get().state == BillingRun.State.ISSUED)
    numbers = Invoice.objects.order_by("account_id").values_list("number", flat=True)
    assert list(numbers) == [f"202506-{place:06d}" for place in range(1, 6)]
    assert state_changes_of(run).last().by == things.people()[1]


def test_chunks_that_were_not_issued_are_swept_up_with_their_own_numbers(worker, dead_broker, monkeypatch):
    monkeypatch.setattr("billing.services.prepare_run.ACCOUNTS_A_CHUNK", 2)
    for _ in range(5):
        things.contract()
    run = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    rate_run(run=run, by=things.people()[0], at=AT, here=True)
    approve_run(run=run, by=things.people()[1], at=AT)
    issue_run(run=run, by=things.people()[1], at=AT)
    tasks.issue_chunk(run.chunks.order_by("-first_account").first().pk)
    assert list(Invoice.objects.exclude(number=None).values_list("number", flat=True)) == ["202506-000005"]
    app.set_current()
    assert tasks.continue_runs() == 2
    soon(lambda: BillingRun.objects.get().state == BillingRun.State.ISSUED)
    assert tasks.issue_chunk(run.chunks.first().pk) is False
    assert tasks.continue_runs() == 0
    assert Invoice.objects.filter(state=Invoice.State.ISSUED).count() == 5
