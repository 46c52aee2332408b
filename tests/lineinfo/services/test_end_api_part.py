"""The operator ends a part of the function."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Product
from lineinfo.models import ApiContract, EndedPart
from lineinfo.services.carry_out_api_day import carry_out_api_day
from lineinfo.services.end_api_part import end_api_part
from notices.models import Posting
from notices.selectors import notices_about
from tests import factories
from tests.at_once import at_once
from tests.lineinfo.conftest import API, NOW, TARGET, TODAY, Customer, closed_as, customer
from workflow.errors import Refused
from workflow.models import User

DAY, LAST = timedelta(days=1), date(2026, 3, 31)


def end_part(by: User, **values: object) -> EndedPart:
    details = {"terms_code": API, "part": "measurements", "ends_on": LAST, "reason": "測定装置の撤去"}
    return end_api_part(by=by, at=NOW, **(details | values))


@pytest.mark.article(API, "23")
def test_a_part_of_the_function_ends_after_its_notice_and_the_rest_goes_on(
    ours: Customer, theirs: Customer, by: User
) -> None:
    ended = end_part(by)

    assert ended.article == f"{API} 23-1"
    assert "2026年3月31日" in ended.posting.body
    assert {notice.recipient for notice in notices_about(ended)} == {ours.subscriber, theirs.subscriber}
    notice = notices_about(ended).get(recipient_id=ours.subscriber.pk)
    assert (notice.article, "測定値と欠損" in notice.body) == (f"{API} 23-3", True)
    over = factories.at(LAST + DAY, 0)
    # Who was not told yet still has it.
    assert closed_as(ours, over, "measurements") is None
    factories.dispatched(notice, TODAY)
    assert closed_as(ours, over - timedelta(seconds=1), "measurements") is None
    assert [closed_as(ours, over, part) for part in ("measurements", "status", "events", "")] == [
        "ended",
        None,
        None,
        None,
    ]
    assert closed_as(theirs, over, "measurements") is None
    # The contract itself goes on.
    assert ApiContract.objects.get(pk=ours.api.pk).state == ApiContract.State.ACTIVE


@pytest.mark.article(API, "23")
def test_who_comes_after_the_announcement_is_told_once(target: Product, ours: Customer, by: User) -> None:
    ended = end_part(by)
    late = customer(target, by)

    assert [carry_out_api_day(at=NOW)["told of the end of a part of the API"] for _night in range(2)] == [
        1,
        0,
    ]
    assert notices_about(ended).filter(recipient_id=late.subscriber.pk).count() == 1


@pytest.mark.article(API, "23")
def test_the_end_of_a_part_is_refused_on_the_day_itself_twice_or_for_the_last_one(
    ours: Customer, by: User
) -> None:
    with pytest.raises(Refused) as refused:
        end_part(by, ends_on=TODAY)
    assert refused.value.refusal.code == "notice_first"
    end_part(by)
    with pytest.raises(ValidationError, match="すでに予告されています"):
        end_part(by)
    end_part(by, part="status")
    with pytest.raises(Refused) as refused:
        end_part(by, part="events")
    assert refused.value.refusal.code == "last_part"

    assert EndedPart.objects.count() == Posting.objects.count() == 2


def test_where_the_document_does_not_end_parts_none_ends(by: User) -> None:
    with pytest.raises(Refused) as refused:
        end_part(by, terms_code=TARGET)

    assert refused.value.refusal.code == "no_part"


@pytest.mark.django_db(transaction=True)
def test_two_who_end_the_last_two_parts_at_once_do_not_leave_nothing(by: User) -> None:
    factories.publish_all()
    end_part(by)

    results = at_once(lambda: end_part(by, part="status"), lambda: end_part(by, part="events"))

    assert sorted(type(result).__name__ for result in results) == ["EndedPart", "Refused"]
    assert EndedPart.objects.count() == 2
