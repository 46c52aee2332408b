"""Move a line to another place."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.models import Contract, LineGroup, Relocation, Request
from contracts.services.add_option import RUNNING
from contracts.services.join_group import join_group
from contracts.services.leave_group import leave_group
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from workflow.models import User

_PLACE = ("postal_code", "prefecture", "city", "town", "building", "terminal_point")


def relocate_line(
    *,
    contract: Contract,
    by: User,
    on: date,
    address: Mapping[str, str],
    same_building: bool = False,
    own_convenience: bool = False,
    unusable_from: date | None = None,
    request: Request | None = None,
    group: LineGroup | None = None,
    consents: bool = False,
) -> Relocation:
    """The line ends at ``address`` from ``on``, the first day of use there; the subscriber is told.

    Within the building or premises of its group it stays in it; elsewhere it leaves it, and joins ``group`` where one is
    named, with ``consents`` to its representative.

    ``unusable_from``: the day since which it could not be used, if any; what that gives back is billing's to say.
    ValidationError for a contract without a line or one that does not run.
    """
    line = contract.line
    if line is None or contract.state not in RUNNING:
        raise ValidationError(
            _("Contract %(contract)s is “%(state)s”; the lines of running contracts are moved.")
            % {"contract": contract, "state": contract.get_state_display()}
        )
    pack = contract.pack(on)
    article = pack.relocation.article if pack.relocation else application_of(pack).article
    with transaction.atomic():
        line.refresh_from_db(from_queryset=type(line).objects.select_for_update())
        move = Relocation(
            contract=contract,
            request=request,
            on=on,
            old_address={name: getattr(line, name) for name in _PLACE},
            new_address=dict(address),
            same_building=same_building,
            own_convenience=own_convenience,
            unusable_from=unusable_from if unusable_from and unusable_from < on else None,
            usable_again=on if unusable_from and unusable_from < on else None,
            article=str(article),
        )
        move.full_clean()
        move.save()
        for name in _PLACE:
            setattr(line, name, address.get(name, ""))
        line.full_clean()
        line.save()
        member = contract.group_memberships.filter(left_on__isnull=True).select_related("group").first()
        stays = (
            member is not None
            and (same_building or member.group.holds(line))
            and group in (None, member.group)
        )
        if not stays:
            leave_group(contract=contract, by=by, on=on)
            if group is not None:
                join_group(group=group, contract=contract, by=by, on=on, consents=consents)
        note_change(contract, "relocate_line", by=by, on=on, reason=line.full_address, article=article)
        tell(
            contract,
            "change_done",
            on=on,
            article=article,
            change=Request.Kind.RELOCATION,
            effective_on=on,
            details=[f"移転先：{line.full_address}"],
        )
    return move
