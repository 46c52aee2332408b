"""An API user is deleted."""

import pytest

from lineinfo.models import ApiUser, Credential
from lineinfo.services.change_api_user import change_api_user
from lineinfo.services.delete_api_user import delete_api_user
from tests.lineinfo.conftest import API, NOW, TODAY, Customer
from workflow.errors import WrongState
from workflow.models import User


@pytest.mark.article(API, "9")
def test_a_deleted_users_credentials_stop_at_once(ours: Customer, by: User) -> None:
    delete_api_user(api_user=ours.user, by=by, at=NOW)

    ours.credential.refresh_from_db()
    assert ours.credential.state == Credential.State.REVOKED
    assert ApiUser.objects.get(pk=ours.user.pk).deleted_on == TODAY
    with pytest.raises(WrongState):
        delete_api_user(api_user=ours.user, by=by, at=NOW)
    with pytest.raises(WrongState):
        change_api_user(
            api_user=ours.user, on=TODAY, name="a", organisation="b", email="c@example.jp", lines=None
        )
