"""Register a subscriber: a person or a corporation."""

from datetime import date

from django.db import transaction

from contracts.checks import check_corporate_number, kana
from contracts.models import Subscriber
from contracts.services.note_change import note_change
from workflow.models import User


def register_subscriber(
    *,
    by: User,
    on: date,
    kind: str,
    name: str,
    name_kana: str,
    postal_code: str,
    prefecture: str,
    city: str,
    town: str,
    building: str = "",
    corporate_number: str = "",
    contact_person: str = "",
    email: str = "",
    phone: str,
    channel: str = Subscriber.Channel.EMAIL,
    user: User | None = None,
) -> Subscriber:
    """A new subscriber, registered on ``on``.

    The reading is brought into full-width katakana (ひらがな and half-width are accepted). ValidationError names each
    field that is wrong, among them a corporate number whose check digit does not fit; nothing is written then.
    """
    subscriber = Subscriber(
        kind=kind,
        name=name.strip(),
        name_kana=kana(name_kana),
        postal_code=postal_code.replace("-", "").strip(),
        prefecture=prefecture,
        city=city,
        town=town,
        building=building,
        corporate_number=corporate_number,
        contact_person=contact_person,
        email=email,
        phone=phone,
        channel=channel,
        user=user,
        registered_on=on,
    )
    check_corporate_number(corporate_number, on=on)
    with transaction.atomic():
        subscriber.full_clean()
        subscriber.save()
        note_change(subscriber, "register", by=by, on=on)
    return subscriber
