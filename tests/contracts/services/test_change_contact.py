"""How a subscriber is reached changes at once; a name or an address only by a request."""

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Subscriber
from contracts.services.change_contact import change_contact
from tests import factories

pytestmark = pytest.mark.django_db


def change(subscriber: Subscriber, **fields: str) -> Subscriber:
    now = {name: getattr(subscriber, name) for name in ("contact_person", "phone", "email", "channel")}
    return change_contact(subscriber=subscriber, by=factories.staff(), **(now | fields))


def test_notices_go_to_the_new_address_from_now_on():
    subscriber = factories.subscriber()
    change(subscriber, email="new@example.jp", phone="03-9999-0000", contact_person="総務部 佐藤")
    kept = Subscriber.objects.get(pk=subscriber.pk)
    assert (kept.email, kept.phone, kept.contact_person) == ("new@example.jp", "03-9999-0000", "総務部 佐藤")
    assert kept.name == subscriber.name


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nobody at home"), ("channel", "pigeon"), ("email", "")]
)
def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(field, value):
    subscriber = factories.subscriber()
    with pytest.raises(ValidationError) as refused:
        change(subscriber, phone="03-9999-0000", **{field: value})
    assert field in refused.value.message_dict
    assert Subscriber.objects.get(pk=subscriber.pk).phone == "03-1234-5678"
