"""Take note that an API contract passed to another by inheritance, merger or split."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from contracts.models import Subscriber
from contracts.moments import japan_date
from contracts.retention.periods import period_on, periods_to_come
from lineinfo.models import ApiContract
from lineinfo.retention import MEASUREMENTS, tell_period
from terms.refusal import Refusal
from workflow.errors import Refused, WrongState
from workflow.models import StateChange, User

CAUSES = ("inheritance", "merger", "split")


def succeed_api_contract(
    *, contract: ApiContract, successor: Subscriber, by: User, at: datetime, cause: str, documents: str
) -> StateChange:
    """``successor`` stands in the contract from ``at``; API users and credentials go on (line-info-api 10).

    The successor is told how long line records are kept (14), since it was another who was told before.
    ``cause`` is one of CAUSES, ``documents`` names the public documents that prove it. Which lines they see follows from
    the target contracts, which pass on their own. Refused for another cause or without documents; WrongState where the
    contract is not live or the successor has one already.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    if pack.succession is None:
        raise Refused(
            no_such_clause(pack, "no_succession", _("This document does not provide for succession."))
        )
    article = pack.succession.article
    if cause not in CAUSES:
        raise Refused(
            Refusal(article, "no_such_cause", _("A contract passes by inheritance, merger or split only."))
        )
    if not documents.strip():
        raise Refused(
            Refusal(article, "no_documents", _("The public documents that prove the succession are missing."))
        )
    with transaction.atomic():
        found = (
            ApiContract.objects.select_for_update(of=("self",))
            .select_related("subscriber")
            .get(pk=contract.pk)
        )
        if not found.is_live:
            raise WrongState(
                _("%(contract)s is “%(state)s”; only a live contract passes on.")
                % {"contract": found, "state": found.get_state_display()}
            )
        before, found.subscriber = found.subscriber, successor
        try:
            with transaction.atomic():
                found.save()
        except IntegrityError as error:
            raise WrongState(
                _("%(subscriber)s already has an API contract.") % {"subscriber": successor}
            ) from error
        periods = [period_on(MEASUREMENTS, on), *periods_to_come(MEASUREMENTS, on)]
        for period in filter(None, periods):
            tell_period(period, at, ApiContract.objects.filter(pk=found.pk))
        return StateChange.objects.create(
            subject=found,
            transition="succeed",
            source=found.state,
            target=found.state,
            on=on,
            by=by,
            reason=f"{before.number} → {successor.number}: {cause}; {documents.strip()}",
            article=str(article),
        )
