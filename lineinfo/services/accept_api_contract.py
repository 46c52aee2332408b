"""Accept an application for an API contract and tell what is needed to use it."""

from datetime import datetime

from django.db import transaction

from contracts.guards.application import application_of
from contracts.moments import japan_date
from contracts.retention.periods import period_on, periods_to_come
from lineinfo.addresses import api_address, manual_address
from lineinfo.models import ApiContract
from lineinfo.retention import MEASUREMENTS, tell_period
from lineinfo.services.apply_api_contract import target_missing
from notices.models import Notice
from notices.services.send_notice import send_notice
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def accept_api_contract(*, contract: ApiContract, by: User, at: datetime) -> Notice:
    """The contract is formed, and the access data (API ID, where the API and its manual are) is notified (line-info-api 7-2, 8).

    With it goes how long line records are kept (14), and each period that is to come.
    Secrets are not in the notice: each API user's is shown once, when it is issued.
    Refused where the applicant has lost the target contract since applying; WrongState where it was answered already.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    table = application_of(pack)
    refusal = target_missing(pack, contract.subscriber, on)
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        perform(contract, "accept", by=by, on=on, article=table.article)
        period = period_on(MEASUREMENTS, on)
        notice = send_notice(
            occasion="api_access_data",
            recipient=contract.subscriber,
            about=contract,
            article=table.article,
            facts={
                "api_id": contract.api_id,
                "accepted_on": on,
                "address": api_address(),
                "manual": manual_address(),
                **({"kept_days": period.days} if period else {}),
            },
            at=at,
        )
        for coming in periods_to_come(MEASUREMENTS, on):
            tell_period(coming, at, ApiContract.objects.filter(pk=contract.pk))
        return notice
