"""A credential is issued: shown once, and to those alone who may have one."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from lineinfo.models import ApiContract, Credential
from lineinfo.services.delete_api_user import delete_api_user
from lineinfo.services.issue_credential import issue_credential
from tests.lineinfo.conftest import API, NOW, Customer
from workflow.errors import WrongState
from workflow.models import User
from workflow.selectors import state_changes_of


@pytest.mark.article(API, "8")
def test_a_credential_is_shown_once_and_only_its_digest_is_kept(ours: Customer, by: User) -> None:
    issued = issue_credential(api_user=ours.user, by=by, at=NOW)

    prefix, secret = issued.token.split(".")
    stored = Credential.objects.get(pk=issued.credential.pk)
    assert stored.prefix == prefix
    assert stored.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert len(secret) >= 43  # 256 bits in base64
    assert secret not in repr(issued)
    assert secret not in str([*Credential.objects.values(), *state_changes_of(stored).values("reason")])
    change = state_changes_of(stored).get()
    assert (change.transition, change.by, change.article) == ("issue", by, f"{API} 8-1")


def test_no_two_credentials_are_alike(ours: Customer, by: User) -> None:
    tokens = {issue_credential(api_user=ours.user, by=by, at=NOW).token for _ in range(20)}

    assert len({token.split(".")[0] for token in tokens}) == 20


def test_a_credential_cannot_expire_before_it_begins(ours: Customer, by: User) -> None:
    with pytest.raises(ValidationError) as error:
        issue_credential(api_user=ours.user, by=by, at=NOW, expires_at=NOW)
    assert list(error.value.message_dict) == ["expires_at"]


def test_nothing_is_issued_to_a_deleted_user_or_under_a_suspended_contract(
    ours: Customer, theirs: Customer, by: User
) -> None:
    delete_api_user(api_user=ours.user, by=by, at=NOW)
    ApiContract.objects.filter(pk=theirs.api.pk).update(state=ApiContract.State.SUSPENDED)

    for user in (ours.user, theirs.user):
        with pytest.raises(WrongState):
            issue_credential(api_user=user, by=by, at=NOW)
