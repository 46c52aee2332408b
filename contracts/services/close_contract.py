"""Close everything that hangs on a contract whose last day is over."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from contracts.models import Contract, Ending, Request, Suspension, Work
from contracts.models.ending_proposal import END
from contracts.moments import start_of
from contracts.services.cancel_work import cancel_work
from contracts.services.conclude_partner_contract import end_partner_contracts
from contracts.services.halt_outage import end_halt_outage
from contracts.services.pending import drop_pending
from contracts.services.propose_suspension import SUSPEND
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform

_WAITING = [Request.State.RECEIVED, Request.State.IN_REVIEW, Request.State.DEFERRED, Request.State.ACCEPTED]


def close_contract(*, ending: Ending, by: User, uncured: bool) -> None:
    """Close options, pauses, the outage of a halt, suspensions, proposals, requests and works of the ended contract as of its
    last day.

    ``uncured``: it was ended because a suspension was not cured.
    """
    contract, last_day = ending.contract, ending.ends_on
    carried = contract.options.filter(starts_on__lte=last_day)
    carried.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).update(ends_on=last_day)
    contract.options.filter(starts_on__gt=last_day).delete()
    end_partner_contracts(contract, by=by, on=last_day)
    end_halt_outage(contract=contract, by=by, last_day=last_day)
    contract.pauses.filter(ends_on__isnull=True).update(ends_on=last_day)
    _close_suspensions(contract, by=by, on=last_day, uncured=uncured)
    for proposal in contract.ending_proposals.filter(ending__isnull=True):
        drop_pending(proposal, END, by=by, on=last_day, reason=_("The contract has ended."))
    for request in contract.requests.filter(state__in=_WAITING):
        perform(request, "withdraw", by=by, on=last_day, reason=_("The contract has ended."))
    cancel_works(contract, by=by, on=last_day, keep=[Work.Kind.REMOVAL])


def cancel_works(
    contract: Contract,
    *,
    by: User,
    on: date,
    costs: Mapping[int, int] | None = None,
    keep: list[str] | None = None,
) -> None:
    """Cancel every work that is planned or started, but for the kinds in ``keep``. ``costs`` as in cancel_contract."""
    open_works = contract.works.filter(state__in=[Work.State.PLANNED, Work.State.STARTED]).exclude(
        kind__in=keep or []
    )
    for work in open_works:
        cancel_work(
            work=work,
            by=by,
            at=start_of(on),
            cost_so_far=(costs or {}).get(work.pk, 0),
            told_otherwise=True,
        )


def _close_suspensions(contract: Contract, *, by: User, on: date, uncured: bool) -> None:
    reason = _("The contract has ended.")
    for suspension in contract.suspensions.filter(state=Suspension.State.IN_FORCE):
        move = "end_contract" if uncured else "lift"
        perform(suspension, move, by=by, on=on, reason=reason, article=ArticleRef.parse(suspension.article))
    before = [Suspension.State.PROPOSED, Suspension.State.APPROVED, Suspension.State.NOTICED]
    for suspension in contract.suspensions.filter(state__in=before):
        drop_pending(suspension, SUSPEND, by=by, on=on, reason=reason)
        perform(suspension, "withdraw", by=by, on=on, reason=reason)
