"""All that a subscriber owes under a document falls due at once (期限の利益の喪失)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.acceleration import AccelerationFacts, acceleration_grounds, may_accelerate
from contracts.models import Acceleration, Contract, Subscriber
from contracts.services.ending_checks import demand_through
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from notices.models import Notice
from workflow.errors import Refused
from workflow.models import User


def accelerate_debts(
    *, contract: Contract, by: User, on: date, ground: str, since: date, reason: str
) -> Acceleration:
    """Record on ``on`` that the ground was met on ``since``: what is owed under the document fell due that day.

    The subscriber is told. Refused where the document does not let the debts fall due on that ground, or where it asks for
    a demand that has not run out; ValidationError where the reason is missing or they are due since that day already.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason; the notice states it.")})
    facts = AccelerationFacts(
        ground=ground, since=since, on=on, demand_through=demand_through(contract, None)
    )
    refusal = may_accelerate(contract.pack(on), facts)
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        if _standing(contract, since) is not None:
            raise ValidationError(
                {"since": _("All debts under this document are due since that day already.")}
            )
        return fall_due(contract=contract, by=by, on=on, ground=ground, since=since, reason=reason)


def fall_due(
    *,
    contract: Contract,
    by: User,
    on: date,
    ground: str,
    since: date,
    reason: str,
    notice: Notice | None = None,
) -> Acceleration:
    """The record, where the ground itself was checked: for the services that act on it. One for each day.

    ``notice``: what has told the subscriber already; otherwise a notice of its own does.
    """
    pack = contract.pack(on)
    table = pack.acceleration
    assert table is not None
    with transaction.atomic():
        found = _standing(contract, since)
        if found is not None:
            return found
        met = next(each for each in acceleration_grounds(pack) if each.code == ground)
        made = Acceleration(
            contract=contract,
            subscriber=contract.subscriber,
            terms_code=contract.terms_code,
            accelerated_on=since,
            ground=ground,
            ground_article=str(met.article),
            article=str(table.article),
            reason=reason.strip(),
            recorded_on=on,
            by=by,
        )
        made.full_clean()
        made.save()
        made.notice = notice or tell(
            contract,
            "debts_accelerated",
            on=on,
            article=table.article,
            about=made,
            terms_title=pack.title,
            reason=made.reason,
            due_on=since,
        )
        made.save(update_fields=["notice"])
        note_change(contract, "accelerate_debts", by=by, on=on, reason=made.reason, article=table.article)
    return made


def _standing(contract: Contract, since: date) -> Acceleration | None:
    """The one of that day. Whatever else makes debts of the subscriber fall due waits, under this contract or another."""
    Subscriber.objects.select_for_update(of=("self",), no_key=True).get(pk=contract.subscriber_id)
    return Acceleration.objects.filter(
        subscriber=contract.subscriber_id,
        terms_code=contract.terms_code,
        accelerated_on=since,
        withdrawn_on__isnull=True,
    ).first()
