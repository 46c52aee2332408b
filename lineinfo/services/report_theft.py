"""Take a report that a credential was stolen or misused: block first, ask later."""

from datetime import datetime

from django.db import transaction

from contracts.moments import japan_date
from lineinfo.guards import REPORT_DUTY, duty_article
from lineinfo.models import Credential, CredentialIncident
from lineinfo.services.revoke_credential import revoke_credential
from notices.services.send_notice import send_notice
from workflow.models import User


def report_theft(*, credential: Credential, by: User, at: datetime, happened: str) -> CredentialIncident:
    """The credential is revoked, the incident is on record and the contractor is told (line-info-api 8-3).

    One that was stopped already is only recorded: what was done with it before still matters.
    """
    contract = credential.api_user.api_contract
    on = japan_date(at)
    article = duty_article(contract.pack(on), REPORT_DUTY)
    with transaction.atomic():
        locked = Credential.objects.select_for_update().get(pk=credential.pk)
        if locked.state in (Credential.State.ACTIVE, Credential.State.ROTATED):
            revoke_credential(credential=credential, by=by, at=at, reason=happened, article=article)
        incident = CredentialIncident.objects.create(
            credential=credential,
            reported_at=at,
            reported_by=by,
            happened=happened,
            article=str(article),
        )
        send_notice(
            occasion="credential_blocked",
            recipient=contract.subscriber,
            about=incident,
            article=article,
            facts={
                "api_id": contract.api_id,
                "credential": f"{credential.prefix}（{credential.api_user}）",
                "blocked_at": at,
                "reason": happened,
            },
            at=at,
        )
    return incident
