import hashlib
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from lineinfo.errors import CredentialRejected
from lineinfo.models import ApiContract, Credential
from lineinfo.selectors import working_credentials
from lineinfo.services.authenticate import authenticate
from lineinfo.services.delete_api_user import delete_api_user
from lineinfo.services.expire_credentials import expire_credentials
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.revoke_credential import revoke_credential
from lineinfo.services.rotate_credential import rotate_credential
from tests.lineinfo.conftest import API, NOW, Customer
from workflow.errors import WrongState
from workflow.models import User
from workflow.selectors import state_changes_of

DAY = timedelta(days=1)


def rejected(token: str, at: datetime = NOW) -> str:
    with pytest.raises(CredentialRejected) as found:
        authenticate(token=token, at=at)
    return found.value.code


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


def test_a_credential_names_its_caller_and_notes_its_use_to_the_minute(ours: Customer) -> None:
    caller = authenticate(token=ours.token, at=NOW)
    authenticate(token=ours.token, at=NOW + timedelta(seconds=59))

    assert (caller.credential, caller.api_user, caller.api_contract) == (ours.credential, ours.user, ours.api)
    ours.credential.refresh_from_db()
    assert ours.credential.last_used_at == NOW

    later = NOW + timedelta(seconds=61)
    authenticate(token=ours.token, at=later)
    ours.credential.refresh_from_db()
    assert ours.credential.last_used_at == later


def test_a_wrong_secret_opens_nothing_and_leaves_no_trace_of_use(ours: Customer, theirs: Customer) -> None:
    prefix, secret = ours.token.split(".")
    other = theirs.token.split(".")[1]

    for token in (
        "",
        ".",
        prefix,
        secret,
        f"{prefix}.",
        f"{prefix}.{secret}x",
        f"{prefix}.{other}",
        f"x.{secret}",
        "\0.\0",
    ):
        assert rejected(token) == "credential_unknown"

    ours.credential.refresh_from_db()
    assert ours.credential.last_used_at is None


def test_a_credential_works_until_it_expires(ours: Customer, by: User) -> None:
    issued = issue_credential(api_user=ours.user, by=by, at=NOW, expires_at=NOW + DAY)

    assert authenticate(token=issued.token, at=NOW + DAY - timedelta(seconds=1))
    assert rejected(issued.token, NOW + DAY) == "credential_expired"

    assert expire_credentials(by=by, at=NOW + DAY - timedelta(seconds=1)) == 0
    assert expire_credentials(by=by, at=NOW + 2 * DAY) == 1
    assert expire_credentials(by=by, at=NOW + 2 * DAY) == 0
    issued.credential.refresh_from_db()
    assert (issued.credential.state, issued.credential.stopped_at) == (Credential.State.EXPIRED, NOW + DAY)
    assert rejected(issued.token) == "credential_expired"


def test_a_credential_cannot_expire_before_it_begins(ours: Customer, by: User) -> None:
    with pytest.raises(ValidationError) as error:
        issue_credential(api_user=ours.user, by=by, at=NOW, expires_at=NOW)
    assert list(error.value.message_dict) == ["expires_at"]


def test_a_rotated_credential_works_beside_its_successor_for_a_while(ours: Customer, by: User) -> None:
    issued = rotate_credential(credential=ours.credential, by=by, at=NOW, overlap=timedelta(hours=2))

    for token in (ours.token, issued.token):
        assert authenticate(token=token, at=NOW + timedelta(hours=1, minutes=59))
    assert rejected(ours.token, NOW + timedelta(hours=2)) == "credential_expired"
    assert authenticate(token=issued.token, at=NOW + timedelta(hours=2))
    assert working_credentials(ours.user, at=NOW + timedelta(hours=2)) == [issued.credential]

    assert expire_credentials(by=by, at=NOW + timedelta(hours=2)) == 1
    ours.credential.refresh_from_db()
    assert ours.credential.state == Credential.State.EXPIRED


def test_a_rotation_does_not_lengthen_the_life_of_the_old_credential(ours: Customer, by: User) -> None:
    old = issue_credential(api_user=ours.user, by=by, at=NOW, expires_at=NOW + timedelta(hours=1))

    rotate_credential(credential=old.credential, by=by, at=NOW, overlap=DAY)

    assert rejected(old.token, NOW + timedelta(hours=1)) == "credential_expired"


def test_a_credential_is_rotated_once_and_nothing_is_issued_the_second_time(ours: Customer, by: User) -> None:
    rotate_credential(credential=ours.credential, by=by, at=NOW)
    before = Credential.objects.count()

    with pytest.raises(WrongState):
        rotate_credential(credential=ours.credential, by=by, at=NOW)

    assert Credential.objects.count() == before


def test_a_revoked_credential_opens_nothing_from_that_moment(ours: Customer, by: User) -> None:
    revoke_credential(credential=ours.credential, by=by, at=NOW, reason="担当者の交代")

    assert rejected(ours.token) == "credential_revoked"
    with pytest.raises(WrongState):
        revoke_credential(credential=ours.credential, by=by, at=NOW)


def test_nothing_is_issued_to_a_deleted_user_or_under_a_suspended_contract(
    ours: Customer, theirs: Customer, by: User
) -> None:
    delete_api_user(api_user=ours.user, by=by, at=NOW)
    ApiContract.objects.filter(pk=theirs.api.pk).update(state=ApiContract.State.SUSPENDED)

    for user in (ours.user, theirs.user):
        with pytest.raises(WrongState):
            issue_credential(api_user=user, by=by, at=NOW)
