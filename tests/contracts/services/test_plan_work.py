"""A work is planned for a day to come, and put on instalments only where the document takes them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Work
from contracts.services.plan_work import plan_work
from notices.models import Notice
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 10)


def planned(code: str = "hikari-line", *, on: date = DAY, **fields) -> Work:
    return plan_work(
        contract=factories.contract(code),
        by=factories.staff(),
        kind=Work.Kind.OPENING,
        planned_at=factories.at(DAY),
        items=[],
        on=on,
        **fields,
    )


def test_nobody_is_told_of_a_work_on_a_day_that_is_over():
    with pytest.raises(ValidationError) as refused:
        planned(on=date(2025, 6, 11))
    assert list(refused.value.message_dict) == ["planned_at"]
    assert not Work.objects.exists()
    assert not Notice.objects.exists()
    assert planned().state == Work.State.PLANNED


@pytest.mark.article("hikari-line", "41")
@pytest.mark.parametrize(
    ("code", "article"), [("hikari-line", "hikari-line 41"), ("isp-access", "isp-access 1")]
)
def test_a_work_is_put_on_instalments_only_where_the_document_takes_them(code, article):
    with pytest.raises(Refused) as refused:
        planned(code, instalments=True)
    assert str(refused.value.refusal.article) == article
    assert not Work.objects.exists()


@pytest.mark.article("hikari-line", "41")
def test_instalments_asked_for_while_the_document_took_them_are_kept():
    assert planned(instalments=True, instalments_asked=date(2017, 11, 15)).instalments
