"""Take a subscriber's account for the customers' pages back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Subscriber
from contracts.services.note_change import note_change
from workflow.models import User


def revoke_customer(*, subscriber: Subscriber, by: User, on: date, reason: str) -> User:
    """The account, which lets nobody in any more: neither by its password, nor by a link, nor by an open session.

    It can be invited again. ValidationError where there is no account to take back.
    """
    with transaction.atomic():
        subscriber.refresh_from_db(from_queryset=Subscriber.objects.select_for_update(of=("self",)))
        user = subscriber.user
        if user is None or not user.is_active:
            raise ValidationError(_("There is no account to take back."))
        user.is_active = False
        user.set_unusable_password()
        user.save()
        note_change(subscriber, "revoke_customer", by=by, on=on, reason=reason)
    return user
