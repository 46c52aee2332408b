"""A failed notice gets another chance, perhaps by another way."""

import pytest

from notices.errors import NoAddress
from notices.models import Notice
from notices.services.dispatch_notice import Dispatched, dispatch_queued
from notices.services.requeue_notice import requeue_notice
from tests.notices.conftest import AT, after, tell
from workflow.errors import NotPermitted, WrongState
from workflow.models import User
from workflow.selectors import state_changes_of


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief")


@pytest.fixture
def failed(taro, server):
    notice = tell(taro)
    server.rcpt = ["550 no such mailbox"]
    dispatch_queued(at=AT)
    return Notice.objects.get(pk=notice.pk)


def test_it_is_sent_to_the_right_address_with_the_same_text(failed, chief, server):
    requeue_notice(
        notice=failed, by=chief, at=after(days=1), reason="new address by telephone", address="new@example.jp"
    )

    waiting = Notice.objects.get(pk=failed.pk)
    assert (waiting.state, waiting.attempts, waiting.body) == ("queued", 0, failed.body)
    assert dispatch_queued(at=after(days=1)) == Dispatched(dispatched=1)
    assert server.taken[0].rcpt_tos == ["new@example.jp"]
    assert [change.reason for change in state_changes_of(failed)][1] == "new address by telephone"


def test_it_may_go_by_letter_instead_but_then_needs_an_address(failed, chief):
    with pytest.raises(NoAddress):
        requeue_notice(notice=failed, by=chief, at=after(days=1), reason="no mail", channel="letter")
    assert Notice.objects.get(pk=failed.pk).state == "failed"

    requeue_notice(
        notice=failed,
        by=chief,
        at=after(days=1),
        reason="no mail",
        channel="letter",
        address="〒150-0001 東京都渋谷区",
    )
    waiting = Notice.objects.get(pk=failed.pk)
    assert (waiting.state, waiting.channel, waiting.address) == (
        "queued",
        "letter",
        "〒150-0001 東京都渋谷区",
    )


def test_a_worker_is_asked_to_send_it(failed, chief, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        requeue_notice(notice=failed, by=chief, at=after(days=1), reason="again")

    assert len(callbacks) == 1


def test_only_what_failed_is_sent_again(taro, chief, smtp):
    notice = tell(taro)
    dispatch_queued(at=AT)

    with pytest.raises(WrongState):
        requeue_notice(notice=notice, by=chief, at=after(days=1), reason="again")


def test_it_needs_the_permission(failed):
    with pytest.raises(NotPermitted):
        requeue_notice(notice=failed, by=User.objects.create_user("clerk"), at=after(days=1), reason="again")
