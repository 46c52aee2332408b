"""One credential from its issue to the end of the contract, over real HTTP; each answer is right on the next call after a step."""

import json
import urllib.error
import urllib.request
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from contracts.models import Contract, Product, Request, Suspension
from contracts.services.approve_suspension import approve_suspension
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.lift_suspension import lift_suspension
from contracts.services.propose_suspension import propose_suspension
from contracts.services.receive_request import receive_request
from lineinfo.models import ApiCall
from lineinfo.services.end_api_contract import end_by_operator
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.lift_api_suspension import lift_api_suspension
from lineinfo.services.record_measurements import record_measurements
from lineinfo.services.report_theft import report_theft
from lineinfo.services.rotate_credential import rotate_credential
from lineinfo.services.suspend_api_contract import suspend_api_contract
from tests import factories
from tests.lineinfo.conftest import API, NOW, TODAY, customer
from workflow.models import User

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def call(server: LiveServer, path: str, token: str | None) -> tuple[int, dict[str, Any], Any]:
    """The status, the body and the heads of a call over the network."""
    request = urllib.request.Request(f"{server.url}{path}")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer), answer.headers
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused), refused.headers


def noticed(contract: Contract, *, on: date, starts_on: date) -> Suspension:
    """A suspension of a target contract that two members of staff decided on, and that the subscriber was told of."""
    suspension = propose_suspension(
        contract=contract,
        by=factories.staff(),
        at=factories.at(on),
        ground="breach_of_duties",
        reason="当社設備の無断改造を確認したため",
        starts_on=starts_on,
        through=starts_on + 30 * DAY,
    )
    approve_suspension(suspension=suspension, by=factories.staff(), at=factories.at(on))
    give_suspension_notice(suspension=suspension, by=factories.staff(), at=factories.at(on))
    assert suspension.notice is not None
    factories.dispatched(suspension.notice, on)
    return suspension


@pytest.mark.usefixtures("whole_days")
@pytest.mark.article(API, "8")
@pytest.mark.article(API, "12")
@pytest.mark.article(API, "17")
def test_a_credential_from_issue_to_the_end_of_the_contract(
    live_server: LiveServer, target: Product, by: User
) -> None:
    with time_machine.travel(NOW, tick=True) as clock:
        ours = customer(target, by)
        [line], [contract] = ours.lines, ours.contracts
        record_measurements(
            [
                {
                    "line_id": line.pk,
                    "at": NOW - timedelta(hours=1),
                    "bytes_down": 7,
                    "bytes_up": 1,
                    "connected_seconds": 300,
                }
            ]
        )
        path = f"/api/v1/lines/{line.number}/measurements"

        def answer(token: str | None) -> tuple[int, str]:
            status, body, heads = call(live_server, path, token)
            assert heads["X-Request-ID"]
            return status, body.get("cause") or body.get("code", "")

        def state_told(token: str) -> str:
            status, body, _heads = call(live_server, f"/api/v1/lines/{line.number}/status", token)
            assert status == 200
            return str(body["contract_state"])

        # Issued: it answers.
        assert answer(None) == (401, "missing")
        status, body, _heads = call(live_server, path, ours.token)
        assert (status, [item["bytes_down"] for item in body["items"]]) == (200, [7])

        # Rotated: both work for a while, then only the successor.
        successor = rotate_credential(
            credential=ours.credential, by=by, at=timezone.now(), overlap=timedelta(hours=1)
        )
        assert answer(ours.token) == answer(successor.token) == (200, "")
        clock.shift(timedelta(hours=1))
        assert answer(ours.token) == (401, "expired")
        assert answer(successor.token) == (200, "")

        # Stolen: blocked at once; another is issued.
        report_theft(credential=successor.credential, by=by, at=timezone.now(), happened="端末の盗難")
        assert answer(successor.token) == (401, "revoked")
        token = issue_credential(api_user=ours.user, by=by, at=timezone.now()).token
        assert answer(token) == (200, "")

        # The API contract suspended, and the suspension lifted.
        suspension = suspend_api_contract(
            contract=ours.api,
            by=by,
            at=timezone.now(),
            ground="breach_of_duties",
            reason="開示",
            starts_on=TODAY,
            through=None,
            urgent_reason="漏洩",
        )
        status, body, _heads = call(live_server, path, token)
        assert (status, body["code"], body["article"]["number"]) == (403, "suspended", "17-1(3)")
        lift_api_suspension(suspension=suspension, by=by, at=timezone.now(), reason="是正")
        assert answer(token) == (200, "")

        # The target service suspended, after its notice: its line is still the contractor's, and says so.
        suspension = noticed(contract, on=TODAY, starts_on=TODAY + DAY)
        clock.move_to(factories.at(TODAY + DAY, 0))
        assert state_told(token) == "active"
        enforce_suspension(suspension=suspension, by=by, on=TODAY + DAY, still_holds=True)
        assert state_told(token) == "suspended"
        lift_suspension(suspension=suspension, by=by, on=TODAY + DAY, reason="是正")
        assert state_told(token) == "active"

        # The target contract ended: told until its last day is over, whether or not the nightly job has run by then.
        receive_request(
            by=by,
            at=timezone.now(),
            kind=Request.Kind.ENDING,
            subscriber=ours.subscriber,
            terms_code=contract.terms_code,
            form="web",
            details={"ends_on": TODAY + 3 * DAY, "reason": "移転のため"},
            contract=contract,
        )
        assert state_told(token) == "ending"
        clock.move_to(factories.at(TODAY + 4 * DAY, 0) - SECOND)
        assert answer(token) == (200, "")
        clock.move_to(factories.at(TODAY + 4 * DAY, 0))
        assert answer(token) == (404, "not_found")
        assert carry_out_endings(on=TODAY + 4 * DAY).ended == 1
        assert answer(token) == (404, "not_found")

        # The API contract over.
        ours.api.refresh_from_db()
        end_by_operator(
            contract=ours.api,
            by=by,
            at=timezone.now(),
            ground="anti_social",
            ends_on=TODAY + 4 * DAY,
            reason="表明違反",
        )
        assert answer(token) == (403, "ended")
        assert answer(successor.token) == (401, "revoked")

    assert ApiCall.objects.filter(credential=successor.credential).exclude(code="").count() == 2
    assert ApiCall.objects.count() == 18
