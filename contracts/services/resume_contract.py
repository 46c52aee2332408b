"""End a pause."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, Pause
from contracts.services.tell import tell
from workflow.models import User
from workflow.services.perform import perform


def resume_contract(*, contract: Contract, by: User, on: date) -> Pause:
    """The contract is in use again from ``on``; the day before is the last of its pause.

    WrongState unless it is paused; ValidationError for a day before the pause began.
    """
    with transaction.atomic():
        pause = contract.pauses.select_for_update(of=("self",)).filter(ends_on__isnull=True).first()
        table = contract.pack(on).pause
        perform(contract, "resume", by=by, on=on, article=table.article if table else None)
        assert pause is not None
        assert table is not None
        if on < pause.starts_on:
            raise ValidationError({"on": _("The pause began on %(day)s.") % {"day": pause.starts_on}})
        # Paused and resumed on one day: the pause keeps that day, since a period has at least one.
        pause.ends_on = max(on - timedelta(days=1), pause.starts_on)
        pause.save()
        tell(contract, "pause_ended", on=on, article=table.article, resumed_on=on)
    return pause
