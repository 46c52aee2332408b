"""A new name or address is recorded under the article on whose request it was reported, and confirmed at the new address."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Subscriber
from contracts.services.change_name import change_name
from notices.models import Notice
from terms.article import ArticleRef
from tests import factories
from workflow.models import StateChange

pytestmark = pytest.mark.django_db

DAY, ARTICLE = date(2025, 8, 1), ArticleRef("hikari-phone", "16-1")


def change(subscriber: Subscriber, **changes: str) -> Subscriber:
    return change_name(subscriber=subscriber, by=factories.staff(), on=DAY, changes=changes, article=ARTICLE)


def test_the_new_name_stands_and_the_subscriber_is_told_what_changed():
    subscriber = factories.subscriber(name="山田太郎", name_kana="ヤマダタロウ")
    change(subscriber, name="鈴木太郎", name_kana="すずきたろう")
    kept = Subscriber.objects.get(pk=subscriber.pk)
    assert (kept.name, kept.name_kana) == ("鈴木太郎", "スズキタロウ")
    told = ["お名前：山田太郎 → 鈴木太郎", "フリガナ：ヤマダタロウ → スズキタロウ"]
    assert Notice.objects.get(occasion="name_change_recorded").facts["changes"] == told
    noted = StateChange.objects.get(transition="change_name")
    assert (noted.on, noted.reason, noted.article) == (DAY, "／".join(told), str(ARTICLE))


def test_a_new_address_is_told_as_a_whole_and_at_the_new_place():
    subscriber = factories.subscriber(channel=Subscriber.Channel.LETTER)
    before = subscriber.full_address
    change(subscriber, town="新町9-9")
    notice = Notice.objects.get()
    assert "新町9-9" in notice.address
    assert notice.facts["changes"] == [f"ご住所：{before} → {subscriber.full_address}"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({}, "name"), ({"name": "山田太郎"}, "name"), ({"postal_code": "12-345"}, "postal_code")],
)
def test_no_change_or_a_wrong_one_is_refused_at_its_field_and_nothing_is_kept(changes, field):
    subscriber = factories.subscriber(name="山田太郎")
    before = Subscriber.objects.values().get(pk=subscriber.pk)
    with pytest.raises(ValidationError) as refused:
        change(subscriber, **changes)
    assert field in refused.value.message_dict
    assert Subscriber.objects.values().get(pk=subscriber.pk) == before
    assert not Notice.objects.exists()
    assert not StateChange.objects.exists()
