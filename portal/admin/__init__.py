"""What the customers' pages add to the staff side: the account of a subscriber."""

from collections.abc import Iterable
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.models import Subscriber
from portal.services.invite_customer import invite_customer
from portal.services.revoke_customer import revoke_customer
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.further import add_buttons


def _invite(press: Press) -> Done:
    adapter = get_adapter(context.request)
    try:
        user = invite_customer(
            subscriber=press.obj, by=press.by, on=press.on, link=adapter.get_reset_password_from_key_url
        )
    except (SMTPException, OSError) as error:
        raise ValidationError(
            gettext("The mail could not be sent (%(error)s). Nothing was done; try again later.")
            % {"error": error}
        ) from error
    return Done(message=_("Account %(account)s: the invitation went out.") % {"account": user.username})


def _on_inviting(subscriber: Subscriber) -> Iterable[Effect]:
    if subscriber.email:
        yield Effect(
            text=_("A link with which a password can be set goes to %(email)s.") % {"email": subscriber.email}
        )
    yield Effect(text=_("Nobody but the recipient sees the link; links sent before no longer work."))


def _revoke(press: Press) -> Done:
    user = revoke_customer(subscriber=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("Account %(account)s lets nobody in any more.") % {"account": user.username})


def _can_be_invited(subscriber: Subscriber) -> bool:
    user = subscriber.user
    return user is None or not user.is_active or not user.has_usable_password()


add_buttons(
    Subscriber,
    Button(
        name="invite",
        label=_("Invite to the customers’ pages"),
        permission="contracts.change_subscriber",
        menu=_("Portal account"),
        possible=_can_be_invited,
        run=_invite,
        effects=_on_inviting,
        previews=False,
    ),
    Button(
        name="revoke-account",
        label=_("Take the account back"),
        permission="contracts.change_subscriber",
        menu=_("Portal account"),
        possible=lambda subscriber: subscriber.user is not None and subscriber.user.is_active,
        look="danger",
        form=ReasonForm,
        run=_revoke,
        effects=lambda subscriber: [
            Effect(text=_("Password, links and open sessions stop working at once. It can be invited again."))
        ],
    ),
)
