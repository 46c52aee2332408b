"""Suspend an API contract: announce reason, day and period, or close it at once where it cannot wait."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from contracts.guards.suspension import SuspensionFacts, may_propose, suspension_of
from contracts.moments import japan_date
from lineinfo.beginnings import note_beginning
from lineinfo.models import ApiContract, ApiSuspension
from lineinfo.parts import Part, in_japanese
from lineinfo.services.enforce_api_suspension import enforce_api_suspension
from notices.services.send_notice import send_notice
from terms.refusal import Refusal
from workflow.errors import Refused, WrongState
from workflow.models import User

SUSPENDABLE = (ApiContract.State.ACTIVE, ApiContract.State.ENDING)


def suspend_api_contract(
    *,
    contract: ApiContract,
    by: User,
    at: datetime,
    ground: str,
    reason: str,
    starts_on: date,
    through: date | None,
    urgent_reason: str = "",
    parts: Iterable[str] = (),
) -> ApiSuspension:
    """The suspension of the whole function or of its ``parts`` (codes of Part), announced at ``at`` with its reason, first
    day and last day (None: until cured) (line-info-api 17-2).

    It comes into force on ``starts_on`` by ``enforce_api_suspension``, once the notice has been dispatched. With
    ``urgent_reason`` it is in force from now on and the notice tells of it afterwards.

    Refused for a ground that the document does not list (17-1), for urgency where it makes no exception, or for a first
    day that leaves no time for the notice; WrongState where another is under way or the contract is not in use.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    first = on if urgent_reason else starts_on
    refusal = may_propose(
        pack, SuspensionFacts(ground=ground, starts_on=first, through=through, urgent=bool(urgent_reason))
    )
    if refusal:
        raise Refused(refusal)
    table = suspension_of(pack)
    listed = table.ground(ground)
    assert listed is not None  # may_propose refuses it otherwise
    if first <= on and not urgent_reason:
        raise Refused(
            Refusal(
                table.article,
                "notice_first",
                _(
                    "Reason, day and period must be told first; the first day can be tomorrow at the earliest."
                ),
            )
        )
    if through is not None and through < first:
        raise Refused(Refusal(table.article, "empty_period", _("The last day cannot lie before the first.")))
    closed = sorted({Part(part) for part in parts})
    with transaction.atomic():
        contract = ApiContract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
        if contract.state not in SUSPENDABLE:
            raise WrongState(
                _("%(contract)s is “%(state)s”; only a contract in use is suspended.")
                % {"contract": contract, "state": contract.get_state_display()}
            )
        suspension = ApiSuspension(
            api_contract=contract,
            ground=ground,
            article=str(listed.article),
            reason=reason,
            announced_at=at,
            starts_on=first,
            through=through,
            urgent_reason=urgent_reason,
            parts=closed,
        )
        suspension.notice = send_notice(
            occasion="api_suspended" if urgent_reason else "api_suspension_notice",
            recipient=contract.subscriber,
            about=contract,
            article=listed.article,
            facts={
                "api_id": contract.api_id,
                "reason": reason,
                "starts_on": first,
                "through": through,
                **({"parts": in_japanese(closed)} if closed else {}),
            },
            at=at,
        )
        try:
            with transaction.atomic():
                suspension.save()
        except IntegrityError as error:
            raise WrongState(_("A suspension of this API contract is already under way.")) from error
        note_beginning(suspension, "announce", by=by, on=on, article=listed.article, reason=reason)
        if urgent_reason:
            enforce_api_suspension(suspension=suspension, by=by, on=on)
    return suspension
