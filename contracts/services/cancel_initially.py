"""Cancel a new contract in writing within the days of the law (初期契約解除, 電気通信事業法26条の3)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.contract_documents import document_received_on
from contracts.guards.initial_cancellation import GROUND, CancellationFacts, may_cancel_initially
from contracts.models import Contract, Ending
from contracts.services.begin_ending import begin_ending
from contracts.services.cancel_contract import carry_out_cancellation
from contracts.services.follow_ending import follow_ending
from contracts.services.tell import tell
from contracts.services.withdraw_ending import give_way_to_earlier
from terms.registry import rule_for
from terms.rules.initial_cancellation import InitialCancellation
from workflow.errors import Refused
from workflow.models import User


def cancel_initially(*, contract: Contract, by: User, on: date, dispatched_on: date, form: str) -> Ending:
    """The contract ends on ``dispatched_on``, the day on which the cancellation was sent; received and confirmed on ``on``.

    No damages and no fee for ending early; use until then and the costs that the law leaves may be charged.
    Refused for a corporation, on the telephone, and after the last day. ValidationError for a day yet to come.
    """
    check_initial_cancellation(contract, on=on, dispatched_on=dispatched_on, form=form)
    article = rule_for(contract.pack(on), InitialCancellation, on=on).article
    with transaction.atomic():
        contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(of=("self",)))
        ends_on = max(dispatched_on, contract.formed_on or dispatched_on)
        ending = Ending(
            contract=contract,
            by=Ending.By.SUBSCRIBER,
            ground=GROUND,
            article=str(article),
            reason=_("Cancelled within the days of the law."),
            declared_on=dispatched_on,
            ends_on=ends_on,
            form=form,
        )
        if contract.state == Contract.State.ACCEPTED:
            give_way_to_earlier(contract, by=by, on=on)
            ending.save()
            carry_out_cancellation(ending, by=by, on=ends_on, article=article)
        else:
            begin_ending(contract=contract, by=by, on=on, ending=ending)
            follow_ending(ending=ending, on=on)
        ending.notice = tell(
            contract,
            "initial_cancellation_confirmed",
            on=on,
            article=article,
            about=ending,
            ends_on=ends_on,
        )
        ending.save(update_fields=["notice"])
    return ending


def check_initial_cancellation(contract: Contract, *, on: date, dispatched_on: date, form: str) -> None:
    """Refused or ValidationError where the contract cannot be cancelled so."""
    if dispatched_on > on:
        raise ValidationError({"dispatched_on": _("This day is yet to come.")})
    facts = CancellationFacts(
        holder=contract.subscriber.kind,
        formed_on=contract.formed_on,
        document_received=document_received_on(contract),
        dispatched_on=dispatched_on,
        form=form,
    )
    refusal = may_cancel_initially(rule_for(contract.pack(on), InitialCancellation, on=on), facts)
    if refusal:
        raise Refused(refusal)
