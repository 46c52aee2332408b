"""Suspend the line: the step for which every proof is looked at once more."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.suspension import NoticeFacts, SuspensionFacts, suspension_of, was_told_first
from contracts.models import Contract, Suspension
from contracts.moments import japan_date
from contracts.services.accelerate_debts import fall_due
from contracts.services.tell import tell, tell_partner
from notices.selectors import as_dispatched
from terms.article import ArticleRef
from terms.refusal import Refusal
from workflow.errors import Refused, WrongState
from workflow.models import User
from workflow.services.perform import perform

_RUNNING = frozenset({Contract.State.ACTIVE, Contract.State.PAUSED})
_BOUND = _RUNNING | {Contract.State.SUSPENDED, Contract.State.ENDING}


def enforce_suspension(*, suspension: Suspension, by: User, on: date, still_holds: bool) -> Suspension:
    """The line is suspended from the first moment of ``on``, and the subscriber and the pricing partner are told.

    ``still_holds``: the caller looked again, and the ground is still there (the debt unpaid, nothing in dispute).
    Refused where it is not, where the notice was not dispatched on an earlier day or does not state what it must, or
    where the day that it names has not come; then nothing changed. An urgent suspension needs no notice where the
    document makes that exception. WrongState unless notice was given (or it is urgent and approved).
    """
    contract = suspension.contract
    article = ArticleRef.parse(suspension.article)
    if not still_holds:
        raise Refused(Refusal(article, "ground_gone", _("The ground of the suspension is no longer there.")))
    if on < suspension.starts_on:
        raise Refused(
            Refusal(
                article,
                "too_early",
                _("The notice names %(day)s as the first day.") % {"day": suspension.starts_on},
            )
        )
    _check_notice(suspension, on)
    with transaction.atomic():
        contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if contract.state not in _BOUND:
            raise WrongState(
                _("Contract %(contract)s is “%(state)s”; only a running line can be suspended.")
                % {"contract": contract, "state": contract.get_state_display()}
            )
        perform(
            suspension,
            "enforce",
            by=by,
            on=on,
            reason=suspension.reason,
            article=article,
            through=suspension.through,
        )
        if contract.state in _RUNNING:
            perform(contract, "suspend", by=by, on=on, reason=suspension.reason, article=article)
        tell(
            contract,
            "suspension_in_force",
            on=on,
            article=article,
            about=suspension,
            reason=suspension.reason,
            starts_on=on,
            through=suspension.through,
            until_paid=suspension.until_paid,
        )
        table = contract.pack(on).acceleration
        if table is not None and suspension.ground in table.suspension_grounds:
            fall_due(
                contract=contract,
                by=by,
                on=on,
                ground=suspension.ground,
                since=on,
                reason=suspension.reason,
            )
        tell_partner(contract, "suspension", on=on, event="利用停止", effective_on=on)
    return suspension


def _check_notice(suspension: Suspension, on: date) -> None:
    pack = suspension.contract.pack(on)
    suspension_of(pack)
    notice = as_dispatched(suspension.notice)
    facts = SuspensionFacts(
        ground=suspension.ground, starts_on=on, through=suspension.through, urgent=suspension.urgent
    )
    told = NoticeFacts(dispatched_on=None, stated={})
    if notice is not None:
        stated = notice.facts
        told = NoticeFacts(
            dispatched_on=japan_date(notice.dispatched_at) if notice.dispatched_at else None,
            stated={
                "reason": stated.get("reason"),
                "date": stated.get("starts_on"),
                "period": stated.get("through") or stated.get("until_paid"),
            },
        )
    refusal = was_told_first(pack, facts, told, on)
    if refusal:
        raise Refused(refusal)
