"""Take note that a subcontractor works for the API contractor no more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.moments import japan_date
from contracts.services.note_change import note_change
from lineinfo.guards import SUBCONTRACTOR_DUTY, duty_article
from lineinfo.models import Subcontractor
from lineinfo.services.delete_api_user import delete_api_user
from workflow.errors import WrongState
from workflow.models import User


def end_subcontractor(*, subcontractor: Subcontractor, by: User, at: datetime, reason: str) -> int:
    """Nothing is disclosed to it any more: its API users are deleted and their credentials blocked at once (line-info-api 13-2).

    So it is too where the contractor cuts off an anti-social subcontractor (26-4). Returns how many users. WrongState where
    that was done already.
    """
    on = japan_date(at)
    with transaction.atomic():
        found = Subcontractor.objects.select_for_update().get(pk=subcontractor.pk)
        if found.ended_on is not None:
            raise WrongState(
                _("%(subcontractor)s ended on %(day)s.") % {"subcontractor": found, "day": found.ended_on}
            )
        users = list(found.api_users.filter(deleted_on=None))
        for user in users:
            delete_api_user(api_user=user, by=by, at=at, reason=reason)
        found.ended_on, found.end_reason = on, reason.strip()
        found.save(update_fields=["ended_on", "end_reason"])
        article = duty_article(found.api_contract.pack(on), SUBCONTRACTOR_DUTY)
        note_change(found, "end", by=by, on=on, reason=reason, article=article)
    return len(users)
