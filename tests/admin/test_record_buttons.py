"""What staff do with deliveries of line records."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from lineinfo.models import LineBatch
from lineinfo.tasks import load_batch, take_deliveries
from tests import factories
from tests.admin.pressing import address, buttons, done, press
from tests.admin.world import TERMS
from tests.lineinfo.loading.conftest import csv, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def spool(tmp_path: Path, settings: LazySettings) -> None:
    """A folder of this test's own."""
    settings.LINE_RECORDS_FOLDER = tmp_path


def upload(client, content: bytes):
    return client.post(address(LineBatch, "upload"), {"content": SimpleUploadedFile("day.csv", content)})


def test_an_uploaded_file_is_loaded_and_shows_what_was_put_aside(with_role):
    line = factories.line(TERMS)
    content = csv(row(line).replace("2025-10-01", "2025-08-01"), "nonsense")

    assert done(upload(with_role("network"), content))
    batch = LineBatch.objects.get()
    load_batch(batch.pk)

    page = with_role("audit").get(f"/staff/lineinfo/linebatch/{batch.pk}/change/").content.decode()
    assert "nonsense" in page
    batch.refresh_from_db()
    assert (batch.state, batch.new, batch.bad) == ("loaded", 1, 1)


def test_a_file_that_came_before_leads_to_its_batch(with_role):
    client = with_role("network")
    for _ in range(2):
        assert done(upload(client, csv("nonsense")))
    assert LineBatch.objects.get().deliveries == 2


def test_what_failed_is_loaded_once_more(with_role):
    client = with_role("network")
    upload(client, b"a,b,c\n")
    take_deliveries()
    batch = LineBatch.objects.get()
    assert batch.state == "failed"
    assert "retry" in buttons(client, batch)

    assert done(press(client, batch, "retry", reason="the columns are known now"))

    batch.refresh_from_db()
    assert batch.state == "received"
    assert "retry" not in buttons(client, batch)


def test_only_the_network_takes_deliveries(with_role):
    assert upload(with_role("billing"), csv("nonsense")).status_code == 403
