"""Claim damages from an API contractor."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from contracts.moments import japan_date
from lineinfo.beginnings import note_beginning
from lineinfo.guards import may_claim
from lineinfo.models import ApiBreach, ApiContract, ApiDamageClaim
from notices.services.send_notice import send_notice
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def claim_api_damage(
    *,
    contract: ApiContract,
    by: User,
    at: datetime,
    fault: str,
    happened: str,
    amount: int,
    pay_by: date,
    breach: ApiBreach | None = None,
) -> ApiDamageClaim:
    """``amount`` yen of damage that the contractor or its API users did by ``fault``, to be paid by ``pay_by`` (line-info-api 20-1).

    ``breach``: the one that it came from. Refused for a fault on which the document gives no claim; ValidationError for an
    amount or a day that cannot be; WrongState where the breach is closed.
    """
    on = japan_date(at)
    article = may_claim(contract.pack(on), fault)
    if isinstance(article, Refusal):
        raise Refused(article)
    errors = {}
    if amount <= 0:
        errors["amount"] = _("The damage is a number of yen above zero.")
    if pay_by <= on:
        errors["pay_by"] = _("The day of payment lies in the future.")
    if breach is not None and breach.api_contract_id != contract.pk:
        errors["breach"] = _("This breach belongs to another API contract.")
    if errors:
        raise ValidationError(errors)
    with transaction.atomic():
        if breach is not None:
            perform(breach, "act_on", by=by, on=on, reason=happened, article=article)
        claim = ApiDamageClaim.objects.create(
            api_contract=contract,
            claimant=ApiDamageClaim.Claimant.OPERATOR,
            breach=breach,
            happened=happened.strip(),
            amount=amount,
            fault=fault,
            article=str(article),
            claimed_on=on,
            pay_by=pay_by,
            recorded_by=by,
        )
        note_beginning(claim, "claim", by=by, on=on, article=article, reason=claim.happened)
        with translation.override("ja"):
            said = str(ApiDamageClaim.Fault(fault).label)
        send_notice(
            occasion="api_damage_claimed",
            recipient=contract.subscriber,
            about=claim,
            article=article,
            facts={
                "api_id": contract.api_id,
                "fault": said,
                "what": claim.happened,
                "amount": amount,
                "pay_by": pay_by,
            },
            at=at,
        )
    return claim
