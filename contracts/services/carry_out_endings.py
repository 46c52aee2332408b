"""End the contracts whose last day is over."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from contracts.guards.ending import operator_ground, was_told_first
from contracts.models import Contract, Ending
from contracts.moments import japan_date
from contracts.services.cancel_contract import carry_out_cancellation
from contracts.services.close_contract import close_contract
from contracts.services.leave_group import leave_group
from contracts.services.tell import tell
from notices.selectors import as_dispatched
from terms.article import ArticleRef
from workflow.errors import Refused
from workflow.selectors import clock_user
from workflow.services.perform import perform

logger = logging.getLogger(__name__)


@dataclass
class EndingCounts:
    """``ended`` contracts, and those ``held`` because their proof was not there."""

    ended: int = 0
    held: int = 0


def carry_out_endings(*, on: date) -> EndingCounts:
    """Carry out every ending whose last day lies before ``on``. Safe to run twice.

    One that needed notice first is held while its notice was not dispatched by its last day; held endings are listed
    by selectors.held_endings and wait for a member of staff. One bad contract never stops the others.
    """
    counts = EndingCounts()
    states = [Contract.State.ENDING, Contract.State.HALTED, Contract.State.ACCEPTED]
    due = Ending.objects.filter(
        withdrawn_on__isnull=True, ends_on__lt=on, contract__state__in=states
    ).order_by("ends_on", "pk")
    for pk in due.values_list("pk", flat=True).iterator(chunk_size=1000):
        try:
            with transaction.atomic():
                counts.ended += _carry_out(pk, on=on)
        except Refused as refused:
            counts.held += 1
            logger.warning("ending %s held: %s", pk, refused)
        except Exception:
            counts.held += 1
            logger.exception("ending %s could not be carried out", pk)
    return counts


def _carry_out(pk: int, *, on: date) -> int:
    clock = clock_user()
    ending = (
        Ending.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("contract__subscriber", "contract__product", "notice")
        .filter(pk=pk, withdrawn_on__isnull=True)
        .first()
    )
    if ending is None:
        return 0
    contract, article = ending.contract, ArticleRef.parse(ending.article)
    told = as_dispatched(ending.notice)
    dispatched = told.dispatched_at if told else None
    refusal = was_told_first(
        article,
        needed=ending.notice_first,
        dispatched_on=japan_date(dispatched) if dispatched else None,
        by=ending.told_by or ending.ends_on,
    )
    if refusal:
        raise Refused(refusal)
    last_day = ending.ends_on
    # Whoever is left in its group is told today, so that day counts.
    leave_group(contract=contract, by=clock, on=on, reason=ending.reason)
    if contract.state == Contract.State.ACCEPTED:
        carry_out_cancellation(ending, by=clock, on=last_day, article=article)
    else:
        halted = contract.state == Contract.State.HALTED and ending.by == Ending.By.AUTOMATIC
        perform(contract, "end", by=clock, on=last_day, reason=ending.reason, article=article)
        close_contract(ending=ending, by=clock, uncured=_was_uncured(ending))
        if halted:
            tell(contract, "halt_ended", on=last_day, article=article, about=ending, ends_on=last_day)
            return 1
    facts: dict[str, Any] = {"reason": ending.reason} if ending.reason.strip() else {}
    equipment = _equipment(contract, last_day)
    if equipment:
        facts["equipment"] = equipment
    tell(contract, "contract_ended", on=last_day, article=article, about=ending, ends_on=last_day, **facts)
    return 1


def _was_uncured(ending: Ending) -> bool:
    ground = operator_ground(ending.contract.pack(ending.declared_on), ending.ground)
    return ending.by == Ending.By.OPERATOR and ground is not None and ground.after_suspension


def _equipment(contract: Contract, last_day: date) -> list[str]:
    """What was lent and is to be given back."""
    lent = contract.options.filter(product__kind="equipment", ends_on=last_day).select_related("product")
    return [option.product.name for option in lent]
