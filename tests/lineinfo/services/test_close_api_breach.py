"""A breach is cured or dismissed, and what rests on it is lifted."""

import pytest

from lineinfo.models import ApiContract, ApiSuspension
from lineinfo.services.close_api_breach import cure_api_breach, dismiss_api_breach
from tests.lineinfo.breaches import breach, suspend
from tests.lineinfo.conftest import NOW, Customer
from workflow.errors import WrongState
from workflow.models import User


def test_what_is_cured_or_dismissed_lifts_what_rests_on_it_and_is_closed(ours: Customer, by: User) -> None:
    found, other = breach(ours, by), breach(ours, by)
    suspension = suspend(found, by, urgent_reason="公開が続いている")
    assert ApiContract.objects.get(pk=ours.api.pk).state == ApiContract.State.SUSPENDED

    cure_api_breach(breach=found, by=by, at=NOW, reason="削除を確認した")
    dismiss_api_breach(breach=other, by=by, at=NOW, reason="同じ件")

    suspension.refresh_from_db()
    assert suspension.state == ApiSuspension.State.LIFTED
    assert ApiContract.objects.get(pk=ours.api.pk).state == ApiContract.State.ACTIVE
    for closed in (found, other):
        with pytest.raises(WrongState):
            suspend(closed, by)
