"""The client that customers get, over real HTTP."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from pytest_django.live_server_helper import LiveServer

from clients.generate import document, sources
from clients.lineinfo import ApiProblem, Client
from contracts.models import Product
from lineinfo.services.announce_api_interruption import announce_api_interruption
from lineinfo.services.record_measurements import record_measurements
from lineinfo.services.record_status import record_status
from tests.lineinfo.conftest import API, NOW, customer
from workflow.models import User


@pytest.mark.django_db
def test_the_client_is_the_one_of_the_document() -> None:
    """`make client` writes it anew."""
    for path, text in sources(document()).items():
        assert path.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("whole_days")
def test_every_call_of_the_client_is_answered(
    live_server: LiveServer, target: Product, by: User, settings: LazySettings
) -> None:
    with time_machine.travel(NOW, tick=True):
        ours, theirs = customer(target, by, lines=2), customer(target, by)
        number = ours.lines[0].number
        record_status(line=ours.lines[0], state="up", as_of=NOW)
        record_measurements(
            {
                "line_id": ours.lines[0].pk,
                "at": NOW - timedelta(hours=hour),
                "bytes_down": hour,
                "bytes_up": 1,
                "connected_seconds": 300,
            }
            for hour in range(1, 8)
        )
        client = Client(live_server.url, ours.token)

        assert [line["number"] for line in client.each_lines_list(limit=1)] == [
            line.number for line in ours.lines
        ]
        assert client.lines_one(number)["contract"] == ours.contracts[0].number
        assert client.lines_status(number)["state"] == "up"
        paged = list(client.each_lines_measurements(number, limit=3))
        assert [reading["bytes_down"] for reading in paged] == [7, 6, 5, 4, 3, 2, 1]
        assert list(client.stream_lines_measurements(number, from_=NOW - timedelta(days=1))) == paged
        by_day = client.lines_measurements(number, resolution="day", to=NOW)["items"]
        assert sum(reading["bytes_down"] for reading in by_day) == 28
        assert client.lines_gaps(number)["items"]
        for empty in (client.each_lines_works, client.each_lines_outages, client.each_lines_interruptions):
            assert list(empty(number)) == []
        assert client.usage()["api_id"] == ours.api.api_id
        assert len(list(client.each_calls(limit=5))) > 10
        with pytest.raises(ApiProblem) as refused:
            client.lines_status(theirs.lines[0].number)
        assert (refused.value.status, refused.value.code) == (404, "not_found")

        told = client.incidents_report(
            {"credential": ours.credential.prefix, "happened": "紛失"}, key="report-1"
        )
        assert told["credential"] == ours.credential.prefix
        with pytest.raises(ApiProblem, match="unauthenticated"):
            client.usage()


@pytest.mark.usefixtures("whole_days")
def test_a_patient_client_waits_as_long_as_it_is_told(
    live_server: LiveServer, target: Product, by: User
) -> None:
    with time_machine.travel(NOW, tick=True) as clock:
        ours = customer(target, by)
        announce_api_interruption(
            terms_code=API,
            by=by,
            at=NOW - timedelta(days=1),
            ground="maintenance",
            title="更改",
            starts_at=NOW,
            ends_at=NOW + timedelta(minutes=1),
        )
        waits: list[float] = []

        def sleep(seconds: float) -> None:
            waits.append(seconds)
            clock.shift(seconds)

        with pytest.raises(ApiProblem) as refused:
            Client(live_server.url, ours.token, patience=30, sleep=sleep).usage()
        assert (refused.value.code, waits) == ("interrupted", [])
        patient = Client(live_server.url, ours.token, patience=90, sleep=sleep)
        assert patient.usage()["api_id"] == ours.api.api_id
        assert 50 <= sum(waits) <= 61
