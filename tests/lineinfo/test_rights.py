"""Which lines somebody may ask about."""

from contracts.models import Product
from lineinfo.models import ApiContract
from lineinfo.rights import visible_contracts
from lineinfo.services.accept_api_contract import accept_api_contract
from lineinfo.services.apply_api_contract import apply_api_contract
from tests.lineinfo.conftest import API, NOW, TODAY, holder
from workflow.models import User


def test_there_is_nothing_to_ask_about_before_an_api_contract_is_formed_and_after_it_ended(
    target: Product, by: User
) -> None:
    subscriber, contracts = holder(target, lines=2)
    api = apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY)
    assert not visible_contracts(api_contract=api, on=TODAY)
    accept_api_contract(contract=api, by=by, at=NOW)
    api.refresh_from_db()
    assert set(visible_contracts(api_contract=api, on=TODAY)) == set(contracts)
    for state in (ApiContract.State.ENDED, ApiContract.State.REFUSED, ApiContract.State.WITHDRAWN):
        assert not visible_contracts(
            api_contract=ApiContract(subscriber=subscriber, terms_code=API, state=state), on=TODAY
        )
