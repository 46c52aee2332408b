"""A claim for damages under an API contract is paid or dropped, once."""

from datetime import date

import pytest

from lineinfo.models import ApiDamageClaim
from lineinfo.services.answer_api_claim import answer_api_claim, receive_api_claim
from lineinfo.services.close_api_claim import settle_api_claim, withdraw_api_claim
from tests.lineinfo.conftest import NOW, Customer
from workflow.errors import WrongState
from workflow.models import User
from workflow.selectors import state_changes_of

PAID = date(2025, 11, 4)


@pytest.fixture
def claim(ours: Customer, by: User) -> ApiDamageClaim:
    return receive_api_claim(contract=ours.api, by=by, at=NOW, happened="表示値による損害", amount=5_000)


def test_what_the_operator_answers_for_is_paid(claim: ApiDamageClaim, by: User) -> None:
    answer_api_claim(claim=claim, by=by, at=NOW, fault="gross_negligence", reason="調査の結果")
    settle_api_claim(claim=claim, by=by, on=PAID, reason="11月4日に支払った")
    claim.refresh_from_db()
    assert (claim.state, claim.closed_on, claim.outcome) == (
        ApiDamageClaim.State.SETTLED,
        PAID,
        "11月4日に支払った",
    )
    assert state_changes_of(claim).latest("pk").article == claim.article


def test_who_drops_a_claim_does_so_before_it_is_answered_and_once(claim: ApiDamageClaim, by: User) -> None:
    withdraw_api_claim(claim=claim, by=by, on=PAID, reason="和解した")
    for close in (withdraw_api_claim, settle_api_claim):
        with pytest.raises(WrongState):
            close(claim=claim, by=by, on=PAID, reason="もう一度")
    claim.refresh_from_db()
    assert (claim.state, claim.outcome) == (ApiDamageClaim.State.WITHDRAWN, "和解した")
