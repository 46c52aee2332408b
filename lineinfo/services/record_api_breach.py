"""Put the breach of a duty under an API contract on record, and ask the contractor to put it right."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.violation import answers_for, duty_of
from contracts.moments import japan_date
from lineinfo.beginnings import note_beginning
from lineinfo.guards import SUPERVISION_DUTY, duty_article
from lineinfo.models import ApiBreach, ApiContract, ApiUser, Subcontractor
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from terms.pack import Pack
from terms.refusal import Refusal
from workflow.errors import Refused, WrongState
from workflow.models import User


def record_api_breach(
    *,
    contract: ApiContract,
    by: User,
    at: datetime,
    duty: str,
    happened_on: date,
    evidence: str,
    api_user: ApiUser | None = None,
    subcontractor: Subcontractor | None = None,
) -> ApiBreach:
    """A breach of ``duty`` (a code of the document), known at ``at``; the contractor is told to put it right.

    What an API user or a subcontractor did counts as the contractor's own doing, whether or not the contractor is at fault
    (line-info-api 9-5, 13-2). Refused for a duty that the document does not lay down; ValidationError for somebody of another
    contract or dates in the wrong order; WrongState where the contract is not live.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    found = duty_of(pack, duty)
    if isinstance(found, Refusal):
        raise Refused(found)
    if not contract.is_live:
        raise WrongState(
            _("%(contract)s is “%(state)s”; it binds nobody now.")
            % {"contract": contract, "state": contract.get_state_display()}
        )
    for name, other in (("api_user", api_user), ("subcontractor", subcontractor)):
        if other is not None and other.api_contract_id != contract.pk:
            raise ValidationError({name: _("%(who)s belongs to another API contract.") % {"who": other}})
    who = subcontractor or (api_user.subcontractor if api_user else None)
    answers = _answers(pack, api_user, who)
    breach = ApiBreach(
        api_contract=contract,
        duty=duty,
        article=str(found.article),
        happened_on=happened_on,
        reported_on=on,
        evidence=evidence.strip(),
        api_user=api_user,
        subcontractor=who,
        answers_article=str(answers) if answers else "",
        recorded_by=by,
    )
    breach.full_clean()
    with transaction.atomic():
        breach.save()
        note_beginning(breach, "record", by=by, on=on, article=found.article, reason=breach.evidence)
        doer = "・".join(str(one) for one in (who, api_user) if one)
        send_notice(
            occasion="api_breach_recorded",
            recipient=contract.subscriber,
            about=breach,
            article=found.article,
            facts={
                "api_id": contract.api_id,
                "duty": found.label,
                "what": breach.evidence,
                **({"who": doer} if doer else {}),
            },
            at=at,
        )
    return breach


def _answers(pack: Pack, api_user: ApiUser | None, subcontractor: Subcontractor | None) -> ArticleRef | None:
    """The article that makes somebody else's act the contractor's; None where the contractor acted."""
    if subcontractor is not None:
        article = answers_for(pack, due_care=False)
        if isinstance(article, Refusal):
            raise Refused(article)
        return article
    return duty_article(pack, SUPERVISION_DUTY) if api_user is not None else None
