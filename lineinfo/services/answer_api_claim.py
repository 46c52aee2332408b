"""Take an API contractor's claim for damages, and answer it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from contracts.moments import japan_date
from lineinfo.beginnings import note_beginning
from lineinfo.guards import answers_for_damage
from lineinfo.models import ApiContract, ApiDamageClaim
from notices.models import Notice
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def receive_api_claim(
    *, contract: ApiContract, by: User, at: datetime, happened: str, amount: int
) -> ApiDamageClaim:
    """What the contractor claims from the operator, ``amount`` in yen, to be answered (line-info-api 20-2).

    Refused where the document does not speak of damages; ValidationError for an amount that cannot be.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    if pack.damages is None:
        raise Refused(no_such_clause(pack, "no_damages", _("This document does not speak of damages.")))
    if amount <= 0:
        raise ValidationError({"amount": _("The damage is a number of yen above zero.")})
    with transaction.atomic():
        claim = ApiDamageClaim.objects.create(
            api_contract=contract,
            claimant=ApiDamageClaim.Claimant.CONTRACTOR,
            happened=happened.strip(),
            amount=amount,
            article=str(pack.damages.liable_article),
            claimed_on=on,
            recorded_by=by,
        )
        article = pack.damages.liable_article
        note_beginning(claim, "receive", by=by, on=on, article=article, reason=claim.happened)
    return claim


def answer_api_claim(*, claim: ApiDamageClaim, by: User, at: datetime, fault: str, reason: str) -> Notice:
    """Granted or refused as the document has it for the ``fault`` that was found; the contractor is told (line-info-api 20-2).

    WrongState where it was answered already.
    """
    on = japan_date(at)
    contract = claim.api_contract
    pack = contract.pack(on)
    refusal = answers_for_damage(pack, fault)
    article = refusal.article if refusal else ArticleRef.parse(claim.article)
    with transaction.atomic():
        perform(
            claim, "refuse" if refusal else "grant", by=by, on=on, reason=reason, article=article, fault=fault
        )
        return send_notice(
            occasion="api_claim_answered",
            recipient=contract.subscriber,
            about=claim,
            article=article,
            facts={
                "api_id": contract.api_id,
                "what": claim.happened,
                "amount": claim.amount,
                "granted": refusal is None,
                "reason": reason,
            },
            at=at,
        )
