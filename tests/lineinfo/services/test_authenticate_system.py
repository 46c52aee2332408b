"""Which system of the operator's own calls, and what no longer opens anything."""

from datetime import timedelta

import pytest

from lineinfo.errors import CredentialRejected
from lineinfo.models import SystemCredential
from lineinfo.services.authenticate_system import authenticate_system
from lineinfo.services.issue_credential import Issued
from lineinfo.services.issue_system_credential import issue_system_credential
from lineinfo.services.revoke_system_credential import revoke_system_credential
from tests.lineinfo.conftest import NOW, Customer
from workflow.models import User

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def issued(by: User) -> Issued[SystemCredential]:
    return issue_system_credential(system="nms-1", by=by, at=NOW, expires_at=NOW + DAY)


def test_a_system_is_named_and_its_use_noted_to_the_minute(issued: Issued[SystemCredential]) -> None:
    for moment, noted in ((NOW, NOW), (NOW + MINUTE / 2, NOW), (NOW + 2 * MINUTE, NOW + 2 * MINUTE)):
        found = authenticate_system(token=issued.token, at=moment)
        assert found is not None
        assert (found.credential, str(found.account)) == (issued.credential, "nms-1")
        issued.credential.refresh_from_db()
        assert issued.credential.last_used_at == noted


def test_what_is_no_systems_token_is_nobodys_here(issued: Issued[SystemCredential], ours: Customer) -> None:
    prefix = issued.token.partition(".")[0]
    for token in (ours.token, prefix, f"{prefix}.wrong", f"{prefix}\0.x", ""):
        assert authenticate_system(token=token, at=NOW) is None
    issued.credential.refresh_from_db()
    assert issued.credential.last_used_at is None


def test_a_credential_that_is_over_or_revoked_or_of_a_closed_account_opens_nothing(
    issued: Issued[SystemCredential], by: User
) -> None:
    def rejected(at: object = NOW) -> str:
        with pytest.raises(CredentialRejected) as found:
            authenticate_system(token=issued.token, at=at)
        return found.value.code

    assert rejected(NOW + DAY) == "credential_expired"
    account = issued.credential.account
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert rejected() == "credential_revoked"
    User.objects.filter(pk=account.pk).update(is_active=True)
    revoke_system_credential(credential=issued.credential, by=by, at=NOW, reason="交換")
    assert rejected() == "credential_revoked"
