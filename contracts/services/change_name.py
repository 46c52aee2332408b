"""Record a subscriber's new name or address (氏名等の変更)."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.checks import kana
from contracts.models import Subscriber
from contracts.moments import start_of
from contracts.services.note_change import note_change
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from workflow.models import User

NAMED = ("name", "name_kana", "postal_code", "prefecture", "city", "town", "building")
_ADDRESS = NAMED[2:]


def change_name(
    *, subscriber: Subscriber, by: User, on: date, changes: Mapping[str, str], article: ArticleRef
) -> Subscriber:
    """The subscriber with ``changes``, some of NAMED; notices and invoices go to the new name and address from now on.

    The database keeps what stood before. The subscriber is told, at the new address. ValidationError names each field
    that is wrong, and says so where nothing would change.
    """
    with transaction.atomic():
        subscriber.refresh_from_db(from_queryset=Subscriber.objects.select_for_update(of=("self",)))
        before = {name: getattr(subscriber, name) for name in NAMED}
        address_before = subscriber.full_address
        for name, value in changes.items():
            setattr(subscriber, name, kana(value) if name == "name_kana" else value)
        told = [
            f"{label}：{before[name]} → {getattr(subscriber, name)}"
            for name, label in (("name", "お名前"), ("name_kana", "フリガナ"))
            if getattr(subscriber, name) != before[name]
        ]
        if any(getattr(subscriber, name) != before[name] for name in _ADDRESS):
            told.append(f"ご住所：{address_before} → {subscriber.full_address}")
        if not told:
            raise ValidationError({"name": _("Nothing of what is registered would change.")})
        subscriber.full_clean()
        subscriber.save()
        note_change(subscriber, "change_name", by=by, on=on, reason="／".join(told), article=article)
        send_notice(
            occasion="name_change_recorded",
            recipient=subscriber,
            about=subscriber,
            article=article,
            facts={"changes": told, "recorded_on": on, "subscriber_number": subscriber.number},
            at=start_of(on),
        )
    return subscriber
