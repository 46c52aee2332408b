"""What holds for every answer on its way: entity tags, compression, the log."""

import gzip

import pytest

from lineinfo.models import ApiCall
from lineinfo.services.record_measurements import record_measurements
from tests.lineinfo.conftest import NOW, Customer

pytestmark = pytest.mark.usefixtures("clock")
OF_A_LINE = ["", "/status", "/measurements", "/gaps", "/works", "/outages", "/interruptions"]


@pytest.mark.parametrize("what", OF_A_LINE)
def test_an_answer_that_the_caller_has_is_not_sent_again(ours: Customer, what: str) -> None:
    path = f"/api/v1/lines/{ours.lines[0].number}{what}"
    first = ours.client.get(path)

    again = ours.client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    # The heads of a call are there all the same, and the log says what was answered.
    assert again["X-Request-ID"]
    assert again["RateLimit-Remaining"]
    assert again["Cache-Control"] == "private, no-cache"
    assert list(ApiCall.objects.order_by("id").values_list("status", flat=True)) == [200, 304]


def test_a_refusal_has_no_tag_and_is_told_each_time(ours: Customer) -> None:
    first = ours.client.get("/api/v1/lines/L0")

    assert "ETag" not in first
    assert ours.client.get("/api/v1/lines/L0", headers={"If-None-Match": "*"}).status_code == 404


def test_long_answers_are_compressed_for_who_accepts_it(ours: Customer) -> None:
    path = f"/api/v1/lines/{ours.lines[0].number}/measurements"
    values = {"line_id": ours.lines[0].pk, "bytes_down": 1, "bytes_up": 1, "connected_seconds": 1}
    record_measurements({**values, "at": NOW.replace(hour=1, minute=minute)} for minute in range(60))
    plain = ours.client.get(path)

    packed = ours.client.get(path, headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 5
    # The tag of a compressed answer is weak, and good enough to ask with.
    assert packed["ETag"] == f"W/{plain['ETag']}"
    assert ours.client.get(path, headers={"If-None-Match": packed["ETag"]}).status_code == 304
    stream = ours.client.get(path, headers={"Accept-Encoding": "gzip", "Accept": "text/csv"})
    assert gzip.decompress(b"".join(stream.streaming_content)).count(b"\r\n") == 61
