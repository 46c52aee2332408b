"""Give the operator's instruction after a theft or misuse of a credential."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.moments import japan_date
from lineinfo.guards import REPORT_DUTY, duty_article
from lineinfo.models import CredentialIncident
from notices.services.send_notice import send_notice
from workflow.errors import WrongState
from workflow.models import User


def instruct_incident(
    *, incident: CredentialIncident, by: User, at: datetime, instruction: str
) -> CredentialIncident:
    """The contractor is told what to do, and must follow it (line-info-api 8-3). WrongState where that was done already."""
    if not instruction.strip():
        raise WrongState(_("An instruction cannot be empty."))
    with transaction.atomic():
        found = CredentialIncident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
        if found.instruction:
            raise WrongState(_("The instruction for this incident was given already."))
        found.instruction, found.instructed_at, found.instructed_by = instruction.strip(), at, by
        found.save()
        contract = found.credential.api_user.api_contract
        send_notice(
            occasion="credential_blocked",
            recipient=contract.subscriber,
            about=found,
            article=duty_article(contract.pack(japan_date(at)), REPORT_DUTY),
            facts={
                "api_id": contract.api_id,
                "credential": f"{found.credential.prefix}（{found.credential.api_user}）",
                "blocked_at": found.credential.stopped_at or found.reported_at,
                "reason": found.happened,
                "instruction": found.instruction,
            },
            at=at,
        )
    return found
