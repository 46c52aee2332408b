"""A notice to somebody who moved away without a word counts as given when it was sent."""

import pytest

from notices.models import Notice
from notices.services.deem_received import deem_received
from notices.services.dispatch_notice import dispatch_queued
from notices.services.record_receipt import record_receipt
from terms.article import ArticleRef
from tests.notices.conftest import AT, after, tell
from workflow.errors import Refused, WrongState
from workflow.models import User
from workflow.selectors import state_changes_of

PHONE = ArticleRef("hikari-phone", "27-1")


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk")


@pytest.mark.article("hikari-phone", "16")
def test_a_notice_to_an_unreported_address_counts_as_received_when_it_was_dispatched(taro, clerk, smtp):
    notice = tell(taro, article=PHONE)
    dispatch_queued(at=AT)

    deem_received(notice=notice, by=clerk, at=after(days=9), reason="returned, nobody of that name")

    notice = Notice.objects.get(pk=notice.pk)
    assert (notice.state, notice.received_at) == ("deemed_received", AT)
    change = state_changes_of(notice).last()
    assert (change.by, change.reason, change.article) == (
        clerk,
        "returned, nobody of that name",
        "hikari-phone 16",
    )


@pytest.mark.parametrize(
    "article",
    [ArticleRef("isp-access", "23-1"), ArticleRef("hikari-line", "34-1")],
    ids=["no article on changes of name", "an article that says nothing of notices"],
)
def test_where_the_document_does_not_say_so_it_is_refused(taro, clerk, smtp, article):
    notice = tell(taro, article=article)
    dispatch_queued(at=AT)

    with pytest.raises(Refused) as refused:
        deem_received(notice=notice, by=clerk, at=after(days=9), reason="returned")
    assert refused.value.refusal.code == "no_deemed_receipt"
    assert Notice.objects.get(pk=notice.pk).state == "dispatched"


def test_what_was_never_dispatched_cannot_count_as_received(taro, clerk):
    notice = tell(taro, article=PHONE)

    with pytest.raises(WrongState, match="利用停止の予告"):
        deem_received(notice=notice, by=clerk, at=after(days=9), reason="returned")


def test_what_was_really_received_is_not_deemed_so(taro, clerk, smtp):
    notice = tell(taro, article=PHONE)
    dispatch_queued(at=AT)
    record_receipt(notice=notice, by=clerk, at=after(days=1))

    with pytest.raises(WrongState):
        deem_received(notice=notice, by=clerk, at=after(days=9), reason="returned")
