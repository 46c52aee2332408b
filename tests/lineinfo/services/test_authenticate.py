"""Who calls, and until when a credential works."""

from datetime import timedelta

from lineinfo.models import Credential
from lineinfo.services.authenticate import authenticate
from lineinfo.services.expire_credentials import expire_credentials
from lineinfo.services.issue_credential import issue_credential
from tests.lineinfo.conftest import NOW, Customer, rejected
from workflow.models import User

DAY = timedelta(days=1)


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
