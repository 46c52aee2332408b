"""Third parties to whom the contractor entrusts part of the work."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lineinfo.errors import CredentialRejected
from lineinfo.models import ApiContract, Subcontractor
from lineinfo.services.authenticate import authenticate
from lineinfo.services.change_api_user import change_api_user
from lineinfo.services.end_subcontractor import end_subcontractor
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.register_subcontractor import register_subcontractor
from tests.lineinfo.conftest import API, NOW, TODAY, Customer, register
from workflow.errors import Refused, WrongState
from workflow.models import User
from workflow.selectors import state_changes_of


def entrust(customer: Customer, by: User, **values: Any) -> Subcontractor:
    details = {
        "name": "保守委託株式会社",
        "entrusted": "監視画面の運用",
        "disclosed": "API IDと状態取得の仕様",
        "duties_on": date(2025, 9, 1),
        "supervision": "四半期ごとの監査",
    }
    return register_subcontractor(contract=customer.api, by=by, on=TODAY, **(details | values))


@pytest.mark.article(API, "13")
def test_a_subcontractor_is_registered_with_its_duties_supervision_and_what_it_is_shown(
    ours: Customer, by: User
) -> None:
    found = entrust(ours, by)

    assert (found.duties_on, found.supervision) == (date(2025, 9, 1), "四半期ごとの監査")
    assert found.disclosed == "API IDと状態取得の仕様"
    assert state_changes_of(found).get().article == f"{API} 13-2"


@pytest.mark.article(API, "13")
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"duties_on": None}, "not_bound"),
        ({"duties_on": TODAY + timedelta(days=1)}, "not_bound"),
        ({"supervision": " "}, "not_supervised"),
    ],
)
def test_without_equal_duties_and_supervision_nothing_may_be_disclosed(
    ours: Customer, by: User, values: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        entrust(ours, by, **values)

    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (code, f"{API} 13-2")
    assert not Subcontractor.objects.exists()


def test_what_is_disclosed_must_be_said(ours: Customer, by: User) -> None:
    with pytest.raises(ValidationError, match="disclosed"):
        entrust(ours, by, disclosed=" ")


def test_the_database_keeps_out_one_that_is_not_bound(ours: Customer, by: User) -> None:
    entrust(ours, by)

    for values in ({"supervision": ""}, {"duties_on": TODAY + timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subcontractor.objects.update(**values)


@pytest.mark.article(API, "13")
def test_with_the_subcontractor_its_users_and_their_credentials_go_at_once(ours: Customer, by: User) -> None:
    subcontractor = entrust(ours, by)
    user = register(ours.api, by, subcontractor=subcontractor)
    token = issue_credential(api_user=user, by=by, at=NOW).token
    assert authenticate(token=token, at=NOW).api_user == user

    assert end_subcontractor(subcontractor=subcontractor, by=by, at=NOW, reason="契約の終了") == 1

    with pytest.raises(CredentialRejected):
        authenticate(token=token, at=NOW)
    assert authenticate(token=ours.token, at=NOW)  # the contractor's own staff goes on
    user.refresh_from_db()
    subcontractor.refresh_from_db()
    assert (user.deleted_on, subcontractor.ended_on) == (TODAY, TODAY)
    with pytest.raises(WrongState):
        end_subcontractor(subcontractor=subcontractor, by=by, at=NOW, reason="")


def test_nobody_is_staff_of_a_subcontractor_that_is_not_the_contractors_or_has_ended(
    ours: Customer, theirs: Customer, by: User
) -> None:
    foreign, past = entrust(theirs, by), entrust(ours, by)
    end_subcontractor(subcontractor=past, by=by, at=NOW, reason="終了")
    past.refresh_from_db()

    for subcontractor in (foreign, past):
        with pytest.raises(ValidationError, match="subcontractor"):
            register(ours.api, by, subcontractor=subcontractor)
        with pytest.raises(ValidationError, match="subcontractor"):
            change_api_user(
                api_user=ours.user,
                on=TODAY,
                name="網野",
                organisation="見張",
                email="a@example.jp",
                lines=None,
                subcontractor=subcontractor,
            )


def test_none_is_registered_once_the_contract_is_over(ours: Customer, by: User) -> None:
    ApiContract.objects.update(state=ApiContract.State.ENDED)
    ours.api.refresh_from_db()

    with pytest.raises(WrongState):
        entrust(ours, by)
