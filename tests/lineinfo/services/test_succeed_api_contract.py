"""A successor stands in an API contract."""

import pytest

from contracts.models import Product
from lineinfo.models import ApiContract
from lineinfo.rights import visible_contracts
from lineinfo.services.succeed_api_contract import succeed_api_contract
from tests import factories
from tests.lineinfo.conftest import API, NOW, TODAY, Customer, customer
from workflow.errors import Refused, WrongState
from workflow.models import User
from workflow.selectors import state_changes_of


@pytest.mark.article(API, "10")
def test_a_successor_by_merger_stands_in_the_contract_and_sees_its_lines_once_they_pass(
    ours: Customer, by: User
) -> None:
    successor = factories.subscriber(kind="corporation", name="株式会社合併後")

    change = succeed_api_contract(
        contract=ours.api, successor=successor, by=by, at=NOW, cause="merger", documents="登記事項証明書"
    )

    api = ApiContract.objects.get(pk=ours.api.pk)
    assert api.subscriber == successor
    assert change.article == f"{API} 10"
    assert "登記事項証明書" in state_changes_of(api).latest("id").reason
    # The lines follow their own contracts.
    assert not visible_contracts(api_contract=api, on=TODAY).exists()
    for contract in ours.contracts:
        contract.subscriber = successor
        contract.save()
    assert visible_contracts(api_contract=api, on=TODAY).count() == 2


@pytest.mark.article(API, "10")
@pytest.mark.parametrize(
    ("cause", "documents", "code"), [("sale", "契約書", "no_such_cause"), ("merger", " ", "no_documents")]
)
def test_another_cause_or_missing_documents_pass_nothing_on(
    ours: Customer, by: User, cause: str, documents: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        succeed_api_contract(
            contract=ours.api,
            successor=factories.subscriber(),
            by=by,
            at=NOW,
            cause=cause,
            documents=documents,
        )

    assert refused.value.refusal.code == code


def test_a_successor_with_an_api_contract_of_its_own_gets_no_second(
    target: Product, ours: Customer, by: User
) -> None:
    other = customer(target, by)

    with pytest.raises(WrongState):
        succeed_api_contract(
            contract=ours.api, successor=other.subscriber, by=by, at=NOW, cause="merger", documents="証明書"
        )
