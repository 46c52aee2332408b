"""The ground is gone: the line works again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Suspension
from contracts.services.restore_line import restore_line
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform


def lift_suspension(*, suspension: Suspension, by: User, on: date, reason: str) -> Suspension:
    """The suspension is lifted on ``on`` and the subscriber told; the line stays cut while another one is in force.

    WrongState unless it is in force; ValidationError for a day before it began.
    """
    if on < suspension.starts_on:
        raise ValidationError({"on": _("The suspension began on %(day)s.") % {"day": suspension.starts_on}})
    article = ArticleRef.parse(suspension.article)
    with transaction.atomic():
        perform(suspension, "lift", by=by, on=on, reason=reason, article=article)
        restore_line(contract=suspension.contract, by=by, on=on, reason=reason, article=article)
        tell(
            suspension.contract,
            "suspension_lifted",
            on=on,
            article=article,
            about=suspension,
            lifted_on=on,
            reason=reason,
        )
    return suspension
