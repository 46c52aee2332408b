"""A delivery that is loaded while its sender waits."""

import io
from datetime import timedelta

import pytest

from contracts.models import Line
from lineinfo.errors import KeyReused
from lineinfo.models import LineBatch, Measurement
from lineinfo.services.deliver_batch import deliver_batch
from lineinfo.services.receive_batch import Received
from tests import factories
from tests.lineinfo.conftest import NOW
from tests.lineinfo.loading.conftest import csv, row
from workflow.models import User


def deliver(content: bytes, by: User, key: str = "") -> Received:
    return deliver_batch(content=io.BytesIO(content), by=by, at=NOW + timedelta(minutes=1), key=key)


def test_it_is_loaded_at_once_and_named_by_its_key_or_its_moment(line: Line, network: User) -> None:
    first, second = deliver(csv(row(line)), network, "k-1"), deliver(csv(row(line, 1)), network)
    assert [found.batch.state for found in (first, second)] == [LineBatch.State.LOADED] * 2
    assert [found.batch.name for found in (first, second)] == ["k-1", "20251001T100100"]
    assert Measurement.objects.count() == 2


def test_the_same_bytes_are_the_same_delivery_under_any_key(line: Line, network: User) -> None:
    first = deliver(csv(row(line)), network, "k-1")
    for key in ("k-1", "k-2", ""):
        again = deliver(csv(row(line)), network, key)
        assert (again.batch, again.new) == (first.batch, False)
    assert LineBatch.objects.get().deliveries == 4


def test_other_bytes_under_a_used_key_are_refused_and_leave_nothing(line: Line, network: User) -> None:
    deliver(csv(row(line)), network, "k-1")
    with pytest.raises(KeyReused):
        deliver(csv(row(line, 1)), network, "k-1")
    assert Measurement.objects.count() == 1
    other = deliver(csv(row(line, 1)), factories.staff(), "k-1")
    assert other.new, "the keys of another system are its own"


def test_what_cannot_be_read_has_failed_and_says_why(network: User) -> None:
    found = deliver(b"\xff\xfe", network)
    assert found.batch.state == LineBatch.State.FAILED
    assert found.batch.failure
