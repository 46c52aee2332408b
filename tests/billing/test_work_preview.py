"""What a work would cost when it is planned, before anybody is told of it."""

from datetime import date
from functools import partial

import pytest

from billing.models import Tariff
from billing.work_preview import preview_work
from contracts.models import Work
from contracts.services.plan_work import plan_work
from notices.models import Notice
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db


@pytest.mark.article("hikari-line", "41")
@pytest.mark.parametrize(("hour", "fee"), [(10, 20000), (18, 25700), (23, 31400)])
def test_the_fee_is_that_of_the_time_for_which_it_is_planned_and_nothing_is_kept(hour: int, fee: int):
    things.standing()
    contract = things.contract()
    things.tariff(
        None, 20000, code="opening", kind=Tariff.Kind.CONSTRUCTION, terms_code="hikari-line", article="hikari-line 41"
    )  # fmt: skip
    found = preview_work(
        partial(
            plan_work,
            contract=contract,
            by=factories.staff(),
            kind=Work.Kind.OPENING,
            planned_at=factories.at(date(2025, 6, 11), hour),
            items=["opening"],
            on=date(2025, 6, 10),
        )
    )
    assert [(charge.amount, charge.article) for charge in found] == [(fee, "hikari-line 41")]
    assert not Work.objects.exists()
    assert not Notice.objects.exists()
