"""The order in which requests are answered, and on which article."""

from datetime import date, timedelta

import pytest

from contracts.models import Request
from contracts.services.answer_request import keep_order_of_arrival, request_article, take_into_review
from contracts.services.receive_request import receive_request
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
AT = factories.at(DAY)


def application(terms_code: str = "hikari-line", *, minutes: int = 0) -> Request:
    return receive_request(
        by=factories.staff(),
        at=AT + timedelta(minutes=minutes),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(),
        terms_code=terms_code,
        form=factories.asked_form(terms_code),
        details=factories.new_details(factories.product(terms_code)),
    )


def in_order(request: Request, reason: str = "") -> str | None:
    try:
        keep_order_of_arrival(request=request, on=DAY, order_reason=reason)
    except Refused as refused:
        return str(refused.refusal.article)
    return None


@pytest.mark.article("hikari-line", "13")
def test_who_came_first_is_answered_first_unless_a_reason_is_on_record():
    first, second = application(), application(minutes=1)
    other = application("isp-access", minutes=2)
    assert [in_order(request) for request in (first, second, other)] == [None, "hikari-line 13", None]
    assert in_order(second, "  ") == "hikari-line 13"
    assert in_order(second, " 官公庁の指定した日のため ") is None
    second.refresh_from_db()
    assert second.order_reason == "官公庁の指定した日のため"


def test_of_two_that_came_at_once_the_one_that_was_taken_down_first_is_the_earlier():
    first, second = application(), application()
    assert in_order(first) is None
    assert in_order(second) is not None


def test_one_in_review_still_waits_for_its_answer():
    first, second = application(), application(minutes=1)
    for _twice in range(2):
        take_into_review(request=first, by=factories.staff(), on=DAY)
        assert first.state == Request.State.IN_REVIEW
    assert in_order(second) is not None


def test_the_answer_rests_on_the_article_on_applications_where_it_is_answered_as_one():
    contract = factories.contract("hikari-line")
    articles = {
        kind: str(request_article(Request(kind=kind, terms_code="hikari-line", contract=contract), DAY))
        for kind in (Request.Kind.NEW, Request.Kind.ITEM_CHANGE, Request.Kind.TRANSFER)
    }
    assert articles == {
        "new": "hikari-line 13",
        "item_change": "hikari-line 13",
        "transfer": "hikari-line 22",
    }
