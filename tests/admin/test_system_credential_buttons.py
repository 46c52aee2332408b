"""What staff do with the credentials of the operator's own systems."""

from datetime import timedelta

import pytest

from lineinfo.models import SystemCredential
from lineinfo.services.authenticate_system import authenticate_system
from tests.admin.pressing import buttons, done, errors, press, text
from tests.admin.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_system_gets_a_credential_that_is_shown_once_and_can_be_revoked(with_role):
    network = with_role("network")
    response = press(network, SystemCredential, "issue", system="nms-1", expires_at=NOW + timedelta(days=30))
    assert response.status_code == 200
    token = response.context["done"].secret
    assert token in text(response.content.decode())
    credential = SystemCredential.objects.get()
    system = authenticate_system(token=token, at=NOW)
    assert system is not None
    assert (system.credential, str(system.account)) == (credential, "nms-1")

    assert done(press(network, credential, "revoke", reason="廃止"))
    credential.refresh_from_db()
    assert credential.state == SystemCredential.State.REVOKED
    assert buttons(network, credential) == []


def test_a_name_or_a_time_that_does_not_do_is_said_at_its_field(with_role):
    network, later = with_role("network"), NOW + timedelta(days=30)
    assert "英小文字" in errors(
        press(network, SystemCredential, "issue", system="NMS 1", expires_at=later), "system"
    )
    assert errors(
        press(network, SystemCredential, "issue", system="nms-1", expires_at=NOW - timedelta(days=1)),
        "expires_at",
    )
    assert not SystemCredential.objects.exists()


def test_only_the_network_issues_them(with_role):
    for role in ("reception", "audit"):
        response = press(
            with_role(role), SystemCredential, "issue", system="nms-1", expires_at=NOW + timedelta(days=30)
        )
        assert response.status_code == 403
