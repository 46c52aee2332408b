"""What staff do about notices, postings and letters."""

from datetime import timedelta

import pytest

from contracts.models import Subscriber
from notices.models import Notice, Posting, PrintBatch
from notices.services.second_channel import send_by_second_channel
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from tests import factories
from tests.admin.pressing import buttons, done, errors, press
from tests.admin.world import NOW, TODAY
from workflow.selectors import clock_user
from workflow.services.perform import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def notice(article: str = "isp-access 23", **fields) -> Notice:
    """A notice in the queue."""
    subscriber = factories.subscriber(**fields)
    return send_notice(
        occasion="performance_demanded",
        recipient=subscriber,
        about=subscriber,
        article=ArticleRef.parse(article),
        facts={"contract_number": "C00000001", "product": "商品", "reason": "未払い", "perform_by": TODAY},
        at=NOW,
    )


def failed() -> Notice:
    """A notice that could not be delivered."""
    written = notice()
    perform(written, "fail", by=clock_user(), on=TODAY, reason="550 no such user")
    return written


def test_the_first_page_leads_to_what_nobody_got_and_leaves_out_what_goes_as_a_letter(with_role):
    alone, repeated = failed(), failed()
    send_by_second_channel(notice=repeated, at=NOW)
    client = with_role("reception")
    page = client.get("/staff/").content.decode()
    address = "/staff/notices/notice/?undelivered=yes"
    assert address in page
    assert f"/staff/notices/notice/{repeated.pk}/change/" not in page
    assert list(client.get(address).context["cl"].result_list) == [alone]


def test_a_failed_notice_is_sent_again_by_another_way(with_role):
    written = failed()
    client = with_role("reception")
    page = client.get(f"/staff/notices/notice/{written.pk}/change/").content.decode()
    assert "550 no such user" in page
    assert done(
        press(
            client,
            written,
            "again",
            channel="letter",
            address="〒100-0001 東京都千代田区",
            reason="宛先不明のため",
        )
    )
    written.refresh_from_db()
    assert (written.state, written.channel, written.attempts) == (
        Notice.State.QUEUED,
        Notice.Channel.LETTER,
        0,
    )


def test_it_is_not_sent_again_without_a_reason_or_an_address(with_role):
    written = failed()
    client = with_role("reception")
    assert errors(
        press(client, written, "again", channel="email", address="a@example.jp", reason=""), "reason"
    )
    assert errors(press(client, written, "again", channel="letter", address="", reason="理由"), "address")
    assert errors(
        press(client, written, "again", channel="email", address="nobody", reason="理由"), "address"
    )
    written.refresh_from_db()
    assert written.state == Notice.State.FAILED


def test_the_network_does_not_send_again(with_role):
    written = failed()
    client = with_role("network")
    assert buttons(client, written) == []
    assert (
        press(client, written, "again", channel="email", address="a@example.jp", reason="x").status_code
        == 403
    )


def test_a_receipt_is_recorded(with_role, clock):
    written = factories.dispatched(notice(), TODAY)
    client = with_role("reception")
    assert errors(press(client, written, "received", at=NOW + timedelta(hours=1), reason=""), "at")
    assert errors(press(client, written, "received", at=NOW - timedelta(days=1), reason=""), "at")
    clock.move_to(NOW + timedelta(hours=1))
    assert done(press(client, written, "received", at=NOW + timedelta(hours=1), reason=""))
    written.refresh_from_db()
    assert (written.state, written.received_at) == (Notice.State.RECEIVED, NOW + timedelta(hours=1))


def test_only_where_the_document_says_so_does_a_notice_count_as_received(with_role):
    client = with_role("reception")
    silent = factories.dispatched(notice("isp-access 23"), TODAY)
    assert "isp-access" in errors(press(client, silent, "deemed", reason="住所変更の届出なし"))
    silent.refresh_from_db()
    assert silent.state == Notice.State.DISPATCHED
    deemed = factories.dispatched(notice("hikari-phone 16"), TODAY)
    assert done(press(client, deemed, "deemed", reason="住所変更の届出なし"))
    deemed.refresh_from_db()
    assert deemed.state == Notice.State.DEEMED_RECEIVED


def test_a_text_is_posted_on_an_article_that_there_is(with_role):
    client = with_role("network")
    data = {"category": "other", "title": "お知らせ", "body": "本文", "until": ""}
    assert errors(press(client, Posting, "post", article="isp-access 999", **data), "article")
    assert errors(press(client, Posting, "post", article="何か", **data), "article")
    past = data | {"until": NOW - timedelta(days=1)}
    assert errors(press(client, Posting, "post", article="isp-access 22", **past), "until")
    assert not Posting.objects.exists()
    assert done(press(client, Posting, "post", article="isp-access 22", **data))
    assert Posting.objects.get().article == "isp-access 22"


def test_the_waiting_letters_become_one_file_that_can_be_downloaded(with_role):
    written = notice(channel=Subscriber.Channel.LETTER, email="")
    client = with_role("reception")
    response = press(client, PrintBatch, "print")
    assert done(response)
    batch = PrintBatch.objects.get()
    written.refresh_from_db()
    assert written.state == Notice.State.DISPATCHED
    downloaded = client.get(f"/staff/notices/printbatch/{batch.pk}/file/")
    assert b"".join(downloaded.streaming_content).startswith(b"%PDF")
    batch.file.delete(save=False)


def test_letters_are_not_for_everybody(with_role):
    assert press(with_role("audit"), PrintBatch, "print").status_code == 403
