"""The details and the share of an API user change."""

import pytest

from lineinfo.services.change_api_user import change_api_user
from tests.lineinfo.conftest import API, TODAY, Customer


@pytest.mark.article(API, "9")
def test_a_users_details_and_share_can_be_changed(ours: Customer) -> None:
    changed = change_api_user(
        api_user=ours.user,
        on=TODAY,
        name="別人",
        organisation="別社",
        email="b@example.jp",
        lines=[ours.lines[1]],
    )

    assert (changed.name, changed.all_lines, list(changed.lines.all())) == ("別人", False, [ours.lines[1]])

    again = change_api_user(
        api_user=ours.user, on=TODAY, name="別人", organisation="別社", email="b@example.jp", lines=None
    )
    assert again.all_lines
    assert not again.lines.exists()
