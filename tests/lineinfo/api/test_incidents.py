"""Theft reported through the API, and writing calls that are sent again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from contracts.models import Product
from lineinfo.models import Credential, CredentialIncident, KeptAnswer
from lineinfo.services.carry_out_api_day import carry_out_api_day
from lineinfo.services.issue_credential import issue_credential
from notices.selectors import notices_about
from tests.lineinfo.conftest import API, NOW, Customer, customer, register
from workflow.models import User

ADDRESS = "/api/v1/incidents"


def report(customer: Customer, *, key: str | None = "k-1", **body: Any) -> Any:
    heads = {} if key is None else {"Idempotency-Key": key}
    told = {"credential": customer.credential.prefix, "happened": "端末の紛失"} | body
    return customer.client.post(ADDRESS, told, format="json", headers=heads)


@pytest.fixture
def spare(ours: Customer, by: User) -> Customer:
    """The contractor, calling with another credential of the same user than the one in ``ours.credential``."""
    ours.token = issue_credential(api_user=ours.user, by=by, at=NOW).token
    return ours


@pytest.mark.article(API, "8")
def test_a_credential_reported_by_its_own_system_is_blocked_at_once(
    spare: Customer, clock: time_machine.Traveller
) -> None:
    answer = report(spare)

    assert answer.status_code == 201
    assert answer.json() == {
        "credential": spare.credential.prefix,
        "reported_at": "2025-10-01T10:00:00+09:00",
        "happened": "端末の紛失",
        "instruction": "",
        "instructed_at": None,
    }
    spare.credential.refresh_from_db()
    assert spare.credential.state == Credential.State.REVOKED
    incident = CredentialIncident.objects.get()
    assert (incident.reported_through, incident.reported_by.is_system) == (spare.user, True)
    assert notices_about(incident, "credential_blocked").exists()
    assert spare.client.get(ADDRESS).json()["items"] == [answer.json()]


def test_the_credential_of_the_call_itself_can_be_reported(ours: Customer, clock: object) -> None:
    assert report(ours).status_code == 201
    assert ours.client.get(ADDRESS).json()["cause"] == "revoked"


def test_a_call_sent_again_is_answered_and_not_carried_out_again(spare: Customer, clock: object) -> None:
    first, second = report(spare), report(spare)

    assert (second.status_code, second.json()) == (201, first.json())
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert CredentialIncident.objects.count() == 1


def test_a_key_stands_on_one_call_only(spare: Customer, theirs: Customer, clock: object) -> None:
    report(spare)

    refused = report(spare, happened="別の事情")
    assert (refused.status_code, refused.json()["code"]) == (422, "key_reused")
    # The keys of others are their own.
    assert report(theirs).status_code == 201


@pytest.mark.parametrize("key", [None, "", "a b", "x" * 65])
def test_without_a_key_nothing_is_written(ours: Customer, key: str | None, clock: object) -> None:
    refused = report(ours, key=key)

    assert refused.status_code == 400
    assert [error["name"] for error in refused.json()["errors"]] == ["Idempotency-Key"]
    assert not CredentialIncident.objects.exists()


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"happened": ""}, "happened"),
        ({"happened": "\0"}, "happened"),
        ({"credential": None}, "credential"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_body_is_named_and_the_key_stays_free(
    ours: Customer, body: dict[str, Any], name: str, clock: object
) -> None:
    refused = report(ours, **body)
    assert refused.status_code == 400
    assert name in [error["name"] for error in refused.json()["errors"]]

    assert not KeptAnswer.objects.exists()
    assert report(ours).status_code == 201


def test_what_is_no_json_is_a_problem(ours: Customer, clock: object) -> None:
    for content, kind in ((b"{", "application/json"), (b"[1]", "application/json"), (b"x", "text/plain")):
        refused = ours.client.post(ADDRESS, content, content_type=kind, headers={"Idempotency-Key": "k"})
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid")


def test_the_credential_of_somebody_else_is_not_found(
    ours: Customer, theirs: Customer, by: User, clock: object
) -> None:
    colleague = issue_credential(api_user=register(ours.api, by, name="同僚"), by=by, at=NOW).credential

    for foreign in (theirs.credential, colleague):
        refused = report(ours, credential=foreign.prefix)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
        foreign.refresh_from_db()
        assert foreign.state == Credential.State.ACTIVE


def test_kept_answers_are_forgotten_after_a_day(spare: Customer, clock: object) -> None:
    report(spare)

    assert carry_out_api_day(at=NOW + timedelta(hours=23))["answers forgotten"] == 0
    assert carry_out_api_day(at=NOW + timedelta(hours=25))["answers forgotten"] == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_calls_with_one_key_at_once_one_is_carried_out(target: Product, by: User) -> None:
    with time_machine.travel(NOW, tick=True):
        ours = customer(target, by)
        old = ours.credential
        ours.token = issue_credential(api_user=ours.user, by=by, at=NOW).token
        client = ours.client

        def call(_: int) -> int:
            try:
                told = {"credential": old.prefix, "happened": "紛失"}
                return client.post(ADDRESS, told, format="json", headers={"Idempotency-Key": "k"}).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(call, range(4))) == {201}
    assert CredentialIncident.objects.count() == 1
