"""Whoever acts on an API user acts on one who is still there."""

import pytest

from lineinfo.services.delete_api_user import delete_api_user
from lineinfo.services.living_user import living_user
from tests.lineinfo.conftest import NOW, Customer
from workflow.errors import WrongState
from workflow.models import User


def test_the_user_is_read_anew_until_it_was_deleted(ours: Customer, by: User) -> None:
    ours.user.name = "somebody else"
    assert living_user(ours.user).name != "somebody else"
    delete_api_user(api_user=ours.user, by=by, at=NOW, reason="退職のため")
    with pytest.raises(WrongState):
        living_user(ours.user)
