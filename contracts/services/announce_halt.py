"""Tell a subscriber that interconnection stops: the line or an option is halted, and ends by itself (接続休止)."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.halt import halt_of
from contracts.models import Contract, ContractOption
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from notices.models import Notice
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User

HALT = "halt_announced"
"""The occasion of the notice that comes before a halt."""


def announce_halt(
    *,
    contract: Contract,
    by: User,
    at: datetime,
    reason: str,
    starts_on: date,
    ends_on: date,
    option: ContractOption | None = None,
) -> Notice:
    """The notice, written at ``at``, that the line is halted from ``starts_on`` and the contract ends with ``ends_on``.

    ``ends_on`` is the last day of the period that the operator set, counted from ``starts_on`` (isp-access 24).
    ``option``: only this option of the contract is halted and abolished, and the contract goes on. Refused where the
    document knows no such halt; ValidationError for days in the wrong order, and an option that the contract does not
    carry until then.
    """
    on = japan_date(at)
    table = halt_of(contract.pack(on), "option" if option else "contract")
    if isinstance(table, Refusal):
        raise Refused(table)
    if not on < starts_on <= ends_on:
        raise ValidationError(
            {"starts_on": _("The halt starts after the notice and ends no earlier than it starts.")}
        )
    which: dict[str, Any]
    if option is None:
        what, why, which = "announce_halt", reason, {}
    else:
        if option.contract_id != contract.pk or not option.may_be_halted(starts_on):
            raise ValidationError(
                {"option": _("The contract does not carry “%(product)s” on that day.") % {"product": option}}
            )
        what, why = "announce_option_halt", f"{option}：{reason}"
        which = {"option": option.product.name}
    with transaction.atomic():
        note_change(contract, what, by=by, on=on, reason=why, article=table.article)
        return tell(
            contract,
            HALT,
            on=on,
            article=table.article,
            about=option,
            reason=reason,
            starts_on=starts_on,
            ends_on=ends_on,
            **which,
        )
