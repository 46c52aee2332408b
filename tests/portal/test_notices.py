"""What was told to the customer, and that it was read."""

from datetime import date

from notices.models import Notice
from notices.selectors import notices_to
from tests import factories
from tests.portal.customers import TODAY, Customer
from workflow.models import StateChange


def test_reading_a_notice_that_was_sent_records_its_receipt_once(aoba: Customer) -> None:
    notice = factories.dispatched(aoba.notice, date(2025, 11, 18))
    address = f"/notices/{notice.pk}/"
    assert "未読" in aoba.see("/notices/")

    page = aoba.see(address)

    assert notice.subject in page
    assert notice.body.splitlines()[0] in page
    notice.refresh_from_db()
    assert (notice.state, notice.received_at) == (Notice.State.RECEIVED, factories.at(TODAY))
    assert "到達日時" in page
    aoba.see(address)
    assert StateChange.objects.filter(transition="receive", subject_id=notice.pk, by=aoba.user).count() == 1


def test_a_notice_that_waits_for_the_worker_can_be_read_and_stays_queued(aoba: Customer) -> None:
    aoba.see(f"/notices/{aoba.notice.pk}/")
    assert aoba.notice.state == Notice.State.QUEUED


def test_long_lists_come_in_pages(aoba: Customer) -> None:
    first = notices_to(aoba.subscriber)[0]
    Notice.objects.bulk_create(
        Notice(
            **{
                field.attname: getattr(first, field.attname)
                for field in Notice._meta.concrete_fields
                if field.attname not in {"id", "subject"}
            },
            subject=f"お知らせ {number:02d}",
        )
        for number in range(60)
    )
    page = aoba.see("/notices/", page="2")
    assert "お知らせ 34" in page
    assert "お知らせ 35" not in page
    assert 'rel="prev" href="?page=1"' in page
    assert 'rel="next" href="?page=3"' in page
