"""Take a subscriber's claim for a damage beyond outages, to be answered by a second person (isp-access 40)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.models import Charge, DamageClaim, Tariff, TariffPrice
from billing.models.damage_claim import ANSWER
from contracts.guards.silent import no_such_clause
from contracts.models import Contract, Subscriber
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from terms.rules.consumer_liability import ConsumerLiability
from workflow.errors import Refused
from workflow.models import User
from workflow.services.approve import propose


def receive_damage_claim(
    *,
    contract: Contract,
    by: User,
    at: datetime,
    happened_on: date,
    what: str,
    loss: int,
    gross_negligence: bool = False,
) -> DamageClaim:
    """The claim received at ``at`` for a direct and ordinary ``loss`` in yen, with what is owed for it at most, waiting for a second
    person (answer_damage_claim).

    A person is taken for a consumer. Refused where the document says nothing of such damages. ValidationError for a loss of nothing,
    for a day that has not come or on which there was no contract, and
    for a service whose fee is not known.
    """
    on = japan_date(at)
    pack = contract.pack(happened_on)
    if not pack.has(ConsumerLiability):
        raise Refused(
            no_such_clause(pack, "no_damages", _("This document does not speak of damages beyond outages."))
        )
    if loss <= 0:
        raise ValidationError({"loss": _("The damage is a number of yen above zero.")})
    if not (contract.formed_on and contract.formed_on <= happened_on <= (contract.ends_on or on)):
        raise ValidationError({"happened_on": _("There was no contract on that day.")})
    article = pack.rule(ConsumerLiability).article
    claim = DamageClaim(
        contract=contract,
        happened_on=happened_on,
        what=what.strip(),
        loss=loss,
        gross_negligence=gross_negligence,
        consumer=contract.subscriber.kind == Subscriber.Kind.PERSON,
        fee=_fee(contract, happened_on),
        article=str(article),
        received_on=on,
        recorded_by=by,
    )
    owed = claim.worked_out
    claim.amount = owed.amount if owed else 0
    claim.full_clean()
    with transaction.atomic():
        claim.save()
        note_change(claim, "receive", by=by, on=on, reason=claim.what, article=article)
        propose(claim, ANSWER, by=by, reason=claim.what, article=article, at=at)
    return claim


def _fee(contract: Contract, day: date) -> int:
    """The monthly fee of the service: as charged for that day or, where nothing was, as its price stands."""
    charged = contract.charges.filter(kind=Charge.Kind.BASE, period__contains=day).aggregate(
        sum=Sum("unit_price")
    )["sum"]
    if charged is not None:
        return int(charged)
    prices = (
        TariffPrice.objects.filter(
            tariff__kind=Tariff.Kind.BASE, tariff__product=contract.product_id, valid_from__lte=day
        )
        .order_by("tariff_id", "-valid_from")
        .distinct("tariff_id")
    )
    if not prices:
        raise ValidationError(_("The fee of this service is not known on that day; set its price first."))
    return sum(price.amount for price in prices)
