import pytest

from billing.models import Charge
from contracts.models import Contract, Product
from lineinfo.models import ApiContract
from lineinfo.services.accept_api_contract import accept_api_contract
from lineinfo.services.apply_api_contract import apply_api_contract
from lineinfo.services.refuse_api_contract import refuse_api_contract
from notices.selectors import notices_about
from tests.lineinfo.conftest import API, NOW, TODAY, holder
from workflow.errors import Refused, WrongState
from workflow.models import User
from workflow.selectors import state_changes_of


@pytest.fixture
def applied(target: Product, by: User) -> ApiContract:
    subscriber, _ = holder(target)
    return apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY)


@pytest.mark.article(API, "7")
@pytest.mark.article(API, "8")
@pytest.mark.article(API, "5")
def test_on_acceptance_the_access_data_is_notified_without_any_secret(applied: ApiContract, by: User) -> None:
    notice = accept_api_contract(contract=applied, by=by, at=NOW)

    applied.refresh_from_db()
    assert (applied.state, applied.accepted_on) == (ApiContract.State.ACTIVE, TODAY)
    assert notice.article == f"{API} 7"
    assert applied.api_id in notice.body
    assert "/api/v1/" in notice.body
    assert "/api/docs/" in notice.body
    assert list(notices_about(applied, "api_access_data")) == [notice]


@pytest.mark.article(API, "7")
def test_who_lost_the_target_contract_since_applying_is_not_accepted(applied: ApiContract, by: User) -> None:
    Contract.objects.update(state=Contract.State.ENDED, ends_on=TODAY)

    with pytest.raises(Refused):
        accept_api_contract(contract=applied, by=by, at=NOW)

    applied.refresh_from_db()
    assert applied.state == ApiContract.State.APPLIED


@pytest.mark.article(API, "7")
@pytest.mark.parametrize(
    ("ground", "number"),
    [
        ("different_name", "7-1(1)"),
        ("technical", "7-1(2)"),
        ("false_statement", "7-1(3)"),
        ("unpaid_or_likely", "7-1(4)"),
        ("likely_breach", "7-1(5)"),
        ("hindrance", "7-1(6)"),
    ],
)
def test_an_application_is_refused_on_a_ground_of_the_document(
    applied: ApiContract, by: User, ground: str, number: str
) -> None:
    notice = refuse_api_contract(contract=applied, by=by, at=NOW, ground=ground, reason="申込書の記載による")

    applied.refresh_from_db()
    assert (applied.state, applied.ground) == (ApiContract.State.REFUSED, ground)
    assert applied.article == f"{API} {number}"
    assert "申込書の記載による" in notice.body
    assert state_changes_of(applied).last().article == f"{API} {number}"


def test_a_ground_that_the_document_does_not_list_refuses_nobody(applied: ApiContract, by: User) -> None:
    with pytest.raises(Refused, match="dislike"):
        refuse_api_contract(contract=applied, by=by, at=NOW, ground="dislike", reason="…")

    applied.refresh_from_db()
    assert applied.state == ApiContract.State.APPLIED


def test_an_answer_is_given_once(applied: ApiContract, by: User) -> None:
    accept_api_contract(contract=applied, by=by, at=NOW)

    with pytest.raises(WrongState):
        accept_api_contract(contract=applied, by=by, at=NOW)
    with pytest.raises(WrongState):
        refuse_api_contract(contract=applied, by=by, at=NOW, ground="technical", reason="…")


@pytest.mark.article(API, "19")
def test_the_function_is_free_and_nothing_is_ever_charged_for_it(applied: ApiContract, by: User) -> None:
    accept_api_contract(contract=applied, by=by, at=NOW)

    assert applied.pack(TODAY).free_of_charge is not None
    # A charge hangs on a contract for a line; there is none for the API.
    assert not Charge.objects.exists()
    assert not Contract.objects.filter(terms_code=API).exists()
