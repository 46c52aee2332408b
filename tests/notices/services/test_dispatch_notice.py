"""From the queue through a real mail server, with proof."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from notices.models import Notice
from notices.models.notice import MOST_ATTEMPTS, RETRY_AFTER
from notices.services import dispatch_notice as dispatching
from notices.services.dispatch_notice import Dispatched, dispatch_notice, dispatch_queued
from tests.notices.conftest import AT, after, free_port, subscriber, tell
from workflow.selectors import state_changes_of


def _fresh(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def test_a_notice_arrives_as_it_was_written(taro, smtp):
    notice = tell(taro)

    assert dispatch_notice(notice.pk, at=AT) == Dispatched(dispatched=1)

    [mail] = smtp
    assert mail["To"] == "taro@example.jp"
    assert "デモ通信株式会社" in mail["From"]
    assert mail["Reply-To"] == "support@example.jp"
    assert mail["Subject"] == notice.subject
    assert mail.get_content().replace("\r\n", "\n") == notice.body
    assert mail["Date"] == "Tue, 01 Apr 2025 01:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_proof_is_kept_message_id_answer_and_digest(taro, server):
    notice = _fresh(tell(taro))

    dispatch_notice(notice.pk, at=AT)

    notice = _fresh(notice)
    sent = server.taken[0]
    assert (notice.state, notice.dispatched_at, notice.attempts) == ("dispatched", AT, 1)
    assert notice.evidence["answer"] == "250 taken as 1"
    assert notice.evidence["recipient"] == "taro@example.jp"
    assert f"Message-ID: {notice.evidence['message_id']}".encode() in sent.original_content
    assert notice.evidence["sha256"] == hashlib.sha256(sent.original_content).hexdigest()
    [change] = state_changes_of(notice)
    assert (change.target, change.by.username, change.article) == ("dispatched", "clock", "isp-access 23-1")


def test_one_connection_serves_a_batch_the_oldest_first(db, server):
    people = [subscriber(email=f"p{number}@example.jp") for number in range(4)]
    for person in people:
        tell(person)

    assert dispatch_queued(at=AT, limit=3) == Dispatched(dispatched=3)

    assert [envelope.rcpt_tos for envelope in server.taken] == [
        [f"p{number}@example.jp"] for number in range(3)
    ]
    assert len(server.sessions) == 1
    assert Notice.objects.get(state="queued").address == "p3@example.jp"


def test_what_has_left_is_not_sent_again(taro, smtp):
    notice = tell(taro)
    dispatch_notice(notice.pk, at=AT)

    assert dispatch_notice(notice.pk, at=after(days=1)) == Dispatched()
    assert dispatch_queued(at=after(days=1)) == Dispatched()
    assert len(smtp) == 1


def test_letters_are_not_sent_by_mail(db, smtp):
    tell(subscriber(channel="letter", email=""))

    assert dispatch_queued(at=AT) == Dispatched()
    assert smtp == []


def test_a_dead_server_leaves_the_notice_queued_and_it_is_tried_again(taro, settings, smtp):
    notice = tell(taro)
    alive = settings.EMAIL_PORT
    settings.EMAIL_PORT = free_port()

    assert dispatch_queued(at=AT) == Dispatched(postponed=1)
    waiting = _fresh(notice)
    assert (waiting.state, waiting.attempts, waiting.retry_at) == ("queued", 1, AT + RETRY_AFTER[0])
    assert "takes no mail" in waiting.failure

    settings.EMAIL_PORT = alive
    assert dispatch_queued(at=AT + RETRY_AFTER[0] - timedelta(seconds=1)) == Dispatched()
    assert dispatch_queued(at=AT + RETRY_AFTER[0]) == Dispatched(dispatched=1)
    sent = _fresh(notice)
    assert (sent.state, sent.attempts, sent.retry_at, sent.failure) == ("dispatched", 2, None, "")
    assert len(smtp) == 1


def test_a_dead_server_costs_one_attempt_and_not_one_of_every_notice(db, settings):
    for number in range(3):
        tell(subscriber(email=f"p{number}@example.jp"))
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    dispatch_queued(at=AT)

    assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_the_waits_grow_and_after_the_last_attempt_the_notice_failed_with_the_reason(taro, server):
    notice = tell(taro)
    server.data = ["451 the disk is full"] * MOST_ATTEMPTS
    at, waits = AT, []
    for _attempt in range(MOST_ATTEMPTS - 1):
        assert dispatch_queued(at=at) == Dispatched(postponed=1)
        waits.append(_fresh(notice).retry_at - at)
        at = _fresh(notice).retry_at

    assert tuple(waits) == RETRY_AFTER
    assert list(RETRY_AFTER) == sorted(RETRY_AFTER)
    assert dispatch_queued(at=at) == Dispatched(failed=1)
    failed = _fresh(notice)
    assert (failed.state, failed.attempts, failed.dispatched_at) == ("failed", MOST_ATTEMPTS, None)
    assert failed.failure == "the mail server answered: 451 the disk is full"
    [change] = state_changes_of(notice)
    assert (change.target, change.reason) == ("failed", failed.failure)
    assert dispatch_queued(at=at + timedelta(days=30)) == Dispatched()


def test_an_address_that_the_server_refuses_for_good_fails_at_once(taro, server):
    notice = tell(taro)
    server.rcpt = ["550 no such mailbox"]

    assert dispatch_queued(at=AT) == Dispatched(failed=1)

    assert _fresh(notice).state == "failed"
    assert _fresh(notice).failure == "the mail server answered: 550 no such mailbox"


def test_a_refused_address_does_not_hold_up_the_next_one_on_the_same_connection(db, server):
    tell(subscriber(email="wrong@example.jp"))
    tell(subscriber(email="right@example.jp"))
    server.rcpt = ["550 no such mailbox"]

    assert dispatch_queued(at=AT) == Dispatched(dispatched=1, failed=1)
    assert [envelope.rcpt_tos for envelope in server.taken] == [["right@example.jp"]]
    assert len(server.sessions) == 1


def test_a_server_that_refuses_our_own_sender_fails_no_notice(taro, server):
    notice = tell(taro)
    server.mail = ["550 who are you?", "550 who are you?"]

    assert dispatch_queued(at=AT) == Dispatched(postponed=1)
    assert _fresh(notice).state == "queued"


def test_a_server_that_hangs_up_during_the_mail_leaves_it_queued(taro, server):
    notice = tell(taro)
    server.data = ["hang up"]

    assert dispatch_queued(at=AT) == Dispatched(postponed=1)
    assert "broke" in _fresh(notice).failure
    assert dispatch_queued(at=after(minutes=1)) == Dispatched(dispatched=1)


def test_a_server_that_closes_an_old_connection_is_called_again(db, server):
    for number in range(2):
        tell(subscriber(email=f"p{number}@example.jp"))
    taken = server.handle_DATA

    async def take_and_close(smtp_server, session, envelope):
        answer = await taken(smtp_server, session, envelope)
        server.mail = ["421 enough for one connection"] if len(server.taken) == 1 else []
        return answer

    server.handle_DATA = take_and_close

    assert dispatch_queued(at=AT) == Dispatched(dispatched=2)
    assert len(server.sessions) == 2


def test_an_address_of_which_no_mail_can_be_made_fails_with_the_reason(taro, smtp):
    notice = tell(taro)
    Notice.objects.filter(pk=notice.pk).update(address="taro@example.jp\nBcc: all@example.jp")

    assert dispatch_queued(at=AT) == Dispatched(failed=1)
    assert "no mail can be made of it" in _fresh(notice).failure
    assert smtp == []


def test_what_crashes_between_the_mail_and_the_row_is_not_lost_and_comes_again_under_the_same_message_id(
    taro, smtp, monkeypatch
):
    notice = tell(taro)
    real = dispatching.perform

    def crash(*args, **kwargs):
        raise SystemExit("the worker was killed")

    monkeypatch.setattr(dispatching, "perform", crash)
    with pytest.raises(SystemExit):
        dispatch_notice(notice.pk, at=AT)
    crashed = _fresh(notice)
    assert (crashed.state, crashed.attempts, crashed.retry_at) == ("queued", 1, AT + RETRY_AFTER[0])

    monkeypatch.setattr(dispatching, "perform", real)
    assert dispatch_queued(at=AT) == Dispatched(), "not again at once"
    assert dispatch_queued(at=AT + RETRY_AFTER[0]) == Dispatched(dispatched=1)
    first, second = smtp
    assert first["Message-ID"] == second["Message-ID"] == _fresh(notice).evidence["message_id"]


@pytest.mark.django_db(transaction=True)
def test_it_is_not_sent_from_inside_a_transaction_that_may_be_rolled_back(smtp):
    notice = tell(subscriber())

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        dispatch_notice(notice.pk, at=AT)
    assert smtp == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_every_notice_once(smtp):
    for number in range(12):
        tell(subscriber(email=f"p{number}@example.jp"))

    def work() -> Dispatched:
        try:
            return dispatch_queued(at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        counts = [worker.result() for worker in [workers.submit(work), workers.submit(work)]]

    assert sum(count.dispatched for count in counts) == 12
    assert sorted(mail["To"] for mail in smtp) == sorted(f"p{number}@example.jp" for number in range(12))


@pytest.mark.django_db(transaction=True)
def test_a_notice_that_another_worker_holds_is_passed_over(smtp):
    held, free = tell(subscriber()), tell(subscriber(email="free@example.jp"))

    def hold() -> Dispatched:
        try:
            return dispatch_queued(at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as workers, transaction.atomic():
        Notice.objects.select_for_update().get(pk=held.pk)
        assert workers.submit(hold).result(timeout=30) == Dispatched(dispatched=1)
    assert (_fresh(held).state, _fresh(free).state) == ("queued", "dispatched")


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "another"},
        {"body": "another"},
        {"address": "other@example.jp"},
        {"facts": {}},
        {"evidence": {}},
        {"article": "isp-access 1"},
        {"recipient_name": "another"},
        {"dispatched_at": AT + timedelta(days=1)},
        {"written_at": AT - timedelta(days=1)},
    ],
)
def test_what_was_dispatched_cannot_be_edited(taro, smtp, change):
    notice = tell(taro)
    dispatch_notice(notice.pk, at=AT)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**change)


def test_a_notice_cannot_be_deleted_nor_put_back_into_the_queue_once_it_has_left(taro, smtp):
    notice = tell(taro)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        notice.delete()
    dispatch_notice(notice.pk, at=AT)

    for state in ("queued", "failed"):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(state=state)
