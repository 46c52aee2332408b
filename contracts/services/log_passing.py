"""Log what passes to or from a partner by itself, as the document lets it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from contracts.guards.disclosure import ground_when
from contracts.models import Contract, Disclosure, Partner
from contracts.moments import japan_date
from contracts.services.record_disclosure import record_disclosure
from terms.consent import Event
from workflow.models import User


def log_passing(
    *,
    contracts: Iterable[Contract],
    event: Event,
    item: Disclosure.Item,
    partner: Partner,
    reference: str,
    by: User,
    at: datetime,
    answer: str = Disclosure.Answer.GIVEN,
) -> list[Disclosure]:
    """``item`` was given to ``partner``, or received from it, on ``event``: one entry for each of ``contracts``.

    ``reference``: of the message or the file. Nothing is logged where the document has no such ground. Refused without the
    consent that it asks for.
    """
    entries = []
    with transaction.atomic():
        for contract in contracts:
            ground = ground_when(contract.pack(japan_date(at)), event)
            if ground is not None:
                entries.append(
                    record_disclosure(
                        contract=contract,
                        by=by,
                        at=at,
                        ground=ground.code,
                        items=[item.value],
                        answer=answer,
                        partner=partner,
                        reference=reference,
                    )
                )
    return entries
