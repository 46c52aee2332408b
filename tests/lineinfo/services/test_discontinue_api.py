"""The operator ends the whole service."""

from datetime import date, timedelta

import pytest

from lineinfo.models import ApiContract
from lineinfo.services.carry_out_api_day import carry_out_api_day
from lineinfo.services.discontinue_api import discontinue_api
from notices.models import Posting
from notices.selectors import notices_to
from tests import factories
from tests.lineinfo.conftest import API, NOW, TODAY, Customer
from workflow.errors import Refused
from workflow.models import User


@pytest.mark.article(API, "23")
def test_with_the_end_of_the_service_every_contract_ends_after_a_notice(
    ours: Customer, theirs: Customer, by: User
) -> None:
    last = date(2026, 3, 31)

    assert discontinue_api(terms_code=API, by=by, at=NOW, ends_on=last, reason="後継サービスへの移行") == 2

    posting = Posting.objects.get(category=Posting.Category.DISCONTINUATION)
    assert "2026年3月31日" in posting.body
    for api in ApiContract.objects.all():
        assert (api.state, api.ends_on, api.article) == (ApiContract.State.ENDING, last, f"{API} 23-3")
        factories.dispatched(notices_to(api.subscriber).filter(occasion="api_ending_notice").get(), TODAY)
    assert carry_out_api_day(at=factories.at(last))["API contracts ended"] == 0
    assert carry_out_api_day(at=factories.at(last + timedelta(days=1)))["API contracts ended"] == 2


@pytest.mark.article(API, "23")
def test_the_end_of_the_service_is_never_told_on_the_day_itself(ours: Customer, by: User) -> None:
    with pytest.raises(Refused):
        discontinue_api(terms_code=API, by=by, at=NOW, ends_on=TODAY, reason="…")

    assert not Posting.objects.exists()
