"""End the contracts whose opening work was not done by the day set, where the document leaves no choice."""

from datetime import date, timedelta

from contracts.models import Contract, Ending, Work
from contracts.services.declare_ending import declare_ending
from workflow.selectors import clock_user

WORK_NOT_DONE = "work_not_done"
"""The ground of ending of a contract whose works cannot be completed by the set date (hikari-phone 20-5)."""


def end_overdue_works(*, on: date) -> int:
    """Declare the ending of every accepted contract whose opening work was due before ``on``, and return how many.

    Only where the document has that ground and makes it mandatory. The contract ends tomorrow, after the notice that
    the document asks for. Safe to run twice.
    """
    overdue = (
        Contract.objects.filter(
            state=Contract.State.ACCEPTED,
            works__kind=Work.Kind.OPENING,
            works__state__in=[Work.State.PLANNED, Work.State.STARTED],
            works__due_on__lt=on,
        )
        .exclude(endings__withdrawn_on__isnull=True, endings__isnull=False)
        .select_related("subscriber", "product")
        .distinct()
    )
    count = 0
    for contract in overdue:
        table = contract.pack(on).operator_ending
        ground = table.ground(WORK_NOT_DONE) if table else None
        if ground is None or not ground.mandatory:
            continue
        declare_ending(
            contract=contract,
            by=clock_user(),
            on=on,
            ended_by=Ending.By.OPERATOR,
            ground=ground.code,
            reason="定めた期日までに工事を完了できないため",
            ends_on=on + timedelta(days=1),
        )
        count += 1
    return count
