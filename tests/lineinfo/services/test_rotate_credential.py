"""A credential is replaced by another."""

from datetime import timedelta

import pytest

from lineinfo.models import Credential
from lineinfo.selectors import working_credentials
from lineinfo.services.authenticate import authenticate
from lineinfo.services.expire_credentials import expire_credentials
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.rotate_credential import rotate_credential
from tests.lineinfo.conftest import NOW, Customer, rejected
from workflow.errors import WrongState
from workflow.models import User

DAY = timedelta(days=1)


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
