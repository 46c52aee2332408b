"""What an API contract that ends leaves behind: credentials that expired, suspensions that are over."""

from datetime import timedelta

import pytest

from lineinfo.models import ApiSuspension, Credential
from lineinfo.services.close_access import close_access
from tests.lineinfo.conftest import NOW, TODAY, Customer
from workflow.models import User
from workflow.selectors import state_changes_of


def suspension(ours: Customer, state: str) -> ApiSuspension:
    return ApiSuspension.objects.create(
        api_contract=ours.api, ground="breach_of_duties", article="line-info-api 17-1(1)", reason="義務の違反", state=state,
        starts_on=TODAY, through=TODAY + timedelta(days=10), announced_at=NOW,
    )  # fmt: skip


def test_every_credential_that_works_expires_and_is_not_revoked(
    ours: Customer, theirs: Customer, by: User
) -> None:
    close_access(contract=ours.api, by=by, at=NOW, reason="契約の終了")
    states = [Credential.objects.get(api_user=each.user).state for each in (ours, theirs)]
    assert states == [Credential.State.EXPIRED, Credential.State.ACTIVE]
    assert state_changes_of(Credential.objects.get(api_user=ours.user)).last().reason == "契約の終了"


@pytest.mark.parametrize(
    ("state", "becomes"), [("announced", "withdrawn"), ("in_force", "ended_contract"), ("lifted", "lifted")]
)
def test_a_suspension_is_over_with_the_contract(ours: Customer, by: User, state: str, becomes: str) -> None:
    made = suspension(ours, state)
    close_access(contract=ours.api, by=by, at=NOW)
    made.refresh_from_db()
    assert made.state == becomes
