"""What the operator answers for."""

import pytest

from lineinfo.models import ApiDamageClaim
from lineinfo.services.answer_api_claim import answer_api_claim, receive_api_claim
from tests.lineinfo.breaches import breach, suspend
from tests.lineinfo.conftest import API, NOW, TODAY, Customer
from workflow.errors import Refused, WrongState
from workflow.models import User


@pytest.mark.article(API, "20")
@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("intent", ApiDamageClaim.State.GRANTED),
        ("gross_negligence", ApiDamageClaim.State.GRANTED),
        ("negligence", ApiDamageClaim.State.REFUSED),
        ("none", ApiDamageClaim.State.REFUSED),
    ],
)
def test_the_operator_answers_for_intent_and_gross_negligence_only(
    ours: Customer, by: User, fault: str, state: str
) -> None:
    claim = receive_api_claim(contract=ours.api, by=by, at=NOW, happened="表示値による損害", amount=5_000)

    notice = answer_api_claim(claim=claim, by=by, at=NOW, fault=fault, reason="調査の結果")

    claim.refresh_from_db()
    assert (claim.state, claim.article) == (state, f"{API} 20-2")
    assert ("賠償いたします" in notice.body) is (state == ApiDamageClaim.State.GRANTED)
    with pytest.raises(WrongState):
        answer_api_claim(claim=claim, by=by, at=NOW, fault=fault, reason="")


@pytest.mark.article(API, "1")
def test_what_these_terms_leave_out_follows_the_terms_of_the_lan_service_which_the_refusal_names(
    ours: Customer, by: User
) -> None:
    with pytest.raises(Refused) as refused:
        breach(ours, by, duty="meter_reading")

    assert str(refused.value.refusal.article) == f"{API} 1"
    assert "LAN型通信網サービス契約約款" in str(refused.value.refusal.reason)


@pytest.mark.article(API, "1")
def test_where_these_terms_speak_the_other_document_is_not_asked(ours: Customer, by: User) -> None:
    # The terms of a line know a debt as a ground of suspension; these list their own grounds, and win.
    found = breach(ours, by)
    with pytest.raises(Refused) as refused:
        suspend(found, by, ground="unpaid")

    assert refused.value.refusal.code == "no_such_ground"
    assert ours.api.pack(TODAY).references[0].ranks == "below"
