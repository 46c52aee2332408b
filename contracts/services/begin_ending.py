"""Put an ending on record and move the contract towards it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, Ending
from contracts.services.withdraw_ending import give_way_to_earlier
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform

_ENDABLE = frozenset(
    {
        Contract.State.ACTIVE,
        Contract.State.PAUSED,
        Contract.State.SUSPENDED,
        Contract.State.ENDING,
        Contract.State.HALTED,
        Contract.State.ACCEPTED,
    }
)
_MOVES = frozenset({Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED})


def begin_ending(*, contract: Contract, by: User, on: date, ending: Ending) -> Ending:
    """Save ``ending`` and declare it on the contract. An ending for a later day that stood before gives way to it.

    A contract that is not opened yet, or halted, keeps its state until the day. ValidationError where it has ended, is
    not accepted yet, or ends no later already.
    """
    with transaction.atomic():
        contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(of=("self",)))
        if contract.state not in _ENDABLE:
            raise ValidationError(
                _("Contract %(contract)s is “%(state)s”; it cannot be ended from there.")
                % {"contract": contract, "state": contract.get_state_display()}
            )
        if contract.state == Contract.State.ACCEPTED and ending.by == Ending.By.SUBSCRIBER:
            raise ValidationError(_("The service has not started; cancel the application instead."))
        if contract.formed_on is not None and ending.ends_on < contract.formed_on:
            raise ValidationError(
                {
                    "ends_on": _("The contract was formed on %(day)s; it cannot end before.")
                    % {"day": contract.formed_on}
                }
            )
        standing = contract.endings.filter(withdrawn_on__isnull=True).first()
        if standing is not None:
            if standing.ends_on <= ending.ends_on:
                raise ValidationError(
                    {"ends_on": _("The contract ends on %(day)s already.") % {"day": standing.ends_on}}
                )
            give_way_to_earlier(contract, by=by, on=on)
        ending.full_clean(exclude=["notice"])
        ending.save()
        contract.refresh_from_db()
        if contract.state == Contract.State.HALTED:
            contract.ends_on = ending.ends_on
            contract.save(update_fields=["ends_on"])
        if contract.state in _MOVES:
            perform(
                contract,
                "declare_ending",
                by=by,
                on=on,
                reason=ending.reason,
                article=ArticleRef.parse(ending.article),
                ends_on=ending.ends_on,
            )
    return ending
