"""A notice is written in the transaction of what it announces."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy, override

from notices.errors import FactsWrong, NoAddress, UnknownOccasion
from notices.models import Notice
from notices.services.dispatch_notice import dispatch_queued
from notices.services.send_notice import send_notice, send_notices, write_notice
from terms.article import ArticleRef
from terms.errors import TermsError
from tests.notices.conftest import ARTICLE, AT, SUSPENSION, after, subscriber, tell


def test_a_notice_is_queued_with_its_text_its_address_and_its_facts(taro):
    notice = Notice.objects.get(pk=tell(taro).pk)

    assert (notice.state, notice.channel, notice.address) == ("queued", "email", "taro@example.jp")
    assert (notice.recipient, notice.about, notice.recipient_name) == (taro, taro, "見本 太郎 様")
    assert (notice.article, notice.written_at, notice.attempts) == ("isp-access 23-1", AT, 0)
    assert notice.facts["starts_on"] == "2025-04-15"
    assert notice.facts["through"] is None
    assert notice.facts["amount_due"] == 12345


@pytest.mark.article("isp-access", "23")
def test_a_suspension_notice_states_reason_day_and_period_and_names_the_article(taro):
    notice = tell(taro)

    assert notice.subject == "【重要】サービスの利用停止の予告（C00000001）"
    assert notice.body.startswith("見本 太郎 様\n")
    assert "・停止の理由　：2025年2月分の料金のお支払いを確認できないため" in notice.body
    assert "・停止日　　　：2025年4月15日" in notice.body
    assert "2025年4月15日から、料金その他の債務のお支払いを当社が確認するまで" in notice.body.replace(
        "\n　", ""
    )
    assert "12,345円" in notice.body
    assert "「＠Ｔ ＣＯＭ（アットティーコム）契約約款（N） 第23条第1項（利用停止）」" in notice.body.replace(
        "\n", ""
    )


def test_the_operator_of_the_settings_speaks(taro, settings):
    settings.OPERATOR_NAME = "別の見本通信株式会社"

    assert "別の見本通信株式会社" in tell(taro).body


def test_the_text_is_japanese_whatever_language_the_clerk_reads(taro):
    with override("en"):
        notice = tell(taro, facts={"reason": gettext_lazy("e-mail")})

    assert "電子メール" in notice.body


@pytest.mark.parametrize("missing", ["reason", "starts_on", "through"])
def test_a_missing_fact_is_named_and_nothing_is_written(taro, missing):
    facts = {name: fact for name, fact in SUSPENSION.items() if name != missing}

    with pytest.raises(FactsWrong, match=f"suspension_notice.*'{missing}' is missing: give"):
        send_notice(
            occasion="suspension_notice", recipient=taro, about=taro, article=ARTICLE, facts=facts, at=AT
        )
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "wanted"),
    [
        ({"reason": " "}, "a text"),
        ({"starts_on": "2025-04-15"}, "a date"),
        ({"starts_on": datetime(2025, 4, 15, tzinfo=UTC)}, "a date"),
        ({"starts_on": None}, "a date"),
        ({"amount_due": "12345"}, "whole yen"),
        ({"amount_due": True}, "whole yen"),
        ({"amount_due": 123.4}, "whole yen"),
        ({"until_paid": 1}, "True or False"),
        ({"startson": date(2025, 4, 15)}, "not known; there is"),
    ],
)
def test_a_fact_that_is_wrong_or_unknown_is_named_and_nothing_is_written(taro, wrong, wanted):
    with pytest.raises(FactsWrong, match=wanted):
        tell(taro, facts=wrong)
    assert not Notice.objects.exists()


def test_an_occasion_that_is_not_registered_is_refused(taro):
    with pytest.raises(UnknownOccasion, match="birthday"):
        tell(taro, occasion="birthday")


def test_an_article_that_the_document_does_not_have_is_refused(taro):
    with pytest.raises(TermsError, match="999"):
        tell(taro, article=ArticleRef("isp-access", "999"))
    assert not Notice.objects.exists()


def test_a_subscriber_who_wants_letters_is_told_by_letter(db):
    hanako = subscriber(channel="letter", email="")

    notice = tell(hanako)

    assert notice.channel == "letter"
    assert notice.address == "〒150-0001 東京都渋谷区神宮前1-2-3 見本ハイツ101"


def test_another_channel_than_the_usual_one_takes_its_own_address(taro):
    assert tell(taro, channel="letter").address.startswith("〒150-0001")


def test_a_channel_without_an_address_is_refused(db, partner):
    with pytest.raises(NoAddress, match="見本モバイル"):
        tell(partner, channel="letter")
    with pytest.raises(NoAddress, match="見本"):
        tell(subscriber(channel="letter", email=""), channel="email")
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_neither_notice_nor_mail(smtp, valkey):
    taro = subscriber()

    @transaction.atomic
    def tell_and_fail() -> None:
        tell(taro)
        raise RuntimeError("something after the notice went wrong")

    with pytest.raises(RuntimeError):
        tell_and_fail()

    assert not Notice.objects.exists()
    assert valkey.llen("celery") == 0
    dispatch_queued(at=after(minutes=1))
    assert smtp == []


@pytest.mark.django_db(transaction=True)
def test_after_the_commit_a_worker_is_asked_to_send_it(valkey):
    taro = subscriber()
    with transaction.atomic():
        notice = tell(taro)
        assert valkey.llen("celery") == 0

    message = json.loads(valkey.lpop("celery"))
    assert message["headers"]["task"] == "notices.tasks.dispatch_notice"
    assert message["headers"]["argsrepr"] == f"({notice.pk},)"


@pytest.mark.django_db(transaction=True)
def test_many_notices_are_saved_at_once_and_wake_one_sweep(valkey):
    people = [subscriber(email=f"p{number}@example.jp") for number in range(3)]
    notices = [
        write_notice(
            occasion="suspension_notice",
            recipient=person,
            about=person,
            article=ARTICLE,
            facts=SUSPENSION,
            at=AT,
        )
        for person in people
    ]
    assert not Notice.objects.exists()

    assert send_notices(notices) == 3

    saved = Notice.objects.order_by("id")
    for notice, written in zip(saved, notices, strict=True):
        assert model_to_dict(notice, exclude=["id"]) == model_to_dict(written, exclude=["id"])
    assert [notice.address for notice in saved] == ["p0@example.jp", "p1@example.jp", "p2@example.jp"]
    assert valkey.llen("celery") == 1
    assert json.loads(valkey.lpop("celery"))["headers"]["task"] == "notices.tasks.dispatch_queued"


def test_letters_wake_nobody(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        tell(subscriber(channel="letter", email=""))
        send_notices([])

    assert callbacks == []
