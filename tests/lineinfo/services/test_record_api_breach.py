"""A breach of a duty of use is put on record, and the contractor answers for others."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from lineinfo.models import ApiBreach
from lineinfo.services.close_api_breach import cure_api_breach
from notices.selectors import notices_about
from tests import factories
from tests.lineinfo.breaches import breach, suspend
from tests.lineinfo.conftest import API, NOW, TODAY, Customer, register
from tests.lineinfo.services.test_subcontractors import entrust
from workflow.errors import Refused
from workflow.models import User


@pytest.mark.article(API, "13")
@pytest.mark.parametrize(
    ("duty", "number"),
    [
        ("operating_environment", "13-1(1)"),
        ("infringement", "13-1(2)(ア)"),
        ("harmful_program", "13-1(2)(イ)"),
        ("interference", "13-1(2)(ウ)"),
        ("public_order", "13-1(2)(エ)"),
        ("disclosure", "13-1(2)(オ)"),
        ("subcontractor_duties", "13-2"),
    ],
)
def test_each_duty_of_use_can_be_breached_and_the_breach_sanctioned(
    ours: Customer, by: User, duty: str, number: str
) -> None:
    found = breach(ours, by, duty=duty)

    assert (found.article, found.answers_article) == (f"{API} {number}", "")
    notice = notices_about(found, "api_breach_recorded").get()
    assert "仕様書の公開サイトへの掲載" in notice.body
    assert suspend(found, by).article == f"{API} 17-1(3)"


@pytest.mark.article(API, "13")
def test_the_act_of_a_subcontractor_or_its_staff_is_the_contractors_own(ours: Customer, by: User) -> None:
    subcontractor = entrust(ours, by)
    staff = register(ours.api, by, subcontractor=subcontractor)

    for doer in ({"subcontractor": subcontractor}, {"api_user": staff}):
        found = breach(ours, by, **doer)
        assert (found.subcontractor, found.answers_article) == (subcontractor, f"{API} 13-2")
        assert "保守委託株式会社" in notices_about(found).get().body
        factories.dispatched(suspend(found, by).notice, TODAY)
        cure_api_breach(breach=found, by=by, at=NOW, reason="是正")


@pytest.mark.article(API, "9")
def test_the_contractor_answers_for_what_its_api_users_did(ours: Customer, by: User) -> None:
    assert breach(ours, by, api_user=ours.user).answers_article == f"{API} 9-2"


def test_a_breach_of_something_that_is_no_duty_or_by_a_stranger_is_not_recorded(
    ours: Customer, theirs: Customer, by: User
) -> None:
    with pytest.raises(Refused):
        breach(ours, by, duty="politeness")
    with pytest.raises(ValidationError, match="api_user"):
        breach(ours, by, api_user=theirs.user)
    with pytest.raises(ValidationError):
        breach(ours, by, happened_on=TODAY + timedelta(days=1))

    assert not ApiBreach.objects.exists()
