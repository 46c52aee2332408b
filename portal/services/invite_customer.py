"""Give a subscriber an account for the customers' pages."""

from collections.abc import Callable
from datetime import date

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from contracts.models import Subscriber
from contracts.services.note_change import note_change
from notices.operator import operator
from workflow.models import User


def invite_customer(*, subscriber: Subscriber, by: User, on: date, link: Callable[[str], str]) -> User:
    """The subscriber's account, to which a link by e-mail lets them set a password; a further invitation replaces the link.

    ``link`` makes the address of a key. The link is sent and kept nowhere: whoever has it can set the password, so staff
    cannot read it. ValidationError where there is no e-mail address, or the account has a password already; where the
    mail cannot be sent, its error, and nothing is kept.
    """
    if not subscriber.email:
        raise ValidationError(_("Write down the subscriber’s e-mail address first."))
    with transaction.atomic():
        subscriber.refresh_from_db(from_queryset=Subscriber.objects.select_for_update(of=("self",)))
        user = subscriber.user or User(username=subscriber.number)
        if user.pk and user.is_active and user.has_usable_password():
            raise ValidationError(_("%(account)s has a password already.") % {"account": user.username})
        user.email, user.is_active = subscriber.email, True
        # Another unusable password each time: links sent before no longer work.
        user.set_unusable_password()
        user.save()
        subscriber.user = user
        subscriber.save()
        note_change(subscriber, "invite_customer", by=by, on=on, reason=subscriber.email)
        key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        body = render_to_string(
            "portal/mail/invitation.txt",
            {
                "subscriber": subscriber,
                "user": user,
                "link": link(key),
                "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
                "operator": operator(),
            },
        )
        send_mail("お客さまページのご案内", body, None, [subscriber.email])
    return user
