"""End a contract: by the subscriber, by the operator, or by itself. Carried out when its last day is over."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.ending import needs_notice_first, operator_ground
from contracts.models import Contract, Ending, EndingProposal
from contracts.services.accelerate_debts import fall_due
from contracts.services.begin_ending import begin_ending
from contracts.services.ending_checks import check_operator, check_subscriber
from contracts.services.follow_ending import follow_ending
from contracts.services.tell import tell, tell_partner
from notices.models import Notice
from terms.article import ArticleRef
from workflow.errors import NotPermitted
from workflow.models import User


def declare_ending(
    *,
    contract: Contract,
    by: User,
    on: date,
    ended_by: str,
    ground: str = "",
    reason: str,
    ends_on: date,
    form: str | None = None,
    urgent: bool = False,
    demand: Notice | None = None,
    proposal: EndingProposal | None = None,
    article: ArticleRef | None = None,
    follows: Ending | None = None,
    notice: Notice | None = None,
    told_by: date | None = None,
) -> Ending:
    """Declare on ``on`` that the contract ends with ``ends_on`` as its last day; the subscriber and the pricing partner are told.

    By the subscriber: ``form`` "written", "web" or "phone" (left out: the one the document asks for) and the notice
    period are those of the document; ``ground`` "operator_default" ends at once where the document lets it.
    By the operator: ``ground`` is one of the document's. A member of staff needs the approved ``proposal`` of
    propose_ending; what the clock declares rests on a rule of the document. ``demand``: the notice of demand (催告),
    where the ground asks for one. By itself: ``article`` says why; ``notice`` is what has told it already, without which
    it is not carried out, dispatched by ``told_by`` where that is given.

    Contracts that stand beside this one end with it where their document says so. On a ground on which the document
    lets all debts fall due, they do so with the declaration.
    Refused where the document does not allow it, NotPermitted without a second person's approval, ValidationError for
    a contract that is not running or ends earlier already. Then nothing changed.
    """
    needed = notice is not None
    if ended_by == Ending.By.SUBSCRIBER:
        article, form = check_subscriber(contract, on=on, ends_on=ends_on, ground=ground, form=form)
    elif ended_by == Ending.By.OPERATOR:
        if not by.is_system and (
            proposal is None or proposal.contract_id != contract.pk or not proposal.is_approved
        ):
            raise NotPermitted(
                _("An ending by the operator needs the approval of a second person; propose it first.")
            )
        article = check_operator(
            contract, on=on, ends_on=ends_on, ground=ground, urgent=urgent, demand=demand
        )
        found = operator_ground(contract.pack(on), ground)
        assert found is not None
        needed = needs_notice_first(contract.pack(on).operator_ending, found, urgent=urgent)
    elif article is None:
        raise ValidationError({"article": _("Say on which article the contract ends by itself.")})
    with transaction.atomic():
        ending = begin_ending(
            contract=contract,
            by=by,
            on=on,
            ending=Ending(
                contract=contract,
                by=ended_by,
                ground=ground,
                article=str(article),
                reason=reason,
                declared_on=on,
                ends_on=ends_on,
                form=form or "",
                urgent=urgent,
                notice_first=needed,
                told_by=told_by,
                follows=follows,
            ),
        )
        ending.notice = notice or _tell(ending, article, on=on)
        ending.save(update_fields=["notice"])
        if _accelerates(ending):
            fall_due(
                contract=contract,
                by=by,
                on=on,
                ground=ground,
                since=on,
                reason=reason,
                notice=ending.notice,
            )
        tell_partner(contract, "ending", on=on, event="契約の解除", effective_on=ends_on)
        follow_ending(ending=ending, on=on)
    return ending


def _tell(ending: Ending, article: ArticleRef, *, on: date) -> Notice:
    contract = ending.contract
    if ending.by == Ending.By.SUBSCRIBER:
        return tell(
            contract,
            "ending_confirmed",
            on=on,
            article=article,
            about=ending,
            ends_on=ending.ends_on,
            received_on=on,
        )
    return tell(
        contract,
        "ending_notice",
        on=on,
        article=article,
        about=ending,
        reason=ending.reason,
        ends_on=ending.ends_on,
        accelerates=_accelerates(ending),
        at_once=ending.ends_on == on,
    )


def _accelerates(ending: Ending) -> bool:
    """Whether all debts fall due because the operator ends the contract on its ground."""
    table = ending.contract.pack(ending.declared_on).acceleration
    return ending.by == Ending.By.OPERATOR and table is not None and ending.ground in table.ending_grounds
