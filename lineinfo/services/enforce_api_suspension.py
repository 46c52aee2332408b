"""Bring an announced suspension of an API contract into force."""

from datetime import date

from django.db import transaction

from contracts.guards.suspension import NoticeFacts, SuspensionFacts, was_told_first
from contracts.moments import japan_date
from lineinfo.models import ApiContract, ApiSuspension
from terms.article import ArticleRef
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform

# What a document calls it, and the fact of the notice that states it. A period without a last day is stated as such.
_FACTS = {"reason": "reason", "date": "starts_on", "period": "through"}


def enforce_api_suspension(*, suspension: ApiSuspension, by: User, on: date) -> None:
    """Access, or that to the parts concerned, is closed from ``on``.

    The proof is checked again: the notice left on an earlier day and states what it must.

    Refused (line-info-api 17-2) while it did not, unless urgent; WrongState where the suspension is not announced any more.
    """
    with transaction.atomic():
        contract = ApiContract.objects.select_for_update(of=("self",)).get(pk=suspension.api_contract_id)
        refusal = was_told_first(
            contract.pack(on),
            SuspensionFacts(
                ground=suspension.ground, starts_on=on, through=suspension.through, urgent=suspension.urgent
            ),
            _notice_facts(suspension),
            on,
        )
        if refusal:
            raise Refused(refusal)
        article = ArticleRef.parse(suspension.article)
        perform(suspension, "enforce", by=by, on=on, article=article, reason=suspension.reason)
        # A contract that is ending stays so: the suspension in force closes it all the same (lineinfo.standing).
        if contract.state == ApiContract.State.ACTIVE:
            perform(
                contract,
                "suspend_in_part" if suspension.parts else "suspend",
                by=by,
                on=on,
                article=article,
                reason=suspension.reason,
                through=suspension.through,
                ground=suspension.ground,
                **({"parts": suspension.parts} if suspension.parts else {}),
            )


def _notice_facts(suspension: ApiSuspension) -> NoticeFacts:
    notice = suspension.notice
    if notice is None or notice.dispatched_at is None:
        return NoticeFacts(dispatched_on=None, stated={})
    stated = {state: fact in notice.facts for state, fact in _FACTS.items()}
    return NoticeFacts(dispatched_on=japan_date(notice.dispatched_at), stated=stated)
