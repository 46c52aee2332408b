"""The representative of a group of lines asks for another item for all of them at once."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import LineGroup, Product, Request
from contracts.models.contract import LIVE_STATES
from contracts.services.receive_request import receive_request
from workflow.models import User


def ask_for_group(
    *, group: LineGroup, product: Product, wished_on: date, form: str, by: User, at: datetime
) -> list[Request]:
    """The requests for ``product`` from ``wished_on``, one for each live line of ``group`` that has another, received at ``at``
    from its representative (hikari-line 5, plan 2). All or none.

    ValidationError where the group has no representative or nothing changes; Refused where the document lets nobody ask for
    others, a member did not consent, or one of the lines cannot have the item.
    """
    if group.representative is None:
        raise ValidationError({"product": _("The group has no representative; name one.")})
    asking = group.representative.subscriber
    members = group.members.filter(left_on__isnull=True, contract__state__in=LIVE_STATES)
    with transaction.atomic():
        made = [
            receive_request(
                by=by,
                at=at,
                kind=Request.Kind.ITEM_CHANGE,
                subscriber=member.contract.subscriber,
                terms_code=group.terms_code,
                form=form,
                details={"product": product.code, "on": wished_on},
                contract=member.contract,
                represented_by=asking,
            )
            for member in members.exclude(contract__product=product).select_related("contract__subscriber")
        ]
    if not made:
        raise ValidationError(
            {"product": _("Every line of the group has “%(product)s” already.") % {"product": product}}
        )
    return made
