from datetime import date, timedelta

import pytest
import time_machine

from contracts.models import Contract, Request
from lineinfo.services.issue_credential import issue_credential
from lineinfo.services.record_measurements import record_measurements
from tests import factories
from tests.lineinfo.conftest import API, NOW, TARGET, TODAY, Customer, register
from workflow.models import User

pytestmark = pytest.mark.usefixtures("clock")


def numbers(customer: Customer, query: str = "") -> list[str]:
    return [line["number"] for line in customer.client.get(f"/api/v1/lines{query}").json()["items"]]


@pytest.mark.article(API, "4")
def measured(customer: Customer, line: int = 0) -> bool:
    """Whether the measurements of the line are told: the API decides that without reading the whole contract."""
    answer = customer.client.get(f"/api/v1/lines/{customer.lines[line].number}/measurements")
    assert answer.status_code in (200, 404)
    return bool(answer.status_code == 200)


def test_a_contractor_sees_the_lines_of_its_own_target_contracts(ours: Customer, theirs: Customer) -> None:
    assert numbers(ours) == [line.number for line in ours.lines]
    assert numbers(theirs) == [line.number for line in theirs.lines]


def test_a_line_is_shown_with_its_contract_but_without_its_address(ours: Customer) -> None:
    line, contract = ours.lines[0], ours.contracts[0]

    assert ours.client.get(f"/api/v1/lines/{line.number}").json() == {
        "number": line.number,
        "contract": contract.number,
        "contract_state": "active",
        "service": "Nライン 1Gb/s",
        "item": "1Gb/s",
        "terminal_point": "3F EPS",
        "host_exchange": "霞が関",
        "since": "2025-08-01",
    }


@pytest.mark.article(API, "3")
def test_lines_of_services_that_are_no_targets_are_not_shown(ours: Customer) -> None:
    other = factories.contract("business-network", subscriber=ours.subscriber)

    assert numbers(ours) == [line.number for line in ours.lines]
    assert other.line is not None
    assert ours.client.get(f"/api/v1/lines/{other.line.number}").status_code == 404


@pytest.mark.article(API, "4")
@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"state": Contract.State.ACCEPTED}, False),
        ({"state": Contract.State.PAUSED}, True),
        ({"state": Contract.State.SUSPENDED}, True),
        ({"state": Contract.State.HALTED}, True),
        ({"state": Contract.State.ENDING, "ends_on": TODAY}, True),
        # Its last day is over; the nightly job has not come by.
        ({"state": Contract.State.ENDING, "ends_on": TODAY - timedelta(days=1)}, False),
        ({"state": Contract.State.ENDED, "ends_on": TODAY}, False),
        ({"service_start": TODAY + timedelta(days=1)}, False),
        ({"service_start": TODAY}, True),
    ],
)
def test_a_line_is_seen_while_its_contract_is_in_service(
    ours: Customer, values: dict[str, object], seen: bool
) -> None:
    Contract.objects.filter(pk=ours.contracts[0].pk).update(**values)

    assert (ours.lines[0].number in numbers(ours)) is seen
    assert measured(ours) is seen


def test_a_new_target_contract_is_seen_from_the_day_its_service_starts(
    ours: Customer, clock: time_machine.Traveller
) -> None:
    start = TODAY + timedelta(days=3)
    new = factories.contract(
        TARGET, subscriber=ours.subscriber, product=ours.contracts[0].product, start=start, formed_on=TODAY
    )
    assert new.line is not None
    assert new.line.number not in numbers(ours)

    clock.move_to(factories.at(start, 0))
    assert new.line.number in numbers(ours)


@pytest.mark.article(API, "9")
def test_an_api_user_sees_its_share_and_no_more(ours: Customer, by: User) -> None:
    user = register(ours.api, by, lines=[ours.lines[1]])
    ours.token = issue_credential(api_user=user, by=by, at=NOW).token

    assert numbers(ours) == [ours.lines[1].number]
    assert ours.client.get(f"/api/v1/lines/{ours.lines[0].number}").status_code == 404
    assert (measured(ours, 0), measured(ours, 1)) == (False, True)


def test_a_share_whose_line_has_gone_is_nothing_and_not_everything(ours: Customer, by: User) -> None:
    user = register(ours.api, by, lines=[ours.lines[1]])
    ours.token = issue_credential(api_user=user, by=by, at=NOW).token
    user.lines.clear()

    assert numbers(ours) == []
    assert not measured(ours, 1)


@pytest.mark.article(API, "4")
def test_records_from_before_a_transfer_are_another_s(ours: Customer, clock: time_machine.Traveller) -> None:
    contract, line = ours.contracts[0], ours.lines[0]
    taken_over = date(2025, 9, 15)
    Request.objects.create(
        kind=Request.Kind.TRANSFER,
        terms_code=TARGET,
        subscriber=ours.subscriber,
        contract=contract,
        state=Request.State.CARRIED_OUT,
        effective_on=taken_over,
    )
    for day in (date(2025, 9, 14), taken_over):
        record_measurements(
            [
                {
                    "line_id": line.pk,
                    "at": factories.at(day, 0),
                    "bytes_down": 1,
                    "bytes_up": 1,
                    "connected_seconds": 1,
                }
            ]
        )

    assert ours.client.get(f"/api/v1/lines/{line.number}").json()["since"] == "2025-09-15"
    query = {"from": "2025-08-01T00:00:00+09:00"}
    body = ours.client.get(f"/api/v1/lines/{line.number}/measurements", query).json()
    assert body["from"] == "2025-09-15T00:00:00+09:00"
    assert [item["at"] for item in body["items"]] == ["2025-09-15T00:00:00+09:00"]


def test_lines_come_in_pages(ours: Customer) -> None:
    first = ours.client.get("/api/v1/lines", {"limit": 1}).json()
    assert [line["number"] for line in first["items"]] == [ours.lines[0].number]

    second = ours.client.get("/api/v1/lines", {"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [line["number"] for line in second["items"]] == [ours.lines[1].number]
    assert second["next_cursor"] is None
