from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lineinfo.models import ApiContract, ApiUser
from lineinfo.services.end_api_contract import end_by_contractor
from tests.lineinfo.conftest import API, NOW, TODAY, Customer, register
from workflow.errors import Refused, WrongState
from workflow.models import User

TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.article(API, "9")
def test_an_api_user_is_registered_with_both_consents(ours: Customer, by: User) -> None:
    user = register(ours.api, by)

    assert (user.viewing_consent_on, user.supply_consent_on) == (TODAY, TODAY)
    assert user.all_lines


@pytest.mark.article(API, "9")
@pytest.mark.parametrize("given", [None, TOMORROW])
@pytest.mark.parametrize(("consent", "number"), [("viewing_consent_on", "9-1"), ("supply_consent_on", "9-3")])
def test_without_a_consent_given_beforehand_nobody_is_registered(
    ours: Customer, by: User, consent: str, number: str, given: object
) -> None:
    before = ApiUser.objects.count()

    with pytest.raises(Refused) as refused:
        register(ours.api, by, **{consent: given})

    assert str(refused.value.refusal.article) == f"{API} {number}"
    assert ApiUser.objects.count() == before


def test_the_database_keeps_a_user_without_prior_consent_out(ours: Customer) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiUser.objects.update(supply_consent_on=TOMORROW)


@pytest.mark.article(API, "4")
def test_a_users_share_cannot_hold_a_line_of_another_contractor(
    ours: Customer, theirs: Customer, by: User
) -> None:
    with pytest.raises(ValidationError, match=theirs.lines[0].number):
        register(ours.api, by, lines=[ours.lines[0], theirs.lines[0]])


def test_a_share_holds_the_lines_that_were_chosen(ours: Customer, by: User) -> None:
    user = register(ours.api, by, lines=[ours.lines[0]])

    assert not user.all_lines
    assert list(user.lines.all()) == [ours.lines[0]]


def test_an_address_that_cannot_be_is_said_so(ours: Customer, by: User) -> None:
    with pytest.raises(ValidationError, match="email"):
        register(ours.api, by, email="nowhere")


def test_nobody_is_registered_under_a_contract_that_is_over(ours: Customer, by: User) -> None:
    ApiContract.objects.filter(pk=ours.api.pk).update(state=ApiContract.State.ENDED)
    ended = ApiContract.objects.get(pk=ours.api.pk)

    with pytest.raises(WrongState):
        register(ended, by)


def test_users_can_still_be_registered_while_a_contract_is_ending(ours: Customer, by: User) -> None:
    end_by_contractor(contract=ours.api, by=by, at=NOW, form="written", ends_on=TODAY + timedelta(days=30))
    ours.api.refresh_from_db()

    assert register(ours.api, by)
