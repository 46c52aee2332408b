"""Plan construction on a line and tell the subscriber when it is."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.instalments import takes_instalments
from contracts.models import Contract, Request, Work
from contracts.moments import japan_date
from contracts.services.tell import tell
from workflow.errors import Refused
from workflow.models import User

_LIVE_FOR_WORKS = frozenset(
    {
        Contract.State.ACCEPTED,
        Contract.State.ACTIVE,
        Contract.State.PAUSED,
        Contract.State.SUSPENDED,
        Contract.State.ENDING,
    }
)


def plan_work(
    *,
    contract: Contract,
    by: User,
    kind: str,
    planned_at: datetime,
    items: Sequence[str],
    request: Request | None = None,
    appointed: bool = False,
    instalments: bool = False,
    instalments_asked: date | None = None,
    due_on: date | None = None,
    on: date | None = None,
) -> Work:
    """A work planned for ``planned_at``; ``items`` are tariff codes, from which billing computes the fee when it is done.

    ``instalments``: it is to be paid in instalments, which were asked for on ``instalments_asked`` (``on`` where left out);
    Refused where the document takes none any more (hikari-line 料金表 第2表). ``due_on``: the day by which the operator sets it
    to be done (hikari-phone 20-5). ``on``: the day of planning, for the notice; the day of the work where left out.
    ValidationError for a contract on which nothing is built, and for a day that is over on the day of planning.
    """
    if contract.state not in _LIVE_FOR_WORKS:
        raise ValidationError(
            _(
                "Contract %(contract)s is “%(state)s”; works are planned for contracts that were accepted and have not ended."
            )
            % {"contract": contract, "state": contract.get_state_display()}
        )
    on = on or japan_date(planned_at)
    if japan_date(planned_at) < on:
        raise ValidationError({"planned_at": _("This day is over. Name the day on which the people come.")})
    if instalments:
        refusal = takes_instalments(contract.pack(on), asked=instalments_asked or on)
        if refusal:
            raise Refused(refusal)
    with transaction.atomic():
        work = Work(
            contract=contract,
            request=request,
            kind=kind,
            items=list(items),
            planned_at=planned_at,
            due_on=due_on,
            appointed=appointed,
            instalments=instalments,
        )
        work.full_clean()
        work.save()
        table = contract.pack(on).application
        assert table is not None
        tell(
            contract,
            "works_appointed",
            on=on,
            article=table.article,
            about=work,
            work=Work.Kind(kind),
            planned_at=planned_at,
            appointed=appointed,
        )
    return work
