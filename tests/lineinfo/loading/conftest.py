"""Two lines, and a network that delivers about them on 1 October 2025."""

import gzip
import io
import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from contracts.models import Line
from lineinfo.models import LineBatch
from lineinfo.services.load_batch import load_batch
from lineinfo.services.receive_batch import receive_batch
from tests import factories
from tests.lineinfo.conftest import NOW
from workflow.models import User
from workflow.selectors import clock_user

HEADING = "line,at,seconds,bytes_down,bytes_up,connected_seconds,errors,optical_dbm"
MINUTES = timedelta(minutes=5)
START = NOW - timedelta(hours=1)

Deliver = Callable[..., LineBatch]


@pytest.fixture
def network(db: None) -> User:
    """Who delivers."""
    return clock_user()


@pytest.fixture
def line(db: None) -> Line:
    return factories.line("hikari-line")


@pytest.fixture(autouse=True)
def spool(tmp_path: Path, settings: LazySettings) -> Path:
    """A folder of this test's own."""
    settings.LINE_RECORDS_FOLDER = tmp_path
    return tmp_path


def row(line: Line, number: int = 0, *, down: object = 1000, at: datetime | None = None) -> str:
    """The row of the interval of that number."""
    begins = at or START + number * MINUTES
    return f"{line.number},{begins.isoformat()},300,{down},10,300,0,-18.25"


def csv(*rows: str) -> bytes:
    return "\n".join([HEADING, *rows, ""]).encode()


def ndjson(rows: Iterable[dict[str, object]]) -> bytes:
    return "".join(json.dumps(found) + "\n" for found in rows).encode()


def packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


@pytest.fixture
def deliver(network: User) -> Deliver:
    """Receive and load a delivery, as it was then."""

    def delivered(content: bytes, *, name: str = "day.csv", at: datetime = NOW) -> LineBatch:
        received = receive_batch(
            content=io.BytesIO(content), name=name, source=LineBatch.Source.COMMAND, by=network, at=at
        )
        return load_batch(batch=received.batch, by=network, at=at)

    return delivered
