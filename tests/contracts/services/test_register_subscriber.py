"""Subscribers: readings, corporate numbers and addresses as they are typed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.addresses import address_warning, fill_address
from contracts.models import Subscriber
from contracts.services.register_subscriber import register_subscriber
from tests import factories
from workflow.selectors import state_changes_of

pytestmark = pytest.mark.django_db


def register(**fields: Any) -> Subscriber:
    values: dict[str, Any] = {
        "by": factories.staff(),
        "on": date(2025, 8, 1),
        "kind": "person",
        "name": "鈴木花子",
        "name_kana": "すずき はなこ",
        "email": "hanako@example.jp",
        "phone": "03-1234-5678",
        **factories.ADDRESS,
    }
    return register_subscriber(**(values | fields))


@pytest.mark.parametrize("reading", ["すずき はなこ", "ｽｽﾞｷ ﾊﾅｺ", "スズキ　ハナコ", " スズキ  ハナコ "])
def test_a_reading_is_kept_in_full_width_katakana(reading):
    assert register(name_kana=reading).name_kana == "スズキ　ハナコ"


def test_a_registration_says_who_did_it():
    by = factories.staff()
    subscriber = register(by=by)
    assert (state_changes_of(subscriber).get().by, subscriber.number[0]) == (by, "S")


def test_a_reading_in_kanji_is_none():
    with pytest.raises(ValidationError) as error:
        register(name_kana="鈴木")
    assert "name_kana" in error.value.message_dict
    assert not Subscriber.objects.exists()


@pytest.mark.article("statute", "法人番号省令2")
def test_the_check_digit_of_a_corporate_number_must_fit():
    corporation = {"kind": "corporation", "name": "株式会社鈴木", "name_kana": "スズキ"}
    assert register(**corporation, corporate_number="7010705000725").corporate_number == "7010705000725"
    for wrong in ("7010705000726", "701070500072", "T7010705000725"):
        with pytest.raises(ValidationError) as error:
            register(**corporation, corporate_number=wrong)
        assert "corporate_number" in error.value.message_dict


def test_a_person_has_no_corporate_number():
    with pytest.raises(ValidationError) as error:
        register(corporate_number="7010705000725")
    assert set(error.value.message_dict) == {"corporate_number"}


def test_notices_by_mail_need_a_mail_address():
    with pytest.raises(ValidationError) as error:
        register(email="")
    assert set(error.value.message_dict) == {"email"}
    assert register(email="", channel="letter").notice_address.startswith("〒100-0001")


def test_a_postal_code_is_seven_digits_with_or_without_its_hyphen():
    assert register(postal_code="100-0001").postal_code == "1000001"
    with pytest.raises(ValidationError) as error:
        register(postal_code="10000")
    assert "postal_code" in error.value.message_dict


def test_a_postal_code_fills_in_the_place():
    place = fill_address("100-0001")
    assert place is not None
    assert (place.prefecture, place.city, place.town) == ("東京都", "千代田区", "千代田")
    assert fill_address("9999999") is None


def test_an_address_that_does_not_fit_its_postal_code_is_warned_of():
    assert address_warning("1000001", "東京都", "千代田区") is None
    assert "東京都千代田区" in str(address_warning("1000001", "大阪府", "大阪市北区"))
    assert address_warning("9999999", "東京都", "千代田区")
