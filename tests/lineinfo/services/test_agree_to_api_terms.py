"""The subscriber of an API contract that stays under earlier terms agrees to the version in force."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from lineinfo.models import ApiContract, KeptApiVersion
from lineinfo.services.agree_to_api_terms import agree_to_api_terms
from lineinfo.services.keep_api_terms import keep_api_terms
from tests import factories
from tests.lineinfo.conftest import API, Customer
from workflow.models import User
from workflow.selectors import state_changes_of

OLD, NEW, AGREED = date(2025, 7, 1), date(2025, 11, 1), date(2025, 11, 10)


@pytest.fixture
def kept(ours: Customer, packs: Any) -> KeptApiVersion:
    factories.publish_all()
    packs(API, NEW)
    keep_api_terms(on=NEW)
    return KeptApiVersion.objects.get()


def agree(kept: KeptApiVersion, by: User, on: date = AGREED) -> Any:
    return agree_to_api_terms(kept=kept, by=by, on=on, form="written", reason="11月10日付の同意書")


@pytest.mark.article(API, "2")
def test_from_the_day_on_which_the_subscriber_agrees_the_version_in_force_governs(
    kept: KeptApiVersion, by: User
) -> None:
    assert agree(kept, by).effective == NEW
    contract = ApiContract.objects.get()
    days = [NEW, AGREED - timedelta(days=1), AGREED]
    assert [contract.pack(day).effective for day in days] == [OLD, OLD, NEW]
    said = state_changes_of(contract).latest("id")
    assert (said.transition, said.on, said.reason, said.article) == (
        "agree_to_terms",
        AGREED,
        "11月10日付の同意書",
        "line-info-api 2",
    )
    assert keep_api_terms(on=AGREED) == 0
    assert contract.pack(AGREED).effective == NEW


def test_one_agrees_once_and_to_nothing_that_is_not_in_force_yet(kept: KeptApiVersion, by: User) -> None:
    with pytest.raises(ValidationError):
        agree(kept, by, NEW - timedelta(days=1))
    agree(kept, by)
    with pytest.raises(ValidationError):
        agree(kept, by)
    assert state_changes_of(ApiContract.objects.get()).filter(transition="agree_to_terms").count() == 1
