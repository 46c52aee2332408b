"""Change how a subscriber is reached. Names and addresses change by a request, because notices hang on them."""

from django.db import transaction

from contracts.models import Subscriber
from workflow.models import User


def change_contact(
    *, subscriber: Subscriber, by: User, contact_person: str, phone: str, email: str, channel: str
) -> Subscriber:
    """The subscriber with the new contact person, phone number, e-mail address and channel of notices.

    The database keeps what stood before. ValidationError names each field that is wrong; nothing is changed then.
    """
    with transaction.atomic():
        subscriber.refresh_from_db(from_queryset=Subscriber.objects.select_for_update(of=("self",)))
        subscriber.contact_person = contact_person
        subscriber.phone = phone
        subscriber.email = email
        subscriber.channel = channel
        subscriber.full_clean()
        subscriber.save()
    return subscriber
