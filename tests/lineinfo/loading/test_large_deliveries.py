"""A delivery of any size: in parts, of which each is stored with its counts or not at all."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.models import Line
from lineinfo import spool
from lineinfo.loading import blocks as reading
from lineinfo.models import LineBatch, Measurement
from lineinfo.services import load_batch as loading
from lineinfo.services.load_batch import load_batch
from lineinfo.services.load_waiting import load_waiting
from lineinfo.services.receive_batch import receive_batch
from lineinfo.services.retry_batch import retry_batch
from lineinfo.services.take_folder import STILL, take_folder
from tests.lineinfo.conftest import NOW
from tests.lineinfo.loading.conftest import Deliver, csv, packed, row
from workflow.models import User


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a few rows each."""
    whole = reading.blocks
    monkeypatch.setattr(
        loading, "blocks", lambda path, *, behind=0, size=200: whole(path, behind=behind, size=size)
    )


def received(content: bytes, by: User) -> LineBatch:
    return receive_batch(
        content=io.BytesIO(content), name="day.csv", source=LineBatch.Source.UPLOAD, by=by, at=NOW
    ).batch


@pytest.mark.parametrize("pack", [bytes, packed])
def test_every_row_goes_in_once_however_the_parts_fall(
    line: Line, deliver: Deliver, small_parts: None, pack: type
) -> None:
    batch = deliver(pack(csv(*(row(line, n - 60) for n in range(60)))))

    assert (batch.state, batch.new, batch.lines_read) == ("loaded", 60, 61)
    assert Measurement.objects.count() == 60


@pytest.mark.usefixtures("whole_days")
def test_a_load_that_broke_off_goes_on_behind_what_is_stored(
    line: Line, network: User, small_parts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(csv(*(row(line, n - 60) for n in range(60))), network)
    append, calls = loading.append_new, []

    def breaks(*args: object, **kwargs: object) -> object:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return append(*args, **kwargs)

    monkeypatch.setattr(loading, "append_new", breaks)
    with pytest.raises(KeyboardInterrupt):
        load_batch(batch=batch, by=network, at=NOW)

    batch.refresh_from_db()
    assert 0 < batch.new < 60
    assert batch.new == Measurement.objects.count() == batch.lines_read - 1

    assert load_waiting(by=network, at=NOW) == 1

    batch.refresh_from_db()
    assert (batch.state, batch.new) == ("loaded", 60)
    assert (batch.repeated, batch.corrected) == (0, 0)


def test_what_is_loaded_lies_no_longer_in_the_spool(line: Line, network: User) -> None:
    batch = received(csv(row(line)), network)
    assert spool.path_of(batch.sha256).exists()

    load_batch(batch=batch, by=network, at=NOW)

    assert list(spool.folder().iterdir()) == []


def test_a_failed_delivery_can_be_tried_again_when_the_file_is_back(line: Line, network: User) -> None:
    content = csv(row(line))
    batch = received(content, network)
    spool.path_of(batch.sha256).unlink()
    assert load_batch(batch=batch, by=network, at=NOW).state == "failed"

    received(content, network)
    retry_batch(batch=batch, by=network, at=NOW, reason="delivered again")

    assert load_batch(batch=batch, by=network, at=NOW).state == "loaded"


def drop(name: str, content: bytes, *, age: timedelta = STILL) -> Path:
    """A file in the folder that was last written to so long ago."""
    path = spool.inbox() / name
    path.write_bytes(content)
    written = (NOW - age).timestamp()
    os.utime(path, (written, written))
    return path


def test_complete_files_of_the_folder_are_taken_and_the_others_wait(line: Line, network: User) -> None:
    taken = drop("a.csv", csv(row(line)))
    waiting = [
        drop("b.csv", csv(row(line, 1)), age=timedelta(seconds=1)),
        drop("c.csv.part", csv(row(line, 2))),
        drop(".d.csv", csv(row(line, 3))),
        drop("empty.csv", b""),
    ]

    found = take_folder(by=network, at=NOW)

    assert [(received.batch.name, received.new) for received in found] == [("a.csv", True)]
    assert not taken.exists()
    assert all(path.exists() for path in waiting)
