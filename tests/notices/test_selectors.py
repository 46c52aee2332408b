"""What was told to whom, about what, and what stands on the public page."""

from notices.models import Posting
from notices.selectors import dispatched_notice, notices_about, notices_to, postings_at
from notices.services.dispatch_notice import dispatch_notice
from notices.services.post import post
from tests.notices.conftest import ARTICLE, AT, after, subscriber, tell


def test_notices_are_found_by_recipient_and_by_what_they_are_about(taro, partner):
    first, second = tell(taro), tell(taro)
    other = tell(partner, about=taro)

    assert list(notices_to(taro)) == [second, first]
    assert list(notices_to(partner)) == [other]
    assert list(notices_about(taro)) == [other, second, first]
    assert list(notices_about(taro, "suspension_lifted")) == []
    assert list(notices_about(subscriber())) == []


def test_only_a_notice_that_left_counts_as_given(taro, smtp):
    assert dispatched_notice(taro, "suspension_notice") is None
    first, second, waiting = tell(taro), tell(taro), tell(taro)
    dispatch_notice(second.pk, at=AT)
    dispatch_notice(first.pk, at=after(minutes=5))

    assert dispatched_notice(taro, "suspension_notice") == first
    assert dispatched_notice(taro, "suspension_lifted") is None
    assert waiting.dispatched_at is None


def test_a_posting_stands_from_its_beginning_until_before_its_end(db):
    posting = post(
        category=Posting.Category.OTHER, title="題", body="文", article=ARTICLE, at=AT, until=after(days=1)
    )

    assert list(postings_at(after(seconds=-1))) == []
    assert list(postings_at(AT)) == [posting]
    assert list(postings_at(after(days=1, seconds=-1))) == [posting]
    assert list(postings_at(after(days=1))) == []
