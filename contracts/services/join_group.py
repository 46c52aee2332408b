"""Take a line into a group, with the consent of its subscriber to the representative, and name that one."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.line_group import in_groups_only
from contracts.models import Contract, LineGroup, LineGroupMember
from contracts.models.contract import LIVE_STATES
from contracts.services.note_change import note_change
from workflow.models import User


def join_group(
    *, group: LineGroup, contract: Contract, by: User, on: date, consents: bool = False
) -> LineGroupMember:
    """The line of ``contract``, applied for or live, is in the group from ``on``.

    ``consents``: its subscriber consents to the representative who asks for all. ValidationError for a contract whose
    product is not given in groups under the group's document, whose line ends elsewhere, that is over, or that is in a
    group; and for a group that was told that one line was left.
    """
    with transaction.atomic():
        group.refresh_from_db(from_queryset=LineGroup.objects.select_for_update(of=("self",)))
        _check(group, contract, on)
        member = LineGroupMember.objects.create(
            group=group, contract=contract, joined_on=on, consented_on=on if consents else None
        )
        table = contract.pack(on).line_groups
        article = table.article if table else None
        note_change(contract, "join_group", by=by, on=on, reason=group.number, article=article)
    return member


def consent_to_representative(*, member: LineGroupMember, by: User, on: date) -> LineGroupMember:
    """The member consents on ``on`` that the representative asks for all. ValidationError once it has left or consented."""
    if member.left_on is not None or member.consented_on is not None:
        raise ValidationError(
            {"member": _("%(contract)s has left or consented already.") % {"contract": member.contract}}
        )
    with transaction.atomic():
        member.consented_on = on
        member.save(update_fields=["consented_on"])
        note_change(member.contract, "consent_to_representative", by=by, on=on, reason=member.group.number)
    return member


def name_representative(*, group: LineGroup, contract: Contract, by: User, on: date) -> LineGroup:
    """The subscriber of ``contract`` asks for all members from ``on``; there is one. ValidationError for one who is no member."""
    with transaction.atomic():
        group.refresh_from_db(from_queryset=LineGroup.objects.select_for_update(of=("self",)))
        if not group.members.filter(contract=contract, left_on__isnull=True).exists():
            raise ValidationError(
                {"contract": _("%(contract)s is no member of the group.") % {"contract": contract}}
            )
        group.representative = contract
        group.save(update_fields=["representative"])
        note_change(group, "name_representative", by=by, on=on, reason=contract.number)
    return group


def _check(group: LineGroup, contract: Contract, on: date) -> None:
    problem = ""
    if contract.terms_code != group.terms_code or not in_groups_only(
        contract.pack(on), contract.product.dwelling
    ):
        problem = _("“%(product)s” is not given in this group.") % {"product": contract.product}
    elif contract.line is None or not group.holds(contract.line):
        problem = _("The line ends at another place than the group: %(place)s.") % {
            "place": group.full_address
        }
    elif contract.state not in {Contract.State.APPLIED, *LIVE_STATES}:
        problem = _("Contract %(contract)s is over.") % {"contract": contract}
    elif contract.group_memberships.filter(left_on__isnull=True).exists():
        problem = _("Contract %(contract)s is in a group already.") % {"contract": contract}
    elif group.told_on is not None:
        problem = _("One line was left in the group and its subscriber was told; no new line is given in it.")
    if problem:
        raise ValidationError({"group": problem})
