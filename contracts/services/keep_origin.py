"""Keep from whom a line comes, where it is moved here with an approval number (転用, 事業者変更)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.guards.approval_number import LETTERS, is_well_formed, stated_last_day
from contracts.models import Contract, LineOrigin
from terms.registry import rule_for
from terms.rules.approval_number import ApprovalNumber


def keep_origin(contract: Contract, details: Mapping[str, Any], *, on: date) -> LineOrigin | None:
    """What an application of ``on`` says of where the line comes from; None for a new line.

    ValidationError at the number where it has not the form of its kind, or states a last day that is over or cannot be.
    """
    kind = details.get("moved_by", "")
    number = details.get("approval_number", "").upper().replace("-", "")
    if not kind:
        if number:
            raise ValidationError({"moved_by": _("Say from whom the line comes.")})
        return None
    if not is_well_formed(number, kind):
        raise ValidationError(
            {
                "approval_number": _("Such a number is one of the letters %(letters)s and ten digits.")
                % {"letters": ", ".join(LETTERS[kind])}
            }
        )
    days = rule_for(contract.pack(on), ApprovalNumber, on=on).days
    if kind == LineOrigin.Kind.PROVIDER_CHANGE and stated_last_day(number, on=on, days=days) is None:
        raise ValidationError(
            {
                "approval_number": _(
                    "Its last day, %(month)s/%(day)s, is over or too far ahead; ask the provider before for a new one."
                )
                % {"month": number[1:3], "day": number[3:5]}
            }
        )
    since = details.get("discounted_since")
    return LineOrigin.objects.create(
        contract=contract,
        kind=kind,
        approval_number=number,
        provider=details.get("provider", ""),
        discounted_since=date.fromisoformat(since) if since else None,
    )
