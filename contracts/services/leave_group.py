"""A line leaves its group; the last one left is told what that costs."""

from datetime import date

from django.db import transaction

from contracts.models import Contract, LineGroup
from contracts.models.contract import LIVE_STATES
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.rules.single_line_fee import (
    SingleLineFee,
    SingleLineFeeFacts,
    SingleLineFeeResult,
    maintenance_of,
    single_line_fee,
)
from workflow.models import User


def leave_group(*, contract: Contract, by: User, on: date, reason: str = "") -> LineGroup | None:
    """From ``on`` the line of ``contract`` is in no group; the group it was in, or None. Safe to repeat.

    A representative who leaves is none any more. When one live line is left, its subscriber is told on ``on`` from when
    the single-line fee applies, once for each group, where the document has such a fee.
    """
    with transaction.atomic():
        member = (
            contract.group_memberships.select_for_update(of=("self",))
            .select_related("group")
            .filter(left_on__isnull=True)
            .first()
        )
        if member is None:
            return None
        group = LineGroup.objects.select_for_update(of=("self",)).get(pk=member.group_id)
        member.left_on = max(on, member.joined_on)
        member.save(update_fields=["left_on"])
        if group.representative_id == contract.pk:
            group.representative = None
            group.save(update_fields=["representative"])
        table = contract.pack(on).line_groups
        article = table.article if table else None
        note_change(contract, "leave_group", by=by, on=on, reason=reason or group.number, article=article)
        left = list(group.members.filter(left_on__isnull=True).select_related("contract__product")[:2])
        if len(left) == 1 and left[0].contract.state in LIVE_STATES and group.told_on is None:
            _tell_single(group, left[0].contract, on=on)
    return group


def fee_of_single(contract: Contract, *, told_on: date) -> SingleLineFeeResult | None:
    """What the last line of a group costs, and from when, after its subscriber was told; None where the document has no such fee."""
    pack = contract.pack(told_on)
    if not pack.has(SingleLineFee):
        return None
    facts = SingleLineFeeFacts(notified=told_on, maintenance=maintenance_of(contract.product.maintenance))
    return single_line_fee(pack.rule(SingleLineFee), facts)


def _tell_single(group: LineGroup, contract: Contract, *, on: date) -> None:
    fee = fee_of_single(contract, told_on=on)
    if fee is None:
        return
    group.single, group.told_on = contract, on
    group.save(update_fields=["single", "told_on"])
    tell(
        contract,
        "single_line",
        on=on,
        article=fee.article,
        about=group,
        group_number=group.number,
        single_since=on,
        applies_from=fee.applies_from,
        fee=fee.fee,
    )
