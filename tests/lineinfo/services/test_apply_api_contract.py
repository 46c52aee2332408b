from datetime import date

import pytest

from contracts.models import Contract, Product
from lineinfo.models import ApiContract, TargetService
from lineinfo.services.apply_api_contract import apply_api_contract
from lineinfo.services.withdraw_api_application import withdraw_api_application
from tests import factories
from tests.lineinfo.conftest import API, TARGET, TODAY, holder
from workflow.errors import Refused, WrongState
from workflow.models import User
from workflow.selectors import state_changes_of


@pytest.mark.article(API, "6")
def test_a_subscriber_with_a_target_contract_applies_in_writing(target: Product, by: User) -> None:
    subscriber, _ = holder(target)

    api = apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY)

    assert api.state == ApiContract.State.APPLIED
    assert api.applied_on == TODAY
    change = state_changes_of(api).get()
    assert (change.transition, change.target, change.by, change.article) == (
        "apply",
        "applied",
        by,
        f"{API} 6-1",
    )


@pytest.mark.article(API, "6")
def test_without_a_target_contract_in_the_same_name_the_application_is_refused(
    target: Product, by: User
) -> None:
    holder(target)
    stranger = factories.subscriber(kind="corporation")

    with pytest.raises(Refused) as refused:
        apply_api_contract(subscriber=stranger, terms_code=API, by=by, on=TODAY)

    assert str(refused.value.refusal.article) == f"{API} 6-2"
    assert not ApiContract.objects.exists()


@pytest.mark.article(API, "3")
def test_a_contract_for_another_service_is_no_target_contract(target: Product, by: User) -> None:
    subscriber = factories.subscriber(kind="corporation")
    factories.contract("business-network", subscriber=subscriber)

    with pytest.raises(Refused):
        apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY)


@pytest.mark.article(API, "3")
def test_a_service_is_a_target_from_its_first_day_to_its_last(target: Product, by: User) -> None:
    TargetService.objects.update(since=date(2025, 9, 1), until=date(2025, 9, 30))
    subscriber, _ = holder(target)

    for outside in (date(2025, 8, 31), date(2025, 10, 1)):
        with pytest.raises(Refused):
            apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=outside)

    assert apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=date(2025, 9, 30))


@pytest.mark.parametrize(
    ("state", "ends_on"),
    [
        (Contract.State.ENDED, date(2025, 9, 30)),
        (Contract.State.ENDING, date(2025, 9, 30)),
        (Contract.State.APPLIED, None),
    ],
)
def test_a_contract_that_is_over_or_not_yet_formed_is_no_target_contract(
    target: Product, by: User, state: str, ends_on: date | None
) -> None:
    subscriber = factories.subscriber(kind="corporation")
    factories.contract(TARGET, subscriber=subscriber, product=target, state=state, ends_on=ends_on)

    with pytest.raises(Refused):
        apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY)


@pytest.mark.article(API, "6")
@pytest.mark.parametrize("form", ["web", "phone"])
def test_an_application_in_another_form_is_refused(target: Product, by: User, form: str) -> None:
    subscriber, _ = holder(target)

    with pytest.raises(Refused) as refused:
        apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY, form=form)

    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == ("wrong_form", f"{API} 6-1")


def test_a_second_application_finds_the_first(target: Product, by: User) -> None:
    subscriber, _ = holder(target)
    first = apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY)

    with pytest.raises(WrongState):
        apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY)

    withdraw_api_application(contract=first, by=by, on=TODAY)
    assert apply_api_contract(subscriber=subscriber, terms_code=API, by=by, on=TODAY)
