"""A credential is revoked."""

import pytest

from lineinfo.services.revoke_credential import revoke_credential
from tests.lineinfo.conftest import NOW, Customer, rejected
from workflow.errors import WrongState
from workflow.models import User


def test_a_revoked_credential_opens_nothing_from_that_moment(ours: Customer, by: User) -> None:
    revoke_credential(credential=ours.credential, by=by, at=NOW, reason="担当者の交代")

    assert rejected(ours.token) == "credential_revoked"
    with pytest.raises(WrongState):
        revoke_credential(credential=ours.credential, by=by, at=NOW)
