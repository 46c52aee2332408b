"""Refuse an application for an API contract on a ground of the document."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of, refusal_ground
from contracts.moments import japan_date
from lineinfo.models import ApiContract
from notices.models import Notice
from notices.services.send_notice import send_notice
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def refuse_api_contract(*, contract: ApiContract, by: User, at: datetime, ground: str, reason: str) -> Notice:
    """The answer is no, on the ``ground`` (a code of the pack) and for the ``reason``; the applicant is told.

    Refused where the document lists no such ground (line-info-api 7-1); WrongState where it was answered already.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    listed = refusal_ground(pack, ground)
    if listed is None:
        raise Refused(
            Refusal(
                application_of(pack).article,
                "no_such_ground",
                _("“%(ground)s” is not a ground of refusal here.") % {"ground": ground},
            )
        )
    with transaction.atomic():
        perform(contract, "refuse", by=by, on=on, article=listed.article, reason=reason, ground=ground)
        return send_notice(
            occasion="api_refused",
            recipient=contract.subscriber,
            about=contract,
            article=listed.article,
            facts={"api_id": contract.api_id, "decided_on": on, "reason": reason},
            at=at,
        )
