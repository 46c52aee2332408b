"""The recipient opened it."""

import pytest

from notices.models import Notice
from notices.services.dispatch_notice import dispatch_queued
from notices.services.record_receipt import record_receipt
from tests.notices.conftest import AT, after, tell
from workflow.errors import WrongState
from workflow.models import User


def test_when_a_notice_was_opened_is_recorded_once(taro, smtp):
    reader = User.objects.create_user("taro")
    notice = tell(taro)
    with pytest.raises(WrongState):
        record_receipt(notice=notice, by=reader, at=AT)
    dispatch_queued(at=AT)

    record_receipt(notice=notice, by=reader, at=after(hours=2))

    assert Notice.objects.get(pk=notice.pk).received_at == after(hours=2)
    with pytest.raises(WrongState):
        record_receipt(notice=notice, by=reader, at=after(hours=3))
    assert Notice.objects.get(pk=notice.pk).received_at == after(hours=2)
